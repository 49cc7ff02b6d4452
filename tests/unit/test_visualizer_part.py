"""A part of the graph as blocks of a page."""

from tests.browser.negotiation import ONTOLOGY, negotiation, node, tie
from visualizer.part import apart_kinds, closed_kinds, draw_part, planned


def test_neighbours_are_what_lines_tie_also_over_what_is_folded() -> None:
    part = draw_part(negotiation(), ONTOLOGY, "ann")
    assert part["neighbours"] == ["first-round", "ministry"]
    assert "minister" not in {one["id"] for one in part["nodes"]}


def test_nodes_have_no_seat_and_lines_no_bend() -> None:
    part = draw_part(negotiation(), ONTOLOGY, "ann")
    assert {(one["x"], one["y"], one["narrow"]) for one in part["nodes"]} == {(None, None, None)}
    assert {(one["bend"], one["narrow"]) for one in part["lines"]} == {(0.0, 0.0)}


def test_same_graph_gives_the_same_part() -> None:
    assert draw_part(negotiation(), ONTOLOGY, "ann") == draw_part(negotiation(), ONTOLOGY, "ann")


def test_no_path_passes_a_country_a_place_or_what_somebody_says() -> None:
    closed = set(closed_kinds(ONTOLOGY))
    assert {"Country", "Place", "Claim", "Position", "Dispute", "Source", "Deadline"} <= closed
    assert not closed & {"Person", "Organization", "Agency", "Event", "Round", "Agreement", "Issue", "Post", "Delegation"}
    assert {"Claim", "Source"} <= set(apart_kinds(ONTOLOGY)) <= closed


def test_being_sent_to_what_was_not_held_is_planned() -> None:
    ahead = node("Round", "ahead", "Ahead", kind="round", status="announced")
    assert planned(negotiation(ahead, tie("a-team", "SENT_TO", "ahead"))) == ["a-team--SENT_TO--ahead"]
