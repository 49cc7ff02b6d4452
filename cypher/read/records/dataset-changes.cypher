// title: What changed between two versions of a data set
// description: "What a data set says of which node or relationship in one version and not, or otherwise, in another, as this graph was loaded with them. A row of this text is a node or relationship with its bodies as JSON; in the answer each has a row a field. Without from it is compared with the version before, the first one with nothing."
// shape: table
// timeless: true
// parameters:
//   dataset: {type: text, description: "Id of a data set", example: us-china-london-2025}
//   from: {type: text, description: "The earlier version; the one before the later without it", default: null}
//   to: {type: text, description: "The later version; the last one loaded without it", default: null}
// returns:
//   change: {type: text, description: "added, changed or removed"}
//   id: {type: text, description: "Id of the node or relationship"}
//   field: {type: text, description: "What of it; null where all of it was added or removed"}
//   old: {type: text, description: "What the earlier version says"}
//   new: {type: text, description: "What the later version says"}
//   source: {type: evidence, description: "Places that the later version rests it on, or where there is none the earlier"}
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
ORDER BY moment
WITH collect({version: version, moment: moment}) AS loads
WITH loads, head([one IN loads WHERE one.version = coalesce($to, loads[-1].version)]) AS later
WITH later, [one IN loads WHERE CASE WHEN $from IS NULL THEN one.moment < later.moment ELSE one.version = $from END][-1] AS earlier
MATCH (record:Record)
USING INDEX SEEK record:Record(dataset, current)
WHERE record.dataset = $dataset
  AND record.current IN [true, false]
  AND record.kind IN ['node', 'relationship']
WITH
  record,
  coalesce(record.recorded_from <= earlier.moment, false) AND coalesce(record.recorded_to > earlier.moment, true) AS was,
  coalesce(record.recorded_from <= later.moment, false) AND coalesce(record.recorded_to > later.moment, true) AS is
WHERE was <> is
WITH record.subject AS id, collect(CASE WHEN was THEN record.body END)[0] AS old, collect(CASE WHEN is THEN record.body END)[0] AS new
WHERE coalesce(old <> new, (old IS NULL) <> (new IS NULL))
RETURN
  CASE
    WHEN old IS NULL THEN 'added'
    WHEN new IS NULL THEN 'removed'
    ELSE 'changed'
  END AS change,
  id,
  null AS field,
  old,
  new,
  [] AS source
ORDER BY id
LIMIT 1001
