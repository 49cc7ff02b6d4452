"""Single facts: a relationship by its id, a place in a source with what rests on it."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Response

from graphapi.errors import NotFound
from graphapi.period import held_relationship, period_of
from graphapi.reading.closeness import close_places, close_relationships
from graphapi.reading.labels import sort_labels
from graphapi.web.bodies import json_response, node_body, place_body, relationship_body
from graphapi.web.dependencies import DepthsGiven, OntologyGiven, StoreGiven, span_of, wants_json
from graphapi.web.parameters import Moment, PlaceId, RelationshipId
from graphapi.web.shapes import EvidenceWithFacts, RelationshipWithEnds

MAX_RESTING = 500
router = APIRouter(tags=["facts"], dependencies=[Depends(wants_json)])


@router.get("/relationships/{id}", response_model=RelationshipWithEnds, summary="One relationship")
def relationship(
    id: RelationshipId,  # noqa: A002
    moment: Annotated[Moment, Query()],
    store: StoreGiven,
    depths: DepthsGiven,
    ontology: OntologyGiven,
) -> Response:
    """Return a relationship by `start--TYPE--end`, with the nodes at its ends."""
    as_of = span_of(moment.as_of)
    parts = id.split("--")
    if len(parts) != 3 or parts[1] not in ontology.relationships:
        raise NotFound("relationship", id[:300])
    start, kind, end = parts
    rows = store.rows("read/graph/relationship", start=start, type=kind, end=end, as_of=period_of(as_of))
    if not rows:
        raise NotFound("relationship", id[:300], close_relationships(store, start, end))
    row = rows[0]
    sides = ((row["start_labels"], row["start_properties"]), (row["end_labels"], row["end_properties"]))
    mark = held_relationship(row["relationship"], as_of, *sides) if as_of else None
    ends = {name: node_body(*side, depths, as_of) for name, side in zip(("start", "end"), sides, strict=True)}
    return json_response(relationship_body(kind, (start, end), row["relationship"], mark) | ends)


@router.get("/evidence/{id}", response_model=EvidenceWithFacts, summary="A place in a source")
def evidence(id: PlaceId, moment: Annotated[Moment, Query()], store: StoreGiven, depths: DepthsGiven) -> Response:  # noqa: A002
    """Return a place by `source:locator`, or a whole source by its id, with the entities and relationships that name it as evidence."""
    rows = store.rows("read/graph/evidence", id=id)
    if not rows:
        raise NotFound("place in a source", id[:200], close_places(store, id))
    quoted = id.replace("\\", "\\\\").replace('"', '\\"')
    resting = store.rows(
        "read/graph/resting-on", place=f'evidence:"{quoted}"', limit=MAX_RESTING + 1, as_of=period_of(span_of(moment.as_of))
    )
    entities = [row for row in resting if row["kind"] == "entity"]
    relationships = [row for row in resting if row["kind"] == "relationship"]
    return json_response(
        place_body(id, rows[0]["place"], rows[0]["source"], depths)
        | {
            "entities": [
                {"id": row["id"], "labels": sort_labels(row["labels"], depths), "name": row["name"]} for row in entities[:MAX_RESTING]
            ],
            "relationships": [{"id": row["id"], "type": row["type"]} for row in relationships[:MAX_RESTING]],
            "truncated": len(entities) > MAX_RESTING or len(relationships) > MAX_RESTING,
        }
    )
