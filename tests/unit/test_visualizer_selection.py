"""The heaviest come first, the others wait with a reason."""

import pytest

from tests.browser.negotiation import ONTOLOGY, crowd, negotiation
from visualizer.folding import fold
from visualizer.selection import BEYOND, NARROW, NO_LINE, ON_DEMAND, Selection, select


def chosen(limit: int = 60, focus: tuple[str, ...] = ()) -> Selection:
    graph = negotiation()
    return select(graph, fold(graph, ONTOLOGY), ONTOLOGY, limit, focus)


def test_kinds_drawn_on_demand_wait() -> None:
    assert chosen().waiting["harbour"] == ON_DEMAND


def test_who_has_no_line_waits() -> None:
    assert chosen().waiting["cy"] == NO_LINE


def test_limit_holds_and_says_who_is_beyond_it() -> None:
    found = chosen(limit=4)
    assert len(found.wide) == 4
    assert BEYOND in found.waiting.values()


def test_nobody_at_first_is_left_without_a_line() -> None:
    graph = crowd(90, 1)
    folded = fold(graph, ONTOLOGY)
    shown = set(select(graph, folded, ONTOLOGY, 40, ()).wide)
    touched = {end for line in folded.lines if {line.start, line.end} <= shown for end in (line.start, line.end)}
    assert shown
    assert shown <= touched


@pytest.mark.parametrize("wanted", ["harbour", "cy"])
def test_focus_comes_first_whatever_its_kind_or_weight(wanted: str) -> None:
    found = chosen(limit=3, focus=(wanted,))
    assert wanted in found.wide
    assert wanted in found.narrow
    assert wanted not in found.waiting


def test_narrow_window_starts_with_fewer() -> None:
    graph = crowd(120)
    found = select(graph, fold(graph, ONTOLOGY), ONTOLOGY, 60, ())
    assert len(found.wide) == 60
    assert len(found.narrow) <= NARROW
    assert set(found.narrow) <= set(found.wide)


def test_everybody_is_shown_or_waits() -> None:
    graph = negotiation()
    folded = fold(graph, ONTOLOGY)
    found = select(graph, folded, ONTOLOGY, 5, ())
    assert {node.id for node in folded.nodes} == set(found.wide) | set(found.waiting)
