"""The query files: texts of the product's own, and the public catalogue with its headers."""

import re
from functools import lru_cache
from itertools import takewhile
from pathlib import Path
from typing import Any, Literal

import yaml
from pydantic import Field, ValidationError

from graphapi.errors import UsageError
from graphapi.model import Shape
from graphapi.resources import folder

# What columns of questions hold: {id, name}, a list of those, `source:locator`s, a step of a path.
AnswerType = Literal["entity", "entities", "evidence", "step"]
ParameterType = Literal["entity", "text", "texts", "integer", "boolean", "date", "id"]
ColumnType = Literal["node", "relationship", "path", "text", "texts", "integer", "number", "boolean", "date", "map", "list"] | AnswerType
AS_OF = "as_of"
RESERVED = {AS_OF}
USED = re.compile(r"\$(?:`([^`]+)`|([A-Za-z_][A-Za-z0-9_]*))")


class Parameter(Shape):
    """One parameter of a query; it is optional when it has a default, which may be null.

    The default `as_of` stands for the as-of date of the question, and for today when it has none.
    """

    type: ParameterType
    description: str = Field(min_length=1)
    example: Any = None
    label: str | None = None
    default: Any = None
    optional: bool = False
    minimum: int | None = None
    maximum: int | None = None


class Column(Shape):
    """One column of an answer.

    A `label` says that its texts are, or begin with, ids of entities of that label; an answer gives their names beside its rows.
    """

    type: ColumnType
    description: str = Field(min_length=1)
    label: str | None = None


class Axes(Shape):
    """The columns of a matrix that head its rows and its columns; all others stand in its cells."""

    down: str
    across: str


class Query(Shape):
    """One query file: its name is the file's, its group the folder's; `text` runs as it is in Neo4j Browser.

    `timeless` says that what it returns has no date, so that the text has no use for $as_of. A text with a `shape` is a question that the
    public may ask by name; a series is in order of its column `date`, a matrix has `axes`, a graph may say of which columns it shows the
    entities (`drawn`). `implied` describes parameters that are handed in with every run, like $as_of: what the ontology says.
    """

    name: str
    group: str
    title: str = Field(min_length=1)
    description: str = Field(min_length=1)
    parameters: dict[str, Parameter]
    returns: dict[str, Column] = Field(min_length=1)
    timeless: bool = False
    shape: Literal["table", "graph", "series", "matrix"] | None = None
    axes: Axes | None = None
    drawn: tuple[str, ...] = ()
    implied: dict[str, str] = Field(default_factory=dict)
    text: str

    @property
    def code(self) -> str:
        """The text without its header and other lines of comment."""
        return "\n".join(line for line in self.text.splitlines() if not line.startswith("//"))

    @property
    def json_code(self) -> str:
        """The text for parameters that come as JSON, which has no dates: it reads each from a text, with date()."""
        dated = [AS_OF, *(name for name, parameter in self.parameters.items() if parameter.type == "date")]
        return re.sub(rf"(\$(?:{'|'.join(map(re.escape, dated))})\.(?:earliest|latest))\b", r"date(\1)", self.code)

    @property
    def has_chains(self) -> bool:
        """Whether its rows are steps of chains; a graph without them is that of the entities in its rows."""
        return any(column.type == "step" for column in self.returns.values())


class RefusedFile(Shape):
    """A query file that was not taken up: its path below its folder, the line, counted from 1, and why."""

    file: str
    line: int
    reason: str


class Catalogue(Shape):
    """The public queries by name; `own` are the names of those whose files are not the product's."""

    queries: dict[str, Query]
    own: frozenset[str] = frozenset()
    refused: tuple[RefusedFile, ...] = ()

    def __getitem__(self, name: str) -> Query:
        return self.queries[name]

    @property
    def questions(self) -> dict[str, Query]:
        """The queries that have a shape: questions that the public may ask."""
        return {name: query for name, query in self.queries.items() if query.shape is not None}


