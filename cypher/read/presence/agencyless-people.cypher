// title: People of events who belong to no agency
// description: "People whom our sources place at events, or announce for them, and of whom they name no post in an agency or other body, nor a membership; a country itself is none."
// parameters:
//   events: {type: texts, description: "Ids of events", example: [call-trump-xi-2025-06]}
// returns:
//   person: {type: entity, description: "Who"}
UNWIND $events AS id
MATCH (event:Event&Entity {id: id})
USING INDEX SEEK event:Entity(id)
CALL (event) {
  MATCH (person:Person)-[presence:TOOK_PART_IN|ANNOUNCED_FOR]->(event)
  WHERE NOT coalesce(presence.valid_from_earliest > $as_of.latest, false)
  RETURN person
  UNION
  MATCH (person:Person)-[seat:LEADS|MEMBER_OF]->(:Delegation)-[:SENT_TO]->(event)
  WHERE NOT coalesce(seat.valid_from_earliest > $as_of.latest, false)
    AND NOT EXISTS {
      (person)-[:ABSENT_FROM|UNCONFIRMED_AT]->(event)
    }
  RETURN person
}
WITH DISTINCT person
WHERE NOT EXISTS {
    MATCH (person)-[:HOLDS]->(:Post)-[:PART_OF]->(body:Organization)
    WHERE NOT body:Country
  }
  AND NOT EXISTS {
    MATCH (person)-[:MEMBER_OF]->(body:Organization)
    WHERE NOT body:Country
  }
RETURN person {.id, .name} AS person
ORDER BY person.name, person.id
LIMIT 1001
