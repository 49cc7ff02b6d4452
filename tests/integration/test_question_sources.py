"""Conflicts, the evidence for a fact and what is missing: on the London report by hand, and where two data sets meet."""

from pathlib import Path
from typing import Any

import pytest

from graphapi.catalogue import read_catalogue
from graphapi.errors import InputRefused, NotFound
from graphapi.ingest import read_dataset
from graphapi.ingest.load import load
from graphapi.ontology import read_ontology
from graphapi.questions import Answer, Question, ask
from graphapi.store import Store
from tests.datasets import HEAD, write_dataset

REPORT = "reuters-london-preview"
ONE = """\
sources:
  - {id: wire, name: A wire report, kind: news-report, grade: B, date: 2025-06-01, directness: relayed}
  - id: copy
    name: A copy
    kind: news-report
    grade: B
    date: 2025-06-02
    excerpts: {e1: {summary: One., names: [ann]}, e2: {summary: Two.}}
  - {id: twin, name: Another copy, kind: news-report, grade: C, date: 2025-06-02, excerpts: {e1: {summary: One., names: [bo]}}}
  - {id: paper, name: A paper, kind: news-report, grade: B, date: 2025-06-03, paragraphs: {p1: {summary: Own.}, p2: {summary: Told.}}}
  - {id: ministry-text, name: A text, kind: official-text, grade: A, date: 2025-06-01, directness: relayed}
  - {id: office-text, name: Another text, kind: official-text, grade: A, date: 2025-06-01, directness: relayed}
entities:
  Country:
    - {id: a-land, name: A-Land, evidence: [copy:e1]}
    - {id: b-land, name: B-Land, evidence: [copy:e1]}
  Person:
    - {id: ann, name: Ann, side: a-land, evidence: [copy:e1, copy:e2, twin:e1]}
    - {id: bo, name: Bo, side: b-land, evidence: [paper:p1, ministry-text]}
    - {id: cy, name: Cy, kind: collective, evidence: [paper:p2, ministry-text]}
    - {id: di, name: Di, side: b-land, evidence: [wire, twin:e1, paper:p1]}
  Round:
    - {id: first, name: First round, kind: round, date: 2025-05-10, evidence: [copy:e1]}
    - {id: second, name: Second round, kind: round, evidence: [copy:e1]}
relationships:
  TOOK_PART_IN:
    - {start: bo, end: first, evidence: [copy:e1]}
    - {start: ann, end: first, evidence: [copy:e1]}
    - {start: cy, end: first, evidence: [paper:p1]}
    - {start: di, end: second, evidence: [copy:e1, twin:e1]}
  RELAYS:
    - {start: copy, end: wire, evidence: [copy]}
    - {start: twin, end: wire, evidence: [twin]}
    - {start: paper, end: ministry-text, evidence: [paper:p2]}
    - {start: paper, end: office-text, evidence: [paper:p2]}
"""
TWO = """\
sources:
  - {id: gazette, name: A gazette, kind: official-text, grade: A, date: 2025-07-01, paragraphs: {p1: {summary: Dates the round.}}}
entities:
  Country:
    - {id: a-land, name: A-Land, evidence: [gazette:p1]}
    - {id: b-land, name: B-Land, evidence: [gazette:p1]}
  Round:
    - {id: first, name: First round, kind: round, date: 2025-05-12, evidence: [gazette:p1]}
"""


def answer(store: Store, name: str, as_of: str | None = None, **given: str) -> Answer:
    return ask(store, read_ontology(), read_catalogue(), Question(name=name, given=given, as_of=as_of))


def gaps(found: Answer) -> dict[str, tuple[int, list[str]]]:
    return {row["check"]: (row["count"], [one["id"] for one in row["examples"]]) for row in found.rows}


