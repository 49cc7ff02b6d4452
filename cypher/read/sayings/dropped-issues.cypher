// title: Open issues that nobody mentioned at an event
// description: "Issues that were open before an event that was held, and of which our sources show no mention at it. Open is an issue of which a side that took part spoke before, on which it had a position, or that an agreement of before leaves out. A mention is that the event is about it, that an agreement which came out of it addresses it, or a side's claim on it that was made at the event or is about the event or that agreement. It is possibly dropped when something said of it, or the opening, may fall on the event's days, when a report by itself connects the two, or when a part or the whole of it was mentioned. An event that was not held drops nothing."
// shape: table
// parameters:
//   event: {type: entity, label: Event, description: "A round of talks, a call or another event", example: call-trump-xi-2025-06}
// returns:
//   issue: {type: entity, description: "The issue"}
//   last_mentioned: {type: date, description: "When one of the sides last spoke of it before, as precise as the source"}
//   by: {type: entities, description: "Who spoke of it then"}
//   left_out_of: {type: entities, description: "Agreements of before that leave it out"}
//   dropped: {type: text, description: "yes, as far as our sources tell, or possibly"}
//   source: {type: evidence, description: "Places that show that it was open"}
MATCH (event:Entity&Event {id: $event})
USING INDEX SEEK event:Entity(id)
WHERE NOT coalesce(event.earliest > $as_of.latest, false)
  AND coalesce(event.status, 'held') = 'held'
WITH event, COLLECT {
  CALL (event) {
    MATCH (country:Country)-[:PARTY_TO]->(event)
    RETURN country.id AS side
    UNION
    MATCH (party:Delegation|Person)-[:SENT_TO|TOOK_PART_IN]->(event)
    RETURN party.side AS side
  }
  WITH side
  WHERE side IS NOT NULL
  RETURN side
} AS parties
CALL (event, parties) {
  CALL (event) {
    MATCH (event)-[link:ABOUT]->(issue:Issue)
    RETURN issue, link, 'yes' AS sure
    UNION ALL
    MATCH (event)-[:PRODUCED]->(:Agreement)-[link:ADDRESSES]->(issue:Issue)
    RETURN issue, link, 'yes' AS sure
    UNION ALL
    MATCH (event)<-[:MADE_AT|ABOUT]-(claim:Claim)-[link:ABOUT]->(issue:Issue)
    WHERE NOT coalesce(claim.earliest > $as_of.latest, false)
    RETURN issue, link, CASE WHEN claim.side IS NULL THEN 'possibly' ELSE 'yes' END AS sure
    UNION ALL
    MATCH (event)-[:PRODUCED]->(:Agreement)<-[:ABOUT]-(claim:Claim)-[link:ABOUT]->(issue:Issue)
    WHERE NOT coalesce(claim.earliest > $as_of.latest, false)
    RETURN issue, link, CASE WHEN claim.side IS NULL THEN 'possibly' ELSE 'yes' END AS sure
  }
  WITH issue, sure
  WHERE NOT coalesce(link.valid_from_earliest > $as_of.latest, false)
    AND NOT coalesce(link.valid_to_latest < $as_of.earliest, false)
  RETURN collect(CASE sure WHEN 'yes' THEN issue END) AS named, collect(issue) AS touched
}
MATCH (issue:Issue)
WHERE NOT issue IN named
CALL (event, parties, issue) {
  MATCH (speaker:Person|Organization)-[saying:SAID|TAKES]->(mention:Claim|Position)-[about:ABOUT]->(issue)
  WITH speaker, saying, mention, about, coalesce(mention.side, CASE WHEN speaker:Country THEN speaker.id ELSE speaker.side END) AS side
  WHERE side IS NOT NULL
    AND (parties = [] OR side IN parties)
    AND NOT coalesce(mention.earliest > $as_of.latest, false)
    AND NOT coalesce(saying.valid_from_earliest > $as_of.latest, false)
    AND NOT coalesce(saying.valid_to_latest < $as_of.earliest, false)
    AND NOT coalesce(about.valid_from_earliest > $as_of.latest, false)
    AND NOT coalesce(about.valid_to_latest < $as_of.earliest, false)
  WITH speaker, saying, mention, about
  ORDER BY coalesce(mention.latest, mention.earliest) DESC, coalesce(mention.earliest, date('0001-01-01')) DESC, speaker.name, speaker.id
  WITH collect({
    speaker: speaker,
    date: mention.date,
    evidence: mention.evidence + saying.evidence + about.evidence,
    before: NOT coalesce(mention.earliest >= event.earliest, false),
    surely: coalesce(mention.latest < event.earliest, false),
    during: NOT coalesce(mention.latest < event.earliest, false) AND NOT coalesce(mention.earliest > event.latest, false)
  }) AS mentions
  RETURN [one IN mentions WHERE one.before] AS earlier, any(one IN mentions WHERE one.during) AS is_during, any(one IN mentions WHERE one.surely) AS is_surely
}
CALL (event, issue) {
  OPTIONAL MATCH (agreement:Agreement)-[gap:LEAVES_OUT]->(issue)
  WHERE coalesce(agreement.latest < event.earliest, false)
    AND NOT coalesce(agreement.earliest > $as_of.latest, false)
    AND NOT coalesce(gap.valid_from_earliest > $as_of.latest, false)
    AND NOT coalesce(gap.valid_to_latest < $as_of.earliest, false)
  WITH agreement, gap
  ORDER BY agreement.name, agreement.id
  RETURN collect(agreement {.id, .name}) AS left_out_of, reduce(all = [], places IN collect(gap.evidence) | all + places) AS gaps
}
WITH event, named, touched, issue, earlier, is_during, is_surely, left_out_of, gaps, head(earlier).date AS last_mentioned
WHERE earlier <> []
  OR left_out_of <> []
WITH issue, last_mentioned, left_out_of,
  [one IN earlier WHERE one.date = last_mentioned] AS last,
  gaps,
  (is_surely OR left_out_of <> []) AND NOT is_during AND NOT issue IN touched AND NOT EXISTS {
    MATCH (issue)-[:PART_OF]-{1,4}(other:Issue)
    WHERE other IN named
  } AS is_sure
WITH issue, last_mentioned, left_out_of, is_sure,
  COLLECT {
    UNWIND [one IN last | one.speaker] AS speaker
    WITH DISTINCT speaker
    RETURN speaker {.id, .name} AS speaker
    ORDER BY speaker.name, speaker.id
  } AS by,
  COLLECT {
    UNWIND gaps + reduce(all = [], one IN last | all + one.evidence) AS place
    WITH DISTINCT place
    RETURN place
    ORDER BY place
  } AS source
RETURN
  issue {.id, .name} AS issue,
  last_mentioned,
  by,
  left_out_of,
  CASE WHEN is_sure THEN 'yes' ELSE 'possibly' END AS dropped,
  source
ORDER BY dropped DESC, issue.name, issue.id
LIMIT 1001
