"""What the sources leave open, in sentences: so that nobody reads a missing row as a no. All of it is made from the data."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from graphapi.dates import Span
from graphapi.questions.answer import Row
from graphapi.questions.lists import read_lists
from graphapi.questions.values import Named, Values
from graphapi.reading.period import DATED, period_of
from graphapi.store import Store

MOST_NAMES = 12


@dataclass(frozen=True)
class Asked:
    """A question as it was run, with its rows."""

    store: Store
    query: str
    values: Values
    as_of: Span | None
    rows: list[Row]

    def __getitem__(self, parameter: str) -> Named:
        return self.values.entities[parameter]


def say_what_is_open(asked: Asked) -> list[str]:
    """Return the sentences for an answer, each once."""
    ahead = [_say_ahead(entity, asked.as_of) for entity in asked.values.entities.values() if _is_ahead(entity, asked.as_of)]
    found = [] if ahead else SPEAKERS.get(asked.query, _say_nothing_found)(asked)
    return list(dict.fromkeys([*ahead, *found]))


def _is_ahead(entity: Named, as_of: Span | None) -> bool:
    earliest = entity.properties.get("earliest")
    if as_of is None or as_of.latest is None or DATED.isdisjoint(entity.labels):
        return False
    return isinstance(earliest, date) and earliest > as_of.latest


def _say_ahead(entity: Named, as_of: Span | None) -> str:
    return f"Our sources date {entity.name} after {as_of.text if as_of else ''}: nothing of it is shown as of then."


def _attendees(asked: Asked) -> Iterator[str]:
    event = asked["event"]
    if not asked.rows:
        yield f"Our sources name nobody who was at {event.name}, was announced for it or stayed away."
    yield from _lists(asked, event)
    postless = [row["person"]["name"] for row in asked.rows if row["post"] is None]
    if postless:
        yield f"Our sources do not say which post was held then by: {_listed(postless)}."


def _attendance_difference(asked: Asked) -> Iterator[str]:
    for parameter in ("first", "second"):
        event = asked[parameter]
        unknown = [row["person"]["name"] for row in asked.rows if row[f"in_{parameter}"] == "not_in_sources"]
        if unknown:
            yield f"Our sources do not say whether these people were at {event.name}: {_listed(unknown)}."
        yield from _lists(asked, event)
    if not asked.rows:
        yield f"Our sources say of nobody that {asked['first'].name} and {asked['second'].name} differ."


def _lists(asked: Asked, event: Named) -> Iterator[str]:
    known = read_lists(asked.store, event.id, asked.as_of)
    for row in known:
        if row["delegation"] is None:
            yield f"Our sources name neither a delegation nor anybody of {row['side']['name']} at {event.name}."
        elif row["named"] == 0:
            yield f"Our sources name nobody in the delegation “{row['delegation']['name']}”."
        elif not row["list_complete"]:
            yield f"Our sources do not name everybody in the delegation “{row['delegation']['name']}”."
    if not known:
        yield f"Our sources know of no delegation to {event.name}, so nothing says that these are all."


def _issues_left_out(asked: Asked) -> Iterator[str]:
    if not asked.rows:
        yield f"Our sources name no issue that {asked['agreement'].name} leaves out; that is not to say that it covers all."
    unraised = [row["issue"]["name"] for row in asked.rows if not row["raised_by"]]
    if unraised:
        yield f"Our sources do not say who raised: {_listed(unraised)}."


def _claims_on_issue(asked: Asked) -> Iterator[str]:
    if asked.rows:
        return
    side = asked.values.entities.get("side")
    first, last = asked.values.shown["from"], asked.values.shown["to"]
    when = f"{f' from {first}' if first else ''}{f' until {last}' if last else ''}"
    yield f"Our sources hold no claim{f' of {side.name}' if side else ''} on {asked['issue'].name}{when}."


def _readout_difference(asked: Asked) -> Iterator[str]:
    event = asked["event"]
    sides = asked.store.rows("read/sayings/accounts-of-event", event=event.id, as_of=period_of(asked.as_of))
    for row in sides:
        if not row["has_account"]:
            yield f"Our sources hold no account of {event.name} by {row['side']['name']}; it is not called silent."
    if not asked.rows:
        yield f"Our sources do not hold accounts of {event.name} by two sides that name an issue, so there is nothing to compare."


def _path(asked: Asked) -> Iterator[str]:
    if not asked.rows:
        start, end, most = asked["from"].name, asked["to"].name, asked.values.shown["max_hops"]
        steps = "step" if most == 1 else "steps"
        yield f"Our sources show no connection between {start} and {end} within {most} {steps} over what they say is so."


def _say_nothing_found(asked: Asked) -> Iterator[str]:
    if not asked.rows:
        yield "Our sources say nothing on this."


def _listed(names: Iterable[str]) -> str:
    each = list(dict.fromkeys(names))
    more = f" and {len(each) - MOST_NAMES} more" if len(each) > MOST_NAMES else ""
    return ", ".join(each[:MOST_NAMES]) + more


SPEAKERS: dict[str, Callable[[Asked], Iterable[str]]] = {
    "attendees": _attendees,
    "attendance-difference": _attendance_difference,
    "issues-left-out": _issues_left_out,
    "claims-on-issue": _claims_on_issue,
    "readout-difference": _readout_difference,
    "path": _path,
}
