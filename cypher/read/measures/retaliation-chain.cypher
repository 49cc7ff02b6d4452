// title: Which measure answers which
// description: "Acts that our sources call an answer to another act, each with the measures that the two set; in order of time, so that a chain reads downwards. An act that sets no measure is left out."
// shape: graph
// parameters: {}
// returns:
//   measure: {type: entity, description: "The measure that is answered"}
//   answered_by: {type: entity, description: "The measure that answers"}
//   act: {type: entity, description: "The act that set it and is answered"}
//   answering_act: {type: entity, description: "The act that answers and sets it"}
//   date: {type: date, description: "When the answering act was done, as precise as the source"}
//   status: {type: text, description: "What the answering act did to its measure"}
//   certainty: {type: text, description: "How surely it is an answer: stated, implied, assessed or alleged"}
//   source: {type: evidence, description: "Places that the row rests on"}
MATCH (answering:Event)-[answer:ANSWERS]->(act:Event)
WHERE NOT coalesce(answering.earliest > $as_of.latest, false)
  AND NOT coalesce(act.earliest > $as_of.latest, false)
  AND NOT coalesce(answer.valid_from_earliest > $as_of.latest, false)
  AND NOT coalesce(answer.valid_to_latest < $as_of.earliest, false)
MATCH (act)-[setting:SETS]->(measure:Measure)
MATCH (answering)-[reply:SETS]->(answer_measure:Measure)
WHERE measure <> answer_measure
  AND NOT coalesce(measure.earliest > $as_of.latest, false)
  AND NOT coalesce(answer_measure.earliest > $as_of.latest, false)
WITH answering, answer, act, setting, measure, reply, answer_measure, coalesce(act.earliest, act.latest) AS first, act.latest AS last,
  coalesce(answering.earliest, answering.latest) AS done,
  COLLECT {
    UNWIND answer.evidence + setting.evidence + reply.evidence AS place
    WITH DISTINCT place
    RETURN place
    ORDER BY place
  } AS source
RETURN
  measure {.id, .name} AS measure,
  answer_measure {.id, .name} AS answered_by,
  act {.id, .name} AS act,
  answering {.id, .name} AS answering_act,
  answering.date AS date,
  coalesce(reply.extent + ' ', '') + reply.status AS status,
  coalesce(answer.certainty, 'stated') AS certainty,
  source
ORDER BY first, last, act.id, done, answering.id, measure.name, measure.id, answered_by.name, answered_by.id
LIMIT 1001
