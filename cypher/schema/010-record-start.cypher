// Records of relationships are looked up by where they start.
CREATE INDEX record_start IF NOT EXISTS
FOR (record:Record)
ON (record.start)
