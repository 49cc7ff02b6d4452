// The graph's version and when it got it, how far its schema is, and over which relationship types the search runs.
OPTIONAL MATCH (graph:Meta {id: 'graph'})
RETURN graph.version AS version, toString(graph.changed) AS changed, graph.schema_version AS schema_version, graph.relationship_types AS relationship_types
