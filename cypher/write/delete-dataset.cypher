// Takes a data set out of the list of those that the graph holds; its records stay.
MATCH (dataset:Dataset {id: $id})
DELETE dataset
