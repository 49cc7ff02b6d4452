// title: Places of a source
// description: Ids of the places in a source that facts rest on.
// timeless: true
// parameters:
//   source: {type: id, description: "A source", example: reuters-london-preview}
//   limit: {type: integer, description: "Most rows", default: 50, minimum: 1, maximum: 500}
// returns:
//   id: {type: text, description: "Id of the place, as source:locator"}
MATCH (evidence:Evidence)
WHERE evidence.id STARTS WITH $source + ':'
RETURN evidence.id AS id
ORDER BY id
LIMIT $limit
