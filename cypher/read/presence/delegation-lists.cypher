// title: How much our sources know of the delegations to an event
// description: "Each delegation that was sent to an event, and each party without one: whether the list of its people is closed, and whether anybody is named."
// parameters:
//   event: {type: entity, label: Event, description: "An event", example: talks-geneva-2025-05}
// returns:
//   side: {type: entity, description: "The country, or another party"}
//   delegation: {type: entity, description: "The delegation; null for a party of whose delegation our sources do not tell"}
//   list_complete: {type: boolean, description: "Whether our sources name everybody in it; null without a delegation"}
//   named: {type: integer, description: "How many of its people they name"}
MATCH (event:Entity&Event {id: $event})
USING INDEX SEEK event:Entity(id)
WHERE NOT coalesce(event.earliest > $as_of.latest, false)
CALL (event) {
  MATCH (delegation:Delegation)-[sending:SENT_TO]->(event)
  WHERE NOT coalesce(sending.valid_from_earliest > $as_of.latest, false)
    AND NOT coalesce(sending.valid_to_latest < $as_of.earliest, false)
  OPTIONAL MATCH (side:Entity {id: delegation.side})
  RETURN
    coalesce(side, delegation) AS side,
    delegation,
    delegation.list_complete AS list_complete,
    COUNT {
      MATCH (person:Person)-[seat:LEADS|MEMBER_OF]->(delegation)
      WHERE NOT coalesce(seat.valid_from_earliest > $as_of.latest, false)
        AND NOT coalesce(seat.valid_to_latest < $as_of.earliest, false)
    } AS named
  UNION ALL
  MATCH (side:Organization)-[party:PARTY_TO]->(event)
  WHERE NOT coalesce(party.valid_from_earliest > $as_of.latest, false)
    AND NOT coalesce(party.valid_to_latest < $as_of.earliest, false)
    AND NOT EXISTS {
      (:Delegation {side: side.id})-[:SENT_TO]->(event)
    }
    AND NOT EXISTS {
      (:Person {side: side.id})-[:TOOK_PART_IN|ANNOUNCED_FOR]->(event)
    }
  RETURN side, null AS delegation, null AS list_complete, 0 AS named
}
RETURN side {.id, .name} AS side, delegation {.id, .name} AS delegation, list_complete, named
ORDER BY side.id, delegation.id
