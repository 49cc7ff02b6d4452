"""What was in force on a day: of the rows that a text gives act by act, those that decide, and what they add up to."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any, Literal

from graphapi.dates import read_as_of, read_date
from graphapi.questions.answer import Document, Row
from graphapi.questions.lives import ORIGIN, Act, Days, Outcome, State, begins, binds, days_of, outcomes_in, states_of
from graphapi.questions.values import Values

MOST_ACTS = 1000  # an answer is cut there, and the last measure may lack acts
UNIT = "percentage points"
SUBJECTS = {"measures-in-force": "measure", "stacked-rate": "layer"}
Finding = Literal["yes", "possibly", "lapsed", "expired", "over", "unbegun", "without acts"]


@dataclass(frozen=True)
class Standing:
    """How one measure stands in a period: the row that decides, what was found, and the rates that may apply.

    `over` is surely not in force: ended, suspended or not begun; `expired` ran to a day that an act named; `unbegun` was threatened,
    announced and no more.
    """

    row: Row
    name: str
    finding: Finding
    rates: tuple[float | None, ...] = ()


def settle(query: str, rows: list[Row], values: Values) -> list[Row]:
    """Return the rows of an answer: of a question about a day those in force on it, of any other the rows as they are."""
    if query not in SUBJECTS:
        return rows
    return [one.row for one in read_standings(query, rows, values.shown["on"]) if one.finding in ("yes", "possibly")]


def read_standings(query: str, rows: Sequence[Row], on: str) -> list[Standing]:
    """Return how each measure stands in the period `on`; `rows` are those of the text of `query`, measure by measure and act by act."""
    column, days = SUBJECTS[query], days_of(read_as_of(on))
    grouped = groupby(rows, key=lambda row: (row[column]["id"], row[column]["name"]))
    standings = [_standing(name, list(acts), days) for (_, name), acts in grouped]
    return standings if len(rows) < MOST_ACTS else standings[:-1]


def stack(standings: Sequence[Standing], on: str) -> Document:
    """Add up the layers that surely fall on all goods, and name what is left out of the sum.

    {on, all_goods_total, unit, list_bound: [{id, name, rate}], possibly: [{id, name, rate}], unknown: [{id, name, why}]}. The total is null
    when nothing could be counted, unless our sources show that every tariff on all goods was over or had not begun.
    """
    counted = [one.row["rate"] for one in standings if one.finding == "yes" and one.row["scope"] == "all-goods" and not reason_open(one)]
    unknown = [_named(one) | {"why": why} for one in standings if (why := reason_open(one))]
    blocked = any(reason_open(one) and one.row["scope"] != "list-bound" for one in standings)
    is_none = not blocked and any(one.finding in ("over", "expired") and one.row["scope"] == "all-goods" for one in standings)
    return {
        "on": on,
        "all_goods_total": sum(counted) if counted or is_none else None,
        "unit": UNIT,
        "list_bound": [
            _rated(one) for one in standings if one.finding == "yes" and one.row["scope"] == "list-bound" and not reason_open(one)
        ],
        "possibly": [_rated(one) for one in standings if one.finding == "possibly"],
        "unknown": unknown,
    }


def reason_open(one: Standing) -> str | None:
    """Say why a layer cannot be counted; None when it can, or when it does not apply or only may."""
    if one.finding == "lapsed":
        return f"lapsed after {one.row['expires']}: what follows is not in our sources"
    if one.finding != "yes":
        return None
    if len(one.rates) > 1:
        return "which of its rates applied is not in our sources"
    if one.row["rate"] is None:
        return "its rate is not in our sources"
    return "whether it falls on all goods is not in our sources" if one.row["scope"] == "unspecified" else None


def _named(one: Standing) -> dict[str, Any]:
    return {"id": one.row["layer"]["id"], "name": one.name}


def _rated(one: Standing) -> dict[str, Any]:
    return _named(one) | {"rate": one.row["rate"]}


def _standing(name: str, rows: list[Row], days: Days) -> Standing:
    acts = list(_acts(rows))
    if all(act.status == ORIGIN for act in acts):
        return _unset(name, rows)
    outcomes = outcomes_in(states_of(acts), days)
    in_force = [one.state for one in outcomes if one.state and one.condition in ("in force", "open")]
    if not in_force:
        return _ended(name, rows, outcomes)
    rates = tuple(dict.fromkeys(state.rate for state in in_force))
    finding: Finding = "yes" if all(one.condition == "in force" for one in outcomes) else "possibly"
    settled = {"rate": rates[0] if len(rates) == 1 else None, "held": finding}
    return Standing(_row(rows, in_force[-1]) | settled, name, finding, rates)


def _unset(name: str, rows: list[Row]) -> Standing:
    """Tell a measure that was only threatened or announced by then from one that no act sets, and one that is of a later time."""
    by_then = [row for row in rows if row["held"] != "no"]
    named = [row for row in by_then if row["act"] and not _is_binding(row)]
    if named:
        return Standing(named[-1], name, "unbegun")
    return Standing(rows[-1], name, "without acts" if by_then and not any(row["act"] for row in rows) else "over")


def _ended(name: str, rows: list[Row], outcomes: Sequence[Outcome]) -> Standing:
    """Tell a suspension that ran out, and a measure that ran out, from one that an act ended or that had not begun."""
    decided = [one for one in outcomes if one.state]
    last = next((one for one in reversed(decided) if one.condition == "lapsed"), decided[-1] if decided else None)
    if last is None or last.state is None:
        return _unset(name, rows)
    ran_out: Finding = "expired" if last.state.in_force else "over"
    return Standing(_row(rows, last.state), name, "lapsed" if last.condition == "lapsed" else ran_out)


def _acts(rows: Sequence[Row]) -> Iterator[Act]:
    """Read the acts that bind, and the measure's own date unless its first act is known to be no more than a threat or an announcement."""
    first = next((row for row in rows if row["act"]), None)
    for key, row in enumerate(rows):
        if _is_binding(row if row["act"] else first or row):
            yield _act(key, row)


def _is_binding(row: Row) -> bool:
    return binds(_status(row)[1])


def _act(key: int, row: Row) -> Act:
    """Read an act; one that is not sure to have happened, or not by the day, is given no last day on which it begins."""
    extent, status = _status(row)
    first, last = days_of(read_date(row["effective"]) if row["effective"] else None)
    start = begins(status, (first, date.max if row["act"] and row["held"] == "possibly" else last), row["basis"].startswith("effective "))
    until = days_of(read_date(row["expires"])) if row["expires"] else None
    return Act(key, status, start, until, row["rate"], row["suspended"], extent)


def _status(row: Row) -> tuple[str | None, str]:
    """Return extent and status of a row: (partly, lowered), or (None, lowered)."""
    if not row["act"]:
        return None, ORIGIN
    extent, _, status = row["status"].rpartition(" ")
    return extent or None, status


def _row(rows: Sequence[Row], state: State) -> Row:
    """Return the row of the act that decides, with what it takes over from acts before it, and the places of them all."""
    behind = [rows[act.key] for act in state.behind]
    places = [place for row in behind for place in row["source"]]
    kept = {column: next((row[column] for row in reversed(behind) if row[column] is not None), None) for column in ("suspended", "expires")}
    return behind[-1] | kept | {"rate": state.rate, "source": list(dict.fromkeys(places))}
