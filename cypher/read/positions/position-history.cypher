// title: How a side's position on an issue moved
// description: "Every position that a side took on an issue, in order of time, with what had gone before: the last round, call, meeting or signing of the side, or act or ruling that bears on the issue, that was over on the first day on which the position may have been taken; one of that day counts. An event is the side's when it is a party, or when it sent a delegation or a holder of one of its posts. That the event moved the position is not said."
// shape: series
// parameters:
//   side: {type: entity, label: Country, description: "A country", example: united-states}
//   issue: {type: entity, label: Issue, description: "An issue", example: geneva-compliance}
// returns:
//   date: {type: date, description: "When it was taken, as precise as the source"}
//   stance: {type: text, description: "What the side wants or holds, in our own words"}
//   event_before: {type: entity, description: "The last event known to be over by then"}
//   certainty: {type: text, description: "stated; or assessed by the source itself, implied, alleged"}
//   position: {type: entity, description: "The position"}
//   held_by: {type: entities, description: "Who takes it"}
//   source: {type: evidence, description: "Places that show the position"}
MATCH (country:Entity&Country {id: $side})
USING INDEX SEEK country:Entity(id)
MATCH (issue:Entity&Issue {id: $issue})
USING INDEX SEEK issue:Entity(id)
CALL (country, issue) {
  MATCH (country)-[:PARTY_TO]->(event:Event)
  WHERE event.kind IN ['round', 'meeting', 'call', 'summit', 'visit', 'signing', 'consultation']
  RETURN event
  UNION
  MATCH (country)<-[:REPRESENTS]-(:Delegation)-[:SENT_TO]->(event:Event)
  WHERE event.kind IN ['round', 'meeting', 'call', 'summit', 'visit', 'signing', 'consultation']
  RETURN event
  UNION
  MATCH (country)(()<-[:PART_OF]-()){1,4}(:Post)<-[:HOLDS]-(:Person)-[:TOOK_PART_IN]->(event:Event)
  WHERE event.kind IN ['round', 'meeting', 'call', 'summit', 'visit', 'signing', 'consultation']
  RETURN event
  UNION
  MATCH (issue)<-[:ABOUT]-(event:Event)
  RETURN event
  UNION
  MATCH (issue)<-[:ABOUT]-(:Measure)<-[:SETS]-(event:Event)
  RETURN event
  UNION
  MATCH (issue)<-[:ADDRESSES]-(:Agreement)<-[:PRODUCED]-(event:Event)
  RETURN event
  UNION
  RETURN null AS event
}
WITH country, issue, event
ORDER BY event.earliest DESC, event.latest DESC, event.id
WITH country, issue, [event IN collect(event) WHERE
  coalesce(event.status, 'held') = 'held'
  AND event.kind IN ['round', 'meeting', 'call', 'summit', 'visit', 'signing', 'consultation', 'act', 'court-ruling']
] AS events
MATCH (holder:Person|Organization)-[taking:TAKES]->(view:Position)-[about:ABOUT]->(issue)
WHERE coalesce(view.side, CASE WHEN holder:Country THEN holder.id ELSE holder.side END) = country.id
  AND NOT coalesce(view.earliest > $as_of.latest, false)
  AND NOT coalesce(taking.valid_from_earliest > $as_of.latest, false)
  AND NOT coalesce(taking.valid_to_latest < $as_of.earliest, false)
  AND NOT coalesce(about.valid_from_earliest > $as_of.latest, false)
  AND NOT coalesce(about.valid_to_latest < $as_of.earliest, false)
WITH events, view, holder, taking, about
ORDER BY holder.name, holder.id
WITH head([event IN events WHERE event.latest <= view.earliest]) AS event_before, view, collect(DISTINCT holder {.id, .name}) AS held_by,
  reduce(all = view.evidence, places IN collect(taking.evidence + about.evidence) | all + places) AS evidence
WITH event_before, view, held_by,
  COLLECT {
    UNWIND evidence AS place
    WITH DISTINCT place
    RETURN place
    ORDER BY place
  } AS source
RETURN
  view.date AS date,
  view.stance AS stance,
  event_before {.id, .name} AS event_before,
  coalesce(view.certainty, 'stated') AS certainty,
  view {.id, .name} AS position,
  held_by,
  source
ORDER BY coalesce(view.earliest, view.latest), view.latest, view.id
LIMIT 1001
