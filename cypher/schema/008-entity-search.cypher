// Search over names and aliases.
CREATE FULLTEXT INDEX entity_search IF NOT EXISTS
FOR (entity:Entity|Source)
ON EACH [entity.name, entity.aliases, entity.caption]
OPTIONS {indexConfig: {`fulltext.analyzer`: 'standard-folding'}}
