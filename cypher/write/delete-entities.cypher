// Deletes nodes of label Entity that no data set states any more; relationships at them are deleted before.
UNWIND $ids AS id
MATCH (node:Entity {id: id})
DELETE node
