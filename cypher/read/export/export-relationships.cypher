// title: Relationships that start at nodes
// description: Every relationship that starts at one of these nodes, in order of id.
// parameters:
//   ids: {type: texts, description: "Ids of nodes", example: [howard-lutnick]}
// returns:
//   type: {type: text, description: "Type of the relationship"}
//   start: {type: text, description: "Id of the node where it starts"}
//   end: {type: text, description: "Id of the node where it ends"}
//   properties: {type: map, description: "Properties of the relationship"}
UNWIND $ids AS id
MATCH (start:Entity|Source|Evidence {id: id})
MATCH (start)-[relationship]->(end:Entity|Source|Evidence)
WHERE NOT coalesce(relationship.valid_from_earliest > $as_of.latest, false)
  AND NOT coalesce(relationship.valid_to_latest < $as_of.earliest, false)
RETURN type(relationship) AS type, start.id AS start, end.id AS end, properties(relationship) AS properties
ORDER BY relationship.id
