// title: What supports a fact
// description: "The places that an entity as a whole, a claim or a relationship rests on, with what is known of each source. original is the document that a place goes back to, when it is said to relay one: the place itself, or its source as a whole; from there on as long as each relays one other. Sources that go back to the same original count as one independent source."
// shape: table
// parameters:
//   id: {type: id, description: "The id of an entity, or of a relationship as start--TYPE--end", example: howard-lutnick--ABSENT_FROM--talks-geneva-2025-05}
// returns:
//   source: {type: evidence, description: "The place, as source:locator"}
//   document: {type: entity, description: "The source in which it stands"}
//   publisher: {type: entities, description: "Who published the source"}
//   date: {type: date, description: "When the source appeared, as precise as we know"}
//   locator: {type: text, description: "Where in the source: p and the number of a paragraph, e and the number of an excerpt"}
//   summary: {type: text, description: "What the place says, in our own words"}
//   quote: {type: text, description: "Of a claim that rests on the place: words that it prints as the speaker's"}
//   grade: {type: text, description: "A official, A- official text copied or translated, B wire, press or law firm, C other, X contains a plain error"}
//   original: {type: entities, description: "The document that the place goes back to; the source itself when it relays none"}
CALL () {
  MATCH (entity:Entity {id: $id})
  USING INDEX SEEK entity:Entity(id)
  WHERE NOT coalesce(entity:Event|Agreement|Measure|Claim|Position AND entity.earliest > $as_of.latest, false)
  RETURN entity.evidence AS places, entity AS claim
  UNION ALL
  WITH split($id, '--') AS parts
  MATCH (start:Entity|Source {id: parts[0]})
  MATCH (end:Entity|Source {id: parts[2]})
  MATCH (start)-[link]->(end)
  WHERE type(link) = parts[1]
    AND NOT coalesce(link.valid_from_earliest > $as_of.latest, false)
    AND NOT coalesce(link.valid_to_latest < $as_of.earliest, false)
  RETURN link.evidence AS places, CASE WHEN start:Claim THEN start ELSE end END AS claim
}
UNWIND places AS place
MATCH (document:Source {id: split(place, ':')[0]})
OPTIONAL MATCH (evidence:Evidence {id: place})
CALL (document) {
  OPTIONAL MATCH (document)-[:PUBLISHED_BY]->(publisher:Organization|Person)
  WITH publisher
  ORDER BY publisher.name, publisher.id
  RETURN collect(publisher {.id, .name}) AS publishers
}
CALL (document, place) {
  OPTIONAL MATCH (document)-[relaying:RELAYS]->(relayed:Source)
  WHERE place IN relaying.evidence
    OR document.id IN relaying.evidence
  OPTIONAL MATCH (relayed)((one)-[:RELAYS]->(other)
    WHERE COUNT { (one)-[:RELAYS]->() } = 1
  ){0,8}(original:Source)
  WHERE COUNT { (original)-[:RELAYS]->() } <> 1
  WITH DISTINCT original
  ORDER BY original.name, original.id
  RETURN collect(original {.id, .name}) AS originals
}
RETURN
  [place] AS source,
  document {.id, .name} AS document,
  publishers AS publisher,
  document.date AS date,
  evidence.locator AS locator,
  evidence.summary AS summary,
  CASE WHEN place IN claim.evidence THEN claim.quote END AS quote,
  document.grade AS grade,
  CASE originals
    WHEN [] THEN [document {.id, .name}]
    ELSE originals
  END AS original
ORDER BY document.id, place
LIMIT 1001
