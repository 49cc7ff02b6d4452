// title: What one side's account names and the other's does not
// description: "Issues that the sides' accounts of an event name. A side's account is its claims about the event, and its claims about an agreement that came out of it, as far as they are about an issue that the agreement addresses; the latter is implied. An issue that another side names more broadly or more narrowly is an overlap. A side whose account our sources do not hold is not called silent."
// shape: table
// parameters:
//   event: {type: entity, label: Event, description: "A call, a round or another event", example: call-trump-xi-2025-06}
// returns:
//   issue: {type: entity, description: "The issue"}
//   kind: {type: text, description: "difference: a side with an account of its own does not name it; overlap: all of them name it, or one that it is part of"}
//   sides_naming: {type: texts, label: Country, description: "Countries whose account names it, by id"}
//   sides_silent: {type: texts, label: Country, description: "Countries whose account names neither it nor its parts nor what it is part of, by id"}
//   evidence: {type: evidence, description: "Places that the row rests on"}
//   certainty: {type: text, description: "How surely it is named: stated, assessed, implied or alleged; of several sides the least"}
MATCH (event:Entity&Event {id: $event})
USING INDEX SEEK event:Entity(id)
WHERE NOT coalesce(event.earliest > $as_of.latest, false)
WITH event, COLLECT {
  CALL (event) {
    MATCH (country:Country)-[:PARTY_TO]->(event)
    RETURN country.id AS side
    UNION
    MATCH (party:Delegation|Person)-[:SENT_TO|TOOK_PART_IN|ANNOUNCED_FOR]->(event)
    RETURN party.side AS side
  }
  WITH side
  WHERE side IS NOT NULL
  RETURN side
} AS parties
CALL (event) {
  MATCH (event)<-[link:ABOUT]-(claim:Claim)
  RETURN claim, null AS issue, null AS certainty, link.evidence AS evidence
  UNION ALL
  MATCH (event)<-[:ABOUT]-(claim:Claim)-[about:ABOUT]->(issue:Issue)
  RETURN claim, issue, coalesce(about.certainty, 'stated') AS certainty, about.evidence AS evidence
  UNION ALL
  MATCH (event)-[producing:PRODUCED]->(agreement:Agreement)-[addressing:ADDRESSES]->(issue:Issue)<-[about:ABOUT]-(claim:Claim)
  WHERE EXISTS {
    (claim)-[:ABOUT]->(agreement)
  }
  RETURN claim, issue, 'implied' AS certainty, about.evidence + addressing.evidence + producing.evidence AS evidence
}
WITH parties, claim, issue, certainty, evidence
WHERE claim.side IS NOT NULL
  AND (parties = [] OR claim.side IN parties)
  AND NOT coalesce(claim.earliest > $as_of.latest, false)
WITH collect(DISTINCT claim.side) AS accounts, collect({
  side: claim.side,
  issue: issue,
  evidence: claim.evidence + evidence,
  rank: coalesce({stated: 0, assessed: 1, implied: 2}[certainty], 3)
}) AS namings
WHERE size(accounts) > 1
UNWIND [naming IN namings WHERE naming.issue IS NOT NULL] AS naming
WITH accounts, namings, naming.issue AS issue, naming.side AS side, min(naming.rank) AS rank,
  reduce(all = [], places IN collect(naming.evidence) | all + places) AS evidence
WITH accounts, namings, issue, collect(DISTINCT side) AS naming_sides, max(rank) AS rank,
  reduce(all = [], places IN collect(evidence) | all + places) AS own
CALL (issue, namings, naming_sides) {
  CALL (issue) {
    MATCH (issue)-[parts:PART_OF]->{1,4}(other:Issue)
    RETURN other, parts
    UNION ALL
    MATCH (issue)<-[parts:PART_OF]-{1,4}(other:Issue)
    RETURN other, parts
  }
  UNWIND [naming IN namings WHERE naming.issue = other AND NOT naming.side IN naming_sides] AS naming
  WITH naming.side AS side, naming.rank AS rank, naming.evidence + reduce(all = [], part IN parts | all + part.evidence) AS evidence,
    [part IN parts | coalesce({stated: 0, assessed: 1, implied: 2}[coalesce(part.certainty, 'stated')], 3)] AS ranks
  WITH side, evidence, reduce(most = rank, each IN ranks | CASE WHEN each > most THEN each ELSE most END) AS rank
  RETURN collect(DISTINCT side) AS overlapping, max(rank) AS far, reduce(all = [], places IN collect(evidence) | all + places) AS others
}
WITH issue, naming_sides, own + others AS evidence, CASE WHEN far > rank THEN far ELSE rank END AS rank,
  [side IN accounts WHERE NOT side IN naming_sides AND NOT side IN overlapping] AS silent
WITH issue, silent, rank,
  COLLECT {
    UNWIND naming_sides AS side
    RETURN side
    ORDER BY side
  } AS sides_naming,
  COLLECT {
    UNWIND silent AS side
    RETURN side
    ORDER BY side
  } AS sides_silent,
  COLLECT {
    UNWIND evidence AS place
    WITH DISTINCT place
    RETURN place
    ORDER BY place
  } AS evidence
RETURN
  issue {.id, .name} AS issue,
  CASE silent
    WHEN [] THEN 'overlap'
    ELSE 'difference'
  END AS kind,
  sides_naming,
  sides_silent,
  evidence,
  ['stated', 'assessed', 'implied', 'alleged'][rank] AS certainty
ORDER BY kind, issue.name, issue.id
LIMIT 1001
