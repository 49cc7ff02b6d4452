"""Dates: as precise as their source, compared as intervals."""

from datetime import date

import pytest

from graphapi.dates import date_properties, held, read_as_of, read_date
from graphapi.errors import InputRefused


@pytest.mark.parametrize(
    ("text", "earliest", "latest", "precision"),
    [
        ("2025-06-09", date(2025, 6, 9), date(2025, 6, 9), "day"),
        ("2025-05", date(2025, 5, 1), date(2025, 5, 31), "month"),
        ("2025", date(2025, 1, 1), date(2025, 12, 31), "year"),
        ("2025-05~", date(2025, 5, 1), date(2025, 5, 31), "month"),
        ("2025-06-09/2025-06-10", date(2025, 6, 9), date(2025, 6, 10), "interval"),
        ("[2025-06-05..2025-06-08]", date(2025, 6, 5), date(2025, 6, 8), "between"),
        ("[..2025-06-08]", None, date(2025, 6, 8), "between"),
        ("[2025-01-20..2025-04]", date(2025, 1, 20), date(2025, 4, 30), "between"),
        ("2025-06-09/..", date(2025, 6, 9), None, "interval"),
    ],
)
def test_a_date_keeps_its_precision(text: str, earliest: date | None, latest: date | None, precision: str) -> None:
    span = read_date(text)
    assert (span.earliest, span.latest, span.precision) == (earliest, latest, precision)


@pytest.mark.parametrize(
    "text",
    [
        *["", "banana", "2025-02-30", "1900-02-29", "0000-00-00", "2025-13", "2025-6-9", "2025-06-10/2025-06-09", "2025-06-09T10:00:00"],
        *["../..", "{2025-06-05,2025-06-06}", "[2025-06-05..2025-06-08", "9" * 100, "2025-06-09; DROP", "۲۰۲۵"],
    ],
)
def test_what_is_no_date_is_refused_with_its_text_and_a_way_out(text: str) -> None:
    with pytest.raises(InputRefused) as refused:
        read_date(text)
    assert repr(text[:60]) in refused.value.message
    assert refused.value.hint


def test_as_of_takes_a_day_a_month_or_a_year_only() -> None:
    assert read_as_of("2025-06").latest == date(2025, 6, 30)
    with pytest.raises(InputRefused, match="as-of"):
        read_as_of("[2025-06-05..2025-06-08]")


def test_only_the_date_itself_brings_earliest_and_latest_without_a_prefix() -> None:
    assert date_properties("date", read_date("2025-05")) == {
        "date": "2025-05",
        "earliest": date(2025, 5, 1),
        "latest": date(2025, 5, 31),
        "precision": "month",
    }
    assert set(date_properties("valid_to", read_date("[..2025-05]"))) == {"valid_to", "valid_to_latest"}


MAY, JUNE = date(2025, 5, 1), date(2025, 6, 30)


@pytest.mark.parametrize(
    ("properties", "as_of", "expected"),
    [
        ({}, "2025-06", "unknown"),
        ({"valid_from_earliest": date(2025, 7, 1)}, "2025-06", None),
        ({"valid_to_latest": date(2025, 5, 31)}, "2025-06", None),
        ({"valid_from_latest": MAY, "seen_from": date(2025, 6, 8), "seen_to": JUNE}, "2025-06-09", "yes"),
        ({"seen_from": date(2025, 6, 8), "seen_to": date(2025, 6, 8)}, "2025-06-08", "yes"),
        ({"seen_from": date(2025, 6, 8), "seen_to": date(2025, 6, 8)}, "2025-06", "unknown"),
        (
            {"valid_from_earliest": MAY, "valid_from_latest": JUNE, "valid_to_earliest": JUNE, "valid_to_latest": JUNE},
            "2025-05-15",
            "possibly",
        ),
    ],
    ids=["nothing known", "not yet", "no more", "begun and still seen", "seen that day", "seen on one day of it", "begun some day in it"],
)
def test_held_at_a_date(properties: dict[str, date], as_of: str, expected: str | None) -> None:
    assert held(dict(properties), read_as_of(as_of)) == expected
