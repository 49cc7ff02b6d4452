"""Posts and delegations fold into lines, claims go to cards, and nothing that a source denies is drawn."""

from graphapi.model import Node, Relationship
from tests.browser.negotiation import ONTOLOGY, negotiation, node, tie
from visualizer.folding import Line, fold


def lines(*more: Node | Relationship) -> dict[tuple[str, str], Line]:
    folded = fold(negotiation(*more), ONTOLOGY)
    return {(line.start, line.end): line for line in folded.lines}


def test_post_becomes_an_affiliation_line_with_its_name() -> None:
    line = lines()["ann", "ministry"]
    assert (line.family, line.caption, line.dashed) == ("affiliation", "Minister of Trade", False)
    assert line.parts == ("ann--HOLDS--minister", "minister--PART_OF--ministry")


def test_delegation_joins_the_presence_line_of_its_member() -> None:
    line = lines()["ann", "first-round"]
    assert line.id == "ann--ANNOUNCED_FOR--first-round"
    assert line.caption == "is announced for, jointly leads the A-Land delegation"
    assert line.dashed
    assert line.parts == ("ann--ANNOUNCED_FOR--first-round", "ann--LEADS--a-team", "a-team--SENT_TO--first-round")


def test_delegation_without_a_presence_is_a_dashed_line() -> None:
    line = lines(tie("cy", "MEMBER_OF", "a-team"))["cy", "first-round"]
    assert line.dashed
    assert line.caption == "is a member of the A-Land delegation"


def test_delegation_of_somebody_who_was_absent_is_no_line() -> None:
    assert ("bo", "first-round") not in lines(tie("bo", "MEMBER_OF", "a-team"))


def test_negative_relationship_is_never_a_line() -> None:
    drawn = lines(tie("deal", "LEAVES_OUT", "tariffs"))
    assert "leaves out" not in {line.caption for line in drawn.values()}
    assert ("bo", "first-round") not in drawn


def test_claims_positions_disputes_and_credits_are_no_lines() -> None:
    folded = fold(negotiation(), ONTOLOGY)
    ends = {end for line in folded.lines for end in (line.start, line.end)}
    assert not ends & {"kept", "broken", "keeping", "report", "minister", "a-team", "report:p4"}


def test_caption_is_the_own_one_or_else_the_post() -> None:
    captions = fold(negotiation(), ONTOLOGY).captions
    assert captions["bo"] == "Minister of B-Land"
    assert captions["ann"] == "Minister of Trade"


def test_two_posts_in_one_organisation_are_one_line() -> None:
    line = lines(node("Post", "envoy", "Envoy"), tie("ann", "HOLDS", "envoy"), tie("envoy", "PART_OF", "ministry"))["ann", "ministry"]
    assert line.caption == "Minister of Trade, Envoy"
    assert len(line.parts) == 4
