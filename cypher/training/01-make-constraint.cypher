// A constraint, as the schema makes them.
CREATE CONSTRAINT training_id IF NOT EXISTS
FOR (n:Training)
REQUIRE n.id IS UNIQUE
