"""Large graphs in a real browser: an overview of groups that opens and closes, and thousands of nodes drawn at once."""

import pytest

from tests.browser.conftest import DESK, PHONE, Opener, Visit
from tests.browser.negotiation import crowd, negotiation, node, tie

INK = """() => {
    const canvas = document.querySelector("#network canvas");
    const pixels = new Uint32Array(canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data.buffer);
    const seen = new Map();
    for (const one of pixels) seen.set(one, (seen.get(one) || 0) + 1);
    return pixels.length - Math.max(...seen.values());
}"""
SUM = "() => [...parley.visibleGroups()].reduce((sum, group) => sum + group.count, 0) + parley.visibleNodes().length"
LABELS = """() => {
    const boxes = [];
    for (const node of parley.visibleNodes()) {
        const label = parley.labelSize(node);
        const box = parley.boxAt(node, node.at.x, node.at.y);
        const at = { x: node.at.x, y: box.bottom - 2 - label.height / 2 };
        if (parley.labelAt(at) === node.id) boxes.push(box);
    }
    let over = 0;
    boxes.forEach((one, at) => boxes.slice(at + 1).forEach((other) => { over += parley.overlap(one, other) ? 1 : 0; }));
    return [boxes.length, over];
}"""


def present(one: Visit) -> int:
    return int(one.page.evaluate("parley.state.present.size"))


def first_group(one: Visit) -> tuple[str, int]:
    found = one.page.evaluate("() => { const group = parley.visibleGroups()[0]; return [group.id, group.count]; }")
    return found[0], found[1]


def open_by_mouse(one: Visit, group: str) -> None:
    one.page.wait_for_timeout(50)
    at = one.page.evaluate("id => parley.onStage(parley.groupAt(id).at)", group)
    one.page.locator("#network").dblclick(position={"x": at["x"], "y": at["y"]})


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_overview_of_5000_opens_a_group_and_closes_it(visit: Opener, size: tuple[int, int]) -> None:
    one = visit(crowd(5000), size=size)
    assert present(one) == 0
    assert one.page.evaluate(SUM) == 5000
    group, count = first_group(one)
    open_by_mouse(one, group)
    one.page.wait_for_function("parley.state.present.size === 60")
    assert one.page.evaluate("id => parley.groupAt(id).count", group) == count - 60
    assert one.page.evaluate(SUM) == 5000
    one.page.locator("#groups summary").click()
    one.page.locator("#groups .close-group").click()
    assert present(one) == 0
    assert one.page.evaluate("id => parley.groupAt(id).count", group) == count


def test_group_that_is_open_altogether_leaves_and_undo_brings_it_back(visit: Opener) -> None:
    one = visit(overview=True)
    group, count = first_group(one)
    one.page.evaluate("id => parley.openGroup(id)", group)
    assert present(one) == count
    assert group not in one.page.evaluate("() => parley.visibleGroups().map((each) => each.id)")
    one.page.evaluate("() => parley.undo()")
    assert present(one) == 0
    assert group in one.page.evaluate("() => parley.visibleGroups().map((each) => each.id)")


def test_keys_walk_to_a_group_and_open_it(visit: Opener) -> None:
    one = visit(overview=True)
    one.page.locator("#network").focus()
    one.page.keyboard.press("ArrowRight")
    focused = one.page.evaluate("parley.focusedGroup()")
    assert "Enter opens it" in one.page.locator("#live").inner_text()
    one.page.keyboard.press("Enter")
    assert one.page.evaluate("id => parley.groupAt(id).count", focused) == 0
    assert present(one) > 0


def test_members_that_come_in_lie_on_nothing(visit: Opener) -> None:
    one = visit(crowd(400), overview=True)
    one.page.evaluate("id => parley.openGroup(id)", first_group(one)[0])
    over = one.page.evaluate(
        """() => {
            const all = [...parley.visibleNodes(), ...parley.visibleGroups()].map((each) => parley.boxAt(each, each.at.x, each.at.y));
            return all.filter((box, at) => all.slice(at + 1).some((other) => parley.overlap(box, other))).length;
        }"""
    )
    assert over == 0


def test_search_finds_who_is_in_a_group_and_brings_them_out(visit: Opener) -> None:
    one = visit(overview=True)
    one.page.keyboard.press("/")
    one.page.keyboard.type("acai")
    one.page.keyboard.press("Enter")
    assert one.page.evaluate("[...parley.state.present]") == ["ann"]
    assert one.page.evaluate(SUM) == one.page.evaluate("parley.nodes.size")


def test_address_brings_back_what_was_opened(visit: Opener) -> None:
    one = visit(overview=True)
    one.page.evaluate("id => parley.openGroup(id)", first_group(one)[0])
    again = visit(overview=True, fragment=one.page.evaluate("location.hash"))
    assert again.page.evaluate("[...parley.state.present].sort()") == one.page.evaluate("[...parley.state.present].sort()")


def test_5000_drawn_whole(visit: Opener) -> None:
    one = visit(crowd(5000), whole=True)
    assert present(one) == 5000
    assert one.page.evaluate(INK) > 20_000
    one.page.evaluate("parley.select('n5')")
    assert "Number 5" in one.card()


@pytest.mark.parametrize("count", [24, 60, 80])
def test_to_80_nodes_every_label_is_drawn_and_none_lies_on_another(visit: Opener, count: int) -> None:
    drawn, over = visit(crowd(count), limit=80).page.evaluate(LABELS)
    assert (drawn, over) == (count, 0)


def test_line_of_a_side_waits_until_it_is_asked_for(visit: Opener) -> None:
    one = visit(negotiation(tie("b-land", "PARTY_TO", "call"), node("Issue", "peace", "Peace"), tie("call", "ABOUT", "peace")))
    drawn = "() => parley.isLineDrawn(parley.lines.get('b-land--PARTY_TO--call'))"
    assert one.page.evaluate("() => parley.isLineVisible(parley.lines.get('b-land--PARTY_TO--call'))")
    assert not one.page.evaluate(drawn)
    one.page.evaluate("parley.select('b-land')")
    assert one.page.evaluate(drawn)
    one.page.evaluate("parley.leave()")
    one.page.evaluate("() => parley.toggle('kind', 'Person', false)")
    assert one.page.evaluate(drawn)
