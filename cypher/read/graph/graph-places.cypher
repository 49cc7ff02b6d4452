// title: Places and their sources
// description: Places in sources by their ids, and the sources that these ids name, in order of id.
// timeless: true
// parameters:
//   ids: {type: texts, description: "Ids of places, as source:locator or as a source alone", example: ["reuters-london-preview:p12"]}
// returns:
//   labels: {type: texts, description: "Evidence or Source"}
//   properties: {type: map, description: "Properties of the node"}
UNWIND $ids AS id
UNWIND [id, split(id, ':')[0]] AS wanted
MATCH (node:Evidence|Source {id: wanted})
WITH DISTINCT node
RETURN labels(node) AS labels, properties(node) AS properties
ORDER BY node.id
