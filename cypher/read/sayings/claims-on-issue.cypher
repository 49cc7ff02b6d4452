// title: What was said on an issue
// description: "Claims on an issue in order of time: who said what, for which side, holding which post, and how it came to us. A claim whose date only may lie within the dates asked for is shown; so is one without a date, at the end. A claim of several speakers has a row each. Parts of an issue are issues of their own."
// shape: table
// parameters:
//   issue: {type: entity, label: Issue, description: "An issue", example: taiwan-status}
//   side: {type: entity, label: Country, description: "Only claims that are this country's account", example: china, default: null}
//   from: {type: date, description: "Only claims that may have been made on or after it: a day, a month or a year", example: 2025-06, default: null}
//   to: {type: date, description: "Only claims that may have been made on or before it: a day, a month or a year", example: 2025-06-30, default: null}
// returns:
//   date: {type: date, description: "When it was said, as precise as the source"}
//   speaker: {type: entity, description: "Who said it"}
//   side: {type: text, label: Country, description: "The country whose account it is, by its id; null for a report's own words"}
//   post: {type: entity, description: "A post that the speaker held then, the head of an organisation first"}
//   summary: {type: text, description: "What is claimed, in our own words"}
//   quote: {type: text, description: "Words that the source prints as the speaker's"}
//   channel: {type: text, description: "How it was said"}
//   source: {type: evidence, description: "Places that the row rests on, the source behind a report included"}
MATCH (claim:Claim)-[about:ABOUT]->(issue:Entity&Issue {id: $issue})
USING INDEX SEEK issue:Entity(id)
WHERE NOT coalesce(claim.earliest > $as_of.latest, false)
  AND NOT coalesce(about.valid_from_earliest > $as_of.latest, false)
  AND NOT coalesce(about.valid_to_latest < $as_of.earliest, false)
  AND NOT coalesce(claim.latest < $from.earliest, false)
  AND NOT coalesce(claim.earliest > $to.latest, false)
OPTIONAL MATCH (speaker:Person|Organization)-[saying:SAID]->(claim)
WHERE NOT coalesce(saying.valid_from_earliest > $as_of.latest, false)
  AND NOT coalesce(saying.valid_to_latest < $as_of.earliest, false)
WITH claim, about, speaker, saying, coalesce(claim.side, speaker.side) AS side
WHERE $side IS NULL
  OR side = $side
CALL (claim, speaker) {
  OPTIONAL MATCH (speaker)-[holding:HOLDS]->(post:Post)
  WHERE NOT coalesce(holding.valid_from_earliest > claim.latest, false)
    AND NOT coalesce(holding.valid_to_latest < claim.earliest, false)
    AND NOT coalesce(holding.valid_from_earliest > $as_of.latest, false)
    AND NOT coalesce(holding.valid_to_latest < $as_of.earliest, false)
  RETURN post, holding
  ORDER BY coalesce(post.head, false) DESC, post.id
  LIMIT 1
}
WITH claim, speaker, side, post,
  COLLECT {
    UNWIND claim.evidence + about.evidence + coalesce(saying.evidence, []) + coalesce(holding.evidence, []) AS place
    WITH DISTINCT place
    RETURN place
    ORDER BY place
  } AS source
RETURN
  claim.date AS date,
  speaker {.id, .name} AS speaker,
  side,
  post {.id, .name} AS post,
  claim.summary AS summary,
  claim.quote AS quote,
  claim.channel AS channel,
  source
ORDER BY coalesce(claim.earliest, claim.latest), claim.latest, claim.id, speaker.id
LIMIT 1001
