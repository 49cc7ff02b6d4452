"""The pages of questions in a real browser: searched, filled in, shown in each shape; by keyboard, on a phone, in the dark."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect

from graphapi.ingest import read_dataset
from graphapi.ingest.load import load
from graphapi.store import Store
from tests.browser.conftest import DESK, PHONE, Scheme
from tests.browser.test_access import grave
from tests.datasets import FACTS, write_dataset

SHAPES = {
    "list": "/queries",
    "form": "/queries/path",
    "refused": "/queries/path?from=howard-lutnik&to=export-controls",
    "sides": "/queries/attendance-difference?first=talks-geneva-2025-05&second=talks-london-2025-06-09",
    "table": "/queries/claims-on-issue?issue=export-controls",
    "matrix": "/queries/positions",
    "series": "/queries/measure-history?measure=us-tariffs-on-china-2025",
    "chains": "/queries/path?from=howard-lutnick&to=export-controls",
}
BEYOND = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
Opener = Callable[..., Page]


@pytest.fixture
def opened(browser: Browser, served: str, london: Store) -> Iterator[Opener]:
    """Opens a page; at the end no script of the data ran, and nothing was complained of but what was refused."""
    contexts: list[BrowserContext] = []
    spoken: list[str] = []

    def open_page(
        path: str, size: tuple[int, int] = DESK, scheme: Scheme = "light", scripted: bool = True, permissions: list[str] | None = None
    ) -> Page:
        phone = size == PHONE
        context = browser.new_context(
            viewport={"width": size[0], "height": size[1]},
            color_scheme=scheme,
            reduced_motion="reduce",
            has_touch=phone,
            is_mobile=phone,
            java_script_enabled=scripted,
            permissions=permissions,
        )
        contexts.append(context)
        page = context.new_page()

        def heard(message: ConsoleMessage) -> None:
            if "status of" not in message.text:
                spoken.append(f"{message.type}: {message.text}")

        page.on("console", heard)
        page.on("pageerror", lambda error: spoken.append(str(error)))
        page.goto(served + path)
        return page

    yield open_page
    for context in contexts:
        for page in context.pages:
            assert page.evaluate("window.__xss") is None
        context.close()
    assert spoken == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("path", SHAPES.values(), ids=SHAPES)
def test_page_has_no_grave_finding_and_fits(opened: Opener, path: str, size: tuple[int, int], scheme: Scheme) -> None:
    page = opened(path, size, scheme)
    for summary in page.locator("summary").all():
        summary.click()
    assert grave(page) == []
    assert page.evaluate(BEYOND) <= 0


def test_list_is_filtered_as_one_types_and_keeps_it_in_its_address(opened: Opener) -> None:
    page = opened("/queries")
    page.get_by_role("searchbox").press_sequentially("Tariff RATE")
    expect(page.locator(".cards li:visible")).to_have_count(1)
    expect(page.locator(".group:visible")).to_have_count(1)
    expect(page.locator("#live")).to_have_text("1 question with “Tariff RATE”")
    assert page.url.endswith("/queries?q=Tariff+RATE")
    page.reload()
    expect(page.locator(".cards li:visible")).to_have_count(1)


def test_question_is_asked_by_keyboard_alone_with_a_name_that_was_completed(opened: Opener) -> None:
    page = opened("/queries/attendees")
    page.keyboard.press("Tab")
    field = page.get_by_role("combobox", name="Event")
    while not field.evaluate("one => one === document.activeElement"):
        page.keyboard.press("Tab")
    page.keyboard.type("londn")
    expect(page.get_by_role("option").first).to_contain_text("London talks")
    expect(page.get_by_role("option").first).to_contain_text("Round · talks-london-2025-06-09")
    page.keyboard.press("ArrowDown")
    expect(field).to_have_attribute("aria-activedescendant", "offered-field-event-0")
    page.keyboard.press("Enter")
    expect(field).to_have_value("London talks")
    expect(field).to_have_attribute("aria-expanded", "false")
    page.keyboard.press("Enter")
    page.wait_for_url("**/queries/attendees?event=talks-london-2025-06-09&as_of=")
    expect(page.get_by_role("combobox", name="Event")).to_have_value("London talks")
    assert page.locator("table.rows tbody tr").count() > 3


def test_escape_closes_what_is_offered_and_keeps_what_was_typed(opened: Opener) -> None:
    page = opened("/queries/attendees")
    field = page.get_by_role("combobox", name="Event")
    field.press_sequentially("gene")
    expect(page.get_by_role("listbox")).to_be_visible()
    field.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(field).to_have_value("gene")


def test_wrong_value_is_told_at_its_field_which_has_the_focus(opened: Opener) -> None:
    page = opened(SHAPES["refused"])
    field = page.get_by_role("combobox", name="From")
    expect(field).to_be_focused()
    expect(field).to_have_attribute("aria-invalid", "true")
    assert "fault-from" in str(field.get_attribute("aria-describedby"))
    expect(page.locator("#fault-from")).to_contain_text("howard-lutnick")


def test_date_is_taken_from_a_calendar_and_may_be_a_month(opened: Opener) -> None:
    page = opened("/queries/attendees")
    page.evaluate("() => { HTMLInputElement.prototype.showPicker = function () { this.dataset.shown = 'yes'; }; }")
    page.get_by_role("button", name="As of: choose a day").click()
    picker = page.locator(".picker")
    expect(picker).to_have_attribute("data-shown", "yes")
    picker.evaluate("one => { one.value = '2025-06-09'; one.dispatchEvent(new Event('change')); }")
    expect(page.locator("#field-as_of")).to_have_value("2025-06-09")
    page.fill("#field-as_of", "2025-06")
    page.fill("#field-event", "talks-london-2025-06-09")
    page.get_by_role("button", name="Ask").click()
    page.wait_for_url("**as_of=2025-06")
    expect(page.locator("#answer")).to_contain_text("rows")


def test_rows_are_sorted_and_filtered(opened: Opener) -> None:
    page = opened("/queries/attendees?event=talks-london-2025-06-09")
    people = page.locator("table.rows tbody th")
    before = people.all_inner_texts()
    page.get_by_role("button", name="person").click()
    assert people.all_inner_texts() == sorted(before)
    expect(page.locator("th[aria-sort=ascending]")).to_have_count(1)
    page.get_by_role("button", name="person").click()
    assert people.all_inner_texts() == sorted(before, reverse=True)
    page.get_by_role("button", name="person").click()
    assert people.all_inner_texts() == before
    page.get_by_label("Filter rows").fill("lutnick")
    expect(page.locator("table.rows tbody tr:visible")).to_have_count(1)
    expect(page.locator(".sift")).to_contain_text(f"1 of {len(before)} rows")


def test_tabs_move_by_arrows_and_the_table_is_always_among_them(opened: Opener) -> None:
    page = opened(SHAPES["sides"])
    tabs = page.get_by_role("tab")
    assert tabs.all_inner_texts() == ["Side by side", "Table"]
    tabs.first.focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator("#view-table")).to_be_visible()
    expect(page.locator("#view-sides")).to_be_hidden()
    expect(tabs.last).to_be_focused()


def test_graph_is_drawn_in_a_frame_that_is_sandboxed(opened: Opener) -> None:
    page = opened(SHAPES["chains"])
    assert page.locator("iframe").count() == 0
    page.get_by_role("tab", name="Graph").click()
    frame = page.locator("iframe")
    expect(frame).to_have_attribute("sandbox", "allow-scripts allow-popups allow-popups-to-escape-sandbox")
    expect(page.frame_locator("iframe").locator("body[data-ready]")).to_be_attached(timeout=20_000)


def test_place_is_one_step_away_with_what_it_says(opened: Opener) -> None:
    page = opened("/queries/attendees?event=talks-london-2025-06-09")
    chip = page.locator("table.rows .chip").first
    place = str(chip.get_attribute("title"))
    chip.click()
    expect(page.locator(".places div:target code")).to_have_text(place.partition(":")[2])
    expect(page.locator(".places div:target dd")).not_to_be_empty()


def test_cypher_is_copied_and_opens_in_the_console(opened: Opener, served: str) -> None:
    page = opened(SHAPES["chains"], permissions=["clipboard-read", "clipboard-write"])
    for summary in page.locator("summary").all():
        summary.click()
    page.locator("[data-copies=curl]").click()
    expect(page.locator("[data-copies=curl]")).to_have_text("Copied")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == f"curl --fail --globoff '{served}/api/v1/queries/path?from=howard-lutnick&to=export-controls'"
    page.get_by_role("link", name="Open in the console").click()
    page.wait_for_selector("body[data-words]")
    assert "ALL SHORTEST" in page.evaluate("parley.editorText()")


def test_without_a_script_everything_stands_there(opened: Opener) -> None:
    page = opened(SHAPES["chains"], scripted=False)
    for view in ("chains", "graph", "table"):
        expect(page.locator(f"#view-{view}")).to_be_visible()
    assert page.get_by_role("link", name="The graph of this answer").get_attribute("href")
    page.fill("#field-to", "taiwan-status")
    page.get_by_role("button", name="Ask").click()
    page.wait_for_url("**to=taiwan-status**")


def test_list_is_searched_without_a_script(opened: Opener) -> None:
    page = opened("/queries?q=tariff", scripted=False)
    assert 0 < page.locator(".cards li").count() < 31


def test_text_of_the_data_is_text(opened: Opener, store: Store, tmp_path: Path) -> None:
    hostile = "<img src=x onerror=\"window.__xss='name'\">"
    dataset = write_dataset(tmp_path, FACTS.replace("name: Ann,", f"name: {json.dumps(hostile)},"))
    load(store, read_dataset(str(dataset)))
    page = opened("/queries/path")
    page.get_by_role("combobox", name="From").press_sequentially("img")
    expect(page.get_by_role("option").first).to_contain_text("<img")
    page.goto(page.url + "?from=ann&to=bo")
    expect(page.get_by_role("combobox", name="From")).to_have_value(hostile)
