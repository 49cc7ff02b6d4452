// title: A place in a source
// description: A place as source:locator, or a whole source by its id, with the source; no row when there is none.
// timeless: true
// parameters:
//   id: {type: id, description: "source:locator, or a source", example: "reuters-london-preview:p12"}
// returns:
//   place: {type: map, description: "Properties of the place; null for a whole source"}
//   source: {type: map, description: "Properties of the source"}
OPTIONAL MATCH (evidence:Evidence {id: $id})
MATCH (source:Source {id: split($id, ':')[0]})
WHERE evidence IS NOT NULL OR source.id = $id
RETURN properties(evidence) AS place, properties(source) AS source
