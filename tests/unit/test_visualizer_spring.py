"""Large pictures: nothing overlaps, parts are packed, the same in gives the same out, and the work grows with the size alone."""

from collections import Counter
from itertools import combinations

import numpy as np
import pytest

from graphapi.model import Graph
from tests.browser.negotiation import ONTOLOGY, crowd, negotiation, node, tie
from visualizer import View
from visualizer.boxes import Box
from visualizer.folding import fold
from visualizer.groups import group_nodes, tie_groups
from visualizer.packing import pack
from visualizer.picture import CAP, Picture, picture_of, quiet_lines
from visualizer.seats import NARROW_FRAME, WIDE_FRAME, Guest
from visualizer.selection import IN_GROUP, everything
from visualizer.separation import near, separate
from visualizer.spring import spring


def guests(count: int) -> list[Guest]:
    lanes = ("left people", "right people", "third", "flank")
    return [Guest(f"n{at}", lanes[at % 4], Box(24.0 if at % 9 == 0 else 17.0, ("Name",))) for at in range(count)]


def links(count: int) -> list[tuple[str, str]]:
    return [(f"n{at}", f"n{(at * 7 + step * 11 + 3) % count}") for at in range(count) for step in (0, 1)]


def parts(*sizes: int) -> tuple[list[Guest], list[tuple[str, str]]]:
    """Chains of these lengths."""
    found, first = [], 0
    for size in sizes:
        found += [(f"n{at}", f"n{at + 1}") for at in range(first, first + size - 1)]
        first += size
    return guests(first), found


@pytest.mark.parametrize("narrow", [False, True], ids=["wide", "narrow"])
@pytest.mark.parametrize("count", [1, 2, 151, 700])
def test_no_glyph_lies_on_another(count: int, narrow: bool) -> None:
    seated = guests(count)
    positions = spring(seated, links(count), narrow=narrow).positions
    for one, other in combinations(seated, 2):
        assert np.hypot(*np.subtract(positions[one.id], positions[other.id])) >= one.box.radius + other.box.radius


def test_same_guests_same_picture() -> None:
    assert spring(guests(300), links(300)) == spring(guests(300), links(300))


def test_large_part_that_is_made_coarser_first_comes_out_the_same_again() -> None:
    assert spring(guests(1700), links(1700)) == spring(guests(1700), links(1700))


def test_neighbours_are_nearer_than_others() -> None:
    seated, tied = parts(200)
    positions = spring(seated, tied).positions
    steps = [np.hypot(*np.subtract(positions[a], positions[b])) for a, b in tied]
    any_two = [np.hypot(*np.subtract(positions[f"n{a}"], positions[f"n{(a * 37 + 91) % 200}"])) for a in range(200)]
    assert np.mean(steps) < np.mean(any_two) / 2


def test_stray_parts_lie_around_the_largest_and_not_far_off() -> None:
    seated, tied = parts(120, *[4] * 20, *[1] * 40)
    positions = spring(seated, tied).positions
    at = np.array([positions[one.id] for one in seated])
    area = float(np.prod(np.ptp(at, axis=0)))
    assert area < 5 * len(seated) * 74.0**2
    assert np.hypot(*at[:120].mean(axis=0)) < np.ptp(at, axis=0).max() / 3


def test_parallel_links_part_and_all_others_are_straight() -> None:
    bends = spring(guests(151), [("n1", "n2"), ("n2", "n1"), ("n3", "n4"), ("n5", "n5")]).bends
    assert bends[0] == bends[1] != 0
    assert bends[2:] == (0.0, 0.0)


def test_first_side_leans_left() -> None:
    seated = [Guest(one.id, "left people" if at < 100 else "right people", one.box) for at, one in enumerate(guests(200))]
    tied = [(f"n{at}", f"n{at + 1}") for at in range(199)]
    positions = spring(seated, tied).positions
    assert np.mean([positions[f"n{at}"][0] for at in range(100)]) < np.mean([positions[f"n{at}"][0] for at in range(100, 200)])


