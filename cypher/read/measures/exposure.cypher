// title: Which goods and branches a measure reaches
// description: "Goods that a measure or a part of it covers and branches of business that it affects, step by step: a part of what is covered is reached with it, and what a covered good is a part of is reached partly. No chain turns round, so that a measure on one of several parts does not reach the others. Each is shown once, over its shortest chain; whether the measure was in force is another question."
// shape: graph
// drawn: [chain]
// parameters:
//   measure: {type: entity, label: Measure, description: "A measure", example: china-critical-minerals-suspension}
//   steps: {type: integer, description: "Most steps from the measure", default: 3, minimum: 1, maximum: 8}
// returns:
//   reached: {type: entity, description: "The goods or the branch of business"}
//   kind: {type: text, description: "commodity or sector"}
//   steps: {type: integer, description: "Steps from the measure asked about"}
//   how: {type: text, description: "covers or affects; behind it whether what is reached is a part of that, or the whole that it is a part of"}
//   partly: {type: boolean, description: "Whether only a part of it is reached"}
//   measure: {type: entity, description: "The measure that reaches it: the one asked about, or a part of it"}
//   chain: {type: entities, description: "From the measure asked about to what is reached, both included"}
//   certainty: {type: text, description: "How surely: stated, assessed, implied or alleged; of the steps the least"}
//   source: {type: evidence, description: "Places that the chain rests on"}
MATCH (whole:Entity&Measure {id: $measure})
USING INDEX SEEK whole:Entity(id)
WHERE NOT coalesce(whole.earliest > $as_of.latest, false)
MATCH (whole)(()<-[parts:PART_OF]-(part:Measure)){0,4}(measure:Measure)-[reaching:COVERS|AFFECTS]->(first:Commodity|Sector)
WHERE all(one IN part WHERE NOT coalesce(one.earliest > $as_of.latest, false))
CALL (first) {
  RETURN [] AS links, [first] AS met, 0 AS way
  UNION ALL
  MATCH (first)(()<-[links:PART_OF]-(met)){1,7}(:Commodity|Sector)
  RETURN links, [first] + met AS met, 1 AS way
  UNION ALL
  MATCH (first)(()-[links:PART_OF]->(met)){1,7}(:Commodity|Sector)
  RETURN links, [first] + met AS met, 2 AS way
}
WITH measure, reaching, way, [whole] + part + met AS chain, parts + [reaching] + links AS links
WHERE size(links) <= $steps
  AND all(link IN links WHERE NOT coalesce(link.valid_from_earliest > $as_of.latest, false) AND NOT coalesce(link.valid_to_latest < $as_of.earliest, false))
WITH measure, reaching, way, chain, links
ORDER BY size(links), way, [one IN chain | one.id]
WITH chain[-1] AS reached, collect({measure: measure, type: type(reaching), way: way, chain: chain, links: links})[0] AS shortest
WITH reached, shortest, shortest.measure AS reaching,
  reduce(most = 0, link IN shortest.links |
    CASE WHEN coalesce({stated: 0, assessed: 1, implied: 2}[coalesce(link.certainty, 'stated')], 3) > most
      THEN coalesce({stated: 0, assessed: 1, implied: 2}[coalesce(link.certainty, 'stated')], 3) ELSE most END) AS rank,
  COLLECT {
    UNWIND reduce(all = [], link IN shortest.links | all + link.evidence) AS place
    WITH DISTINCT place
    RETURN place
    ORDER BY place
  } AS source
RETURN
  reached {.id, .name} AS reached,
  CASE WHEN reached:Commodity THEN 'commodity' ELSE 'sector' END AS kind,
  size(shortest.links) AS steps,
  toLower(shortest.type) + ['', ', as a part', ', in part'][shortest.way] AS how,
  shortest.way = 2 AS partly,
  reaching {.id, .name} AS measure,
  [one IN shortest.chain | one {.id, .name}] AS chain,
  ['stated', 'assessed', 'implied', 'alleged'][rank] AS certainty,
  source
ORDER BY kind, steps, reached.name, reached.id
LIMIT 1001
