"""On which days things hold, for the page's time bar: a letter for every day, written as the days on which it changes.

`n2025-06-09y` reads: surely not so before 9 June 2025, so from then on. The letters: `n` surely not so, `y` so, `p` possibly, `u` date not
in our sources, `b` only the beginning missing, `e` only the end. Whoever shows a day looks it up; the rule stays in graphapi.dates.
"""

import re
from collections.abc import Callable, Hashable, Iterable, Sequence
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from graphapi.dates import FULL_DATE, Span, come_about, held, read_date
from graphapi.model import Graph, Node, Properties, Relationship
from graphapi.period import DATED, held_relationship
from visualizer.folding import Folded, Line
from visualizer.wording import visible

# From surely not to surely; of a way through several relationships the weakest counts, of several ways the strongest.
SURENESS = "nupy"
CERTAINTIES = ("alleged", "implied", "assessed", "stated")
OF_NODES = ("earliest", "latest")
OF_RELATIONSHIPS = (
    *("valid_from_earliest", "valid_from_latest", "valid_to_earliest", "valid_to_latest"),
    *("seen_from", "seen_to"),
)
TEXTS = ("date", "precision", "valid_from", "valid_to")
# Kinds of events that mark the bar where a data set has no rounds.
MEETINGS = ("summit", "meeting", "call")
A_DAY = re.compile(r"(\d{4}-\d{2}-\d{2})")
ONE = timedelta(days=1)
Mark = Callable[[Span], str]


class Days:
    """The days of everything in a graph: of nodes by id, of relationships by id, of lines by their ways through relationships."""

    def __init__(self, graph: Graph, folded: Folded) -> None:
        self.graph = graph
        self.folded = folded
        self.nodes = {node.id: node for node in graph.nodes}
        self.dated = {node.id: _dated(node.properties, OF_NODES) for node in graph.nodes if not DATED.isdisjoint(node.labels)}
        self.ties = {one.id: one for one in graph.relationships}
        self.ways: dict[str, list[list[str]]] = {}
        self.courses: dict[Hashable, str] = {}
        self.of_nodes = {one: self._come_about(known) for one, known in self.dated.items()}
        self.of_relationships = {one.id: self._relationship(one) for one in graph.relationships}

    def node(self, node: Node) -> str:
        """Return the days of a node; empty for what has no day of its own, and always is."""
        return self.of_nodes.get(node.id, "")

    def relationship(self, one: Relationship) -> str:
        """Return the days of a relationship, those of what it stands at included."""
        return self.of_relationships[one.id]

    def line(self, line: Line) -> str:
        """Return the days of a line: it holds while one of its ways does, a way while all its relationships do."""
        return _over_ways(tuple(tuple(self.of_relationships[part] for part in way) for way in self._ways(line)))

    def certainty(self, line: Line) -> str:
        """Return how certain a line is: as its most certain way, which is as certain as its least certain relationship."""
        ways = [[CERTAINTIES.index(str(self.ties[part].properties.get("certainty", "stated"))) for part in way] for way in self._ways(line)]
        return CERTAINTIES[max((min(way) for way in ways if way), default=len(CERTAINTIES) - 1)]

    def held(self, line: Line) -> str:
        """Return how surely a line held at the graph's own as-of date; empty without one, and for what surely did."""
        ways = [[self.ties[part].held or "" for part in way] for way in self._ways(line)]
        marks = [_chosen((mark[:1] for mark in way), min) for way in ways if way and all(way)]
        return _chosen(marks, max).replace("y", "") if marks else ""

    def bar(self) -> dict[str, Any] | None:
        """Return what the time bar shows: first and last day, and the rounds as ticks by day; None where nothing is dated.

        It ends at the first and the last day on which something surely happened; a year or an end that lies ahead does not stretch it.
        Where no day is sure, all days count.
        """
        happened = [known for one in self.folded.nodes if (known := self.dated.get(one.id))]
        parts = {part for line in self.folded.lines for part in line.parts}
        ties = [_dated(self.ties[part].properties, OF_RELATIONSHIPS) for part in sorted(parts)]
        days = _days([known for known in happened if _is_sure(known)]) or _days([*happened, *ties])
        if not days:
            return None
        last = read_date(self.graph.as_of).latest if self.graph.as_of else days[-1]
        ticks = self._ticks(last or days[-1])
        return {"first": days[0].isoformat(), "last": (last or days[-1]).isoformat(), "ticks": ticks}

    def _ticks(self, last: date) -> list[dict[str, str]]:
        """Rounds, else meetings, by the day from which they surely were; `from` and `to` where that is one of several days."""
        rounds = [node for node in self.folded.nodes if "Round" in node.labels]
        meetings = [node for node in self.folded.nodes if "Event" in node.labels and node.properties.get("kind") in MEETINGS]
        found = [(day, node) for node in rounds or meetings if (day := self._begin(node)) and day <= last]
        return [
            {"id": node.id, "day": day.isoformat(), **self._span(node)} for day, node in sorted(found, key=lambda one: (one[0], one[1].id))
        ]

    def _span(self, node: Node) -> dict[str, str]:
        """Between which days a round began, where that is not sure."""
        known = self.dated[node.id]
        ends = {name: day.isoformat() for name, end in (("from", "earliest"), ("to", "latest")) if isinstance(day := known.get(end), date)}
        return ends if len(ends) == 2 and not _is_sure(known) else {}

    def _begin(self, node: Node) -> date | None:
        """The first day on which it surely had come about, else the first on which it may have."""
        letters = _read(self.of_nodes.get(node.id, ""))[1]
        sure = [day for day, letter in letters if letter == "y"] or [day for day, _ in letters]
        return sure[0] if sure else None

    def _come_about(self, known: Properties) -> str:
        """The days of a node; the same dates have the same, which is worked out once."""
        key = frozenset(known.items())
        if key not in self.courses:
            self.courses[key] = _course(known, _come_about(known))
        return self.courses[key]

    def _relationship(self, one: Relationship) -> str:
        """The days of a relationship; the same dates between the same kinds have the same, which are worked out once."""
        own = _dated(one.properties, OF_RELATIONSHIPS)
        ends = tuple(
            (node.labels, *self.dated.get(end, {}).items()) if (node := self.nodes.get(end)) else None for end in (one.start, one.end)
        )
        key = (frozenset(own.items()), ends)
        if key not in self.courses:
            self.courses[key] = self._course_of(one, own)
        return self.courses[key]

    def _course_of(self, one: Relationship, own: Properties) -> str:
        ends = [node for end in (one.start, one.end) if (node := self.nodes.get(end))]
        known = {**own, **{f"{node.id} {name}": day for node in ends for name, day in self.dated.get(node.id, {}).items()}}
        return _course(known, lambda span: self._held(one, own, span))

    def _held(self, one: Relationship, own: Properties, span: Span) -> str:
        ends = [(node.labels, self.dated.get(node.id, {})) if (node := self.nodes.get(end)) else None for end in (one.start, one.end)]
        ahead = any(end and not DATED.isdisjoint(end[0]) and come_about(end[1], span) is None for end in ends)
        if ahead or held(own, span) is None:
            return "n"
        mark = held_relationship(own, span, *ends)
        if mark == "unknown" and ("valid_from" in own or "valid_to" in own):
            return "e" if "valid_from" in own else "b"
        return mark[0]

    def _ways(self, line: Line) -> list[list[str]]:
        """The relationships of a line by what runs from its start to its end: one, or two that meet in a folded node."""
        if line.id not in self.ways:
            self.ways[line.id] = self._ways_of(line)
        return self.ways[line.id]

    def _ways_of(self, line: Line) -> list[list[str]]:
        if line.parts == (line.id,) and line.id in self.ties:
            return [[line.id]]
        parts = [self.ties[part] for part in line.parts if part in self.ties]
        ways = [[one.id] for one in parts if {one.start, one.end} == {line.start, line.end}]
        into = [one for one in parts if one.start == line.start and one.end != line.end]
        return [*ways, *([one.id, other.id] for one in into for other in parts if other.start == one.end and other.end == line.end)]


