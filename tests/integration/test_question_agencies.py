"""Agencies with the issues that they own, and issues that were dropped: on both data sets by hand, and on a small one at the edges."""

import pytest

from graphapi.ingest import read_dataset
from graphapi.ingest.load import load
from graphapi.store import Store
from tests.conftest import Database
from tests.datasets import HEAD, write_dataset
from tests.integration.questions import answer, rows

LONDON_TALKS, CALL = "talks-london-2025-06-09", "call-trump-xi-2025-06"
FACTS = """\
sources:
  - {id: report, name: A report, kind: news-report, grade: B, date: 2025-08-08, paragraphs: {p1: {summary: One.}, p2: {summary: Two.}}}
entities:
  Country:
    - {id: a-land, name: A-Land, evidence: [report:p1]}
    - {id: b-land, name: B-Land, evidence: [report:p1]}
    - {id: c-land, name: C-Land, evidence: [report:p1]}
  Agency:
    - {id: trade-ministry, name: Trade ministry, side: a-land, evidence: [report:p1]}
    - {id: licence-office, name: Licence office, side: a-land, evidence: [report:p1]}
    - {id: farm-ministry, name: Farm ministry, side: a-land, evidence: [report:p1]}
  Post:
    - {id: post-minister, name: Minister, evidence: [report:p1]}
    - {id: post-old, name: Old post, evidence: [report:p1]}
    - {id: post-farm, name: Farm minister, evidence: [report:p1]}
  Person:
    - {id: ann, name: Ann, side: a-land, evidence: [report:p1]}
    - {id: amy, name: Amy, side: a-land, evidence: [report:p1]}
    - {id: abe, name: Abe, side: a-land, evidence: [report:p1]}
    - {id: bo, name: Bo, side: b-land, evidence: [report:p1]}
    - {id: cy, name: Cy, side: c-land, evidence: [report:p1]}
  Delegation:
    - {id: a-team, name: A team, side: a-land, list_complete: true, evidence: [report:p1]}
  Round:
    - {id: round-one, name: Round one, kind: round, date: 2025-06-10, evidence: [report:p1]}
  Measure:
    - {id: licences, name: Licences, kind: export-control, date: 2025-01-01, evidence: [report:p1]}
    - {id: later-licences, name: Later licences, kind: export-control, date: 2025-07-01, evidence: [report:p1]}
  Agreement:
    - {id: outcome, name: Outcome, kind: deal, date: 2025-06-10, evidence: [report:p1]}
    - {id: old-deal, name: Old deal, kind: deal, date: 2025-01-10, evidence: [report:p1]}
  Issue:
    - {id: licensing, name: Licensing, evidence: [report:p1]}
    - {id: quotas, name: Quotas, evidence: [report:p1]}
    - {id: farm-quotas, name: Farm quotas, evidence: [report:p1]}
    - {id: visas, name: Visas, evidence: [report:p1]}
    - {id: fish, name: Fish, evidence: [report:p1]}
    - {id: ships, name: Ships, evidence: [report:p1]}
    - {id: chips, name: Chips, evidence: [report:p1]}
    - {id: law, name: Law, evidence: [report:p1]}
    - {id: steel, name: Steel, evidence: [report:p1]}
    - {id: wine, name: Wine, evidence: [report:p1]}
  Claim:
    - {id: on-visas, name: On visas, summary: Visas., side: a-land, date: 2025-06-01, evidence: [report:p1]}
    - {id: older-on-visas, name: Older on visas, summary: Visas., side: a-land, date: 2025-05-01, evidence: [report:p1]}
    - {id: on-fish, name: On fish, summary: Fish., side: a-land, date: 2025-06-01, evidence: [report:p1]}
    - {id: again-on-fish, name: Again on fish, summary: Fish., side: b-land, date: 2025-06-10, evidence: [report:p1]}
    - {id: on-ships, name: On ships, summary: Ships., side: a-land, date: 2025-06-01, evidence: [report:p1]}
    - {id: ships-there, name: Ships there, summary: Ships., side: b-land, date: 2025-06-20, evidence: [report:p1]}
    - {id: on-chips, name: On chips, summary: Chips., side: c-land, date: 2025-06-01, evidence: [report:p1]}
    - {id: on-quotas, name: On quotas, summary: Quotas., side: b-land, date: 2025-06-01, evidence: [report:p1]}
    - {id: on-steel, name: On steel, summary: Steel., side: b-land, date: "[2025-06-01..2025-06-30]", evidence: [report:p1]}
    - {id: on-wine, name: On wine, summary: Wine., side: b-land, date: 2025-06-02, evidence: [report:p1]}
    - {id: wine-there, name: Wine there, summary: A report ties the round to wine., date: 2025-06-11, evidence: [report:p1]}
relationships:
  HOLDS:
    - {start: ann, end: post-minister, evidence: [report:p1]}
    - {start: ann, end: post-old, valid_to: 2020, evidence: [report:p1]}
    - {start: abe, end: post-farm, evidence: [report:p1]}
  PART_OF:
    - {start: post-minister, end: trade-ministry, evidence: [report:p1]}
    - {start: post-old, end: farm-ministry, evidence: [report:p1]}
    - {start: post-farm, end: farm-ministry, evidence: [report:p1]}
    - {start: licence-office, end: trade-ministry, evidence: [report:p1]}
    - {start: farm-quotas, end: quotas, evidence: [report:p1]}
  OVERSEES:
    - {start: licence-office, end: licences, evidence: [report:p2]}
    - {start: licence-office, end: later-licences, evidence: [report:p2]}
    - {start: trade-ministry, end: quotas, evidence: [report:p1]}
    - {start: farm-ministry, end: fish, evidence: [report:p1]}
  MEMBER_OF:
    - {start: amy, end: a-team, evidence: [report:p1]}
    - {start: amy, end: trade-ministry, evidence: [report:p1]}
  SENT_TO:
    - {start: a-team, end: round-one, evidence: [report:p1]}
  TOOK_PART_IN:
    - {start: ann, end: round-one, evidence: [report:p1]}
    - {start: bo, end: round-one, evidence: [report:p1]}
  ABSENT_FROM:
    - {start: abe, end: round-one, evidence: [report:p1]}
  PRODUCED:
    - {start: round-one, end: outcome, evidence: [report:p1]}
  ADDRESSES:
    - {start: outcome, end: farm-quotas, evidence: [report:p1]}
  LEAVES_OUT:
    - {start: old-deal, end: law, evidence: [report:p2]}
  MADE_AT:
    - {start: ships-there, end: round-one, evidence: [report:p1]}
  SAID:
    - {start: ann, end: on-visas, evidence: [report:p1]}
    - {start: amy, end: older-on-visas, evidence: [report:p1]}
    - {start: ann, end: on-fish, evidence: [report:p1]}
    - {start: bo, end: again-on-fish, evidence: [report:p1]}
    - {start: ann, end: on-ships, evidence: [report:p1]}
    - {start: bo, end: ships-there, evidence: [report:p1]}
    - {start: cy, end: on-chips, evidence: [report:p1]}
    - {start: bo, end: on-quotas, evidence: [report:p1]}
    - {start: bo, end: on-steel, evidence: [report:p1]}
    - {start: bo, end: on-wine, evidence: [report:p1]}
  ABOUT:
    - {start: licences, end: licensing, evidence: [report:p2]}
    - {start: later-licences, end: visas, evidence: [report:p2]}
    - {start: on-visas, end: visas, evidence: [report:p2]}
    - {start: older-on-visas, end: visas, evidence: [report:p1]}
    - {start: on-fish, end: fish, evidence: [report:p1]}
    - {start: again-on-fish, end: fish, evidence: [report:p1]}
    - {start: on-ships, end: ships, evidence: [report:p1]}
    - {start: ships-there, end: ships, evidence: [report:p1]}
    - {start: on-chips, end: chips, evidence: [report:p1]}
    - {start: on-quotas, end: quotas, evidence: [report:p1]}
    - {start: on-steel, end: steel, evidence: [report:p1]}
    - {start: on-wine, end: wine, evidence: [report:p1]}
    - {start: wine-there, end: wine, evidence: [report:p1]}
    - {start: wine-there, end: round-one, evidence: [report:p1]}
"""


