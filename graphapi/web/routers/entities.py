"""Entities: lists, one of them, what it is related to, what it rests on."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Annotated, Any

import orjson
from fastapi import APIRouter, Depends, Query, Request, Response

from graphapi.dates import Span
from graphapi.errors import InputRefused
from graphapi.export.tables import NEIGHBORS, NODES, PLACES
from graphapi.period import End, held_relationship, period_of
from graphapi.reading.closeness import close_ids
from graphapi.reading.graphs import not_found
from graphapi.reading.labels import Depths
from graphapi.store import Store
from graphapi.web.bodies import Body, json_response, node_body, place_body, relationship_body
from graphapi.web.cursors import Filters, read_cursor, write_cursor
from graphapi.web.dependencies import DepthsGiven, OntologyGiven, StoreGiven, check_label, check_type, span_of, wants_json
from graphapi.web.parameters import EntityId, EntityPage, NeighborPage, Page, SidePage, TwoMoments
from graphapi.web.recorded import known_entity, known_neighbors, open_archive
from graphapi.web.shapes import Entities, EntityShape, EvidenceOfEntity, Neighbors
from graphapi.web.tables import list_response, list_route

PRESELECTED = {"agencies": "Agency", "agreements": "Agreement", "issues": "Issue", "events": "Event", "measures": "Measure"}
router = APIRouter(tags=["entities"])


@dataclass(frozen=True)
class Listing:
    """A list by the name that its cursors carry, with the parameters that its text takes."""

    name: str
    text: str
    given: dict[str, str | None]


@list_route(router, "/entities", Entities, "Entities by label and side")
def entities(
    request: Request, page: Annotated[EntityPage, Query()], store: StoreGiven, depths: DepthsGiven, ontology: OntologyGiven
) -> Response:
    """List entities in order of id; `label` may also be Source."""
    check_label(page.label, ontology)
    given = {"label": page.label or "Entity", "side": page.side}
    return list_response(request, _entity_list(Listing("entities", "read/graph/entities", given), page, store, depths), NODES)


@list_route(router, "/delegates", Entities, "People of the delegations")
def delegates(request: Request, page: Annotated[SidePage, Query()], store: StoreGiven, depths: DepthsGiven) -> Response:
    """List the people who belong to a delegation, or whose presence at an event is stated, announced or unconfirmed."""
    listing = Listing("delegates", "read/graph/delegates", {"side": page.side})
    return list_response(request, _entity_list(listing, page, store, depths), NODES)


def _preselected(name: str, label: str) -> Callable[..., Response]:
    def route(request: Request, page: Annotated[SidePage, Query()], store: StoreGiven, depths: DepthsGiven) -> Response:
        listing = Listing(name, "read/graph/entities", {"label": label, "side": page.side})
        return list_response(request, _entity_list(listing, page, store, depths), NODES)

    route.__name__ = name
    return route


for _name, _label in PRESELECTED.items():
    _described = f"The entities with the label {_label}, in order of id."
    list_route(router, f"/{_name}", Entities, _name.capitalize(), _described)(_preselected(_name, _label))


@router.get("/entities/{id}", response_model=EntityShape, summary="One entity", dependencies=[Depends(wants_json)])
def entity(
    id: EntityId,  # noqa: A002
    moment: Annotated[TwoMoments, Query()],
    store: StoreGiven,
    depths: DepthsGiven,
    ontology: OntologyGiven,
) -> Response:
    """Return an entity or a source; with `known_at`, as our data had it on a day."""
    if moment.known_at is not None:
        return json_response(known_entity(open_archive(store, ontology, moment.known_at, moment.as_of), id))
    as_of = span_of(moment.as_of)
    rows = store.rows("read/graph/entity", id=id, as_of=period_of(as_of))
    if not rows:
        raise not_found(store, id, as_of)
    return json_response(node_body(rows[0]["labels"], rows[0]["properties"], depths, as_of))


@list_route(router, "/entities/{id}/neighbors", Neighbors, "What an entity is related to")
def neighbors(  # noqa: PLR0913 - FastAPI gives a route what it names
    request: Request,
    id: EntityId,  # noqa: A002
    page: Annotated[NeighborPage, Query()],
    store: StoreGiven,
    depths: DepthsGiven,
    ontology: OntologyGiven,
) -> Response:
    """List relationships, negative and tentative ones too, with the node at their other end; in order of the relationships' ids.

    With `known_at` they are those that our data had on a day.
    """
    check_type(page.type, ontology)
    if page.known_at is not None:
        return list_response(request, known_neighbors(open_archive(store, ontology, page.known_at, page.as_of), id, page), NEIGHBORS)
    as_of = span_of(page.as_of)
    filters = {"id": id, "type": page.type, "direction": page.direction, "as_of": page.as_of}
    after = read_cursor(page.cursor, "neighbors", filters)
    given = {"id": id, "direction": page.direction, "after": after, "limit": page.limit + 1, "as_of": period_of(as_of)}
    records = (
        store.records("read/graph/neighbors", given)
        if page.type is None
        else store.records("read/graph/neighbors-by-type", given | {"type": page.type})
    )
    if not records:
        _check_exists(store, id)
    around = _around(store, id, records[: page.limit], as_of)
    items = [around.item(record, depths) for record in records[: page.limit]]
    position = items[-1]["relationship"]["id"] if len(records) > page.limit else None
    return list_response(request, {"items": items, "next": position and write_cursor("neighbors", filters, position)}, NEIGHBORS)


@list_route(router, "/entities/{id}/evidence", EvidenceOfEntity, "What an entity rests on")
def evidence_of_entity(
    request: Request,
    id: EntityId,  # noqa: A002
    page: Annotated[Page, Query()],
    store: StoreGiven,
    depths: DepthsGiven,
) -> Response:
    """List the places in sources that an entity rests on, each with its source and with what of the entity rests on it."""
    as_of = span_of(page.as_of)
    filters = {"id": id, "as_of": page.as_of}
    after = read_cursor(page.cursor, "evidence", filters)
    found = store.rows("read/graph/entity", id=id, as_of=None)
    if not found:
        raise not_found(store, id)
    named = _properties_by_place(found[0]["properties"])
    rows = store.rows("read/graph/entity-evidence", id=id, places=sorted(named), after=after, limit=page.limit + 1, as_of=period_of(as_of))
    items = [_evidence_item(row, named, depths) for row in rows[: page.limit]]
    position = items[-1]["id"] if len(rows) > page.limit else None
    return list_response(request, {"items": items, "next": position and write_cursor("evidence", filters, position)}, PLACES)


@dataclass(frozen=True)
class Around:
    """An entity whose neighbours are listed, as of a date; `end` is what marks of its relationships need of it."""

    id: str
    as_of: Span | None
    end: End | None

    def item(self, record: Sequence[Any], depths: Depths) -> Body:
        """Return {relationship, node} of a record: type, outgoing, relationship, labels, node."""
        kind, outgoing, relationship, labels, node = record
        ends = (self.end, (labels, node)) if outgoing else ((labels, node), self.end)
        mark = held_relationship(relationship, self.as_of, *ends) if self.as_of else None
        names = (self.id, node["id"]) if outgoing else (node["id"], self.id)
        return {"relationship": relationship_body(kind, names, relationship, mark), "node": node_body(labels, node, depths, self.as_of)}


def _around(store: Store, identifier: str, records: Sequence[Any], as_of: Span | None) -> Around:
    rows = store.rows("read/graph/entity", id=identifier, as_of=None) if as_of and records else []
    return Around(identifier, as_of, (rows[0]["labels"], rows[0]["properties"]) if rows else None)


def _entity_list(listing: Listing, page: SidePage, store: Store, depths: Depths) -> Body:
    as_of = span_of(page.as_of)
    filters: Filters = listing.given | {"as_of": page.as_of}
    after = read_cursor(page.cursor, listing.name, filters)
    rows = store.rows(listing.text, **listing.given, after=after, limit=page.limit + 1, as_of=period_of(as_of))
    if not rows and page.side is not None:
        check_side(store, page.side)
    items = [node_body(row["labels"], row["properties"], depths, as_of) for row in rows[: page.limit]]
    position = items[-1]["id"] if len(rows) > page.limit else None
    return {"items": items, "next": position and write_cursor(listing.name, filters, position)}


def check_side(store: Store, side: str) -> None:
    """Raise InputRefused with the closest ids unless there is a country with this id."""
    rows = store.rows("read/graph/entity", id=side, as_of=None)
    if not rows or "Country" not in rows[0]["labels"]:
        close = ", ".join(close_ids(store, side))
        hint = f"Close to it: {close}." if close else "Countries: /api/v1/entities?label=Country."
        raise InputRefused(f"There is no country with the id {side!r}.", hint=hint, parameter="side")


def _check_exists(store: Store, identifier: str) -> None:
    if not store.rows("read/graph/entity", id=identifier, as_of=None):
        raise not_found(store, identifier)


def _properties_by_place(properties: Body) -> dict[str, list[str]]:
    """Return, for each place, the names of the properties that name it as evidence of their value."""
    named: dict[str, list[str]] = defaultdict(list)
    for text in properties.get("values", ()):
        account: dict[str, Any] = orjson.loads(text)
        for place in account.get("evidence", ()):
            if account["property"] not in named[place]:
                named[place].append(account["property"])
    return named


def _evidence_item(row: Body, named: dict[str, list[str]], depths: Depths) -> Body:
    return place_body(row["id"], row["place"], row["source"], depths) | {
        "whole": row["whole"],
        "properties": sorted(named.get(row["id"], [])),
        "relationships": sorted(row["relationships"]),
        "claims": sorted(row["claims"], key=lambda claim: str(claim["id"])),
    }
