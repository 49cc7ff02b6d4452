// title: Every approval that an agreement needed
// description: "Who had to approve an agreement at some time, with the days as far as our sources tell: over ones too."
// timeless: true
// parameters:
//   agreement: {type: entity, label: Agreement, description: "An agreement", example: geneva-deal}
// returns:
//   actor: {type: entity, description: "Who had to approve"}
//   since: {type: date, description: "From when, as precise as the source"}
//   until: {type: date, description: "Until when, as precise as the source"}
MATCH (actor:Person|Organization)-[approval:MUST_APPROVE]->(agreement:Entity&Agreement {id: $agreement})
USING INDEX SEEK agreement:Entity(id)
RETURN actor {.id, .name} AS actor, approval.valid_from AS since, approval.valid_to AS until
ORDER BY actor.name, actor.id
LIMIT 1001