def _is_sure(known: Properties) -> bool:
    """Whether the days of what happened are known to the day."""
    lasted = known.get("precision") == "interval" and FULL_DATE.match(str(known.get("date", ""))) is not None
    return "earliest" in known and (lasted or known["earliest"] == known.get("latest"))


def _days(dated: Iterable[Properties]) -> list[date]:
    return sorted({value for known in dated for value in known.values() if isinstance(value, date)})


def _come_about(known: Properties) -> Mark:
    return lambda span: (come_about(known, span) or "no")[0] if known else "u"


def _dated(properties: Properties, names: Sequence[str]) -> Properties:
    """What the rule reads of properties, days as dates also where a graph came as JSON."""
    found: Properties = {name: visible(str(properties[name])) for name in TEXTS if name in properties}
    for name in names:
        day = properties.get(name)
        try:
            if day is not None:
                found[name] = day if isinstance(day, date) else date.fromisoformat(str(day))
        except ValueError:
            continue
    return found


def _course(known: Properties, mark: Mark) -> str:
    """The letters of a thing, looked at before and after each of its days."""
    days = {value for value in known.values() if isinstance(value, date)}
    turns = sorted({day + step for day in days for step in (-ONE, 0 * ONE, ONE) if date.min + ONE < day < date.max - ONE})
    if not turns:
        return mark(read_date("2000-01-01"))
    return _written([(day, mark(read_date(day.isoformat()))) for day in turns])


def _written(letters: Iterable[tuple[date, str]]) -> str:
    text = last = ""
    for day, letter in letters:
        if letter != last:
            text += letter if not text else f"{day.isoformat()}{letter}"
            last = letter
    return text


def _read(text: str) -> tuple[str, list[tuple[date, str]]]:
    first, *rest = A_DAY.split(text)
    return first, [(date.fromisoformat(day), letter) for day, letter in zip(rest[::2], rest[1::2], strict=True)]


@lru_cache(maxsize=4096)
def _over_ways(ways: tuple[tuple[str, ...], ...]) -> str:
    """The course of a line by those of its ways' relationships: it holds while one way does, a way while all of it does."""
    return _joined([_joined(way, min) for way in ways], max)


def _joined(texts: Sequence[str], choose: Callable[..., str]) -> str:
    """Several courses as one; of the letters of a day, `choose` takes the weakest or the strongest."""
    courses = [_read(text) for text in texts if text]
    days = sorted({day for _, turns in courses for day, _ in turns})
    if not courses:
        return ""
    before = [(date.min, _chosen((first for first, _ in courses), choose))]
    return _written([*before, *((day, _chosen((_at(one, day) for one in courses), choose)) for day in days)])


def _chosen(letters: Iterable[str], choose: Callable[..., str]) -> str:
    return choose(("u" if letter in "be" else letter for letter in letters), key=SURENESS.index)


def _at(course: tuple[str, list[tuple[date, str]]], day: date) -> str:
    first, turns = course
    return next((letter for turn, letter in reversed(turns) if turn <= day), first)
