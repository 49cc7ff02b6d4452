"""The explorer as a reader meets it: in a real browser, from a file, with no network."""

import threading
from collections.abc import Iterator
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.sync_api import Browser, expect

from graphapi.model import Graph
from tests.browser.conftest import DESK, PHONE, Opener, open_address
from tests.browser.negotiation import ONTOLOGY, crowd, negotiation, planted
from visualizer import Page, View, draw

COLOURS = """() => {
    const canvas = document.querySelector("#network canvas");
    const copy = Object.assign(document.createElement("canvas"), { width: canvas.width, height: canvas.height });
    const context = copy.getContext("2d", { willReadFrequently: true });
    context.drawImage(canvas, 0, 0);
    const pixels = new Uint32Array(context.getImageData(0, 0, copy.width, copy.height).data.buffer);
    const hex = (value) => value.toString(16).padStart(2, "0").toUpperCase();
    const seen = [...new Set(pixels)].filter((one) => one >>> 24 === 255);
    return seen.map((one) => "#" + hex(one & 255) + hex((one >> 8) & 255) + hex((one >> 16) & 255));
}"""
BOXES = """() => {
    const boxes = parley.visibleNodes().map((node) => parley.boxAt(node, node.at.x, node.at.y));
    let over = 0;
    boxes.forEach((one, at) => boxes.slice(at + 1).forEach((other) => { over += parley.overlap(one, other) ? 1 : 0; }));
    return over;
}"""
OUTSIDE = """() => {
    const stage = document.getElementById("stage");
    return parley.visibleNodes().map((node) => parley.boxAt(node, node.at.x, node.at.y)).filter((box) => {
        const low = parley.onStage({ x: box.left, y: box.top });
        const high = parley.onStage({ x: box.right, y: box.bottom });
        return low.x < 0 || low.y < 0 || high.x > stage.clientWidth || high.y > stage.clientHeight;
    }).length;
}"""


def test_picture_is_drawn_in_the_colours_of_the_sides(visit: Opener) -> None:
    seen = visit().page.evaluate(COLOURS)
    palette = ONTOLOGY.palette
    assert {palette.sides[0].light, palette.sides[1].light, palette.meeting.light, palette.agreement.light} <= set(seen)


def test_dark_wish_of_the_system_is_followed_and_can_be_turned(visit: Opener) -> None:
    one = visit(scheme="dark")
    assert ONTOLOGY.palette.sides[0].dark in one.page.evaluate(COLOURS)
    one.page.click("#theme")
    assert ONTOLOGY.palette.sides[0].light in one.page.evaluate(COLOURS)
    assert one.page.evaluate("location.hash") == "#theme=light"


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("graph", [negotiation(), crowd(80)], ids=["small", "crowd"])
def test_no_box_lies_on_another_and_none_is_cut_off(visit: Opener, size: tuple[int, int], graph: Graph) -> None:
    one = visit(graph, size=size)
    assert one.page.evaluate(BOXES) == 0
    assert one.page.evaluate(OUTSIDE) == 0


def test_click_opens_the_card_and_evidence_is_one_click_away(visit: Opener) -> None:
    one = visit()
    one.click_node("first-round")
    expect(one.page.locator("#card h2")).to_have_text("First round")
    card = one.card()
    assert "May 2025 (month)" in card
    assert "10 May 2025" in card
    assert "stated not to be so" in card
    one.page.locator("#card .chip").first.click()
    evidence = one.page.locator("#card .evidence").inner_text()
    assert all(words in evidence for words in ("A report", "paragraph 4", "Names who was sent.", "“we keep every word”"))
    link = one.page.locator("#card .evidence a")
    assert link.get_attribute("href") == "https://example.org/report"
    assert link.get_attribute("rel") == "noopener noreferrer"
    assert link.get_attribute("referrerpolicy") == "no-referrer"
    assert one.page.evaluate("location.hash") == "#node=first-round"


def test_both_accounts_stand_side_by_side(visit: Opener) -> None:
    one = visit(fragment="#node=deal")
    left, right = (one.page.locator("#card .account").nth(at) for at in (0, 1))
    assert "A-Land says that the deal is kept." in left.inner_text()
    assert "B-Land sees it broken." in right.inner_text()
    assert "alleged by one side" in right.inner_text()
    first, second = left.bounding_box(), right.bounding_box()
    assert first is not None
    assert second is not None
    assert first["y"] == second["y"]
    assert first["x"] + first["width"] <= second["x"]


def test_line_opens_its_card(visit: Opener) -> None:
    one = visit()
    at = one.page.evaluate("() => parley.onStage(parley.pointOn(parley.lines.get('ann--ANNOUNCED_FOR--first-round'), 0.5))")
    one.page.locator("#network").click(position={"x": at["x"], "y": at["y"]})
    card = one.card()
    assert "is announced for" in card
    assert "jointly leads" in card
    assert "only announced or pending" in card
    assert one.page.locator("#card .chip").count() == 3


