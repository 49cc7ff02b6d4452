"""The explorer in frames: of a page of another site, and of a notebook; both sandboxed, without an origin of their own."""

import html
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.sync_api import Browser, Frame, Page, expect

from graphapi.model import DatasetVersion, Graph
from tests.browser.conftest import DESK, PHONE
from tests.browser.negotiation import ONTOLOGY, crowd, negotiation, planted
from visualizer import Page as Drawn
from visualizer import View, draw
from visualizer.notebook import frame as notebook_frame

SIZES = pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
PAGES = {
    "/": draw(negotiation(), View(title="A tiny negotiation", live="/api/v1"), ONTOLOGY),
    "/embed": draw(negotiation(), View(title="A tiny negotiation", live="/api/v1", embed=True), ONTOLOGY),
}


class Served(BaseHTTPRequestHandler):
    """Answers with pages by path, each under its own policy."""

    def __init__(self, pages: dict[str, Drawn], *arguments: object) -> None:
        self.pages = pages
        super().__init__(*arguments)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        page = self.pages.get(self.path.split("?", maxsplit=1)[0])
        self.send_response(200 if page else 404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        for name, value in (("Content-Security-Policy", page.policy if page else ""), ("Cross-Origin-Resource-Policy", "same-origin")):
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(page.html if page else b"")

    def log_message(self, *_: object) -> None:
        return


@contextmanager
def serving(pages: dict[str, Drawn]) -> Iterator[int]:
    """Serve pages on a free port."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Served, pages))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server.server_port
    server.shutdown()
    thread.join()
    server.server_close()


class Outside:
    """A page of some site with our frame in it, and what the browser said of it."""

    def __init__(self, browser: Browser, address: str, size: tuple[int, int]) -> None:
        self.page: Page = browser.new_context(viewport={"width": size[0], "height": size[1]}, reduced_motion="reduce").new_page()
        self.spoken: list[str] = []
        self.asked: list[str] = []
        self.page.on("console", lambda message: self.spoken.append(message.text))
        self.page.on("pageerror", lambda error: self.spoken.append(str(error)))
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.goto(address)

    @property
    def frame(self) -> Frame:
        """The frame, when its picture stands."""
        found = self.page.frames[1]
        found.wait_for_selector("body[data-ready]")
        return found

    def click_node(self, identifier: str) -> None:
        """Click where the frame's picture draws an entity."""
        at = self.frame.evaluate("id => parley.onStage(parley.nodes.get(id).at)", identifier)
        self.frame.locator("#network").click(position={"x": at["x"], "y": at["y"]})


def outside(browser: Browser, code: str, size: tuple[int, int]) -> Iterator[Outside]:
    """A page of another origin that holds this code."""
    around = Drawn(
        html=f"<!doctype html><link rel=icon href=data:,><title>A blog</title><p>Before.</p>{code}".encode(), policy="frame-src *"
    )
    with serving({"/": around}) as port:
        one = Outside(browser, f"http://localhost:{port}/", size)
        yield one
        one.page.context.close()


def embed_code(browser: Browser, port: int, fragment: str = "") -> str:
    """The embed code that the served explorer hands out."""
    page = browser.new_page()
    page.goto(f"http://127.0.0.1:{port}/{fragment}")
    page.wait_for_selector("body[data-ready]")
    code: str = page.evaluate("parley.embedCode()")
    assert page.locator("#share-embed").is_enabled()
    expect(page.locator("#share-hint")).to_have_text(f"The embedded picture shows wherever http://127.0.0.1:{port} can be reached.")
    page.close()
    return code


@pytest.fixture(scope="module")
def service() -> Iterator[int]:
    with serving(PAGES) as port:
        yield port


@SIZES
def test_embedded_picture_works_in_the_sandbox_of_another_site(browser: Browser, service: int, size: tuple[int, int]) -> None:
    code = embed_code(browser, service, "#theme=dark&node=bo")
    assert 'sandbox="allow-scripts' in code
    assert "allow-same-origin" not in code
    for one in outside(browser, code, size):
        frame = one.frame
        assert frame.url.startswith(f"http://127.0.0.1:{service}/embed#")
        assert frame.evaluate("origin") == "null"
        expect(frame.locator("#card h2")).to_have_text("Bo Brown")
        expect(frame.locator("header")).to_be_hidden()
        assert frame.evaluate("document.documentElement.dataset.theme") == "dark"
        one.frame.locator("#card .close").click()
        one.frame.evaluate("parley.fit(false)")
        one.click_node("deal")
        expect(frame.locator("#card h2")).to_have_text("The deal")
        frame.evaluate("parley.toggle('kind', 'Person', false)")
        link = frame.locator("#home")
        expect(link).to_have_attribute("href", re.compile(r"^/#node=deal&off=kind%3APerson&theme=dark$"))
        assert one.spoken == []
        assert [address.split("#")[0] for address in one.asked[1:]] == [f"http://127.0.0.1:{service}/embed"]


def test_link_of_the_frame_opens_the_whole_explorer_with_an_origin(browser: Browser, service: int) -> None:
    for one in outside(browser, embed_code(browser, service, "#node=bo"), DESK):
        with one.page.expect_popup() as waiting:
            one.frame.locator("#home").click()
        opened = waiting.value
        opened.wait_for_selector("body[data-ready]")
        assert opened.url == f"http://127.0.0.1:{service}/#node=bo"
        assert opened.evaluate("origin") == f"http://127.0.0.1:{service}"
        expect(opened.locator("header")).to_be_visible()


def test_every_other_page_refuses_to_be_framed(browser: Browser, service: int) -> None:
    for one in outside(browser, f'<iframe src="http://127.0.0.1:{service}/"></iframe>', DESK):
        assert one.page.frames[1].url != f"http://127.0.0.1:{service}/"
        assert any("frame-ancestors" in text for text in one.spoken)


def test_embed_code_keeps_the_state_and_is_escaped(browser: Browser, service: int) -> None:
    code = embed_code(browser, service, "#node=bo&theme=dark")
    assert "&amp;theme=dark" in code
    found = re.search(r'src="([^"]*)"', code)
    assert found is not None
    assert html.unescape(found.group(1)) == f"http://127.0.0.1:{service}/embed#node=bo&theme=dark"


def notebook(browser: Browser, graph: Graph, size: tuple[int, int] = DESK) -> Iterator[Outside]:
    """A notebook's page with a graph as the value of a cell."""
    yield from outside(browser, graph._repr_html_(), size)


@SIZES
def test_graph_shows_itself_in_a_notebook_apart_from_it_and_offline(browser: Browser, size: tuple[int, int]) -> None:
    for one in notebook(browser, negotiation(), size):
        assert one.frame.evaluate("origin") == "null"
        assert one.page.evaluate("document.querySelector('iframe').contentDocument") is None
        assert one.page.locator("iframe").bounding_box()["height"] == 560  # type: ignore[index]
        one.click_node("deal")
        expect(one.frame.locator("#card h2")).to_have_text("The deal")
        one.frame.evaluate("parley.toggle('kind', 'Person', false)")
        assert one.frame.evaluate("parley.visibleNodes().some((node) => node.kind === 'Person')") is False
        assert one.frame.locator("#home").count() == 0
        assert one.spoken == []
        assert [address for address in one.asked[1:] if not address.startswith(("about:", "data:"))] == []


def test_notebook_draws_a_graph_over_the_limit_as_the_page_does(browser: Browser) -> None:
    for one in notebook(browser, crowd(90)):
        assert one.frame.evaluate("parley.visibleNodes().length") == 60
        assert one.frame.evaluate("parley.nodes.size") == 90


@pytest.mark.parametrize("text", ['"></iframe><script>window.__xss=1</script>', "' onload='window.__xss=1", "&quot;&#34;"])
def test_hostile_text_stays_in_the_frame_of_the_notebook(browser: Browser, text: str) -> None:
    graph = planted(text).model_copy(update={"datasets": (DatasetVersion(id="tiny", version="1", title=text, sides=("a-land", "b-land")),)})
    for one in notebook(browser, graph):
        assert one.page.locator("iframe").count() == 1
        assert one.page.locator("body > script").count() == 0
        assert one.page.locator("iframe").get_attribute("title") == text
        assert one.page.evaluate("window.__xss") is None
        assert one.frame.evaluate("window.__xss") is None
        assert text in one.frame.evaluate("parley.nameOf('deal')")


def test_height_of_the_frame_can_be_chosen() -> None:
    assert 'height="300"' in notebook_frame(negotiation(), 300)
    assert notebook_frame(negotiation()) == notebook_frame(negotiation())
