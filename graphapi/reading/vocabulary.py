"""The words that a Cypher query over this graph may use: what the ontology describes, joined with what the database holds."""

from collections.abc import Iterable
from typing import Any

from pydantic import Field

from graphapi.guard.calls import NAME_SPACES, PROCEDURES
from graphapi.model import Shape
from graphapi.ontology import Ontology
from graphapi.store import Store

ENTITY = "Entity"


class LabelWords(Shape):
    """A label with the keys that its nodes may carry."""

    name: str = Field(examples=["Agency"])
    description: str = Field(description="In the ontology's words; empty for one that it does not know")
    in_graph: bool = Field(description="Whether a node carries it")
    properties: tuple[str, ...] = Field(description="By the ontology; for a label that it does not know, of the first hundred nodes")


class Ends(Shape):
    """Labels at the two ends of a relationship; a label stands for its children too."""

    start: str = Field(alias="from", examples=["Person"])
    end: str = Field(alias="to", examples=["Delegation"])


class TypeWords(Shape):
    """A relationship type with its ends and keys."""

    name: str = Field(examples=["LEADS"])
    description: str = Field(description="How it reads from its start; empty for one that the ontology does not know")
    in_graph: bool = Field(description="Whether the database knows it")
    ends: tuple[Ends, ...]
    properties: tuple[str, ...]


class FunctionWords(Shape):
    """A function that a query may call."""

    name: str = Field(examples=["coalesce"])
    description: str = Field(description="In the database's words")


class Vocabulary(Shape):
    """Everything that can be named in a query."""

    labels: tuple[LabelWords, ...]
    relationship_types: tuple[TypeWords, ...]
    property_keys: tuple[str, ...] = Field(description="Every key that the database knows")
    procedures: tuple[str, ...] = Field(description="Those that may be called", examples=[["db.labels"]])
    name_spaces: tuple[str, ...] = Field(description="Of the dotted functions that may be called", examples=[["date"]])
    functions: tuple[FunctionWords, ...]


def read_vocabulary(store: Store, ontology: Ontology) -> Vocabulary:
    """Return the vocabulary; its cost hangs on how many names there are, not on how many nodes."""
    used: dict[str, list[str]] = {"label": [], "type": [], "property": []}
    for row in store.rows("read/schema/names-in-use"):
        used[row["kind"]].append(row["name"])
    return Vocabulary(
        labels=tuple(_labels(store, ontology, used["label"])),
        relationship_types=tuple(_types(store, ontology, used["type"])),
        property_keys=tuple(used["property"]),
        procedures=tuple(sorted(PROCEDURES)),
        name_spaces=tuple(sorted(NAME_SPACES)),
        functions=tuple(FunctionWords(**row) for row in store.rows("read/schema/functions") if _may_call(row["name"])),
    )


def _labels(store: Store, ontology: Ontology, used: list[str]) -> Iterable[LabelWords]:
    yield LabelWords(
        name=ENTITY, description="Everything that has an id of its own", in_graph=ENTITY in used, properties=tuple(ontology.common)
    )
    for name, label in ontology.labels.items():
        properties = tuple(ontology.properties_of_label(name))
        yield LabelWords(name=name, description=label.description, in_graph=name in used, properties=properties)
    foreign = [name for name in used if name != ENTITY and name not in ontology.labels]
    for row in store.rows("read/schema/sampled-labels", labels=foreign):
        yield LabelWords(name=row["label"], description="", in_graph=True, properties=tuple(sorted(row["keys"])))


def _types(store: Store, ontology: Ontology, used: list[str]) -> Iterable[TypeWords]:
    for name, kind in ontology.relationships.items():
        ends = tuple(Ends(start=start, end=end) for start, end in kind.ends)
        properties = tuple(ontology.properties_of_relationship(name))
        yield TypeWords(name=name, description=kind.forward, in_graph=name in used, ends=ends, properties=properties)
    foreign = [name for name in used if name not in ontology.relationships]
    for row in store.rows("read/schema/sampled-types", types=foreign):
        yield TypeWords(name=row["type"], description="", in_graph=True, ends=tuple(_ends(row)), properties=tuple(_keys(row)))


def _ends(row: dict[str, Any]) -> Iterable[Ends]:
    pairs = {(start, end) for starts, ends in row["ends"] for start in starts for end in ends}
    return (Ends(start=start, end=end) for start, end in sorted(pairs))


def _keys(row: dict[str, Any]) -> list[str]:
    return sorted({key for keys in row["keys"] for key in keys})


def _may_call(function: str) -> bool:
    """Whether the guard lets a query call it; names of functions do not tell small letters from capitals."""
    space = function.lower().rpartition(".")[0]
    return not space or space in NAME_SPACES
