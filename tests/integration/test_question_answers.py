"""The questions on the London data set, checked by hand against the report; paragraphs count from 0."""

from typing import Any

import pytest

from graphapi.catalogue import Query, read_catalogue
from graphapi.ontology import read_ontology
from graphapi.questions import Answer, Question, ask
from graphapi.store import Store
from tests.integration.questions import UNANSWERED, examples, needs_evidence

REPORT = "reuters-london-preview"


def answer(store: Store, name: str, as_of: str | None = None, **given: str) -> Answer:
    renamed = {key.rstrip("_"): value for key, value in given.items()}
    return ask(store, read_ontology(), read_catalogue(), Question(name=name, given=renamed, as_of=as_of))


def by(answer: Answer, column: str) -> dict[str, dict[str, Any]]:
    return {row[column]["id"]: row for row in answer.rows}


def paragraphs(*numbers: int) -> list[str]:
    return [f"{REPORT}:p{number}" for number in numbers]


def test_attendees_of_london_are_the_four_that_the_report_announces(london: Store) -> None:
    # p4: a US delegation "led by Treasury Secretary Scott Bessent, Commerce Secretary Howard Lutnick and U.S. Trade Representative Jamieson
    # Greer, and a Chinese contingent helmed by Vice Premier He Lifeng"; p1: the talks are still ahead; p12: the inclusion of Lutnick.
    found = by(answer(london, "attendees", event="talks-london-2025-06-09"), "person")
    assert list(found) == ["he-lifeng", "howard-lutnick", "jamieson-greer", "scott-bessent"]
    assert {row["presence"] for row in found.values()} == {"announced"}
    assert [row["side"] for row in found.values()] == ["china", "united-states", "united-states", "united-states"]
    assert [row["role"] for row in found.values()] == ["leader of the Chinese delegation", *["joint leader of the US delegation"] * 3]
    assert found["howard-lutnick"]["post"] == {"id": "post-us-commerce-secretary", "name": "US Commerce Secretary"}
    assert found["howard-lutnick"]["agency"] == {"id": "us-commerce", "name": "US Department of Commerce"}
    assert found["howard-lutnick"]["sources"] == paragraphs(1, 4, 12)
    assert found["he-lifeng"]["sources"] == paragraphs(1, 4)


def test_attendees_say_that_the_lists_are_open(london: Store) -> None:
    # p4 names leaders only.
    assert answer(london, "attendees", event="talks-london-2025-06-09").not_in_sources == (
        "Our sources do not name everybody in the delegation “Chinese delegation in London”.",
        "Our sources do not name everybody in the delegation “US delegation in London”.",
    )


def test_geneva_knows_one_who_was_absent_and_nobody_who_came(london: Store) -> None:
    # p12: "Lutnick did not attend the Geneva talks"; no paragraph says who did.
    found = answer(london, "attendees", event="talks-geneva-2025-05")
    assert [(row["person"]["id"], row["presence"], row["role"]) for row in found.rows] == [("howard-lutnick", "absent", None)]
    assert "Our sources name nobody in the delegation “US delegation in Geneva”." in found.not_in_sources


def test_attendees_of_the_call_took_part_for_their_sides(london: Store) -> None:
    # p5: Trump and Xi spoke by phone.
    found = answer(london, "attendees", event="call-trump-xi-2025-06")
    rows = [(row["person"]["id"], row["side"], row["presence"], row["post"]["id"]) for row in found.rows]
    assert rows == [
        ("xi-jinping", "china", "attended", "post-china-leader"),
        ("donald-trump", "united-states", "attended", "post-us-president"),
    ]


def test_post_is_the_one_held_then(london: Store) -> None:
    # p2, p5: President since 20 January 2025, so on no day before it.
    found = answer(london, "attendees", event="trump-return-to-office")
    assert [row["post"]["id"] for row in found.rows] == ["post-us-president"]


def test_between_geneva_and_london_one_was_absent_and_of_the_others_nothing_is_said(london: Store) -> None:
    # p12: Lutnick was not in Geneva and is included in London; p4 names the other three for London, and nothing places them in Geneva.
    found = answer(london, "attendance-difference", first="talks-geneva-2025-05", second="talks-london-2025-06-09")
    assert {row["person"]["id"]: (row["in_first"], row["in_second"]) for row in found.rows} == {
        "howard-lutnick": ("absent", "announced"),
        "scott-bessent": ("not_in_sources", "announced"),
        "jamieson-greer": ("not_in_sources", "announced"),
        "he-lifeng": ("not_in_sources", "announced"),
    }
    assert by(found, "person")["howard-lutnick"]["evidence"] == paragraphs(4, 12)
    assert "new" not in " ".join(found.not_in_sources).split()
    assert found.not_in_sources[0] == (
        "Our sources do not say whether these people were at Geneva talks: He Lifeng, Jamieson Greer, Scott Bessent."
    )


