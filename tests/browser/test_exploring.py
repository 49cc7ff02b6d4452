"""What a reader does with the picture: hide, pin, expand, collapse, ask for a path; undone, done again, and kept in the address."""

from urllib.parse import unquote

import pytest
from playwright.sync_api import expect

from graphapi.model import Graph
from tests.browser.conftest import DESK, PHONE, Opener, Visit
from tests.browser.negotiation import crowd, negotiation, node, tie

SIZES = pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
Size = tuple[int, int]


def visible(one: Visit) -> set[str]:
    return set(one.page.evaluate("parley.visibleNodes().map((node) => node.id)"))


def fragment(one: Visit) -> dict[str, str]:
    found: dict[str, str] = one.page.evaluate("Object.fromEntries(new URLSearchParams(location.hash.slice(1)))")
    return found


def do(one: Visit, deed: str) -> None:
    """Press a button in the head of the card."""
    one.page.locator("#card .deeds button", has_text=deed).click()


def star(size: int) -> Graph:
    """A body to which this many places belong, more than the picture shows at first."""
    around = [node("Place", f"town-{at:02}", f"Town {at}", kind="city") for at in range(size)]
    ties = [tie("a-land", "HOSTED", "call")] + [tie(one.id, "PART_OF", "a-land") for one in around]
    return negotiation(*around, *ties)


@SIZES
def test_hidden_entity_leaves_and_undo_brings_it_back(visit: Opener, size: Size) -> None:
    one = visit(size=size, fragment="#node=ann")
    before = visible(one)
    do(one, "Hide")
    assert visible(one) == before - {"ann"}
    expect(one.page.locator("#card")).to_be_hidden()
    assert fragment(one)["hide"] == "ann"
    one.page.click("#undo")
    assert visible(one) == before
    assert "hide" not in fragment(one)
    one.page.keyboard.press("Control+Shift+Z")
    assert visible(one) == before - {"ann"}
    one.page.keyboard.press("Control+z")
    assert visible(one) == before
    expect(one.page.locator("#undo")).to_be_disabled()


def test_hide_key_leaves_no_line_behind_and_selecting_brings_it_back(visit: Opener) -> None:
    one = visit(fragment="#node=ann")
    one.page.focus("#network")
    one.page.keyboard.press("h")
    assert one.page.evaluate("parley.visibleLines().filter((line) => line.from === 'ann' || line.to === 'ann').length") == 0
    one.page.fill("#query", "ann")
    one.page.keyboard.press("Enter")
    assert "ann" in visible(one)


def test_keys_do_nothing_while_typing(visit: Opener) -> None:
    one = visit(fragment="#node=ann")
    before = visible(one)
    one.page.focus("#query")
    one.page.keyboard.type("hope?")
    assert visible(one) == before
    assert one.page.input_value("#query") == "hope?"


@SIZES
def test_bring_back_all(visit: Opener, size: Size) -> None:
    one = visit(size=size, fragment="#hide=ann,bo")
    before = visible(one)
    assert not before & {"ann", "bo"}
    one.page.click("#menu summary")
    panel = one.page.locator("#menu > div").bounding_box()
    assert panel is not None
    assert 0 <= panel["x"] <= panel["x"] + panel["width"] <= size[0]
    one.page.locator("#menu button", has_text="Bring back all (2 hidden)").click()
    assert visible(one) == before | {"ann", "bo"}


def test_dragged_node_is_pinned_where_it_was_dropped_and_stays_in_the_link(visit: Opener) -> None:
    one = visit()
    start = one.page.evaluate("parley.nodes.get('ann').at")
    box = one.page.locator("#network").bounding_box()
    at = one.page.evaluate("parley.onStage(parley.nodes.get('ann').at)")
    assert box is not None
    one.page.mouse.move(box["x"] + at["x"], box["y"] + at["y"])
    one.page.mouse.down()
    one.page.mouse.move(box["x"] + at["x"] + 40, box["y"] + at["y"] - 60, steps=6)
    one.page.mouse.up()
    there = one.page.evaluate("parley.nodes.get('ann').at")
    assert there["x"] > start["x"] + 10
    assert there["y"] < start["y"] - 10
    assert fragment(one)["pin"] == f"ann:{round(there['x'])}:{round(there['y'])}"
    again = visit(fragment=one.page.evaluate("location.hash"))
    assert again.page.evaluate("parley.nodes.get('ann').at") == {"x": round(there["x"]), "y": round(there["y"])}
    one.page.keyboard.press("Control+z")
    assert one.page.evaluate("parley.nodes.get('ann').at") == start
    assert "pin" not in fragment(one)


