// title: What a data set says at present
// description: "Every statement of a data set as the graph holds it, a page at a time, in order of their ids."
// timeless: true
// parameters:
//   dataset: {type: id, description: "Id of a data set", example: us-china-london-2025}
//   after: {type: id, description: "The id after which the page begins", default: ""}
//   limit: {type: integer, description: "Most rows", default: 1000, minimum: 1, maximum: 5000}
// returns:
//   subject: {type: text, description: "Id of the node or relationship"}
//   body: {type: text, description: "The statement as JSON"}
MATCH (record:Record {dataset: $dataset, current: true})
USING INDEX SEEK record:Record(dataset, current)
WHERE record.subject > $after
RETURN record.subject AS subject, record.body AS body
ORDER BY subject
LIMIT $limit
