// Leaves the throw-away home empty.
MATCH (n)
DETACH DELETE n