def test_pin_button_turns_into_unpin(visit: Opener) -> None:
    one = visit(fragment="#node=ann")
    do(one, "Pin")
    assert fragment(one)["pin"].startswith("ann:")
    do(one, "Unpin")
    assert "pin" not in fragment(one)


@SIZES
def test_only_what_touches_these(visit: Opener, size: Size) -> None:
    one = visit(size=size, fragment="#node=bo")
    everybody = visible(one)
    do(one, "Only this")
    tied = set(one.page.evaluate("[...new Set(parley.neighbours('bo'))]"))
    assert visible(one) == everybody & (tied | {"bo"})
    expect(one.page.locator("#scope")).to_contain_text("Only what touches Bo Brown")
    one.page.evaluate("parley.select('call')")
    do(one, "Add to only")
    one.page.evaluate("parley.select('deal')")
    assert {"deal", "a-land"} <= visible(one)
    assert fragment(one)["only"] == "bo,call,deal"
    do(one, "Not only this")
    assert fragment(one)["only"] == "bo,call"
    one.page.locator("#scope button").click()
    assert everybody <= visible(one)


def test_collapse_takes_out_what_hangs_only_on_it(visit: Opener) -> None:
    one = visit(fragment="#node=deal")
    assert one.page.evaluate("parley.hangingOn('deal')") == ["tariffs"]
    do(one, "Collapse")
    assert "tariffs" not in visible(one)
    assert {"deal", "a-land", "b-land"} <= visible(one)
    one.page.keyboard.press("Control+z")
    assert "tariffs" in visible(one)


@SIZES
def test_expand_brings_in_forty_at_a_time_near_it(visit: Opener, size: Size) -> None:
    one = visit(star(70), size=size, fragment="#node=a-land")
    waiting = one.page.evaluate("parley.waitingAround('a-land')")
    assert waiting > 40
    before = len(visible(one))
    do(one, f"Expand ({waiting})")
    assert len(visible(one)) == before + 40
    expect(one.page.locator("#notes")).to_contain_text(f"40 of {waiting} more around A-Land brought in")
    one.page.locator("#notes button.act").click()
    assert len(visible(one)) == before + waiting
    assert one.page.evaluate("parley.waitingAround('a-land')") == 0
    over = """() => {
        const boxes = parley.visibleNodes().map((node) => parley.boxAt(node, node.at.x, node.at.y));
        return boxes.some((one, at) => boxes.slice(at + 1).some((other) => parley.overlap(one, other)));
    }"""
    assert not one.page.evaluate(over)
    one.page.keyboard.press("Control+z")
    one.page.keyboard.press("Control+z")
    assert len(visible(one)) == before


def test_mailed_file_says_that_more_needs_the_service(visit: Opener) -> None:
    one = visit(fragment="#node=duty")
    one.page.focus("#network")
    one.page.keyboard.press("e")
    expect(one.page.locator("#notes")).to_contain_text("More needs the service")


def test_double_click_expands(visit: Opener) -> None:
    one = visit(star(70))
    before = len(visible(one))
    at = one.page.evaluate("parley.onStage(parley.nodes.get('a-land').at)")
    one.page.locator("#network").dblclick(position={"x": at["x"], "y": at["y"]})
    expect(one.page.locator("#card h2")).to_have_text("A-Land")
    assert len(visible(one)) == before + 40


@SIZES
def test_path_is_found_told_and_drawn(visit: Opener, size: Size) -> None:
    one = visit(size=size, fragment="#node=ann")
    do(one, "Path from here")
    expect(one.page.locator("#scope")).to_contain_text("choose where it ends")
    one.page.fill("#query", "tariffs")
    one.page.keyboard.press("Enter")
    expect(one.page.locator("#card h2")).to_have_text("Ann Açaí – Tariffs")
    steps = one.page.locator("#card .chain .named").all_inner_texts()
    assert [text.split("\n")[-1] for text in steps] == ["Ann Açaí", "A-Land delegation", "First round", "The deal", "Tariffs"]
    assert one.page.locator("#card .chain .chip").count() == 4
    assert fragment(one)["path"] == "ann..tariffs"
    assert set(one.page.evaluate("parley.state.path.nodes")) == {"ann", "first-round", "deal", "tariffs"}
    drawn = one.page.evaluate("parley.state.path.lines")
    assert {"first-round--PRODUCED--deal", "deal--ADDRESSES--tariffs"} <= set(drawn)
    one.page.focus("#network")
    one.page.keyboard.press("Escape")
    expect(one.page.locator("#card")).to_be_hidden()
    assert "path" not in fragment(one)


