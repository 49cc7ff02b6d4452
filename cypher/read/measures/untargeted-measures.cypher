// title: Measures of which it is open at whom they are aimed
// description: "Measures that somebody imposed without a target in our sources, or on a group of which our sources name no member."
// parameters:
//   from: {type: entity, label: Organization, description: "Who imposed them", example: china}
//   kind: {type: text, description: "Only this kind of measure", example: tariff, default: null}
//   "on": {type: date, description: "The day, month or year asked about", example: 2025-06-08}
// returns:
//   measure: {type: entity, description: "The measure"}
//   group: {type: entity, description: "The group without a member; null when there is no target at all"}
MATCH (imposer:Entity&Organization {id: $from})-[imposing:IMPOSED]->(measure:Measure)
USING INDEX SEEK imposer:Entity(id)
WHERE ($kind IS NULL OR measure.kind = $kind)
  AND NOT coalesce(measure.earliest > $on.latest, false)
  AND NOT coalesce(measure.earliest > $as_of.latest, false)
  AND NOT coalesce(imposing.valid_from_earliest > $as_of.latest, false)
  AND NOT coalesce(imposing.valid_to_latest < $as_of.earliest, false)
OPTIONAL MATCH (measure)-[:TARGETS]->(group)
WITH measure, group
WHERE group IS NULL
  OR (group.kind = 'group' AND NOT group.id IN ['worldwide', 'all-countries'] AND NOT EXISTS {
    (group)<-[:MEMBER_OF|PART_OF]-()
  })
RETURN measure {.id, .name} AS measure, group {.id, .name} AS group
ORDER BY measure.name, measure.id, group.name, group.id
LIMIT 1001
