"""Heads, regulars, hosts and holders of posts: on the London report by hand, and where sources contradict each other."""

from pathlib import Path
from typing import Any

import pytest

from graphapi.catalogue import read_catalogue
from graphapi.ingest import read_dataset
from graphapi.ingest.load import load
from graphapi.ontology import read_ontology
from graphapi.questions import Answer, Question, ask
from graphapi.store import Store
from tests.datasets import HEAD, write_dataset

LONDON_TALKS = "talks-london-2025-06-09"
LINE = "us-china-trade-talks-2025"
FACTS = """\
sources:
  - {id: report, name: A report, kind: news-report, grade: B, date: 2025-08-08, paragraphs: {p1: {summary: One.}, p2: {summary: Two.}}}
  - {id: wire, name: A wire report, kind: news-report, grade: B, date: 2025-08-09, paragraphs: {p1: {summary: One.}}}
  - {id: archive, name: An old report, kind: news-report, grade: B, date: 2019-03-01, paragraphs: {p1: {summary: One.}}}
entities:
  Country:
    - {id: a-land, name: A-Land, evidence: [report:p1]}
    - {id: b-land, name: B-Land, evidence: [report:p1]}
    - {id: c-land, name: C-Land, evidence: [report:p1]}
  Post:
    - {id: minister, name: Minister, evidence: [report:p1]}
  Person:
    - {id: ann, name: Ann, side: a-land, evidence: [report:p1]}
    - {id: abe, name: Abe, side: a-land, evidence: [report:p1]}
    - {id: bo, name: Bo, side: b-land, evidence: [report:p1]}
    - {id: bea, name: Bea, side: b-land, evidence: [report:p1]}
    - {id: zoe, name: Zoe, side: a-land, evidence: [archive:p1]}
    - {id: old, name: Old, side: a-land, evidence: [archive:p1]}
  Delegation:
    - {id: a-first, name: A at the first, side: a-land, list_complete: true, evidence: [report:p1]}
    - {id: a-second, name: A at the second, side: a-land, list_complete: false, evidence: [report:p1]}
    - {id: b-second, name: B at the second, side: b-land, list_complete: false, evidence: [report:p1]}
  Process:
    - {id: line, name: The line, evidence: [report:p1]}
    - {id: other-line, name: The other line, evidence: [report:p1]}
  Round:
    - {id: first, name: First round, kind: round, date: 2025-05, evidence: [report:p1]}
    - {id: second, name: Second round, kind: round, date: 2025-07, evidence: [report:p1]}
    - {id: third, name: Third round, kind: round, date: 2025-09, status: announced, evidence: [report:p1]}
    - {id: elsewhere, name: A round elsewhere, kind: round, date: 2025-06, evidence: [report:p1]}
  Place:
    - {id: town, name: Town, evidence: [report:p1]}
relationships:
  PART_OF:
    - {start: first, end: line, evidence: [report:p1]}
    - {start: second, end: line, evidence: [report:p1]}
    - {start: third, end: line, evidence: [report:p1]}
    - {start: elsewhere, end: other-line, evidence: [report:p1]}
    - {start: other-line, end: line, evidence: [report:p1]}
  LEADS:
    - {start: ann, end: a-first, evidence: [report:p1, wire:p1]}
    - {start: ann, end: a-second, jointly: true, evidence: [report:p2, wire:p1]}
    - {start: abe, end: a-second, jointly: true, evidence: [report:p1]}
  MEMBER_OF:
    - {start: abe, end: a-first, evidence: [report:p1]}
    - {start: bea, end: b-second, evidence: [report:p1]}
  SENT_TO:
    - {start: a-first, end: first, evidence: [report:p1]}
    - {start: a-second, end: second, evidence: [report:p1]}
    - {start: b-second, end: second, evidence: [report:p1]}
  TOOK_PART_IN:
    - {start: bo, end: first, evidence: [wire:p1]}
    - {start: bo, end: second, evidence: [wire:p1]}
    - {start: bea, end: first, evidence: [wire:p1]}
  UNCONFIRMED_AT:
    - {start: bea, end: second, evidence: [wire:p1]}
  ANNOUNCED_FOR:
    - {start: bo, end: third, evidence: [wire:p1]}
  PARTY_TO:
    - {start: a-land, end: first, evidence: [report:p1]}
    - {start: b-land, end: first, evidence: [report:p1]}
  HOSTED:
    - {start: a-land, end: first, evidence: [report:p2]}
    - {start: c-land, end: second, evidence: [report:p2]}
  HELD_IN:
    - {start: first, end: town, evidence: [wire:p1]}
  HOLDS:
    - {start: ann, end: minister, valid_from: 2025-01-20, evidence: [report:p1, wire:p1]}
    - {start: abe, end: minister, valid_from: 2021, valid_to: 2025-01-19, status: acting, evidence: [report:p2]}
    - {start: zoe, end: minister, evidence: [archive:p1]}
    - {start: old, end: minister, valid_to: "[..2018-06-30]", evidence: [archive:p1]}
"""


