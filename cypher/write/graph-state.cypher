// The graph's version, how far its schema is, and over which relationship types the search runs.
OPTIONAL MATCH (graph:Meta {id: 'graph'})
RETURN graph.version AS version, graph.schema_version AS schema_version, graph.relationship_types AS relationship_types
