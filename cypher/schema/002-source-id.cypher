// Sources are known by one id.
CREATE CONSTRAINT source_id IF NOT EXISTS
FOR (source:Source)
REQUIRE source.id IS UNIQUE
