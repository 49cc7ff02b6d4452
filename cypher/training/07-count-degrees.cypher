// Counts, as the pages show them.
MATCH (n:Training)
OPTIONAL MATCH (n)-[r]->(m)
WITH n, count(r) AS degree, collect(m.id) AS ids
RETURN labels(n), degree, ids
ORDER BY degree DESC
LIMIT 5
