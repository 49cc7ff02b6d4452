"""Properties on which sources disagree: their values out of the graph's JSON texts, and how they differ."""

from collections.abc import Iterable, Iterator
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from itertools import combinations
from typing import Any

import orjson

from graphapi.dates import Span, read_date
from graphapi.errors import InputRefused
from graphapi.questions.answer import Row

Accounts = list[dict[str, Any]]


def unfold_conflicts(rows: Iterable[Row]) -> Iterator[Row]:
    """Read the values of every row that is about a property: each with its data set, with their places and how they differ.

    Where there is a question on that property, its kind stands there too.
    """
    every = list(rows)
    kinds = {row["dispute"]["id"]: row["kind"] for row in every if row["kind"]}
    for row in every:
        yield row if row["kind"] else _unfolded(row, kinds)


def kind_of(values: Iterable[Any]) -> str:
    """Say how values differ: rounding (one has fewer decimals), narrower (one date lies within the other), else conflict."""
    pairs = list(combinations(dict.fromkeys(str(value) for value in values), 2))
    if pairs and all(_is_rounded(one, other) for one, other in pairs):
        return "rounding"
    return "narrower" if pairs and all(_is_narrower(one, other) for one, other in pairs) else "conflict"


def _unfolded(row: Row, kinds: dict[str, str]) -> Row:
    every: Accounts = [orjson.loads(text) for text in row["values"] or ()]
    accounts = [account for account in every if account["property"] == row["attribute"]]
    asked = row["dispute"]["id"] if row["dispute"] else ""
    places = [place for account in accounts for place in account.get("evidence", ())]
    return row | {
        "values": [f"{account['dataset']}: {_text(account['value'])}" for account in accounts],
        "sources": list(dict.fromkeys(places)) or row["sources"],
        "kind": kinds.get(asked) or kind_of(account["value"] for account in accounts),
    }


def _text(value: Any) -> str:
    return ("yes" if value else "no") if isinstance(value, bool) else str(value)


def _is_rounded(one: str, other: str) -> bool:
    try:
        first, second = Decimal(one), Decimal(other)
    except InvalidOperation:
        return False
    if not (first.is_finite() and second.is_finite()):
        return False
    coarse, fine = sorted((first, second), key=lambda number: -int(number.as_tuple().exponent))
    return fine.quantize(coarse, rounding=ROUND_HALF_UP) == coarse


def _is_narrower(one: str, other: str) -> bool:
    try:
        first, second = read_date(one), read_date(other)
    except InputRefused:
        return False
    return _holds(first, second) or _holds(second, first)


def _holds(wide: Span, narrow: Span) -> bool:
    begins = wide.earliest is None or (narrow.earliest is not None and wide.earliest <= narrow.earliest)
    ends = wide.latest is None or (narrow.latest is not None and narrow.latest <= wide.latest)
    return begins and ends
