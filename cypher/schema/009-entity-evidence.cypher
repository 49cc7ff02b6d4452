// What rests on a place in a source, among the entities.
CREATE FULLTEXT INDEX entity_evidence IF NOT EXISTS
FOR (entity:Entity)
ON EACH [entity.evidence]
OPTIONS {indexConfig: {`fulltext.analyzer`: 'keyword'}}
