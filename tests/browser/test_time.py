"""The time bar: one day, what holds on it, steps and play from round to round; with both bundled data sets, on a desk and on a phone."""

from datetime import date
from functools import lru_cache

import pytest
from playwright.sync_api import expect

from graphapi.dates import read_as_of
from graphapi.ingest.dataset import read_dataset
from graphapi.model import Graph
from graphapi.reading.moment import graph_as_of
from tests.browser.conftest import DESK, PHONE, Opener, Visit
from tests.browser.negotiation import negotiation

FEW, MANY = "us-china-london-2025", "us-china-2018-2026"
LONDON, GENEVA = "talks-london-2025-06-09", "talks-geneva-2025-05"
SIZES = pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
ROUNDS = "parley.visibleNodes().filter((node) => node.kind === 'Round').map((node) => node.id).sort()"
NAMES = """() => [...document.querySelectorAll('.tick:not(.crowded) bdi')].map((one) => one.getBoundingClientRect())
    .sort((one, other) => one.left - other.left).filter((one, at, all) => at && all[at - 1].right > one.left).length"""


@lru_cache
def whole(name: str) -> Graph:
    return read_dataset(name).graph


def slide(one: Visit, day: str) -> None:
    """Move the slider's handle to a day."""
    one.page.locator("#time input").fill(str(date.fromisoformat(day).toordinal() - date(1970, 1, 1).toordinal()))


def rounds(one: Visit) -> list[str]:
    found: list[str] = one.page.evaluate(ROUNDS)
    return found


def said(one: Visit) -> str | None:
    return one.page.locator("#time input").get_attribute("aria-valuetext")


@SIZES
def test_round_is_left_out_before_its_day(visit: Opener, size: tuple[int, int]) -> None:
    one = visit(whole(FEW), size=size)
    assert rounds(one) == [GENEVA, LONDON]
    slide(one, "2025-05-15")
    expect(one.page.locator("#shown")).to_contain_text("on 15 May 2025")
    assert rounds(one) == [GENEVA]
    assert one.page.evaluate("location.hash").startswith("#at=2025-05-15")
    one.page.locator("#time .all-dates").click()
    assert rounds(one) == [GENEVA, LONDON]


@SIZES
def test_no_later_round_stands_in_an_earlier_year(visit: Opener, size: tuple[int, int]) -> None:
    one = visit(whole(MANY), size=size, fragment="#at=2019-01-01")
    one.page.evaluate("parley.show([...parley.nodes.values()].filter((node) => node.kind === 'Round').map((node) => node.id))")
    assert rounds(one) == []
    slide(one, "2019-03-01")
    expect(one.page.locator("#shown")).to_contain_text("on 1 March 2019")
    assert rounds(one) == ["talks-beijing-2019-02"]


@pytest.mark.parametrize("name", [FEW, MANY])
def test_day_shows_the_lines_of_the_graph_as_of_it(visit: Opener, name: str) -> None:
    """The page alone finds what the service would answer: the same lines as a page that was drawn as of that day."""
    ends = "parley.visibleLines().map((line) => [line.from, line.to, line.family].join(' ')).sort()"
    everybody = "(parley.show([...parley.nodes.keys()]), parley.changed('present'), 0)"
    moved = visit(whole(name), fragment="#at=2025-06-05")
    drawn = visit(graph_as_of(whole(name), read_as_of("2025-06-05")))
    for one in (moved, drawn):
        one.page.evaluate(everybody)
    assert moved.page.evaluate(ends) == drawn.page.evaluate(ends)


def test_card_marks_what_is_not_sure_and_leaves_out_what_did_not_hold(visit: Opener) -> None:
    one = visit(whole(FEW), fragment="#at=2025-05-15&node=united-states")
    assert "date not in our sources" in one.card()
    assert "not on this date" in one.card()
    assert one.page.locator("#card button.entity", has_text="London talks").count() == 0
    one.page.evaluate(f"parley.select('{GENEVA}')")
    assert "possibly" in one.page.locator("#card > .mark-word").all_inner_texts()
    one.page.evaluate("parley.setDay('2025-04-30')")
    assert "not on 30 April 2025" in one.card()


def test_line_that_is_not_sure_is_lighter(visit: Opener) -> None:
    one = visit(whole(FEW))
    assert not one.page.evaluate("parley.visibleLines().some(parley.isLight)")
    assert not one.page.locator("#light-hint").is_visible()
    slide(one, "2025-05-15")
    expect(one.page.locator("#light-hint")).to_be_visible()
    lines = one.page.evaluate("parley.visibleLines().filter((line) => line.to === 'talks-geneva-2025-05').map(parley.isLight)")
    assert lines
    assert all(lines)


def test_keys_step_from_round_to_round(visit: Opener) -> None:
    one = visit(whole(FEW))
    one.page.focus("#time input")
    assert said(one) == "All dates"
    one.page.keyboard.press("PageDown")
    assert said(one) == "9 June 2025, London talks"
    one.page.keyboard.press("PageDown")
    assert said(one) == "31 May 2025, Geneva talks"
    one.page.focus("#network")
    one.page.keyboard.press("]")
    assert said(one) == "9 June 2025, London talks"
    assert one.page.locator("#live").inner_text() == "9 June 2025, London talks"
    one.page.focus("#time input")
    one.page.keyboard.press("ArrowLeft")
    expect(one.page.locator("#time .day")).to_contain_text("8 June 2025")


