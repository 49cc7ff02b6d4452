// title: What rests on a place in a source
// description: Entities and relationships whose evidence names a place; both by a full-text index.
// parameters:
//   place: {type: text, description: "The place as a quoted Lucene term of the field evidence", example: 'evidence:"reuters-london-preview:p12"'}
//   limit: {type: integer, description: "Most entities, and most relationships", default: 500, minimum: 1, maximum: 501}
// returns:
//   kind: {type: text, description: "entity or relationship"}
//   id: {type: text, description: "Its id"}
//   labels: {type: texts, description: "Labels of the entity; null for a relationship"}
//   type: {type: text, description: "Type of the relationship; null for an entity"}
//   name: {type: text, description: "Name of the entity; null for a relationship"}
CALL () {
  CALL db.index.fulltext.queryNodes('entity_evidence', $place) YIELD node
  WHERE NOT coalesce(node:Event|Agreement|Measure|Claim|Position AND node.earliest > $as_of.latest, false)
  RETURN 'entity' AS kind, node.id AS id, labels(node) AS labels, null AS type, node.name AS name
  ORDER BY id
  LIMIT $limit
  UNION ALL
  CALL db.index.fulltext.queryRelationships('relationship_search', $place) YIELD relationship
  WITH relationship, startNode(relationship) AS start, endNode(relationship) AS end
  WHERE NOT coalesce(relationship.valid_from_earliest > $as_of.latest, false)
    AND NOT coalesce(relationship.valid_to_latest < $as_of.earliest, false)
    AND NOT coalesce(start:Event|Agreement|Measure|Claim|Position AND start.earliest > $as_of.latest, false)
    AND NOT coalesce(end:Event|Agreement|Measure|Claim|Position AND end.earliest > $as_of.latest, false)
  RETURN 'relationship' AS kind, relationship.id AS id, null AS labels, type(relationship) AS type, null AS name
  ORDER BY id
  LIMIT $limit
}
RETURN kind, id, labels, type, name
ORDER BY kind, id
