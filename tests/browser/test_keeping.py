"""What a reader saves and hands on, read back: pictures, GraphML, links and embed code; from a file, with no network."""

import base64
import io
import json
import struct
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import networkx
import pytest
from playwright.sync_api import expect

from graphapi.model import Graph
from tests.browser.conftest import DESK, PHONE, Opener, Visit
from tests.browser.negotiation import ONTOLOGY, negotiation, planted

SVG, GRAPHML = "{http://www.w3.org/2000/svg}", "{http://graphml.graphdrawing.org/xmlns}"
DRAWN = {"svg", "title", "desc", "rect", "g", "path", "text", "circle"}
SIZES = pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
COLOURS = """async (address) => {
    const image = Object.assign(new Image(), { src: address });
    await image.decode();
    const canvas = Object.assign(document.createElement("canvas"), { width: image.naturalWidth, height: image.naturalHeight });
    const context = canvas.getContext("2d");
    context.drawImage(image, 0, 0);
    const pixels = new Uint32Array(context.getImageData(0, 0, canvas.width, canvas.height).data.buffer);
    const hex = (value) => value.toString(16).padStart(2, "0").toUpperCase();
    return [...new Set(pixels)].map((one) => "#" + hex(one & 255) + hex((one >> 8) & 255) + hex((one >> 16) & 255));
}"""


def saved(visit: Visit, form: str) -> bytes:
    visit.page.click("#export summary")
    with visit.page.expect_download() as waiting:
        visit.page.click(f"#export-{form}")
    assert waiting.value.suggested_filename.endswith(f".{form}")
    return Path(waiting.value.path()).read_bytes()


def drawn(visit: Visit) -> ElementTree.Element:
    return ElementTree.fromstring(saved(visit, "svg"))


def words(root: ElementTree.Element) -> list[str]:
    return [element.text or "" for element in root.iter(f"{SVG}text")]


def titles(root: ElementTree.Element) -> set[str]:
    return {element.text or "" for element in root.iter(f"{SVG}title")}


@SIZES
def test_svg_is_vectors_and_text_with_every_name_that_is_shown(visit: Opener, size: tuple[int, int]) -> None:
    one = visit(size=size)
    root = drawn(one)
    names = set(one.page.evaluate("parley.visibleNodes().map((node) => parley.nameOf(node.id))"))
    assert names
    assert names <= titles(root)
    joined = " ".join(words(root))
    assert all(name in joined for name in names)
    assert {element.tag.removeprefix(SVG) for element in root.iter()} == DRAWN
    assert any(title.startswith("Ann Açaí – ") and title.endswith("(only announced or pending) – First round") for title in titles(root))
    assert "Inter" in (root.get("font-family") or "")
    assert len(list(root.iter(f"{SVG}path"))) > 2 * len(names)


@SIZES
def test_png_is_twice_the_picture_in_the_colours_of_the_sides(visit: Opener, size: tuple[int, int]) -> None:
    one = visit(size=size)
    root, content = drawn(one), saved(one, "png")
    assert content.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", content[16:24])
    assert (width, height) == (2 * int(root.get("width", "")), 2 * int(root.get("height", "")))
    seen = set(one.page.evaluate(COLOURS, f"data:image/png;base64,{base64.b64encode(content).decode()}"))
    assert {ONTOLOGY.palette.sides[0].light, ONTOLOGY.palette.sides[1].light, ONTOLOGY.palette.agreement.light} <= seen


def test_saved_picture_has_the_theme_of_the_page(visit: Opener) -> None:
    root = drawn(visit(fragment="#theme=dark"))
    fills = {element.get("fill") for element in root.iter()}
    assert ONTOLOGY.palette.sides[0].dark in fills
    assert ONTOLOGY.palette.sides[0].light not in fills


def test_picture_is_saved_with_what_stands_out_and_what_a_filter_hides(visit: Opener) -> None:
    one = visit()
    assert not [element for element in drawn(one).iter(f"{SVG}g") if element.get("opacity") == "0.2"]
    one.page.evaluate("parley.select('deal')")
    chosen = drawn(one)
    assert [element for element in chosen.iter(f"{SVG}g") if element.get("opacity") == "0.2"]
    assert any("party" in text for text in words(chosen))
    one.page.evaluate("parley.toggle('kind', 'Person', false)")
    assert "Bo Brown" not in titles(drawn(one))


@pytest.mark.parametrize("form", ["svg", "png", "csv", "json", "graphml"])
def test_the_same_picture_is_saved_as_the_same_bytes(visit: Opener, form: str) -> None:
    assert saved(visit(), form) == saved(visit(), form)


CAPTION = "A tiny negotiation · as of 2025-06 · tiny 1.0.0 · 1 source · Parley"


