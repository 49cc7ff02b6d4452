// Ends records of one data set: what they say is no longer said, but stays known.
UNWIND $subjects AS subject
MATCH (record:Record {subject: subject})
USING INDEX SEEK record:Record(subject)
WHERE record.dataset = $dataset AND record.current
SET record.current = false, record.recorded_to = $now