@pytest.mark.parametrize("frame", [WIDE_FRAME, NARROW_FRAME], ids=["wide", "narrow"])
@pytest.mark.parametrize(
    "sizes",
    [[(10.0, 10.0)], [(500.0, 300.0)] + [(90.0, 40.0)] * 300, [(4000.0, 20.0)] * 30, [(900.0, 900.0)] + [(1.0, 1.0)] * 500],
    ids=["one", "many", "long", "tiny"],
)
def test_packed_rectangles_do_not_overlap(sizes: list[tuple[float, float]], frame: tuple[float, float]) -> None:
    corners = np.array(pack(sizes, frame))
    far = corners + np.array(sizes)
    over = (corners[:, None] < far[None] - 1e-6).all(axis=2) & (far[:, None] > corners[None] + 1e-6).all(axis=2)
    assert over.sum() == len(sizes)


def test_circles_on_one_spot_come_apart() -> None:
    at = separate(np.zeros((40, 2)), np.full(40, 10.0))
    assert min(np.hypot(*(at[a] - at[b])) for a, b in combinations(range(40), 2)) >= 19.9


def test_pairs_that_are_looked_at_grow_with_the_number_of_points() -> None:
    random = np.random.default_rng(1)
    counts = [len(near(random.uniform(0, size**0.5, (size, 2)), 1.0)[0]) for size in (1000, 10000)]
    assert 8 < counts[1] / counts[0] < 12


def test_every_pair_in_reach_is_looked_at_once() -> None:
    at = np.random.default_rng(2).uniform(0, 10, (200, 2))
    first, second = near(at, 1.0)
    seen = Counter(frozenset(pair) for pair in zip(first.tolist(), second.tolist(), strict=True))
    close = {frozenset((a, b)) for a, b in combinations(range(200), 2) if np.hypot(*(at[a] - at[b])) < 1.0}
    assert close <= set(seen)
    assert set(seen.values()) == {1}


def drawn(graph: Graph, **view: object) -> Picture:
    return picture_of(graph, View.model_validate({"title": "x", **view}), ONTOLOGY)


def test_whole_draws_everybody_and_nobody_waits() -> None:
    picture = drawn(crowd(400), whole=True)
    assert len(picture.wide.positions) == len(picture.narrow.positions) == 400
    assert picture.selection.waiting == {}
    assert picture.groups == ()


def test_beyond_the_cap_a_picture_begins_with_groups_unless_the_whole_is_asked_for() -> None:
    graph = crowd(CAP + 1)
    assert len(drawn(graph).wide.positions) == len(drawn(graph).groups)
    assert set(drawn(graph).selection.waiting.values()) == {IN_GROUP}
    assert len(drawn(graph, whole=True).wide.positions) == CAP + 1


def test_counts_of_groups_and_of_lines_between_them_add_up() -> None:
    graph = crowd(900)
    folded = fold(graph, ONTOLOGY)
    groups = group_nodes(folded.nodes, ONTOLOGY, ("a-land", "b-land"), {})
    assert sorted(member for group in groups for member in group.members) == sorted(one.id for one in folded.nodes)
    assert tie_groups(groups, folded.lines).total() == len(folded.lines)
    assert tie_groups(groups, folded.lines, ["n0", "n1"]).total() == len(folded.lines)


def test_groups_tell_sides_apart_where_the_kind_has_their_colour() -> None:
    names = {group.name for group in drawn(negotiation(), overview=True).groups}
    assert {"People: A-Land", "People: B-Land", "People: third parties", "Issues"} <= names


def test_focus_stands_beside_the_groups() -> None:
    picture = drawn(crowd(300), overview=True, focus=("n7",))
    assert picture.selection.wide == ("n7",)
    assert "n7" in picture.wide.positions
    assert "n7" not in picture.selection.waiting


def test_everything_is_ranked_by_weight() -> None:
    graph = crowd(60)
    found = everything(graph, fold(graph, ONTOLOGY), ONTOLOGY)
    weights = [found.weights[one] for one in found.wide]
    assert weights == sorted(weights, reverse=True)


def test_line_of_a_side_is_quiet_where_its_people_are_drawn() -> None:
    graph = negotiation(
        tie("a-land", "PARTY_TO", "call"),
        tie("b-land", "PARTY_TO", "call"),
        node("Country", "c-land", "C-Land"),
        tie("c-land", "PARTY_TO", "call"),
    )
    folded = fold(graph, ONTOLOGY)
    assert quiet_lines(folded.lines, folded.nodes, ("a-land", "b-land")) == {"b-land--PARTY_TO--call"}
    without_bo = [line for line in folded.lines if line.start != "bo"]
    assert quiet_lines(without_bo, folded.nodes, ("a-land", "b-land")) == set()
