// Keeps what one data set says from now on.
UNWIND $rows AS row
CREATE (:Record {
  subject: row.subject,
  dataset: $dataset,
  version: $version,
  kind: row.kind,
  type: row.type,
  start: row.start,
  end: row.end,
  digest: row.digest,
  body: row.body,
  current: true,
  recorded_from: $now
})
