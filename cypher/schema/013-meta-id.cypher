// The graph has one node of its own, even when two programs make it at the same time.
CREATE CONSTRAINT meta_id IF NOT EXISTS
FOR (meta:Meta)
REQUIRE meta.id IS UNIQUE
