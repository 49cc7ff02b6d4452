// title: Who was at every round
// description: "People who attended every round of a process that was held, as the question attendees counts attendance. Only rounds that are themselves part of the process count, and none that was announced only. Where the lists of delegations are open, somebody may have come to all and not be shown."
// shape: table
// parameters:
//   process: {type: entity, label: Process, description: "A line of rounds", example: us-china-trade-talks-2025}
// returns:
//   person: {type: entity, description: "Who"}
//   side: {type: text, label: Country, description: "Country for which the person came, by its id"}
//   rounds: {type: integer, description: "How many rounds were held"}
//   first: {type: entity, description: "The first of them"}
//   last: {type: entity, description: "The last of them"}
//   sources: {type: evidence, description: "Places that the row rests on"}
MATCH (round:Round)-[part:PART_OF]->(process:Entity&Process {id: $process})
USING INDEX SEEK process:Entity(id)
WHERE coalesce(round.status, 'held') = 'held'
  AND NOT coalesce(round.earliest > $as_of.latest, false)
  AND NOT coalesce(part.valid_from_earliest > $as_of.latest, false)
  AND NOT coalesce(part.valid_to_latest < $as_of.earliest, false)
WITH round
ORDER BY coalesce(round.earliest, round.latest), round.id
WITH collect(round) AS rounds
UNWIND rounds AS round
CALL (round) {
  MATCH (person:Person)-[presence:TOOK_PART_IN]->(round)
  WHERE NOT coalesce(presence.valid_from_earliest > $as_of.latest, false)
    AND NOT coalesce(presence.valid_to_latest < $as_of.earliest, false)
  RETURN person, null AS side, presence.evidence AS evidence
  UNION ALL
  MATCH (person:Person)-[seat:LEADS|MEMBER_OF]->(delegation:Delegation)-[sending:SENT_TO]->(round)
  WHERE NOT coalesce(seat.valid_from_earliest > $as_of.latest, false)
    AND NOT coalesce(seat.valid_to_latest < $as_of.earliest, false)
    AND NOT coalesce(sending.valid_from_earliest > $as_of.latest, false)
    AND NOT coalesce(sending.valid_to_latest < $as_of.earliest, false)
    AND NOT EXISTS {
      (person)-[:ANNOUNCED_FOR|ABSENT_FROM|UNCONFIRMED_AT]->(round)
    }
  RETURN person, delegation.side AS side, seat.evidence + sending.evidence AS evidence
}
WITH rounds, person, head(collect(side)) AS side, collect(DISTINCT round) AS attended,
  reduce(all = [], places IN collect(evidence) | all + places) AS evidence
WHERE size(attended) = size(rounds)
WITH rounds, person, side, rounds[0] AS first, rounds[-1] AS last,
  COLLECT {
    UNWIND evidence AS place
    WITH DISTINCT place
    RETURN place
    ORDER BY place
  } AS sources
RETURN
  person {.id, .name} AS person,
  coalesce(side, person.side) AS side,
  size(rounds) AS rounds,
  first {.id, .name} AS first,
  last {.id, .name} AS last,
  sources
ORDER BY side, person.name, person.id
LIMIT 1001
