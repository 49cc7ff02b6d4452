"""Measures, deadlines and promises where both bundled data sets are loaded; what is expected was worked out by hand from the excerpts."""

from typing import Any

import httpx
import pytest

from graphapi.catalogue import read_catalogue
from graphapi.ontology import read_ontology
from graphapi.questions import Answer, Question, ask
from graphapi.store import Store

LISTS = {"s301-list1": 25, "s301-list2": 25, "s301-list3": 25}
US = {"from": "united-states", "against": "china"}
CHINA = {"from": "china", "against": "united-states"}


def answer(store: Store, name: str, given: dict[str, str], as_of: str | None = None) -> Answer:
    return ask(store, read_ontology(), read_catalogue(), Question(name=name, given=given, as_of=as_of))


def scalar(found: Answer) -> dict[str, Any]:
    assert found.scalar is not None
    return found.scalar


@pytest.mark.parametrize(
    ("on", "layers", "total"),
    [
        # mondaq-301: only the lists of 2018; the all-goods tariffs of 2025 had not begun.
        ("2019-06-01", {}, 0),
        # af-eo-nov4:e1: 10 percent before it was doubled; th-feb4: from 4 February.
        ("2025-02-10", {"fentanyl-tariff": 10}, 10),
        # so-apr11:e1, e2: at least 145, 125 on top of 20.
        ("2025-04-12", {"fentanyl-tariff": 20, "reciprocal-tariff-china": 125}, 145),
        # boc-eo14298:e2: 10 percent stay, by 14 May (bastille-geneva:e3).
        ("2025-05-20", {"fentanyl-tariff": 20, "reciprocal-tariff-china": 10}, 30),
        # wts-eo-aug11:e1: suspended until 10 November.
        ("2025-09-01", {"fentanyl-tariff": 20, "reciprocal-tariff-china": 10}, 30),
        # mondaq-nov11:e2: the fentanyl tariff falls from 20 to 10.
        ("2025-11-15", {"fentanyl-tariff": 10, "reciprocal-tariff-china": 10}, 20),
        # twt-readme:e1: all of it revoked after the ruling of 20 February.
        ("2026-02-21", {}, 0),
        # twt-readme:e2: 10 percent on all countries from 24 February; capwatch-scotus:e1 has 15.
        ("2026-03-01", {"s122-surcharge": 10}, 10),
    ],
)
def test_us_tariffs_on_all_goods_of_china_add_up(both: Store, on: str, layers: dict[str, int], total: int) -> None:
    found = answer(both, "stacked-rate", {**US, "on": on})
    assert {row["layer"]["id"]: row["rate"] for row in found.rows if row["scope"] == "all-goods"} == layers
    assert scalar(found)["all_goods_total"] == total
    assert {one["id"]: one["rate"] for one in scalar(found)["list_bound"]} == LISTS
    assert (scalar(found)["possibly"], scalar(found)["unknown"]) == ([], [])


def test_list_three_had_ten_percent_until_may_2019(both: Store) -> None:
    # mondaq-301:e2, e3.
    rates = {on: scalar(answer(both, "stacked-rate", {**US, "on": on}))["list_bound"][-1]["rate"] for on in ("2019-05-09", "2019-05-10")}
    assert rates == {"2019-05-09": 10, "2019-05-10": 25}


@pytest.mark.parametrize(
    # pn-apr9:e2, pn-apr11:e2, gmt-may13:e1 and 94ha-geneva:e1, gt-nov5:e1.
    ("on", "total"),
    [("2025-04-09", None), ("2025-04-10", 84), ("2025-04-12", 125), ("2025-05-20", 10), ("2025-12-01", 10), ("2026-11-11", None)],
)
def test_chinese_tariff_on_all_us_goods(both: Store, on: str, total: int | None) -> None:
    # 9 April: 34 percent were decided, and from which day is not told (pn-apr9:e2). After 10 November 2026 the suspension has lapsed.
    found = scalar(answer(both, "stacked-rate", {**CHINA, "on": on}))
    assert found["all_goods_total"] == total
    assert "china-feb4-tariffs" in {one["id"] for one in found["unknown"]}


