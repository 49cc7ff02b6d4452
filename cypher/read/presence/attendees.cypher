// title: Who was at an event
// description: "Who attended an event, was announced for it, was absent, or may have attended; for which side, in what role, holding which post then. A row a person, presence and post. A member of a delegation to an event that was held counts as attended, to one that lies ahead as announced, unless a source says more."
// shape: table
// parameters:
//   event: {type: entity, label: Event, description: "A round of talks or another event", example: talks-london-2025-06-09}
// returns:
//   person: {type: entity, description: "Who"}
//   side: {type: text, label: Country, description: "Country for which the person came, by its id"}
//   role: {type: text, description: "Role at the event or in the delegation"}
//   post: {type: entity, description: "A post held on the event's days, as far as the sources tell"}
//   agency: {type: entity, description: "The organisation of the post, or one whose member the person is"}
//   presence: {type: text, description: "attended, announced, absent or unconfirmed"}
//   sources: {type: evidence, description: "Places that the row rests on"}
MATCH (event:Entity&Event {id: $event})
USING INDEX SEEK event:Entity(id)
WHERE NOT coalesce(event.earliest > $as_of.latest, false)
CALL (event) {
  MATCH (person:Person)-[stated:TOOK_PART_IN|ANNOUNCED_FOR|ABSENT_FROM|UNCONFIRMED_AT]->(event)
  WHERE NOT coalesce(stated.valid_from_earliest > $as_of.latest, false)
    AND NOT coalesce(stated.valid_to_latest < $as_of.earliest, false)
  WITH person, stated, {TOOK_PART_IN: 'attended', ANNOUNCED_FOR: 'announced', ABSENT_FROM: 'absent', UNCONFIRMED_AT: 'unconfirmed'} AS words
  RETURN person, {presence: words[type(stated)], stated: true, role: stated.role, side: null, evidence: stated.evidence} AS stand
  UNION ALL
  MATCH (person:Person)-[seat:LEADS|MEMBER_OF]->(delegation:Delegation)-[sending:SENT_TO]->(event)
  WHERE NOT coalesce(seat.valid_from_earliest > $as_of.latest, false)
    AND NOT coalesce(seat.valid_to_latest < $as_of.earliest, false)
    AND NOT coalesce(sending.valid_from_earliest > $as_of.latest, false)
    AND NOT coalesce(sending.valid_to_latest < $as_of.earliest, false)
  WITH person, seat, sending, delegation, event, CASE
    WHEN type(seat) = 'MEMBER_OF' THEN 'member'
    WHEN seat.jointly THEN 'joint leader'
    ELSE 'leader'
  END AS word
  RETURN person, {
    presence: CASE coalesce(event.status, 'held') WHEN 'held' THEN 'attended' ELSE 'announced' END,
    stated: false,
    role: coalesce(seat.role, word + ', ' + delegation.name),
    side: delegation.side,
    evidence: seat.evidence + sending.evidence
  } AS stand
}
WITH event, person, collect(stand) AS stands
WITH event, person, stands, [stand IN stands WHERE stand.stated] AS stated
WITH event, person, stands, CASE stated WHEN [] THEN stands ELSE stated END AS known
WITH event, person, stands, known, [stand IN known WHERE stand.presence IN ['attended', 'absent']] AS settled
UNWIND CASE settled WHEN [] THEN known ELSE settled END AS shown
WITH event, person, stands, shown.presence AS presence, collect(shown.role) AS roles
WITH event, person, presence,
  head(roles + [stand IN stands WHERE stand.role IS NOT NULL | stand.role]) AS role,
  coalesce(head([stand IN stands WHERE stand.side IS NOT NULL | stand.side]), person.side) AS side,
  reduce(all = [], stand IN [stand IN stands WHERE stand.presence = presence OR NOT stand.stated] | all + stand.evidence) AS evidence
OPTIONAL MATCH (person)-[holding:HOLDS]->(post:Post)
WHERE NOT coalesce(holding.valid_from_earliest > event.latest, false)
  AND NOT coalesce(holding.valid_to_latest < event.earliest, false)
  AND NOT coalesce(holding.valid_from_earliest > $as_of.latest, false)
  AND NOT coalesce(holding.valid_to_latest < $as_of.earliest, false)
CALL (person, post) {
  OPTIONAL MATCH (post)-[part:PART_OF]->(body:Organization)
  WHERE NOT coalesce(part.valid_from_earliest > $as_of.latest, false)
    AND NOT coalesce(part.valid_to_latest < $as_of.earliest, false)
  OPTIONAL MATCH (person)-[membership:MEMBER_OF]->(other:Organization)
  WHERE post IS NULL
    AND NOT coalesce(membership.valid_from_earliest > $as_of.latest, false)
    AND NOT coalesce(membership.valid_to_latest < $as_of.earliest, false)
  WITH coalesce(body, other) AS agency, coalesce(part, membership) AS belonging
  RETURN agency, belonging
  ORDER BY agency.id
  LIMIT 1
}
WITH person, side, role, post, agency, presence,
  COLLECT {
    UNWIND evidence + coalesce(holding.evidence, []) + coalesce(belonging.evidence, []) AS place
    WITH DISTINCT place
    RETURN place
    ORDER BY place
  } AS sources
RETURN
  person {.id, .name} AS person,
  side,
  role,
  post {.id, .name} AS post,
  agency {.id, .name} AS agency,
  presence,
  sources
ORDER BY side, presence, person.name, person.id, post.id
LIMIT 1001
