// A load compares the current records of one data set.
CREATE INDEX record_dataset IF NOT EXISTS
FOR (record:Record)
ON (record.dataset, record.current)
