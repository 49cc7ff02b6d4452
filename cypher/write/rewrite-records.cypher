// Gives records other properties; one that is null is taken away.
UNWIND $rows AS row
MATCH (record:Record)
WHERE elementId(record) = row.record
SET record += row.properties
