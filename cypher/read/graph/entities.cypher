// title: Entities by label
// description: A page of entities in order of id, of one label and one side if asked.
// parameters:
//   label: {type: text, description: "A label, or Entity for all", example: Agency, default: Entity}
//   side: {type: entity, label: Country, description: "Country whose part they take", example: united-states, default: null}
//   after: {type: id, description: "The id after which the page begins", default: ""}
//   limit: {type: integer, description: "Most rows", default: 50, minimum: 1, maximum: 501}
// returns:
//   labels: {type: texts, description: "Labels of the entity"}
//   properties: {type: map, description: "Its properties"}
CALL () {
  MATCH (node:$($label))
  WITH node
  LIMIT 10001
  RETURN count(node) AS size
}
// A rare label is read whole and sorted; a frequent one is met soon enough on a walk along the index of ids. Neither reads a large graph.
CALL (size) {
  WITH size
  WHERE size <= 10000 OR $label = 'Source'
  MATCH (entity:$($label))
  WHERE entity.id > $after
    AND ($side IS NULL OR entity.side = $side)
    AND NOT coalesce(entity:Event|Agreement|Measure|Claim|Position AND entity.earliest > $as_of.latest, false)
  RETURN entity
  ORDER BY entity.id
  LIMIT $limit
  UNION
  WITH size
  WHERE size > 10000 AND $label <> 'Source'
  MATCH (entity:Entity)
  WHERE entity.id > $after
    AND $label IN labels(entity)
    AND ($side IS NULL OR entity.side = $side)
    AND NOT coalesce(entity:Event|Agreement|Measure|Claim|Position AND entity.earliest > $as_of.latest, false)
  RETURN entity
  ORDER BY entity.id
  LIMIT $limit
}
RETURN labels(entity) AS labels, properties(entity) AS properties
ORDER BY entity.id
