// Records of relationships are looked up by where they end.
CREATE INDEX record_end IF NOT EXISTS
FOR (record:Record)
ON (record.end)
