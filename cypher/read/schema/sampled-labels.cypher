// title: Properties of labels, sampled
// description: "The property keys of the first hundred nodes of each label that is asked for."
// timeless: true
// parameters:
//   labels: {type: texts, description: "Labels that the ontology does not know", example: [Record]}
// returns:
//   label: {type: text, description: "The label"}
//   keys: {type: texts, description: "Keys that occur"}
UNWIND $labels AS label
CALL (label) {
  MATCH (node:$(label))
  WITH node
  LIMIT 100
  UNWIND keys(node) AS key
  RETURN collect(DISTINCT key) AS keys
}
RETURN label, keys
ORDER BY label
