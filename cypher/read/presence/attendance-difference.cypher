// title: Who was at one round and not at the other
// description: "Compares the people whom our sources place at two rounds, and shows those of whom they say two different things. not_in_sources means that they say nothing of the person there, neither that he came nor that he stayed away. Where sources contradict each other on a person, each word has its row."
// shape: table
// parameters:
//   first: {type: entity, label: Event, description: "A round", example: talks-geneva-2025-05}
//   second: {type: entity, label: Event, description: "Another round", example: talks-london-2025-06-09}
// returns:
//   person: {type: entity, description: "Who"}
//   side: {type: text, label: Country, description: "Country for which the person came, by its id"}
//   in_first: {type: text, description: "attended, announced, absent, unconfirmed or not_in_sources"}
//   in_second: {type: text, description: "attended, announced, absent, unconfirmed or not_in_sources"}
//   first_complete: {type: boolean, description: "Whether our sources name everybody whom the side sent to the first; null when they know of no delegation"}
//   second_complete: {type: boolean, description: "Whether our sources name everybody whom the side sent to the second; null when they know of no delegation"}
//   evidence: {type: evidence, description: "Places that the row rests on"}
UNWIND [$first, $second] AS round
MATCH (event:Entity&Event {id: round})
USING INDEX SEEK event:Entity(id)
WHERE NOT coalesce(event.earliest > $as_of.latest, false)
CALL (event) {
  MATCH (person:Person)-[stated:TOOK_PART_IN|ANNOUNCED_FOR|ABSENT_FROM|UNCONFIRMED_AT]->(event)
  WHERE NOT coalesce(stated.valid_from_earliest > $as_of.latest, false)
    AND NOT coalesce(stated.valid_to_latest < $as_of.earliest, false)
  WITH person, stated, {TOOK_PART_IN: 'attended', ANNOUNCED_FOR: 'announced', ABSENT_FROM: 'absent', UNCONFIRMED_AT: 'unconfirmed'} AS words
  RETURN person, {presence: words[type(stated)], stated: true, side: null, evidence: stated.evidence} AS stand
  UNION ALL
  MATCH (person:Person)-[seat:LEADS|MEMBER_OF]->(delegation:Delegation)-[sending:SENT_TO]->(event)
  WHERE NOT coalesce(seat.valid_from_earliest > $as_of.latest, false)
    AND NOT coalesce(seat.valid_to_latest < $as_of.earliest, false)
    AND NOT coalesce(sending.valid_from_earliest > $as_of.latest, false)
    AND NOT coalesce(sending.valid_to_latest < $as_of.earliest, false)
  RETURN person, {
    presence: CASE coalesce(event.status, 'held') WHEN 'held' THEN 'attended' ELSE 'announced' END,
    stated: false,
    side: delegation.side,
    evidence: seat.evidence + sending.evidence
  } AS stand
}
WITH person, round, collect(stand) AS stands
WITH person, round, stands, [stand IN stands WHERE stand.stated] AS stated
WITH person, round, stands, CASE stated WHEN [] THEN stands ELSE stated END AS known
WITH person, round, stands, known, [stand IN known WHERE stand.presence IN ['attended', 'absent']] AS settled
WITH person, round, [stand IN stands WHERE stand.side IS NOT NULL | stand.side] AS sides, CASE settled WHEN [] THEN known ELSE settled END AS shown
WITH person, collect({id: round, sides: sides, shown: shown}) AS rounds
WITH person, rounds,
  coalesce(head(reduce(all = [], round IN rounds | all + round.sides)), person.side) AS side,
  reduce(all = [], round IN rounds | all + [stand IN round.shown WHERE round.id = $first]) AS at_first,
  reduce(all = [], round IN rounds | all + [stand IN round.shown WHERE round.id = $second]) AS at_second
UNWIND CASE at_first WHEN [] THEN [{presence: 'not_in_sources', evidence: []}] ELSE at_first END AS one
UNWIND CASE at_second WHEN [] THEN [{presence: 'not_in_sources', evidence: []}] ELSE at_second END AS two
WITH person, side, one.presence AS in_first, two.presence AS in_second, one.evidence + two.evidence AS places
WHERE in_first <> in_second
UNWIND places AS place
WITH person, side, in_first, in_second, place
ORDER BY place
WITH person, side, in_first, in_second, collect(DISTINCT place) AS evidence
CALL (side) {
  UNWIND [$first, $second] AS round
  OPTIONAL MATCH (event:Entity&Event {id: round})<-[sending:SENT_TO]-(delegation:Delegation {side: side})
  USING INDEX SEEK event:Entity(id)
  WHERE NOT coalesce(sending.valid_from_earliest > $as_of.latest, false)
    AND NOT coalesce(sending.valid_to_latest < $as_of.earliest, false)
  WITH round, collect(delegation.list_complete) AS lists
  WITH round, CASE lists WHEN [] THEN null ELSE all(complete IN lists WHERE complete) END AS complete
  RETURN collect({id: round, complete: complete}) AS lists
}
RETURN
  person {.id, .name} AS person,
  side,
  in_first,
  in_second,
  head([list IN lists WHERE list.id = $first]).complete AS first_complete,
  head([list IN lists WHERE list.id = $second]).complete AS second_complete,
  evidence
ORDER BY side, person.name, person.id, in_first, in_second
LIMIT 1001
