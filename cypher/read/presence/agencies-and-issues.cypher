// title: Which agencies each side brought, and what each owns
// description: "Agencies and other bodies whose people our sources place at an event, or announce for it, and the issues that each owns: an issue is an agency's own when the agency, or an office within it, is said to oversee it, or to oversee a measure that bears on it and had come about by the event. A post of a country as such belongs to no agency. Who was absent or is unconfirmed brings nobody."
// shape: graph
// parameters:
//   event: {type: entity, label: Event, description: "A round of talks or another event", example: talks-london-2025-06-09}
// returns:
//   side: {type: text, label: Country, description: "Country for which they came, by its id"}
//   agency: {type: entity, description: "The agency or other body"}
//   people: {type: entities, description: "Its people at the event"}
//   issues: {type: entities, description: "Issues that it owns"}
//   measures: {type: entities, description: "Measures that it oversees, from which that may follow"}
//   offices: {type: entities, description: "Offices within it that oversee them"}
//   posts: {type: entities, description: "The posts that the people hold in it"}
//   presence: {type: text, description: "attended, or announced"}
//   sources: {type: evidence, description: "Places that the row rests on"}
MATCH (event:Entity&Event {id: $event})
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
WITH event, person, collect(stand) AS stands
WITH event, person, stands, [stand IN stands WHERE stand.stated] AS stated
WITH event, person, stands, CASE stated WHEN [] THEN stands ELSE stated END AS known
WITH event, person, stands, known, [stand IN known WHERE stand.presence IN ['attended', 'absent']] AS settled
WITH event, person, stands, [stand IN CASE settled WHEN [] THEN known ELSE settled END | stand.presence] AS words
WITH event, person, stands,
  CASE
    WHEN 'attended' IN words THEN 'attended'
    WHEN 'announced' IN words THEN 'announced'
  END AS presence
WHERE presence IS NOT NULL
WITH event, person, presence,
  coalesce(head([stand IN stands WHERE stand.side IS NOT NULL | stand.side]), person.side) AS side,
  reduce(all = [], stand IN [stand IN stands WHERE stand.presence = presence OR NOT stand.stated] | all + stand.evidence) AS evidence
CALL (event, person) {
  MATCH (person)-[holding:HOLDS]->(post:Post)-[part:PART_OF]->(agency:Organization)
  WHERE NOT agency:Country
    AND NOT coalesce(holding.valid_from_earliest > event.latest, false)
    AND NOT coalesce(holding.valid_to_latest < event.earliest, false)
    AND NOT coalesce(holding.valid_from_earliest > $as_of.latest, false)
    AND NOT coalesce(holding.valid_to_latest < $as_of.earliest, false)
    AND NOT coalesce(part.valid_from_earliest > $as_of.latest, false)
    AND NOT coalesce(part.valid_to_latest < $as_of.earliest, false)
  RETURN agency, post, holding.evidence + part.evidence AS belonging
  UNION ALL
  MATCH (person)-[membership:MEMBER_OF]->(agency:Organization)
  WHERE NOT agency:Country
    AND NOT coalesce(membership.valid_from_earliest > event.latest, false)
    AND NOT coalesce(membership.valid_to_latest < event.earliest, false)
    AND NOT coalesce(membership.valid_from_earliest > $as_of.latest, false)
    AND NOT coalesce(membership.valid_to_latest < $as_of.earliest, false)
  RETURN agency, null AS post, membership.evidence AS belonging
}
WITH event, side, agency, presence, collect(DISTINCT person) AS people, collect(DISTINCT post) AS posts,
  reduce(all = [], places IN collect(evidence + belonging) | all + places) AS evidence
CALL (event, agency) {
  OPTIONAL MATCH (agency)(()<-[parts:PART_OF]-(:Organization)){0,2}(office:Organization)-[overseeing:OVERSEES]->(thing:Issue|Measure)
  WHERE NOT coalesce(thing.earliest > event.latest, false)
    AND NOT coalesce(thing.earliest > $as_of.latest, false)
    AND all(link IN parts + [overseeing] WHERE NOT coalesce(link.valid_from_earliest > $as_of.latest, false) AND NOT coalesce(link.valid_to_latest < $as_of.earliest, false))
  OPTIONAL MATCH (thing)-[about:ABOUT]->(subject:Issue)
  WHERE thing:Measure
    AND NOT coalesce(about.valid_from_earliest > $as_of.latest, false)
    AND NOT coalesce(about.valid_to_latest < $as_of.earliest, false)
  RETURN
    collect(DISTINCT CASE WHEN thing:Issue THEN thing ELSE subject END) AS owned,
    collect(DISTINCT CASE WHEN thing:Measure THEN thing END) AS overseen,
    collect(DISTINCT CASE WHEN office <> agency THEN office END) AS offices,
    reduce(all = [], links IN collect(parts + [overseeing] + [link IN [about] WHERE link IS NOT NULL]) |
      all + reduce(places = [], link IN links | places + coalesce(link.evidence, []))) AS shown
}
WITH side, agency, presence,
  COLLECT {
    UNWIND people AS one
    RETURN one {.id, .name} AS one
    ORDER BY one.name, one.id
  } AS people,
  COLLECT {
    UNWIND owned AS one
    RETURN one {.id, .name} AS one
    ORDER BY one.name, one.id
  } AS issues,
  COLLECT {
    UNWIND overseen AS one
    RETURN one {.id, .name} AS one
    ORDER BY one.name, one.id
  } AS measures,
  COLLECT {
    UNWIND offices AS one
    RETURN one {.id, .name} AS one
    ORDER BY one.name, one.id
  } AS offices,
  COLLECT {
    UNWIND posts AS one
    RETURN one {.id, .name} AS one
    ORDER BY one.name, one.id
  } AS posts,
  COLLECT {
    UNWIND evidence + shown AS place
    WITH DISTINCT place
    RETURN place
    ORDER BY place
  } AS sources
RETURN
  side,
  agency {.id, .name} AS agency,
  people,
  issues,
  measures,
  offices,
  posts,
  presence,
  sources
ORDER BY side, presence, agency.name, agency.id
LIMIT 1001
