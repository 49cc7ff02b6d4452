// title: Who led each delegation
// description: "The heads of each side's delegation to an event, by whom it is said, and whether the sources agree. Sources that name the same heads are one account; every head has a row in each account that names it. A side of whose head our sources say nothing has no row."
// shape: table
// parameters:
//   event: {type: entity, label: Event, description: "A round of talks or another event", example: talks-london-2025-06-09}
// returns:
//   event: {type: entity, description: "The event"}
//   side: {type: text, label: Country, description: "Country whose delegation it is, by its id"}
//   head: {type: entity, description: "Who leads it by this account"}
//   jointly_with: {type: entities, description: "Who else leads it by this account"}
//   agree: {type: boolean, description: "Whether all sources that name a head of this side name the same"}
//   sources: {type: evidence, description: "Places of this account"}
MATCH (event:Entity&Event {id: $event})
USING INDEX SEEK event:Entity(id)
WHERE NOT coalesce(event.earliest > $as_of.latest, false)
MATCH (head:Person)-[leading:LEADS]->(delegation:Delegation)-[sending:SENT_TO]->(event)
WHERE NOT coalesce(leading.valid_from_earliest > $as_of.latest, false)
  AND NOT coalesce(leading.valid_to_latest < $as_of.earliest, false)
  AND NOT coalesce(sending.valid_from_earliest > $as_of.latest, false)
  AND NOT coalesce(sending.valid_to_latest < $as_of.earliest, false)
UNWIND leading.evidence AS place
WITH event, delegation.side AS side, head, place
ORDER BY head.name, head.id, place
WITH event, side, split(place, ':')[0] AS source, collect(DISTINCT head) AS heads, collect(DISTINCT place) AS places
ORDER BY source
WITH event, side, heads, reduce(all = [], places IN collect(places) | all + places) AS sources
WITH event, side, collect({heads: heads, sources: sources}) AS accounts
UNWIND accounts AS account
UNWIND account.heads AS head
RETURN
  event {.id, .name} AS event,
  side,
  head {.id, .name} AS head,
  [other IN account.heads WHERE other <> head | other {.id, .name}] AS jointly_with,
  size(accounts) = 1 AS agree,
  account.sources AS sources
ORDER BY side, size(account.heads), head.name, head.id, sources
LIMIT 1001
