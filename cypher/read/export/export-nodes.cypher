// title: A page of all nodes
// description: "Nodes of one part of the graph in order of id: entities, sources, or places in sources."
// parameters:
//   part: {type: text, description: "Entity, Source or Evidence", example: Entity}
//   after: {type: id, description: "The id after which the page begins", default: ""}
//   limit: {type: integer, description: "Most rows", default: 1000, minimum: 1, maximum: 1000}
// returns:
//   labels: {type: texts, description: "Labels of the node"}
//   properties: {type: map, description: "Properties of the node"}
CALL () {
  MATCH (node:Entity)
  WHERE node.id > CASE WHEN $part = 'Entity' THEN $after END
    AND NOT coalesce(node:Event|Agreement|Measure|Claim|Position AND node.earliest > $as_of.latest, false)
  RETURN node
  ORDER BY node.id
  LIMIT $limit
  UNION ALL
  MATCH (node:Source)
  WHERE node.id > CASE WHEN $part = 'Source' THEN $after END
  RETURN node
  ORDER BY node.id
  LIMIT $limit
  UNION ALL
  MATCH (node:Evidence)
  WHERE node.id > CASE WHEN $part = 'Evidence' THEN $after END
  RETURN node
  ORDER BY node.id
  LIMIT $limit
}
RETURN labels(node) AS labels, properties(node) AS properties
ORDER BY node.id
