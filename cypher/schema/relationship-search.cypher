// What rests on a place in a source: Neo4j has no other index without a type. RELATIONSHIP_TYPES stands for the ontology's types.
CREATE FULLTEXT INDEX relationship_search IF NOT EXISTS
FOR ()-[relationship:RELATIONSHIP_TYPES]-()
ON EACH [relationship.id, relationship.evidence]
OPTIONS {indexConfig: {`fulltext.analyzer`: 'keyword'}}
