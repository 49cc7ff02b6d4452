// title: Promises that one side calls broken and the other kept
// description: "What one side says another broke, kept only in part or delayed, with the other's claim that it was kept; first what is answered so, then accusations to which our sources hold no such reply. A claim about a commitment is not taken for one about the whole agreement, nor the other way round."
// shape: table
// parameters: {}
// returns:
//   commitment: {type: entity, description: "The commitment, or the agreement as a whole"}
//   accuser: {type: text, label: Entity, description: "The country whose account says so, by its id, or a speaker of no side"}
//   claim: {type: entity, description: "The claim that says so"}
//   reply: {type: entity, description: "A claim of the accused that it was kept; null when our sources hold none"}
//   level: {type: text, description: "commitment or agreement: that of which both claims speak"}
//   verdict: {type: text, description: "broken, partly or delayed"}
//   agreement: {type: entities, description: "The agreement that it belongs to"}
//   accused: {type: texts, label: Entity, description: "Against whom it is turned, by id: as the claim says, or else who owes the commitment"}
//   claimed: {type: date, description: "When it was said, as precise as the source"}
//   replied: {type: date, description: "When that was said, as precise as the source"}
//   source: {type: evidence, description: "Places that the row rests on"}
MATCH (claim:Claim)-[about:ABOUT]->(subject:Commitment|Agreement)
WHERE claim.verdict IN ['broken', 'partly', 'delayed']
  AND NOT coalesce(claim.earliest > $as_of.latest, false)
  AND NOT coalesce(subject.earliest > $as_of.latest, false)
  AND NOT coalesce(about.valid_from_earliest > $as_of.latest, false)
  AND NOT coalesce(about.valid_to_latest < $as_of.earliest, false)
  AND (subject:Commitment OR NOT EXISTS {
    (claim)-[:ABOUT]->(:Commitment)-[:PART_OF]->(subject)
  })
OPTIONAL MATCH (speaker:Person|Organization)-[saying:SAID]->(claim)
WITH claim, about, subject, coalesce(claim.side, min(speaker.side), min(speaker.id), 'nobody named') AS accuser,
  reduce(all = [], places IN collect(saying.evidence) | all + places) AS said
WITH claim, subject, accuser, claim.evidence + about.evidence + said AS evidence,
  COLLECT {
    MATCH (subject)-[:OWED_BY]->(debtor:Organization)
    RETURN debtor.id
    ORDER BY debtor.id
  } AS debtors
WITH claim, subject, accuser, evidence, CASE WHEN claim.against IS NULL THEN debtors ELSE [claim.against] END AS accused
WHERE NOT accuser IN accused
CALL (subject, accuser, accused) {
  OPTIONAL MATCH (subject)<-[about:ABOUT]-(reply:Claim {verdict: 'kept'})
  WHERE NOT coalesce(reply.earliest > $as_of.latest, false)
    AND NOT coalesce(about.valid_from_earliest > $as_of.latest, false)
    AND NOT coalesce(about.valid_to_latest < $as_of.earliest, false)
    AND (subject:Commitment OR NOT EXISTS {
      (reply)-[:ABOUT]->(:Commitment)-[:PART_OF]->(subject)
    })
  OPTIONAL MATCH (speaker:Person|Organization)-[saying:SAID]->(reply)
  WITH accuser, accused, reply, about, coalesce(reply.side, min(speaker.side), min(speaker.id)) AS replier,
    reduce(all = [], places IN collect(saying.evidence) | all + places) AS said
  WITH CASE WHEN replier IN accused OR (accused = [] AND replier <> accuser) THEN reply END AS reply, about, said
  WITH collect({reply: reply, evidence: reply.evidence + about.evidence + said}) AS replies
  RETURN [one IN replies WHERE one.reply IS NOT NULL] AS replies
}
UNWIND CASE replies WHEN [] THEN [{reply: null, evidence: []}] ELSE replies END AS answer
WITH claim, subject, accuser, accused, answer.reply AS reply, coalesce(claim.earliest, claim.latest) AS first, claim.latest AS last,
  COLLECT {
    MATCH (subject)-[:PART_OF]->{0,1}(agreement:Agreement)
    WITH DISTINCT agreement
    RETURN agreement {.id, .name} AS agreement
    ORDER BY agreement.name, agreement.id
  } AS agreement,
  COLLECT {
    UNWIND evidence + answer.evidence AS place
    WITH DISTINCT place
    RETURN place
    ORDER BY place
  } AS source
RETURN
  subject {.id, .name} AS commitment,
  accuser,
  claim {.id, .name} AS claim,
  reply {.id, .name} AS reply,
  CASE
    WHEN subject:Commitment THEN 'commitment'
    ELSE 'agreement'
  END AS level,
  claim.verdict AS verdict,
  agreement,
  accused,
  claim.date AS claimed,
  reply.date AS replied,
  source
ORDER BY reply IS NULL, first, last, claim.id, subject.name, subject.id, reply.id
LIMIT 1001
