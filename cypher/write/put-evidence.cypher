// Makes or replaces nodes of label Evidence; a node that changes its other labels is the same node.
UNWIND $rows AS row
MERGE (node:Evidence {id: row.id})
SET node = row.properties
REMOVE node:$($others)
SET node:$($labels)
