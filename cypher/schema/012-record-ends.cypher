// Records that an older program made get the two ends of their relationship, which their subject names.
MATCH (record:Record {kind: 'relationship'})
WHERE record.start IS NULL
CALL (record) {
  WITH split(record.subject, '--') AS parts
  SET record.start = parts[0], record.end = parts[2]
} IN TRANSACTIONS OF 5000 ROWS
