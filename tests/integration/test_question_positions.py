"""Positions of the sides, as a matrix and over time: on the London report by hand, and where dates are not precise."""

from pathlib import Path

import pytest

from graphapi.catalogue import read_catalogue
from graphapi.ingest import read_dataset
from graphapi.ingest.load import load
from graphapi.ontology import read_ontology
from graphapi.questions import Answer, Question, answer_document, ask
from graphapi.store import Store
from tests.datasets import HEAD, write_dataset

FACTS = """\
sources:
  - {id: report, name: A report, kind: news-report, grade: B, date: 2025-08-08, paragraphs: {p1: {summary: One.}}}
entities:
  Country:
    - {id: a-land, name: A-Land, evidence: [report:p1]}
    - {id: b-land, name: B-Land, evidence: [report:p1]}
    - {id: c-land, name: C-Land, evidence: [report:p1]}
  Post:
    - {id: minister, name: Minister, evidence: [report:p1]}
  Person:
    - {id: ann, name: Ann, side: a-land, evidence: [report:p1]}
    - {id: guest, name: Guest, evidence: [report:p1]}
  Issue:
    - {id: fish, name: Fish, evidence: [report:p1]}
    - {id: steel, name: Steel, evidence: [report:p1]}
  Round:
    - {id: first, name: First round, kind: round, date: 2025-05-10/2025-05-11, evidence: [report:p1]}
    - {id: second, name: Second round, kind: round, date: 2025-09-01, status: announced, evidence: [report:p1]}
  Event:
    - {id: fish-act, name: The fish act, kind: act, date: 2025-06-01, evidence: [report:p1]}
    - {id: other-act, name: Another act, kind: act, date: 2025-06-20, evidence: [report:p1]}
    - {id: visit, name: Ann's visit, kind: visit, date: 2025-07-01, evidence: [report:p1]}
  Measure:
    - {id: fish-tariff, name: Tariff on fish, kind: tariff, evidence: [report:p1]}
  Position:
    - {id: early, name: Early, stance: Free fish., side: a-land, date: 2025-05-01, evidence: [report:p1]}
    - {id: middle, name: Middle, stance: Some fish., side: a-land, date: 2025-06-15, evidence: [report:p1]}
    - {id: late, name: Late, stance: No fish., date: 2025-07-02, evidence: [report:p1]}
    - {id: vague, name: Vague, stance: Fish or not., side: b-land, date: 2025-06, evidence: [report:p1]}
    - {id: sharp, name: Sharp, stance: Fish., side: b-land, date: 2025-06-15, evidence: [report:p1]}
    - {id: own, name: Own, stance: Steel., date: 2025-06-01, evidence: [report:p1]}
    - {id: private, name: Private, stance: Eat fish., date: 2025-06-01, evidence: [report:p1]}
relationships:
  HOLDS:
    - {start: ann, end: minister, evidence: [report:p1]}
  PART_OF:
    - {start: minister, end: a-land, evidence: [report:p1]}
  PARTY_TO:
    - {start: a-land, end: first, evidence: [report:p1]}
    - {start: a-land, end: other-act, evidence: [report:p1]}
    - {start: a-land, end: second, evidence: [report:p1]}
  TOOK_PART_IN:
    - {start: ann, end: visit, evidence: [report:p1]}
  SETS:
    - {start: fish-act, end: fish-tariff, status: in-force, evidence: [report:p1]}
  TAKES:
    - {start: a-land, end: early, evidence: [report:p1]}
    - {start: a-land, end: middle, evidence: [report:p1]}
    - {start: ann, end: late, evidence: [report:p1]}
    - {start: b-land, end: vague, evidence: [report:p1]}
    - {start: b-land, end: sharp, evidence: [report:p1]}
    - {start: c-land, end: own, evidence: [report:p1]}
    - {start: guest, end: private, evidence: [report:p1]}
  ABOUT:
    - {start: fish-tariff, end: fish, evidence: [report:p1]}
    - {start: early, end: fish, evidence: [report:p1]}
    - {start: middle, end: fish, evidence: [report:p1]}
    - {start: late, end: fish, evidence: [report:p1]}
    - {start: vague, end: fish, evidence: [report:p1]}
    - {start: sharp, end: fish, evidence: [report:p1]}
    - {start: own, end: steel, evidence: [report:p1]}
    - {start: private, end: fish, evidence: [report:p1]}
"""


def answer(store: Store, name: str, as_of: str | None = None, **given: str) -> Answer:
    return ask(store, read_ontology(), read_catalogue(), Question(name=name, given=given, as_of=as_of))


def latest(found: Answer, issue: str, side: str) -> dict[str, str]:
    return {row["position"]["id"]: row["latest"] for row in found.rows if (row["issue"]["id"], row["side"]) == (issue, side)}


@pytest.fixture
def talks(store: Store, tmp_path: Path) -> Store:
    """A store with positions that move, and two whose order is open."""
    load(store, read_dataset(write_dataset(tmp_path / "talks", FACTS, HEAD)))
    return store


