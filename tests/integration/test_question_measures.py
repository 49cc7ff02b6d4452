"""Measures by day: what was in force, what it added up to, how it came about and what it answered; by hand, on small data and London.

Acts of the small data: first on 1 February 2025, second on 3 March, third on 12 May, fourth on 11 August, ruling on 20 February 2026.
"""

from datetime import UTC, datetime
from typing import Any

import pytest

from graphapi.catalogue import read_catalogue
from graphapi.ingest import read_dataset
from graphapi.ingest.load import load
from graphapi.ontology import read_ontology
from graphapi.questions import Answer, Question, ask
from graphapi.store import Store
from tests.conftest import Database
from tests.negotiations import write_measures

DUTY = """
first duty in-force rate=10 effective=2025-02-04
second duty raised rate=20
third duty lowered rate=5 suspended=24 effective=2025-05-14 until=2025-08-12
"""
SCENES = {
    "dutiful": DUTY,
    "extending": DUTY + "fourth duty extended until=2025-11-10",
    "lifting": DUTY + "ruling duty lifted",
    "striking": DUTY + "ruling duty struck-down",
    "threatening": DUTY + "ruling duty threatened rate=100",
    "pausing": "first control in-force\nthird control suspended extent=wholly until=2025-08-12",
    "halving": "first control in-force\nthird control suspended extent=partly until=2025-08-12",
    "ending": "first surtax in-force rate=10 until=2025-07-23",
    "hinting": "first duty threatened rate=99\nfirst surtax announced rate=99\nfirst vague decided rate=99",
    "naming": "first duty threatened rate=100 effective=2025-03-01\nfirst surtax decided rate=7 effective=2025-03-01",
    "withdrawing": "first control announced effective=2025-12-01\nthird control suspended extent=wholly until=2026-11-10",
    "vaguely": "in-april surtax in-force rate=10",
    "timeless": "undated surtax in-force rate=10",
    "wavering": "first duty in-force rate=10\nin-april duty raised rate=20",
    "pretending": "called-off duty in-force rate=10\nfirst control in-force certainty=alleged",
    "inheriting": "third old lowered extent=partly",
    "grouping": """
> duty worldwide
> surtax club
> list-one other-club
> fee shipping
first duty in-force rate=10
second surtax in-force rate=5
third list-one in-force rate=25
fourth fee in-force
""",
    "layered": """
< duty whole
< surtax whole
first duty in-force rate=20
first surtax in-force rate=10
first list-one in-force rate=25
first vague in-force rate=3
first whole in-force rate=30
first control in-force
""",
    "umbrella": DUTY + "< duty whole\nruling whole struck-down",
    "answering": """
first duty in-force rate=10
second surtax in-force rate=10
third duty raised rate=20
^ second first
^ third second
^ fourth third
""",
}


