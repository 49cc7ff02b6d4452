// Notes which version of a data set the graph holds.
MERGE (dataset:Dataset {id: $properties.id})
SET dataset = $properties
