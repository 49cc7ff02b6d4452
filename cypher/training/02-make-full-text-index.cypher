// A full-text index, as search has it.
CREATE FULLTEXT INDEX training_text IF NOT EXISTS
FOR (n:Training)
ON EACH [n.name]
