"""What pages of questions are made from: timelines, and addresses with a line for a shell."""

import shlex
from urllib.parse import parse_qs, urlsplit

import pytest

from graphapi.catalogue import Column, read_catalogue
from graphapi.questions import Answer
from graphapi.web.question_links import links_of
from graphapi.web.timelines import MARGIN, WIDTH, timeline_of

COLUMNS = {"date": Column(type="date", description="When"), "status": Column(type="text", description="What")}


def answer(*dates: str | None) -> Answer:
    rows = tuple({"date": date, "status": f"step {number}"} for number, date in enumerate(dates))
    return Answer(query="measure-history", parameters={}, as_of=None, datasets=(), columns=COLUMNS, rows=rows)


def test_days_are_dots_and_what_may_be_any_of_several_days_is_a_bar() -> None:
    drawn = timeline_of(answer("2025-05-12", "2025-06", "2025-06-09/2025-06-10", "[2025-06-01..2025-06-20]"))
    assert drawn is not None
    assert [mark.kind for mark in drawn.marks] == ["day", "unsure", "lasting", "unsure"]
    day, month, lasted, between = drawn.marks
    assert day.width == 0
    assert day.x < month.x == between.x < lasted.x
    assert month.width > between.width > lasted.width > 0


@pytest.mark.parametrize(
    "dates",
    [("2025-06-09",), ("2018", "2026"), ("1648-10-24", "2025"), ("0001", "9999"), ("2025-06-09", "2025-06-10")],
    ids=["one", "years", "centuries", "ever", "two days"],
)
def test_scale_has_few_ticks_in_order_within_the_drawing(dates: tuple[str, ...]) -> None:
    drawn = timeline_of(answer(*dates))
    assert drawn is not None
    places = [tick.x for tick in drawn.ticks]
    assert 1 <= len(places) <= 11
    assert places == sorted(set(places))
    assert all(MARGIN <= place <= WIDTH - MARGIN for place in [*places, *(mark.x + mark.width for mark in drawn.marks)])


def test_open_dates_reach_the_edge_and_rows_without_one_are_counted() -> None:
    drawn = timeline_of(answer("2025-05-12", None, "2025-06-01/..", "2025-09-01"))
    assert drawn is not None
    assert drawn.undated == (1,)
    assert [mark.number for mark in drawn.marks] == [0, 2, 3]
    assert drawn.marks[1].x + drawn.marks[1].width == WIDTH - MARGIN


def test_series_without_a_date_is_not_drawn() -> None:
    assert timeline_of(answer(None, None)) is None


@pytest.mark.parametrize("value", ["a'b", "$(id)", '"; rm -rf ~; "', "a&b=c#d", "[1-9]{x}", "ü 漢"])
def test_line_for_a_shell_gives_curl_one_address_with_the_value(value: str) -> None:
    words = shlex.split(links_of(read_catalogue()["attendees"], {"event": value})["curl"])
    assert words[:3] == ["curl", "--fail", "--globoff"]
    assert len(words) == 4
    assert parse_qs(urlsplit(words[3]).query) == {"event": [value]}
