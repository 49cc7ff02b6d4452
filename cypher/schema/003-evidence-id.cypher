// A place in a source is known by source:locator.
CREATE CONSTRAINT evidence_id IF NOT EXISTS
FOR (evidence:Evidence)
REQUIRE evidence.id IS UNIQUE
