"""The legend as the filter, the lists of what is not shown, and the small picture of the whole."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import DESK, PHONE, Opener, Visit
from tests.browser.negotiation import crowd, negotiation, tie
from tests.browser.test_time import FEW, LONDON, whole


def boxes(one: Visit, title: str) -> dict[str, bool]:
    """The rows of a group, and whether they are ticked."""
    rows = one.page.locator(f"#legend section[aria-label='{title}'] label")
    return {row.locator("bdi").inner_text(): row.locator("input").is_checked() for row in rows.all()}


def test_certainty_filters_lines_and_counts_them(visit: Opener) -> None:
    one = visit()
    assert boxes(one, "Certainty") == {"Stated": True, "Implied by context": True}
    implied, before = one.count("Implied by context"), one.page.evaluate("parley.visibleLines().length")
    assert implied == 1
    one.page.locator("#legend label", has_text="Implied by context").click()
    assert one.page.evaluate("parley.visibleLines().length") == before - 1
    assert one.count("Implied by context") == 1
    assert one.page.evaluate("location.hash") == "#off=certainty%3Aimplied"
    one.page.locator("#legend label", has_text="People").click()
    assert one.count("Implied by context") == 0


def test_only_keeps_one_of_a_group_and_all_brings_back_the_rest_by_keyboard(visit: Opener) -> None:
    one = visit()
    one.page.locator("#legend label", has_text="People").locator("input").focus()
    one.page.keyboard.press("Tab")
    assert one.page.evaluate("document.activeElement.getAttribute('aria-label')") == "Only People"
    one.page.keyboard.press("Enter")
    assert [name for name, on in boxes(one, "Kind").items() if on] == ["People"]
    assert one.page.evaluate("new Set(parley.visibleNodes().map((node) => node.kind)).size") == 1
    one.page.get_by_role("button", name="All of Kind", exact=True).focus()
    one.page.keyboard.press("Enter")
    assert one.page.evaluate("parley.state.off.size") == 0
    assert one.page.evaluate("document.activeElement.type") == "checkbox"
    expect(one.page.get_by_role("button", name="All of Kind", exact=True)).to_be_hidden()


def test_only_can_be_undone(visit: Opener) -> None:
    one = visit()
    one.page.evaluate("document.querySelector('[aria-label=\"Only A-Land\"]').click()")
    assert one.page.evaluate("parley.state.off.size") == 2
    one.page.evaluate("parley.undo()")
    assert one.page.evaluate("parley.state.off.size") == 0


def test_counts_follow_the_date(visit: Opener) -> None:
    one = visit(whole(FEW))
    assert one.count("Rounds of talks") == 2
    table = one.count("At the table")
    one.page.evaluate("parley.setDay('2025-05-15')")
    assert one.count("Rounds of talks") == 1
    assert one.count("At the table") < table
    assert one.count("At the table") == one.page.evaluate("parley.visibleLines().filter((line) => line.family === 'presence').length")


def test_counts_leave_out_what_the_reader_hid(visit: Opener) -> None:
    one = visit()
    before = (one.count("People"), one.count("At the table"))
    one.page.evaluate("parley.act('Hide', () => parley.state.hidden.add('ann'))")
    assert one.count("People") == before[0] - 1
    assert one.count("At the table") < before[1]


def group(one: Visit, name: str) -> dict[str, list[str]]:
    found: list[str] = one.page.evaluate(
        "name => (parley.notShown().find((one) => one.name === name) || { nodes: [] }).nodes.map((node) => node.id)", name
    )
    return {name: found}


@pytest.mark.parametrize(
    ("cause", "change", "clear"),
    [
        ("Hidden by you", "parley.state.hidden.add('ann')", "Bring back all"),
        ("Left out by a filter", "parley.state.off.add('kind:Person')", "Clear these filters"),
        ("Left out by “only”", "parley.state.only.add('duty')", "Show the others too"),
    ],
    ids=["hidden", "filter", "only"],
)
def test_list_says_why_and_brings_back(visit: Opener, cause: str, change: str, clear: str) -> None:
    one = visit()
    one.page.evaluate(f"parley.act('x', () => {{ {change}; }})")
    assert "ann" in group(one, cause)[cause]
    heap = one.page.locator("#waiting details", has_text=cause)
    heap.locator("summary").click()
    heap.locator("li button", has_text="Ann").click()
    assert one.page.evaluate("parley.isVisible('ann')")
    one.page.evaluate(f"parley.act('x', () => {{ {change}; }})")
    heap = one.page.locator("#waiting details", has_text=cause)
    heap.locator("button", has_text=clear).click()
    assert group(one, cause)[cause] == []
    assert one.page.evaluate("parley.isVisible('ann') && parley.isVisible('bo')")


def test_entry_that_the_date_leaves_out_goes_to_its_first_day(visit: Opener) -> None:
    one = visit(whole(FEW), fragment="#at=2025-05-15")
    heap = one.page.locator("#waiting details", has_text="Not on this date")
    heap.locator("summary").click()
    heap.locator("li button", has_text="London talks").click()
    assert one.page.evaluate("parley.state.date") == "2025-06-09"
    assert one.page.evaluate(f"parley.isVisible('{LONDON}')")
    one.page.evaluate("parley.setDay('2025-05-15')")
    one.page.locator("#waiting details", has_text="Not on this date").locator("button", has_text="All dates").click()
    assert one.page.evaluate("parley.state.date") == ""


def test_lists_hold_everything_that_is_not_shown_once(visit: Opener) -> None:
    one = visit(whole(FEW), fragment="#at=2025-05-15&hide=xi-jinping&off=kind%3AIssue")
    listed = one.page.evaluate("parley.notShown().flatMap((one) => one.nodes.map((node) => node.id))")
    assert len(listed) == len(set(listed))
    assert len(listed) + one.page.evaluate("parley.visibleNodes().length") == one.page.evaluate("parley.nodes.size")
    assert f"NOT SHOWN ({len(listed)})" in one.page.locator("#waiting").inner_text().upper()


def test_phone_has_the_lists_in_a_sheet(visit: Opener) -> None:
    one = visit(whole(FEW), size=PHONE)
    chip = one.page.locator("#waiting .sheet-chip")
    assert not one.page.locator("#waiting .lists").is_visible()
    chip.click()
    lists = one.page.locator("#waiting .lists")
    expect(lists).to_be_visible()
    assert chip.get_attribute("aria-expanded") == "true"
    lists.locator("summary").first.click()
    lists.locator("li button").first.click()
    expect(lists).to_be_hidden()
    expect(one.page.locator("#card")).to_be_visible()


def test_chips_of_a_phone_filter(visit: Opener) -> None:
    one = visit(size=PHONE)
    one.page.locator("#legend label", has_text="People").click()
    assert not one.page.evaluate("parley.isVisible('ann')")
    assert one.page.evaluate("() => [...document.querySelectorAll('#legend label')].every((one) => one.scrollWidth <= one.clientWidth + 1)")
    one.page.get_by_role("button", name="All of Kind", exact=True).click()
    assert one.page.evaluate("parley.isVisible('ann')")


@pytest.mark.parametrize(
    ("size", "many", "shown"), [(DESK, 200, True), (DESK, 100, False), (PHONE, 200, False)], ids=["many", "few", "phone"]
)
def test_small_picture_stands_over_many_nodes(visit: Opener, size: tuple[int, int], many: int, shown: bool) -> None:
    one = visit(crowd(many), size=size, limit=many)
    one.page.evaluate("(parley.show([...parley.nodes.keys()]), parley.changed('present'), 0)")
    expect(one.page.locator("#minimap")).to_be_visible(visible=shown)
    assert one.page.locator("#minimap").get_attribute("aria-hidden") == "true"


def test_small_picture_moves_the_view(visit: Opener) -> None:
    one = visit(crowd(200), limit=200)
    one.page.evaluate("parley.zoom(4)")
    small = one.page.locator("#minimap").bounding_box()
    assert small is not None
    middle = "() => ({ x: -parley.onStage({ x: 0, y: 0 }).x, y: -parley.onStage({ x: 0, y: 0 }).y })"
    one.page.locator("#minimap").click(position={"x": 30, "y": 30})
    first = one.page.evaluate(middle)
    one.page.mouse.move(small["x"] + 30, small["y"] + 30)
    one.page.mouse.down()
    one.page.mouse.move(small["x"] + 150, small["y"] + 90)
    one.page.mouse.up()
    second = one.page.evaluate(middle)
    assert second["x"] > first["x"]
    assert second["y"] > first["y"]
    assert one.page.evaluate("parley.state.selected") is None


def test_hostile_names_in_lists_and_ticks_are_text(visit: Opener) -> None:
    graph = negotiation(tie("cy", "TOOK_PART_IN", "call"))
    hostile = tuple(one.model_copy(update={"name": "<img src=x onerror=window.__xss=1>"}) for one in graph.nodes)
    one = visit(graph.model_copy(update={"nodes": hostile}))
    one.page.locator("#waiting summary").first.click()
    assert one.page.locator("#waiting img, #time img, #legend img").count() == 0


def test_legend_grows_with_what_the_service_sends(visit: Opener) -> None:
    one = visit()
    assert "Alleged by one side" not in boxes(one, "Certainty")
    one.page.evaluate(
        """() => {
            parley.lines.set('new', { ...parley.lines.values().next().value, id: 'new', certainty: 'alleged' });
            parley.changed('present');
        }"""
    )
    assert one.count("Alleged by one side") == 1
    assert one.page.locator("#waiting summary").count() > 0
