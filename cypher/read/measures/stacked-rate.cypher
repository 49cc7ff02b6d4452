// title: What tariff rate applied, layer by layer
// description: "Tariffs of one side on goods of another on a day: layers that fall on all goods, which add up, and layers that fall on a list of goods, which stand apart. A tariff that has parts of its own is no layer. This text gives every act; the answer keeps for each tariff the one that decides, and adds up what surely applied."
// shape: table
// parameters:
//   from: {type: entity, label: Organization, description: "Who levies the tariffs", example: united-states}
//   against: {type: entity, label: Organization, description: "Whose goods they fall on", example: china}
//   "on": {type: date, description: "The day, month or year asked about; the as-of date, or else today, when left out", example: 2025-06-08, default: as_of}
// returns:
//   layer: {type: entity, description: "The tariff"}
//   rate: {type: number, description: "Rate that applies, in percentage points; null where our sources do not tell"}
//   basis: {type: text, description: "The act that the rate rests on and from when it counts: the effective day that is told of it, or its date"}
//   scope: {type: text, description: "all-goods, list-bound or unspecified; only all-goods layers add up"}
//   held: {type: text, description: "yes, or possibly where imprecise dates leave it open: then it is not added up"}
//   status: {type: text, description: "What the act did to the tariff"}
//   act: {type: entity, description: "The act; null for the tariff's own date"}
//   effective: {type: date, description: "From when the act counts"}
//   expires: {type: date, description: "Until when, as far as the act tells"}
//   suspended: {type: number, description: "Points that are suspended over and above the rate"}
//   disputed: {type: texts, description: "On which of these columns sources disagree; the value preferred is shown"}
//   source: {type: evidence, description: "Places that the row rests on"}
MATCH (imposer:Entity&Organization {id: $from})
USING INDEX SEEK imposer:Entity(id)
MATCH (against:Entity&Organization {id: $against})
USING INDEX SEEK against:Entity(id)
MATCH (imposer)-[imposing:IMPOSED]->(measure:Measure {kind: 'tariff'})-[targeting:TARGETS]->(target:Organization)
WHERE NOT coalesce(measure.earliest > $as_of.latest, false)
  AND NOT coalesce(imposing.valid_from_earliest > $as_of.latest, false)
  AND NOT coalesce(imposing.valid_to_latest < $as_of.earliest, false)
  AND NOT coalesce(targeting.valid_from_earliest > $as_of.latest, false)
  AND NOT coalesce(targeting.valid_to_latest < $as_of.earliest, false)
OPTIONAL MATCH (against)-[belonging:MEMBER_OF|PART_OF]->(target)
WHERE target.kind = 'group'
  AND NOT coalesce(belonging.valid_from_earliest > $as_of.latest, false)
  AND NOT coalesce(belonging.valid_to_latest < $as_of.earliest, false)
WITH imposer, against, imposing, measure, targeting, target, belonging
WHERE target = against
  OR belonging IS NOT NULL
  OR (target.id IN ['worldwide', 'all-countries'] AND against:Country)
WITH measure,
  reduce(all = [], places IN collect(imposing.evidence + targeting.evidence + coalesce(belonging.evidence, [])) | all + places) AS evidence,
  coalesce({`all-goods`: 'all-goods', `listed-goods`: 'list-bound'}[measure.scope], 'unspecified') AS scope
WHERE NOT EXISTS {
  (:Measure)-[:PART_OF]->(measure)
}
CALL (measure) {
  RETURN
    null AS act,
    null AS setting,
    measure.date AS effective,
    'from its own date' + coalesce(', ' + measure.date, '') AS basis,
    measure.earliest AS first,
    measure.latest AS last,
    measure.evidence AS places
  UNION ALL
  MATCH (act:Event)-[setting:SETS]->(measure)
  WHERE NOT coalesce(act.status, 'held') IN ['cancelled', 'postponed']
    AND NOT coalesce(act.earliest > $as_of.latest, false)
    AND NOT coalesce(setting.valid_from_earliest > $as_of.latest, false)
    AND NOT coalesce(setting.valid_to_latest < $as_of.earliest, false)
  WITH act, setting, setting.effective IS NOT NULL AND NOT setting.status IN ['threatened', 'announced'] AS told
  RETURN
    act,
    setting,
    CASE
      WHEN told THEN setting.effective
      ELSE act.date
    END AS effective,
    CASE
      WHEN told THEN 'effective ' + setting.effective + ' by ' + act.name
      ELSE 'from the date of ' + act.name + coalesce(', ' + act.date, '')
    END AS basis,
    CASE
      WHEN told THEN setting.effective_earliest
      ELSE act.earliest
    END AS first,
    CASE
      WHEN told THEN setting.effective_latest
      ELSE act.latest
    END AS last,
    setting.evidence AS places
}
WITH measure, scope, act, setting, effective, basis, first, last, act.earliest AS done,
  COLLECT {
    UNWIND evidence + coalesce(places, []) AS place
    WITH DISTINCT place
    RETURN place
    ORDER BY place
  } AS source
RETURN
  measure {.id, .name} AS layer,
  setting.rate AS rate,
  basis,
  scope,
  CASE
    WHEN coalesce(first > $on.latest, false) THEN 'no'
    WHEN coalesce(last <= $on.earliest, false)
      AND NOT coalesce(act.latest > $as_of.latest, false)
      AND coalesce(act.status, 'held') = 'held'
      AND coalesce(setting.certainty, 'stated') <> 'alleged' THEN 'yes'
    ELSE 'possibly'
  END AS held,
  coalesce(setting.extent + ' ', '') + setting.status AS status,
  act {.id, .name} AS act,
  effective,
  setting.until AS expires,
  setting.suspended AS suspended,
  coalesce(setting.disputed, []) AS disputed,
  source
ORDER BY scope, measure.name, measure.id, act IS NOT NULL, coalesce(first, date('0001-01-01')), last, done, act.id
LIMIT 1001
