// title: What our data said of sources on a day
// description: "The records of all sources that were current at the end of a day (UTC): their grades and dates decide which of two values is shown."
// timeless: true
// parameters:
//   known_at: {type: date, description: "The day; today without one", example: 2030-01-01, default: null}
// returns:
//   body: {type: text, description: "The statement as JSON"}
WITH datetime({date: coalesce($known_at.latest, date()) + duration({days: 1}), timezone: 'Z'}) AS moment
MATCH (record:Record)
USING INDEX SEEK record:Record(type, current)
WHERE record.type = 'Source'
  AND record.current IN [true, false]
  AND record.recorded_from < moment
  AND coalesce(record.recorded_to >= moment, true)
RETURN record.body AS body
ORDER BY record.subject, record.dataset
