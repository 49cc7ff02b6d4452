// title: How two entities are connected
// description: "All shortest chains between two entities over what our sources say is so: never over what they deny or what is only planned, over a delegation sent to an event that was not held yet, or through a country, a place, a source or anybody's words. Steps count from 1 in each chain; a chain begins where they start again. At most 25 chains."
// shape: graph
// parameters:
//   from: {type: entity, label: Entity, description: "Where the chains begin", example: howard-lutnick}
//   to: {type: entity, label: Entity, description: "Where they end", example: export-controls}
//   max_hops: {type: integer, description: "Most steps of a chain", default: 6, minimum: 1, maximum: 8}
// implied:
//   path_types: Relationship types that the ontology calls positive and not structural
//   closed_labels: Labels that the ontology lets no path pass through
// returns:
//   step: {type: integer, description: "Number of the step in its chain, from 1"}
//   relationship: {type: step, description: "id, type, from and to in the order of the chain, outgoing (whether it runs that way itself), certainty"}
//   source: {type: evidence, description: "Places that show the relationship"}
MATCH (start:Entity {id: $from})
MATCH (end:Entity {id: $to})
WHERE NOT coalesce(start:Event|Agreement|Measure|Claim|Position AND start.earliest > $as_of.latest, false)
MATCH path = ALL SHORTEST (start)(
  (before)-[link
    WHERE type(link) IN $path_types
      AND NOT (type(link) = 'SENT_TO' AND coalesce(endNode(link).status, 'held') <> 'held')
      AND NOT coalesce(link.valid_from_earliest > $as_of.latest, false)
      AND NOT coalesce(link.valid_to_latest < $as_of.earliest, false)
  ]-(after
    WHERE (after.id = $to OR none(label IN labels(after) WHERE label IN $closed_labels))
      AND NOT coalesce(after:Event|Agreement|Measure|Claim|Position AND after.earliest > $as_of.latest, false)
  )
){1,8}(end)
WHERE length(path) <= $max_hops
WITH nodes(path) AS met, relationships(path) AS links
ORDER BY [link IN links | link.id]
LIMIT 26
WITH collect({met: met, links: links}) AS chains
UNWIND range(0, size(chains) - 1) AS chain
WITH chain, chains[chain].met AS met, chains[chain].links AS links
UNWIND range(0, size(links) - 1) AS place
WITH chain, place, links[place] AS link, met[place] AS here, met[place + 1] AS there
RETURN
  place + 1 AS step,
  {
    id: link.id,
    type: type(link),
    from: here {.id, .name},
    to: there {.id, .name},
    outgoing: startNode(link) = here,
    certainty: coalesce(link.certainty, 'stated')
  } AS relationship,
  link.evidence AS source
ORDER BY chain, place
