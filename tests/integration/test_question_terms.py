"""Deadlines, commitments and promises called broken; by hand, on small data and London."""

from typing import Any

import pytest

from graphapi.catalogue import read_catalogue
from graphapi.ingest import read_dataset
from graphapi.ingest.load import load
from graphapi.ontology import read_ontology
from graphapi.questions import Answer, Question, ask
from graphapi.store import Store
from tests.conftest import Database
from tests.datasets import HEAD, write_dataset

FACTS = """\
sources:
  - {id: report, name: A report, kind: news-report, grade: B, date: 2025-08-08, paragraphs: {p1: {summary: One.}, p2: {summary: Two.}}}
entities:
  Country:
    - {id: a-land, name: A-Land, evidence: [report:p1]}
    - {id: b-land, name: B-Land, evidence: [report:p1]}
  Organization:
    - {id: institute, name: Institute, evidence: [report:p1]}
  Agreement:
    - {id: deal, name: Deal, kind: truce, date: 2025-05-12, evidence: [report:p1]}
    - {id: longer-deal, name: Longer deal, kind: truce, date: 2025-08-11, evidence: [report:p1]}
  Event:
    - {id: order, name: Order, kind: act, date: 2025-05-20, evidence: [report:p1]}
  Measure:
    - {id: fee, name: Fee, kind: port-fee, date: 2025-01-01, evidence: [report:p1]}
  Deadline:
    - {id: first-end, name: First end, date: 2025-08-12, days: 90, anchor: 2025-05-14, rule: 90 days from 14 May, evidence: [report:p1]}
    - {id: second-end, name: Second end, date: 2025-11-10, days: 90, anchor: 2025-08-12, rule: 90 days, evidence: [report:p1]}
    - {id: counted, name: Counted, days: 10, anchor: 2025-06-01, rule: Ten days from 1 June, evidence: [report:p1]}
    - {id: in-july, name: In July, date: 2025-07, evidence: [report:p1]}
    - {id: fee-back, name: Fee comes back, date: 2025-07-20, evidence: [report:p1]}
    - {id: unstarted, name: Unstarted, days: 30, rule: 30 days from a day that nobody tells, evidence: [report:p1]}
  Commitment:
    - {id: cut, name: Cut tariffs, due: 2025-05-14, evidence: [report:p1]}
    - {id: ship, name: Ship ores, evidence: [report:p1]}
    - {id: meet, name: Meet again, evidence: [report:p1]}
  Claim:
    - {id: a-ship, name: Late, summary: Late., side: a-land, against: b-land, verdict: delayed, date: 2025-06-02, evidence: [report:p1]}
    - {id: b-ship, name: B ships, summary: B ships., side: b-land, verdict: kept, date: 2025-06-05, evidence: [report:p1]}
    - {id: a-deal, name: Broken, summary: No., side: a-land, against: b-land, verdict: broken, date: 2025-06, evidence: [report:p1]}
    - {id: b-cut, name: A cut too little, summary: Too little., side: b-land, verdict: partly, date: 2025-07-01, evidence: [report:p1]}
    - {id: a-meet, name: A met, summary: A met., side: a-land, verdict: kept, date: 2025-07-02, evidence: [report:p1]}
    - {id: study, name: Tariffs were cut, summary: They were cut., verdict: kept, date: 2025-07-03, evidence: [report:p1]}
    - {id: chat, name: No verdict, summary: Nothing., side: a-land, date: 2025-07-03, evidence: [report:p1]}
relationships:
  OF:
    - {start: first-end, end: deal, evidence: [report:p2]}
    - {start: second-end, end: longer-deal, evidence: [report:p1]}
    - {start: counted, end: cut, evidence: [report:p1]}
    - {start: in-july, end: ship, evidence: [report:p1]}
    - {start: fee-back, end: fee, evidence: [report:p1]}
    - {start: unstarted, end: deal, evidence: [report:p1]}
  EXTENDS:
    - {start: second-end, end: first-end, evidence: [report:p2]}
  SETS:
    - {start: order, end: fee, status: suspended, until: 2025-07-20, evidence: [report:p1]}
  PART_OF:
    - {start: cut, end: deal, evidence: [report:p1]}
    - {start: ship, end: deal, evidence: [report:p1]}
    - {start: meet, end: deal, evidence: [report:p1]}
  OWED_BY:
    - {start: cut, end: a-land, evidence: [report:p1]}
    - {start: ship, end: b-land, evidence: [report:p2]}
    - {start: meet, end: a-land, evidence: [report:p1]}
    - {start: meet, end: b-land, evidence: [report:p1]}
  PARTY_TO:
    - {start: a-land, end: deal, evidence: [report:p1]}
    - {start: b-land, end: deal, evidence: [report:p1]}
  ABOUT:
    - {start: a-ship, end: ship, evidence: [report:p1]}
    - {start: a-ship, end: deal, evidence: [report:p1]}
    - {start: b-ship, end: ship, evidence: [report:p1]}
    - {start: a-deal, end: deal, evidence: [report:p1]}
    - {start: b-cut, end: cut, evidence: [report:p1]}
    - {start: study, end: cut, evidence: [report:p1]}
    - {start: a-meet, end: meet, evidence: [report:p1]}
    - {start: chat, end: deal, evidence: [report:p1]}
  SAID:
    - {start: institute, end: study, evidence: [report:p1]}
"""