@lru_cache(maxsize=256)
def statement(name: str) -> str:
    """Return a text of the product's own by its path below cypher/, such as `write/lock-graph`."""
    return (folder("cypher") / f"{name}.cypher").read_text(encoding="utf-8")


def read_catalogue(root: Path | None = None) -> Catalogue:
    """Read every query file below a folder; without one the bundled cypher/read.

    Raises UsageError naming file and line of the first wrong header.
    """
    base = root or folder("cypher") / "read"
    queries: dict[str, Query] = {}
    for file in sorted(base.rglob("*.cypher")):
        query = read_query(file)
        if query.name in queries:
            raise UsageError(f"{file}: the query {query.name} stands twice.", hint="Rename one of the files.")
        queries[query.name] = query
    return Catalogue(queries=queries)


def read_query(file: Path) -> Query:
    """Read one query file.

    Raises UsageError naming file and line when its header is missing, malformed, or at odds with the parameters that the text uses.
    """
    text = file.read_text(encoding="utf-8")
    head = takewhile(lambda line: line.startswith("//"), text.splitlines())
    header = "\n".join(line.removeprefix("//").removeprefix(" ") for line in head)
    try:
        body = yaml.safe_load(header) or {}
        parameters = {name: _parameter(given) for name, given in (body.pop("parameters", None) or {}).items()}
        query = Query(name=file.stem, group=file.parent.name, text=text, parameters=parameters, **body)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise UsageError(f"{file}:{line}: the header is not YAML: {error.problem}.") from error
    except (ValidationError, TypeError, AttributeError) as error:
        raise UsageError(f"{file}:1: the header is wrong: {_first(error)}.") from error
    _check_parameters(query, file)
    _check_shape(query, file)
    return query


def _parameter(given: Any) -> Parameter:
    return Parameter.model_validate(given | {"optional": "default" in given} if isinstance(given, dict) else given)


def _first(error: Exception) -> str:
    if isinstance(error, ValidationError):
        fault = error.errors()[0]
        return f"{'.'.join(str(part) for part in fault['loc'])}: {fault['msg'].lower()}"
    return str(error)


def _check_shape(query: Query, file: Path) -> None:
    dated = query.returns.get("date")
    if query.shape == "series" and (dated is None or dated.type != "date"):
        raise UsageError(f"{file}:1: a series returns a column date of type date, and this one does not.")
    if (query.shape == "matrix") != (query.axes is not None):
        fault = "a matrix names its axes" if query.axes is None else "only a matrix has axes"
        raise UsageError(f"{file}:1: {fault}: {{down: column, across: column}}.")
    named = (query.axes.down, query.axes.across) if query.axes else ()
    missing = [name for name in named if name not in query.returns]
    if missing:
        raise UsageError(f"{file}:1: the axis {missing[0]} is no column that the text returns.")
    if query.drawn and query.shape != "graph":
        raise UsageError(f"{file}:1: only a graph says which columns are drawn.")
    undrawn = [name for name in query.drawn if name not in query.returns or query.returns[name].type not in ("entity", "entities")]
    if undrawn:
        raise UsageError(f"{file}:1: {undrawn[0]} is to be drawn and is no column of entities that the text returns.")


def _check_parameters(query: Query, file: Path) -> None:
    code = "\n".join(line for line in query.text.splitlines() if not line.startswith("//"))
    used = {quoted or bare for quoted, bare in USED.findall(code)}
    declared = set(query.parameters) | set(query.implied)
    if RESERVED & declared:
        raise UsageError(f"{file}:1: as_of is implied and may not stand in a header.")
    if query.timeless == ("as_of" in used):
        fault = "is called timeless and uses" if query.timeless else "does not use"
        raise UsageError(f"{file}:1: the text {fault} $as_of.")
    if used - RESERVED != declared:
        missing, idle = sorted(used - RESERVED - declared), sorted(declared - used)
        what = (
            f"uses ${missing[0]}, which the header does not declare" if missing else f"does not use ${idle[0]}, which the header declares"
        )
        raise UsageError(f"{file}:1: the text {what}.")
