// A search.
CALL db.index.fulltext.queryNodes('training_text', 'name') YIELD node, score
RETURN node.id, score
LIMIT 3
