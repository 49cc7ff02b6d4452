// Relationships, as loading writes them.
MATCH (a:Training), (b:Training) WHERE toInteger(b.id) = toInteger(a.id) + 1
MERGE (a)-[r:NEXT]->(b)
SET r.weight = 1
