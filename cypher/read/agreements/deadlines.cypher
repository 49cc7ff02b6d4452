// title: Deadlines of the next days
// description: "Deadlines that fall within a number of days from a date, with the rule by which they are counted and what became of them. One that only may fall within the days says possibly. A deadline whose day our sources do not give, nor the day from which it counts, stands at the end with its rule and is not counted."
// shape: table
// parameters:
//   days: {type: integer, description: "How many days ahead", example: 90, minimum: 0, maximum: 36500}
//   from: {type: date, description: "From when: a day, a month or a year; the as-of date, or else today, when left out", example: 2025-05-14, default: as_of}
// returns:
//   deadline: {type: entity, description: "The deadline"}
//   date: {type: date, description: "The day, as precise as the source; counted from its anchor where only that is told; null where neither is"}
//   precision: {type: text, description: "day, month, year, interval or between; null without a date"}
//   anchor: {type: date, description: "The day from which it counts"}
//   rule: {type: text, description: "How the day follows from its anchor"}
//   extended_from: {type: entities, description: "Deadlines that it extends"}
//   extended_to: {type: entities, description: "Deadlines that extend it"}
//   status: {type: text, description: "extended later, or stands as far as our sources tell"}
//   of: {type: entities, description: "What it is a term of"}
//   held: {type: text, description: "Whether it falls within the days: yes, possibly, or null without a date"}
//   source: {type: evidence, description: "Places that the row rests on"}
MATCH (deadline:Deadline)
OPTIONAL MATCH (deadline)-[term:OF]->(thing)
WHERE NOT coalesce(term.valid_from_earliest > $as_of.latest, false)
  AND NOT coalesce(term.valid_to_latest < $as_of.earliest, false)
WITH deadline, collect({thing: thing, evidence: term.evidence}) AS terms, collect(coalesce(thing.earliest > $as_of.latest, false) OR EXISTS {
  MATCH (thing:Commitment)-[:PART_OF]->(agreement:Agreement)
  WHERE agreement.earliest > $as_of.latest
} OR (EXISTS {
  MATCH (act:Event)-[setting:SETS]->(thing:Measure)
  WHERE setting.until_latest = deadline.latest
    AND act.earliest > $as_of.latest
} AND NOT EXISTS {
  MATCH (act:Event)-[setting:SETS]->(thing)
  WHERE setting.until_latest = deadline.latest
    AND NOT coalesce(act.earliest > $as_of.latest, false)
})) AS ahead
WHERE none(one IN ahead WHERE one)
WITH deadline, [term IN terms WHERE term.thing IS NOT NULL] AS terms,
  CASE
    WHEN deadline.date IS NULL THEN deadline.anchor_earliest + duration({days: deadline.days})
    ELSE deadline.earliest
  END AS first,
  CASE
    WHEN deadline.date IS NULL THEN deadline.anchor_latest + duration({days: deadline.days})
    ELSE deadline.latest
  END AS last
WITH collect(deadline) AS known, collect({deadline: deadline, terms: terms, first: first, last: last}) AS each
UNWIND each AS one
WITH known, one.deadline AS deadline, one.terms AS terms, one.first AS first, one.last AS last
WHERE coalesce(first, last) IS NULL
  OR (NOT coalesce(first > $from.latest + duration({days: $days}), false) AND NOT coalesce(last < $from.earliest, false))
CALL (deadline, known) {
  OPTIONAL MATCH (deadline)-[extending:EXTENDS]->(other:Deadline)
  WHERE other IN known
  RETURN collect(other {.id, .name}) AS extended_from, reduce(all = [], places IN collect(extending.evidence) | all + places) AS before
}
CALL (deadline, known) {
  OPTIONAL MATCH (deadline)<-[extending:EXTENDS]-(other:Deadline)
  WHERE other IN known
  RETURN collect(other {.id, .name}) AS extended_to, reduce(all = [], places IN collect(extending.evidence) | all + places) AS after
}
WITH deadline, first, last, extended_from, extended_to,
  COLLECT {
    UNWIND terms AS term
    WITH term.thing AS thing
    RETURN thing {.id, .name} AS thing
    ORDER BY thing.name, thing.id
  } AS of,
  COLLECT {
    UNWIND coalesce(deadline.evidence, []) + before + after + reduce(all = [], term IN terms | all + term.evidence) AS place
    WITH DISTINCT place
    RETURN place
    ORDER BY place
  } AS source
RETURN
  deadline {.id, .name} AS deadline,
  CASE
    WHEN deadline.date IS NOT NULL THEN deadline.date
    WHEN first = last THEN toString(first)
    WHEN coalesce(first, last) IS NOT NULL THEN '[' + coalesce(toString(first), '') + '..' + coalesce(toString(last), '') + ']'
  END AS date,
  CASE
    WHEN deadline.date IS NOT NULL THEN deadline.precision
    WHEN first = last THEN 'day'
    WHEN coalesce(first, last) IS NOT NULL THEN 'between'
  END AS precision,
  deadline.anchor AS anchor,
  deadline.rule AS rule,
  extended_from,
  extended_to,
  CASE extended_to
    WHEN [] THEN 'stands as far as our sources tell'
    ELSE 'extended later'
  END AS status,
  of,
  CASE
    WHEN coalesce(first, last) IS NULL THEN null
    WHEN coalesce(first >= $from.latest AND last <= $from.earliest + duration({days: $days}), false) THEN 'yes'
    ELSE 'possibly'
  END AS held,
  source
ORDER BY coalesce(first, last), last, deadline.name, deadline.id
LIMIT 1001