def test_disputed_rate_is_said_to_be_disputed(both: Store) -> None:
    assert (
        "Our sources disagree on the rate of: Section 122 import surcharge."
        in answer(both, "stacked-rate", {**US, "on": "2026-03-01"}).not_in_sources
    )


def test_surcharge_ran_out_and_nobody_tells_whether_its_successor_reaches_china(both: Store) -> None:
    found = answer(both, "stacked-rate", {**US, "on": "2026-07-25"})
    assert {row["layer"]["id"] for row in found.rows} == set(LISTS)
    assert "Section 122 import surcharge ran until 2026-07-23; our sources name no act after that." in found.not_in_sources
    assert any("Section 301 forced-labour tariffs (Sixty economies)" in sentence for sentence in found.not_in_sources)


def test_rate_as_of_a_day_knows_no_later_order(both: Store) -> None:
    # The order of 12 May lowers it from 14 May; before that order nobody knew.
    known = {
        as_of: scalar(answer(both, "stacked-rate", {**US, "on": "2025-05-20"}, as_of))["all_goods_total"]
        for as_of in ("2025-05-11", "2025-05-12")
    }
    assert known == {"2025-05-11": 145, "2025-05-12": 30}


# Decided in 2023 and 2024, from which day is not told (bis-2023:e1, sq-2024:e1).
DECIDED_RULES = {"bis-2023-rules", "bis-2024-rules"}


@pytest.mark.parametrize(
    ("sides", "on", "sure", "possible"),
    [
        (US, "2019-06-01", set(LISTS), set()),
        # ap-20250602:e2: controls after Geneva, some time from 12 May to 2 June.
        (
            US,
            "2025-05-20",
            {*LISTS, "fentanyl-tariff", "reciprocal-tariff-china", "bis-2022-rules", "h20-licence"},
            {"post-geneva-us-controls", *DECIDED_RULES},
        ),
        (
            US,
            "2025-11-15",
            {*LISTS, "fentanyl-tariff", "reciprocal-tariff-china", "bis-2022-rules", "h20-licence", "post-geneva-us-controls"},
            DECIDED_RULES,
        ),
        (
            US,
            "2026-03-01",
            {*LISTS, "s122-surcharge", "bis-2022-rules", "h20-licence", "h200-licensing", "post-geneva-us-controls"},
            DECIDED_RULES,
        ),
        (CHINA, "2025-02-09", set(), {"china-feb4-minerals", "china-ga-ge-sb-ban"}),
        (
            CHINA,
            "2025-10-20",
            {"china-reciprocal-tariff", "china-feb4-tariffs", "china-march-farm-tariffs", "china-announcement-18-controls"},
            {"china-62", "china-feb4-minerals", "china-ga-ge-sb-ban"},
        ),
        # gt-nov5:e2 suspends the farm tariffs; pt-46:e1 suspends the mineral ban in part only.
        (
            CHINA,
            "2025-12-01",
            {"china-reciprocal-tariff", "china-feb4-tariffs", "china-announcement-18-controls", "china-ga-ge-sb-ban"},
            {"china-feb4-minerals"},
        ),
    ],
    ids=["lists of 2018", "after Geneva", "truce", "after the ruling", "before the tariffs", "October", "December"],
)
def test_measures_in_force_between_the_two(both: Store, sides: dict[str, str], on: str, sure: set[str], possible: set[str]) -> None:
    rows = answer(both, "measures-in-force", {**sides, "on": on}).rows
    held = {row["measure"]["id"]: row["held"] for row in rows}
    assert {name for name, word in held.items() if word == "yes"} == sure
    assert {name for name, word in held.items() if word == "possibly"} == possible


def test_control_announced_for_december_and_suspended_before_was_never_in_force(both: Store) -> None:
    # chemradar-oct9:e1, chemradar-70:e2: announced on 9 October for 1 December, suspended on 7 November until 10 November 2026.
    for on in ("2025-10-20", "2025-11-08", "2025-12-02"):
        rows = answer(both, "measures-in-force", {**CHINA, "on": on}).rows
        assert "china-61" not in {row["measure"]["id"] for row in rows}
    after = answer(both, "measures-in-force", {**CHINA, "on": "2026-11-11"}).not_in_sources
    assert any("reach abroad" in sentence and "lapsed: what follows is not in our sources" in sentence for sentence in after)