@pytest.fixture
def small(database: Database, opened_store: Store, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Store:
    """Give a store with these facts and nothing else; tests only read it."""
    if database.holds != "agencies":
        load(request.getfixturevalue("store"), read_dataset(write_dataset(tmp_path_factory.mktemp("agencies"), FACTS, HEAD)))
        database.holds = "agencies"
    return opened_store


def test_four_bodies_are_announced_for_london_and_one_owns_an_issue(london: Store) -> None:
    # p4 names the four and their offices; p12: Lutnick, "whose agency oversees export controls". Of no other office is the like said.
    found = answer(london, "agencies-and-issues", event=LONDON_TALKS)
    assert rows(found, "side", "agency", "people", "issues", "measures", "presence") == [
        ("china", "government-of-china", ["he-lifeng"], [], [], "announced"),
        ("united-states", "ustr", ["jamieson-greer"], [], [], "announced"),
        ("united-states", "us-commerce", ["howard-lutnick"], ["export-controls"], ["us-export-controls"], "announced"),
        ("united-states", "us-treasury", ["scott-bessent"], [], [], "announced"),
    ]
    assert found.rows[2]["sources"] == [f"reuters-london-preview:p{number}" for number in (1, 4, 12)]
    owners = "Chinese government, Office of the US Trade Representative, US Department of the Treasury"
    assert f"Our sources do not say which issues these own: {owners}." in found.not_in_sources


def test_graph_of_agencies_stands_beside_their_table(london: Store) -> None:
    found = answer(london, "agencies-and-issues", event=LONDON_TALKS)
    assert found.graph is not None
    assert {"us-commerce--OVERSEES--us-export-controls", "us-export-controls--ABOUT--export-controls"} <= {
        one.id for one in found.graph.relationships
    }


def test_leaders_on_the_telephone_bring_no_agency(london: Store) -> None:
    # p2, p5: their offices are the countries' own.
    found = answer(london, "agencies-and-issues", event=CALL)
    assert found.rows == ()
    assert "Our sources name no agency of: Donald Trump, Xi Jinping." in found.not_in_sources


def test_bureau_makes_its_department_the_owner(both: Store) -> None:
    # bis-2022:e2: the bureau is a part of Commerce; deepnewz-li:e1, lemonde-london:e1: two of the Chinese ministry, whose controls they are
    # (mofcom-18:e1).
    found = {row["agency"]["id"]: row for row in answer(both, "agencies-and-issues", event=LONDON_TALKS).rows}
    assert [one["id"] for one in found["us-commerce"]["offices"]] == ["bis"]
    assert [one["id"] for one in found["mofcom"]["people"]] == ["li-chenggang", "wang-wentao"]
    assert [one["id"] for one in found["mofcom"]["issues"]] == ["rare-earth-exports"]
    assert {row["presence"] for row in found.values()} == {"attended"}


def test_office_within_owns_for_the_agency_and_what_came_later_does_not_count(small: Store) -> None:
    # Abe stayed away; Ann's old post had ended; Amy has no post and is a member; Bo belongs to no body.
    found = answer(small, "agencies-and-issues", event="round-one")
    assert rows(found, "side", "agency", "people", "issues", "measures", "offices") == [
        ("a-land", "trade-ministry", ["amy", "ann"], ["licensing", "quotas"], ["licences"], ["licence-office"])
    ]
    assert "Our sources name no agency of: Bo." in found.not_in_sources


def test_call_left_fentanyl_out_and_possibly_three_more(london: Store) -> None:
    # p15: the deal of May leaves three issues out; p6 has Taiwan on the call. The US complaint (p15), the accusation of delay (p10) and the
    # weight of export controls (p12) are dated up to the report of 8 June, so perhaps after the call of the 5th.
    found = answer(london, "dropped-issues", event=CALL)
    assert rows(found, "issue", "last_mentioned", "by", "left_out_of", "dropped") == [
        ("illicit-fentanyl", None, [], ["geneva-deal"], "yes"),
        ("china-economic-model", "[..2025-06-08]", ["united-states"], ["geneva-deal"], "possibly"),
        ("geneva-compliance", "[2025-05-01..2025-06-08]", ["us-officials-unnamed"], [], "possibly"),
        ("export-controls", "[..2025-06-08]", ["china", "united-states"], [], "possibly"),
    ]
    assert found.rows[0]["source"] == ["reuters-london-preview:p15"]
    assert found.not_in_sources[-1].startswith("That our sources show no mention is no proof of silence")


def test_round_that_lies_ahead_drops_nothing(london: Store) -> None:
    # p1: on Monday, the day after the report.
    found = answer(london, "dropped-issues", event=LONDON_TALKS)
    assert (found.rows, found.not_in_sources) == ((), ("Our sources do not show London talks as held, so nothing was left unsaid there.",))


def test_chip_complaint_of_the_ministry_was_dropped_on_the_call_three_days_later(both: Store) -> None:
    # ap-20250602:e2, e3: student visas and AI chips on 2 June; AI chips are a part of export controls, of which rare earths are one too.
    found = {row["issue"]["id"]: row for row in answer(both, "dropped-issues", event=CALL).rows}
    assert (found["student-visas"]["last_mentioned"], found["student-visas"]["dropped"]) == ("2025-06-02", "yes")
    assert [one["id"] for one in found["student-visas"]["by"]] == ["mofcom"]
    assert "rare-earth-exports" not in found


def test_what_was_open_before_and_mentioned_in_no_way_is_dropped(small: Store) -> None:
    found = answer(small, "dropped-issues", event="round-one")
    # Ships: a claim made there. Farm quotas: addressed. Chips: C-Land alone, which was not there. Quotas: a part was addressed. Fish: a
    # claim of that day. Steel: perhaps said after it. Wine: a report's own word that the round was about it.
    assert rows(found, "issue", "last_mentioned", "by", "left_out_of", "dropped") == [
        ("law", None, [], ["old-deal"], "yes"),
        ("visas", "2025-06-01", ["ann"], [], "yes"),
        ("fish", "2025-06-01", ["ann"], [], "possibly"),
        ("quotas", "2025-06-01", ["bo"], [], "possibly"),
        ("steel", "[2025-06-01..2025-06-30]", ["bo"], [], "possibly"),
        ("wine", "2025-06-02", ["bo"], [], "possibly"),
    ]
    assert found.rows[1]["source"] == ["report:p1", "report:p2"]


def test_names_of_sides_stand_beside_the_rows(small: Store) -> None:
    assert answer(small, "agencies-and-issues", event="round-one").names == {"a-land": "A-Land", "b-land": "B-Land"}
    assert answer(small, "dropped-issues", event="round-one").names == {}
