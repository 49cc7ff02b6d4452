"""On which days things hold, as the page's time bar looks them up: for every day what the server would say as of it."""

from datetime import date, timedelta
from functools import lru_cache

import pytest

from graphapi.dates import date_properties, read_as_of, read_date
from graphapi.ingest.dataset import read_dataset
from graphapi.model import DatasetVersion, Graph, Node, Properties, Relationship, relationship_id
from graphapi.ontology import read_ontology
from graphapi.reading.moment import graph_as_of
from visualizer.days import Days
from visualizer.folding import fold

ONTOLOGY = read_ontology()
FEW, MANY = "us-china-london-2025", "us-china-2018-2026"


def letter(days: str, day: date) -> str:
    """The letter of a day, read as the page reads it."""
    found = days[:1]
    for at in range(1, len(days), 11):
        if days[at : at + 10] <= day.isoformat():
            found = days[at + 10]
    return found


def node(label: str, identifier: str, **properties: object) -> Node:
    return Node(id=identifier, labels=ONTOLOGY.labels_of(label), name=identifier, properties=properties)


def tie(start: str, kind: str, end: str, **properties: object) -> Relationship:
    return Relationship(id=relationship_id(start, kind, end), type=kind, **{"from": start, "to": end}, properties=properties)


def dated(name: str, text: str) -> Properties:
    return date_properties(name, read_date(text))


def days_of(*things: Node | Relationship, as_of: str | None = None) -> Days:
    nodes = tuple(one for one in things if isinstance(one, Node))
    ties = tuple(one for one in things if isinstance(one, Relationship))
    graph = Graph(nodes=nodes, relationships=ties, as_of=as_of, datasets=(DatasetVersion(id="a", version="1", title="A"),))
    return Days(graph, fold(graph, ONTOLOGY))


@lru_cache
def whole(name: str) -> tuple[Graph, Days]:
    graph = read_dataset(name).graph
    return graph, Days(graph, fold(graph, ONTOLOGY))


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("2025-06-09", "n2025-06-09y"),
        ("2025-05", "n2025-05-01p2025-05-31y"),
        ("2025-06-09/2025-06-10", "n2025-06-09y"),
        ("[2025-06-05..2025-06-08]", "n2025-06-05p2025-06-08y"),
        ("[..2025-06-08]", "p2025-06-08y"),
        ("[2025-06-08..]", "n2025-06-08p"),
    ],
    ids=["day", "month", "lasted", "between", "until", "from"],
)
def test_event_has_come_about_from_its_day(text: str, days: str) -> None:
    event = node("Event", "call", **dated("date", text))
    assert days_of(event).node(event) == days


def test_what_has_no_day_of_its_own_always_is() -> None:
    person, event = node("Person", "ann"), node("Event", "call")
    days = days_of(person, event)
    assert days.node(person) == ""
    assert days.node(event) == "u"


@pytest.mark.parametrize(
    ("properties", "expected"),
    [
        ({}, "u"),
        (dated("valid_from", "2025-01-20"), "n2025-01-20e"),
        (dated("valid_to", "2025-01-20"), "b2025-01-21n"),
        ({**dated("valid_from", "2025-01"), **dated("valid_to", "2025-03-04")}, "n2025-01-01p2025-01-31y2025-03-05n"),
        ({"seen_from": date(2025, 6, 8), "seen_to": date(2025, 6, 8)}, "u2025-06-08y2025-06-09u"),
        ({**dated("valid_from", "2025-01-20"), "seen_to": "2025-06-08"}, "n2025-01-20y2025-06-09e"),
    ],
    ids=["none", "from", "to", "both", "seen", "seen as text"],
)
def test_relationship_holds_between_its_days(properties: Properties, expected: str) -> None:
    one = tie("ann", "PART_OF", "ministry", **properties)
    assert days_of(node("Person", "ann"), node("Agency", "ministry"), one).relationship(one) == expected


def test_what_stands_at_an_event_is_as_sure_as_the_event() -> None:
    one = tie("ann", "TOOK_PART_IN", "call")
    days = days_of(node("Person", "ann"), node("Event", "call", **dated("date", "2025-06")), one)
    assert days.relationship(one) == "n2025-06-01p2025-06-30y"


def test_line_over_a_post_needs_both_and_holds_while_one_post_does() -> None:
    posts = [node("Post", name, head=True) for name in ("deputy", "minister")]
    ties = [
        tie("ann", "HOLDS", "deputy", **dated("valid_from", "2020"), **dated("valid_to", "2021-12-31")),
        tie("ann", "HOLDS", "minister", **dated("valid_from", "2024-01-01"), **dated("valid_to", "2025-01-01")),
        *(tie(post.id, "PART_OF", "ministry", seen_from=date(2019, 1, 1), seen_to=date(2030, 1, 1)) for post in posts),
    ]
    days = days_of(node("Person", "ann"), node("Agency", "ministry"), *posts, *ties)
    (line,) = days.folded.lines
    assert days.line(line) == "n2020-01-01p2020-12-31y2022-01-01n2024-01-01y2025-01-02n"


