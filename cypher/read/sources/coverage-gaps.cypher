// title: What our data do not cover
// description: "Counts of what is missing, each with up to five examples; a check that found nothing missing says 0. A place counts as naming the publisher of its source, and of what that relays. What our data do not say may still be known elsewhere. As of a date, events, agreements, measures, claims and positions that came later are not counted."
// shape: table
// parameters: {}
// returns:
//   check: {type: text, description: "What is missing"}
//   count: {type: integer, description: "How often"}
//   examples: {type: entities, description: "Up to five, by id; relationships by theirs"}
//   sources: {type: evidence, description: "Places that the examples rest on"}
CALL () {
  MATCH (node:Entity)
  WHERE coalesce(size(node.evidence), 0) = 0
    AND NOT coalesce(node:Event|Agreement|Measure|Claim|Position AND node.earliest > $as_of.latest, false)
  RETURN 1 AS number, 'entities without evidence' AS check, node.id AS id, node.name AS name, [] AS evidence
  UNION ALL
  MATCH (event:Event)
  WHERE event.kind IN ['round', 'meeting', 'call', 'summit', 'visit', 'consultation', 'signing']
    AND coalesce(event.status, 'held') = 'held'
    AND NOT coalesce(event.earliest > $as_of.latest, false)
    AND NOT EXISTS {
      (:Person)-[:TOOK_PART_IN]->(event)
    }
    AND NOT EXISTS {
      (:Person)-[:LEADS|MEMBER_OF]->(:Delegation)-[:SENT_TO]->(event)
    }
  RETURN 2 AS number, 'meetings that were held, with nobody named who came' AS check, event.id AS id, event.name AS name, event.evidence AS evidence
  UNION ALL
  MATCH (event:Event)
  WHERE event.date IS NULL
  RETURN 3 AS number, 'events without a date' AS check, event.id AS id, event.name AS name, event.evidence AS evidence
  UNION ALL
  MATCH (person:Person)
  WHERE person.side IS NOT NULL
    AND coalesce(person.kind, 'individual') = 'individual'
    AND NOT EXISTS {
      (person)-[:HOLDS]->(:Post)
    }
  RETURN 4 AS number, 'people of a side without a post' AS check, person.id AS id, person.name AS name, person.evidence AS evidence
  UNION ALL
  MATCH (person:Person)-[holding:HOLDS]->(post:Post)
  WHERE holding.valid_from IS NULL
    AND holding.valid_to IS NULL
  RETURN 5 AS number, 'posts held without a date' AS check, holding.id AS id, person.name + ' – HOLDS – ' + post.name AS name, holding.evidence AS evidence
  UNION ALL
  MATCH (delegation:Delegation)
  WHERE NOT delegation.list_complete
  RETURN 6 AS number, 'delegations with an open list' AS check, delegation.id AS id, delegation.name AS name, delegation.evidence AS evidence
  UNION ALL
  MATCH (delegation:Delegation)
  WHERE NOT EXISTS {
    (:Person)-[:LEADS]->(delegation)
  }
  RETURN 7 AS number, 'delegations without a head' AS check, delegation.id AS id, delegation.name AS name, delegation.evidence AS evidence
  UNION ALL
  MATCH (agreement:Agreement)
  WHERE NOT coalesce(agreement.earliest > $as_of.latest, false)
    AND NOT EXISTS {
      (:Commitment)-[:PART_OF]->(agreement)
    }
  RETURN 8 AS number, 'agreements without commitments' AS check, agreement.id AS id, agreement.name AS name, agreement.evidence AS evidence
  UNION ALL
  MATCH (measure:Measure)
  WHERE measure.kind IN ['tariff', 'tariff-series']
    AND NOT coalesce(measure.earliest > $as_of.latest, false)
    AND NOT EXISTS {
      MATCH (:Event)-[setting:SETS]->(measure)
      WHERE setting.rate IS NOT NULL
    }
  RETURN 9 AS number, 'tariffs without a rate' AS check, measure.id AS id, measure.name AS name, measure.evidence AS evidence
  UNION ALL
  MATCH (measure:Measure)
  WHERE NOT coalesce(measure.earliest > $as_of.latest, false)
    AND NOT EXISTS {
      (:Event)-[:SETS]->(measure)
    }
  RETURN 10 AS number, 'measures without an act' AS check, measure.id AS id, measure.name AS name, measure.evidence AS evidence
  UNION ALL
  MATCH (dataset:Dataset)
  UNWIND dataset.sides AS side
  WITH DISTINCT side
  MATCH (country:Entity&Country {id: side})
  USING INDEX SEEK country:Entity(id)
  MATCH (issue:Issue)
  WHERE NOT EXISTS {
    MATCH (issue)<-[:ABOUT]-(position:Position)<-[:TAKES]-(holder:Person|Organization)
    WHERE coalesce(position.side, CASE WHEN holder:Country THEN holder.id ELSE holder.side END) = side
      AND NOT coalesce(position.earliest > $as_of.latest, false)
  }
  RETURN 11 AS number, 'issues without a position of ' + country.name AS check, issue.id AS id, issue.name AS name, issue.evidence AS evidence
  UNION ALL
  MATCH (claim:Claim)
  WHERE NOT coalesce(claim.earliest > $as_of.latest, false)
    AND NOT EXISTS {
      (:Person|Organization)-[:SAID]->(claim)
    }
  RETURN 12 AS number, 'claims without a speaker' AS check, claim.id AS id, claim.name AS name, claim.evidence AS evidence
  UNION ALL
  MATCH (source:Source)
  WHERE NOT EXISTS {
    (source)-[:PUBLISHED_BY]->()
  }
  RETURN 13 AS number, 'sources without a publisher' AS check, source.id AS id, source.name AS name, [source.id] AS evidence
  UNION ALL
  MATCH (start:Entity)
  WITH start, CASE WHEN start:Claim|Position|Dispute|Delegation|Commitment|Deadline THEN [] ELSE [start.id] END AS own
  MATCH (start)-[link]->(end:Entity)
  WHERE NOT coalesce(link.valid_from_earliest > $as_of.latest, false)
    AND NOT coalesce(link.valid_to_latest < $as_of.earliest, false)
  WITH link, start, end, own + CASE WHEN end:Claim|Position|Dispute|Delegation|Commitment|Deadline THEN [] ELSE [end.id] END AS ends
  WHERE ends <> []
  CALL (link) {
    UNWIND link.evidence AS place
    MATCH (evidence:Evidence {id: place})
    WHERE evidence.names IS NOT NULL
    RETURN collect(evidence) AS places
  }
  WITH link, start, end, ends, places
  WHERE places <> []
    AND none(evidence IN places WHERE any(end IN ends WHERE end IN evidence.names))
  CALL (places) {
    UNWIND places AS evidence
    MATCH (evidence)-[:FROM]->(:Source)-[:RELAYS]->{0,4}(:Source)-[:PUBLISHED_BY]->(publisher)
    RETURN collect(publisher.id) AS publishers
  }
  WITH link, start, end, ends, publishers
  WHERE none(end IN ends WHERE end IN publishers)
  RETURN 14 AS number, 'relationships whose places in the sources name neither end' AS check, link.id AS id,
    start.name + ' – ' + type(link) + ' – ' + end.name AS name, link.evidence AS evidence
  UNION ALL
  MATCH (evidence:Evidence)
  WHERE evidence.names IS NULL
  RETURN 15 AS number, 'places in the sources without a list of whom they name' AS check, null AS id, null AS name, [evidence.id] AS evidence
  UNION ALL
  UNWIND [
    [1, 'entities without evidence'],
    [2, 'meetings that were held, with nobody named who came'],
    [3, 'events without a date'],
    [4, 'people of a side without a post'],
    [5, 'posts held without a date'],
    [6, 'delegations with an open list'],
    [7, 'delegations without a head'],
    [8, 'agreements without commitments'],
    [9, 'tariffs without a rate'],
    [10, 'measures without an act'],
    [12, 'claims without a speaker'],
    [13, 'sources without a publisher'],
    [14, 'relationships whose places in the sources name neither end'],
    [15, 'places in the sources without a list of whom they name']
  ] AS made
  RETURN made[0] AS number, made[1] AS check, null AS id, null AS name, null AS evidence
}
WITH number, check, id, name, evidence
ORDER BY id, evidence
WITH number, check, count(evidence) AS count, collect(CASE WHEN id IS NOT NULL THEN {id: id, name: name} END)[..5] AS examples,
  collect(evidence)[..5] AS evidence
WITH number, check, count, examples,
  COLLECT {
    UNWIND reduce(all = [], places IN evidence | all + places) AS place
    WITH DISTINCT place
    RETURN place
    ORDER BY place
  } AS sources
RETURN
  check,
  count,
  examples,
  sources
ORDER BY number, check
LIMIT 1001