@pytest.fixture
def terms(database: Database, opened_store: Store, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Store:
    """Give a store with these facts and nothing else; tests only read it."""
    if database.holds != "terms":
        store = request.getfixturevalue("store")
        load(store, read_dataset(write_dataset(tmp_path_factory.mktemp("terms"), FACTS, HEAD)))
        database.holds = "terms"
    return opened_store


def answer(store: Store, name: str, as_of: str | None = None, **given: str) -> Answer:
    renamed = {key.rstrip("_"): value for key, value in given.items()}
    return ask(store, read_ontology(), read_catalogue(), Question(name=name, given=renamed, as_of=as_of))


def dated(found: Answer) -> list[tuple[Any, Any, Any]]:
    return [(row["deadline"]["id"], row["date"], row["held"]) for row in found.rows]


UNSTARTED = ("unstarted", None, None)


def test_ninety_days_from_14_may_are_12_august_and_were_extended(terms: Store) -> None:
    found = answer(terms, "deadlines", days="90", from_="2025-05-14")
    row = next(row for row in found.rows if row["deadline"]["id"] == "first-end")
    assert (row["date"], row["precision"], row["anchor"], row["rule"]) == ("2025-08-12", "day", "2025-05-14", "90 days from 14 May")
    assert (row["status"], [one["id"] for one in row["extended_to"]]) == ("extended later", ["second-end"])
    assert ([one["id"] for one in row["of"]], row["source"]) == (["deal"], ["report:p1", "report:p2"])


def test_deadline_names_what_it_extends(terms: Store) -> None:
    row = answer(terms, "deadlines", days="10", from_="2025-11-01").rows[0]
    assert (row["date"], [one["id"] for one in row["extended_from"]], row["status"]) == (
        "2025-11-10",
        ["first-end"],
        "stands as far as our sources tell",
    )


@pytest.mark.parametrize(
    ("days", "start", "is_so"),
    [
        ("0", "2025-08-12", [("first-end", "2025-08-12", "yes")]),
        ("1", "2025-08-10", []),
        ("2", "2025-08-10", [("first-end", "2025-08-12", "yes")]),
        ("5", "2025-08-13", []),
        ("5", "2025-06-08", [("counted", "2025-06-11", "yes")]),
        ("5", "2025-07-01", [("in-july", "2025-07", "possibly")]),
        ("10", "2025-08", [("first-end", "2025-08-12", "possibly")]),
    ],
)
def test_deadline_falls_within_the_days_or_may(terms: Store, days: str, start: str, is_so: list[Any]) -> None:
    assert dated(answer(terms, "deadlines", days=days, from_=start)) == [*is_so, UNSTARTED]


def test_deadline_without_a_first_day_stands_last_with_its_rule_and_is_not_counted(terms: Store) -> None:
    found = answer(terms, "deadlines", days="40", from_="2025-07-15")
    assert dated(found)[-1] == UNSTARTED
    assert found.scalar == {"from": "2025-07-15", "days": 40, "falling": 2, "possibly": 1, "without_date": 1}
    assert found.not_in_sources == (
        "Our sources give no day for “Unstarted”, so it is not counted. Its rule: 30 days from a day that nobody tells",
    )


def test_deadlines_count_from_the_as_of_date_and_know_no_later_extension(terms: Store) -> None:
    found = answer(terms, "deadlines", "2025-06-01", days="90")
    assert (found.parameters["from"], "second-end" in {row["deadline"]["id"] for row in found.rows}) == ("2025-06-01", False)
    assert {row["status"] for row in found.rows} == {"stands as far as our sources tell"}
    later = {row["deadline"]["id"]: row["status"] for row in answer(terms, "deadlines", "2025-08-11", days="90").rows}
    assert (later["first-end"], "second-end" in later) == ("extended later", False)


def test_end_of_a_suspension_is_no_deadline_before_it_was_decided(terms: Store) -> None:
    ids = {as_of: [one for one, _, _ in dated(answer(terms, "deadlines", as_of, days="90"))] for as_of in ("2025-05-19", "2025-05-20")}
    assert ["fee-back" in ids[as_of] for as_of in ids] == [False, True]


def test_commitments_say_who_owes_what_and_what_each_side_says(terms: Store) -> None:
    found = answer(terms, "commitments", agreement="deal")
    assert [(row["commitment"]["id"], [one["id"] for one in row["owed_by"]], row["due"], row["according"]) for row in found.rows] == [
        ("cut", ["a-land"], "2025-05-14", ["b-land: partly", "institute: kept"]),
        ("meet", ["a-land", "b-land"], None, ["a-land: kept"]),
        ("ship", ["b-land"], "2025-07", ["a-land: delayed by b-land", "b-land: kept"]),
        ("deal", ["a-land", "b-land"], None, ["a-land: broken by b-land"]),
    ]
    assert found.rows[2]["sources"] == ["report:p1", "report:p2"]


def test_verdict_stays_at_the_level_where_it_was_given(terms: Store) -> None:
    # a-ship is about the ores and about the deal: it is of the ores alone.
    rows = answer(terms, "commitments", agreement="deal").rows
    assert {row["commitment"]["id"]: [one["id"] for one in row["claims"]] for row in rows if row["level"] == "agreement"} == {
        "deal": ["a-deal"]
    }


def test_commitments_as_of_a_day_know_no_later_verdict(terms: Store) -> None:
    rows = {row["commitment"]["id"]: row["according"] for row in answer(terms, "commitments", "2025-06-03", agreement="deal").rows}
    assert (rows["ship"], rows["cut"]) == (["a-land: delayed by b-land"], [])


def test_promise_is_called_broken_by_one_and_kept_by_the_other(terms: Store) -> None:
    found = answer(terms, "broken-promises")
    names = ("commitment", "claim", "reply")
    assert [(*(row[name] and row[name]["id"] for name in names), row["level"], row["accuser"], row["accused"]) for row in found.rows] == [
        ("ship", "a-ship", "b-ship", "commitment", "a-land", ["b-land"]),
        ("deal", "a-deal", None, "agreement", "a-land", ["b-land"]),
        ("cut", "b-cut", None, "commitment", "b-land", ["a-land"]),
    ]
    assert found.not_in_sources == ("Our sources hold no reply of the accused that these were kept: Deal, Cut tariffs.",)


def test_reply_of_a_later_day_is_not_known_as_of_an_earlier(terms: Store) -> None:
    rows = answer(terms, "broken-promises", "2025-06-03").rows
    assert {row["commitment"]["id"]: row["reply"] for row in rows} == {"ship": None, "deal": None}


def test_london_deadline_has_no_date_because_no_day_is_told(london: Store) -> None:
    # p12: a 90-day deal; from which day is not told.
    found = answer(london, "deadlines", days="365", from_="2025-05-01")
    assert dated(found) == [("geneva-deal-90-days", None, None)]
    assert found.not_in_sources == (
        "Our sources date no deadline within 365 days of 2025-05-01.",
        "Our sources give no day for “End of the 90-day Geneva deal”, so it is not counted. "
        "Its rule: Runs out 90 days after a first day that the report does not give.",
    )


def test_london_commitments_are_three_and_one_is_called_delayed(london: Store) -> None:
    # p10: both lower tariffs; US officials say that China drags its feet over rare earths. The report dates none of it.
    found = answer(london, "commitments", agreement="geneva-deal")
    assert {row["commitment"]["id"]: (row["owed_by"][0]["id"], row["according"], row["certainty"]) for row in found.rows} == {
        "geneva-term-us-tariff-cut": ("united-states", [], "stated"),
        "geneva-term-china-tariff-cut": ("china", [], "stated"),
        "geneva-term-china-rare-earths": ("china", ["united-states: delayed by china"], "alleged"),
    }
    assert found.not_in_sources[0] == "Our sources do not say whether these were kept: China lowers its tariffs, US lowers its tariffs."


def test_london_holds_no_chinese_reply_to_the_accusation(london: Store) -> None:
    # p10 alone; the Chinese account of the call (p6) says nothing of it.
    found = answer(london, "broken-promises")
    assert [(row["commitment"]["id"], row["accuser"], row["verdict"], row["reply"]) for row in found.rows] == [
        ("geneva-term-china-rare-earths", "united-states", "delayed", None)
    ]
    assert found.not_in_sources == ("Our sources hold no reply of the accused that these were kept: China ships rare earths.",)
