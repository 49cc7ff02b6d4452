// A page of neighbours.
MATCH (a:Training {id: '1'})-[r:NEXT]-(b)
RETURN a, r, b
ORDER BY b.name
LIMIT 10
