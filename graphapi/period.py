"""The as-of date on its way into a query and out of its rows."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from graphapi.dates import Span, come_about, held
from graphapi.model import Held, Properties

DATED = frozenset({"Event", "Agreement", "Measure", "Claim", "Position"})
# What is so of these is so once they have come about; of an agreement only what it says itself.
MOMENTS = frozenset({"Event", "Claim", "Position"})
SAYS_ITSELF = "Agreement"
SURENESS: tuple[Held, ...] = ("unknown", "possibly", "yes")
End = tuple[Iterable[str], Mapping[str, Any]]


def period_of(as_of: Span | None) -> dict[str, date | None] | None:
    """Return what a text takes as $as_of: null, or the first and the last day."""
    return None if as_of is None else {"earliest": as_of.earliest, "latest": as_of.latest}


def held_relationship(properties: Mapping[str, Any], as_of: Span, start: End | None = None, end: End | None = None) -> Held:
    """Say how surely a relationship held; a query has left out what surely did not.

    One without dates of its own, at an event, a claim or a position, or out of an agreement, is as sure as that has come about.
    """
    native = native_properties(properties)
    mark = held(native, as_of) or "unknown"
    if mark == "yes" or "valid_from" in native or "valid_to" in native:
        return mark
    marks = [come_about(native_properties(one[1]), as_of) or "unknown" for one in _moments(start, end)]
    return min(marks, key=SURENESS.index) if marks else mark


def held_node(labels: Iterable[str], properties: Mapping[str, Any], as_of: Span) -> Held | None:
    """Say how surely something had come about; None for what has no such day."""
    return None if DATED.isdisjoint(labels) else come_about(native_properties(properties), as_of) or "unknown"


def _moments(start: End | None, end: End | None) -> Iterable[End]:
    for one in (start, end):
        if one and not MOMENTS.isdisjoint(one[0]):
            yield one
    if start and SAYS_ITSELF in start[0]:
        yield start


def native(value: Any) -> Any:
    """Return a date of the database as one of Python, and anything else as it is."""
    return value.to_native() if hasattr(value, "to_native") else value


def native_properties(properties: Mapping[str, Any]) -> Properties:
    """Return properties with dates of Python."""
    return {name: native(value) for name, value in properties.items()}
