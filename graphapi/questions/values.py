"""The parameters of a question: read from text, checked against the header and the graph."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from graphapi.catalogue import AS_OF, Parameter, Query
from graphapi.dates import Span, read_as_of
from graphapi.errors import InputRefused, NotFound
from graphapi.ontology import Ontology
from graphapi.period import native_properties, period_of
from graphapi.questions.facts import check_relationship, is_relationship
from graphapi.reading.closeness import close_ids
from graphapi.reading.labels import label_depths, sort_labels
from graphapi.store import Store

BOOLEANS = {"true": True, "yes": True, "false": False, "no": False}
WHOLE_NUMBER = re.compile(r"-?[0-9]{1,9}")
MAX_TEXT = 300
MAX_SHOWN = 80
DATE = "a day, a month or a year, such as 2025-06-09, 2025-06 or 2025"
UNREADABLE = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")


@dataclass(frozen=True)
class Named:
    """An entity that a parameter names."""

    id: str
    name: str
    labels: tuple[str, ...]
    properties: Mapping[str, Any]


@dataclass
class Values:
    """The values of a question's parameters: as shown in the answer, as handed to the text, and the entities that they name."""

    shown: dict[str, Any] = field(default_factory=dict)
    bound: dict[str, Any] = field(default_factory=dict)
    entities: dict[str, Named] = field(default_factory=dict)


def read_values(store: Store, ontology: Ontology, query: Query, given: Mapping[str, str], as_of: Span | None = None) -> Values:
    """Read every parameter of a query.

    Raises InputRefused naming the parameter that is unknown, missing, of the wrong type or an entity of the wrong label, and what it
    expects; NotFound with the closest ids when there is no such entity.
    """
    for name in given:
        if name not in query.parameters:
            known = ", ".join((*query.parameters, "as_of"))
            shown = UNREADABLE.sub("�", name)[:MAX_SHOWN]
            raise InputRefused(f"{query.name} has no parameter {shown!r}.", hint=f"It has: {known}.", parameter=shown)
    values = Values()
    spans: dict[str, Span] = {}
    for name, parameter in query.parameters.items():
        text = given.get(name) or None
        if text is None:
            _take_default(values, name, parameter, as_of)
        elif parameter.type == "id" and is_relationship(text):
            _check_text(name, parameter, text)
            check_relationship(store, ontology, name, text)
            values.shown[name] = values.bound[name] = text
        elif parameter.type in ("entity", "id"):
            found = _entity(store, ontology, name, parameter, text)
            values.entities[name], values.shown[name], values.bound[name] = found, found.id, found.id
        elif parameter.type == "date":
            spans[name] = _date(name, parameter, text)
            values.shown[name], values.bound[name] = text, period_of(spans[name])
        else:
            values.shown[name] = values.bound[name] = _plain(name, parameter, text)
    _check_order(spans)
    _check_two(query, values)
    return values


def written(value: Any) -> str:
    """Return the value of a parameter as a person writes it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def expectation(parameter: Parameter) -> str:
    """Say what a parameter expects, with its example."""
    kinds = {"date": DATE.partition(", such")[0], "integer": f"a whole number{_range(parameter)}"}
    kinds |= {
        "entity": f"the id of {_a(parameter.label or 'Entity')}",
        "id": "the id of an Entity, or of a relationship as start--TYPE--end",
    }
    kinds |= {"boolean": "true or false", "texts": "texts, separated by commas"}
    kind = kinds.get(parameter.type, "a text")
    example = parameter.example if parameter.example is not None else parameter.default
    return f"{kind}{'' if example is None else f', such as {written(example)}'}"


def _range(parameter: Parameter) -> str:
    low, high = parameter.minimum, parameter.maximum
    if low is not None and high is not None:
        return f" from {low} to {high}"
    return f", {low} or more" if low is not None else f", at most {high}" if high is not None else ""


def _take_default(values: Values, name: str, parameter: Parameter, as_of: Span | None) -> None:
    if not parameter.optional:
        raise InputRefused(f"The parameter {name} is missing.", hint=f"Expected: {expectation(parameter)}.", parameter=name)
    if parameter.default == AS_OF:
        day = as_of or read_as_of(datetime.now(UTC).date().isoformat())
        values.shown[name], values.bound[name] = day.text, period_of(day)
    elif parameter.type == "date" and parameter.default is not None:
        day = read_as_of(str(parameter.default))
        values.shown[name], values.bound[name] = day.text, period_of(day)
    else:
        values.shown[name] = values.bound[name] = parameter.default


def _entity(store: Store, ontology: Ontology, name: str, parameter: Parameter, text: str) -> Named:
    _check_text(name, parameter, text)
    found = store.once(("entity", text), lambda: _named(store, ontology, text))
    if found is None:
        unknown = NotFound("entity", text[:120], close_ids(store, text))
        unknown.parameter = name
        raise unknown
    wanted = parameter.label or "Entity"
    if wanted not in found.labels:
        kind = _a(found.labels[-1])
        raise InputRefused(
            f"{name} is {text!r}, which is {kind}, not {_a(wanted)}.", hint=f"Expected: {expectation(parameter)}.", parameter=name
        )
    return found


def _named(store: Store, ontology: Ontology, identifier: str) -> Named | None:
    rows = store.rows("read/graph/entity", id=identifier, as_of=None)
    if not rows:
        return None
    labels = tuple(sort_labels(rows[0]["labels"], label_depths(ontology)))
    properties = native_properties(rows[0]["properties"])
    return Named(identifier, str(properties.get("name", identifier)), labels, properties)


def _date(name: str, parameter: Parameter, text: str) -> Span:
    try:
        return read_as_of(text)
    except InputRefused:
        raise _refused(name, parameter, text) from None


def _plain(name: str, parameter: Parameter, text: str) -> str | int | bool | list[str]:
    if parameter.type == "integer":
        low, high = parameter.minimum, parameter.maximum
        if not WHOLE_NUMBER.fullmatch(text) or (low is not None and int(text) < low) or (high is not None and int(text) > high):
            raise _refused(name, parameter, text)
        return int(text)
    if parameter.type == "boolean":
        if text not in BOOLEANS:
            raise _refused(name, parameter, text)
        return BOOLEANS[text]
    _check_text(name, parameter, text)
    return [part.strip() for part in text.split(",") if part.strip()] if parameter.type == "texts" else text


def _check_text(name: str, parameter: Parameter, text: str) -> None:
    if len(text) > MAX_TEXT or UNREADABLE.search(text):
        raise _refused(name, parameter, text)


def _check_order(spans: Mapping[str, Span]) -> None:
    first, last = spans.get("from"), spans.get("to")
    if first and last and first.earliest and last.latest and last.latest < first.earliest:
        raise InputRefused(
            f"to is {last.text!r}, which is before from, {first.text!r}.", hint="Give the earlier date as from.", parameter="to"
        )


def _check_two(query: Query, values: Values) -> None:
    required = [name for name, parameter in query.parameters.items() if parameter.type == "entity" and not parameter.optional]
    if len(required) == 2 and values.shown[required[0]] == values.shown[required[1]]:
        one, two = required
        raise InputRefused(f"{one} and {two} are the same, {values.shown[one]!r}.", hint="Name two different ones.", parameter=two)


def _refused(name: str, parameter: Parameter, text: str) -> InputRefused:
    shown = UNREADABLE.sub("�", text)[:MAX_SHOWN]
    return InputRefused(f"{name} is {shown!r}.", hint=f"Expected: {expectation(parameter)}.", parameter=name)


def _a(word: str) -> str:
    return f"{'an' if word[:1] in 'AEIO' else 'a'} {word}"
