"""The graph that an answer's chains walk over."""

from collections.abc import Iterable
from typing import Any

from graphapi.dates import Span
from graphapi.model import Graph, Node, Relationship, relationship_id
from graphapi.ontology import Ontology
from graphapi.questions.answer import Row
from graphapi.reading.graphs import MAX_RELATIONSHIPS
from graphapi.reading.labels import label_depths, sort_labels
from graphapi.reading.period import native_properties, period_of
from graphapi.stats import read_datasets
from graphapi.store import Store


def read_walk(store: Store, ontology: Ontology, rows: Iterable[Row], as_of: Span | None) -> Graph:
    """Return the nodes and the relationships of steps, and nothing else that may lie between them."""
    steps = [row["relationship"] for row in rows]
    ids = sorted({step[end]["id"] for step in steps for end in ("from", "to")})
    walked = {step["id"] for step in steps}
    period = period_of(as_of)
    among = store.rows("read/graph/graph-relationships", ids=ids, limit=MAX_RELATIONSHIPS, as_of=period) if ids else []
    return Graph(
        nodes=tuple(_nodes(store.rows("read/connections/nodes", ids=ids), ontology)),
        relationships=tuple(_relationship(row) for row in among if row["properties"]["id"] in walked),
        as_of=as_of.text if as_of else None,
        datasets=read_datasets(store),
    )


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
