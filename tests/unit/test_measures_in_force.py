"""What is made of the rows that a text gives act by act."""

from typing import Any

from graphapi.questions.force import MOST_ACTS, read_standings, stack


def row(measure: str, status: str, start: str, **more: Any) -> dict[str, Any]:
    kept = {"rate": None, "suspended": None, "expires": None, "disputed": [], "scope": "all-goods", "source": [f"report:{status}"]}
    told = {"layer": {"id": measure, "name": measure}, "act": {"id": start, "name": start}, "basis": f"effective {start} by {start}"}
    return {**kept, **told, "status": status, "effective": start, "held": "yes", **more}


def test_row_of_an_extension_rests_on_what_it_extends_too() -> None:
    rows = [row("duty", "lowered", "2025-05-14", rate=10, suspended=24), row("duty", "extended", "2025-08-11", expires="2025-11-10")]
    found = read_standings("stacked-rate", rows, "2025-10-01")[0].row
    assert (found["rate"], found["suspended"], found["source"]) == (10, 24, ["report:lowered", "report:extended"])


def test_last_measure_of_an_answer_that_was_cut_is_left_out() -> None:
    rows = [row(f"duty-{number:04}", "in-force", "2025-01-01", rate=1) for number in range(MOST_ACTS)]
    assert len(read_standings("stacked-rate", rows[:-1], "2025-06-01")) == MOST_ACTS - 1
    assert len(read_standings("stacked-rate", rows, "2025-06-01")) == MOST_ACTS - 1


def test_total_without_any_tariff_is_open_and_no_nought() -> None:
    assert stack([], "2025-06-01")["all_goods_total"] is None


def test_open_rate_on_a_list_of_goods_leaves_the_total_alone() -> None:
    rows = [row("duty", "lifted", "2025-05-01"), row("list", "in-force", "2025-02-01", scope="list-bound")]
    found = stack(read_standings("stacked-rate", rows, "2025-06-01"), "2025-06-01")
    assert (found["all_goods_total"], [one["id"] for one in found["unknown"]]) == (0, ["list"])