def test_threat_of_a_hundred_percent_never_counted(both: Store) -> None:
    assert [row["status"] for row in answer(both, "measure-history", {"measure": "tariff-100-threat"}).rows] == ["threatened"]
    rows = answer(both, "measures-in-force", {**US, "on": "2025-11-02"}).rows
    assert "tariff-100-threat" not in {row["measure"]["id"] for row in rows}


def test_listed_company_is_reached_by_its_listing(both: Store) -> None:
    # lex-huawei:e1.
    rows = answer(both, "measures-in-force", {"from": "united-states", "against": "huawei", "on": "2025-06-08"}).rows
    assert [row["measure"]["id"] for row in rows] == ["huawei-entity-listing"]


def test_history_of_the_fentanyl_tariff(both: Store) -> None:
    rows = answer(both, "measure-history", {"measure": "fentanyl-tariff"}).rows
    assert [(row["date"], row["status"], row["rate"], row["effective"]) for row in rows] == [
        ("2025-02-01", "in-force", 10, "2025-02-04"),
        ("2025-03-03", "raised", 20, None),
        ("2025-11-04", "lowered", 10, "2025-11-10"),
        ("2026-02-20", "struck-down", 0, "2026-02-20"),
    ]


def test_history_of_us_tariffs_has_both_data_sets(both: Store) -> None:
    # The whole is London's, its parts the other's.
    rows = answer(both, "measure-history", {"measure": "us-tariffs-on-china-2025"}).rows
    assert {row["measure"]["id"] for row in rows if row["is_part"]} == {"fentanyl-tariff", "reciprocal-tariff-china"}
    assert [row["act"]["id"] for row in rows if not row["is_part"]] == ["geneva-tariff-rollback"]


def test_five_acts_answer_five(both: Store) -> None:
    # tcr-2024:e2, th-feb4:e3, pn-apr9:e5, af-eo14266:e1, cnbc-oct10:e4.
    found = answer(both, "retaliation-chain", {})
    acts = list(dict.fromkeys((row["act"]["id"], row["answering_act"]["id"]) for row in found.rows))
    assert acts == [
        ("bis-controls-2024", "china-minerals-ban-2024"),
        ("eo14195", "china-response-feb4"),
        ("eo14259", "china-84"),
        ("china-84", "eo14266"),
        ("china-oct9-controls", "trump-100-threat"),
    ]
    assert {(row["measure"]["id"], row["answered_by"]["id"]) for row in found.rows if row["act"]["id"] == "eo14195"} == {
        ("fentanyl-tariff", "china-feb4-tariffs"),
        ("fentanyl-tariff", "china-feb4-minerals"),
    }


BUENOS_AIRES = ("deadline-buenos-aires-90-days", None, "stands as far as our sources tell")


@pytest.mark.parametrize(
    ("days", "start", "falling"),
    [
        # 14 May + 90 days.
        ("90", "2025-05-14", [("geneva-deal-90-days", "2025-08-12", "extended later")]),
        ("90", "2025-08-13", [("deadline-truce-2025-11-10", "2025-11-10", "extended later")]),
        (
            "45",
            "2026-06-15",
            [
                ("deadline-board-of-trade-comments-2026-07-10", "2026-07-10", "stands as far as our sources tell"),
                ("deadline-s122-150-days", "2026-07-23", "stands as far as our sources tell"),
            ],
        ),
    ],
)
def test_deadlines_of_the_next_days(both: Store, days: str, start: str, falling: list[Any]) -> None:
    found = answer(both, "deadlines", {"days": days, "from": start})
    assert [(row["deadline"]["id"], row["date"], row["status"]) for row in found.rows] == [*falling, BUENOS_AIRES]
    assert (scalar(found)["falling"], scalar(found)["without_date"]) == (len(falling), 1)


