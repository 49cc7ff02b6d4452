// The sources' records give the grades and dates by which values are ranked.
CREATE INDEX record_type IF NOT EXISTS
FOR (record:Record)
ON (record.type, record.current)