def test_caption_says_what_it_rests_on_in_every_form(visit: Opener) -> None:
    one = visit(negotiation().model_copy(update={"as_of": "2025-06"}))
    root = drawn(one)
    assert root.findtext(f"{SVG}desc") == CAPTION
    assert CAPTION in " ".join(words(root))
    assert {"A-Land", "B-Land", "At the table"} <= set(words(root))
    assert ElementTree.fromstring(saved(one, "graphml")).findtext(f"{GRAPHML}desc") == CAPTION
    graph = json.loads(saved(one, "json"))
    assert graph["about"] == {
        "title": "A tiny negotiation",
        "as_of": "2025-06",
        "datasets": [{"id": "tiny", "version": "1.0.0"}],
        "sources": 1,
        "made_with": "Parley",
    }
    with one.page.expect_download() as waiting:
        one.page.evaluate("document.getElementById('export-csv').click()")
    assert waiting.value.suggested_filename == "tiny-1.0.0-as-of-2025-06.csv"


def test_date_of_the_time_bar_is_the_date_of_what_is_saved(visit: Opener) -> None:
    one = visit(fragment="#at=2025-05-20")
    assert json.loads(saved(one, "json"))["as_of"] == "2025-05-20"
    assert "as of 2025-05-20" in (drawn(one).findtext(f"{SVG}desc") or "")


def read(content: bytes) -> Any:
    return networkx.read_graphml(io.BytesIO(content))


@SIZES
def test_networkx_reads_the_graphml_of_what_is_shown(visit: Opener, size: tuple[int, int]) -> None:
    one = visit(size=size)
    found = read(saved(one, "graphml"))
    shown = json.loads(saved(one, "json"))
    assert dict(found.nodes(data="name")) == {node["id"]: node["name"] for node in shown["nodes"]}
    assert {(start, end, data["type"]) for start, end, data in found.edges(data=True)} == {
        (tie["from"], tie["to"], tie["type"]) for tie in shown["relationships"]
    }
    assert found.nodes["first-round"]["date"] == "May 2025 (month)"
    assert found.nodes["ann"]["evidence"] == "report:p4"


@pytest.mark.parametrize(
    "text", ["</text><script>window.__xss=1</script>", "]]>&amp;<!--", "a\u0001b\u202e\ufffe", '" onload="x', "\U0001f600 ünï"]
)
def test_hostile_text_is_text_in_what_is_saved(visit: Opener, text: str) -> None:
    one = visit(planted(text))
    root = drawn(one)
    assert {element.tag.removeprefix(SVG) for element in root.iter()} == DRAWN
    assert not [name for element in root.iter() for name in element.attrib if name.startswith("on") or "href" in name]
    found = read(saved(one, "graphml"))
    names = {node["id"]: node["name"] for node in json.loads(saved(one, "json"))["nodes"]}
    assert dict(found.nodes(data="name")) == {key: name.replace("\ufffe", "") for key, name in names.items()}


def test_empty_graph_is_saved_too(visit: Opener) -> None:
    one = visit(Graph())
    assert "0 sources" in (drawn(one).findtext(f"{SVG}desc") or "")
    assert len(read(saved(one, "graphml"))) == 0
    assert saved(one, "png")


def test_link_holds_the_whole_state(visit: Opener) -> None:
    one = visit(fragment="#theme=dark")
    one.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    one.page.evaluate("parley.select('deal')")
    one.page.evaluate("parley.toggle('kind', 'Person', false)")
    one.page.click("#share summary")
    one.page.click("#share-link")
    expect(one.page.locator("#share-said")).to_have_text("Link copied: it holds the whole state of the picture.")
    link = one.page.evaluate("navigator.clipboard.readText()")
    assert link.split("#")[0] == one.page.url.split("#")[0]
    assert link.split("#")[1] == "node=deal&off=kind%3APerson&theme=dark"


@SIZES
def test_refused_clipboard_leaves_the_link_selected_in_a_field(visit: Opener, size: tuple[int, int]) -> None:
    one = visit(size=size, fragment="#node=deal")
    one.page.evaluate("Object.defineProperty(navigator, 'clipboard', { value: undefined })")  # as over HTTP from another machine
    one.page.click("#share summary")
    one.page.click("#share-link")
    field = one.page.locator("#share-text")
    expect(field).to_be_focused()
    assert field.input_value() == one.page.url
    assert field.evaluate("field => field.value.slice(field.selectionStart, field.selectionEnd)") == one.page.url
    box = one.page.locator("#share > div").bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= size[0]


def test_mailed_file_says_what_needs_the_service(visit: Opener) -> None:
    one = visit()
    one.page.click("#share summary")
    expect(one.page.locator("#share-embed")).to_be_disabled()
    hint = one.page.locator("#share-hint").inner_text()
    assert "only where this file is" in hint
    assert "needs the service" in hint
    one.page.keyboard.press("Escape")
    expect(one.page.locator("#share-link")).to_be_hidden()


@SIZES
def test_menus_stay_inside_the_window(visit: Opener, size: tuple[int, int]) -> None:
    one = visit(size=size)
    for menu in ("export", "share"):
        one.page.click(f"#{menu} summary")
        box = one.page.locator(f"#{menu} > div").bounding_box()
        assert box is not None
        assert 0 <= box["x"] <= box["x"] + box["width"] <= size[0]
        one.page.keyboard.press("Escape")