@pytest.mark.parametrize(
    ("as_of", "issue", "side", "expected"),
    [
        # p11: Leavitt on Sunday, 8 June; p10: accusations of recent weeks; p2: the aim to return to Geneva, not dated.
        (
            None,
            "geneva-compliance",
            "united-states",
            {
                "pos-us-geneva-forward": "surely",
                "pos-us-monitoring": "surely",
                "pos-both-back-on-track": "possibly",
                "pos-us-slow-walking": "possibly",
            },
        ),
        # Before the interview only what may lie before it.
        ("2025-06-07", "geneva-compliance", "united-states", {"pos-both-back-on-track": "possibly", "pos-us-slow-walking": "possibly"}),
        # p6: Xi on Taiwan by the Chinese summary, between the call of 5 June and the report; nobody of the US speaks of it.
        (None, "taiwan-status", "china", {"pos-china-taiwan": "surely"}),
        ("2025-06-05", "taiwan-status", "china", {"pos-china-taiwan": "possibly"}),
        ("2025-06-04", "taiwan-status", "china", {}),
        (None, "taiwan-status", "united-states", {}),
        # p8: Trump on 6 June; p8, p9: the trouble over the halted shipments, not dated, so either may be the later.
        (None, "rare-earth-exports", "united-states", {"pos-trump-rare-earths": "possibly", "pos-us-rare-earths": "possibly"}),
        ("2025-06-05", "rare-earth-exports", "united-states", {"pos-us-rare-earths": "possibly"}),
        # p3: the UK on 8 June.
        (None, "trade-dispute", "united-kingdom", {"pos-uk-free-trade": "surely", "pos-uk-not-party": "possibly"}),
    ],
)
def test_latest_positions_in_london(london: Store, as_of: str | None, issue: str, side: str, expected: dict[str, str]) -> None:
    assert latest(answer(london, "positions", as_of), issue, side) == expected


def test_positions_are_laid_out_issues_down_and_sides_across(london: Store) -> None:
    found = answer(london, "positions")
    assert found.matrix is not None
    assert [(head.id, head.name) for head in found.matrix.across] == [
        ("united-states", "United States"),
        ("china", "China"),
        ("united-kingdom", "United Kingdom"),
    ]
    assert len(found.matrix.down) == 8
    numbers = [number for cells in found.matrix.cells for cell in cells for number in cell]
    assert sorted(numbers) == list(range(len(found.rows)))
    taiwan = [head.id for head in found.matrix.down].index("taiwan-status")
    assert [[found.rows[number]["position"]["id"] for number in cell] for cell in found.matrix.cells[taiwan]] == [
        [],
        ["pos-china-taiwan"],
        [],
    ]
    assert list(answer_document(found)["matrix"]) == ["axes", "down", "across", "cells"]
    assert "An empty cell says that our sources hold no position" in found.not_in_sources[-1]


def test_assessment_by_the_report_is_marked(london: Store) -> None:
    # p15: "U.S. complaints" is the report's own word.
    row = next(row for row in answer(london, "positions").rows if row["position"]["id"] == "pos-us-economic-model")
    assert (row["certainty"], row["source"]) == ("assessed", ["reuters-london-preview:p15"])


def test_us_position_on_geneva_over_time(london: Store) -> None:
    # p5: the call of 5 June is the last talk that was over before Leavitt spoke on the 8th (p11); of the others no day is known.
    found = answer(london, "position-history", side="united-states", issue="geneva-compliance")
    assert [(row["date"], row["position"]["id"], row["event_before"] and row["event_before"]["id"]) for row in found.rows] == [
        ("[2025-05-01..2025-06-08]", "pos-us-slow-walking", None),
        ("[..2025-06-08]", "pos-both-back-on-track", None),
        ("2025-06-08", "pos-us-geneva-forward", "call-trump-xi-2025-06"),
        ("2025-06-08", "pos-us-monitoring", "call-trump-xi-2025-06"),
    ]
    assert found.not_in_sources == (
        "Our sources do not show after which event these were taken: China is too slow, Return to the Geneva deal.",
    )


def test_chinese_word_on_taiwan_came_after_the_call(london: Store) -> None:
    # p5, p6: the summary of the call, made on its day or later.
    found = answer(london, "position-history", side="china", issue="taiwan-status")
    assert [row["event_before"]["id"] for row in found.rows] == ["call-trump-xi-2025-06"]


def test_side_without_a_position_is_said_to_have_none_in_our_sources(london: Store) -> None:
    found = answer(london, "position-history", side="united-states", issue="taiwan-status")
    assert (found.rows, found.not_in_sources) == ((), ("Our sources hold no position of United States on Status of Taiwan.",))


@pytest.mark.parametrize(
    ("as_of", "a_land", "b_land"),
    [
        (None, {"late": "surely"}, {"sharp": "possibly", "vague": "possibly"}),
        ("2025-07-02", {"late": "surely"}, {"sharp": "possibly", "vague": "possibly"}),
        ("2025-07-01", {"middle": "surely"}, {"sharp": "possibly", "vague": "possibly"}),
        ("2025-06-15", {"middle": "surely"}, {"sharp": "possibly", "vague": "possibly"}),
        ("2025-06-14", {"early": "surely"}, {"vague": "possibly"}),
        ("2025-05", {"early": "surely"}, {}),
        ("2025-04", {}, {}),
    ],
)
def test_later_position_takes_the_place_of_the_earlier(
    talks: Store, as_of: str | None, a_land: dict[str, str], b_land: dict[str, str]
) -> None:
    found = answer(talks, "positions", as_of)
    assert latest(found, "fish", "a-land") == a_land
    assert latest(found, "fish", "b-land") == b_land


def test_country_is_a_side_of_its_own_and_who_has_none_is_named(talks: Store) -> None:
    found = answer(talks, "positions")
    assert latest(found, "steel", "c-land") == {"own": "surely"}
    assert "private" not in {row["position"]["id"] for row in found.rows}
    assert "Positions of those who take no side's part are not shown: Guest." in found.not_in_sources


def test_event_before_is_one_of_the_side_or_bears_on_the_issue(talks: Store) -> None:
    # Nothing was over on 1 May; the other act does not bear on fish; Ann's visit is one of A-Land's Minister.
    found = answer(talks, "position-history", side="a-land", issue="fish")
    assert [(row["position"]["id"], row["event_before"] and row["event_before"]["id"]) for row in found.rows] == [
        ("early", None),
        ("middle", "fish-act"),
        ("late", "visit"),
    ]
