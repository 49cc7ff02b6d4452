// title: Nodes by their ids
// description: "Entities of these ids, in order of id."
// timeless: true
// parameters:
//   ids: {type: texts, description: "Ids of entities", example: [howard-lutnick, export-controls]}
// returns:
//   labels: {type: texts, description: "Labels of the node"}
//   properties: {type: map, description: "Properties of the node"}
UNWIND $ids AS id
MATCH (node:Entity {id: id})
RETURN labels(node) AS labels, properties(node) AS properties
ORDER BY node.id