def test_difference_says_by_side_that_no_list_is_closed(london: Store) -> None:
    found = answer(london, "attendance-difference", first="talks-geneva-2025-05", second="talks-london-2025-06-09")
    none_closed = {"china": False, "united-states": False}
    assert found.scalar == {"first_complete": none_closed, "second_complete": none_closed}
    assert {(row["first_complete"], row["second_complete"]) for row in found.rows} == {(False, False)}


def test_difference_the_other_way_round_is_the_mirror(london: Store) -> None:
    there = answer(london, "attendance-difference", first="talks-geneva-2025-05", second="talks-london-2025-06-09")
    back = answer(london, "attendance-difference", first="talks-london-2025-06-09", second="talks-geneva-2025-05")
    assert [(row["in_first"], row["in_second"]) for row in there.rows] == [(row["in_second"], row["in_first"]) for row in back.rows]


def test_geneva_deal_leaves_three_issues_out(london: Store) -> None:
    # p15: "did not address broader concerns …, from the illicit fentanyl trade to the status of … Taiwan and U.S. complaints about
    # China's state-dominated, export-driven economic model".
    found = by(answer(london, "issues-left-out", agreement="geneva-deal"), "issue")
    assert set(found) == {"illicit-fentanyl", "taiwan-status", "china-economic-model"}
    assert all(f"{REPORT}:p15" in row["source"] for row in found.values())


def test_taiwan_was_last_mentioned_between_two_days_by_the_chinese_side(london: Store) -> None:
    # p6: the Chinese summary, after the call of 5 June and before the report of 8 June; p15 is the report's own sentence.
    row = by(answer(london, "issues-left-out", agreement="geneva-deal"), "issue")["taiwan-status"]
    assert row["last_mentioned"] == "[2025-06-05..2025-06-08]"
    assert [one["id"] for one in row["raised_by"]] == ["china", "government-of-china"]


def test_nobody_is_said_to_have_raised_fentanyl(london: Store) -> None:
    # p15 names no side for it, but for the economic model: "U.S. complaints".
    found = answer(london, "issues-left-out", agreement="geneva-deal")
    assert by(found, "issue")["illicit-fentanyl"]["raised_by"] == []
    assert [one["id"] for one in by(found, "issue")["china-economic-model"]["raised_by"]] == ["united-states"]
    assert found.not_in_sources == ("Our sources do not say who raised: Illicit fentanyl trade.",)


def test_claims_on_taiwan_are_the_chinese_account_and_the_reports_own(london: Store) -> None:
    # p6: Xi "warned him against threatening steps on Taiwan, according to a Chinese government summary"; p15: the report on the deal.
    found = answer(london, "claims-on-issue", issue="taiwan-status")
    assert [(row["speaker"]["id"], row["side"], row["date"]) for row in found.rows] == [
        ("government-of-china", "china", "[2025-06-05..2025-06-08]"),
        ("reuters", None, "2025-06-08"),
    ]
    assert found.rows[0]["source"] == ["chinese-government-summary", f"{REPORT}:p6"]
    assert found.rows[1]["source"] == paragraphs(15)


@pytest.mark.parametrize(
    ("given", "speakers"),
    [
        ({"side": "china"}, ["government-of-china"]),
        ({"side": "united-states"}, []),
        ({"from_": "2025-06-08"}, ["government-of-china", "reuters"]),
        ({"to": "2025-06-07"}, ["government-of-china"]),
        ({"to": "2025-06-04"}, []),
        ({"from_": "2025-07"}, []),
    ],
    ids=["china", "united states", "from", "to", "before", "after"],
)
def test_claims_are_filtered_by_side_and_by_what_may_lie_within_the_dates(
    london: Store, given: dict[str, str], speakers: list[str]
) -> None:
    found = answer(london, "claims-on-issue", issue="taiwan-status", **given)
    assert [row["speaker"]["id"] for row in found.rows] == speakers
    assert bool(found.not_in_sources) == (not speakers)


