// What every data set says at present of every source.
MATCH (record:Record {type: 'Source', current: true})
RETURN record.subject AS subject, record.dataset AS dataset, record.body AS body
ORDER BY subject, dataset
