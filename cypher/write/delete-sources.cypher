// Deletes nodes of label Source that no data set states any more; relationships at them are deleted before.
UNWIND $ids AS id
MATCH (node:Source {id: id})
DELETE node
