// title: Counts
// description: How many nodes of each set of labels and how many relationships of each type the graph holds.
// parameters: {}
// returns:
//   kind: {type: text, description: "node or relationship"}
//   names: {type: texts, description: "Labels of the nodes, or the type of the relationships"}
//   count: {type: integer, description: "How many"}
CALL () {
  MATCH (node:Entity|Source|Evidence)
  WHERE NOT coalesce(node:Event|Agreement|Measure|Claim|Position AND node.earliest > $as_of.latest, false)
  RETURN 'node' AS kind, labels(node) AS names, count(node) AS count
  UNION ALL
  MATCH (start:Entity|Source|Evidence)-[relationship]->(end)
  WHERE NOT coalesce(relationship.valid_from_earliest > $as_of.latest, false)
    AND NOT coalesce(relationship.valid_to_latest < $as_of.earliest, false)
    AND NOT coalesce(start:Event|Agreement|Measure|Claim|Position AND start.earliest > $as_of.latest, false)
    AND NOT coalesce(end:Event|Agreement|Measure|Claim|Position AND end.earliest > $as_of.latest, false)
  RETURN 'relationship' AS kind, [type(relationship)] AS names, count(relationship) AS count
}
RETURN kind, names, count
ORDER BY kind, names
