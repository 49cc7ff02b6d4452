"""What may stand in the graph, read from ontology.yaml: labels, properties, relationship types, how each is drawn."""

from functools import cached_property
from pathlib import Path
from typing import Literal

import yaml
from pydantic import Field, ValidationError

from graphapi.errors import UsageError
from graphapi.model import Shape

PropertyType = Literal[
    "text", "texts", "integer", "number", "boolean", "date", "day", "id", "reference", "references", "choice", "url", "evidence"
]
Drawn = Literal["node", "folded", "on demand"]
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
Polarity = Literal["positive", "negative", "tentative"]


class Property(Shape):
    """One property; `loader` marks what loading works out and a data file may not set.

    `default` is what leaving it out means; `changes` marks what changes with time, so that the later source is shown and no two differ.
    """

    type: PropertyType
    description: str
    required: bool = False
    loader: bool = False
    label: str | None = None
    choices: tuple[str, ...] = ()
    default: str | None = None
    changes: bool = False


class Colour(Shape):
    """One colour on a light and on a dark ground, as #RRGGBB."""

    light: str
    dark: str


class Palette(Shape):
    """Colours: one a side by its place in the data set's `sides`, `third` for other parties, then by kind."""

    sides: tuple[Colour, ...]
    third: Colour
    meeting: Colour
    agreement: Colour
    issue: Colour
    measure: Colour
    goods: Colour


class Family(Colour):
    """A family of lines in the legend."""

    caption: str


class Label(Shape):
    """A kind of node; `named` says that sources call it by a name, which they do not with what we make of them, such as a claim.

    `icons` are by the node's property `icon`, else its `kind`; a node that they do not name is shown by `icon`.
    """

    plural: str
    description: str
    parent: str | None = None
    entity: bool = True
    named: bool = True
    drawn: Drawn
    shape: str
    icon: str
    icons: dict[str, str] = Field(default_factory=dict)
    colour: str
    lane: str
    in_paths: Literal["through", "end", "never"]
    terms: dict[str, str]
    properties: dict[str, Property]


class RelationshipType(Shape):
    """A kind of relationship; `ends` are pairs of labels, a label standing for its children too."""

    ends: tuple[tuple[str, str], ...]
    forward: str
    backward: str
    polarity: Polarity = "positive"
    structural: bool = False
    family: str
    drawn: Literal["line", "folded", "never"]
    terms: dict[str, str]
    properties: dict[str, Property]


class Ontology(Shape):
    """The whole of it; the one place that says what may stand in the graph."""

    version: int
    palette: Palette
    families: dict[str, Family]
    common: dict[str, Property]
    common_of_relationships: dict[str, Property]
    labels: dict[str, Label]
    relationships: dict[str, RelationshipType] = Field(min_length=1)

    def labels_of(self, label: str) -> tuple[str, ...]:
        """Return the labels that a node of this kind carries, most general first: Entity, Event, Round."""
        chain: list[str] = []
        current: str | None = label
        while current:
            chain.append(current)
            current = self.labels[current].parent
        if self.labels[label].entity:
            chain.append("Entity")
        return tuple(reversed(chain))

    def is_a(self, label: str, other: str) -> bool:
        """Whether a node of `label` also counts as `other`; both sorts of country are organisations."""
        return other in self.labels_of(label)

    def allows(self, kind: str, start: str, end: str) -> bool:
        """Whether a relationship of this type may run between nodes of these labels."""
        return any(self.is_a(start, first) and self.is_a(end, second) for first, second in self.relationships[kind].ends)

    def properties_of_label(self, label: str) -> dict[str, Property]:
        """Return every property that a node of this kind may carry, the common ones first."""
        found = dict(self.common)
        for name in self.labels_of(label):
            if name != "Entity":
                found |= self.labels[name].properties
        return found

    def properties_of_relationship(self, kind: str) -> dict[str, Property]:
        """Return every property that a relationship of this type may carry, the common ones first."""
        return self.common_of_relationships | self.relationships[kind].properties

    @cached_property
    def entity_labels(self) -> tuple[str, ...]:
        """Labels whose nodes users know by id."""
        return tuple(name for name, label in self.labels.items() if label.entity)

    def types_of(self, polarity: Polarity) -> tuple[str, ...]:
        """Return the relationship types of this polarity."""
        return tuple(name for name, kind in self.relationships.items() if kind.polarity == polarity)


def read_ontology(path: Path | None = None) -> Ontology:
    """Read an ontology file; without a path the bundled one.

    Raises UsageError naming the file and what is wrong in it.
    """
    file = path or Path(__file__).with_name("ontology.yaml")
    try:
        tree = yaml.load(file.read_text(encoding="utf-8"), Loader=LOADER)  # noqa: S506 - the safe loader, in C where there is one
        ontology = Ontology.model_validate(tree)
    except (OSError, yaml.YAMLError) as error:
        raise UsageError(f"The ontology {file} cannot be read: {error}.") from error
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        raise UsageError(f"The ontology {file} is wrong at {place}: {first['msg'].lower()}.") from error
    _check_names(ontology, file)
    return ontology


def _check_names(ontology: Ontology, file: Path) -> None:
    known = set(ontology.labels) | {"Entity"}
    colours = set(Palette.model_fields) - {"sides"} | {"side"}
    for name, label in ontology.labels.items():
        if label.parent is not None and label.parent not in known:
            raise UsageError(f"The ontology {file} gives {name} the unknown parent {label.parent}.")
        if label.colour not in colours:
            raise UsageError(
                f"The ontology {file} gives {name} the unknown colour {label.colour}.", hint=f"Known: {', '.join(sorted(colours))}."
            )
    for name, kind in ontology.relationships.items():
        unknown = {label for ends in kind.ends for label in ends} - known
        if unknown:
            raise UsageError(f"The ontology {file} lets {name} end at the unknown label {', '.join(sorted(unknown))}.")
        if kind.family not in ontology.families:
            raise UsageError(f"The ontology {file} puts {name} into the unknown family {kind.family}.")
