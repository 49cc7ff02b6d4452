"""Dates as precise as their source: EDTF (ISO 8601-2) text, and the first and last day that it may mean."""

import re
import warnings
from calendar import monthrange
from datetime import date
from functools import lru_cache
from time import struct_time
from typing import Literal

from graphapi.errors import InputRefused
from graphapi.model import Held, Properties, Shape

Precision = Literal["day", "month", "year", "interval", "between"]

EXPECTED = "Write 2025-06-09, 2025-06, 2025, 2025-06-09/2025-06-10 (lasted) or [2025-06-05..2025-06-08] (one day between)."
MAX_LENGTH = 60
BETWEEN = re.compile(r"^\[([^.\[\],]*)\.\.([^.\[\],]*)\]$")
FULL_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
FORMS: dict[Precision, re.Pattern[str]] = {"day": FULL_DATE, "month": re.compile(r"\d{4}-\d{2}"), "year": re.compile(r"\d{4}")}
PLAIN_DATE = re.compile(r"[0-9]{4}(-(0[1-9]|1[0-2])(-[0-9]{2})?)?")
AS_OF = re.compile(r"^\d{4}(-\d{2}(-\d{2})?)?$")


class Span(Shape):
    """What a date text may mean: no day before `earliest`, none after `latest`; None where it is open."""

    text: str
    earliest: date | None
    latest: date | None
    precision: Precision


@lru_cache(maxsize=4096)
def read_date(text: str) -> Span:
    """Read an EDTF text.

    Raises InputRefused when it is none, names a day that the calendar lacks, runs backwards or carries a time of day.
    """
    if len(text) > MAX_LENGTH:
        raise InputRefused(f"{text[:MAX_LENGTH]!r} is not a date.", hint=EXPECTED)
    between = BETWEEN.match(text)
    if between:
        first, last = (_bounds(half) if half else (None, None) for half in between.groups())
        span = Span(text=text, earliest=first[0], latest=last[1], precision="between")
    else:
        earliest, latest = _bounds(text)
        span = Span(text=text, earliest=earliest, latest=latest, precision=_precision(text))
    if span.earliest and span.latest and span.earliest > span.latest:
        raise InputRefused(f"{text!r} ends before it begins.", hint=EXPECTED)
    if span.earliest is None and span.latest is None:
        raise InputRefused(f"{text!r} names no day at all.", hint="Leave the date out.")
    return span


def read_as_of(text: str) -> Span:
    """Read an as-of date: a day, a month or a year.

    Raises InputRefused for anything else.
    """
    if not AS_OF.match(text):
        raise InputRefused(f"{text[:40]!r} is not an as-of date.", hint="Write a day, a month or a year: 2025-06-09, 2025-06 or 2025.")
    return read_date(text)


def read_day(text: str) -> date:
    """Read one day; raises InputRefused for anything else, a month too."""
    try:
        if FULL_DATE.fullmatch(text) and text.isascii():
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise InputRefused(f"{text[:40]!r} is not a day.", hint="Write a day: 2025-06-09.")


def held(properties: Properties, as_of: Span) -> Held | None:
    """Say whether what carries these properties held over all of a day, month or year; None when it surely held at no time of it.

    Reads `valid_from`, `valid_to` (with their `_earliest` and `_latest`) and `seen_from`, `seen_to`, the days of sources that show it;
    those count only where it may have held: a source from after its end speaks of the past. `possibly` where dates are known and leave it
    open, `unknown` where a beginning or an end is missing that would decide it.
    """
    first, last = period_days(as_of)
    begins, begins_late = _dates(properties, "valid_from_earliest", "valid_from_latest")
    ends_early, ends = _dates(properties, "valid_to_earliest", "valid_to_latest")
    if (begins and begins > last) or (ends and ends < first):
        return None
    seen_from, seen_to = (
        None if day is None or (begins and day < begins) or (ends and day > ends) else day
        for day in _dates(properties, "seen_from", "seen_to")
    )
    starts = [day for day in (begins_late, seen_from) if day]
    stops = [day for day in (ends_early, seen_to) if day]
    if starts and stops and min(starts) <= first and last <= max(stops):
        return "yes"
    is_bounded = bool((begins or begins_late) and (ends_early or ends))
    begins_within, ends_within = begins_late and first < begins_late, ends_early and ends_early < last
    return "possibly" if is_bounded or begins_within or ends_within else "unknown"


