"""What is asked and what is answered."""

from typing import Any

from pydantic import Field

from graphapi.catalogue import Column
from graphapi.export import graph_document
from graphapi.model import Graph, Shape, Table
from graphapi.questions.matrices import Matrix

Row = dict[str, Any]
Document = dict[str, Any]


class Question(Shape):
    """A query by name, with its parameters as a person writes them and the as-of date."""

    name: str
    given: dict[str, str] = Field(default_factory=dict)
    as_of: str | None = None


class DatasetCited(Shape):
    """A data set that an answer rests on."""

    id: str
    version: str


class Answer(Shape):
    """An answer: entities in rows are {id, name}, dates EDTF texts, columns of type evidence lists of `source:locator`.

    `names` are those of sides and of others that rows name by id alone. `not_in_sources` says in sentences what the sources leave open, so
    that no row is not read as no.
    """

    query: str
    parameters: dict[str, Any]
    as_of: str | None
    datasets: tuple[DatasetCited, ...]
    columns: dict[str, Column]
    rows: tuple[Row, ...]
    names: dict[str, str] = Field(default_factory=dict)
    graph: Graph | None = None
    matrix: Matrix | None = None
    scalar: Document | None = None
    truncated: bool = False
    not_in_sources: tuple[str, ...] = ()


def answer_document(answer: Answer) -> Document:
    """Return an answer in the shape of the API; `columns` are the names in order."""
    return {
        "query": answer.query,
        "parameters": answer.parameters,
        "as_of": answer.as_of,
        "datasets": [cited.model_dump() for cited in answer.datasets],
        "columns": list(answer.columns),
        "rows": list(answer.rows),
        "names": answer.names,
        "graph": None if answer.graph is None else graph_document(answer.graph),
        "matrix": None if answer.matrix is None else answer.matrix.model_dump(),
        "scalar": answer.scalar,
        "truncated": answer.truncated,
        "not_in_sources": list(answer.not_in_sources),
    }


def answer_table(answer: Answer) -> Table:
    """Return the rows as a table of plain cells: an entity has a column for its id, and one called `<column>_name` behind it."""
    columns = [name for column, known in answer.columns.items() for name in _names(column, known.type)]
    rows = tuple(tuple(cell for column, known in answer.columns.items() for cell in _cells(row[column], known.type)) for row in answer.rows)
    return Table(columns=tuple(columns), rows=rows, truncated=answer.truncated)


def _names(column: str, kind: str) -> tuple[str, ...]:
    if kind in ("entity", "entities"):
        return column, f"{column}_name"
    return ("from", "from_name", column, "to", "to_name", "certainty") if kind == "step" else (column,)


def _cells(value: Any, kind: str) -> tuple[Any, ...]:
    if kind == "entity":
        return (value["id"], value["name"]) if value else (None, None)
    if kind == "entities":
        return [one["id"] for one in value], [one["name"] for one in value]
    if kind == "step":
        return (value["from"]["id"], value["from"]["name"], value["id"], value["to"]["id"], value["to"]["name"], value["certainty"])
    return (value,)
