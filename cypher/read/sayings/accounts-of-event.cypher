// title: Whose account of an event our sources hold
// description: "Countries that take part in an event, and whether a claim of theirs is about it or about an agreement that came out of it."
// parameters:
//   event: {type: entity, label: Event, description: "An event", example: call-trump-xi-2025-06}
// returns:
//   side: {type: entity, description: "The country"}
//   has_account: {type: boolean, description: "Whether our sources hold an account of its"}
MATCH (event:Entity&Event {id: $event})
USING INDEX SEEK event:Entity(id)
WHERE NOT coalesce(event.earliest > $as_of.latest, false)
CALL (event) {
  MATCH (country:Country)-[:PARTY_TO]->(event)
  RETURN country.id AS side
  UNION
  MATCH (party:Delegation|Person)-[:SENT_TO|TOOK_PART_IN|ANNOUNCED_FOR]->(event)
  RETURN party.side AS side
}
MATCH (country:Entity&Country {id: side})
USING INDEX SEEK country:Entity(id)
RETURN
  country {.id, .name} AS side,
  EXISTS {
    MATCH (event)<-[:ABOUT]-(claim:Claim {side: country.id})
    WHERE NOT coalesce(claim.earliest > $as_of.latest, false)
  } OR EXISTS {
    MATCH (event)-[:PRODUCED]->(agreement:Agreement)-[:ADDRESSES]->(:Issue)<-[:ABOUT]-(claim:Claim {side: country.id})
    WHERE NOT coalesce(claim.earliest > $as_of.latest, false)
      AND EXISTS {
        (claim)-[:ABOUT]->(agreement)
      }
  } AS has_account
ORDER BY country.id
