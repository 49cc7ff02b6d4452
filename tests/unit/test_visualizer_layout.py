"""The same guests get the same seats, no box lies on another, sides sit on their sides of the table."""

import time
from itertools import combinations

import numpy as np
import pytest

from graphapi.model import Graph
from tests.browser.negotiation import ONTOLOGY, crowd, negotiation
from visualizer.bends import curve
from visualizer.folding import fold
from visualizer.layout import Arrangement, arrange
from visualizer.picture import guest
from visualizer.seats import Guest, wide_plan
from visualizer.style import sides_of


def seated(graph: Graph, *, narrow: bool = False) -> tuple[list[Guest], list[tuple[str, str]], Arrangement]:
    folded = fold(graph, ONTOLOGY)
    guests = [guest(node, ONTOLOGY, sides_of(graph)) for node in folded.nodes]
    links = [(line.start, line.end) for line in folded.lines]
    return guests, links, arrange(guests, links, narrow=narrow)


def overlapping(guests: list[Guest], arrangement: Arrangement) -> list[tuple[str, str]]:
    found = []
    for one, other in combinations(guests, 2):
        (x, y), (p, q) = arrangement.positions[one.id], arrangement.positions[other.id]
        top, foot = y - one.box.radius, y - one.box.radius + one.box.height
        other_top, other_foot = q - other.box.radius, q - other.box.radius + other.box.height
        if abs(x - p) < (one.box.width + other.box.width) / 2 and top < other_foot and other_top < foot:
            found.append((one.id, other.id))
    return found


@pytest.mark.parametrize("narrow", [False, True], ids=["wide", "narrow"])
@pytest.mark.parametrize("size", [1, 2, 7, 24, 60, 80, 150])
def test_no_box_lies_on_another(size: int, narrow: bool) -> None:
    guests, _, arrangement = seated(crowd(size), narrow=narrow)
    assert len(arrangement.positions) == size
    assert overlapping(guests, arrangement) == []


def test_same_graph_same_picture() -> None:
    assert seated(crowd(50))[2] == seated(crowd(50))[2]


def test_order_of_nodes_and_lines_does_not_matter() -> None:
    graph = negotiation()
    turned = graph.model_copy(update={"nodes": graph.nodes[::-1]})
    first, second = (sorted(seated(one)[0], key=lambda one: one.id) for one in (graph, turned))
    links = sorted(seated(graph)[1])
    assert arrange(first, links) == arrange(second, links)


def test_first_side_sits_left_and_last_side_right() -> None:
    positions = seated(negotiation())[2].positions
    assert positions["ann"][0] < positions["first-round"][0] < positions["bo"][0]
    assert positions["ministry"][0] < positions["ann"][0]


def test_talks_stand_in_the_order_of_their_days() -> None:
    positions = seated(negotiation())[2].positions
    assert positions["first-round"][1] < positions["call"][1]


def test_swaps_make_the_picture_shorter() -> None:
    guests, links, arrangement = seated(crowd(60))
    plan = wide_plan(guests)
    place = {one.id: index for index, one in enumerate(guests)}
    before = sum(np.hypot(*(plan.positions[place[start]] - plan.positions[place[end]])) for start, end in links)
    after = sum(np.hypot(*np.subtract(arrangement.positions[start], arrangement.positions[end])) for start, end in links)
    assert after < before


def test_parallel_lines_part() -> None:
    guests, _, _ = seated(negotiation())
    arrangement = arrange(guests, [("ann", "call"), ("ann", "call"), ("call", "ann")])
    towards, again, back = arrangement.bends
    assert len({towards, again, -back}) == 3


def test_line_to_itself_and_no_guests_are_drawn_without_a_fault() -> None:
    guests, _, _ = seated(negotiation())
    assert arrange(guests, [("ann", "ann")]).bends == (0.0,)
    assert arrange([], []).positions == {}


def test_unbent_curve_is_straight() -> None:
    points = curve(np.array([[0.0, 0.0]]), np.array([[10.0, 0.0]]), 0.0)
    assert np.allclose(points[..., 1], 0)


def test_layout_of_150_takes_less_than_a_second_of_processor_time() -> None:
    folded = fold(crowd(150), ONTOLOGY)
    guests = [guest(node, ONTOLOGY, ("a-land", "b-land")) for node in folded.nodes]
    links = [(line.start, line.end) for line in folded.lines]
    started = time.process_time()
    arrange(guests, links)
    assert time.process_time() - started < 1.0
