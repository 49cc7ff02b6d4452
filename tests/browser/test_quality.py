"""How the picture looks where it is drawn: names have room, who has no line stands aside, pins keep to their shape of window."""

from functools import lru_cache

import pytest
from playwright.sync_api import expect

from graphapi.ingest.dataset import read_dataset
from graphapi.model import Graph
from tests.browser.conftest import DESK, PHONE, Opener, Visit
from tests.browser.negotiation import crowd, negotiation, node

FEW, MANY = "us-china-london-2025", "us-china-2018-2026"
# What was drawn by the last frame: how many names there are, and how many pairs of them overlap.
NAMES = """() => {
    parley.refresh();
    const boxes = parley.drawnNames();
    const pairs = boxes.flatMap((one, at) => boxes.slice(at + 1).filter((other) => parley.overlap(one.box, other.box)));
    return [boxes.length, pairs.length];
}"""
OPACITIES = "() => parley.visibleLines().map((line) => parley.lineLook(line, null)).filter((look) => look.opacity < 1).length"


@lru_cache
def whole(name: str) -> Graph:
    return read_dataset(name).graph


def at(one: Visit, identifier: str) -> list[float]:
    found: list[float] = one.page.evaluate(
        "id => { const at = parley.nodes.get(id).at; return [Math.round(at.x), Math.round(at.y)]; }", identifier
    )
    return found


@pytest.mark.parametrize(("name", "limit"), [(FEW, 60), (MANY, 60), (MANY, 80)])
def test_every_name_is_drawn_and_none_lies_on_another(visit: Opener, name: str, limit: int) -> None:
    one = visit(whole(name), limit=limit)
    drawn, over = one.page.evaluate(NAMES)
    assert (drawn, over) == (one.page.evaluate("parley.visibleNodes().length"), 0)


def test_who_has_no_line_stands_aside_close_and_small(visit: Opener) -> None:
    one = visit(whole(MANY), whole=True)
    aside, others = one.page.evaluate(
        """() => [true, false].map((wanted) => {
            const nodes = parley.visibleNodes().filter((node) => parley.aside.has(node.id) === wanted);
            const [xs, ys] = [nodes.map((node) => node.at.x), nodes.map((node) => node.at.y)];
            return { count: nodes.length, left: Math.min(...xs), right: Math.max(...xs), top: Math.min(...ys), bottom: Math.max(...ys) };
        })"""
    )
    assert aside["count"] > 300
    area = [(box["right"] - box["left"]) * (box["bottom"] - box["top"]) for box in (aside, others)]
    assert area[0] < 0.2 * area[1]
    apart = (
        aside["left"] > others["right"]
        or aside["right"] < others["left"]
        or aside["top"] > others["bottom"]
        or aside["bottom"] < others["top"]
    )
    assert apart


def test_nobody_stands_aside_in_a_picture_that_has_room(visit: Opener) -> None:
    assert visit(crowd(80), limit=80).page.evaluate("parley.aside.size") == 0


def test_pin_of_a_desk_is_kept_on_a_phone_and_moves_nobody_there(visit: Opener) -> None:
    plain = visit(size=PHONE)
    one = visit(size=PHONE, fragment="#pin=bo:900:-700")
    assert at(one, "bo") == at(plain, "bo")
    assert one.page.evaluate("parley.state.pinned.size") == 0
    one.page.evaluate("parley.pin('ann')")
    fragment = one.page.evaluate("decodeURIComponent(location.hash)")
    assert "bo:900:-700" in fragment
    assert f"ann:{at(one, 'ann')[0]}:{at(one, 'ann')[1]}:n" in fragment
    desk = visit(size=DESK, fragment=one.page.evaluate("location.hash"))
    assert at(desk, "bo") == [900, -700]
    assert desk.page.evaluate("[...parley.state.pinned.keys()]") == ["bo"]


def test_bar_ends_at_what_surely_happened_and_a_month_is_a_span(visit: Opener) -> None:
    one = visit(whole(FEW))
    expect(one.page.locator("#time .day")).to_contain_text("20 January 2025 – 9 June 2025")
    assert one.page.locator("#time .span").count() == 1


def test_bar_stretches_to_what_is_learned_later(visit: Opener) -> None:
    events = [
        node("Round", name, name, kind="round", date=day, earliest=day, latest=day, precision="day")
        for name, day in (("one", "2025-05-10"), ("two", "2025-06-09"))
    ]
    one = visit(negotiation(*events))
    first, last = one.page.evaluate("[parley.page.time.first, parley.page.time.last]")
    assert (first, last) == ("2025-05-10", "2025-06-09")
    ticks = one.page.locator(".tick").count()
    one.page.evaluate(
        """() => {
            const [two] = [parley.nodes.get("two")];
            parley.nodes.set("later", { ...two, id: "later", days: "n2025-09-14y", at: null });
            parley.entities.set("later", { ...parley.entities.get("two"), name: "Later talks" });
            parley.act("Bring in", () => parley.show(["later"]));
        }"""
    )
    expect(one.page.locator("#time .day")).to_contain_text("14 September 2025")
    assert one.page.locator(".tick").count() == ticks + 1
    one.page.locator(".tick").last.focus()
    one.page.keyboard.press("Enter")
    expect(one.page.locator("#time .day")).to_contain_text("14 September 2025")


@pytest.mark.parametrize("name", [FEW, MANY])
def test_line_that_is_not_sure_is_dotted_and_not_pale(visit: Opener, name: str) -> None:
    one = visit(whole(name), fragment="#at=2025-05-20")
    assert one.page.evaluate("parley.visibleLines().filter(parley.isLight).length") > 0
    assert one.page.evaluate(OPACITIES) == 0
    assert one.page.evaluate("parley.visibleLines().filter(parley.isLight).every((line) => parley.dashesOf(line).length >= 2)")
