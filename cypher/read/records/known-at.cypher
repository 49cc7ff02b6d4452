// title: What our data said of an entity on a date
// description: "What was recorded of an entity and its relationships at the end of a day (UTC), when, and whether it changed later. A row of this text is a record with its body as JSON; in the answer each has a row a fact: values of the entity, its relationships in words with the other end, and their values. It is about our data, not about the world: a day before the first record has no rows."
// shape: table
// timeless: true
// parameters:
//   entity: {type: text, description: "Id of an entity or a source, also of one that our data no longer have", example: howard-lutnick}
//   known_at: {type: date, description: "The day; today without one", default: null}
// returns:
//   fact: {type: text, description: "What is said: a property, or a relationship with its other end"}
//   value: {type: text, description: "What was said of it"}
//   recorded_at: {type: date, description: "The day (UTC) on which it was loaded"}
//   changed_later: {type: boolean, description: "Whether the data set says something else of it today, or nothing"}
//   dataset: {type: text, description: "The data set that said it"}
//   source: {type: evidence, description: "Places that it rested on"}
WITH datetime({date: coalesce($known_at.latest, date()) + duration({days: 1}), timezone: 'Z'}) AS moment
CALL () {
  MATCH (record:Record {subject: $entity})
  USING INDEX SEEK record:Record(subject)
  RETURN record
  UNION
  MATCH (record:Record {start: $entity})
  USING INDEX SEEK record:Record(start)
  RETURN record
  UNION
  MATCH (record:Record {end: $entity})
  USING INDEX SEEK record:Record(end)
  RETURN record
}
WITH record, moment
WHERE record.recorded_from < moment
  AND coalesce(record.recorded_to >= moment, true)
RETURN
  record.subject AS fact,
  record.body AS value,
  date(record.recorded_from) AS recorded_at,
  NOT record.current AS changed_later,
  record.dataset AS dataset,
  [] AS source
ORDER BY fact <> $entity, fact, dataset
LIMIT 1001
