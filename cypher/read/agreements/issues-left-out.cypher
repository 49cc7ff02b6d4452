// title: What an agreement leaves out
// description: "Issues that a source says an agreement does not address; who of the parties to the quarrel raised each, and when last. A sentence of the report itself is no mention; a mention that is dated by bounds keeps them."
// shape: table
// parameters:
//   agreement: {type: entity, label: Agreement, description: "An agreement", example: geneva-deal}
// returns:
//   issue: {type: entity, description: "The issue"}
//   raised_by: {type: entities, description: "Who spoke of it for a side, or takes a position on it"}
//   last_mentioned: {type: date, description: "When one of them last spoke of it, as precise as the source"}
//   source: {type: evidence, description: "Places that the row rests on"}
MATCH (agreement:Entity&Agreement {id: $agreement})-[gap:LEAVES_OUT]->(issue:Issue)
USING INDEX SEEK agreement:Entity(id)
WHERE NOT coalesce(agreement.earliest > $as_of.latest, false)
  AND NOT coalesce(gap.valid_from_earliest > $as_of.latest, false)
  AND NOT coalesce(gap.valid_to_latest < $as_of.earliest, false)
CALL (issue) {
  OPTIONAL MATCH (speaker:Person|Organization)-[saying:SAID|TAKES]->(mention:Claim|Position)-[about:ABOUT]->(issue)
  WHERE coalesce(mention.side, speaker.side) IS NOT NULL
    AND NOT coalesce(mention.earliest > $as_of.latest, false)
    AND NOT coalesce(saying.valid_from_earliest > $as_of.latest, false)
    AND NOT coalesce(saying.valid_to_latest < $as_of.earliest, false)
    AND NOT coalesce(about.valid_from_earliest > $as_of.latest, false)
    AND NOT coalesce(about.valid_to_latest < $as_of.earliest, false)
  WITH speaker, saying, mention, about
  ORDER BY coalesce(mention.latest, mention.earliest) DESC, mention.earliest DESC, mention.id
  WITH collect(DISTINCT speaker {.id, .name}) AS speakers, collect(mention.date)[0] AS last_mentioned,
    reduce(all = [], places IN collect(mention.evidence + saying.evidence + about.evidence) | all + places) AS evidence
  RETURN speakers, last_mentioned, evidence
}
WITH issue, last_mentioned,
  COLLECT {
    UNWIND speakers AS speaker
    RETURN speaker
    ORDER BY speaker.name, speaker.id
  } AS raised_by,
  COLLECT {
    UNWIND gap.evidence + evidence AS place
    WITH DISTINCT place
    RETURN place
    ORDER BY place
  } AS source
RETURN issue {.id, .name} AS issue, raised_by, last_mentioned, source
ORDER BY issue.name, issue.id
LIMIT 1001
