// title: Which people share a history
// description: "Pairs of people who were at the same held round or other encounter, in the same delegation, or in posts of the same agency at the same time. Two who held one and the same post did so one after another, and people of a country's own offices share no agency. Times of posts are compared as far as our sources tell: overlaps that surely were not are left out. As of a date it is the history up to then."
// shape: table
// parameters: {}
// returns:
//   a: {type: entity, description: "One of the two"}
//   b: {type: entity, description: "The other"}
//   shared: {type: entity, description: "The event, the delegation or the agency that they share"}
//   overlap: {type: date, description: "When: the days of the event, also of that to which the delegation was sent; of an agency the days on which our sources show both"}
//   kind: {type: text, description: "event, delegation or agency"}
//   held: {type: text, description: "Whether they were there at the same time: yes, possibly, planned (the event was only announced), or unknown where our sources tell no days"}
//   certainty: {type: text, description: "stated, or implied where one of the two is said to have been there less than outright"}
//   source: {type: evidence, description: "Places that the row rests on"}
CALL () {
  MATCH (event:Event)
  WHERE event.kind IN ['round', 'meeting', 'call', 'summit', 'visit', 'consultation', 'signing']
    AND coalesce(event.status, 'held') = 'held'
    AND NOT coalesce(event.earliest > $as_of.latest, false)
  CALL (event) {
    MATCH (person:Person)-[presence:TOOK_PART_IN]->(event)
    WHERE NOT coalesce(presence.valid_from_earliest > $as_of.latest, false)
    RETURN person, presence.evidence AS evidence, coalesce(presence.certainty, 'stated') = 'stated' AS stated
    UNION ALL
    MATCH (person:Person)-[seat:LEADS|MEMBER_OF]->(:Delegation)-[sending:SENT_TO]->(event)
    WHERE NOT coalesce(seat.valid_from_earliest > $as_of.latest, false)
      AND NOT coalesce(sending.valid_from_earliest > $as_of.latest, false)
      AND NOT EXISTS {
        (person)-[:ANNOUNCED_FOR|ABSENT_FROM|UNCONFIRMED_AT]->(event)
      }
    RETURN person, seat.evidence + sending.evidence AS evidence,
      coalesce(seat.certainty, 'stated') = 'stated' AND coalesce(sending.certainty, 'stated') = 'stated' AS stated
  }
  WITH event, person, max(stated) AS stated, reduce(all = [], places IN collect(evidence) | all + places) AS evidence
  WITH event, collect({person: person, stated: stated, evidence: evidence}) AS people
  UNWIND people AS one
  UNWIND people AS other
  WITH event, one, other
  WHERE one.person.id < other.person.id
  RETURN one.person AS a, other.person AS b, event AS shared, 'event' AS kind, event.date AS overlap, event.earliest AS first,
    CASE WHEN event.date IS NULL THEN 'unknown' WHEN event.latest > $as_of.latest THEN 'possibly' ELSE 'yes' END AS held,
    one.stated AND other.stated AS stated, one.evidence + other.evidence AS evidence
  UNION ALL
  MATCH (a:Person)-[one:LEADS|MEMBER_OF]->(delegation:Delegation)<-[other:LEADS|MEMBER_OF]-(b:Person)
  WHERE a.id < b.id
    AND NOT coalesce(one.valid_from_earliest > $as_of.latest, false)
    AND NOT coalesce(other.valid_from_earliest > $as_of.latest, false)
  OPTIONAL MATCH (delegation)-[sending:SENT_TO]->(event:Event)
  WHERE NOT coalesce(sending.valid_from_earliest > $as_of.latest, false)
  WITH a, b, delegation, one, other, event, sending
  ORDER BY event.earliest, event.id
  WITH a, b, delegation, head(collect(event)) AS event, collect(one) + collect(other) AS seats, collect(sending) AS sendings
  WHERE NOT coalesce(event.earliest > $as_of.latest, false)
  RETURN a, b, delegation AS shared, 'delegation' AS kind, event.date AS overlap, event.earliest AS first,
    CASE
      WHEN event.date IS NULL THEN 'unknown'
      WHEN coalesce(event.status, 'held') <> 'held' THEN 'planned'
      WHEN event.latest > $as_of.latest THEN 'possibly'
      ELSE 'yes'
    END AS held,
    all(seat IN seats WHERE coalesce(seat.certainty, 'stated') = 'stated') AS stated,
    reduce(all = [], link IN seats + sendings | all + link.evidence) AS evidence
  UNION ALL
  MATCH (a:Person)-[one:HOLDS]->(post:Post)-[part:PART_OF]->(agency:Organization)<-[other_part:PART_OF]-(other_post:Post)<-[other:HOLDS]-(b:Person)
  WHERE a.id < b.id
    AND post <> other_post
    AND NOT agency:Country
    AND NOT coalesce(one.valid_from_earliest > other.valid_to_latest, false)
    AND NOT coalesce(other.valid_from_earliest > one.valid_to_latest, false)
    AND NOT coalesce(one.valid_from_earliest > $as_of.latest, false)
    AND NOT coalesce(other.valid_from_earliest > $as_of.latest, false)
  WITH a, b, agency, [part, other_part, one, other] AS links, COLLECT {
    UNWIND [one, other] AS holding
    WITH holding,
      CASE WHEN NOT coalesce(holding.seen_from < holding.valid_from_earliest OR holding.seen_from > holding.valid_to_latest, false) THEN holding.seen_from END AS seen_from,
      CASE WHEN NOT coalesce(holding.seen_to < holding.valid_from_earliest OR holding.seen_to > holding.valid_to_latest, false) THEN holding.seen_to END AS seen_to
    WITH
      reduce(least = null, day IN [holding.valid_from_latest, seen_from, seen_to] | CASE WHEN coalesce(least <= day, day IS NULL) THEN least ELSE day END) AS first,
      reduce(most = null, day IN [holding.valid_to_earliest, seen_from, seen_to] | CASE WHEN coalesce(most >= day, day IS NULL) THEN most ELSE day END) AS last
    RETURN {first: first, last: last}
  } AS times, coalesce(one.valid_from, one.valid_to) IS NOT NULL OR coalesce(other.valid_from, other.valid_to) IS NOT NULL AS is_dated
  WITH a, b, agency, links, is_dated,
    CASE WHEN times[0].first >= times[1].first THEN times[0].first ELSE times[1].first END AS first,
    CASE WHEN times[0].last <= times[1].last THEN times[0].last ELSE times[1].last END AS last,
    all(time IN times WHERE time.first IS NOT NULL AND time.last IS NOT NULL) AS is_known
  WITH a, b, agency, links, first, last,
    CASE
      WHEN is_known AND first <= last AND NOT coalesce(first > $as_of.latest, false) THEN 'yes'
      WHEN is_dated THEN 'possibly'
      ELSE 'unknown'
    END AS held
  ORDER BY held DESC, first
  WITH a, b, agency, collect({first: first, last: last, held: held})[-1] AS best, reduce(all = [], links IN collect(links) | all + links) AS links
  RETURN a, b, agency AS shared, 'agency' AS kind,
    CASE best.held WHEN 'yes' THEN CASE best.first WHEN best.last THEN toString(best.first) ELSE toString(best.first) + '/' + toString(best.last) END END AS overlap,
    CASE best.held WHEN 'yes' THEN best.first END AS first,
    best.held AS held,
    all(link IN links WHERE coalesce(link.certainty, 'stated') = 'stated') AS stated,
    reduce(all = [], link IN links | all + link.evidence) AS evidence
}
WITH a, b, shared, overlap, kind, first, held, stated,
  COLLECT {
    UNWIND evidence AS place
    WITH DISTINCT place
    RETURN place
    ORDER BY place
  } AS source
RETURN
  a {.id, .name} AS a,
  b {.id, .name} AS b,
  shared {.id, .name} AS shared,
  overlap,
  kind,
  held,
  CASE WHEN stated THEN 'stated' ELSE 'implied' END AS certainty,
  source
ORDER BY a.name, a.id, b.name, b.id, first, kind DESC, shared.id
LIMIT 1001
