// What one data set says at present: subject, type and digest of each record.
MATCH (record:Record {dataset: $dataset, current: true})
RETURN record.subject AS subject, record.type AS type, record.digest AS digest
