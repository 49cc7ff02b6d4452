// title: The life of a measure
// description: "What acts did to a measure, in order of time: threatened, announced, decided, in force, raised, lowered, suspended, extended, lifted, struck down. Of a measure that has parts, the acts on its parts too."
// shape: series
// parameters:
//   measure: {type: entity, label: Measure, description: "A measure", example: us-tariffs-on-china-2025}
// returns:
//   date: {type: date, description: "When the act was done, as precise as the source"}
//   status: {type: text, description: "What it does to the measure"}
//   act: {type: entity, description: "The act"}
//   measure: {type: entity, description: "The measure that it sets: the one asked about, or a part of it"}
//   is_part: {type: boolean, description: "Whether that is only a part of the measure asked about"}
//   rate: {type: number, description: "Rate that applies after the act, in percentage points"}
//   suspended: {type: number, description: "Points that the act suspends, over and above the rate"}
//   effective: {type: date, description: "From when, where our sources tell it apart from the act's date"}
//   until: {type: date, description: "Until when"}
//   certainty: {type: text, description: "How surely the act did it: stated, implied, assessed or alleged"}
//   source: {type: evidence, description: "Places that the row rests on"}
MATCH (whole:Entity&Measure {id: $measure})
USING INDEX SEEK whole:Entity(id)
WHERE NOT coalesce(whole.earliest > $as_of.latest, false)
CALL (whole) {
  RETURN whole AS measure, [] AS belonging
  UNION ALL
  MATCH (whole)(()<-[parts:PART_OF]-(:Measure)){1,3}(measure)
  WHERE all(part IN parts WHERE NOT coalesce(part.valid_from_earliest > $as_of.latest, false) AND NOT coalesce(part.valid_to_latest < $as_of.earliest, false))
  WITH measure, collect(parts)[0] AS parts
  RETURN measure, reduce(all = [], part IN parts | all + part.evidence) AS belonging
}
MATCH (act:Event)-[setting:SETS]->(measure)
WHERE NOT coalesce(act.earliest > $as_of.latest, false)
  AND NOT coalesce(setting.valid_from_earliest > $as_of.latest, false)
  AND NOT coalesce(setting.valid_to_latest < $as_of.earliest, false)
WITH whole, measure, belonging, act, setting, coalesce(act.earliest, act.latest) AS first, act.latest AS last,
  COLLECT {
    UNWIND setting.evidence + belonging AS place
    WITH DISTINCT place
    RETURN place
    ORDER BY place
  } AS source
RETURN
  act.date AS date,
  coalesce(setting.extent + ' ', '') + setting.status AS status,
  act {.id, .name} AS act,
  measure {.id, .name} AS measure,
  measure <> whole AS is_part,
  setting.rate AS rate,
  setting.suspended AS suspended,
  setting.effective AS effective,
  setting.until AS until,
  coalesce(setting.certainty, 'stated') AS certainty,
  source
ORDER BY first, last, coalesce(setting.effective_earliest, first), act.id, is_part, measure.name, measure.id
LIMIT 1001
