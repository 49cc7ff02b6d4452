"""What the head, the legend, the menu, search and the cards say: the truth, once, in full, on desk and phone."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from graphapi.ingest import read_dataset
from graphapi.model import DatasetVersion
from graphapi.store import Store
from tests.browser.conftest import DESK, PHONE, Opener, Visit, open_address
from tests.browser.negotiation import crowd, negotiation, node, tie

NARROW_DESK = (1024, 768)
SIZES = pytest.mark.parametrize("size", [DESK, NARROW_DESK, PHONE], ids=["desk", "small desk", "phone"])
CUT = "element => element.scrollWidth > element.clientWidth + 1 || element.scrollHeight > element.clientHeight + 2"
TITLE = "The talks of two countries on steel, grain and everything else, 2018 to 2026"


def number(text: str, after: str) -> int:
    """The number before a word."""
    found = re.search(rf"([\d,]+) {after}", text)
    assert found, text
    return int(found.group(1).replace(",", ""))


def test_overview_counts_what_its_groups_stand_for(visit: Opener) -> None:
    one = visit(crowd(60), overview=True)
    groups = one.page.evaluate("parley.visibleGroups().length")
    assert one.shown().startswith(f"60 entities in {groups} groups, ")
    assert one.count("People") == 10
    assert number(one.shown(), "lines?") == one.count("Said and about") == one.page.evaluate("parley.lines.size")
    sides = sum(one.count(name) for name in ("a-land", "b-land", "Third parties"))
    assert sides == one.page.evaluate("[...parley.nodes.values()].filter((node) => parley.sideOf(node)).length")


def test_overview_counts_follow_what_is_opened_filtered_and_dated(visit: Opener) -> None:
    one = visit(crowd(60), overview=True)
    one.page.evaluate("parley.openGroup('group:Issue:issue')")
    assert one.shown().startswith("10 of 60 entities shown, 50 in ")
    assert one.count("Issues") == 10
    one.page.locator("#legend label", has_text="People").click()
    assert one.shown().startswith("10 of 60 entities shown, 40 in ")
    assert one.count("People") == 10


def test_overview_has_its_groups_in_the_table(visit: Opener) -> None:
    one = visit(crowd(60), overview=True)
    one.page.click("#as-table")
    rows = one.page.locator("#table-groups tbody tr")
    assert rows.count() == one.page.evaluate("parley.visibleGroups().length")
    rows.filter(has_text="Issues").locator("button").click()
    expect(one.page.locator("#table-nodes tbody tr")).to_have_count(10)


@SIZES
@pytest.mark.parametrize("count", [1, 2])
def test_head_says_once_what_is_shown_and_nothing_is_cut(visit: Opener, size: tuple[int, int], count: int) -> None:
    titles = (TITLE, "A second data set")[:count]
    datasets = tuple(DatasetVersion(id=f"d{at}", version=f"1.{at}.0", title=title) for at, title in enumerate(titles))
    graph = negotiation().model_copy(update={"datasets": datasets, "as_of": "2025-06"})
    one = visit(graph, title=", ".join(titles), size=size)
    head = one.page.locator("header .titles").inner_text()
    assert [head.count(title) for title in titles] == [1] * count
    assert "as of June 2025 (month)" in one.page.locator("#rests").inner_text()
    assert ", ".join(f"1.{at}.0" for at in range(count)) in one.page.locator("#rests").inner_text()
    cut = [one.page.locator(place).evaluate(CUT) for place in ("h1", ".titles p")]
    if size != PHONE:
        assert cut == [False, False]
        return
    one.page.locator("#titles").click()
    for said in (*titles, "as of June 2025 (month)"):
        expect(one.page.locator("#notes")).to_contain_text(said)


@SIZES
def test_window_is_never_wider_than_the_screen(visit: Opener, size: tuple[int, int]) -> None:
    one = visit(title=TITLE, size=size)
    assert one.page.evaluate("document.documentElement.scrollWidth") <= size[0]
    one.page.click("#menu summary")
    box = one.page.locator("#menu>div").bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= size[0]


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_only_what_touches_several_is_chosen_without_a_key(visit: Opener, size: tuple[int, int]) -> None:
    one = visit(size=size)
    one.page.click("#menu summary")
    one.page.locator("#menu button", has_text="Only what touches").click()
    expect(one.page.locator("#scope button", has_text="Show only these")).to_be_disabled()
    one.click_node("bo")
    one.click_node("duty")
    expect(one.page.locator("#scope")).to_contain_text("Only what touches Bo Brown, Duty on steel")
    expect(one.page.locator("#card")).to_be_hidden()
    one.page.locator("#scope button", has_text="Show only these").click()
    assert one.page.evaluate("[...parley.state.only].sort()") == ["bo", "duty"]
    assert one.page.evaluate("[parley.isVisible('call'), parley.isVisible('tariffs')]") == [True, False]
    one.page.locator("#scope button", has_text="Show everything").click()
    assert one.page.evaluate("parley.isVisible('tariffs')")


def test_choice_of_entities_is_left_by_escape_and_adds_to_what_was_wanted(visit: Opener) -> None:
    one = visit(fragment="#only=bo")
    one.page.evaluate("parley.chooseOnly()")
    one.page.keyboard.press("Escape")
    assert one.page.evaluate("parley.isChoosing()") is False
    one.page.keyboard.press("Control+z")
    one.page.evaluate("parley.chooseOnly()")
    one.page.evaluate("parley.select('duty')")
    one.page.locator("#scope button", has_text="Show only these").click()
    assert one.page.evaluate("[...parley.state.only].sort()") == ["bo", "duty"]


def test_search_says_what_is_not_there_on_the_chosen_day(visit: Opener) -> None:
    one = visit(fragment="#at=2025-05-15")
    one.page.fill("#query", "the call")
    expect(one.page.locator("#hits li", has_text="The call")).to_contain_text("not on 15 May 2025")
    one.page.fill("#query", "ann")
    expect(one.page.locator("#hits li", has_text="Ann Açaí")).not_to_contain_text("not on")


def test_expansion_leaves_out_what_is_not_there_on_the_chosen_day_and_says_so(visit: Opener) -> None:
    one = visit(limit=1, focus=("bo",), fragment="#at=2025-05-15&node=bo")
    assert one.page.evaluate("parley.waitingAround('bo')") == 0
    one.page.evaluate("parley.expand('bo')")
    expect(one.page.locator("#notes")).to_contain_text("1 more is not there on 15 May 2025")
    one.page.locator("#notes button", has_text="All dates").click()
    one.page.evaluate("parley.expand('bo')")
    assert one.page.evaluate("parley.isVisible('call')")


def test_evidence_is_named_by_its_source(visit: Opener) -> None:
    press = node("Organization", "press", "The Very Long Daily Newspaper of A-Land", aliases=["Daily", "VLDN"])
    more = (node("Source", "second-report-of-june", "A second report"), node("Source", "third-report", "Another"), press)
    ties = (tie("report", "PUBLISHED_BY", "press"),)
    chat = tie("ann", "TOOK_PART_IN", "call", evidence=["report:p4", "report:p5", "second-report-of-june:p4", "third-report:e1"])
    chat = chat.model_copy(update={"evidence": ("report:p4", "report:p5", "second-report-of-june:p4", "third-report:e1")})
    one = visit(negotiation(*more, *ties, chat), fragment="#line=ann--TOOK_PART_IN--call")
    assert one.page.locator("#card .chip").all_inner_texts() == ["VLDN p4", "p5", "second report of p4", "third report e1"]


def test_dimmed_names_give_way_to_words_on_lines(visit: Opener) -> None:
    one = visit(read_dataset("us-china-2018-2026").graph, fragment="#node=scott-bessent")
    covered = """() => {
        const drawn = [];
        const fill = CanvasRenderingContext2D.prototype.fillText;
        CanvasRenderingContext2D.prototype.fillText = function (text, x, y) {
            const { width } = this.measureText(text);
            const tall = parseFloat(/([\\d.]+)px/.exec(this.font)[1]);
            const top = this.textBaseline === "middle" ? y - tall / 2 : y;
            const box = { left: x - width / 2, right: x + width / 2, top, bottom: top + tall };
            drawn.push({ text, dim: this.globalAlpha < 0.5, word: this.fillStyle === parley.colour("accent").toLowerCase(), box });
            return fill.apply(this, arguments);
        };
        parley.refresh();
        return new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => {
            const words = drawn.filter((one) => one.word);
            const dim = drawn.filter((one) => one.dim);
            const hit = dim.filter((one) => words.some((word) => parley.overlap(word.box, one.box)));
            done({ words: words.length, dim: dim.length, hit: hit.map((one) => one.text) });
        })));
    }"""
    found = one.page.evaluate(covered)
    assert found["words"] > 0
    assert found["dim"] > 0
    assert found["hit"] == []


def test_mailed_file_offers_no_pages_of_the_service(visit: Opener) -> None:
    one = visit()
    assert one.page.locator("#menu a").count() == 0


@pytest.fixture
def opened(browser: Browser, served: str, london: Store) -> Iterator[object]:
    """Opens a path of the service over the London data set; at the end the page must have said nothing."""
    assert london
    visits: list[Visit] = []

    def open_path(path: str, size: tuple[int, int] = DESK) -> Visit:
        visits.append(open_address(browser, served + path, size, "light"))
        return visits[-1]

    yield open_path
    for one in visits:
        assert one.spoken == []
        one.page.context.close()


def menu(page: Page) -> dict[str, str]:
    """The links of the menu by their words."""
    page.click("#menu summary")
    links = page.locator("#menu a")
    return dict(links.evaluate_all("all => all.map((one) => [one.textContent, one.getAttribute('href')])"))


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_menu_draws_the_graph_in_three_ways(opened: Opener, size: tuple[int, int]) -> None:
    one = opened("/?as_of=2025-06#node=howard-lutnick&pin=howard-lutnick:10:10", size)
    assert menu(one.page)["Overview of groups"].startswith("/?as_of=2025-06&draw=groups#node=howard-lutnick&")
    one.page.locator("#menu a", has_text="Overview of groups").click()
    one.page.wait_for_selector("body[data-ready] #groups")
    assert one.shown().startswith("1 of 98 entities shown, 97 in 20 groups, ")
    assert menu(one.page)["Everything at once"].startswith("/?as_of=2025-06&draw=whole#node=howard-lutnick")
    one.page.locator("#menu a", has_text="Everything at once").click()
    one.page.wait_for_url("**draw=whole**")
    one.page.wait_for_selector("body[data-ready]")
    assert one.page.evaluate("parley.page.draw") == "whole"
    assert one.page.evaluate("parley.nodes.size === parley.visibleNodes().length")
    one.page.click("#menu summary")
    expect(one.page.locator("#menu a[aria-current]")).to_have_text("Everything at once")


def test_menu_leads_to_every_page(opened: Opener, served: str) -> None:
    one = opened("/")
    pages = {address for address in menu(one.page).values() if "draw=" not in address}
    assert {"/queries", "/search", "/cypher", "/docs", "/"} <= pages


@pytest.mark.parametrize(
    ("path", "embedded"),
    [
        ("/?draw=groups", "/embed?draw=groups"),
        ("/entities/howard-lutnick?as_of=2025-06", "/embed/entities/howard-lutnick?as_of=2025-06"),
        (
            "/api/v1/graph.html?around=howard-lutnick&depth=1&label=Person&draw=first",
            "/embed?around=howard-lutnick&depth=1&label=Person&draw=first",
        ),
    ],
)
def test_every_picture_can_be_embedded_and_leads_back(opened: Opener, served: str, path: str, embedded: str) -> None:
    one = opened(f"{path}#theme=dark")
    code = one.page.evaluate("parley.embedCode()").replace("&amp;", "&")
    assert f'src="{served}{embedded}#' in code
    frame = opened(f"{embedded}#theme=dark")
    expect(frame.page.locator("header")).to_be_hidden()
    back = frame.page.locator("#home").get_attribute("href")
    assert back is not None
    assert back.split("#")[0] == path
    assert frame.page.evaluate("[...parley.nodes.keys()].sort()") == one.page.evaluate("[...parley.nodes.keys()].sort()")


def test_kinds_that_come_with_an_expansion_have_a_row_in_the_legend(opened: Opener) -> None:
    one = opened("/api/v1/graph.html?around=howard-lutnick&depth=1&label=Person#node=howard-lutnick")
    assert one.page.locator("#legend label", has_text="Rounds of talks").count() == 0
    while one.page.evaluate("parley.waitingAround('howard-lutnick')"):
        one.page.evaluate("parley.expand('howard-lutnick')")
    one.page.locator("#card .deeds button", has_text="Expand").click()
    expect(one.page.locator("#legend label", has_text="Rounds of talks").locator("b")).to_have_text("1")
    expect(one.page.locator("#legend label", has_text="Rounds of talks").locator("input")).to_be_checked()


def test_search_beyond_the_page_says_what_is_not_there_on_the_chosen_day(opened: Opener) -> None:
    one = opened("/api/v1/graph.html?around=howard-lutnick&depth=1&label=Person#at=2025-05-01")
    one.page.fill("#query", "london talks")
    hit = one.page.locator("#hits li", has_text=re.compile("^London talksRound"))
    expect(hit).to_contain_text("not on 1 May 2025")
    hit.dispatch_event("mousedown")
    expect(one.page.locator("#card h2")).to_have_text("London talks")
    assert one.page.evaluate("parley.isVisible(parley.state.selected) && parley.state.date > '2025-05-01'")


def test_head_of_a_part_says_which_part(opened: Opener) -> None:
    one = opened("/api/v1/graph.html?around=howard-lutnick&depth=2&label=Person")
    assert "around Howard Lutnick, 2 steps, Person only" in one.page.locator("#rests").inner_text()
