// Notes how far the schema's steps have been taken, and over which relationship types the search runs.
MERGE (graph:Meta {id: 'graph'})
ON CREATE SET graph.version = 0
SET graph.schema_version = $version, graph.relationship_types = $types
