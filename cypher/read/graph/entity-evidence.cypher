// title: Evidence of an entity
// description: "A page of the places that an entity rests on, its relationships included, in order of their ids: each with what rests on it."
// parameters:
//   id: {type: entity, description: "An entity or a source", example: howard-lutnick}
//   places: {type: texts, description: "Places that single properties rest on, beside those of the whole", default: []}
//   after: {type: id, description: "The place after which the page begins", default: ""}
//   limit: {type: integer, description: "Most rows", default: 50, minimum: 1, maximum: 501}
// returns:
//   id: {type: text, description: "The place, as source:locator"}
//   whole: {type: boolean, description: "Whether the entity as a whole rests on it"}
//   relationships: {type: texts, description: "Ids of the entity's relationships that rest on it"}
//   claims: {type: list, description: "Claims by or about the entity that rest on it: id, name, summary, quote"}
//   place: {type: map, description: "Properties of the place; null for a whole source"}
//   source: {type: map, description: "Properties of the source"}
MATCH (entity:Entity|Source {id: $id})
WHERE NOT coalesce(entity:Event|Agreement|Measure|Claim|Position AND entity.earliest > $as_of.latest, false)
CALL (entity) {
  UNWIND coalesce(entity.evidence, []) AS id
  RETURN id, true AS whole, null AS relationship, null AS claim
  UNION ALL
  UNWIND $places AS id
  RETURN id, false AS whole, null AS relationship, null AS claim
  UNION ALL
  MATCH (entity)-[relationship]-(node)
  WHERE NOT coalesce(relationship.valid_from_earliest > $as_of.latest, false)
    AND NOT coalesce(relationship.valid_to_latest < $as_of.earliest, false)
    AND NOT coalesce(node:Event|Agreement|Measure|Claim|Position AND node.earliest > $as_of.latest, false)
  UNWIND coalesce(relationship.evidence, []) AS id
  RETURN id, false AS whole, relationship.id AS relationship, null AS claim
  UNION ALL
  MATCH (entity)-[:SAID|ATTRIBUTED_TO|ABOUT|MADE_AT|ANSWERS_IN]-(node:Claim)
  WHERE NOT coalesce(node.earliest > $as_of.latest, false)
  UNWIND coalesce(node.evidence, []) AS id
  RETURN id, false AS whole, null AS relationship, node {.id, .name, .summary, .quote} AS claim
}
WITH id, max(whole) AS whole, collect(DISTINCT relationship) AS relationships, collect(DISTINCT claim) AS claims
WHERE id > $after
ORDER BY id
LIMIT $limit
OPTIONAL MATCH (evidence:Evidence {id: id})
OPTIONAL MATCH (source:Source {id: split(id, ':')[0]})
RETURN id, whole, relationships, claims, properties(evidence) AS place, properties(source) AS source
ORDER BY id
