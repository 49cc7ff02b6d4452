"""The shapes that every other module speaks: nodes, relationships, graphs, tables."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

Value = str | int | float | bool | date | list[str]
Properties = dict[str, Value]
Held = Literal["yes", "possibly", "unknown"]


class Shape(BaseModel):
    """A frozen value that refuses keys it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Node(Shape):
    """A node as the API shows it; `labels` run from the most general to the most particular.

    `held` stands there as of a date only: whether what has a day of its own had come about by then.
    """

    id: str
    labels: tuple[str, ...]
    name: str
    properties: Properties = Field(default_factory=dict)
    held: Held | None = None

    @property
    def label(self) -> str:
        """The most particular label, `Round` for a node that is an Entity, an Event and a Round."""
        return self.labels[-1]

    @property
    def evidence(self) -> tuple[str, ...]:
        """Ids of the places that show it, as `source:locator`."""
        return texts(self.properties, "evidence")


class Relationship(Shape):
    """A relationship as the API shows it; `from` and `to` are ids of nodes; `held`, as of a date only, says whether it held then."""

    id: str
    type: str
    start: Annotated[str, Field(alias="from")]
    end: Annotated[str, Field(alias="to")]
    properties: Properties = Field(default_factory=dict)
    evidence: tuple[str, ...] = ()
    held: Held | None = None


class Camera(Shape):
    """Where the picture looks during a step: at what is in focus, at everything, or at a point `at` (x, y) with a `zoom`."""

    fit: Literal["focus", "all"] | None = None
    at: tuple[float, float] | None = None
    zoom: float | None = None


class Step(Shape):
    """One step of a story: `focus` are ids of entities that it speaks of; `day` is the last day that its `date` may mean."""

    title: str
    text: str
    focus: tuple[str, ...]
    date: str = ""
    day: str = ""
    camera: Camera | None = None


class Story(Shape):
    """A way through a data set in steps, in the words of those who wrote the data set."""

    id: str
    title: str
    text: str = ""
    steps: tuple[Step, ...]


class DatasetHead(Shape):
    """What a data set says of itself; `sides` are country ids in the order of the table, left to right."""

    id: str
    version: str
    title: str
    sides: tuple[str, ...] = ()
    licence: str = ""
    description: str = ""


class DatasetVersion(DatasetHead):
    """A data set as it stands in a graph, with its stories."""

    stories: tuple[Story, ...] = ()


class Graph(Shape):
    """Nodes with the relationships among them; `truncated` when a cap cut it; `side_names` of sides by id that are no node of it."""

    nodes: tuple[Node, ...] = ()
    relationships: tuple[Relationship, ...] = ()
    truncated: bool = False
    as_of: str | None = None
    datasets: tuple[DatasetVersion, ...] = ()
    side_names: Mapping[str, str] = Field(default_factory=dict)

    def _repr_html_(self) -> str:
        """Show the picture in a notebook, in a frame of its own and without a network."""
        from visualizer.notebook import frame  # noqa: PLC0415 - the one look upwards: only who looks at a graph needs the visualizer

        return frame(self)


class Table(Shape):
    """Rows under named columns."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...] = ()
    truncated: bool = False


def relationship_id(start: str, kind: str, end: str) -> str:
    """Return the id of a relationship: `start--TYPE--end`."""
    return f"{start}--{kind}--{end}"


def texts(properties: Properties, name: str) -> tuple[str, ...]:
    """Return a property that is a list of texts; empty when it is missing."""
    value = properties.get(name)
    return tuple(value) if isinstance(value, list) else ()
