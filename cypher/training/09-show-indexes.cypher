// What the schema check asks.
SHOW INDEXES
