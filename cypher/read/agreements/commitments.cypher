// title: What each side owes under an agreement
// description: "Commitments under an agreement, who owes each, and what each side says of its keeping. A verdict stays at the level at which it was given: what is said of the agreement as a whole has a row of its own and is said of no single commitment."
// shape: table
// parameters:
//   agreement: {type: entity, label: Agreement, description: "An agreement", example: geneva-deal}
// returns:
//   commitment: {type: entity, description: "The commitment, or the agreement as a whole"}
//   owed_by: {type: entities, description: "Who owes it; of the agreement as a whole, its parties"}
//   due: {type: date, description: "When it is to be done, as precise as the source"}
//   according: {type: texts, label: Entity, description: "What each side, or a speaker of no side, says of its keeping: kept, broken, partly or delayed, and by whom where the claim is turned against somebody; in order of time"}
//   level: {type: text, description: "commitment, or agreement for what is said of the whole"}
//   claims: {type: entities, description: "The claims that say so"}
//   certainty: {type: text, description: "How surely it is a commitment: stated, implied, assessed or alleged (one side only says so)"}
//   sources: {type: evidence, description: "Places that the row rests on"}
MATCH (agreement:Entity&Agreement {id: $agreement})
USING INDEX SEEK agreement:Entity(id)
WHERE NOT coalesce(agreement.earliest > $as_of.latest, false)
CALL (agreement) {
  MATCH (commitment:Commitment)-[part:PART_OF]->(agreement)
  WHERE NOT coalesce(part.valid_from_earliest > $as_of.latest, false)
    AND NOT coalesce(part.valid_to_latest < $as_of.earliest, false)
  OPTIONAL MATCH (commitment)-[owing:OWED_BY]->(debtor:Organization)
  WITH commitment, part, collect(debtor) AS debtors, reduce(all = [], places IN collect(owing.evidence) | all + places) AS owed
  RETURN
    commitment AS subject,
    'commitment' AS level,
    debtors,
    coalesce(commitment.certainty, part.certainty, 'stated') AS certainty,
    coalesce(commitment.evidence, []) + part.evidence + owed AS evidence
  UNION ALL
  OPTIONAL MATCH (agreement)<-[party:PARTY_TO]-(debtor:Organization)
  WITH agreement, collect(debtor) AS debtors, reduce(all = [], places IN collect(party.evidence) | all + places) AS bound
  RETURN
    agreement AS subject,
    'agreement' AS level,
    debtors,
    coalesce(agreement.certainty, 'stated') AS certainty,
    coalesce(agreement.evidence, []) + bound AS evidence
}
CALL (agreement, subject, level) {
  OPTIONAL MATCH (subject)<-[about:ABOUT]-(claim:Claim)
  WHERE claim.verdict IS NOT NULL
    AND NOT coalesce(claim.earliest > $as_of.latest, false)
    AND NOT coalesce(about.valid_from_earliest > $as_of.latest, false)
    AND NOT coalesce(about.valid_to_latest < $as_of.earliest, false)
    AND NOT (level = 'agreement' AND EXISTS {
      (claim)-[:ABOUT]->(:Commitment)-[:PART_OF]->(agreement)
    })
  OPTIONAL MATCH (speaker:Person|Organization)-[saying:SAID]->(claim)
  WITH claim, about, coalesce(claim.side, min(speaker.side), min(speaker.id), 'nobody named') AS side,
    reduce(all = [], places IN collect(saying.evidence) | all + places) AS said
  ORDER BY coalesce(claim.earliest, claim.latest), claim.latest, claim.id
  RETURN
    collect(side + ': ' + claim.verdict + coalesce(' by ' + claim.against, '')) AS according,
    collect(claim {.id, .name}) AS claims,
    reduce(all = [], places IN collect(claim.evidence + about.evidence + said) | all + places) AS told
}
WITH subject, level, debtors, certainty, evidence, according, claims, told
WHERE level = 'commitment'
  OR claims <> []
CALL (subject, level) {
  OPTIONAL MATCH (deadline:Deadline)-[term:OF]->(subject)
  WHERE level = 'commitment'
  RETURN min(deadline.date) AS day, reduce(all = [], places IN collect(term.evidence) | all + places) AS dated
}
WITH subject, level, claims, certainty, coalesce(subject.due, day) AS due,
  COLLECT {
    UNWIND debtors AS debtor
    RETURN debtor {.id, .name} AS owed_by
    ORDER BY owed_by.name, owed_by.id
  } AS owed_by,
  COLLECT {
    UNWIND range(0, size(according) - 1) AS number
    WITH according[number] AS word, min(number) AS number
    RETURN word
    ORDER BY number
  } AS according,
  COLLECT {
    UNWIND evidence + told + dated AS place
    WITH DISTINCT place
    RETURN place
    ORDER BY place
  } AS sources
RETURN
  subject {.id, .name} AS commitment,
  owed_by,
  due,
  according,
  level,
  claims,
  certainty,
  sources
ORDER BY level DESC, owed_by, subject.name, subject.id
LIMIT 1001
