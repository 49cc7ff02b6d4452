// title: Nodes of the whole graph
// description: "Entities in order of id, then sources, then places in them, up to a limit."
// parameters:
//   limit: {type: integer, description: "Most rows", default: 2000, minimum: 1, maximum: 2001}
// returns:
//   labels: {type: texts, description: "Labels of the node"}
//   properties: {type: map, description: "Properties of the node"}
CALL () {
  MATCH (node:Entity)
  WHERE NOT coalesce(node:Event|Agreement|Measure|Claim|Position AND node.earliest > $as_of.latest, false)
    AND node.id > ''
  RETURN 1 AS part, node
  ORDER BY node.id
  LIMIT $limit
  UNION ALL
  MATCH (node:Source)
  WHERE node.id > ''
  RETURN 2 AS part, node
  ORDER BY node.id
  LIMIT $limit
  UNION ALL
  MATCH (node:Evidence)
  WHERE node.id > ''
  RETURN 3 AS part, node
  ORDER BY node.id
  LIMIT $limit
}
RETURN labels(node) AS labels, properties(node) AS properties
ORDER BY part, node.id
LIMIT $limit
