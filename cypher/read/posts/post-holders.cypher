// title: Who held a post
// description: "Everybody whom our sources show in a post, in order of time. As of a date nobody is left out: status says who held it then, before and after. Where our sources do not date the holding, the first and the last day on which one of them shows it stand in for its dates, as far as they go."
// shape: table
// parameters:
//   post: {type: entity, label: Post, description: "An office", example: post-us-president}
// returns:
//   person: {type: entity, description: "Who"}
//   start: {type: date, description: "First day, as precise as the source"}
//   end: {type: date, description: "Last day, as precise as the source"}
//   precision: {type: text, description: "How precise the start is, or else the end: day, month, year, interval, between; seen when our sources date neither"}
//   status: {type: text, description: "As of a date: then, before, after; seen before or seen after when only earlier or later sources show it; possibly then when its dates leave it open; unknown without any. Without an as-of date: dated, seen or undated"}
//   capacity: {type: text, description: "Such as acting"}
//   seen_from: {type: date, description: "First day on which a source of ours shows it"}
//   seen_to: {type: date, description: "Last day on which a source of ours shows it"}
//   sources: {type: evidence, description: "Places that the row rests on"}
MATCH (person:Person)-[holding:HOLDS]->(post:Entity&Post {id: $post})
USING INDEX SEEK post:Entity(id)
WITH person, holding, holding.valid_from_earliest AS begins, holding.valid_to_latest AS ends
WITH person, holding, begins, ends,
  CASE WHEN NOT coalesce(holding.seen_from < begins OR holding.seen_from > ends, false) THEN holding.seen_from END AS seen_from,
  CASE WHEN NOT coalesce(holding.seen_to < begins OR holding.seen_to > ends, false) THEN holding.seen_to END AS seen_to
WITH person, holding, begins, ends, seen_from, seen_to,
  reduce(least = null, day IN [holding.valid_from_latest, seen_from, seen_to] | CASE WHEN coalesce(least <= day, day IS NULL) THEN least ELSE day END) AS first,
  reduce(most = null, day IN [holding.valid_to_earliest, seen_from, seen_to] | CASE WHEN coalesce(most >= day, day IS NULL) THEN most ELSE day END) AS last
WITH person, holding, first, last, coalesce(holding.valid_from, holding.valid_to) AS dated,
  CASE
    WHEN $as_of IS NULL AND coalesce(holding.valid_from, holding.valid_to) IS NOT NULL THEN 'dated'
    WHEN $as_of IS NULL AND first IS NOT NULL THEN 'seen'
    WHEN $as_of IS NULL THEN 'undated'
    WHEN ends < $as_of.earliest THEN 'before'
    WHEN begins > $as_of.latest THEN 'after'
    WHEN first <= $as_of.latest AND last >= $as_of.earliest THEN 'then'
    WHEN first <= $as_of.latest AND ends >= $as_of.earliest THEN 'possibly then'
    WHEN last >= $as_of.earliest AND begins <= $as_of.latest THEN 'possibly then'
    WHEN last < $as_of.earliest THEN 'seen before'
    WHEN first > $as_of.latest THEN 'seen after'
    WHEN coalesce(begins, ends) IS NOT NULL THEN 'possibly then'
    ELSE 'unknown'
  END AS status
RETURN
  person {.id, .name} AS person,
  holding.valid_from AS start,
  holding.valid_to AS end,
  CASE
    WHEN dated IS NULL THEN 'seen'
    WHEN dated CONTAINS '..' THEN 'between'
    WHEN dated CONTAINS '/' THEN 'interval'
    ELSE coalesce({`4`: 'year', `7`: 'month', `10`: 'day'}[toString(size(dated))], 'between')
  END AS precision,
  status,
  holding.status AS capacity,
  holding.seen_from AS seen_from,
  holding.seen_to AS seen_to,
  holding.evidence AS sources
ORDER BY coalesce(holding.valid_from_earliest, holding.seen_from, holding.valid_to_earliest), person.name, person.id
LIMIT 1001