def test_path_takes_no_step_that_is_denied_or_planned_or_said_nor_through_a_country(visit: Opener) -> None:
    one = visit()
    ids = one.page.evaluate(
        """() => {
            const ends = [...parley.entities.keys()];
            const steps = [];
            for (const from of ends) for (const to of ends) {
                if (from === to) continue;
                for (const chain of parley.findChains(from, to).paths) chain.steps.forEach((step, at) => {
                    const inner = at < chain.steps.length - 1;
                    steps.push([step.relationship.id.split("--")[1], inner ? parley.entities.get(step.to.id).kind : ""]);
                });
            }
            return steps;
        }"""
    )
    types, kinds = ({step[at] for step in ids} for at in (0, 1))
    assert len(ids) > 50
    assert not types & {"ABSENT_FROM", "ANNOUNCED_FOR", "NOT_PARTY_TO", "LEAVES_OUT", "SAID", "ANSWERS_IN", "CREDITED_IN"}
    assert not kinds & {"Country", "Place", "Claim", "Dispute", "Source", "Position"}


def test_nothing_is_said_to_be_connected_that_is_not(visit: Opener) -> None:
    one = visit(fragment="#path=bo..tariffs")
    expect(one.page.locator("#card")).to_contain_text("no connection of at most 8 steps between Bo Brown and Tariffs")


def test_delegation_to_what_is_only_announced_is_no_step(visit: Opener) -> None:
    ahead = node("Round", "ahead", "Round ahead", kind="round", status="announced")
    one = visit(negotiation(ahead, tie("a-team", "SENT_TO", "ahead")), fragment="#path=ann..ahead")
    expect(one.page.locator("#card")).to_contain_text("no connection")


def test_all_shortest_chains_are_told_at_most_25(visit: Opener) -> None:
    clubs = [node("Organization", f"club-{at:02}", f"Club {at}") for at in range(30)]
    ties = [tie(person, "MEMBER_OF", club.id) for club in clubs for person in ("bo", "cy")]
    one = visit(negotiation(*clubs, *ties), fragment="#path=bo..cy")
    expect(one.page.locator("#card .chain")).to_have_count(25)
    expect(one.page.locator("#card")).to_contain_text("25 of more shortest chains of 2 steps")
    one.page.locator("#card .chain button", has_text="Draw only this").nth(3).click()
    assert one.page.evaluate("parley.state.path.nodes").sort() == ["bo", "cy", "club-03"].sort()
    assert len(one.page.evaluate("parley.state.path.nodes")) == 3


def test_card_of_an_entity_on_the_path_leads_back_to_the_path(visit: Opener) -> None:
    one = visit(fragment="#path=ann..tariffs")
    one.page.locator("#card .chain button.entity", has_text="The deal").click()
    expect(one.page.locator("#card h2")).to_have_text("The deal")
    one.page.keyboard.press("Escape")
    expect(one.page.locator("#card h2")).to_have_text("Ann Açaí – Tariffs")


def test_arrows_walk_along_relationships_and_with_shift_by_place(visit: Opener) -> None:
    one = visit(fragment="#node=ann")
    one.page.focus("#network")
    for key in ("ArrowRight", "ArrowDown", "ArrowLeft", "ArrowUp") * 2:
        before = one.page.evaluate("parley.state.selected")
        one.page.keyboard.press(key)
        after = one.page.evaluate("parley.state.selected")
        assert after == before or after in one.page.evaluate("id => parley.neighbours(id)", before)
        if after == before:
            expect(one.page.locator("#live")).to_contain_text("No relationship leads")
    one.page.evaluate("parley.select('bo')")
    one.page.focus("#network")
    one.page.keyboard.press("Shift+ArrowLeft")
    there = one.page.evaluate("[parley.nodes.get(parley.state.selected).at.x, parley.nodes.get('bo').at.x]")
    assert there[0] < there[1]


@SIZES
def test_question_mark_opens_the_keys_and_escape_closes_them(visit: Opener, size: Size) -> None:
    one = visit(size=size, fragment="#node=ann")
    one.page.focus("#network")
    one.page.keyboard.press("?")
    expect(one.page.locator("#help")).to_be_visible()
    sheet = one.page.locator("#help").bounding_box()
    assert sheet is not None
    assert sheet["x"] >= 0
    assert sheet["x"] + sheet["width"] <= size[0]
    one.page.keyboard.press("h")
    one.page.keyboard.press("Escape")
    expect(one.page.locator("#help")).to_be_hidden()
    expect(one.page.locator("#card h2")).to_have_text("Ann Açaí")


