// Deletes relationships of one type that no data set states any more.
UNWIND $rows AS row
MATCH (start:Entity|Source|Evidence {id: row.start})-[relationship:$($type)]->(end:Entity|Source|Evidence {id: row.end})
DELETE relationship