def test_tick_goes_to_its_round_and_says_which(visit: Opener) -> None:
    one = visit(whole(MANY))
    tick = one.page.get_by_role("button", name="London talks, 9 June 2025")
    tick.click()
    expect(one.page.locator("#time .day")).to_contain_text("9 June 2025")
    assert tick.locator("bdi").is_visible()
    madrid = one.page.get_by_role("button", name="Madrid talks, 14 September 2025")
    assert not madrid.locator("bdi").is_visible()
    madrid.hover()
    assert madrid.locator("bdi").is_visible()


def test_ticks_are_one_stop_of_the_tab_key_and_arrows_go_on(visit: Opener) -> None:
    one = visit(whole(MANY))
    assert one.page.locator('.tick[tabindex="0"]').count() == 1
    one.page.focus("#time input")
    one.page.keyboard.press("Tab")
    one.page.keyboard.press("ArrowRight")
    expect(one.page.locator(".tick:focus")).to_have_attribute("aria-label", "Geneva talks, 10 May 2025")
    assert one.page.locator(".tick:focus bdi").is_visible()
    one.page.keyboard.press("Enter")
    assert said(one) == "10 May 2025, Geneva talks"


@pytest.mark.parametrize("name", [FEW, MANY])
def test_names_of_rounds_do_not_cover_each_other(visit: Opener, name: str) -> None:
    one = visit(whole(name))
    assert one.page.locator(".tick:not(.crowded)").count() >= 2
    assert one.page.evaluate(NAMES) == 0


def test_move_of_the_handle_is_one_step_for_undo(visit: Opener) -> None:
    one = visit(whole(FEW))
    slide(one, "2025-05-15")
    expect(one.page.locator("#time .day")).to_contain_text("15 May 2025")
    slide(one, "2025-06-01")
    expect(one.page.locator("#time .day")).to_contain_text("1 June 2025")
    one.page.evaluate("parley.undo()")
    expect(one.page.locator("#time .day")).to_contain_text("15 May 2025")
    one.page.evaluate("parley.undo()")
    assert said(one) == "All dates"


def test_play_goes_from_round_to_round_and_stops_at_the_end(visit: Opener) -> None:
    one = visit(whole(FEW))
    one.page.clock.install()
    play = one.page.locator("#time .steps button").nth(1)
    play.click()
    one.page.clock.run_for(50)
    assert said(one) == "20 January 2025"
    assert play.get_attribute("aria-label") == "Pause"
    one.page.clock.run_for(1700)
    assert said(one) == "31 May 2025, Geneva talks"
    one.page.clock.run_for(1700)
    assert said(one) == "9 June 2025, London talks"
    one.page.clock.run_for(1700)
    assert said(one) == "9 June 2025, London talks"
    assert play.get_attribute("aria-label") == "Play from round to round"
    one.page.evaluate("parley.undo()")
    assert said(one) == "All dates"


def test_pause_stays_where_it_is(visit: Opener) -> None:
    one = visit(whole(FEW))
    one.page.clock.install()
    play = one.page.locator("#time .steps button").nth(1)
    play.click()
    one.page.clock.run_for(1800)
    play.click()
    one.page.clock.run_for(9000)
    assert said(one) == "31 May 2025, Geneva talks"


def test_bar_ends_at_the_date_that_the_graph_was_asked_as_of(visit: Opener) -> None:
    one = visit(graph_as_of(whole(MANY), read_as_of("2025-06")))
    expect(one.page.locator("#rests")).to_contain_text("as of June 2025 (month)")
    assert one.page.locator("#time .day").inner_text().endswith("30 June 2025")
    assert one.page.locator(".tick").count() == 3
    slide(one, "2019-01-01")
    expect(one.page.locator("#shown")).to_contain_text("on 1 January 2019")
    assert rounds(one) == []


def test_without_dates_there_is_no_bar(visit: Opener) -> None:
    graph = negotiation()
    plain = tuple(
        one.model_copy(update={"properties": {key: value for key, value in one.properties.items() if key != "earliest"}})
        for one in graph.nodes
    )
    one = visit(graph.model_copy(update={"nodes": plain}))
    assert not one.page.locator("#time").is_visible()
    one.page.keyboard.press("]")
    assert one.page.evaluate("parley.state.date") == ""


def test_bar_on_a_phone_fits_and_stays_under_the_sheet(visit: Opener) -> None:
    one = visit(whole(FEW), size=PHONE, fragment="#node=china")
    bar, card = (one.page.locator(name).bounding_box() for name in ("#time", "#card"))
    assert bar is not None
    assert card is not None
    assert bar["x"] == 0
    assert bar["height"] < 120
    assert card["y"] + card["height"] <= bar["y"] + 1
