"""The graph that an answer's chains walk over."""

from collections.abc import Iterable, Mapping
from typing import Any

from graphapi.catalogue import Query
from graphapi.dates import Span
from graphapi.model import Graph, Node, Relationship, relationship_id
from graphapi.ontology import Ontology
from graphapi.period import native_properties, period_of
from graphapi.questions.answer import Row
from graphapi.reading.graphs import MAX_RELATIONSHIPS
from graphapi.reading.labels import label_depths, sort_labels
from graphapi.reading.moment import mark_graph
from graphapi.reading.sides import read_side_names
from graphapi.stats import read_datasets
from graphapi.store import Store


def read_drawn(store: Store, ontology: Ontology, query: Query, rows: Iterable[Row], as_of: Span | None) -> Graph:
    """Return the graph of an answer: of chains what they walk over and nothing else, else the entities in its rows and what joins them."""
    if not query.has_chains:
        kinds = {name: column.type for name, column in query.returns.items() if not query.drawn or name in query.drawn}
        return _read_among(store, ontology, sorted(_entities(rows, kinds)), as_of)
    steps = [row["relationship"] for row in rows]
    walked = {step["id"] for step in steps}
    graph = _read_among(store, ontology, sorted({step[end]["id"] for step in steps for end in ("from", "to")}), as_of)
    return graph.model_copy(update={"relationships": tuple(one for one in graph.relationships if one.id in walked)})


def _entities(rows: Iterable[Row], kinds: Mapping[str, str]) -> set[str]:
    cells = [(row[name], kind) for row in rows for name, kind in kinds.items() if kind in ("entity", "entities")]
    return {one["id"] for cell, kind in cells for one in ((cell or []) if kind == "entities" else [cell]) if one}


def _read_among(store: Store, ontology: Ontology, ids: list[str], as_of: Span | None) -> Graph:
    period, datasets = period_of(as_of), read_datasets(store)
    among = store.rows("read/graph/graph-relationships", ids=ids, limit=MAX_RELATIONSHIPS, as_of=period) if ids else []
    graph = Graph(
        nodes=tuple(_nodes(store.rows("read/connections/nodes", ids=ids), ontology)),
        relationships=tuple(_relationship(row) for row in among),
        as_of=as_of.text if as_of else None,
        datasets=datasets,
        side_names=read_side_names(store, datasets, ids),
    )
    return mark_graph(graph, as_of)


def with_places(store: Store, ontology: Ontology, graph: Graph) -> Graph:
    """Return a graph with the places and the sources that it rests on."""
    named = {place for node in graph.nodes for place in node.evidence} | {place for one in graph.relationships for place in one.evidence}
    places = _nodes(store.rows("read/graph/graph-places", ids=sorted(named)), ontology)
    return graph.model_copy(update={"nodes": (*graph.nodes, *places)})


def _nodes(rows: Iterable[dict[str, Any]], ontology: Ontology) -> Iterable[Node]:
    depths = label_depths(ontology)
    for row in rows:
        kept = native_properties(row["properties"])
        identifier, name = str(kept.pop("id")), str(kept.pop("name", ""))
        yield Node(id=identifier, labels=tuple(sort_labels(row["labels"], depths)), name=name, properties=kept)


def _relationship(row: dict[str, Any]) -> Relationship:
    kept = native_properties(row["properties"])
    kept.pop("id", None)
    evidence = kept.pop("evidence", [])
    identifier = relationship_id(row["start"], row["type"], row["end"])
    places = tuple(evidence) if isinstance(evidence, list) else ()
    return Relationship(id=identifier, type=row["type"], start=row["start"], end=row["end"], properties=kept, evidence=places)