def test_suspensions_end_in_november_2026(both: Store) -> None:
    # iti-affiliates:e1, gcaptain-ports:e3, people-ports:e1, afp-hanwha:e1, chemradar-70:e2, gt-nov5:e1; the mineral ban returns later.
    rows = answer(both, "deadlines", {"days": "21", "from": "2026-10-20"}).rows
    assert {(row["deadline"]["id"], row["held"]) for row in rows} == {
        ("deadline-affiliates-2026-11-09", "yes"),
        ("deadline-us-port-fees-2026-11-09", "yes"),
        ("deadline-china-port-fees-one-year", "yes"),
        ("deadline-hanwha-one-year", "yes"),
        ("deadline-october-controls-2026-11-10", "yes"),
        ("deadline-truce-2026-11-10", "yes"),
        ("deadline-buenos-aires-90-days", None),
    }
    shorter = {row["deadline"]["id"]: row["held"] for row in answer(both, "deadlines", {"days": "20", "from": "2026-10-20"}).rows}
    assert (shorter["deadline-hanwha-one-year"], "deadline-truce-2026-11-10" in shorter) == ("possibly", False)


def test_geneva_deadline_was_not_known_to_be_extended_in_june(both: Store) -> None:
    rows = answer(both, "deadlines", {"days": "365"}, "2025-06-09").rows
    assert [(row["deadline"]["id"], row["extended_to"]) for row in rows] == [
        ("geneva-deal-90-days", []),
        ("deadline-buenos-aires-90-days", []),
    ]


def test_each_side_calls_geneva_broken_and_china_calls_its_part_kept(both: Store) -> None:
    # nye-20250602:e1 against ap-20250602:e1, e4; reuters-london-preview:p10 of the rare earths alone.
    found = answer(both, "broken-promises", {})
    rows = [
        (row["commitment"]["id"], row["level"], row["accuser"], row["verdict"], row["reply"] and row["reply"]["id"]) for row in found.rows
    ]
    assert rows == [
        ("geneva-deal", "agreement", "united-states", "broken", "wclaim-mofcom-kept"),
        ("geneva-term-china-rare-earths", "commitment", "united-states", "delayed", None),
        ("geneva-deal", "agreement", "china", "broken", None),
    ]


def test_verdicts_on_geneva_stay_with_the_deal(both: Store) -> None:
    rows = answer(both, "commitments", {"agreement": "geneva-deal"}).rows
    said = {row["commitment"]["id"]: row["according"] for row in rows if row["according"]}
    assert said == {
        "geneva-term-china-rare-earths": ["united-states: delayed by china"],
        "geneva-deal": ["united-states: broken by china", "china: broken by united-states", "china: kept"],
    }


def test_soybeans_are_owed_according_to_the_us_alone_and_a_report_has_them_bought(both: Store) -> None:
    # reuters-soy:e2, fsx-soy:e1, e3.
    rows = {row["commitment"]["id"]: row for row in answer(both, "commitments", {"agreement": "kuala-lumpur-arrangement"}).rows}
    soy = rows["commitment-kuala-lumpur-buy-soybeans"]
    assert ([one["id"] for one in soy["owed_by"]], soy["certainty"], [one["id"] for one in soy["claims"]]) == (
        ["china"],
        "alleged",
        ["soy-12"],
    )
    assert len(rows) == 10


def test_chain_is_drawn_with_its_measures(both: Store, client: httpx.Client) -> None:
    graph = client.get("/api/v1/queries/retaliation-chain").json()["graph"]
    assert {"china-84--ANSWERS--eo14259", "china-84--SETS--china-reciprocal-tariff"} <= {one["id"] for one in graph["relationships"]}
    page = client.get("/queries/retaliation-chain.html")
    assert (page.status_code, "Reciprocal tariff on China" in page.text) == (200, True)


def test_rate_is_answered_over_rest_and_refused_between_one_and_the_same(both: Store, client: httpx.Client) -> None:
    body = client.get("/api/v1/queries/stacked-rate", params={**US, "on": "2025-04-12"}).json()
    assert (body["scalar"]["all_goods_total"], body["parameters"]["on"]) == (145, "2025-04-12")
    same = client.get("/api/v1/queries/stacked-rate", params={"from": "china", "against": "china"})
    assert (same.status_code, same.json()["parameter"]) == (400, "against")
    wrong = client.get("/api/v1/queries/deadlines", params={"days": "-1"})
    assert (wrong.status_code, wrong.json()["parameter"]) == (400, "days")
