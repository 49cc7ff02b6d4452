// Deletes nodes of label Evidence that no data set states any more; relationships at them are deleted before.
UNWIND $ids AS id
MATCH (node:Evidence {id: id})
DELETE node
