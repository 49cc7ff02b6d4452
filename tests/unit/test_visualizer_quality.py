"""How well a picture can be followed: fans that cross and lines over foreign glyphs are counted and stay below bounds."""

from functools import lru_cache

import pytest

from graphapi.ingest import read_dataset
from tests.browser.negotiation import ONTOLOGY, crowd
from tests.crossings import Faults, faults
from visualizer import style
from visualizer.folding import Folded, fold
from visualizer.layout import arrange
from visualizer.picture import guest, quiet_lines
from visualizer.selection import Selection, select

FEW, MANY = "us-china-london-2025", "us-china-2018-2026"


@lru_cache
def chosen(name: str, limit: int) -> tuple[Folded, Selection, tuple[str, ...]]:
    graph = crowd(limit) if name == "crowd" else read_dataset(name).graph
    folded = fold(graph, ONTOLOGY)
    return folded, select(graph, folded, ONTOLOGY, limit), style.sides_of(graph)


def drawn(name: str, limit: int, *, narrow: bool, few: bool = False) -> Faults:
    folded, selection, sides = chosen(name, limit)
    known = set(selection.narrow if few else selection.wide)
    nodes = [node for node in folded.nodes if node.id in known]
    guests = sorted((guest(node, ONTOLOGY, sides) for node in nodes), key=lambda one: one.id)
    lines = [line for line in folded.lines if line.start in known and line.end in known]
    quiet = quiet_lines(lines, nodes, sides)
    links = [(line.start, line.end) for line in lines if line.id not in quiet]
    return faults(guests, links, arrange(guests, links, narrow=narrow))


@pytest.mark.parametrize(
    ("name", "limit", "narrow", "fans", "glyphs"),
    [
        (FEW, 60, False, 4, 1),
        (MANY, 60, False, 30, 8),
        (MANY, 80, False, 70, 25),
        (MANY, 80, True, 70, 18),
        (MANY, 100, False, 80, 30),
        (MANY, 150, False, 130, 40),
        (MANY, 150, True, 180, 50),
        ("crowd", 80, False, 12, 14),
        ("crowd", 150, True, 70, 60),
    ],
)
def test_fans_part_and_lines_go_round_foreign_glyphs(name: str, limit: int, narrow: bool, fans: int, glyphs: int) -> None:
    found = drawn(name, limit, narrow=narrow)
    assert (found.fans <= fans, found.glyphs <= glyphs) == (True, True), found


@pytest.mark.parametrize("name", [FEW, MANY])
def test_first_picture_of_a_phone_has_no_line_over_a_foreign_glyph(name: str) -> None:
    """Three lines of a fan crossed in either before; at most one may."""
    found = drawn(name, 60, narrow=True, few=True)
    assert (found.fans <= 1, found.glyphs) == (True, 0), found


def test_seats_leave_fewer_crossings_than_before_lanes_were_weighed_together() -> None:
    """6,614 lines crossed in the wider set's 150, and 1,062 in its first picture."""
    assert drawn(MANY, 150, narrow=False).crossings < 6200
    assert drawn(MANY, 60, narrow=False).crossings < 1030
