// title: Neighbours
// description: A page of what an entity is related to, in order of the relationships' ids.
// parameters:
//   id: {type: entity, description: "An entity or a source", example: howard-lutnick}
//   direction: {type: text, description: "both, out (from it) or in (to it)", example: out, default: both}
//   after: {type: id, description: "The id of the relationship after which the page begins", default: ""}
//   limit: {type: integer, description: "Most rows", default: 50, minimum: 1, maximum: 501}
// returns:
//   type: {type: text, description: "Type of the relationship"}
//   outgoing: {type: boolean, description: "Whether it runs from the entity to the neighbour"}
//   relationship: {type: map, description: "Properties of the relationship"}
//   labels: {type: texts, description: "Labels of the neighbour"}
//   node: {type: map, description: "Properties of the neighbour"}
MATCH (entity:Entity|Source {id: $id})
MATCH (entity)-[relationship]-(node)
WHERE relationship.id > $after
  AND ($direction <> 'out' OR startNode(relationship) = entity)
  AND ($direction <> 'in' OR endNode(relationship) = entity)
  AND NOT coalesce(relationship.valid_from_earliest > $as_of.latest, false)
  AND NOT coalesce(relationship.valid_to_latest < $as_of.earliest, false)
  AND NOT coalesce(entity:Event|Agreement|Measure|Claim|Position AND entity.earliest > $as_of.latest, false)
  AND NOT coalesce(node:Event|Agreement|Measure|Claim|Position AND node.earliest > $as_of.latest, false)
RETURN
  type(relationship) AS type,
  startNode(relationship) = entity AS outgoing,
  properties(relationship) AS relationship,
  labels(node) AS labels,
  properties(node) AS node
ORDER BY relationship.id
LIMIT $limit
