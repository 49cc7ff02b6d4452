"""Large pictures are carried while they are dragged or zoomed, and stand where vis-network says once they are drawn anew."""

from collections.abc import Callable

import pytest

from tests.browser.conftest import DESK, PHONE, Opener, Visit
from tests.browser.negotiation import crowd

LARGE, REST = 1100, 500
# A spot of the stage on which no node lies and the canvas is on top.
FREE = """() => {
    const stage = document.getElementById("network").getBoundingClientRect();
    const places = parley.visibleNodes().map((node) => parley.onStage(node.at));
    let best = null, far = -1;
    for (let x = 120; x < stage.width - 120; x += 13) for (let y = 120; y < stage.height - 120; y += 13) {
        if (!document.elementFromPoint(x + stage.left, y + stage.top)?.matches("#network canvas")) continue;
        const near = Math.min(...places.map((at) => (at.x - x) ** 2 + (at.y - y) ** 2));
        if (near > far) [best, far] = [{ x: x + stage.left, y: y + stage.top }, near];
    }
    return best;
}"""
# Where a node is on the screen by vis-network, and how the copy that is carried is moved, if one is.
STANDING = """() => {
    const node = parley.nodes.get("n5");
    const copy = document.querySelector("#carried canvas");
    const moved = new DOMMatrix(getComputedStyle(copy).transform);
    const said = parley.onStage(node.at);
    const seen = getComputedStyle(document.querySelector("#network canvas")).opacity === "1";
    return { x: said.x, y: said.y, scale: parley.scale(), moved: [moved.a, moved.e, moved.f], still: seen && copy.hidden };
}"""
# What part of the drawn pixels differs from those of a picture that is drawn anew at the same place; without lines more than half.
LOST = """() => {
    const canvas = document.querySelector("#network canvas");
    const pixels = () => {
        const copy = Object.assign(document.createElement("canvas"), { width: canvas.width, height: canvas.height });
        const context = copy.getContext("2d", { willReadFrequently: true });
        context.drawImage(canvas, 0, 0);
        return context.getImageData(0, 0, copy.width, copy.height).data;
    };
    const before = pixels();
    parley.refresh();
    const after = pixels();
    let [drawn, differ] = [0, 0];
    for (let at = 0; at < after.length; at += 4) {
        if (after[at + 3] > 0) drawn += 1;
        if ([0, 1, 2, 3].some((part) => Math.abs(after[at + part] - before[at + part]) > 48)) differ += 1;
    }
    return differ / drawn;
}"""
DRAWINGS = "() => { window.drawings = 0; parley.onPicture('afterDrawing', () => { window.drawings += 1; }); }"


def standing(one: Visit) -> dict[str, float]:
    found: dict[str, float] = one.page.evaluate(STANDING)
    return found


def settled(one: Visit) -> dict[str, float]:
    """What stands once the picture rested long enough to be drawn anew: nothing of it is shifted, nothing is missing."""
    one.page.wait_for_timeout(REST)
    found = standing(one)
    assert found["still"]
    assert one.page.evaluate(LOST) < 0.05
    return found


def press_drag(one: Visit, across: float, down: float) -> Callable[[], None]:
    """Drag by the mouse in steps; what is returned lets go."""
    at = one.page.evaluate(FREE)
    one.page.mouse.move(at["x"], at["y"])
    one.page.mouse.down()
    for step in range(1, 6):
        one.page.mouse.move(at["x"] + across * step / 5, at["y"] + down * step / 5)
    return one.page.mouse.up


def test_drag_moves_the_canvas_and_draws_once_at_the_end(visit: Opener) -> None:
    one = visit(crowd(LARGE), whole=True)
    before = settled(one)
    one.page.evaluate(DRAWINGS)
    let_go = press_drag(one, 80, 60)
    one.page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    let_go()
    after = settled(one)
    assert (after["x"] - before["x"], after["y"] - before["y"]) == pytest.approx((80, 60), abs=1)
    assert after["scale"] == before["scale"]
    assert one.page.evaluate("window.drawings") <= 4