def answer(store: Store, name: str, as_of: str | None = None, **given: str) -> Answer:
    return ask(store, read_ontology(), read_catalogue(), Question(name=name, given=given, as_of=as_of))


def rows(found: Answer, *columns: str) -> list[tuple[Any, ...]]:
    return [tuple(_bare(row[column]) for column in columns) for row in found.rows]


def _bare(value: Any) -> Any:
    if isinstance(value, dict):
        return value["id"]
    return [_bare(one) for one in value] if isinstance(value, list) else value


@pytest.fixture
def talks(store: Store, tmp_path: Path) -> Store:
    """A store with a line of two held rounds and one ahead, and a post that changed hands."""
    load(store, read_dataset(write_dataset(tmp_path / "talks", FACTS, HEAD)))
    return store


def test_london_has_three_joint_heads_on_one_side_and_one_on_the_other(london: Store) -> None:
    # p4: a US delegation led by three, none ranked; a Chinese one helmed by He Lifeng.
    found = answer(london, "delegation-heads", event=LONDON_TALKS)
    assert rows(found, "side", "head", "jointly_with", "agree", "sources") == [
        ("china", "he-lifeng", [], True, ["reuters-london-preview:p4"]),
        ("united-states", "howard-lutnick", ["jamieson-greer", "scott-bessent"], True, ["reuters-london-preview:p4"]),
        ("united-states", "jamieson-greer", ["howard-lutnick", "scott-bessent"], True, ["reuters-london-preview:p4"]),
        ("united-states", "scott-bessent", ["howard-lutnick", "jamieson-greer"], True, ["reuters-london-preview:p4"]),
    ]
    assert found.not_in_sources[1] == (
        "One source alone names a head of the delegation “US delegation in London”, so that none contradicts it."
    )


def test_geneva_delegations_have_no_head_in_the_report(london: Store) -> None:
    # p12 names nobody in Geneva but Lutnick, who was not there.
    found = answer(london, "delegation-heads", event="talks-geneva-2025-05")
    assert found.rows == ()
    assert "Our sources name no head of the delegation “US delegation in Geneva”." in found.not_in_sources


def test_sources_that_name_other_heads_are_accounts_of_their_own(talks: Store) -> None:
    # The wire has Ann alone, the report Ann and Abe together.
    found = answer(talks, "delegation-heads", event="second")
    assert rows(found, "side", "head", "jointly_with", "agree", "sources") == [
        ("a-land", "ann", [], False, ["wire:p1"]),
        ("a-land", "abe", ["ann"], False, ["report:p1", "report:p2"]),
        ("a-land", "ann", ["abe"], False, ["report:p1", "report:p2"]),
    ]
    assert found.not_in_sources == ("Our sources name no head of the delegation “B at the second”.",)


def test_sources_that_name_the_same_head_agree(talks: Store) -> None:
    assert rows(answer(talks, "delegation-heads", event="first"), "head", "agree", "sources") == [("ann", True, ["report:p1", "wire:p1"])]


def test_nobody_is_a_regular_where_one_round_was_held_and_nobody_named(london: Store) -> None:
    # p12: Geneva; p1: London is still ahead.
    found = answer(london, "regulars", process=LINE)
    assert found.rows == ()
    assert found.not_in_sources == (
        "Our sources name nobody who was at Geneva talks, the one held round of US–China trade talks 2025.",
        "Not held as far as our sources tell, and not counted: London talks.",
        "Our sources do not name everybody who came, so that more people may have been at every round: Geneva talks.",
    )


def test_regulars_were_at_every_held_round_of_the_line_itself(talks: Store) -> None:
    # Bea's seat at the second does not count: a source calls her presence unconfirmed. The third lies ahead, the other line is no part.
    found = answer(talks, "regulars", process="line")
    assert rows(found, "person", "side", "rounds", "first", "last") == [
        ("abe", "a-land", 2, "first", "second"),
        ("ann", "a-land", 2, "first", "second"),
        ("bo", "b-land", 2, "first", "second"),
    ]
    assert found.rows[2]["sources"] == ["wire:p1"]


def test_regulars_as_of_a_month_count_the_rounds_until_then(talks: Store) -> None:
    found = answer(talks, "regulars", "2025-06", process="line")
    assert rows(found, "person", "rounds") == [("abe", 1), ("ann", 1), ("bea", 1), ("bo", 1)]


