"""Hostile texts in a real browser: shown as text, none runs, none makes a link or a request."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Browser, expect

from graphapi.errors import InputRefused
from graphapi.ingest import read_dataset
from graphapi.ingest.load import load
from graphapi.store import Store
from tests.browser.conftest import DESK, Opener, Visit
from tests.browser.negotiation import ONTOLOGY, negotiation
from tests.datasets import FACTS, HEAD, write_dataset
from tests.hostile_texts import ADDRESSES, COLOURS, IDS, KEYS, PICTURES, TEXTS, obedient, planted, renamed, shown
from visualizer import View, draw, style

# What the picture hands to vis-network for a node and for a line, and nothing else.
NODE_KEYS = {"id", "x", "y", "size", "shape", "ctxRenderer", "fixed"}
LINE_KEYS = {"id", "from", "to", "dashes", "width", "color", "smooth", "arrows"}
WATCH = """() => {
    const seen = { nodes: new Set(), lines: new Set() };
    const update = vis.DataSet.prototype.update;
    vis.DataSet.prototype.update = function (items) {
        for (const item of items) for (const key of Object.keys(item)) seen["from" in item ? "lines" : "nodes"].add(key);
        return update.apply(this, arguments);
    };
    const bad = () => { window.__xss = 1; };
    const extra = { physics: true, image: "https://example.org/x.png", title: "<img>" };
    for (const node of parley.nodes.values()) Object.assign(node, extra, { chosen: { node: bad }, label: "<b>" });
    for (const line of parley.lines.values()) Object.assign(line, extra, { chosen: { edge: bad } });
    parley.restart();
    return { nodes: [...seen.nodes], lines: [...seen.lines] };
}"""
ALIVE = "script, iframe, img, object, embed, form, base, meta"


def named(cases: dict[str, str]) -> Any:
    return pytest.mark.parametrize("text", cases.values(), ids=cases.keys())


def open_everything(one: Visit, text: str) -> None:
    """Open cards, evidence, the table and the search, and see the text in each."""
    for identifier in ("first-round", "kept", "report", "keeping"):
        one.page.evaluate("id => parley.select(id)", identifier)
        expect(one.page.locator("#card h2")).to_contain_text(identifier)
        for chip in one.page.locator("#card .chip").all():
            chip.click()
        assert text in one.card()
    one.page.evaluate("id => parley.selectLine(id)", one.page.evaluate("[...parley.lines.keys()][0]"))
    one.page.click("#as-table")
    assert text in one.page.locator("#table").inner_text()
    one.page.fill("#query", "ann")
    assert text in one.page.locator("#hits").inner_text()


def assert_dead(one: Visit) -> None:
    """Nothing of the data became markup or a link that is not http or https."""
    assert one.page.locator(", ".join(f"body {tag}:not(script)" for tag in ALIVE.split(", ") if tag != "script")).count() == 0
    assert one.page.locator("header script, main script, #story script, #time script").count() == 0
    addresses = one.page.eval_on_selector_all("a:not(.skip)", "links => links.map((link) => link.getAttribute('href'))")
    assert [address for address in addresses if not re.match(r"https?://|/api/v1/|/entities/", address)] == []


@named(TEXTS)
def test_text_is_shown_and_runs_nothing(visit: Opener, text: str) -> None:
    one = visit(planted(text), title=f"A title {text}")
    assert f"A title {shown(text)}" in one.page.locator("h1").inner_text()
    open_everything(one, shown(text).strip())
    assert_dead(one)


@named(TEXTS)
def test_story_is_told_as_text(visit: Opener, text: str) -> None:
    one = visit(planted(text), story="told")
    bar = one.page.locator("#story")
    for said in (f"Story {shown(text)}", f"First {shown(text)}", f"{shown(text)} said Ann"):
        assert said in bar.inner_text()
    one.page.locator(".story-next").click()
    expect(bar.locator("h2")).to_have_text(shown(text))
    one.page.click("#stories summary")
    assert f"Story {shown(text)}" in one.page.locator("#stories").inner_text()
    one.page.keyboard.press("Escape")
    assert_dead(one)


@named(TEXTS)
def test_names_of_data_sets_sides_and_dates_are_text(visit: Opener, text: str) -> None:
    one = visit(planted(text), title=f"A title {text}", fragment="#node=ann&at=2025-06-09&v=x@1")
    assert f"version {shown(text)}" in one.page.locator("#rests").inner_text()
    assert f"a-land {shown(text)}" in one.page.locator("#legend").inner_text()
    assert shown(text) in one.page.locator("#notes").inner_text()
    one.page.evaluate("parley.tellAbout()")
    assert f"A title {shown(text)}" in one.page.locator("#notes").inner_text()
    for chip in one.page.locator("#card .chip").all():
        assert shown(text).strip()[:3] in chip.inner_text() or "report" in chip.inner_text()
    assert_dead(one)


@named(TEXTS)
def test_overview_names_groups_and_sides_as_text(visit: Opener, text: str) -> None:
    one = visit(planted(text), overview=True)
    one.page.click("#groups summary")
    assert f"a-land {shown(text)}" in one.page.locator("#groups").inner_text()
    one.page.click("#as-table")
    assert f"a-land {shown(text)}" in one.page.locator("#table-groups").inner_text()
    assert_dead(one)


@named(ADDRESSES | PICTURES)
def test_address_that_is_not_http_becomes_no_link(visit: Opener, text: str) -> None:
    one = visit(planted(text), fragment="#node=report")
    assert one.page.locator("#card a").count() == 0
    for chip in one.page.locator("#card .chip").all():
        chip.click()
    assert one.page.locator("#card a").count() == 0
    one.page.evaluate("text => parley.byId('card').append(parley.link(text, 'a name'))", text)
    assert one.page.locator("#card a").count() == 0
    assert_dead(one)


def test_http_address_becomes_a_link_that_tells_nobody_where_from(visit: Opener) -> None:
    link = visit(fragment="#node=report").page.locator("#card a", has_text="Its own page")
    assert {name: link.get_attribute(name) for name in ("href", "rel", "referrerpolicy", "target")} == {
        "href": "https://example.org/report",
        "rel": "noopener noreferrer",
        "referrerpolicy": "no-referrer",
        "target": "_blank",
    }


@named(IDS)
def test_hostile_id_is_an_id_like_others(visit: Opener, text: str) -> None:
    one = visit(renamed(text))
    one.page.evaluate("id => parley.select(id)", text)
    expect(one.page.locator("#card h2")).to_have_text("Bo Brown")
    assert one.page.evaluate("Object.prototype.kind") is None
    one.page.reload()
    one.page.wait_for_selector("body[data-ready]")
    expect(one.page.locator("#card h2")).to_have_text("Bo Brown")
    assert_dead(one)


@named(COLOURS)
def test_hostile_colour_is_replaced(text: str) -> None:
    assert style.safe_colour(text) == style.FALLBACK


def test_properties_that_the_drawing_library_would_obey_do_not_reach_it(visit: Opener) -> None:
    one = visit(obedient(KEYS))
    assert (
        one.page.evaluate(
            "[...parley.nodes.values(), ...parley.lines.values()].filter((one) => 'chosen' in one || 'physics' in one).length"
        )
        == 0
    )
    handed = one.page.evaluate(WATCH)
    assert {"id", "x", "y"} <= set(handed["nodes"]) <= NODE_KEYS
    assert {"id", "from", "to"} <= set(handed["lines"]) <= LINE_KEYS


@named(TEXTS)
def test_saved_drawing_and_graphml_hold_texts_and_run_nothing(browser: Browser, visit: Opener, tmp_path: Path, text: str) -> None:
    one = visit(planted(text))
    files = {
        "svg": one.page.evaluate("parley.asSvg(parley.drawnPicture())"),
        "told": one.page.evaluate("() => { parley.tellStory('told', 1); return parley.asSvg(parley.drawnPicture()); }"),
        "dated": one.page.evaluate(
            "(text) => { parley.leaveStory(); parley.page.as_of = text; return parley.asSvg(parley.drawnPicture()); }", text
        ),
        "graphml": one.page.evaluate("parley.asGraphml(parley.shownGraph())"),
    }
    for name, content in files.items():
        tree = ElementTree.fromstring(content)
        said = " ".join(" ".join(tree.itertext()).split())
        if name != "graphml":
            assert " ".join(f"{shown(text)} {shown(text)}".split()) in said
            assert " ".join(f"a-land {shown(text)}".split()) in said
        else:
            assert shown(text).strip() in " ".join(tree.itertext())
        assert {one.tag.rpartition("}")[2] for one in tree.iter()} & {"script", "foreignObject", "image", "iframe", "a", "use"} == set()
        assert [key for one in tree.iter() for key in one.attrib if key.lower().startswith("on") or key.endswith("href")] == []
    file = tmp_path / "drawing.svg"
    file.write_text(files["svg"], encoding="utf-8")
    context = browser.new_context()
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(file.as_uri())
    assert (asked, page.evaluate("window.__xss")) == ([file.as_uri()], None)
    context.close()


@pytest.fixture
def hostile_service(store: Store, tmp_path: Path, served: str) -> str:
    """The address of a service on a graph whose names, captions and claims are the hostile texts that a data file may hold."""
    folder = tmp_path / "hostile"
    texts = [text for text in TEXTS.values() if shown(text) == text]
    persons = "\n".join(f"    - {villain(at, text)}" for at, text in enumerate(texts))
    presence = "\n".join(
        f"    - {{start: villain-{at}, end: first-round, note: {quoted(text)}, evidence: [report:p1]}}" for at, text in enumerate(texts)
    )
    facts = FACTS.replace("  Round:\n", f"{persons}\n  Round:\n").replace("  ANNOUNCED_FOR:\n", f"  ANNOUNCED_FOR:\n{presence}\n")
    load(store, read_dataset(write_dataset(folder, facts, HEAD.replace("A tiny negotiation", quoted("A title " + texts[0])))))
    return served


def villain(at: int, text: str) -> str:
    """A person, as a data file holds it, with the text in name, caption and aliases."""
    named = f"name: {quoted(f'Vil {text}')}, caption: {quoted(text)}, aliases: [{quoted(f'Also {text}')}]"
    return f"{{id: villain-{at}, {named}, evidence: [report:p1]}}"


def quoted(text: str) -> str:
    """A text as YAML takes it in double marks."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


