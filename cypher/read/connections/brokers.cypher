// title: Who bridges agencies, and sides
// description: "People who were with two others that were never together, at the held rounds, meetings, calls and other encounters of a process. Two people are connected when our sources place both at the same of these; nothing else connects them. A broker's role follows Gould and Fernandez (1989), the groups being sides on one level and agencies on the other; being together has no direction, so that a gatekeeper is a representative too. Who takes no side, or holds no post in an agency, is left out on that level. Lists of delegations that are open make pairs look apart that were together."
// shape: table
// parameters:
//   process: {type: entity, label: Process, description: "A line of rounds", example: us-china-trade-talks-2025}
// returns:
//   person: {type: entity, description: "Who bridges"}
//   level: {type: text, description: "side or agency: what the groups are"}
//   role: {type: text, description: "coordinator (all three of one group), consultant (the two of one, the broker of another), gatekeeper or representative (the broker of one group with one of the two), liaison (three groups)"}
//   score: {type: integer, description: "How many pairs are bridged in this role"}
//   pairs: {type: texts, description: "The pairs, by name; at most 20"}
//   share: {type: number, description: "The pairs, each divided by the number of people who bridge it; of a pair that nobody else bridges 1"}
//   side: {type: text, label: Country, description: "The broker's side, by its id"}
//   agency: {type: entity, description: "The broker's agency"}
//   certainty: {type: text, description: "stated, or implied where a presence that a pair rests on is less than stated"}
//   sources: {type: evidence, description: "Places that show who was where"}
MATCH (process:Entity&Process {id: $process})
USING INDEX SEEK process:Entity(id)
MATCH (event:Event)((:Event|Process)-[parts:PART_OF]->(:Event|Process)){1,3}(process)
WHERE event.kind IN ['round', 'meeting', 'call', 'summit', 'visit', 'consultation', 'signing']
  AND coalesce(event.status, 'held') = 'held'
  AND NOT coalesce(event.earliest > $as_of.latest, false)
  AND all(part IN parts WHERE NOT coalesce(part.valid_from_earliest > $as_of.latest, false) AND NOT coalesce(part.valid_to_latest < $as_of.earliest, false))
WITH DISTINCT event
CALL (event) {
  MATCH (person:Person)-[presence:TOOK_PART_IN]->(event)
  WHERE NOT coalesce(presence.valid_from_earliest > $as_of.latest, false)
    AND NOT coalesce(presence.valid_to_latest < $as_of.earliest, false)
  RETURN person, null AS side, presence.evidence AS evidence, coalesce(presence.certainty, 'stated') = 'stated' AS stated
  UNION ALL
  MATCH (person:Person)-[seat:LEADS|MEMBER_OF]->(delegation:Delegation)-[sending:SENT_TO]->(event)
  WHERE NOT coalesce(seat.valid_from_earliest > $as_of.latest, false)
    AND NOT coalesce(seat.valid_to_latest < $as_of.earliest, false)
    AND NOT coalesce(sending.valid_from_earliest > $as_of.latest, false)
    AND NOT coalesce(sending.valid_to_latest < $as_of.earliest, false)
    AND NOT EXISTS {
      (person)-[:ANNOUNCED_FOR|ABSENT_FROM|UNCONFIRMED_AT]->(event)
    }
  RETURN person, delegation.side AS side, seat.evidence + sending.evidence AS evidence,
    coalesce(seat.certainty, 'stated') = 'stated' AND coalesce(sending.certainty, 'stated') = 'stated' AS stated
}
WITH event, person, head(collect(side)) AS side, reduce(all = [], places IN collect(evidence) | all + places) AS evidence, max(stated) AS stated
WHERE coalesce(person.kind, 'individual') <> 'collective'
WITH person, coalesce(head(collect(side)), person.side) AS side, min(event.earliest) AS first, max(event.latest) AS last,
  collect({event: event.id, evidence: evidence, stated: stated}) AS visits
