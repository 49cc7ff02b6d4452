// title: Each side's latest position on each issue
// description: "The position that each side took last on each issue. Where dates only bound it, every position that may be the latest is shown, and latest says which surely is. A side's position is one that carries the side, or that a person, a body or the country itself of that side takes. Parts of an issue are issues of their own."
// shape: matrix
// axes: {down: issue, across: side}
// parameters: {}
// returns:
//   issue: {type: entity, description: "The issue"}
//   side: {type: text, label: Country, description: "Country whose position it is, by its id"}
//   stance: {type: text, description: "What it wants or holds, in our own words"}
//   date: {type: date, description: "When it was taken, as precise as the source"}
//   latest: {type: text, description: "surely: no later one is known; possibly: another may be later, or this one taken only after the as-of date, as dates are not precise"}
//   certainty: {type: text, description: "stated; or assessed by the source itself, implied, alleged"}
//   position: {type: entity, description: "The position"}
//   held_by: {type: entities, description: "Who takes it"}
//   source: {type: evidence, description: "Places that the row rests on"}
MATCH (holder:Person|Organization)-[taking:TAKES]->(view:Position)-[about:ABOUT]->(issue:Issue)
WHERE NOT coalesce(view.earliest > $as_of.latest, false)
  AND NOT coalesce(taking.valid_from_earliest > $as_of.latest, false)
  AND NOT coalesce(taking.valid_to_latest < $as_of.earliest, false)
  AND NOT coalesce(about.valid_from_earliest > $as_of.latest, false)
  AND NOT coalesce(about.valid_to_latest < $as_of.earliest, false)
WITH issue, view, holder, taking, about, coalesce(view.side, CASE WHEN holder:Country THEN holder.id ELSE holder.side END) AS side
WHERE side IS NOT NULL
ORDER BY holder.name, holder.id
WITH issue, side, view, collect(DISTINCT holder {.id, .name}) AS held_by,
  reduce(all = view.evidence, places IN collect(taking.evidence + about.evidence) | all + places) AS evidence
WITH issue, side, max(CASE WHEN NOT coalesce(view.latest > $as_of.latest, false) THEN view.earliest END) AS newest, collect({view: view, held_by: held_by, evidence: evidence}) AS taken
UNWIND taken AS one
WITH issue, side, newest, taken, one, one.view AS view
WHERE NOT coalesce(view.latest < newest, false)
WITH issue, side, taken, view, one.held_by AS held_by,
  COLLECT {
    UNWIND one.evidence AS place
    WITH DISTINCT place
    RETURN place
    ORDER BY place
  } AS source
RETURN
  issue {.id, .name} AS issue,
  side,
  view.stance AS stance,
  view.date AS date,
  CASE
    WHEN NOT coalesce(view.latest > $as_of.latest, false)
      AND all(other IN taken WHERE other.view = view OR coalesce(other.view.latest <= view.earliest, false)) THEN 'surely'
    ELSE 'possibly'
  END AS latest,
  coalesce(view.certainty, 'stated') AS certainty,
  view {.id, .name} AS position,
  held_by,
  source
ORDER BY issue.name, issue.id, side, latest DESC, view.latest DESC, view.earliest DESC, view.id
LIMIT 1001