@pytest.fixture
def reader(browser: Browser) -> Iterator[Visit]:
    context = browser.new_context(viewport={"width": DESK[0], "height": DESK[1]}, reduced_motion="reduce")
    one = Visit(context.new_page())
    one.page.on("console", lambda message: one.spoken.append(f"{message.type}: {message.text}"))
    one.page.on("pageerror", lambda error: one.spoken.append(str(error)))
    one.page.on("request", lambda request: one.asked.append(request.url))
    yield one
    context.close()


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/entities/villain-0",
        "/search?q=vil",
        "/search?q=%3C/script%3E%3Cscript%3Ewindow.__xss=1%3C/script%3E",
        "/queries",
        "/queries/attendees?event=first-round",
        "/queries/attendees?event=%22%3E%3Cimg%20src=x%20onerror=window.__xss=1%3E",
        "/queries/attendees?event=first-round&as_of=%3Cscript%3Ewindow.__xss=1%3C/script%3E",
    ],
)
def test_pages_of_the_service_show_hostile_texts_and_run_none(hostile_service: str, reader: Visit, path: str) -> None:
    answer = reader.page.goto(hostile_service + path)
    assert answer is not None
    reader.page.wait_for_load_state("load")
    if path in ("/", "/entities/villain-0"):
        reader.page.wait_for_selector("body[data-ready]")
    assert reader.page.evaluate("window.__xss") is None
    refused = [line for line in reader.spoken if "status of 40" not in line]
    assert refused == []
    assert [asked for asked in reader.asked if asked != f"{hostile_service}{path}" and not asked.startswith("data:")] == []
    assert reader.page.locator("main img, main iframe, main script").count() == 0
    if path in ("/search?q=vil", "/queries/attendees?event=first-round", "/entities/villain-0"):
        assert "<script>window.__xss=1" in reader.page.locator("body").inner_text()


def test_title_of_a_page_is_text() -> None:
    for text in TEXTS.values():
        page = draw(negotiation(), View(title=text), ONTOLOGY).html.decode()
        assert page.count("<script") == draw(negotiation(), View(title="calm"), ONTOLOGY).html.decode().count("<script")


@named(TEXTS)
def test_graph_of_a_date_that_is_none_is_not_drawn(text: str) -> None:
    with pytest.raises(InputRefused):
        draw(negotiation().model_copy(update={"as_of": text}), View(title="calm"), ONTOLOGY)
