"""On which days things hold, for the page's time bar: a letter for every day, written as the days on which it changes.

`n2025-06-09y` reads: surely not so before 9 June 2025, so from then on. The letters: `n` surely not so, `y` so, `p` possibly, `u` date not
in our sources, `b` only the beginning missing, `e` only the end. Whoever shows a day looks it up; the rule stays in graphapi.dates.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from graphapi.dates import Span, come_about, held, read_date
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
        self.of_nodes = {one: _course(known, _come_about(known)) for one, known in self.dated.items()}
        self.of_relationships = {one.id: self._relationship(one) for one in graph.relationships}

    def node(self, node: Node) -> str:
        """Return the days of a node; empty for what has no day of its own, and always is."""
        return self.of_nodes.get(node.id, "")

    def relationship(self, one: Relationship) -> str:
        """Return the days of a relationship, those of what it stands at included."""
        return self.of_relationships[one.id]

    def line(self, line: Line) -> str:
        """Return the days of a line: it holds while one of its ways does, a way while all its relationships do."""
        return _joined([_joined([self.of_relationships[part] for part in way], min) for way in self._ways(line)], max)

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
        """Return what the time bar shows: first and last day, and the rounds as ticks by day; None where nothing is dated."""
        drawn = [known for one in self.folded.nodes if (known := self.dated.get(one.id))]
        parts = {part for line in self.folded.lines for part in line.parts}
        drawn += [_dated(self.ties[part].properties, OF_RELATIONSHIPS) for part in sorted(parts)]
        days = sorted({value for known in drawn for value in known.values() if isinstance(value, date)})
        if not days:
            return None
        last = read_date(self.graph.as_of).latest if self.graph.as_of else days[-1]
        ticks = self._ticks(last or days[-1])
        return {"first": days[0].isoformat(), "last": (last or days[-1]).isoformat(), "ticks": ticks}

    def _ticks(self, last: date) -> list[dict[str, str]]:
        rounds = [node for node in self.folded.nodes if "Round" in node.labels]
        meetings = [node for node in self.folded.nodes if "Event" in node.labels and node.properties.get("kind") in MEETINGS]
        found = [(day, node) for node in rounds or meetings if (day := self._begin(node)) and day <= last]
        return [{"id": node.id, "day": day.isoformat()} for day, node in sorted(found, key=lambda one: (one[0], one[1].id))]

    def _begin(self, node: Node) -> date | None:
        """The first day on which it surely had come about, else the first on which it may have."""
        letters = _read(self.of_nodes.get(node.id, ""))[1]
        sure = [day for day, letter in letters if letter == "y"] or [day for day, _ in letters]
        return sure[0] if sure else None

    def _relationship(self, one: Relationship) -> str:
        own = _dated(one.properties, OF_RELATIONSHIPS)
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
        parts = [self.ties[part] for part in line.parts if part in self.ties]
        ways = [[one.id] for one in parts if {one.start, one.end} == {line.start, line.end}]
        into = [one for one in parts if one.start == line.start and one.end != line.end]
        return [*ways, *([one.id, other.id] for one in into for other in parts if other.start == one.end and other.end == line.end)]


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
