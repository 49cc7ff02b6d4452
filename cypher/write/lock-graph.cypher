// Makes or finds the graph's own node and takes its lock, so that writes follow one another.
MERGE (graph:Meta {id: 'graph'})
ON CREATE SET graph.version = 0
SET graph.locked = datetime()
RETURN graph.version AS version
