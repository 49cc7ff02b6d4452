// title: What a search may have meant
// description: "What the full-text index of names, aliases and captions finds for a Lucene query, best first; never looks at more than a thousand."
// parameters:
//   lucene: {type: text, description: "A Lucene query, escaped by the caller", example: "name:(lutnick)^6"}
//   label: {type: text, description: "A label, or null for all", example: Person, default: null}
//   side: {type: entity, label: Country, description: "Country whose part they take", example: united-states, default: null}
//   limit: {type: integer, description: "Most rows", default: 200, minimum: 1, maximum: 200}
// returns:
//   labels: {type: texts, description: "Labels of the node"}
//   properties: {type: map, description: "Properties of the node"}
CALL db.index.fulltext.queryNodes('entity_search', $lucene, {limit: 1000}) YIELD node, score
WHERE ($label IS NULL OR $label IN labels(node))
  AND ($side IS NULL OR node.side = $side)
  AND NOT coalesce(node:Event|Agreement|Measure|Claim|Position AND node.earliest > $as_of.latest, false)
RETURN labels(node) AS labels, properties(node) AS properties
ORDER BY score DESC, node.id
LIMIT $limit
