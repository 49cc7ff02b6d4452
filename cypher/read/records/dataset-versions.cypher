// title: Versions of a data set
// description: "The versions of a data set that were loaded into this graph, in order of their last load, with its moment."
// timeless: true
// parameters:
//   dataset: {type: id, description: "Id of a data set", example: us-china-london-2025}
// returns:
//   version: {type: text, description: "The version"}
//   loaded_at: {type: text, description: "When it was last loaded, in UTC"}
CALL () {
  MATCH (record:Record {subject: '@' + $dataset})
  USING INDEX SEEK record:Record(subject)
  RETURN record.version AS version, record.recorded_from AS moment
  UNION
  MATCH (record:Record)
  USING INDEX SEEK record:Record(dataset, current)
  WHERE record.dataset = $dataset
    AND record.current IN [true, false]
  RETURN record.version AS version, max(record.recorded_from) AS moment
}
WITH version, max(moment) AS moment
RETURN version, toString(moment) AS loaded_at
ORDER BY moment
