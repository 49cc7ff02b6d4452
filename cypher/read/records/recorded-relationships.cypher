// title: Relationships that our data knew of an entity on a day
// description: "A page of the ids of relationships at an entity that were recorded at the end of a day (UTC), in order."
// timeless: true
// parameters:
//   id: {type: id, description: "An entity or a source", example: howard-lutnick}
//   known_at: {type: date, description: "The day; today without one", example: 2030-01-01, default: null}
//   type: {type: text, description: "A type of relationship", example: LEADS, default: null}
//   direction: {type: text, description: "both, out (from it) or in (to it)", example: out, default: both}
//   after: {type: id, description: "The id of the relationship after which the page begins", default: ""}
//   limit: {type: integer, description: "Most rows", default: 50, minimum: 1, maximum: 501}
// returns:
//   id: {type: text, description: "Id of the relationship"}
WITH datetime({date: coalesce($known_at.latest, date()) + duration({days: 1}), timezone: 'Z'}) AS moment
CALL () {
  MATCH (record:Record {start: $id})
  USING INDEX SEEK record:Record(start)
  WHERE $direction <> 'in'
  RETURN record
  UNION
  MATCH (record:Record {end: $id})
  USING INDEX SEEK record:Record(end)
  WHERE $direction <> 'out'
  RETURN record
}
WITH record, moment
WHERE record.subject > $after
  AND ($type IS NULL OR record.type = $type)
  AND record.recorded_from < moment
  AND coalesce(record.recorded_to >= moment, true)
RETURN DISTINCT record.subject AS id
ORDER BY id
LIMIT $limit
