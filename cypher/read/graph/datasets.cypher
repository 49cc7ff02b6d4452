// title: Data sets
// description: The data sets in the graph, each with its version.
// timeless: true
// parameters: {}
// returns:
//   dataset: {type: map, description: "id, version, title, sides, licence, description, stories (as JSON text)"}
MATCH (dataset:Dataset)
RETURN dataset {.id, .version, .title, .sides, .licence, .description, .stories} AS dataset
ORDER BY dataset.id
