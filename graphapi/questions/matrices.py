"""The rows of an answer laid out as a matrix: headings down and across, and in each cell the rows that stand there."""

from collections.abc import Iterable, Mapping
from typing import Any

from graphapi.catalogue import Axes
from graphapi.model import Shape
from graphapi.stats import read_datasets
from graphapi.store import Store

Rows = list[dict[str, Any]]


class Heading(Shape):
    """What heads a row or a column."""

    id: str
    name: str


class Matrix(Shape):
    """Headings down and across, taken from the columns in `axes`; `cells[down][across]` are numbers of rows of the answer, from 0."""

    axes: Axes
    down: tuple[Heading, ...]
    across: tuple[Heading, ...]
    cells: tuple[tuple[tuple[int, ...], ...], ...]


def read_matrix(store: Store, axes: Axes, rows: Rows) -> Matrix:
    """Lay rows out: headings down in the order of the rows, across the sides of the data sets first, then the others by name."""
    headings = {axis: _headings(store, [row[axis] for row in rows]) for axis in (axes.down, axes.across)}
    down, across = headings[axes.down], _ordered(store, headings[axes.across])
    places: dict[tuple[str, str], list[int]] = {}
    for number, row in enumerate(rows):
        places.setdefault((_id(row[axes.down]), _id(row[axes.across])), []).append(number)
    cells = tuple(tuple(tuple(places.get((one.id, other.id), ())) for other in across) for one in down)
    return Matrix(axes=axes, down=down, across=across, cells=cells)


def _headings(store: Store, values: Iterable[Any]) -> tuple[Heading, ...]:
    """Head a row or column by an entity, or by the id of one, whose name is looked up."""
    found = {_id(value): value for value in values}
    bare = [identifier for identifier, value in found.items() if not isinstance(value, Mapping)]
    known = store.rows("read/connections/nodes", ids=bare) if bare else []
    names = {row["properties"]["id"]: row["properties"].get("name") for row in known}
    names |= {identifier: value["name"] for identifier, value in found.items() if isinstance(value, Mapping)}
    return tuple(Heading(id=identifier, name=str(names.get(identifier) or identifier)) for identifier in found)


def _ordered(store: Store, headings: Iterable[Heading]) -> tuple[Heading, ...]:
    sides = list(dict.fromkeys(side for dataset in read_datasets(store) for side in dataset.sides))
    return tuple(sorted(headings, key=lambda one: (sides.index(one.id) if one.id in sides else len(sides), one.name, one.id)))


def _id(value: Any) -> str:
    return str(value["id"] if isinstance(value, Mapping) else value)
