// Makes or replaces relationships of one type.
UNWIND $rows AS row
MATCH (start:Entity|Source|Evidence {id: row.start})
MATCH (end:Entity|Source|Evidence {id: row.end})
MERGE (start)-[relationship:$($type)]->(end)
SET relationship = row.properties
