// Every change of the graph raises its version; caches and ETags hang on it.
MATCH (graph:Meta {id: 'graph'})
SET graph.version = graph.version + 1, graph.changed = $now
RETURN graph.version AS version
