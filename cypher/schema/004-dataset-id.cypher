// Data sets are known by one id.
CREATE CONSTRAINT dataset_id IF NOT EXISTS
FOR (dataset:Dataset)
REQUIRE dataset.id IS UNIQUE