@pytest.fixture
def talks(store: Store, tmp_path: Path) -> Store:
    """A store with sources that relay others, and two data sets that date a round differently."""
    load(store, read_dataset(write_dataset(tmp_path / "one", ONE, HEAD)))
    load(store, read_dataset(write_dataset(tmp_path / "two", TWO, HEAD.replace("id: tiny", "id: gazette-set"))))
    return store


def test_london_has_four_questions_on_which_accounts_differ(london: Store) -> None:
    # p6, p7: two accounts of the call; p8: Trump on a promise, of which China's summary (p6) has no word; p10, p11: the US side alone on
    # China's keeping of the deal, in two tones.
    found = answer(london, "conflicts")
    assert {row["dispute"]["id"]: row["kind"] for row in found.rows} == {
        "contra-call-tenor": "conflict",
        "contra-rare-earth-commitment": "silence",
        "contra-geneva-performance": "one-sided",
        "contra-us-tone": "wording",
    }
    rare = next(row for row in found.rows if row["kind"] == "silence")
    assert rare["values"] == ["united-states: Xi agreed that rare earths and magnets are shipped to the US again.", "china: says nothing"]
    assert rare["sources"] == [f"{REPORT}:p6", f"{REPORT}:p8", "trump-statement-day-after-call"]
    assert found.not_in_sources == ("A side that says nothing has neither confirmed nor denied.",)


def test_dispute_begins_with_its_first_account(london: Store) -> None:
    # p8: Trump spoke of rare earths on 6 June.
    on = {day: {row["dispute"]["id"] for row in answer(london, "conflicts", day).rows} for day in ("2025-06-05", "2025-06-06")}
    assert on["2025-06-06"] - on["2025-06-05"] == {"contra-rare-earth-commitment"}


def test_property_that_two_data_sets_state_differently_is_a_conflict(talks: Store) -> None:
    found = answer(talks, "conflicts")
    assert [(row["subject"][0]["id"], row["attribute"], row["values"], row["kind"], row["dispute"]) for row in found.rows] == [
        ("first", "date", ["gazette-set: 2025-05-12", "tiny: 2025-05-10"], "conflict", None)
    ]


def test_absence_from_geneva_rests_on_one_paragraph(london: Store) -> None:
    # p12: Lutnick "did not attend the Geneva talks".
    found = answer(london, "evidence-for", id="howard-lutnick--ABSENT_FROM--talks-geneva-2025-05")
    assert [(row["source"], row["document"]["id"], row["locator"], row["date"], row["grade"]) for row in found.rows] == [
        ([f"{REPORT}:p12"], REPORT, "p12", "2025-06-08", "B")
    ]
    assert [one["id"] for one in found.rows[0]["publisher"]] == ["reuters"]
    assert found.scalar == {"sources": 1, "independent": 1}
    assert found.not_in_sources == ("One source alone: nothing of ours confirms it.",)


def test_report_and_the_summary_that_it_relays_are_one_source(london: Store) -> None:
    # p6 tells what the Chinese government's summary says of Xi.
    found = answer(london, "evidence-for", id="claim-china-xi-taiwan")
    assert {row["source"][0]: [one["id"] for one in row["original"]] for row in found.rows} == {
        "chinese-government-summary": ["chinese-government-summary"],
        f"{REPORT}:p6": ["chinese-government-summary"],
    }
    assert found.scalar == {"sources": 2, "independent": 1}


def test_evidence_for_a_claim_carries_its_quote(london: Store) -> None:
    # p11: Leavitt on the monitoring.
    found = answer(london, "evidence-for", id="claim-leavitt-monitoring")
    quotes = {row["source"][0]: row["quote"] for row in found.rows}
    assert quotes[f"{REPORT}:p11"] == "The administration has been monitoring China's compliance with the deal"