def test_search_finds_by_alias_without_accents_and_shows_the_card(visit: Opener) -> None:
    one = visit()
    one.page.keyboard.press("/")
    one.page.keyboard.type("acai")
    assert one.page.locator("#hits bdi").first.inner_text() == "Ann Açaí"
    one.page.fill("#query", "madam")
    one.page.keyboard.press("ArrowDown")
    one.page.keyboard.press("Enter")
    expect(one.page.locator("#card h2")).to_have_text("Ann Açaí")


def test_escape_leaves_search_and_card(visit: Opener) -> None:
    one = visit(fragment="#node=ann")
    one.page.keyboard.press("/")
    one.page.keyboard.type("bo")
    one.page.keyboard.press("Escape")
    expect(one.page.locator("#hits")).to_be_hidden()
    one.page.keyboard.press("Escape")
    expect(one.page.locator("#card")).to_be_hidden()


def test_hidden_entity_comes_into_the_picture_from_search(visit: Opener) -> None:
    one = visit()
    before = one.page.evaluate("parley.visibleNodes().length")
    one.page.fill("#query", "harbour")
    assert "not shown yet" in one.page.locator("#hits li").first.inner_text()
    one.page.keyboard.press("Enter")
    expect(one.page.locator("#card h2")).to_have_text("Harbour City")
    assert one.page.evaluate("parley.visibleNodes().length") == before + 1
    assert one.page.evaluate(BOXES) == 0
    assert one.count("Places") == 1


def test_hidden_entity_comes_into_the_picture_from_a_card(visit: Opener) -> None:
    one = visit(fragment="#node=first-round")
    one.page.locator("#card button.entity", has_text="Harbour City").click()
    assert one.page.evaluate("parley.isVisible('harbour')")


def test_legend_lists_what_is_not_shown_and_why(visit: Opener) -> None:
    one = visit()
    waiting = one.page.locator("#waiting")
    assert "Without a line to what is shown" in waiting.inner_text()
    waiting.locator("summary", has_text="Without a line").click()
    waiting.locator("button", has_text="Cy Clerk").click()
    assert one.page.evaluate("parley.isVisible('cy')")


def test_kind_that_waits_is_shown_by_its_box(visit: Opener) -> None:
    one = visit()
    places = one.page.locator("#legend label", has_text="Places")
    assert not places.locator("input").is_checked()
    places.click()
    assert one.count("Places") == 1
    assert places.locator("input").is_checked()


def test_claim_opens_a_card_though_it_is_no_node(visit: Opener) -> None:
    one = visit()
    one.page.fill("#query", "it is kept")
    one.page.keyboard.press("Enter")
    assert "“we keep every word”" in one.card()
    assert "according to A report" in one.card()


def test_filter_counts_lines_by_their_visible_ends(visit: Opener) -> None:
    one = visit()
    people, lines = one.count("People"), one.count("At the table")
    assert (people, one.count("A-Land")) == (2, 3)
    one.page.locator("#legend label", has_text="People").click()
    assert one.count("People") == people
    assert one.count("A-Land") == 2
    assert one.count("At the table") < lines
    assert one.page.evaluate("location.hash") == "#off=kind%3APerson"
    assert not one.page.evaluate("parley.isVisible('ann')")


def test_filter_of_lines_leaves_the_nodes(visit: Opener) -> None:
    one = visit()
    before = one.page.evaluate("[parley.visibleNodes().length, parley.visibleLines().length]")
    one.page.locator("#legend label", has_text="At the table").click()
    after = one.page.evaluate("[parley.visibleNodes().length, parley.visibleLines().length]")
    assert after[0] == before[0]
    assert after[1] == before[1] - one.count("At the table")


def test_fragment_restores_selection_filters_and_theme(visit: Opener) -> None:
    one = visit(fragment="#node=bo&off=lines%3Apresence&theme=dark")
    expect(one.page.locator("#card h2")).to_have_text("Bo Brown")
    assert not one.page.locator("#legend label", has_text="At the table").locator("input").is_checked()
    assert one.page.evaluate("document.documentElement.dataset.theme") == "dark"


@pytest.mark.parametrize("fragment", ["#node=nobody", "#node=__proto__", "#line=constructor", "#off=x:y,kind:", "#theme=<b>", "#%E0%A4%A"])
def test_unknown_fragment_is_passed_over(visit: Opener, fragment: str) -> None:
    one = visit(fragment=fragment)
    expect(one.page.locator("#card")).to_be_hidden()