def test_london_is_hosted_by_the_uk_which_is_no_party(london: Store) -> None:
    # p1: London; p2: the venue is undisclosed; p16: the UK government provides the venue and is no party. Of Geneva no host is told.
    found = answer(london, "hosts", process=LINE)
    assert rows(found, "event", "date", "status", "place", "host", "is_party") == [
        ("talks-geneva-2025-05", "2025-05", "held", ["geneva"], None, None),
        (LONDON_TALKS, "2025-06-09", "announced", ["london", "london-talks-venue"], "uk-government", False),
    ]
    assert "reuters-london-preview:p16" in found.rows[1]["source"]
    assert found.not_in_sources == ("Our sources do not say who hosted: Geneva talks.",)


def test_host_of_whom_nothing_is_said_is_neither_party_nor_not(talks: Store) -> None:
    found = answer(talks, "hosts", process="line")
    assert rows(found, "event", "place", "host", "is_party") == [
        ("first", ["town"], "a-land", True),
        ("second", [], "c-land", None),
        ("third", [], None, None),
    ]
    assert found.not_in_sources == (
        "Our sources do not say where these were held: Second round, Third round.",
        "Our sources do not say who hosted: Third round.",
        "Our sources do not say whether these hosts were parties: C-Land (Second round).",
    )


def test_trump_is_president_from_the_day_that_the_report_names(london: Store) -> None:
    # p2, p5: back in the White House on 20 January.
    found = answer(london, "post-holders", post="post-us-president")
    columns = ("person", "start", "end", "precision", "status", "seen_from")
    assert rows(found, *columns) == [("donald-trump", "2025-01-20", None, "day", "dated", "2025-06-08")]
    assert found.not_in_sources == ("Our sources name no last day of: Donald Trump.",)


@pytest.mark.parametrize(
    ("as_of", "status"),
    [
        ("2024-12", "after"),
        ("2025-01-19", "after"),
        ("2025-01-20", "then"),
        ("2025-01", "then"),
        ("2025-06-08", "then"),
        ("2025-06", "then"),
        ("2026", "seen before"),
    ],
)
def test_london_president_as_of_a_date(london: Store, as_of: str, status: str) -> None:
    assert rows(answer(london, "post-holders", as_of, post="post-us-president"), "status") == [(status,)]


@pytest.mark.parametrize(
    ("as_of", "status"), [("2025-06-07", "seen after"), ("2025-06-08", "then"), ("2025-06-09", "seen before"), (None, "seen")]
)
def test_post_without_dates_is_known_by_the_day_of_its_source(london: Store, as_of: str | None, status: str) -> None:
    # p4 calls Bessent Treasury Secretary; the report is of 8 June 2025.
    found = answer(london, "post-holders", as_of, post="post-us-treasury-secretary")
    assert rows(found, "person", "start", "precision", "status") == [("scott-bessent", None, "seen", status)]


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [
        ("2017", {"old": "possibly then", "zoe": "seen after", "abe": "after", "ann": "after"}),
        ("2019-03-01", {"old": "before", "zoe": "then", "abe": "after", "ann": "after"}),
        ("2020", {"old": "before", "zoe": "seen before", "abe": "after", "ann": "after"}),
        ("2021-02", {"old": "before", "zoe": "seen before", "abe": "possibly then", "ann": "after"}),
        ("2023", {"old": "before", "zoe": "seen before", "abe": "then", "ann": "after"}),
        ("2025-01-19", {"old": "before", "zoe": "seen before", "abe": "then", "ann": "after"}),
        ("2025-01-20", {"old": "before", "zoe": "seen before", "abe": "before", "ann": "then"}),
        ("2025-08-09", {"old": "before", "zoe": "seen before", "abe": "before", "ann": "then"}),
    ],
)
def test_post_that_changed_hands_says_who_held_it_then(talks: Store, as_of: str, expected: dict[str, str]) -> None:
    found = answer(talks, "post-holders", as_of, post="minister")
    assert {row["person"]["id"]: row["status"] for row in found.rows} == expected


def test_holders_are_in_order_of_time_with_their_precision(talks: Store) -> None:
    found = answer(talks, "post-holders", post="minister")
    assert rows(found, "person", "start", "end", "precision", "status", "capacity") == [
        ("old", None, "[..2018-06-30]", "between", "dated", None),
        ("zoe", None, None, "seen", "seen", None),
        ("abe", "2021", "2025-01-19", "year", "dated", "acting"),
        ("ann", "2025-01-20", None, "day", "dated", None),
    ]


def test_gap_between_holders_is_said(talks: Store) -> None:
    assert "Our sources do not show who was Minister in 2020." in answer(talks, "post-holders", "2020", post="minister").not_in_sources
