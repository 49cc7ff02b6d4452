"""A series drawn by its dates: where each row stands on a scale of days, and the ticks of that scale."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from graphapi.dates import Span, read_date
from graphapi.errors import InputRefused
from graphapi.questions import Answer

WIDTH, MARGIN, TOP, LINE = 1000, 16, 34, 30
MOST_TEXT = 64
LEFT_HALF = 0.56
MOST_TICKS = 9
KINDS: Mapping[str, Literal["day", "lasting"]] = {"day": "day", "interval": "lasting"}
# Steps of the scale in months; 12 and more are years.
STEPS = (1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 6000, 24000)


@dataclass(frozen=True)
class Mark:
    """A row on the scale: `kind` is day (a dot), lasting (it went on all these days) or unsure (some time in these days).

    `number` is that of the row, from 0.
    """

    number: int
    x: float
    width: float
    y: float
    when: str
    text: str
    kind: Literal["day", "lasting", "unsure"]
    is_left: bool


@dataclass(frozen=True)
class Tick:
    """A line of the scale."""

    x: float
    text: str


@dataclass(frozen=True)
class Timeline:
    """A drawing of so many units; `undated` are the numbers of rows without a date that can be read."""

    width: int
    height: int
    marks: tuple[Mark, ...]
    ticks: tuple[Tick, ...]
    undated: tuple[int, ...]


def timeline_of(answer: Answer) -> Timeline | None:
    """Return the drawing of a series by its column `date`; None where no row has a date."""
    spans = [_span(row["date"]) for row in answer.rows]
    days = [day for span in spans if span for day in (span.earliest, span.latest) if day]
    if not days:
        return None
    scale = _Scale(min(days), max(days))
    marks = tuple(_mark(answer, number, span, scale) for number, span in enumerate(spans) if span)
    placed = tuple(_moved(mark, place) for place, mark in enumerate(marks))
    undated = tuple(number for number, span in enumerate(spans) if span is None)
    return Timeline(WIDTH, TOP + LINE * len(placed) + 10, placed, tuple(_ticks(scale)), undated)


class _Scale:
    """From days to units across."""

    def __init__(self, first: date, last: date) -> None:
        room = max((last - first).days // 25, 3)
        self.first = max(first.toordinal() - room, 1)
        self.last = min(last.toordinal() + room, date.max.toordinal())

    def at(self, day: date) -> float:
        part = (day.toordinal() - self.first) / (self.last - self.first)
        return round(MARGIN + part * (WIDTH - 2 * MARGIN), 1)


def _span(text: str | None) -> Span | None:
    try:
        return read_date(text) if text else None
    except InputRefused:
        return None


def _mark(answer: Answer, number: int, span: Span, scale: _Scale) -> Mark:
    begin = scale.at(span.earliest) if span.earliest else float(MARGIN)
    end = scale.at(span.latest) if span.latest else float(WIDTH - MARGIN)
    return Mark(
        number=number,
        x=begin,
        width=round(max(end - begin, 0.0), 1),
        y=0,
        when=span.text,
        text=_text(answer, number),
        kind=KINDS.get(span.precision, "unsure"),
        is_left=(begin + end) / 2 < WIDTH * LEFT_HALF,
    )


def _moved(mark: Mark, place: int) -> Mark:
    return Mark(**{**vars(mark), "y": TOP + LINE * place + LINE // 2})


def _text(answer: Answer, number: int) -> str:
    row = answer.rows[number]
    texts = [str(row[name]) for name, column in answer.columns.items() if column.type == "text" and row[name]][:1]
    names = [str(row[name]["name"]) for name, column in answer.columns.items() if column.type == "entity" and row[name]][:1]
    said = ": ".join(texts + names)
    return said if len(said) <= MOST_TEXT else f"{said[: MOST_TEXT - 1].rstrip()}…"


def _ticks(scale: _Scale) -> Iterator[Tick]:
    first, last = date.fromordinal(scale.first), date.fromordinal(scale.last)
    days = _days(first, last) if (last - first).days < 75 else _months(first, last)
    for day, text in days:
        yield Tick(scale.at(day), text)


def _days(first: date, last: date) -> Sequence[tuple[date, str]]:
    step = max(-(-(last - first).days // MOST_TICKS), 1)
    every = [first + timedelta(days=number) for number in range(step, (last - first).days, step)]
    return [(day, day.isoformat()) for day in every]


def _months(first: date, last: date) -> Sequence[tuple[date, str]]:
    begin, end = first.year * 12 + first.month, last.year * 12 + last.month - 1
    step = next((one for one in STEPS if (end - begin) / one <= MOST_TICKS), STEPS[-1])
    every = [number for number in range(begin, end + 1) if number % step == 0]
    return [(date(number // 12, number % 12 + 1, 1), _named(number, step)) for number in every if 1 <= number // 12 <= date.max.year]


def _named(number: int, step: int) -> str:
    return f"{number // 12}" if step >= 12 else f"{number // 12}-{number % 12 + 1:02}"
