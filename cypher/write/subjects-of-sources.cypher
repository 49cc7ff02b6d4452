// What rests on these sources, by their ids as they stand in a body: which value is shown, and the days of being seen, follow from them.
MATCH (record:Record {current: true})
WHERE any(mark IN $marks WHERE record.body CONTAINS mark)
RETURN DISTINCT record.subject AS subject
