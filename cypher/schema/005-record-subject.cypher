// Records are looked up by what they are about.
CREATE INDEX record_subject IF NOT EXISTS
FOR (record:Record)
ON (record.subject)
