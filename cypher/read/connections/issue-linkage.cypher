// title: Which issues are tied to which
// description: "Pairs of issues that our sources tie together, by whom, and how: one is a part of the other or is about it, one agreement addresses both, both stand on the agenda of one meeting, one measure bears on both, or one claim or position of a side is about both. A sentence of a report itself ties nothing, nor does an agreement that leaves both out. A pair has a row for everything that ties it; only of a part and its whole, and of what is about what, does the order say anything."
// shape: graph
// drawn: [issue, tied_to, through]
// parameters: {}
// returns:
//   issue: {type: entity, description: "The issue; of a part and its whole the part"}
//   tied_to: {type: entity, description: "The issue to which it is tied"}
//   how: {type: text, description: "is part of, is about, addressed together, on one agenda, planned on one agenda, reached by one measure, named in one claim, or held in one position"}
//   through: {type: entity, description: "What ties them: the agreement, meeting, measure, claim or position; null for a part and its whole"}
//   by: {type: entities, description: "Who ties them: the parties, who imposed it, who said or holds it"}
//   date: {type: date, description: "When, as precise as the source"}
//   certainty: {type: text, description: "How surely: stated, assessed, implied or alleged; of the two links the least"}
//   source: {type: evidence, description: "Places that the row rests on"}
CALL () {
  MATCH (issue:Issue)-[one:PART_OF|ABOUT]->(other:Issue)
  RETURN issue, other, one, null AS two, null AS through, CASE type(one) WHEN 'PART_OF' THEN 'is part of' ELSE 'is about' END AS how
  UNION ALL
  MATCH (issue:Issue)<-[one:ADDRESSES]-(through:Agreement)-[two:ADDRESSES]->(other:Issue)
  WHERE issue.id < other.id
  RETURN issue, other, one, two, through, 'addressed together' AS how
  UNION ALL
  MATCH (issue:Issue)<-[one:ABOUT]-(through:Event|Measure|Claim|Position)-[two:ABOUT]->(other:Issue)
  WHERE issue.id < other.id
    AND (NOT through:Event OR (through.kind IN ['round', 'meeting', 'call', 'summit', 'visit', 'consultation', 'signing']
      AND NOT coalesce(through.status, 'held') IN ['cancelled', 'postponed']))
  RETURN issue, other, one, two, through, CASE
    WHEN through:Event AND coalesce(through.status, 'held') = 'held' THEN 'on one agenda'
    WHEN through:Event THEN 'planned on one agenda'
    WHEN through:Measure THEN 'reached by one measure'
    WHEN through:Claim THEN 'named in one claim'
    ELSE 'held in one position'
  END AS how
}
WITH issue, other, through, how, [link IN [one, two] WHERE link IS NOT NULL] AS links
WHERE NOT coalesce(through.earliest > $as_of.latest, false)
  AND all(link IN links WHERE NOT coalesce(link.valid_from_earliest > $as_of.latest, false) AND NOT coalesce(link.valid_to_latest < $as_of.earliest, false))
CALL (through) {
  OPTIONAL MATCH (actor:Person|Organization)-[acting:PARTY_TO|IMPOSED|SAID|TAKES]->(through)
  WHERE NOT coalesce(acting.valid_from_earliest > $as_of.latest, false)
    AND NOT coalesce(acting.valid_to_latest < $as_of.earliest, false)
  WITH actor, acting
  ORDER BY actor.name, actor.id
  RETURN collect(actor) AS actors, reduce(all = [], places IN collect(acting.evidence) | all + places) AS acted
}
WITH issue, other, through, how, links, actors, acted
WHERE NOT coalesce(through:Claim|Position, false)
  OR through.side IS NOT NULL
  OR any(actor IN actors WHERE actor.side IS NOT NULL)
WITH issue, other, through, how, actors, coalesce(through.earliest, through.latest) AS first,
  reduce(most = 0, link IN links |
    CASE WHEN coalesce({stated: 0, assessed: 1, implied: 2}[coalesce(link.certainty, 'stated')], 3) > most
      THEN coalesce({stated: 0, assessed: 1, implied: 2}[coalesce(link.certainty, 'stated')], 3) ELSE most END) AS rank,
  COLLECT {
    UNWIND acted + reduce(all = [], link IN links | all + link.evidence) AS place
    WITH DISTINCT place
    RETURN place
    ORDER BY place
  } AS source
RETURN
  issue {.id, .name} AS issue,
  other {.id, .name} AS tied_to,
  how,
  through {.id, .name} AS through,
  [actor IN actors | actor {.id, .name}] AS by,
  through.date AS date,
  ['stated', 'assessed', 'implied', 'alleged'][rank] AS certainty,
  source
ORDER BY issue.name, issue.id, tied_to.name, tied_to.id, first, through.id
LIMIT 1001
