// title: Whose approval an agreement still needs
// description: "Who must still approve an agreement as of a date, or today without one. An approval that was surely given or dropped by then is left out; one that only may be over by then says possibly, one of which our sources tell no end unknown. An approval may be awaited before the day from which the agreement is dated."
// shape: table
// parameters:
//   agreement: {type: entity, label: Agreement, description: "An agreement", example: geneva-deal}
// returns:
//   actor: {type: entity, description: "Who must approve"}
//   step: {type: text, description: "What is to be done: approval, and in which post where the actor holds one"}
//   status: {type: text, description: "Where the approval stands, in our own words"}
//   held: {type: text, description: "Whether it is still needed then: yes, possibly, or unknown where our sources tell no end"}
//   since: {type: date, description: "From when, as precise as the source"}
//   until: {type: date, description: "Until when, as precise as the source"}
//   certainty: {type: text, description: "How surely it is needed: stated, implied, assessed or alleged"}
//   source: {type: evidence, description: "Places that the row rests on"}
MATCH (actor:Person|Organization)-[approval:MUST_APPROVE]->(agreement:Entity&Agreement {id: $agreement})
USING INDEX SEEK agreement:Entity(id)
WITH actor, approval, agreement, coalesce($as_of.earliest, date()) AS first, coalesce($as_of.latest, date()) AS last
WHERE (approval.valid_from IS NOT NULL OR NOT coalesce(agreement.earliest > last, false))
  AND NOT coalesce(approval.valid_from_earliest > last, false)
  AND NOT coalesce(approval.valid_to_latest < first, false)
CALL (actor, first, last) {
  OPTIONAL MATCH (actor)-[holding:HOLDS]->(post:Post)
  WHERE NOT coalesce(holding.valid_from_earliest > last, false)
    AND NOT coalesce(holding.valid_to_latest < first, false)
  RETURN post, holding
  ORDER BY coalesce(post.head, false) DESC, post.id
  LIMIT 1
}
WITH actor, approval, first, last, post,
  COLLECT {
    UNWIND approval.evidence + coalesce(holding.evidence, []) AS place
    WITH DISTINCT place
    RETURN place
    ORDER BY place
  } AS source
RETURN
  actor {.id, .name} AS actor,
  'approval' + coalesce(' as ' + post.name, '') AS step,
  approval.status AS status,
  CASE
    WHEN coalesce(approval.valid_from_latest, approval.seen_from) <= first AND approval.valid_to_earliest >= last THEN 'yes'
    WHEN approval.valid_to IS NULL THEN 'unknown'
    ELSE 'possibly'
  END AS held,
  approval.valid_from AS since,
  approval.valid_to AS until,
  coalesce(approval.certainty, 'stated') AS certainty,
  source
ORDER BY actor.name, actor.id
LIMIT 1001
