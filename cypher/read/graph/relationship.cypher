// title: One relationship
// description: A relationship by its two ends and its type; no row when there is none, or when it surely did not hold at the as-of date.
// parameters:
//   start: {type: entity, description: "Where it starts", example: howard-lutnick}
//   type: {type: text, description: "Its type", example: ABSENT_FROM}
//   end: {type: entity, description: "Where it ends", example: talks-geneva-2025-05}
// returns:
//   relationship: {type: map, description: "Its properties"}
//   start_labels: {type: texts, description: "Labels of the node where it starts"}
//   start_properties: {type: map, description: "Properties of the node where it starts"}
//   end_labels: {type: texts, description: "Labels of the node where it ends"}
//   end_properties: {type: map, description: "Properties of the node where it ends"}
MATCH (start:Entity|Source|Evidence {id: $start})
MATCH (end:Entity|Source|Evidence {id: $end})
MATCH (start)-[relationship:$($type)]->(end)
WHERE NOT coalesce(relationship.valid_from_earliest > $as_of.latest, false)
  AND NOT coalesce(relationship.valid_to_latest < $as_of.earliest, false)
  AND NOT coalesce(start:Event|Agreement|Measure|Claim|Position AND start.earliest > $as_of.latest, false)
  AND NOT coalesce(end:Event|Agreement|Measure|Claim|Position AND end.earliest > $as_of.latest, false)
RETURN
  properties(relationship) AS relationship,
  labels(start) AS start_labels,
  properties(start) AS start_properties,
  labels(end) AS end_labels,
  properties(end) AS end_properties
