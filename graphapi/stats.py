"""How much the graph holds, counted in the database or in a graph of ours, in one shape."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

from graphapi.model import DatasetHead, DatasetVersion, Graph, Shape, Story
from graphapi.store import Store
from graphapi.stories import read_stories


class Stats(Shape):
    """Counts by label, by relationship type, of places and of sources; `version` rises with every load.

    An entity counts under each of its labels but Entity, so an Agency is counted as an Organization too and the numbers do not add up to
    the number of entities. Relationships count under their type, the ones that join places to sources (FROM) included.
    """

    entities: dict[str, int]
    relationships: dict[str, int]
    evidence: int
    sources: int
    datasets: tuple[DatasetHead, ...] = ()
    version: int = 0


def read_stats(store: Store, period: dict[str, date | None] | None = None) -> Stats:
    """Count what the database holds, as of a period if given: its first and its last day."""
    rows = store.rows("read/graph/stats", as_of=period)
    labels = ((row["names"], row["count"]) for row in rows if row["kind"] == "node")
    types = {row["names"][0]: row["count"] for row in rows if row["kind"] == "relationship"}
    return _stats(labels, types, read_datasets(store), read_version(store))


def graph_stats(graph: Graph) -> Stats:
    """Count what a graph of ours holds; its version is 0."""
    labels = Counter(node.labels for node in graph.nodes)
    types = Counter(relationship.type for relationship in graph.relationships)
    return _stats(labels.items(), types, graph.datasets, 0)


def read_datasets(store: Store) -> tuple[DatasetVersion, ...]:
    """Return the data sets in the database, in order of id."""
    return store.once("datasets", lambda: tuple(_head(row["dataset"]) for row in store.rows("read/graph/datasets")))


def read_version(store: Store) -> int:
    """Return the version of the graph, 0 before the first load."""
    return int(store.rows("write/graph-state")[0]["version"] or 0)


def _head(properties: dict[str, Any]) -> DatasetVersion:
    stories = properties.pop("stories", None)
    found = {key: value for key, value in properties.items() if value is not None}
    return DatasetVersion(**found, stories=_stories(stories) if stories else ())


@lru_cache(maxsize=32)
def _stories(text: str) -> tuple[Story, ...]:
    """Read the stories of a data set, which every answer asks for with its version: once for each text."""
    return read_stories(text)


def read_edition(store: Store) -> tuple[int, str]:
    """Return the graph's version and the moment of its last change: a graph that was emptied and loaded anew counts from 1 again."""
    found = store.rows("write/graph-state")[0]
    return int(found["version"] or 0), str(found["changed"] or "")


def _stats(labels: Iterable[tuple[Iterable[str], int]], types: dict[str, int], datasets: Sequence[DatasetHead], version: int) -> Stats:
    counts: Counter[str] = Counter()
    for names, count in labels:
        for name in names:
            counts[name] += count
    counts.pop("Entity", None)
    return Stats(
        evidence=counts.pop("Evidence", 0),
        sources=counts.pop("Source", 0),
        entities=dict(sorted(counts.items())),
        relationships=dict(sorted(types.items())),
        datasets=tuple(datasets),
        version=version,
    )
