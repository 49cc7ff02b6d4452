// The head of one data set as the graph holds it.
MATCH (dataset:Dataset {id: $id})
RETURN dataset {.id, .version, .title, .sides, .licence, .description, .stories} AS dataset
