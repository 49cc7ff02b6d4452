// What one data set said before and says no more, where any of these texts stands in it.
MATCH (record:Record {dataset: $dataset, current: false})
WHERE record.kind IN ['node', 'relationship']
  AND any(mark IN $marks WHERE record.body CONTAINS mark)
RETURN elementId(record) AS record, record.body AS body
