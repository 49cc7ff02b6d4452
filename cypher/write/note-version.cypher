// Keeps when a version of a data set was loaded, also one that only took facts away; it says nothing itself and is never current.
CREATE (:Record {
  subject: '@' + $dataset,
  dataset: $dataset,
  version: $version,
  kind: 'version',
  current: false,
  recorded_from: $now,
  recorded_to: $now
})