def test_speaker_of_a_claim_holds_a_post_and_is_quoted_where_printed(london: Store) -> None:
    # p11: White House spokeswoman Leavitt told Fox News: "The administration has been monitoring China's compliance with the deal".
    found = answer(london, "claims-on-issue", issue="geneva-compliance", side="united-states")
    row = next(row for row in found.rows if row["speaker"]["id"] == "karoline-leavitt")
    assert row["post"]["id"] == "post-white-house-spokeswoman"
    assert row["quote"] == "The administration has been monitoring China's compliance with the deal"
    assert (row["channel"], row["date"]) == ("interview", "2025-06-08")


def test_accounts_of_the_call_differ_on_taiwan_and_rare_earths(london: Store) -> None:
    # p6: the Chinese summary names trade measures and Taiwan; p7: Trump names trade; p8: he reports the next day that Xi agreed on rare
    # earths, so that it was on the call is implied; p1 puts tariffs inside the trade dispute, so those two overlap.
    found = by(answer(london, "readout-difference", event="call-trump-xi-2025-06"), "issue")
    shown = {name: (row["kind"], row["sides_naming"], row["sides_silent"], row["certainty"]) for name, row in found.items()}
    assert shown == {
        "taiwan-status": ("difference", ["china"], ["united-states"], "stated"),
        "rare-earth-exports": ("difference", ["united-states"], ["china"], "implied"),
        "tariffs-mutual": ("overlap", ["china"], [], "implied"),
        "trade-dispute": ("overlap", ["united-states"], [], "implied"),
    }
    assert found["taiwan-status"]["evidence"] == ["chinese-government-summary", f"{REPORT}:p6"]
    assert f"{REPORT}:p8" in found["rare-earth-exports"]["evidence"]


def test_event_without_two_accounts_calls_nobody_silent(london: Store) -> None:
    # The report lies ahead of London: only the UK, which is no party (p16), speaks of the talks (p3).
    found = answer(london, "readout-difference", event="talks-london-2025-06-09")
    assert found.rows == ()
    assert "Our sources hold no account of London talks by China; it is not called silent." in found.not_in_sources


@pytest.mark.parametrize(
    ("name", "given", "as_of", "count"),
    [
        ("attendees", {"event": "talks-london-2025-06-09"}, "2025-06", 4),
        ("attendees", {"event": "talks-london-2025-06-09"}, "2025-06-08", 0),
        ("attendance-difference", {"first": "talks-geneva-2025-05", "second": "talks-london-2025-06-09"}, "2025-05", 1),
        ("issues-left-out", {"agreement": "geneva-deal"}, "2025-04", 0),
        ("claims-on-issue", {"issue": "taiwan-status"}, "2025-06-06", 1),
        ("claims-on-issue", {"issue": "taiwan-status"}, "2025-06-04", 0),
        ("readout-difference", {"event": "call-trump-xi-2025-06"}, "2025-06-05", 3),
        ("readout-difference", {"event": "call-trump-xi-2025-06"}, "2025-06-04", 0),
        ("path", {"from": "donald-trump", "to": "xi-jinping"}, "2025-06-05", 2),
        ("path", {"from": "donald-trump", "to": "call-trump-xi-2025-06"}, "2025-06-04", 0),
    ],
)
def test_as_of_leaves_out_what_surely_came_later(london: Store, name: str, given: dict[str, str], as_of: str, count: int) -> None:
    found = answer(london, name, as_of, **given)
    assert (len(found.rows), found.as_of) == (count, as_of)
    assert bool(found.rows) or found.not_in_sources


def test_question_on_what_lies_ahead_says_so(london: Store) -> None:
    found = answer(london, "attendees", "2025-05", event="talks-london-2025-06-09")
    assert found.not_in_sources == ("Our sources date London talks after 2025-05: nothing of it is shown as of then.",)


@pytest.mark.parametrize("query", list(read_catalogue().questions.values()), ids=lambda query: query.name)
def test_answer_names_its_data_set_and_every_row_its_evidence(london: Store, query: Query) -> None:
    found = answer(london, query.name, **examples(query))
    places = [column for column, known in query.returns.items() if known.type == "evidence"]
    assert [cited.id for cited in found.datasets] == ["us-china-london-2025"]
    assert found.rows or query.name in UNANSWERED
    assert all(row[column] for row in found.rows for column in places if needs_evidence(row))
    assert len(places) == 1