def test_canvas_follows_the_hand_and_is_drawn_anew_when_it_rests(visit: Opener) -> None:
    one = visit(crowd(LARGE), whole=True)
    before = settled(one)
    # The timer of the pause is put off, so that the moment between is seen however slow the machine is.
    one.page.evaluate(
        "() => { window.later = window.setTimeout; window.setTimeout = (deed, wait) => window.later(deed, wait === 120 ? 60000 : wait); }"
    )
    let_go = press_drag(one, 80, 60)
    one.page.wait_for_function(f"() => ({STANDING})().moved[1] === 80")
    now = standing(one)
    assert now["moved"] == pytest.approx([1, 80, 60], abs=1)
    assert now["x"] - before["x"] == pytest.approx(80, abs=1)
    one.page.evaluate("() => { window.setTimeout = window.later; }")
    one.page.mouse.move(700, 500)
    settled(one)
    let_go()
    settled(one)


def test_wheel_scales_the_canvas_and_draws_it_once_it_rests(visit: Opener) -> None:
    one = visit(crowd(LARGE), whole=True)
    before = settled(one)
    at = one.page.evaluate(FREE)
    one.page.mouse.move(at["x"], at["y"])
    for _ in range(3):
        one.page.mouse.wheel(0, -100)
    after = settled(one)
    assert after["scale"] == pytest.approx(before["scale"] * 1.07**3, rel=0.01)


def test_what_is_clicked_after_a_drag_is_what_is_seen(visit: Opener) -> None:
    one = visit(crowd(LARGE), whole=True)
    settled(one)
    press_drag(one, 70, 40)()
    settled(one)
    node = one.page.evaluate(
        "() => parley.visibleNodes().filter((node) => !parley.aside.has(node.id)).sort((a, b) => b.weight - a.weight)[0].id"
    )
    one.click_node(node)
    assert one.page.evaluate("parley.state.selected") == node
    settled(one)


def test_keys_and_buttons_in_the_middle_of_a_drag_lose_nothing(visit: Opener) -> None:
    one = visit(crowd(LARGE), whole=True)
    settled(one)
    let_go = press_drag(one, 70, 40)
    one.page.evaluate("parley.select('n5')")
    one.page.evaluate("parley.zoom(1.25)")
    let_go()
    settled(one)
    one.page.evaluate("document.getElementById('network').focus()")
    one.page.keyboard.press("Shift+ArrowRight")
    one.page.keyboard.press("+")
    settled(one)
    assert one.page.evaluate("parley.state.selected") not in (None, "n5")


def test_minimap_carries_the_picture_too(visit: Opener) -> None:
    one = visit(crowd(LARGE), whole=True)
    one.page.evaluate("parley.zoom(2)")
    before = settled(one)
    box = one.page.locator("#minimap").bounding_box()
    assert box is not None
    one.page.mouse.move(box["x"] + 90, box["y"] + 60)
    one.page.mouse.down()
    one.page.mouse.move(box["x"] + 110, box["y"] + 70, steps=4)
    one.page.mouse.up()
    after = settled(one)
    assert (after["x"], after["y"]) != (before["x"], before["y"])


def test_finger_drags_and_pinches(visit: Opener) -> None:
    one = visit(crowd(LARGE), whole=True, size=PHONE)
    before = settled(one)
    hand = one.page.context.new_cdp_session(one.page)
    at = one.page.evaluate(FREE)

    def touch(kind: str, *points: tuple[float, float]) -> None:
        hand.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x, "y": y, "id": i} for i, (x, y) in enumerate(points)]})

    touch("touchStart", (at["x"], at["y"]))
    for step in range(1, 6):
        touch("touchMove", (at["x"] + 12 * step, at["y"] + 8 * step))
    touch("touchEnd")
    dragged = settled(one)
    assert (dragged["x"] - before["x"], dragged["y"] - before["y"]) == pytest.approx((60, 40), abs=12)
    touch("touchStart", (at["x"] - 20, at["y"]), (at["x"] + 20, at["y"]))
    for step in range(1, 6):
        touch("touchMove", (at["x"] - 20 - 5 * step, at["y"]), (at["x"] + 20 + 5 * step, at["y"]))
    touch("touchEnd")
    assert settled(one)["scale"] > dragged["scale"] * 1.3


def test_small_picture_is_drawn_for_every_frame(visit: Opener) -> None:
    one = visit(crowd(100), whole=True, size=DESK)
    let_go = press_drag(one, 60, 40)
    one.page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    assert standing(one)["still"]
    let_go()