@pytest.fixture
def measures(database: Database, opened_store: Store, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Store:
    """Give a store with all scenes and nothing else; tests only read it."""
    if database.holds != "measures":
        store = request.getfixturevalue("store")
        load(store, read_dataset(write_measures(tmp_path_factory.mktemp("measures"), SCENES)))
        database.holds = "measures"
    return opened_store


def answer(store: Store, name: str, as_of: str | None = None, **given: str) -> Answer:
    renamed = {key.rstrip("_"): value for key, value in given.items()}
    return ask(store, read_ontology(), read_catalogue(), Question(name=name, given=renamed, as_of=as_of))


def in_force(store: Store, scene: str, on: str, as_of: str | None = None) -> Answer:
    return answer(store, "measures-in-force", as_of, from_=scene, against="b-land", on=on)


def stacked(store: Store, scene: str, on: str) -> tuple[Answer, dict[str, Any]]:
    found = answer(store, "stacked-rate", from_=scene, against="b-land", on=on)
    assert found.scalar is not None
    return found, found.scalar


def shown(found: Answer) -> dict[str, tuple[Any, Any]]:
    return {row["measure"]["id"].partition("-")[2]: (row["rate"], row["held"]) for row in found.rows}


@pytest.mark.parametrize(
    ("on", "is_so"),
    [
        ("2025-02-03", {}),
        ("2025-02-04", {"duty": (10, "yes")}),
        ("2025-03-02", {"duty": (10, "yes")}),
        ("2025-03-03", {"duty": (20, "yes")}),
        ("2025-05-13", {"duty": (20, "yes")}),
        ("2025-05-14", {"duty": (5, "yes")}),
        ("2025-08-12", {"duty": (5, "yes")}),
        ("2025-08-13", {}),
    ],
)
def test_latest_act_that_counts_by_the_day_decides(measures: Store, on: str, is_so: dict[str, Any]) -> None:
    assert shown(in_force(measures, "dutiful", on)) == is_so


def test_row_says_from_when_the_act_counts_and_until_when(measures: Store) -> None:
    told, dated = in_force(measures, "dutiful", "2025-06-01").rows[0], in_force(measures, "dutiful", "2025-04-01").rows[0]
    assert (told["effective"], told["basis"]) == ("2025-05-14", "effective 2025-05-14 by Dutiful third")
    assert (told["expires"], told["suspended"], told["status"], told["layer"]) == ("2025-08-12", 24, "lowered", "all-goods")
    assert (dated["effective"], dated["basis"]) == ("2025-03-03", "from the date of Dutiful second, 2025-03-03")
    assert told["source"] == ["report:p1", "report:p2"]


def test_suspension_that_ran_out_has_lapsed_and_its_rate_is_not_counted(measures: Store) -> None:
    found, scalar = stacked(measures, "dutiful", "2025-08-13")
    assert (found.rows, scalar["all_goods_total"]) == ((), None)
    assert [(one["id"], one["why"]) for one in scalar["unknown"]] == [
        ("dutiful-duty", "lapsed after 2025-08-12: what follows is not in our sources")
    ]
    assert "Dutiful duty (lowered until 2025-08-12) lapsed: what follows is not in our sources." in found.not_in_sources


def test_extension_carries_the_rate_past_the_old_end(measures: Store) -> None:
    row = in_force(measures, "extending", "2025-11-10").rows[0]
    assert (row["rate"], row["suspended"], row["expires"], row["act"]["id"]) == (5, 24, "2025-11-10", "extending-fourth")
    assert in_force(measures, "extending", "2025-11-11").rows == ()


def test_measure_suspended_whole_is_not_in_force_until_then_and_open_after(measures: Store) -> None:
    assert list(shown(in_force(measures, "pausing", "2025-05-11"))) == ["control"]
    during, later = in_force(measures, "pausing", "2025-08-12"), in_force(measures, "pausing", "2025-08-13")
    assert (during.rows, later.rows) == ((), ())
    assert not any("lapsed" in sentence for sentence in during.not_in_sources)
    assert "Pausing control (wholly suspended until 2025-08-12) lapsed: what follows is not in our sources." in later.not_in_sources


def test_measure_suspended_in_part_stays_in_force(measures: Store) -> None:
    assert [row["status"] for row in in_force(measures, "halving", "2025-06-01").rows] == ["partly suspended"]


@pytest.mark.parametrize("scene", ["lifting", "striking"])
def test_measure_that_is_over_adds_nothing(measures: Store, scene: str) -> None:
    found, scalar = stacked(measures, scene, "2026-02-21")
    assert (found.rows, scalar["all_goods_total"], scalar["unknown"]) == ((), 0, [])


def test_measure_that_runs_to_a_day_is_over_after_it(measures: Store) -> None:
    assert shown(in_force(measures, "ending", "2025-07-23")) == {"surtax": (10, "yes")}
    later = in_force(measures, "ending", "2025-07-24")
    assert later.rows == ()
    assert "Ending surtax ran until 2025-07-23; our sources name no act after that." in later.not_in_sources


def test_threat_and_announcement_bring_nothing_into_force_and_a_decision_without_a_day_only_possibly(measures: Store) -> None:
    found = in_force(measures, "hinting", "2025-06-01")
    assert shown(found) == {"vague": (99, "possibly")}
    assert found.not_in_sources[-1].endswith("do not show that these came into force: Hinting duty, Hinting surtax.")


@pytest.mark.parametrize(("on", "is_so"), [("2025-02-28", {}), ("2025-03-01", {"surtax": (7, "yes")})])
def test_decision_counts_from_the_day_that_it_names_and_a_threat_never(measures: Store, on: str, is_so: dict[str, Any]) -> None:
    assert shown(in_force(measures, "naming", on)) == is_so


def test_measure_suspended_before_the_day_that_was_announced_was_never_in_force(measures: Store) -> None:
    assert "Withdrawing control" in in_force(measures, "withdrawing", "2025-04-01").not_in_sources[-1]
    for on in ("2025-04-01", "2025-06-01", "2025-12-02"):
        assert in_force(measures, "withdrawing", on).rows == ()


def test_threat_leaves_what_is_in_force_as_it_was(measures: Store) -> None:
    assert shown(in_force(measures, "threatening", "2025-08-12")) == {"duty": (5, "yes")}


@pytest.mark.parametrize(("on", "is_so", "total"), [("2025-03-31", [], 0), ("2025-04-15", ["possibly"], None), ("2025-05-01", ["yes"], 10)])
def test_imprecise_beginning_is_possibly_in_force_and_not_added_up(measures: Store, on: str, is_so: list[str], total: int | None) -> None:
    found, scalar = stacked(measures, "vaguely", on)
    assert ([row["held"] for row in found.rows], scalar["all_goods_total"]) == (is_so, total)
    assert [one["id"] for one in scalar["possibly"]] == (["vaguely-surtax"] if is_so == ["possibly"] else [])


def test_undated_act_leaves_it_possible_on_any_day(measures: Store) -> None:
    found = in_force(measures, "timeless", "1999")
    assert shown(found) == {"surtax": (10, "possibly")}
    assert "As our sources date them, these only may have been in force: Timeless surtax." in found.not_in_sources


def test_rate_that_may_be_either_is_left_open(measures: Store) -> None:
    found, scalar = stacked(measures, "wavering", "2025-04-10")
    assert [(row["rate"], row["held"]) for row in found.rows] == [(None, "yes")]
    assert (scalar["all_goods_total"], scalar["unknown"][0]["why"]) == (None, "which of its rates applied is not in our sources")


def test_month_in_which_a_duty_began_is_only_possible(measures: Store) -> None:
    assert shown(in_force(measures, "dutiful", "2025-02")) == {"duty": (10, "possibly")}


def test_cancelled_act_and_alleged_one_are_not_taken_for_done(measures: Store) -> None:
    assert shown(in_force(measures, "pretending", "2025-06-01")) == {"control": (None, "possibly")}


def test_measure_that_an_act_lowers_was_there_from_its_own_date(measures: Store) -> None:
    before, after = in_force(measures, "inheriting", "2025-01-02").rows, in_force(measures, "inheriting", "2025-05-12").rows
    assert [(row["act"], row["basis"], row["held"]) for row in before] == [(None, "from its own date, 2025-01-02", "yes")]
    assert [row["status"] for row in after] == ["partly lowered"]
    assert in_force(measures, "inheriting", "2025-01-01").rows == ()


def test_as_of_limits_the_acts_and_not_the_day(measures: Store) -> None:
    assert shown(in_force(measures, "dutiful", "2025-05-20", as_of="2025-05-11")) == {"duty": (20, "yes")}
    assert shown(in_force(measures, "dutiful", "2025-05-20", as_of="2025-05-12")) == {"duty": (5, "yes")}


def test_act_that_may_be_later_than_the_as_of_date_is_only_possible(measures: Store) -> None:
    assert shown(in_force(measures, "vaguely", "2025-06-01", as_of="2025-04-10")) == {"surtax": (10, "possibly")}


def test_day_is_the_as_of_date_when_none_is_given(measures: Store) -> None:
    found = answer(measures, "measures-in-force", "2025-04-01", from_="dutiful", against="b-land")
    assert (found.parameters["on"], shown(found)) == ("2025-04-01", {"duty": (20, "yes")})


def test_measure_on_a_group_reaches_its_members_and_one_on_all_everybody(measures: Store) -> None:
    found = in_force(measures, "grouping", "2026-01-01")
    assert {row["measure"]["id"]: row["target"]["id"] for row in found.rows} == {"grouping-duty": "worldwide", "grouping-surtax": "club"}
    assert "report:p2" in next(row for row in found.rows if row["target"]["id"] == "club")["source"]
    assert found.not_in_sources == (
        "Our sources name no member of the groups at which these are aimed, so they are left out: Grouping list one (Other club).",
    )
    assert shown(answer(measures, "measures-in-force", from_="grouping", against="shipping", on="2026-01-01")) == {"fee": (None, "yes")}


def test_layers_on_all_goods_add_up_and_lists_stand_apart(measures: Store) -> None:
    found, scalar = stacked(measures, "layered", "2025-06-01")
    assert [(row["layer"]["id"], row["scope"], row["rate"]) for row in found.rows] == [
        ("layered-duty", "all-goods", 20),
        ("layered-surtax", "all-goods", 10),
        ("layered-list-one", "list-bound", 25),
        ("layered-vague", "unspecified", 3),
    ]
    assert scalar == {
        "on": "2025-06-01",
        "all_goods_total": 30,
        "unit": "percentage points",
        "list_bound": [{"id": "layered-list-one", "name": "Layered list one", "rate": 25}],
        "possibly": [],
        "unknown": [{"id": "layered-vague", "name": "Layered vague", "why": "whether it falls on all goods is not in our sources"}],
    }


def test_measure_with_parts_is_left_to_its_parts(measures: Store) -> None:
    assert set(shown(in_force(measures, "layered", "2025-06-01"))) == {"duty", "surtax", "list-one", "vague", "control"}


def test_history_of_a_whole_has_the_acts_on_its_parts_marked(measures: Store) -> None:
    found = answer(measures, "measure-history", measure="umbrella-whole")
    assert [(row["date"], row["status"], row["is_part"]) for row in found.rows] == [
        ("2025-02-01", "in-force", True),
        ("2025-03-03", "raised", True),
        ("2025-05-12", "lowered", True),
        ("2026-02-20", "struck-down", False),
    ]
    third = found.rows[2]
    assert (third["rate"], third["suspended"], third["effective"], third["until"]) == (5, 24, "2025-05-14", "2025-08-12")
    assert not any(row["is_part"] for row in answer(measures, "measure-history", measure="umbrella-duty").rows)


def test_history_as_of_a_day_ends_there(measures: Store) -> None:
    assert len(answer(measures, "measure-history", "2025-03-03", measure="dutiful-duty").rows) == 2


def test_chain_joins_the_measures_of_acts_that_answer_each_other(measures: Store) -> None:
    found = answer(measures, "retaliation-chain")
    names = ("measure", "act", "answered_by", "answering_act")
    assert [tuple(row[name]["id"].partition("-")[2] for name in names) for row in found.rows] == [
        ("duty", "first", "surtax", "second"),
        ("surtax", "second", "duty", "third"),
    ]
    assert found.graph is not None
    drawn = {node.id.partition("-")[2] for node in found.graph.nodes}
    assert drawn == {"duty", "surtax", "first", "second", "third"}
    assert {one.type for one in found.graph.relationships} == {"SETS", "ANSWERS"}
    assert len(answer(measures, "retaliation-chain", "2025-03-03").rows) == 1


def test_london_tells_that_us_tariffs_were_lowered_and_not_to_what(london: Store) -> None:
    # p10, p12: three-digit tariffs, lowered in Geneva last month; no figure. p14: Liberation Day tariffs were announced, and no more.
    found = answer(london, "stacked-rate", from_="united-states", against="china", on="2025-06-08")
    assert [(row["layer"]["id"], row["status"], row["held"]) for row in found.rows] == [
        ("us-tariffs-on-china-2025", "partly lowered", "yes")
    ]
    assert found.scalar is not None
    assert (found.scalar["all_goods_total"], found.scalar["unknown"][0]["why"]) == (None, "its rate is not in our sources")
    assert found.not_in_sources[0] == "Our sources show no tariff of United States on all goods of China in force on 2025-06-08."


def test_london_has_measures_in_force_only_as_far_as_it_dates_them(london: Store) -> None:
    # p5, p12: imposed some time since 20 January; p2, p12: the series of orders and the export controls name no country.
    found = answer(london, "measures-in-force", from_="united-states", against="china", on="2025-03")
    assert {row["measure"]["id"]: row["held"] for row in found.rows} == {"us-tariffs-on-china-2025": "possibly"}
    assert found.not_in_sources[-1] == (
        "Our sources do not say at whom these of United States are aimed: Trump tariffs since January 2025, US export controls."
    )
    assert answer(london, "measures-in-force", from_="united-states", against="china", on="2025-01-19").rows == ()


def test_london_names_no_country_for_chinas_mineral_halt(london: Store) -> None:
    # p8: the halt of April; the report names nobody at whom it is aimed.
    found = answer(london, "measures-in-force", from_="china", against="united-states", on="2025-06-08")
    assert [row["measure"]["id"] for row in found.rows] == ["china-tariffs-on-us-2025"]
    assert "Our sources do not say at whom these of China are aimed: China's mineral export suspension." in found.not_in_sources


def test_london_calls_nothing_an_answer(london: Store) -> None:
    found = answer(london, "retaliation-chain")
    assert (found.rows, found.not_in_sources) == ((), ("Our sources call no act that sets a measure an answer to another.",))


def test_london_dates_the_rollback_by_its_month(london: Store) -> None:
    rows = answer(london, "measure-history", measure="us-tariffs-on-china-2025").rows
    assert [(row["date"], row["status"], row["certainty"]) for row in rows] == [("2025-05", "partly lowered", "implied")]


def test_day_is_today_without_an_as_of_date(measures: Store) -> None:
    before = datetime.now(UTC).date().isoformat()
    found = answer(measures, "measures-in-force", from_="dutiful", against="b-land")
    assert before <= found.parameters["on"] <= datetime.now(UTC).date().isoformat()
