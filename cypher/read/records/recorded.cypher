// title: What our data said of subjects on a day
// description: "The records of nodes and relationships that were current at the end of a day (UTC), and whether they say the same today."
// timeless: true
// parameters:
//   subjects: {type: texts, description: "Ids of nodes and relationships", example: [howard-lutnick]}
//   known_at: {type: date, description: "The day; today without one", example: 2030-01-01, default: null}
// returns:
//   subject: {type: text, description: "Id of the node or relationship"}
//   dataset: {type: text, description: "The data set that says it"}
//   body: {type: text, description: "The statement as JSON"}
//   recorded_at: {type: date, description: "The day (UTC) on which it was loaded"}
//   changed_later: {type: boolean, description: "Whether the data set says something else today, or nothing"}
WITH datetime({date: coalesce($known_at.latest, date()) + duration({days: 1}), timezone: 'Z'}) AS moment
UNWIND $subjects AS subject
MATCH (record:Record {subject: subject})
USING INDEX SEEK record:Record(subject)
WHERE record.recorded_from < moment
  AND coalesce(record.recorded_to >= moment, true)
RETURN
  record.subject AS subject,
  record.dataset AS dataset,
  record.body AS body,
  date(record.recorded_from) AS recorded_at,
  NOT EXISTS {
    MATCH (now:Record {subject: subject})
    USING INDEX SEEK now:Record(subject)
    WHERE now.current
      AND now.dataset = record.dataset
      AND now.digest = record.digest
  } AS changed_later
ORDER BY subject, dataset
