"""Graphs read from the database: the whole, or what lies around one entity."""

from collections.abc import Iterable
from typing import Any

from pydantic import Field

from graphapi.dates import Span
from graphapi.errors import NotFound
from graphapi.model import Graph, Node, Relationship, Shape, relationship_id
from graphapi.ontology import Ontology
from graphapi.period import native_properties, period_of
from graphapi.reading.closeness import close_ids
from graphapi.reading.labels import Depths, label_depths, sort_labels
from graphapi.reading.moment import mark_graph
from graphapi.reading.sides import read_side_names
from graphapi.stats import read_datasets
from graphapi.store import Store

MAX_NODES = 2000
MAX_RELATIONSHIPS = 20_000
MAX_DEPTH = 3
PAGE = 501
Found = dict[str, tuple[list[str], dict[str, Any]]]


class Extent(Shape):
    """What part of the graph: all of it, or the nodes up to `depth` steps `around` one; of one label only, as of a date."""

    around: str | None = None
    depth: int = Field(1, ge=1, le=MAX_DEPTH)
    label: str | None = None
    as_of: Span | None = None
    limit: int = Field(MAX_NODES, ge=1, le=MAX_NODES)


def read_graph(store: Store, ontology: Ontology, extent: Extent | None = None, *, with_places: bool = False) -> Graph:
    """Read part of the graph, by default all of it, in order of ids: at most `limit` nodes, else `truncated`.

    `with_places` adds the places and sources that what was found rests on, beyond the limit; the whole graph has them anyway. A node's
    `values` stay JSON texts. Raises NotFound when there is nothing by the id in `around`.
    """
    wanted = extent or Extent()
    found, truncated = _around(store, wanted) if wanted.around else _whole(store, wanted)
    return complete(store, ontology, found, wanted.as_of, truncated=truncated, with_places=with_places)


def complete(  # noqa: PLR0913 - what a graph is made of
    store: Store, ontology: Ontology, found: Found, as_of: Span | None, *, truncated: bool = False, with_places: bool = True
) -> Graph:
    """Return the graph of nodes that were found: with the relationships among them, the places they rest on, its marks as of a date."""
    period = period_of(as_of)
    rows = _relationships(store, list(found), period)
    if with_places:
        found |= _places(store, found, rows)
        rows = _relationships(store, list(found), period)
    depths, datasets = label_depths(ontology), read_datasets(store)
    graph = Graph(
        nodes=tuple(node_of(*found[identifier], depths) for identifier in sorted(found)),
        relationships=tuple(sorted((relationship_of(row) for row in rows[:MAX_RELATIONSHIPS]), key=lambda one: one.id)),
        truncated=truncated or len(rows) > MAX_RELATIONSHIPS,
        as_of=as_of.text if as_of else None,
        datasets=datasets,
        side_names=read_side_names(store, datasets, found),
    )
    return mark_graph(graph, as_of)


def _whole(store: Store, wanted: Extent) -> tuple[Found, bool]:
    period = period_of(wanted.as_of)
    if wanted.label is None:
        found = _found(store.rows("read/graph/graph-nodes", limit=wanted.limit + 1, as_of=period))
        return _cut(found, wanted.limit)
    found, after = {}, ""
    while len(found) <= wanted.limit:
        rows = store.rows("read/graph/entities", label=wanted.label, side=None, after=after, limit=PAGE, as_of=period)
        found |= _found(rows)
        if len(rows) < PAGE:
            break
        after = rows[-1]["properties"]["id"]
    return _cut(found, wanted.limit)


def _around(store: Store, wanted: Extent) -> tuple[Found, bool]:
    period = period_of(wanted.as_of)
    identifier = wanted.around or ""
    found = _found(store.rows("read/graph/entity", id=identifier, as_of=period))
    if not found:
        raise not_found(store, identifier, wanted.as_of)
    fresh, truncated = list(found), False
    for _ in range(wanted.depth):
        met = _found(store.rows("read/graph/graph-step", ids=fresh, limit=wanted.limit + 1, as_of=period))
        fresh = [identifier for identifier in met if identifier not in found]
        found, truncated = _cut(found | met, wanted.limit)
        if truncated or not fresh:
            break
    if wanted.label is not None:
        found = {key: (labels, properties) for key, (labels, properties) in found.items() if wanted.label in labels or key == wanted.around}
    return found, truncated


def _relationships(store: Store, ids: list[str], period: dict[str, Any] | None) -> list[dict[str, Any]]:
    return store.rows("read/graph/graph-relationships", ids=ids, limit=MAX_RELATIONSHIPS + 1, as_of=period)


def _places(store: Store, found: Found, rows: Iterable[dict[str, Any]]) -> Found:
    carried = [properties for _, properties in found.values()] + [row["properties"] for row in rows]
    named = {place for properties in carried for place in properties.get("evidence", ())}
    return {key: value for key, value in _found(store.rows("read/graph/graph-places", ids=sorted(named))).items() if key not in found}


def _found(rows: Iterable[dict[str, Any]]) -> Found:
    return {row["properties"]["id"]: (row["labels"], row["properties"]) for row in rows}


def _cut(found: Found, limit: int) -> tuple[Found, bool]:
    return dict(list(found.items())[:limit]), len(found) > limit


def not_found(store: Store, identifier: str, as_of: Span | None = None) -> NotFound:
    """Return the error for an id of nothing; it says so when there is something, but later than the as-of date."""
    if as_of is not None and store.rows("read/graph/entity", id=identifier, as_of=None):
        return NotFound(f"entity as of {as_of.text}", identifier[:120], (), hint="Our sources date it later: leave out as_of.")
    return NotFound("entity", identifier[:120], close_ids(store, identifier))


def node_of(labels: list[str], properties: dict[str, Any], depths: Depths) -> Node:
    """Return the node of a row."""
    kept = native_properties(properties)
    return Node(id=kept.pop("id"), labels=tuple(sort_labels(labels, depths)), name=kept.pop("name"), properties=kept)


def relationship_of(row: dict[str, Any]) -> Relationship:
    """Return the relationship of a row with type, start, end and properties."""
    kept: dict[str, Any] = dict(native_properties(row["properties"]))
    kept.pop("id", None)
    identifier = relationship_id(row["start"], row["type"], row["end"])
    evidence = tuple(kept.pop("evidence", ()))
    return Relationship(id=identifier, type=row["type"], start=row["start"], end=row["end"], properties=kept, evidence=evidence)
