// title: Data sets
// description: The data sets in the graph, each with its version.
// timeless: true
// parameters: {}
// returns:
//   dataset: {type: map, description: "id, version, title, sides, licence, description"}
MATCH (dataset:Dataset)
RETURN dataset {.id, .version, .title, .sides, .licence, .description} AS dataset
ORDER BY dataset.id
