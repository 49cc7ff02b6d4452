// title: Where the rounds were held, and who hosted them
// description: "The rounds of a process with their places and hosts, announced ones too. Whether a host is a party follows only from a source that says so of it or of its country; where none does, it stays open."
// shape: table
// parameters:
//   process: {type: entity, label: Process, description: "A line of rounds", example: us-china-trade-talks-2025}
// returns:
//   event: {type: entity, description: "The round"}
//   date: {type: date, description: "When, as precise as the source"}
//   status: {type: text, description: "held, announced, cancelled or postponed"}
//   place: {type: entities, description: "Cities and venues"}
//   host: {type: entity, description: "Who hosted it"}
//   is_party: {type: boolean, description: "Whether the host, or its country, is a party to the round; null when our sources do not say"}
//   source: {type: evidence, description: "Places that the row rests on"}
MATCH (round:Round)-[part:PART_OF]->(process:Entity&Process {id: $process})
USING INDEX SEEK process:Entity(id)
WHERE NOT coalesce(round.earliest > $as_of.latest, false)
  AND NOT coalesce(part.valid_from_earliest > $as_of.latest, false)
  AND NOT coalesce(part.valid_to_latest < $as_of.earliest, false)
CALL (round) {
  OPTIONAL MATCH (round)-[holding:HELD_IN]->(place:Place)
  WHERE NOT coalesce(holding.valid_from_earliest > $as_of.latest, false)
    AND NOT coalesce(holding.valid_to_latest < $as_of.earliest, false)
  WITH place, holding
  ORDER BY place.name, place.id
  RETURN collect(place {.id, .name}) AS places, reduce(all = [], places IN collect(holding.evidence) | all + places) AS shown
}
OPTIONAL MATCH (host:Organization|Person)-[hosting:HOSTED]->(round)
WHERE NOT coalesce(hosting.valid_from_earliest > $as_of.latest, false)
  AND NOT coalesce(hosting.valid_to_latest < $as_of.earliest, false)
CALL (round, host) {
  OPTIONAL MATCH (body:Organization)-[being:PARTY_TO|NOT_PARTY_TO]->(round)
  WHERE (body = host OR body.id = host.side)
    AND NOT coalesce(being.valid_from_earliest > $as_of.latest, false)
    AND NOT coalesce(being.valid_to_latest < $as_of.earliest, false)
  RETURN collect(type(being)) AS words, reduce(all = [], places IN collect(being.evidence) | all + places) AS said
}
WITH round, places, host, words,
  COLLECT {
    UNWIND part.evidence + shown + coalesce(hosting.evidence, []) + said AS place
    WITH DISTINCT place
    RETURN place
    ORDER BY place
  } AS source
RETURN
  round {.id, .name} AS event,
  round.date AS date,
  coalesce(round.status, 'held') AS status,
  places AS place,
  host {.id, .name} AS host,
  CASE
    WHEN 'PARTY_TO' IN words THEN true
    WHEN 'NOT_PARTY_TO' IN words THEN false
  END AS is_party,
  source
ORDER BY coalesce(round.earliest, round.latest), round.id, host.name, host.id
LIMIT 1001
