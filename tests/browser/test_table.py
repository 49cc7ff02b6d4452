"""The table twin: sorted and filtered by keyboard, in step with the picture."""

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.conftest import Opener, Visit


@pytest.fixture
def one(visit: Opener) -> Visit:
    opened = visit()
    opened.page.click("#as-table")
    return opened


def column(one: Visit, table: str, at: int) -> list[str]:
    return [cell.strip() for cell in one.page.locator(f"#table-{table} tbody tr td:nth-child({at})").all_inner_texts()]


def head(one: Visit, table: str, name: str) -> Locator:
    return one.page.locator(f"#table-{table} th", has_text=name)


@pytest.mark.parametrize(("table", "name", "at"), [("nodes", "Name", 1), ("nodes", "Kind", 2), ("lines", "Reads", 2), ("lines", "To", 3)])
def test_every_column_sorts_up_and_down_by_keyboard(one: Visit, table: str, name: str, at: int) -> None:
    head(one, table, name).locator("button").focus()
    if head(one, table, name).get_attribute("aria-sort") == "none":
        one.page.keyboard.press("Enter")
    assert head(one, table, name).get_attribute("aria-sort") == "ascending"
    up = column(one, table, at)
    assert up == one.page.evaluate("texts => texts.sort((a, b) => a.localeCompare(b, 'en', { numeric: true }))", up)
    one.page.keyboard.press("Enter")
    assert head(one, table, name).get_attribute("aria-sort") == "descending"
    assert column(one, table, at) == one.page.evaluate("texts => texts.sort((a, b) => b.localeCompare(a, 'en', { numeric: true }))", up)
    assert one.page.locator(f"#table-{table} th[aria-sort]:not([aria-sort=none])").count() == 1
    assert "sorted by" in one.page.locator("#live").inner_text()


def test_lines_of_an_entity_are_sorted_as_numbers(one: Visit) -> None:
    head(one, "nodes", "Lines").locator("button").click()
    numbers = [int(text) for text in column(one, "nodes", 5)]
    assert numbers == sorted(numbers)


def test_filter_keeps_rows_with_all_words_and_says_how_many(one: Visit) -> None:
    whole = len(column(one, "nodes", 1))
    one.page.fill("#table-filter", "acai a-land")
    assert column(one, "nodes", 1) == ["Ann Açaí"]
    assert f"1 of {whole} entities" in one.page.locator("#live").inner_text()
    one.page.keyboard.press("Escape")
    assert len(column(one, "nodes", 1)) == whole
    assert one.page.locator("#table").is_visible()


def test_selection_in_the_table_and_in_the_picture_follow_each_other(one: Visit) -> None:
    one.page.locator("#table-nodes button", has_text="The deal").click()
    assert one.page.evaluate("parley.state.selected") == "deal"
    expect(one.page.locator("#table-nodes tr[aria-current]")).to_contain_text("The deal")
    one.page.evaluate("parley.select('ann')")
    expect(one.page.locator("#table tr[aria-current]")).to_have_count(1)
    expect(one.page.locator("#table tr[aria-current]")).to_contain_text("Ann")
    one.page.locator("#table-lines tbody tr td:nth-child(2) button").first.click()
    assert one.page.evaluate("parley.state.line") == one.page.locator("#table-lines tr[aria-current]").get_attribute("data-id")
    expect(one.page.locator("#table-nodes tr[aria-current]")).to_have_count(0)


def test_choosing_in_the_table_keeps_the_focus_and_a_filter_of_the_legend_counts(one: Visit) -> None:
    name = one.page.locator("#table-nodes button", has_text="The deal")
    name.focus()
    one.page.keyboard.press("Enter")
    expect(name).to_be_focused()
    whole = len(column(one, "nodes", 1))
    one.page.evaluate("parley.toggle('kind', 'Person', false)")
    assert len(column(one, "nodes", 1)) < whole
    assert "Person" not in column(one, "nodes", 2)


def test_picture_under_the_table_takes_no_focus_and_has_it_back_afterwards(one: Visit) -> None:
    assert one.page.evaluate("document.getElementById('network').inert") is True
    one.page.evaluate("parley.select('deal')")
    one.page.locator("#card .close").click()
    assert one.page.evaluate("document.activeElement.id") == "table"
    one.page.click("#as-table")
    assert one.page.evaluate("document.getElementById('network').inert") is False


def test_skip_link_opens_the_table(visit: Opener) -> None:
    opened = visit()
    opened.page.evaluate("document.activeElement.blur()")
    opened.page.keyboard.press("Tab")
    opened.page.keyboard.press("Enter")
    expect(opened.page.locator("#table")).to_be_focused()
    expect(opened.page.locator("#table caption").first).to_contain_text("In the picture")