def come_about(properties: Properties, as_of: Span) -> Held | None:
    """Say whether what has a `date` had come about on the first day of a day, month or year; None when it surely had not on the last.

    What lasted from one day to another came about on the first of them.
    """
    first, last = period_days(as_of)
    earliest, latest = _dates(properties, "earliest", "latest")
    if earliest and earliest > last:
        return None
    lasted = properties.get("precision") == "interval" and FULL_DATE.match(str(properties.get("date", "")))
    surely = earliest if lasted else latest
    if surely and surely <= first:
        return "yes"
    return "possibly" if earliest or latest else "unknown"


def period_days(as_of: Span) -> tuple[date, date]:
    """Return the first and the last day of an as-of date; raises InputRefused when it is open."""
    if as_of.earliest is None or as_of.latest is None:
        raise InputRefused(f"{as_of.text!r} is open.", hint="Write a day, a month or a year.")
    return as_of.earliest, as_of.latest


def date_properties(name: str, span: Span) -> Properties:
    """Return what the graph stores for one date: the text, and days for comparing.

    `date` brings `earliest`, `latest` and `precision`; any other name brings `<name>_earliest` and `<name>_latest`.
    """
    prefix = "" if name == "date" else f"{name}_"
    found: Properties = {name: span.text}
    if span.earliest:
        found[f"{prefix}earliest"] = span.earliest
    if span.latest:
        found[f"{prefix}latest"] = span.latest
    if name == "date":
        found["precision"] = span.precision
    return found


def _bounds(text: str) -> tuple[date | None, date | None]:
    """Return the first and the last day; days, months, years and intervals of them are read here, 16 ms each faster than by grammar."""
    first, _, last = text.partition("/")
    if PLAIN_DATE.fullmatch(first) and (not last or PLAIN_DATE.fullmatch(last)) and text[-1] != "/":
        return _plain_days(first, text)[0], _plain_days(last or first, text)[1]
    return _bounds_by_grammar(text)


def _plain_days(half: str, text: str) -> tuple[date, date]:
    parts = [int(part) for part in half.split("-")]
    try:
        month, last_month = (parts[1], parts[1]) if len(parts) > 1 else (1, 12)
        day, last_day = (parts[2], parts[2]) if len(parts) > 2 else (1, monthrange(parts[0], last_month)[1])
        return date(parts[0], month, day), date(parts[0], last_month, last_day)
    except ValueError:
        raise InputRefused(f"{text!r} is not a date.", hint=EXPECTED) from None


def _bounds_by_grammar(text: str) -> tuple[date | None, date | None]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the grammar of edtf 5.0.2 trips a diagnostic of pyparsing 3.3
        from edtf import parse_edtf  # noqa: PLC0415 - 0.14 s, and most commands read no date
        from edtf.parser.edtf_exceptions import EDTFParseException  # noqa: PLC0415
    try:
        for full in FULL_DATE.findall(text):
            date.fromisoformat(full)
        found = parse_edtf(text)
    except (EDTFParseException, ValueError):
        raise InputRefused(f"{text!r} is not a date.", hint=EXPECTED) from None
    if type(found).__name__ in ("DateAndTime", "MultipleDates"):
        raise InputRefused(f"{text!r} is not a date that can be kept.", hint=EXPECTED)
    return _day(found.lower_strict(), text), _day(found.upper_strict(), text)


def _day(moment: struct_time | float, text: str) -> date | None:
    if isinstance(moment, float):
        return None
    try:
        return date(moment.tm_year, moment.tm_mon, moment.tm_mday)
    except ValueError:
        raise InputRefused(f"{text!r} lies outside the years 1 to 9999.", hint=EXPECTED) from None


def _precision(text: str) -> Precision:
    if "/" in text:
        return "interval"
    bare = text.rstrip("?~%")
    for precision, form in FORMS.items():
        if form.fullmatch(bare):
            return precision
    return "between"


def _dates(properties: Properties, *names: str) -> list[date | None]:
    found = (properties.get(name) for name in names)
    return [value if isinstance(value, date) else None for value in found]
