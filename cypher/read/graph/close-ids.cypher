// title: Ids near an id
// description: "Candidates for an id that was mistyped: what the search finds for its words, and its neighbours in the index of ids. Never more than 140."
// parameters:
//   id: {type: id, description: "The id that was asked for", example: howard-lutnik}
//   words: {type: text, description: "Its words as a Lucene query", example: "howard~ lutnik~"}
// returns:
//   id: {type: text, description: "A candidate"}
CALL () {
  CALL db.index.fulltext.queryNodes('entity_search', $words, {limit: 60}) YIELD node
  RETURN node
  UNION
  MATCH (node:Entity)
  WHERE node.id >= $id
  RETURN node
  ORDER BY node.id
  LIMIT 20
  UNION
  MATCH (node:Entity)
  WHERE node.id < $id
  RETURN node
  ORDER BY node.id DESC
  LIMIT 20
  UNION
  MATCH (node:Source)
  WHERE node.id >= $id
  RETURN node
  ORDER BY node.id
  LIMIT 20
  UNION
  MATCH (node:Source)
  WHERE node.id < $id
  RETURN node
  ORDER BY node.id DESC
  LIMIT 20
}
WITH DISTINCT node
WHERE NOT coalesce(node:Event|Agreement|Measure|Claim|Position AND node.earliest > $as_of.latest, false)
RETURN node.id AS id
ORDER BY id
