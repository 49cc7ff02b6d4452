// Ids of the data sets that the graph holds.
MATCH (dataset:Dataset)
RETURN dataset.id AS id
ORDER BY id