@pytest.mark.parametrize(
    ("fact", "counts"),
    [("ann", (2, 1)), ("bo", (2, 2)), ("cy", (2, 1)), ("di", (3, 2)), ("di--TOOK_PART_IN--second", (2, 1))],
    ids=["two copies", "its own words beside a text", "words that it relays, beside the text", "wire, copy and a paper", "relationship"],
)
def test_independent_sources_are_counted_by_what_they_go_back_to(talks: Store, fact: str, counts: tuple[int, int]) -> None:
    found = answer(talks, "evidence-for", id=fact)
    assert found.scalar == {"sources": counts[0], "independent": counts[1]}


@pytest.mark.parametrize(
    ("fact", "close"),
    [
        ("howard-lutnik", "howard-lutnick"),
        ("howard-lutnick--MEMBER_OF--talks-geneva-2025-05", "howard-lutnick--ABSENT_FROM--talks-geneva-2025-05"),
        ("howard-lutnick--ABSENT--talks-geneva-2025-05", "howard-lutnick--ABSENT_FROM--talks-geneva-2025-05"),
        ("howard-lutnik--ABSENT_FROM--talks-geneva-2025-05", "howard-lutnick"),
        ("a--b--c--d", None),
    ],
)
def test_unknown_fact_lists_close_ones(london: Store, fact: str, close: str | None) -> None:
    with pytest.raises(NotFound) as refused:
        answer(london, "evidence-for", id=fact)
    assert refused.value.parameter == "id"
    assert close is None or close in refused.value.close


def test_source_is_no_fact(london: Store) -> None:
    with pytest.raises(InputRefused, match="a Source, not an Entity"):
        answer(london, "evidence-for", id=REPORT)


def test_gaps_in_london(london: Store) -> None:
    # p0, p12: nobody is named who came to Geneva; p4: lists of leaders only, so all six are open, and four have no head; p2, p10, p14:
    # tariffs without a single rate; p0: the photograph credits four names and no publisher.
    found = gaps(answer(london, "coverage-gaps"))
    assert found["meetings that were held, with nobody named who came"] == (1, ["talks-geneva-2025-05"])
    assert found["delegations with an open list"][0] == 6
    assert found["delegations without a head"][0] == 4
    assert found["tariffs without a rate"] == (
        4,
        ["china-tariffs-on-us-2025", "liberation-day-tariffs", "trump-tariff-orders", "us-tariffs-on-china-2025"],
    )
    assert found["sources without a publisher"] == (1, ["photo-geneva-2025-05-10"])
    # p6: Taiwan, p15: fentanyl; the US has no word on either; p1: of supply chains only the report speaks; tariffs: p6, China alone.
    assert found["issues without a position of United States"] == (
        4,
        ["illicit-fentanyl", "supply-chains", "taiwan-status", "tariffs-mutual"],
    )
    assert found["entities without evidence"] == found["events without a date"] == (0, [])


def test_gaps_are_checked_even_where_nothing_is_missing(talks: Store) -> None:
    found = gaps(answer(talks, "coverage-gaps"))
    assert found["events without a date"] == (1, ["second"])
    assert found["people of a side without a post"] == (3, ["ann", "bo", "di"])
    assert found["delegations without a head"] == (0, [])


def test_relationship_whose_places_name_neither_end_is_found(talks: Store) -> None:
    # copy:e1 names Ann, twin:e1 names Bo; of Di's presence they name nobody; Bo's at copy:e1 names neither; paper has no list of names.
    found = gaps(answer(talks, "coverage-gaps"))
    assert found["relationships whose places in the sources name neither end"] == (
        2,
        ["bo--TOOK_PART_IN--first", "di--TOOK_PART_IN--second"],
    )
    assert found["places in the sources without a list of whom they name"][0] == 4


def test_gaps_rest_on_the_places_of_their_examples(london: Store) -> None:
    found: dict[str, Any] = {row["check"]: row["sources"] for row in answer(london, "coverage-gaps").rows}
    assert found["sources without a publisher"] == ["photo-geneva-2025-05-10"]
    assert f"{REPORT}:p12" in found["meetings that were held, with nobody named who came"]
