// title: The held encounters of a process
// description: "Rounds, meetings, calls and other encounters that are part of a process, of its parts or of its rounds, and were held; whether our sources name everybody who came."
// parameters:
//   process: {type: entity, label: Process, description: "A line of rounds", example: us-china-trade-talks-2025}
// returns:
//   encounter: {type: entity, description: "The event"}
//   is_complete: {type: boolean, description: "Whether every list of a delegation to it is closed; false without a delegation"}
MATCH (process:Entity&Process {id: $process})
USING INDEX SEEK process:Entity(id)
MATCH (event:Event)((:Event|Process)-[parts:PART_OF]->(:Event|Process)){1,3}(process)
WHERE event.kind IN ['round', 'meeting', 'call', 'summit', 'visit', 'consultation', 'signing']
  AND coalesce(event.status, 'held') = 'held'
  AND NOT coalesce(event.earliest > $as_of.latest, false)
  AND all(part IN parts WHERE NOT coalesce(part.valid_from_earliest > $as_of.latest, false) AND NOT coalesce(part.valid_to_latest < $as_of.earliest, false))
WITH DISTINCT event, COLLECT {
  MATCH (delegation:Delegation)-[:SENT_TO]->(event)
  RETURN delegation.list_complete
} AS lists
RETURN event {.id, .name} AS encounter, lists <> [] AND all(complete IN lists WHERE complete) AS is_complete
ORDER BY coalesce(event.earliest, event.latest), event.id
LIMIT 1001
