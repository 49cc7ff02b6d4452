// title: Whose positions belong to no side
// description: "People and organisations that take a position on an issue and take no country's part in it."
// parameters: {}
// returns:
//   holder: {type: entity, description: "Who takes it"}
MATCH (holder:Person|Organization)-[:TAKES]->(position:Position)-[:ABOUT]->(:Issue)
WHERE NOT holder:Country
  AND holder.side IS NULL
  AND position.side IS NULL
  AND NOT coalesce(position.earliest > $as_of.latest, false)
WITH DISTINCT holder
RETURN holder {.id, .name} AS holder
ORDER BY holder.name, holder.id
LIMIT 1001
