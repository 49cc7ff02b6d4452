"""What comes before vis-network does, and what phones have no room for: an early click, a finger that stays, the button of the groups."""

from typing import Any

from playwright.sync_api import Browser

from tests.browser.conftest import DESK, PHONE, Opener, open_address
from tests.browser.negotiation import ONTOLOGY, crowd, negotiation
from visualizer import View, draw

# Clicks on a node of the first picture as soon as it stands, long before the page is ready.
EARLY = """
window.early = null;
new MutationObserver(() => {
    if (window.early || !document.body.dataset.drawn) return;
    const stage = document.getElementById("network").getBoundingClientRect();
    const { scale, centre } = parley.framing(parley.visibleNodes(), false);
    const { at } = parley.nodes.get("ann");
    const [x, y] = [stage.left + stage.width / 2 + (at.x - centre.x) * scale, stage.top + stage.height / 2 + (at.y - centre.y) * scale];
    window.early = { vis: typeof window.vis };
    document.elementFromPoint(x, y).dispatchEvent(new MouseEvent("click", { clientX: x, clientY: y, bubbles: true }));
}).observe(document, { subtree: true, attributes: true, attributeFilter: ["data-drawn"] });
"""
# A finger on a chip for so many milliseconds; what it says to the chip in the end is a click.
FINGER = """([name, time]) => new Promise((done) => {
    const label = [...document.querySelectorAll("#legend label")].find((one) => one.textContent.includes(name));
    const tell = (kind) => label.dispatchEvent(new PointerEvent(kind, { pointerType: "touch", bubbles: true }));
    tell("pointerdown");
    setTimeout(() => {
        tell("pointerup");
        label.click();
        done([...parley.state.off].sort());
    }, time);
})"""


def test_click_on_the_first_picture_counts_once_the_page_is_ready(browser: Browser, tmp_path: Any) -> None:
    file = tmp_path / "page.html"
    file.write_bytes(draw(negotiation(), View(title="A tiny negotiation"), ONTOLOGY).html)
    one = open_address(browser, file.as_uri(), DESK, "light", EARLY)
    assert one.page.evaluate("window.early") == {"vis": "undefined"}
    assert one.page.evaluate("parley.state.selected") == "ann"
    assert "Ann" in one.card()
    assert one.spoken == []
    one.page.context.close()


def test_finger_that_stays_on_a_chip_keeps_it_alone(visit: Opener) -> None:
    one = visit(size=PHONE)
    kept = one.page.evaluate(FINGER, ["A-Land", 700])
    assert kept
    assert all(name.startswith("side:") for name in kept)
    assert "side:side-0" not in kept
    one.page.get_by_role("button", name="All of Side").click()
    assert one.page.evaluate("[...parley.state.off]") == []
    assert len(one.page.evaluate(FINGER, ["A-Land", 20])) == 1


def test_button_of_the_groups_hides_no_group_on_a_phone(visit: Opener) -> None:
    one = visit(crowd(5000), size=PHONE)
    bottom = one.page.evaluate(
        """document.querySelector("#groups summary").getBoundingClientRect().bottom
            - document.getElementById("stage").getBoundingClientRect().top"""
    )
    tops = one.page.evaluate("() => parley.visibleGroups().map((each) => parley.onStage({ x: each.at.x, y: each.at.y - each.size }).y)")
    assert min(tops) >= bottom
