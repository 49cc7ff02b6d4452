// Relationships that rest on these sources, whose days of being seen follow from the sources' dates.
MATCH ()-[relationship]->()
WHERE any(item IN relationship.evidence WHERE split(item, ':')[0] IN $sources)
RETURN relationship.id AS subject
