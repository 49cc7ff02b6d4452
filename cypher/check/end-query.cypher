// Ask the server to end a query by somebody else, known by its mark; one inside an expression does not notice.
SHOW TRANSACTIONS
YIELD transactionId AS id, metaData
WHERE metaData.parley_question = $mark
TERMINATE TRANSACTIONS id
YIELD message
RETURN message
