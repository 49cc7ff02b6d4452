// Makes way for the index over another set of relationship types.
DROP INDEX relationship_search IF EXISTS
