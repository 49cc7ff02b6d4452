// Nodes with a day, as loading writes them.
UNWIND range(1, 50) AS i
MERGE (n:Training {id: toString(i)})
SET n.name = 'name ' + i, n.day = date('2025-06-09')
