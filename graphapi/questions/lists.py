"""How much our sources know of the people whom each side sent to an event."""

from typing import Any

from graphapi.dates import Span
from graphapi.period import period_of
from graphapi.questions.values import Values
from graphapi.store import Store


def read_completeness(store: Store, values: Values, as_of: Span | None) -> dict[str, Any]:
    """Return {first_complete, second_complete}, each by side: whether our sources name everybody; null without a known delegation."""
    return {f"{name}_complete": _complete(read_lists(store, event.id, as_of)) for name, event in values.entities.items()}


def read_lists(store: Store, event: str, as_of: Span | None) -> list[dict[str, Any]]:
    """Return the delegations to an event, and the parties without one: side, delegation, list_complete, named."""
    return store.rows("read/presence/delegation-lists", event=event, as_of=period_of(as_of))


def _complete(lists: list[dict[str, Any]]) -> dict[str, bool | None]:
    found: dict[str, bool | None] = {}
    for row in lists:
        side, complete = row["side"]["id"], row["list_complete"]
        found[side] = complete if found.get(side) is None else bool(found[side] and complete)
    return found
