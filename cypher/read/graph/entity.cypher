// title: One entity or source
// description: A node by its id; no row when there is none, or when it came about after the as-of date.
// parameters:
//   id: {type: entity, description: "An entity or a source", example: howard-lutnick}
// returns:
//   labels: {type: texts, description: "Its labels"}
//   properties: {type: map, description: "Its properties"}
MATCH (entity:Entity|Source {id: $id})
WHERE NOT coalesce(entity:Event|Agreement|Measure|Claim|Position AND entity.earliest > $as_of.latest, false)
RETURN labels(entity) AS labels, properties(entity) AS properties
