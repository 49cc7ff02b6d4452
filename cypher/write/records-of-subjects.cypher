// What every data set says at present of these subjects.
UNWIND $subjects AS subject
MATCH (record:Record {subject: subject})
USING INDEX SEEK record:Record(subject)
WHERE record.current
RETURN record.subject AS subject, record.dataset AS dataset, record.body AS body
ORDER BY subject, dataset
