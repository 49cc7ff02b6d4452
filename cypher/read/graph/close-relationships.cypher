// title: Relationships between two entities
// description: Ids of the relationships between two nodes, in either direction.
// parameters:
//   start: {type: entity, description: "The one", example: howard-lutnick}
//   end: {type: entity, description: "The other", example: talks-geneva-2025-05}
//   limit: {type: integer, description: "Most rows", default: 5, minimum: 1, maximum: 50}
// returns:
//   id: {type: text, description: "Id of the relationship"}
MATCH (start:Entity|Source|Evidence {id: $start})
MATCH (end:Entity|Source|Evidence {id: $end})
MATCH (start)-[relationship]-(end)
WHERE NOT coalesce(relationship.valid_from_earliest > $as_of.latest, false)
  AND NOT coalesce(relationship.valid_to_latest < $as_of.earliest, false)
RETURN DISTINCT relationship.id AS id
ORDER BY id
LIMIT $limit
