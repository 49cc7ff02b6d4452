"""The life of a measure: what the acts that set it make of it on a day, as far as imprecise dates tell."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import chain, zip_longest
from typing import Literal, TypeVar

from graphapi.dates import Span

Days = tuple[date, date]
Condition = Literal["in force", "not in force", "lapsed", "open"]

BEGINNING = {"in-force", "decided"}
ENDING = {"lifted", "struck-down"}
DAY = timedelta(days=1)
ORIGIN = "came about"
T = TypeVar("T")


@dataclass(frozen=True)
class Act:
    """What one act does to a measure: `start` is the first and the last day on which it may begin to count.

    `key` is the caller's handle on it. An act of the status ORIGIN stands for the measure's own date.
    """

    key: int
    status: str
    start: Days
    until: Days | None = None
    rate: float | None = None
    suspended: float | None = None
    extent: str | None = None


@dataclass(frozen=True)
class State:
    """What a measure is after an act: in force or not (None: not known), at what rate, until when; `behind` are the acts that make it so.

    `lapses` says that what follows `until` is open, as after a suspension; otherwise the measure ends then.
    """

    in_force: bool | None
    behind: tuple[Act, ...]
    rate: float | None = None
    until: Days | None = None
    lapses: bool = False

    @property
    def act(self) -> Act:
        """The act that decides."""
        return self.behind[-1]


@dataclass(frozen=True)
class Outcome:
    """One thing that a measure may be on a day."""

    condition: Condition
    state: State | None


def days_of(span: Span | None) -> Days:
    """Return the first and the last day that a date may mean, without bounds where it is open or missing."""
    if span is None:
        return date.min, date.max
    return span.earliest or date.min, span.latest or date.max


def binds(status: str) -> bool:
    """Say whether an act can change what applies: never a threat or an announcement."""
    return status not in ("threatened", "announced")


def begins(status: str, days: Days, is_told: bool) -> Days:
    """Return the days on which an act may begin to count: a decision without an effective day that is told may do so on any after it."""
    return days if status != "decided" or is_told else (days[0], date.max)


def states_of(acts: Sequence[Act]) -> list[State]:
    """Return the state after each act that binds, in the order of the acts.

    A measure whose first act lowers, suspends or otherwise takes up what was there before came about by then: its own date, the act of the
    status ORIGIN, is kept for that case only.
    """
    origin = next((act for act in acts if act.status == ORIGIN), None)
    told = [act for act in acts if act.status != ORIGIN]
    if origin and told and told[0].status not in BEGINNING:
        latest = min(origin.start[1], told[0].start[1])
        told = [Act(origin.key, ORIGIN, (min(origin.start[0], latest), latest)), *told]
    states: list[State] = []
    for act in _closed(told):
        states.append(_after(act, states[-1] if states else None))
    return states


def _closed(acts: Sequence[Act]) -> Iterable[Act]:
    """A decision whose day nobody tells had begun when the next act took it up."""
    for act, following in zip_longest(acts, acts[1:]):
        is_open = act.status == "decided" and act.start[1] == date.max
        yield replace(act, start=(act.start[0], max(act.start[0], following.start[1]))) if is_open and following else act


def outcomes_in(states: Sequence[State], days: Days) -> list[Outcome]:
    """Return all that a measure may be on some day of a period, the latest act last, each once."""
    first, last = days
    bounds = chain.from_iterable((*state.act.start, *_after_each(state.until)) for state in states)
    asked = sorted({first, last, *(day for day in bounds if first < day < last)})
    return _unique(outcome for day in asked for outcome in _outcomes_on(states, day))


def _after(act: Act, before: State | None) -> State:
    """Return what an act makes of the state before it."""
    if act.status in ENDING and act.extent != "partly":
        return State(False, (act,))
    if act.status == "suspended" and _suspends_all(act, before):
        return State(False, (act,), until=act.until, lapses=True)
    if before and act.status == "extended":
        return _go_on(act, before, act.until or (before.until and (before.until[0], date.max)))
    if before and act.status == "modified":
        return _go_on(act, before, act.until or before.until)
    is_blind = act.status == "extended" and act.rate is None
    return State(
        None if is_blind else True, (act,), act.rate, act.until, bool(act.suspended) or act.status in ("lowered", "suspended", *ENDING)
    )


def _go_on(act: Act, before: State, until: Days | None) -> State:
    """Return the state before, extended or modified; an extension of what our sources do not tell leaves open whether it is in force."""
    is_blind = act.status == "extended" and before.act.status == ORIGIN and act.rate is None
    rate = before.rate if act.rate is None else act.rate
    return State(None if is_blind else before.in_force, (*before.behind, act), rate, until, before.lapses or bool(act.suspended))


def _suspends_all(act: Act, before: State | None) -> bool:
    """A suspension is of the whole unless it is called partial, leaves a rate, or takes fewer points than there were."""
    if act.extent or act.rate:
        return act.extent == "wholly"
    return act.suspended is None or bool(before and before.rate == act.suspended)


def _outcomes_on(states: Sequence[State], day: date) -> Iterable[Outcome]:
    if all(state.act.start[1] > day for state in states):
        yield Outcome("not in force", None)
    for place, state in enumerate(states):
        if _may_be_latest(states, place, day):
            yield from _conditions(state, day)


def _may_be_latest(states: Sequence[State], place: int, day: date) -> bool:
    """Say whether an act may be the last to have begun by a day: it begins as late as it can, all others before it or after the day."""
    first, last = states[place].act.start
    if first > day:
        return False
    others = [(number, state.act.start) for number, state in enumerate(states) if number != place]
    if states[place].act.status == ORIGIN:
        return all(latest > day for _, (_, latest) in others)
    begun = (min(last, day), place)
    return all((earliest, number) < begun or latest > day for number, (earliest, latest) in others)


def _conditions(state: State, day: date) -> Iterable[Outcome]:
    first, last = state.until or (date.max, date.max)
    if day <= last:
        known: dict[bool | None, Condition] = {True: "in force", False: "not in force", None: "open"}
        yield Outcome(known[state.in_force], state)
    if day > first:
        yield Outcome("lapsed" if state.lapses else "not in force", state)


def _after_each(days: Days | None) -> Iterable[date]:
    return (day + DAY for day in days or () if day < date.max)


def _unique(found: Iterable[T]) -> list[T]:
    return list(dict.fromkeys(found))
