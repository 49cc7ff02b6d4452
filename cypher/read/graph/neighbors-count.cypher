// title: Number of neighbours
// description: How many relationships an entity has, those left out that surely did not hold.
// parameters:
//   id: {type: entity, description: "An entity or a source", example: howard-lutnick}
// returns:
//   total: {type: integer, description: "How many relationships"}
MATCH (entity:Entity|Source {id: $id})
OPTIONAL MATCH (entity)-[relationship]-(node)
WHERE NOT coalesce(relationship.valid_from_earliest > $as_of.latest, false)
  AND NOT coalesce(relationship.valid_to_latest < $as_of.earliest, false)
  AND NOT coalesce(entity:Event|Agreement|Measure|Claim|Position AND entity.earliest > $as_of.latest, false)
  AND NOT coalesce(node:Event|Agreement|Measure|Claim|Position AND node.earliest > $as_of.latest, false)
RETURN count(relationship) AS total
