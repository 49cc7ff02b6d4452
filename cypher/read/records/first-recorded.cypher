// title: Since when our data know of a subject
// description: "The first and the last day (UTC) on which our data say anything of a node or relationship; no row when they never did."
// timeless: true
// parameters:
//   subject: {type: id, description: "Id of a node or relationship", example: howard-lutnick}
// returns:
//   first: {type: date, description: "The day of the first record"}
//   ended: {type: date, description: "The day on which the last data set stopped saying anything of it; null while one does"}
MATCH (record:Record {subject: $subject})
USING INDEX SEEK record:Record(subject)
WITH min(record.recorded_from) AS first, max(record.recorded_to) AS ended, max(record.current) AS current
WHERE first IS NOT NULL
RETURN date(first) AS first, CASE WHEN NOT current THEN date(ended) END AS ended
