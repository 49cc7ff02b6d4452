// title: Ends of relationship types, sampled
// description: "The labels at both ends and the property keys of the first hundred relationships of each type that is asked for."
// timeless: true
// parameters:
//   types: {type: texts, description: "Relationship types that the ontology does not know", example: [NAMED]}
// returns:
//   type: {type: text, description: "The type"}
//   ends: {type: list, description: "Pairs of lists of labels that occur: start, end"}
//   keys: {type: list, description: "Lists of keys that occur"}
UNWIND $types AS type
CALL (type) {
  MATCH (start)-[relationship:$(type)]->(end)
  WITH start, relationship, end
  LIMIT 100
  RETURN collect(DISTINCT [labels(start), labels(end)]) AS ends, collect(DISTINCT keys(relationship)) AS keys
}
RETURN type, ends, keys
ORDER BY type
