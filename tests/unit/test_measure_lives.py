"""What a measure is on a day, after acts with precise and imprecise dates."""

from datetime import date

import pytest

from graphapi.dates import read_date
from graphapi.questions.lives import ORIGIN, Act, begins, binds, days_of, outcomes_in, states_of


def act(status: str, start: str | None, **more: object) -> Act:
    until = more.pop("until", None)
    ends = days_of(read_date(str(until))) if until else None
    return Act(0, status, days_of(read_date(start) if start else None), ends, **more)  # type: ignore[arg-type]


def found(acts: list[Act], day: str) -> list[tuple[str, float | None]]:
    outcomes = outcomes_in(states_of(acts), days_of(read_date(day)))
    return [(one.condition, one.state.rate if one.state else None) for one in outcomes]


NOT_YET = ("not in force", None)


@pytest.mark.parametrize(
    ("day", "is_so"),
    [
        ("2025-03-03", [NOT_YET]),
        ("2025-03-04", [("in force", 10)]),
        ("2025-04-09", [("in force", 125)]),
        ("2025-05-14", [("in force", 10)]),
        ("2025-08-12", [("in force", 10)]),
        ("2025-08-13", [("lapsed", 10)]),
    ],
)
def test_latest_act_to_have_begun_decides(day: str, is_so: list[tuple[str, float | None]]) -> None:
    acts = [
        act("in-force", "2025-03-04", rate=10),
        act("raised", "2025-04-09", rate=125),
        act("lowered", "2025-05-14", rate=10, suspended=24, until="2025-08-12"),
    ]
    assert found(acts, day) == is_so


def test_extension_keeps_the_rate_and_moves_the_end() -> None:
    acts = [act("lowered", "2025-05-14", rate=10, suspended=24, until="2025-08-12"), act("extended", "2025-08-11", until="2025-11-10")]
    assert found(acts, "2025-11-10") == [("in force", 10)]
    assert found(acts, "2025-11-11") == [("lapsed", 10)]


def test_extension_of_a_suspension_does_not_bring_it_into_force() -> None:
    acts = [
        act("in-force", "2025-01-01", rate=25),
        act("suspended", "2025-02-01", until="2025-03-01"),
        act("extended", "2025-02-20", until="2025-06-01"),
    ]
    assert found(acts, "2025-05-01") == [("not in force", None)]
    assert found(acts, "2025-06-02") == [("lapsed", None)]


def test_extension_to_a_day_that_nobody_tells_may_last_or_not() -> None:
    acts = [act("lowered", "2025-05-14", rate=10, until="2025-08-12"), act("extended", "2025-08-11")]
    assert found(acts, "2025-08-12") == [("in force", 10)]
    assert found(acts, "2025-08-13") == [("in force", 10), ("lapsed", 10)]


def test_modification_leaves_the_end_where_it_was() -> None:
    acts = [act("suspended", "2025-05-14", until="2025-08-12"), act("modified", "2025-06-01")]
    assert found(acts, "2025-07-01") == [("not in force", None)]
    assert found(acts, "2025-08-13") == [("lapsed", None)]


def test_measure_in_force_until_a_day_is_over_after_it() -> None:
    acts = [act("in-force", "2026-02-24", rate=10, until="2026-07-23")]
    assert found(acts, "2026-07-23") == [("in force", 10)]
    assert found(acts, "2026-07-24") == [("not in force", 10)]


@pytest.mark.parametrize(("status", "is_binding"), [("threatened", False), ("announced", False), ("decided", True), ("in-force", True)])
def test_threats_and_announcements_bind_nobody(status: str, is_binding: bool) -> None:
    assert binds(status) == is_binding


def test_decision_for_a_day_that_nobody_tells_may_apply_until_the_next_act_takes_it_up() -> None:
    days = days_of(read_date("2025-04-02"))
    acts = [Act(0, "decided", begins("decided", days, is_told=False), rate=34), act("raised", "2025-04-09", rate=84)]
    assert found(acts, "2025-04-01") == [NOT_YET]
    assert found(acts, "2025-04-05") == [NOT_YET, ("in force", 34)]
    assert found(acts, "2025-04-09") == [("in force", 84)]
    assert begins("decided", days, is_told=True) == days