def test_line_is_as_certain_as_the_weakest_of_its_strongest_way() -> None:
    ties = [tie("ann", "HOLDS", "minister"), tie("minister", "PART_OF", "ministry", certainty="implied")]
    days = days_of(node("Person", "ann"), node("Agency", "ministry"), node("Post", "minister"), *ties)
    assert [days.certainty(line) for line in days.folded.lines] == ["implied"]
    plain = days_of(node("Person", "ann"), node("Agency", "ministry"), tie("ann", "PART_OF", "ministry"))
    assert [plain.certainty(line) for line in plain.folded.lines] == ["stated"]


@pytest.mark.parametrize("name", [FEW, MANY])
def test_every_day_reads_as_the_graph_as_of_it(name: str) -> None:
    graph, days = whole(name)
    bar = days.bar()
    assert bar is not None
    first, last = (date.fromisoformat(bar[end]) for end in ("first", "last"))
    lines = {line.id: ((line.start, line.end, line.family), days.line(line)) for line in days.folded.lines}
    for step in range(-1, (last - first).days + 2, 61):
        day = first + timedelta(step)
        then = graph_as_of(graph, read_as_of(day.isoformat()))
        nodes = {one.id: (one.held or "")[:1] for one in then.nodes}
        ties = {one.id: (one.held or "")[:1] for one in then.relationships}
        assert {one.id: letter(days.node(one), day) for one in graph.nodes} == {one.id: nodes.get(one.id, "n") for one in graph.nodes}
        shown = {one.id: letter(days.relationship(one), day) for one in graph.relationships}
        assert {one: "u" if found in "be" else found for one, found in shown.items()} == {one: ties.get(one, "n") for one in shown}
        drawn = {(line.start, line.end, line.family) for line in fold(then, ONTOLOGY).lines}
        assert {ends for ends, of in lines.values() if letter(of, day) != "n"} == drawn


@pytest.mark.parametrize(
    ("name", "first", "rounds"),
    [(FEW, "2025-01-20", 2), (MANY, "2018-07-06", 8)],
)
def test_bar_runs_over_all_dates_and_its_ticks_are_the_rounds(name: str, first: str, rounds: int) -> None:
    bar = whole(name)[1].bar()
    assert bar is not None
    assert bar["first"] == first
    assert len(bar["ticks"]) == rounds
    assert {"id": "talks-london-2025-06-09", "day": "2025-06-09"} in bar["ticks"]


def test_bar_ends_at_the_date_that_the_graph_was_asked_as_of() -> None:
    rounds = [node("Round", name, kind="round", **dated("date", day)) for name, day in (("one", "2025-05-10"), ("two", "2025-06-09"))]
    bar = days_of(*rounds, as_of="2025-05").bar()
    assert bar == {"first": "2025-05-10", "last": "2025-05-31", "ticks": [{"id": "one", "day": "2025-05-10"}]}


def test_meetings_mark_the_bar_where_there_is_no_round() -> None:
    events = [node("Event", kind, kind=kind, **dated("date", "2025-05-10")) for kind in ("summit", "act")]
    bar = days_of(*events).bar()
    assert bar is not None
    assert [tick["id"] for tick in bar["ticks"]] == ["summit"]


def test_nothing_dated_has_no_bar() -> None:
    assert days_of(node("Person", "ann"), node("Agency", "ministry")).bar() is None


def test_line_at_the_graphs_own_date_says_how_surely_it_held() -> None:
    one = tie("ann", "PART_OF", "ministry").model_copy(update={"held": "possibly"})
    days = days_of(node("Person", "ann"), node("Agency", "ministry"), one, as_of="2025-05")
    assert [days.held(line) for line in days.folded.lines] == ["p"]


def test_bar_ends_at_what_surely_happened_and_ticks_of_months_are_spans() -> None:
    rounds = [node("Round", name, kind="round", **dated("date", text)) for name, text in (("one", "2025-05-10"), ("two", "2025-06"))]
    summit = node("Event", "summit", kind="summit", **dated("date", "2026"))
    talks = node("Event", "talks", kind="meeting", **dated("date", "2025-07-01/2025-07-03"))
    bar = days_of(*rounds, summit, talks).bar()
    assert bar is not None
    assert (bar["first"], bar["last"]) == ("2025-05-10", "2025-07-03")
    assert bar["ticks"][1] == {"id": "two", "day": "2025-06-30", "from": "2025-06-01", "to": "2025-06-30"}


def test_bar_takes_what_is_not_sure_where_nothing_else_is_there() -> None:
    bar = days_of(node("Event", "summit", kind="summit", **dated("date", "2026"))).bar()
    assert bar is not None
    assert (bar["first"], bar["last"]) == ("2026-01-01", "2026-12-31")


def test_bar_of_the_wider_set_is_not_stretched_by_a_year() -> None:
    """A visit that is known by its year alone once made the bar end on 31 December 2026."""
    graph, days = whole(MANY)
    assert [one.id for one in graph.nodes if one.properties.get("date") == "2026" and "Event" in one.labels] == ["summit-visit-washington"]
    bar = days.bar()
    assert bar is not None
    assert bar["last"] == "2026-07-24"
