"""Graphs and lists as tables: what every row has first, then one column a property in order of name."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from graphapi.export.json_text import node_document, relationship_document
from graphapi.model import Graph, Table

Item = Mapping[str, Any]
PARTS = ("part", "id", "labels", "type", "name", "from", "to", "evidence")
# Columns that stand there also when a list is empty, by what its items are.
NODES = ("id", "labels", "name")
NEIGHBORS = tuple(f"relationship.{name}" for name in ("id", "type", "from", "to", "evidence")) + tuple(f"node.{name}" for name in NODES)
PLACES = ("id", "locator", "summary", "sha256", "whole", "properties", "relationships", "claims", "source.id")
HITS = ("score", "why.field", "why.value", "why.how", *(f"node.{name}" for name in NODES))


def graph_table(graph: Graph) -> Table:
    """Return nodes, then relationships, in one table; the column `part` says which a row is."""
    items = [{"part": "node", **node_document(node)} for node in graph.nodes]
    items += [{"part": "relationship", **relationship_document(one)} for one in graph.relationships]
    return items_table(items, PARTS, truncated=graph.truncated)


def items_table(items: Iterable[Item], first: Sequence[str], *, truncated: bool = False) -> Table:
    """Return items as the API shows them, flattened; `first` are the columns that it begins with, there or not.

    `properties` are columns of their own; one that has the name of another column keeps `properties.` before its own. A part that is
    a node or a relationship puts its name before its columns: `node.id`, `relationship.type`.
    """
    known = frozenset(first) - {"evidence"}
    rows = [_flat(item, known) for item in items]
    columns = (*first, *sorted({name for row in rows for name in row} - set(first)))
    return Table(columns=columns, rows=tuple(tuple(row.get(name) for name in columns) for row in rows), truncated=truncated)


def _flat(item: Item, known: frozenset[str], before: str = "") -> dict[str, Any]:
    row: dict[str, Any] = {}
    for name, value in item.items():
        if name == "properties" and isinstance(value, Mapping):
            row |= {f"{before}properties.{one}" if before + one in known else before + one: held for one, held in value.items()}
        elif isinstance(value, Mapping):
            row |= _flat(value, known, f"{before}{name}.")
        else:
            row[before + name] = value
    return row