CALL (person, first, last) {
  OPTIONAL MATCH (person)-[holding:HOLDS]->(post:Post)-[part:PART_OF]->(body:Organization)
  WHERE NOT body:Country
    AND NOT coalesce(holding.valid_from_earliest > last, false)
    AND NOT coalesce(holding.valid_to_latest < first, false)
    AND NOT coalesce(holding.valid_from_earliest > $as_of.latest, false)
    AND NOT coalesce(holding.valid_to_latest < $as_of.earliest, false)
    AND NOT coalesce(part.valid_from_earliest > $as_of.latest, false)
    AND NOT coalesce(part.valid_to_latest < $as_of.earliest, false)
  RETURN body AS agency, coalesce(holding.evidence + part.evidence, []) AS belonging
  ORDER BY coalesce(post.head, false) DESC, body.id
  LIMIT 1
}
WITH collect({
  person: person,
  side: side,
  agency: agency,
  body: agency.id,
  belonging: belonging,
  visits: visits,
  events: [visit IN visits | visit.event]
}) AS people
CALL (people) {
  UNWIND range(0, size(people) - 1) AS place
  UNWIND people[place].events AS event
  WITH event, collect(place) AS members
  UNWIND members AS place
  UNWIND members AS other
  WITH place, collect(DISTINCT other) AS near
  ORDER BY place
  WITH [other IN near WHERE other <> place] AS near
  RETURN collect(near) AS nears
}
CALL (people, nears) {
  UNWIND range(0, size(people) - 1) AS broker
  UNWIND nears[broker] AS first
  UNWIND [other IN nears[broker] WHERE other > first AND NOT other IN nears[first]] AS second
  WITH first, second, collect(broker) AS brokers
  UNWIND brokers AS broker
  UNWIND ['side', 'agency'] AS level
  WITH level, broker, first, second, 1.0 / size(brokers) AS part,
    CASE level
      WHEN 'side' THEN [people[first].side, people[broker].side, people[second].side]
      ELSE [people[first].body, people[broker].body, people[second].body]
    END AS groups,
    CASE
      WHEN people[first].person.name < people[second].person.name THEN people[first].person.name + ' – ' + people[second].person.name
      ELSE people[second].person.name + ' – ' + people[first].person.name
    END AS pair
  WHERE all(group IN groups WHERE group IS NOT NULL)
  WITH level, broker, first, second, part, pair,
    CASE
      WHEN groups[0] = groups[1] AND groups[1] = groups[2] THEN 'coordinator'
      WHEN groups[0] = groups[2] THEN 'consultant'
      WHEN groups[1] IN [groups[0], groups[2]] THEN 'gatekeeper or representative'
      ELSE 'liaison'
    END AS role
  ORDER BY pair
  WITH level, broker, role, collect(pair) AS pairs, sum(part) AS share, collect(DISTINCT first) AS firsts, collect(DISTINCT second) AS seconds
  RETURN level, broker, role, pairs, share, firsts + [one IN seconds WHERE NOT one IN firsts] AS met
}
WITH level, role, pairs, share, people[broker] AS broker, [one IN met | people[one]] AS others
WITH level, role, pairs, share, broker,
  all(one IN others WHERE any(visit IN one.visits WHERE visit.stated AND any(mine IN broker.visits WHERE mine.event = visit.event AND mine.stated))) AS stated,
  [mine IN broker.visits WHERE any(one IN others WHERE mine.event IN one.events)] +
    reduce(all = [], one IN others | all + [visit IN one.visits WHERE visit.event IN broker.events]) AS visits,
  CASE level WHEN 'agency' THEN reduce(all = broker.belonging, one IN others | all + one.belonging) ELSE [] END AS belonging
WITH level, role, pairs, share, broker.person AS person, broker.side AS side, broker.agency AS agency, stated,
  COLLECT {
    UNWIND reduce(all = belonging, visit IN visits | all + visit.evidence) AS place
    WITH DISTINCT place
    RETURN place
    ORDER BY place
  } AS sources
RETURN
  person {.id, .name} AS person,
  level,
  role,
  size(pairs) AS score,
  pairs[..20] AS pairs,
  round(share, 3) AS share,
  side,
  agency {.id, .name} AS agency,
  CASE WHEN stated THEN 'stated' ELSE 'implied' END AS certainty,
  sources
ORDER BY level DESC, score DESC, share DESC, person.name, person.id, role
LIMIT 1001
