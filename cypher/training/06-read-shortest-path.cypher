// A shortest path.
MATCH p = SHORTEST 1 (a:Training {id: '1'})-[:NEXT]-{1,8}(b:Training {id: '5'})
RETURN p
