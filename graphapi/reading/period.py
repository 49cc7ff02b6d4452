"""The as-of date on its way into a query and out of its rows."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from graphapi.dates import Held, Span, held
from graphapi.model import Properties

DATED = frozenset({"Event", "Agreement", "Measure", "Claim", "Position"})


def period_of(as_of: Span | None) -> dict[str, date | None] | None:
    """Return what a text takes as $as_of: null, or the first and the last day."""
    return None if as_of is None else {"earliest": as_of.earliest, "latest": as_of.latest}


def held_relationship(properties: Mapping[str, Any], as_of: Span) -> Held:
    """Say how surely a relationship held; a query has left out what surely did not."""
    return held(native_properties(properties), as_of) or "unknown"


def held_node(labels: list[str], properties: Mapping[str, Any], as_of: Span) -> Held | None:
    """Say how surely something had come about: `yes` when its last possible day is past; None for what has no such day."""
    if as_of.latest is None or DATED.isdisjoint(labels):
        return None
    dates = native_properties(properties)
    earliest, latest = dates.get("earliest"), dates.get("latest")
    if isinstance(latest, date) and latest <= as_of.latest:
        return "yes"
    return "possibly" if isinstance(earliest, date) or isinstance(latest, date) else "unknown"


def native(value: Any) -> Any:
    """Return a date of the database as one of Python, and anything else as it is."""
    return value.to_native() if hasattr(value, "to_native") else value


def native_properties(properties: Mapping[str, Any]) -> Properties:
    """Return properties with dates of Python."""
    return {name: native(value) for name, value in properties.items()}
