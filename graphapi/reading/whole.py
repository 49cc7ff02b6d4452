"""The whole graph without a cap, read page by page: for a file, not for a picture."""

from collections.abc import Iterator
from typing import Any

from graphapi.dates import Span
from graphapi.errors import Conflict
from graphapi.model import Graph, Node, Relationship
from graphapi.ontology import Ontology
from graphapi.period import period_of
from graphapi.reading.graphs import node_of, relationship_of
from graphapi.reading.labels import label_depths
from graphapi.reading.moment import mark_graph
from graphapi.stats import read_datasets, read_version
from graphapi.store import Store

PAGE = 1000
PARTS = ("Entity", "Source", "Evidence")


def read_whole(store: Store, ontology: Ontology, as_of: Span | None = None) -> Graph:
    """Read everything, as `read_graph` orders it; it is held in memory.

    Raises Conflict when a load changed the graph meanwhile.
    """
    version, period, depths = read_version(store), period_of(as_of), label_depths(ontology)
    nodes, rows = [], []
    for page in _pages(store, period):
        nodes += [node_of(row["labels"], row["properties"], depths) for row in page]
        rows += store.rows("read/export/export-relationships", ids=[node.id for node in nodes[-len(page) :]], as_of=period)
    _check_unchanged(store, version)
    known = {node.id for node in nodes}
    relationships = sorted((relationship_of(row) for row in rows if row["end"] in known), key=lambda one: one.id)
    graph = Graph(
        nodes=tuple(sorted(nodes, key=lambda node: node.id)),
        relationships=tuple(relationships),
        as_of=as_of.text if as_of else None,
        datasets=read_datasets(store),
    )
    return mark_graph(graph, as_of)


def walk_whole(store: Store, ontology: Ontology, version: int) -> Iterator[Node | Relationship]:
    """Yield everything a page at a time: nodes, and after each page of them the relationships that begin there; none of it is kept.

    Raises Conflict at the end when the graph is no longer of this version.
    """
    depths = label_depths(ontology)
    for page in _pages(store, None):
        yield from (node_of(row["labels"], row["properties"], depths) for row in page)
        ids = [row["properties"]["id"] for row in page]
        yield from map(relationship_of, store.rows("read/export/export-relationships", ids=ids, as_of=None))
    _check_unchanged(store, version)


def _check_unchanged(store: Store, version: int) -> None:
    if read_version(store) != version:
        raise Conflict("The graph was changed while it was read.", hint="Do it again when the load is over.")


def _pages(store: Store, period: dict[str, Any] | None) -> Iterator[list[dict[str, Any]]]:
    for part in PARTS:
        after = ""
        while page := store.rows("read/export/export-nodes", part=part, after=after, limit=PAGE, as_of=period):
            after = page[-1]["properties"]["id"]
            yield page
