"""What a page is asked by its measurement: when its picture stood, and how many frames came while the mouse dragged it."""

import math
from typing import cast

from playwright.sync_api import Page

LONGEST = 60.0
DRAG_SECONDS = 3.0
# Pixels that a dragged picture must have moved at the end.
MOVED = 5.0
# A mark is the second frame after the event, for the first draws and only by the second is it on the screen. Ours sets an attribute,
# pyvis a global as soon as its network is made; the other two pages call `mark` themselves.
WATCH = """
window.bench = { marks: {}, waiting: {}, drawn: 0 };
bench.mark = (name) => requestAnimationFrame(() => requestAnimationFrame(() => {
    bench.marks[name] ??= performance.now() / 1000;
    if (bench.waiting[name]) bench.waiting[name](bench.marks[name]);
}));
bench.seen = ([name, longest]) => new Promise((resolve) => {
    if (name in bench.marks) return resolve(bench.marks[name]);
    bench.waiting[name] = resolve;
    setTimeout(() => resolve(null), Math.max(0, longest * 1000 - performance.now()));
});
new MutationObserver(() => bench.mark("picture")).observe(document, { subtree: true, attributes: true, attributeFilter: ["data-drawn"] });
let kept;
Object.defineProperty(window, "network", { configurable: true, get: () => kept, set: (made) => {
    kept = made;
    made.once("stabilizationIterationsDone", () => bench.mark("picture"));
    made.once("stabilized", () => bench.mark("still"));
} });
"""
# Where the explorer's nodes are in the window, and how often it draws.
PLACES = """() => {
    if (bench.places) return;
    parley.onPicture("afterDrawing", () => { bench.drawn += 1; });
    const box = document.getElementById("network").getBoundingClientRect();
    const at = (node) => parley.onStage(node.at);
    bench.places = () => parley.visibleNodes().map((node) => [at(node).x + box.left, at(node).y + box.top]);
}"""
# The point farthest from every node of those at which a canvas is on top: a drag that begins there moves the picture.
FREE = """() => {
    const places = bench.places();
    let best = null, far = -1;
    for (let x = 100; x < innerWidth - 100; x += 15) for (let y = 100; y < innerHeight - 100; y += 15) {
        if (document.elementFromPoint(x, y)?.tagName !== "CANVAS") continue;
        const near = Math.min(...places.map(([left, top]) => (left - x) ** 2 + (top - y) ** 2));
        if (near > far) [best, far] = [[x, y], near];
    }
    return best;
}"""
# While the button is down, a move of the mouse in every frame, in circles; how many frames came and how often the page drew, a second.
DRAG = """([left, top, seconds]) => new Promise((resolve) => {
    const canvas = document.elementFromPoint(left, top);
    const [began, drawn] = [performance.now(), bench.drawn];
    let frames = 0;
    function step() {
        const passed = (performance.now() - began) / 1000;
        if (passed >= seconds) return resolve([frames / passed, (bench.drawn - drawn) / passed]);
        const at = { clientX: left + 90 * Math.sin(3 * passed), clientY: top + 90 * (1 - Math.cos(3 * passed)) };
        const event = { ...at, bubbles: true, cancelable: true, composed: true, view: window, buttons: 1 };
        const pointer = { button: -1, pointerId: 1, pointerType: "mouse", isPrimary: true };
        canvas.dispatchEvent(new PointerEvent("pointermove", { ...event, ...pointer }));
        canvas.dispatchEvent(new MouseEvent("mousemove", event));
        frames += 1;
        return requestAnimationFrame(step);
    }
    requestAnimationFrame(step);
})"""


def seconds_to(page: Page, mark: str) -> float:
    """Wait for a mark and return its seconds since the navigation began; what does not come in time counts as the longest."""
    seen = cast("float | None", page.evaluate("what => bench.seen(what)", [mark, LONGEST]))
    return LONGEST if seen is None else seen


def drag(page: Page) -> tuple[float, float]:
    """Drag the picture and return the frames and the drawings a second."""
    page.evaluate(PLACES)
    left, top = page.evaluate(FREE)
    before = page.evaluate("bench.places()[0]")
    page.mouse.move(left, top)
    page.mouse.down()
    frames, drawings = page.evaluate(DRAG, [left, top, DRAG_SECONDS])
    after = page.evaluate("bench.places()[0]")
    page.mouse.up()
    if math.dist(before, after) < MOVED:
        raise RuntimeError(f"the picture of {page.url} did not move with the mouse")
    return frames, drawings
