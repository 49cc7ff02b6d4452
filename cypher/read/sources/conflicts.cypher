// title: On which facts the sources disagree
// description: "Questions on which accounts differ, each with the accounts; and properties of entities and relationships to which sources give different values, the value that is shown first. Of a question, as of a date, only accounts that had been given by then."
// shape: table
// parameters: {}
// returns:
//   subject: {type: entities, description: "What it is about; a relationship by its id"}
//   attribute: {type: text, description: "The property in question; of a question without one, the question"}
//   values: {type: texts, label: Entity, description: "Each account: who says it, and what. Of a property, each value with the data set that states it"}
//   sources: {type: evidence, description: "Places of the accounts"}
//   kind: {type: text, description: "conflict, rounding, narrower (one is the other, more precisely), wording, one-sided, silence, reporting-error or rumour"}
//   dispute: {type: entity, description: "The question; of a property the question on it, if there is one"}
//   settled: {type: text, description: "What settled it, if anything did"}
CALL () {
  MATCH (dispute:Dispute)
  CALL (dispute) {
    OPTIONAL MATCH (dispute)-[about:ABOUT]->(subject:Entity)
    WHERE NOT coalesce(about.valid_from_earliest > $as_of.latest, false)
      AND NOT coalesce(about.valid_to_latest < $as_of.earliest, false)
    WITH subject
    ORDER BY subject.name, subject.id
    RETURN collect(subject {.id, .name}) AS subjects
  }
  CALL (dispute) {
    OPTIONAL MATCH (claim:Claim)-[answer:ANSWERS_IN]->(dispute)
    WITH claim, answer, claim IS NULL OR NOT coalesce(claim.earliest > $as_of.latest, false) AS is_given
    ORDER BY answer.account, claim.earliest, claim.id
    WITH count(claim) AS claims, collect(CASE WHEN is_given THEN claim END) AS given,
      collect(CASE WHEN is_given THEN coalesce(answer.account + ': ', '') + claim.summary END) AS accounts,
      reduce(all = [], places IN collect(CASE WHEN is_given THEN claim.evidence + answer.evidence END) | all + places) AS evidence
    WHERE claims = 0
      OR given <> []
    RETURN accounts, evidence
  }
  RETURN subjects, coalesce(dispute.attribute, dispute.question) AS attribute,
    accounts + [side IN coalesce(dispute.silent, []) | side + ': says nothing'] AS accounts,
    dispute.evidence + evidence AS evidence, dispute.kind AS kind, dispute
  UNION ALL
  MATCH (node:Entity|Source)
  WHERE node.disputed IS NOT NULL
    AND NOT coalesce(node:Event|Agreement|Measure|Claim|Position AND node.earliest > $as_of.latest, false)
  UNWIND node.disputed AS attribute
  CALL (node, attribute) {
    OPTIONAL MATCH (dispute:Dispute {attribute: attribute})-[:ABOUT]->(node)
    RETURN dispute
    ORDER BY dispute.id
    LIMIT 1
  }
  RETURN [node {.id, .name}] AS subjects, attribute, node.values AS accounts, node.evidence AS evidence, null AS kind, dispute
  UNION ALL
  MATCH (start:Entity|Source)-[link]->(end:Entity|Source)
  WHERE link.disputed IS NOT NULL
    AND NOT coalesce(link.valid_from_earliest > $as_of.latest, false)
    AND NOT coalesce(link.valid_to_latest < $as_of.earliest, false)
  UNWIND link.disputed AS attribute
  CALL (start, end, attribute) {
    OPTIONAL MATCH (dispute:Dispute {attribute: attribute})-[:ABOUT]->(about:Entity)
    WHERE about IN [start, end]
    RETURN dispute
    ORDER BY dispute.id
    LIMIT 1
  }
  RETURN [{id: link.id, name: start.name + ' – ' + type(link) + ' – ' + end.name}] AS subjects, attribute, link.values AS accounts,
    link.evidence AS evidence, null AS kind, dispute
}
WITH subjects, attribute, accounts, kind, dispute,
  COLLECT {
    UNWIND evidence AS place
    WITH DISTINCT place
    RETURN place
    ORDER BY place
  } AS sources
RETURN
  subjects AS subject,
  attribute,
  accounts AS values,
  sources,
  kind,
  dispute {.id, .name} AS dispute,
  dispute.settled AS settled
ORDER BY kind IS NULL, head(subjects).name, head(subjects).id, attribute, dispute.id
LIMIT 1001
