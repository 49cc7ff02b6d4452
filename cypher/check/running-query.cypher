// Whether a query by somebody else, known by its mark, is still on the server.
SHOW TRANSACTIONS
YIELD transactionId, metaData
WHERE metaData.parley_question = $mark
RETURN count(*) AS running