@SIZES
def test_state_comes_back_from_the_address(visit: Opener, size: Size) -> None:
    pins = {DESK: "bo:12:-34,ann:7:7:n", PHONE: "bo:12:-34:n,ann:7:7"}[size]
    whole = f"#node=bo&off=lines%3Apresence&theme=dark&show=harbour&hide=duty&pin={pins}&only=bo,deal,harbour&v=tiny%401.0.0"
    one = visit(size=size, fragment=whole)
    expect(one.page.locator("#notes")).to_be_hidden()
    state = one.page.evaluate("[...parley.state.only].concat([...parley.state.hidden])")
    assert sorted(state) == ["bo", "deal", "duty", "harbour"]
    assert "harbour" in visible(one)
    assert "duty" not in visible(one)
    assert one.page.evaluate("parley.nodes.get('bo').at") == {"x": 12, "y": -34}
    assert one.page.evaluate("parley.nodes.get('ann').at") != {"x": 7, "y": 7}
    told = one.page.evaluate("parley.fragment()")
    assert all(pin in unquote(told) for pin in pins.split(","))
    again = visit(size=size, fragment=f"#{told}")
    assert again.page.evaluate("parley.fragment()") == told
    assert visible(again) == visible(one)


@pytest.mark.parametrize(
    ("broken", "said"),
    [
        ("#node=nobody", "entity “nobody”"),
        ("#show=ann,nobody,__proto__", "entity “nobody”, entity “__proto__”"),
        ("#hide=nobody", "hidden entity “nobody”"),
        ("#pin=ann:x:1", "pinned place “ann:x:1”"),
        ("#pin=ann:1:99999999", "pinned place"),
        ("#at=2025-02-30", "date “2025-02-30”"),
        ("#only=nobody", "entity “nobody”"),
        ("#path=ann..nobody", "path “ann..nobody”"),
        ("#path=ann..ann", "path “ann..ann”"),
        ("#story=none.1", "story “none.1”"),
        ("#line=constructor", "line “constructor”"),
        ("#off=x:y,constructor:z", "filter “x:y”"),
        ("#node=ann&v=tiny@0.9.0", "It was made with tiny@0.9.0; this page holds tiny@1.0.0."),
        ("#node=%3Cimg%20src%3Dx%20onerror%3Dwindow.__xss%3D1%3E", "entity “<img src=x onerror=window.__xss=1>”"),
    ],
)
def test_broken_address_shows_the_rest_and_says_what_is_missing(visit: Opener, broken: str, said: str) -> None:
    one = visit(fragment=broken)
    expect(one.page.locator("#notes")).to_contain_text(said)
    assert {"ann", "bo"} <= visible(one)
    one.page.locator("#notes .close").click()
    expect(one.page.locator("#notes")).to_be_hidden()


def test_followed_link_can_be_undone(visit: Opener) -> None:
    one = visit()
    before = visible(one)
    one.page.evaluate("location.hash = '#hide=ann,bo'")
    expect(one.page.locator("#undo")).to_be_enabled()
    assert visible(one) == before - {"ann", "bo"}
    one.page.click("#undo")
    assert visible(one) == before


@pytest.mark.parametrize(
    ("live", "pages"), [("/api/v1", ["/", "/queries", "/search", "/cypher", "/docs"]), (None, [])], ids=["served", "mailed"]
)
def test_menu_links_the_other_pages_only_where_they_are(visit: Opener, live: str | None, pages: list[str]) -> None:
    one = visit(live=live)
    one.page.click("#menu summary")
    assert one.page.locator("#menu a").evaluate_all("all => all.map((link) => link.getAttribute('href'))") == pages


def test_window_that_turns_keeps_what_was_shown_and_hidden(visit: Opener) -> None:
    one = visit(crowd(80), fragment="#show=n77,n78&hide=n1")
    assert {"n77", "n78"} <= visible(one)
    one.page.evaluate("parley.hide('n2')")
    expect(one.page.locator("#undo")).to_be_enabled()
    one.page.set_viewport_size({"width": 390, "height": 844})
    expect(one.page.locator("#undo")).to_be_disabled()
    assert {"n77", "n78"} <= visible(one)
    assert not {"n1", "n2"} & visible(one)


def test_window_that_turns_keeps_the_path(visit: Opener) -> None:
    one = visit(fragment="#path=ann..tariffs")
    drawn = one.page.evaluate("parley.state.path.lines")
    assert drawn
    one.page.set_viewport_size({"width": 390, "height": 844})
    settled = """async () => {
        const stands = () => parley.isNarrow() && parley.state.path.lines.length;
        for (let frame = 0; frame < 60; frame += 1) await new Promise(requestAnimationFrame);
        return stands() ? parley.state.path.lines : [];
    }"""
    assert one.page.evaluate(settled) == drawn
