"""Search in a page that the service shows: what the page does not hold comes from the graph."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import DESK, Opener


@pytest.fixture
def around_lutnick(browser: Browser, served: str, london: object) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": DESK[0], "height": DESK[1]}, reduced_motion="reduce")
    page = context.new_page()
    page.goto(f"{served}/api/v1/graph.html?around=howard-lutnick&depth=1")
    page.wait_for_selector("body[data-ready]")
    yield page
    context.close()


def test_hits_that_the_page_does_not_hold_come_from_the_graph_and_into_it(around_lutnick: Page) -> None:
    page = around_lutnick
    assert page.evaluate("parley.entities.has('taiwan-status')") is False
    page.fill("#query", "status of taiwan")
    found = page.locator("#hits li", has_text="from the graph").first
    expect(found).to_contain_text("Issue · from the graph")
    page.keyboard.press("Enter")
    expect(page.locator("#card h2")).to_have_text("Status of Taiwan")
    assert page.evaluate("parley.isVisible('taiwan-status')") is True
    assert "node=taiwan-status" in page.url


def test_what_the_page_holds_is_not_listed_twice(around_lutnick: Page) -> None:
    around_lutnick.fill("#query", "howard lutnick")
    around_lutnick.wait_for_load_state("networkidle")
    expect(around_lutnick.locator("#hits li", has_text="Howard Lutnick")).to_have_count(1)


def test_where_a_part_is_refused_its_own_page_opens(around_lutnick: Page) -> None:
    around_lutnick.route("**/part?*", lambda route: route.fulfill(status=503, json={"title": "Busy", "detail": "Busy."}))
    around_lutnick.route("**/part", lambda route: route.fulfill(status=503, json={"title": "Busy", "detail": "Busy."}))
    around_lutnick.fill("#query", "status of taiwan")
    expect(around_lutnick.locator("#hits li", has_text="from the graph").first).to_be_visible()
    around_lutnick.keyboard.press("Enter")
    around_lutnick.wait_for_url("**/entities/taiwan-status**")


def test_mailed_page_asks_nobody(visit: Opener) -> None:
    one = visit()
    one.page.fill("#query", "nobody at all")
    expect(one.page.locator("#hits")).to_contain_text("Nothing has this name.")
    one.page.wait_for_timeout(400)
    assert one.asked == []