@pytest.mark.parametrize("status", ["lifted", "struck-down"])
def test_ended_measure_is_not_in_force(status: str) -> None:
    acts = [act("in-force", "2025-01-01", rate=20), act(status, "2026-02-20")]
    assert found(acts, "2026-02-19") == [("in force", 20)]
    assert found(acts, "2026-02-20") == [("not in force", None)]


def test_measure_lifted_in_part_stays_in_force_at_a_rate_that_nobody_tells() -> None:
    acts = [act("in-force", "2025-05-01", rate=20), act("lifted", "2025-07-04", extent="partly")]
    assert found(acts, "2025-07-05") == [("in force", None)]


@pytest.mark.parametrize(
    ("more", "is_so"),
    [
        ({}, "not in force"),
        ({"suspended": 15}, "not in force"),
        ({"rate": 0}, "not in force"),
        ({"suspended": 5}, "in force"),
        ({"rate": 10}, "in force"),
        ({"extent": "partly"}, "in force"),
        ({"extent": "wholly", "suspended": 24}, "not in force"),
    ],
    ids=["bare", "all its points", "no rate left", "some of its points", "a rate is left", "called partial", "called whole"],
)
def test_suspension_is_whole_unless_something_is_left(more: dict[str, object], is_so: str) -> None:
    acts = [act("in-force", "2025-01-01", rate=15), act("suspended", "2025-02-01", **more)]
    assert [condition for condition, _ in found(acts, "2025-02-01")] == [is_so]


def test_imprecise_beginning_may_or_may_not_have_come() -> None:
    acts = [act("in-force", "2025-04", rate=10)]
    assert found(acts, "2025-03-31") == [NOT_YET]
    assert found(acts, "2025-04-15") == [NOT_YET, ("in force", 10)]
    assert found(acts, "2025-04-30") == [("in force", 10)]


def test_imprecise_rise_leaves_two_rates() -> None:
    acts = [act("in-force", "2025-03-01", rate=10), act("raised", "2025-04", rate=20)]
    assert found(acts, "2025-04-10") == [("in force", 10), ("in force", 20)]
    assert found(acts, "2025-05-01") == [("in force", 20)]


def test_imprecise_end_of_a_suspension_may_have_passed() -> None:
    acts = [act("in-force", "2025-03-01"), act("suspended", "2025-05-14", until="2025-08")]
    assert found(acts, "2025-08-15") == [("not in force", None), ("lapsed", None)]


def test_period_in_which_a_measure_begins_holds_both() -> None:
    acts = [act("in-force", "2025-04-09", rate=10)]
    assert found(acts, "2025-04") == [NOT_YET, ("in force", 10)]
    assert found(acts, "2025-05") == [("in force", 10)]


def test_act_that_is_not_sure_to_have_happened_never_settles_it() -> None:
    unsure = Act(0, "in-force", (date(2025, 4, 1), date.max), rate=10.0)
    assert found([unsure], "2030-01-01") == [NOT_YET, ("in force", 10)]


def test_measure_that_an_act_lowers_was_there_before() -> None:
    acts = [act(ORIGIN, "[2025-01-20..2025-05-31]"), act("lowered", "2025-05", extent="partly")]
    assert found(acts, "2025-01-19") == [NOT_YET]
    assert found(acts, "2025-03-01") == [NOT_YET, ("in force", None)]
    assert found(acts, "2025-06-08") == [("in force", None)]


def test_own_date_of_a_measure_counts_for_nothing_when_an_act_begins_it() -> None:
    acts = [act(ORIGIN, "2018-06-15"), act("in-force", "2018-07-06", rate=25)]
    assert found(acts, "2018-07-01") == [NOT_YET]


def test_measure_without_an_act_has_no_state() -> None:
    assert states_of([act(ORIGIN, "2025-04")]) == []


def test_extension_of_what_is_not_told_leaves_it_open() -> None:
    assert ("open", None) in found([act(ORIGIN, "2024"), act("extended", "2025-05-01")], "2025-06-01")
