// title: Delegates
// description: "A page of people who belong to a delegation, or whose presence at an event is stated, announced or unconfirmed; in order of id."
// parameters:
//   side: {type: entity, label: Country, description: "Country whose part they take", example: china, default: null}
//   after: {type: id, description: "The id after which the page begins", default: ""}
//   limit: {type: integer, description: "Most rows", default: 50, minimum: 1, maximum: 501}
// returns:
//   labels: {type: texts, description: "Labels of the person"}
//   properties: {type: map, description: "Properties of the person"}
MATCH (person:Entity&Person)
WHERE person.id > $after
  AND ($side IS NULL OR person.side = $side)
  AND EXISTS {
    MATCH (person)-[relationship:LEADS|MEMBER_OF|TOOK_PART_IN|ANNOUNCED_FOR|UNCONFIRMED_AT]->(target:Delegation|Event)
    WHERE NOT coalesce(relationship.valid_from_earliest > $as_of.latest, false)
      AND NOT coalesce(relationship.valid_to_latest < $as_of.earliest, false)
      AND NOT coalesce(target.earliest > $as_of.latest, false)
  }
RETURN labels(person) AS labels, properties(person) AS properties
ORDER BY person.id
LIMIT $limit
