// title: The rounds of a process
// description: "Rounds that are part of a process, in order of time; a round without a status counts as held."
// parameters:
//   process: {type: entity, label: Process, description: "A line of rounds", example: us-china-trade-talks-2025}
// returns:
//   round: {type: entity, description: "The round"}
//   held: {type: boolean, description: "Whether it was held"}
MATCH (round:Round)-[part:PART_OF]->(process:Entity&Process {id: $process})
USING INDEX SEEK process:Entity(id)
WHERE NOT coalesce(round.earliest > $as_of.latest, false)
  AND NOT coalesce(part.valid_from_earliest > $as_of.latest, false)
  AND NOT coalesce(part.valid_to_latest < $as_of.earliest, false)
RETURN round {.id, .name} AS round, coalesce(round.status, 'held') = 'held' AS held
ORDER BY coalesce(round.earliest, round.latest), round.id
LIMIT 1001
