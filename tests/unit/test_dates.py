"""Dates: as precise as their source, compared as intervals."""

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given, settings, strategies

from graphapi.dates import _bounds, _bounds_by_grammar, come_about, date_properties, held, read_as_of, read_date, read_day
from graphapi.errors import InputRefused
from graphapi.model import Properties


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


@settings(max_examples=150, deadline=None)
@given(strategies.from_regex(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?(/[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?)?", fullmatch=True))
def test_short_way_reads_dates_as_the_grammar_does(text: str) -> None:
    assert days_or_refusal(_bounds, text) == days_or_refusal(_bounds_by_grammar, text)


def days_or_refusal(read: Callable[[str], object], text: str) -> object:
    try:
        return read(text)
    except InputRefused:
        return None


def span(begins: str | None = None, ends: str | None = None, seen: tuple[str, str] | None = None) -> Properties:
    """Return the properties of a relationship with these dates; `seen` are the days of the sources that show it."""
    found: Properties = {}
    for name, text in (("valid_from", begins), ("valid_to", ends)):
        found |= date_properties(name, read_date(text)) if text else {}
    if seen:
        found |= {"seen_from": date.fromisoformat(seen[0]), "seen_to": date.fromisoformat(seen[1])}
    return found


@pytest.mark.parametrize(
    ("properties", "as_of", "expected"),
    [
        (span("2025-01-20", "2025-06-30"), "2025-01-19", None),
        (span("2025-01-20", "2025-06-30"), "2025-01-20", "yes"),
        (span("2025-01-20", "2025-06-30"), "2025-06-30", "yes"),
        (span("2025-01-20", "2025-06-30"), "2025-07-01", None),
        (span("2025-01-20", "2025-06-30"), "2025-01", "possibly"),
        (span("2025-01-20", "2025-06-30"), "2025-03", "yes"),
        (span("2025-01-20", "2025-06-30"), "2025", "possibly"),
        (span("2025-01-20", "2025-06-30"), "2024", None),
        (span("2025-05", "2025-07"), "2025-05-15", "possibly"),
        (span("2025-05", "2025-07"), "2025-06", "yes"),
        (span("2025-05", "2025-07"), "2025-07-31", "possibly"),
        (span("2025-05", "2025-07"), "2025-05", "possibly"),
        (span("2025", "2025"), "2025", "possibly"),
        (span("[2025-03..2025-05]", "2026"), "2025-04-10", "possibly"),
        (span("[..2025-03]"), "2025-02", "possibly"),
        (span("[..2025-03]"), "2025-05", "unknown"),
        (span("[2025-03..]"), "2025-02-28", None),
        (span("[2025-03..]"), "2025-03-01", "unknown"),
        (span(None, "[2025-06..]"), "2025-05", "unknown"),
        (span(None, "[2025-06..]"), "2025-07", "possibly"),
        (span(None, "[..2025-06]"), "2025-07", None),
        (span("2025-01-20"), "2026", "unknown"),
        (span("2025-01-20"), "2025-01-19", None),
        (span(None, "2025-06-30"), "2025-06-30", "unknown"),
        (span("2018", "2021"), "2018", "possibly"),
        (span("2018", "2021"), "2019", "yes"),
        (span("2018", "2021", ("2025-06-08", "2025-06-08")), "2021-06", "possibly"),
        (span("2018", "2021", ("2025-06-08", "2025-06-08")), "2025-06-08", None),
        (span(None, "2021", ("2025-06-08", "2025-06-08")), "2020", "unknown"),
        (span("2025-07", None, ("2025-06-08", "2025-06-08")), "2025-07", "possibly"),
        (span(None, None, ("2025-06-30", "2025-06-01")), "2025-06", "unknown"),
        (span("2025-01", None, ("2025-06-08", "2025-06-08")), "2025-03", "yes"),
        (span("2025-01", None, ("2025-06-08", "2025-06-08")), "2025-06", "unknown"),
    ],
    ids=lambda value: value if isinstance(value, str) else "" if isinstance(value, dict) else "None",
)
def test_partial_dates_are_compared_as_intervals(properties: Properties, as_of: str, expected: str | None) -> None:
    assert held(properties, read_as_of(as_of)) == expected


@pytest.mark.parametrize(
    ("happened", "as_of", "expected"),
    [
        ("2025-06-09", "2025-06-08", None),
        ("2025-06-09", "2025-06-09", "yes"),
        ("2025-06-09", "2025-06", "possibly"),
        ("2025-06-09", "2025-07", "yes"),
        ("2025-05", "2025-05-15", "possibly"),
        ("2025-05", "2025-04-30", None),
        ("2025-05", "2025-06-01", "yes"),
        ("2025-06-09/2025-06-10", "2025-06-09", "yes"),
        ("2025-06-09/2025-06-10", "2025-06-08", None),
        ("2025-05/2025-06", "2025-05-15", "possibly"),
        ("2025-06-09/..", "2025-06-09", "yes"),
        ("[2025-06-05..2025-06-08]", "2025-06-06", "possibly"),
        ("[2025-06-05..2025-06-08]", "2025-06-08", "yes"),
        ("[..2025-06-08]", "2020", "possibly"),
        ("[2025-06-05..]", "2030", "possibly"),
    ],
)
def test_what_happened_on_a_partial_date_had_come_about(happened: str, as_of: str, expected: str | None) -> None:
    assert come_about(date_properties("date", read_date(happened)), read_as_of(as_of)) == expected


def test_what_has_no_date_is_neither_left_out_nor_sure() -> None:
    assert come_about({}, read_as_of("2025")) == "unknown"


@pytest.mark.parametrize("text", ["2025-06", "2025", "2025-02-30", "20250609", "2025-06-09T00:00", "٢٠٢٥-٠٦-٠٩", "", "soon"])
def test_a_day_is_nothing_less_and_nothing_more(text: str) -> None:
    assert read_day("2025-06-09") == date(2025, 6, 9)
    with pytest.raises(InputRefused, match="is not a day"):
        read_day(text)
