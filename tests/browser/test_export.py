"""What the picture shows, saved from the page: opened from a file, with no network."""

import csv
import io
import json
from pathlib import Path

import pytest
from playwright.sync_api import Download, expect

from tests.browser.conftest import Opener, Visit
from tests.browser.negotiation import negotiation, planted


def saved(visit: Visit, form: str) -> Download:
    visit.page.click("#export summary")
    with visit.page.expect_download() as waiting:
        visit.page.click(f"#export-{form}")
    return waiting.value


def content(download: Download) -> bytes:
    return Path(download.path()).read_bytes()


def test_json_holds_what_is_shown_and_is_named_after_the_data_set(visit: Opener) -> None:
    one = visit()
    download = saved(one, "json")
    graph = json.loads(content(download))
    assert download.suggested_filename == "tiny-1.0.0.json"
    assert graph["datasets"] == [{"id": "tiny", "version": "1.0.0"}]
    known = {node["id"]: node for node in graph["nodes"]}
    assert set(one.page.evaluate("parley.visibleNodes().map((node) => node.id)")) <= set(known)
    assert {end for tie in graph["relationships"] for end in (tie["from"], tie["to"])} <= set(known)
    whole = {tie.id: tie for tie in negotiation().relationships}
    assert graph["relationships"]
    assert all((tie["type"], tie["evidence"]) == (whole[tie["id"]].type, list(whole[tie["id"]].evidence)) for tie in graph["relationships"])
    assert not one.page.locator("#export-json").is_visible()


def test_what_a_filter_hides_is_not_saved(visit: Opener) -> None:
    one = visit()
    before = json.loads(content(saved(one, "json")))
    one.page.evaluate("parley.toggle('kind', 'Person', false)")
    after = json.loads(content(saved(one, "json")))
    shown = {node["id"] for node in after["nodes"]}
    assert shown < {node["id"] for node in before["nodes"]}
    assert "ann" not in shown


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", 'say "hi", twice', "'apostrophe"])
def test_csv_is_a_table_in_which_no_cell_is_a_formula(visit: Opener, text: str) -> None:
    one = visit(planted(text))
    raw = content(saved(one, "csv"))
    assert raw.startswith(b"\xef\xbb\xbfpart,id,")
    rows = list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"), newline="")))
    assert {row["part"] for row in rows} == {"node", "relationship"}
    assert all(None not in row and None not in row.values() for row in rows)
    assert not [cell for row in rows for cell in row.values() if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
    aliases = {row["aliases"] for row in rows if row["part"] == "node"}
    assert (f"'{text}" if text[0] in "=+-@" else text) in aliases


def test_escape_closes_the_menu_and_leaves_the_selection(visit: Opener) -> None:
    one = visit()
    one.page.click("#export summary")
    expect(one.page.locator("#export-csv")).to_be_visible()
    one.page.keyboard.press("Escape")
    expect(one.page.locator("#export-csv")).to_be_hidden()
