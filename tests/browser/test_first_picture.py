"""The first picture: complete before anything else starts, and where vis-network then draws the same."""

from typing import Any

import pytest
from playwright.sync_api import Browser

from graphapi.model import Graph
from tests.browser.conftest import DESK, PHONE, Opener, open_address
from tests.browser.negotiation import ONTOLOGY, crowd, negotiation
from visualizer import View, draw

# Notes what stood on the screen's canvas when the page said that its picture is drawn, and what was there beside it.
KEEP = """
window.kept = null;
new MutationObserver(() => {
    const first = document.getElementById("first");
    if (window.kept || !document.body.dataset.drawn) return;
    const stage = document.getElementById("stage").getBoundingClientRect().toJSON();
    const pixels = first && first.getContext("2d").getImageData(0, 0, first.width, first.height).data;
    const { ready = null } = document.body.dataset;
    window.kept = { pixels, stage, ready, vis: typeof window.vis, started: Boolean(window.parley.startPicture) };
}).observe(document, { subtree: true, attributes: true, attributeFilter: ["data-drawn"] });
"""
# Compares it with what vis-network drew: pixels that hold anything, and those that differ by more than a shade.
COMPARE = """() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => {
    const canvas = document.querySelector("#network canvas");
    const later = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data;
    const { pixels } = window.kept;
    let drawn = 0;
    let differ = 0;
    for (let at = 3; at < later.length; at += 4) {
        if (later[at] > 0) drawn += 1;
        if ([0, 1, 2, 3].some((part) => Math.abs(later[at - part] - pixels[at - part]) > 48)) differ += 1;
    }
    done({ drawn, differ, same: later.length === pixels.length, left: document.getElementById("first") !== null });
})))"""


def opened(browser: Browser, tmp_path: Any, graph: Graph, fragment: str = "", size: tuple[int, int] = DESK, **view: object) -> Any:
    file = tmp_path / "page.html"
    file.write_bytes(draw(graph, View.model_validate({"title": "A tiny negotiation", **view}), ONTOLOGY).html)
    return open_address(browser, file.as_uri() + fragment, size, "light", KEEP)


@pytest.mark.parametrize("graph", [negotiation(), crowd(100)], ids=["with a time bar", "a hundred"])
def test_first_picture_is_complete_and_nothing_moves_when_vis_network_takes_over(browser: Browser, tmp_path: Any, graph: Graph) -> None:
    one = opened(browser, tmp_path, graph, whole=True)
    kept = one.page.evaluate("({ ...window.kept, pixels: window.kept.pixels !== null })")
    assert kept["pixels"]
    assert (kept["ready"], kept["vis"], kept["started"]) == (None, "undefined", False)
    assert kept["stage"] == one.page.evaluate("document.getElementById('stage').getBoundingClientRect().toJSON()")
    found = one.page.evaluate(COMPARE)
    assert found["same"]
    assert not found["left"]
    assert found["drawn"] > 5000
    assert found["differ"] < found["drawn"] / 100
    assert one.spoken == []
    one.page.context.close()


@pytest.mark.parametrize(
    ("fragment", "size", "view"),
    [("#node=ann", DESK, {}), ("", PHONE, {}), ("", DESK, {"overview": True})],
    ids=["a link", "a phone", "groups"],
)
def test_where_the_picture_would_be_another_nothing_is_drawn_before(
    browser: Browser, tmp_path: Any, fragment: str, size: tuple[int, int], view: dict[str, object]
) -> None:
    one = opened(browser, tmp_path, negotiation(), fragment, size, **view)
    assert one.page.evaluate("window.kept.pixels") is None
    assert one.page.evaluate("window.kept.ready") == "yes"
    assert one.spoken == []
    one.page.context.close()


def test_no_script_is_left_waiting(visit: Opener) -> None:
    one = visit()
    assert one.page.locator('script[type="text/plain"]').count() == 0
    assert one.page.locator("#first").count() == 0