def test_arrow_keys_walk_and_say_where(visit: Opener) -> None:
    one = visit(fragment="#node=ann")
    one.page.focus("#network")
    one.page.keyboard.press("ArrowRight")
    name = one.page.locator("#card h2").inner_text()
    assert name != "Ann Açaí"
    assert one.page.locator("#live").inner_text().startswith(name)
    one.page.keyboard.press("Enter")
    assert one.page.evaluate("document.activeElement.id") == "card"


def test_table_holds_what_the_picture_holds(visit: Opener) -> None:
    one = visit()
    one.page.click("#as-table")
    rows = one.page.locator("#table tbody tr")
    expected = one.page.evaluate("parley.visibleNodes().length + parley.visibleLines().length")
    assert rows.count() == expected
    assert "Ann Açaí" in one.page.locator("#table").inner_text()


def test_phone_has_a_bottom_sheet_and_chips(visit: Opener) -> None:
    one = visit(size=PHONE)
    one.click_node("deal")
    sheet = one.page.locator("#card").bounding_box()
    assert sheet is not None
    assert sheet["x"] == 0
    assert sheet["width"] == PHONE[0]
    foot = one.page.locator("#time").bounding_box()
    assert foot is not None
    assert sheet["y"] + sheet["height"] == foot["y"]
    assert foot["y"] + foot["height"] == PHONE[1]
    assert one.page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]
    chip = one.page.locator("#legend label").first.bounding_box()
    assert chip is not None
    assert chip["height"] >= 32


def test_chosen_node_is_not_under_the_card(visit: Opener) -> None:
    one = visit(fragment="#node=bo")
    at = one.page.evaluate(
        "() => parley.onStage(parley.nodes.get('bo').at).x + document.getElementById('stage').getBoundingClientRect().left"
    )
    card = one.page.locator("#card").bounding_box()
    assert card is not None
    assert at < card["x"]


def test_empty_graph_says_so(visit: Opener) -> None:
    one = visit(Graph())
    expect(one.page.locator("#empty")).to_be_visible()
    assert one.shown() == "0 of 0 shown, 0 lines"


@pytest.mark.parametrize(("live", "count"), [("/api/v1", 1), (None, 0)], ids=["served", "mailed"])
def test_json_is_linked_only_where_the_service_answers(visit: Opener, live: str | None, count: int) -> None:
    one = visit(live=live, fragment="#node=ann")
    assert one.page.locator("#card a", has_text="JSON").count() == count


@pytest.mark.parametrize(
    "text",
    [
        "</script><script>window.__xss=1</script>",
        '"><img src=x onerror=window.__xss=1>',
        "javascript:window.__xss=1",
        "{{7*7}}'};window.__xss=1;//\\",
        "\u202eevil\u2028\ufeff",
    ],
    ids=["script", "image", "address", "quotes", "invisible"],
)
def test_hostile_text_is_shown_and_runs_nothing(visit: Opener, text: str) -> None:
    one = visit(planted(text))
    shown = text.replace("\u202e", "⟦U+202E⟧").replace("\u2028", "⟦U+2028⟧").replace("\ufeff", "⟦U+FEFF⟧")
    for identifier in ("first-round", "deal", "kept", "report", "keeping"):
        one.page.evaluate("id => parley.select(id)", identifier)
        assert f"{identifier} {shown}" in one.page.locator("#card h2").inner_text()
        for chip in one.page.locator("#card .chip").all():
            chip.click()
        assert shown in one.card()
    one.page.click("#as-table")
    assert shown in one.page.locator("#table").inner_text()
    assert one.page.locator("#card img, #card iframe, #card script, #table img, #table iframe").count() == 0
    assert one.page.locator("a:not([href^=http]):not(.skip)").count() == 0


class _Served(BaseHTTPRequestHandler):
    """Answers every request with one page and its policy."""

    def __init__(self, page: Page, *arguments: object) -> None:
        self.drawn = page
        super().__init__(*arguments)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        self.send_response(200 if self.path == "/" else 404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Security-Policy", self.drawn.policy)
        self.send_header("X-Content-Type-Options", "nosniff")
        self.end_headers()
        self.wfile.write(self.drawn.html)

    def log_message(self, *_: object) -> None:
        return


@pytest.fixture
def address() -> Iterator[str]:
    page = draw(negotiation(), View(title="Served", live="/api/v1"), ONTOLOGY)
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Served, page))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    thread.join()
    server.server_close()


def test_served_page_works_under_its_header_and_asks_for_nothing_else(browser: Browser, address: str) -> None:
    one = open_address(browser, address, DESK, "light")
    one.click_node("first-round")
    expect(one.page.locator("#card h2")).to_have_text("First round")
    assert one.spoken == []
    assert [asked for asked in one.asked if not asked.startswith("data:")] == []
    one.page.context.close()
