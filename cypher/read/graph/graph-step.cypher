// title: One step further
// description: Nodes related to any of these, in order of id.
// parameters:
//   ids: {type: texts, description: "Ids of nodes", example: [howard-lutnick]}
//   limit: {type: integer, description: "Most rows", default: 2000, minimum: 1, maximum: 2001}
// returns:
//   labels: {type: texts, description: "Labels of the node"}
//   properties: {type: map, description: "Properties of the node"}
UNWIND $ids AS id
MATCH (start:Entity|Source|Evidence {id: id})
MATCH (start)-[relationship]-(node:Entity|Source|Evidence)
WHERE NOT coalesce(relationship.valid_from_earliest > $as_of.latest, false)
  AND NOT coalesce(relationship.valid_to_latest < $as_of.earliest, false)
  AND NOT coalesce(node:Event|Agreement|Measure|Claim|Position AND node.earliest > $as_of.latest, false)
WITH DISTINCT node
ORDER BY node.id
LIMIT $limit
RETURN labels(node) AS labels, properties(node) AS properties
ORDER BY node.id
