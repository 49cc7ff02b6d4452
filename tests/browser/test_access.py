"""Access for everybody: axe finds nothing serious, the keyboard reaches all, fingers hit, 200 % loses nothing, paper is light."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import DESK, PHONE, Opener, Scheme

GRAVE = ("serious", "critical")
# 1440 by 900 at a zoom of 200 %.
ZOOMED = (720, 450)
MENUS = "#tools details > summary"
TARGETS = """() => {
    const found = [];
    const bars = "header button, header summary, header input, #legend label, #legend button, #time button, #story button";
    for (const one of document.querySelectorAll(`${bars}, #card button, #card a, #table button, #table input`)) {
        const box = one.getBoundingClientRect();
        const style = getComputedStyle(one);
        if (!box.width || style.visibility === "hidden" || style.pointerEvents === "none") continue;
        if (one.closest(".tick, .ticks, .story-dots") || (box.width > 39.5 && box.height > 39.5)) continue;
        found.push(`${one.id || one.className || one.tagName} ${one.textContent.slice(0, 20)} ${box.width}x${box.height}`);
    }
    return found;
}"""
WIDER = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
OUTSIDE = """() => [...document.querySelectorAll("header button, header summary, header input, header h1, #time button")].filter((one) => {
    const box = one.getBoundingClientRect();
    return box.width && !one.closest("details > div") && (box.left < 0 || box.right > innerWidth + 1);
}).map((one) => one.id || one.textContent)"""
MOVING = """() => [...document.querySelectorAll("*")].filter((one) => {
    const style = getComputedStyle(one);
    return parseFloat(style.transitionDuration) > 0 || parseFloat(style.animationDuration) > 0;
}).length"""
FOCUS = """() => {
    const one = document.activeElement;
    const style = getComputedStyle(one);
    const row = one.closest(".row");
    const marked = (what) => what && getComputedStyle(what).outlineStyle !== "none" && parseFloat(getComputedStyle(what).outlineWidth) >= 1;
    return { who: one.id || one.className || one.tagName, marked: Boolean(marked(one) || marked(row)) };
}"""


def grave(page: Page) -> list[str]:
    """What axe finds that is serious or critical, with where."""
    found = Axe().run(page).response["violations"]
    return [
        f"{one['id']} at {node['target']}: {node['failureSummary'][:200]}"
        for one in found
        if one["impact"] in GRAVE
        for node in one["nodes"][:3]
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [DESK, PHONE, ZOOMED], ids=["desk", "phone", "zoomed"])
@pytest.mark.parametrize("state", ["plain", "card", "line", "table"])
def test_explorer_has_no_grave_finding(visit: Opener, scheme: Scheme, size: tuple[int, int], state: str) -> None:
    one = visit(size=size, scheme=scheme, fragment="#node=first-round" if state == "card" else "", live="/api/v1")
    if state == "line":
        one.page.evaluate("parley.selectLine([...parley.lines.keys()][0])")
    if state == "card":
        one.page.locator("#card .chip").first.click()
    if state == "table":
        one.page.click("#as-table")
    assert grave(one.page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_open_menus_and_search_have_no_grave_finding(visit: Opener, scheme: Scheme, size: tuple[int, int]) -> None:
    one = visit(size=size, scheme=scheme)
    for menu in one.page.locator(MENUS).all():
        menu.click()
        assert grave(one.page) == []
        one.page.keyboard.press("Escape")
    one.page.fill("#query", "a")
    expect(one.page.locator("#hits li").first).to_be_visible()
    assert grave(one.page) == []
    one.page.fill("#query", "zzzz")
    assert grave(one.page) == []


@pytest.fixture
def plain(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": DESK[0], "height": DESK[1]}, color_scheme=request.param, reduced_motion="reduce")
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("plain", ["light", "dark"], indirect=True)
@pytest.mark.usefixtures("london")
def test_pages_of_the_service_have_no_grave_finding(plain: Page, served: str) -> None:
    for path in (
        "/queries",
        "/search?q=lutnik",
        "/search",
        "/queries/attendees?event=talks-london-2025-06-09",
        "/queries/attendees?event=nobody",
        "/entities/howard-lutnick",
    ):
        plain.goto(served + path)
        if path.startswith("/entities"):
            plain.wait_for_selector("body[data-ready]")
        assert (path, grave(plain)) == (path, [])


@pytest.mark.parametrize("size", [PHONE, ZOOMED, (320, 640)], ids=["phone", "zoomed", "small"])
def test_narrow_page_has_everything_within_its_width(visit: Opener, size: tuple[int, int]) -> None:
    one = visit(size=size, fragment="#node=first-round")
    assert one.page.evaluate(WIDER) <= 0
    assert one.page.evaluate(OUTSIDE) == []


def test_at_200_percent_nothing_is_lost(visit: Opener) -> None:
    one = visit(size=ZOOMED)
    for needed in ("#query", "#fit", "#closer", "#farther", "#as-table", "#theme", "#legend label", "#export > summary"):
        expect(one.page.locator(needed).first).to_be_visible()
    stage = one.page.locator("#stage").bounding_box()
    assert stage is not None
    assert stage["height"] > 230
    before = one.shown()
    one.page.locator("#legend label", has_text="People").locator("input").focus()
    one.page.keyboard.press("Space")
    assert one.shown() != before
    one.page.evaluate("parley.select('first-round')")
    expect(one.page.locator("#card h2")).to_be_in_viewport()


@pytest.mark.parametrize("state", ["plain", "card", "table"])
def test_fingers_have_forty_pixels(visit: Opener, state: str) -> None:
    one = visit(size=PHONE, fragment="#node=first-round" if state == "card" else "")
    if state == "table":
        one.page.click("#as-table")
    assert one.page.evaluate(TARGETS) == []


def test_focus_is_visible_wherever_the_tabulator_leads(visit: Opener) -> None:
    one = visit(fragment="#node=first-round")
    one.page.evaluate("document.activeElement.blur()")
    seen = []
    for _ in range(60):
        one.page.keyboard.press("Tab")
        here = one.page.evaluate(FOCUS)
        if here["who"] in ("BODY", "HTML"):
            break
        seen.append(here)
    assert len(seen) > 20
    assert [here["who"] for here in seen if not here["marked"]] == []


def test_movement_stops_where_the_reader_wants_it_reduced(visit: Opener) -> None:
    one = visit()
    assert one.page.evaluate(MOVING) == 0


def test_paper_is_light_and_holds_caption_picture_and_card(visit: Opener) -> None:
    one = visit(scheme="dark", fragment="#node=first-round")
    one.page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    one.page.emulate_media(media="print")
    assert one.page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert one.page.evaluate("parley.colour('ground')") == "#fff"
    for gone in ("#tools", ".search", ".close", "#time"):
        expect(one.page.locator(gone).first).to_be_hidden()
    for kept in ("h1", "#rests", "#network canvas", "#card h2"):
        expect(one.page.locator(kept).first).to_be_visible()
    picture, card = one.page.locator("#network").bounding_box(), one.page.locator("#card").bounding_box()
    assert picture is not None
    assert card is not None
    assert picture["y"] + picture["height"] <= card["y"]
    one.page.emulate_media(media="screen")
    one.page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert one.page.evaluate("parley.colour('ground')") != "#fff"


def test_printing_makes_a_page(visit: Opener) -> None:
    one = visit(scheme="dark", fragment="#node=first-round")
    assert one.page.pdf(format="A4", landscape=True).startswith(b"%PDF")
    assert one.page.evaluate("document.documentElement.dataset.print") is None
