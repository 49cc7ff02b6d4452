// Whether the database holds anything that Parley did not make.
OPTIONAL MATCH (node)
WHERE NOT node:Entity|Source|Evidence|Record|Dataset|Meta
WITH node
LIMIT 1
RETURN labels(node) AS labels
