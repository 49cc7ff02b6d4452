"""The fields of a question's form, as its header describes them."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from graphapi.catalogue import AS_OF, Parameter, Query
from graphapi.errors import ParleyError
from graphapi.ontology import Ontology
from graphapi.questions.values import expectation
from graphapi.reading.labels import label_depths, sort_labels
from graphapi.store import Store

MOST_SUGGESTED = 200
WHOLE_NUMBER = re.compile(r"-?[0-9]+")
MOMENT = Parameter(type="date", description="Leaves out what surely was not so then", example="2025-06", optional=True)


@dataclass(frozen=True)
class Named:
    """An entity as a field suggests it."""

    id: str
    name: str
    kind: str


@dataclass(frozen=True)
class Field:
    """One field: its parameter, what stands in it and what was wrong with that.

    `kind` is entity, date, integer, boolean, list or text; `closed` are labels whose nodes it does not take.
    """

    name: str
    label: str
    kind: str
    value: str
    parameter: Parameter
    expected: str
    fault: str = ""
    chosen: Named | None = None
    suggested: tuple[Named, ...] = ()
    closed: tuple[str, ...] = ()

    @property
    def is_number(self) -> bool:
        """Whether a number field can show what stands in it."""
        return self.kind == "integer" and (not self.value or WHOLE_NUMBER.fullmatch(self.value) is not None)


@dataclass(frozen=True)
class Form:
    """What fields are made from."""

    store: Store
    ontology: Ontology
    query: Query
    given: Mapping[str, str]
    as_of: str = ""
    refused: ParleyError | None = field(default=None)


def fields_of(form: Form) -> Iterator[Field]:
    """Return a field for each parameter of the question, and one for the as-of date."""
    depths = label_depths(form.ontology)
    known = _named(form, depths)
    closed = _closed(form.ontology) if form.query.has_chains else ()
    for name, parameter in form.query.parameters.items():
        value, kind = form.given.get(name, ""), _kind(parameter)
        yield Field(
            name=name,
            label=name.replace("_", " ").capitalize(),
            kind=kind,
            value=value,
            parameter=parameter,
            expected=expectation(parameter),
            fault=_fault(form, name),
            chosen=known.get(value),
            suggested=tuple(_suggested(form, parameter, closed, depths)) if kind == "entity" else (),
            closed=closed,
        )
    yield Field(
        name=AS_OF,
        label="As of",
        kind="date",
        value=form.as_of,
        parameter=MOMENT,
        expected=expectation(MOMENT),
        fault=_fault(form, AS_OF),
    )


def _kind(parameter: Parameter) -> str:
    kinds = {"id": "entity", "texts": "list"}
    return kinds.get(parameter.type, parameter.type)


def _fault(form: Form, name: str) -> str:
    return str(form.refused) if form.refused and form.refused.parameter == name else ""


def _closed(ontology: Ontology) -> tuple[str, ...]:
    return tuple(name for name, label in ontology.labels.items() if label.in_paths == "never")


def _named(form: Form, depths: Mapping[str, int]) -> dict[str, Named]:
    ids = [form.given[name] for name, one in form.query.parameters.items() if _kind(one) == "entity" and form.given.get(name)]
    return {one.id: one for one in _nodes(form.store.rows("read/connections/nodes", ids=ids), depths)} if ids else {}


def _suggested(form: Form, parameter: Parameter, closed: Iterable[str], depths: Mapping[str, int]) -> Iterator[Named]:
    label = parameter.label or "Entity"
    rows = form.store.rows("read/graph/entities", label=label, side=None, after="", limit=MOST_SUGGESTED, as_of=None)
    return _nodes((row for row in rows if not set(closed) & set(row["labels"])), depths)


def _nodes(rows: Iterable[dict[str, Any]], depths: Mapping[str, int]) -> Iterator[Named]:
    for row in rows:
        properties, labels = row["properties"], sort_labels(row["labels"], depths)
        yield Named(properties["id"], str(properties.get("name") or properties["id"]), labels[-1] if labels else "")
