"""Drives the Chromium of the machine. Without one, browser tests are skipped with a last line that says so; in CI they fail."""

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, sync_playwright

from graphapi.model import Graph
from graphapi.settings import load_settings
from tests.browser.negotiation import ONTOLOGY, negotiation
from visualizer import View, draw

SWITCHES = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)
MISSING = "browser tests did not run: no Chromium (set PARLEY_CHROMIUM)"
Scheme = Literal["light", "dark"]
DESK, PHONE = (1440, 900), (390, 844)
missing = pytest.StashKey[bool]()


def chromium() -> str | None:
    """Path of the Chromium to drive, from PARLEY_CHROMIUM or PATH."""
    configured = load_settings().chromium
    return str(configured) if configured else next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


def pytest_unconfigure(config: pytest.Config) -> None:
    if config.stash.get(missing, False):
        config.get_terminal_writer().line(MISSING, yellow=True)


@pytest.fixture(scope="package")
def browser(pytestconfig: pytest.Config) -> Iterator[Browser]:
    path = chromium()
    if path is None:
        pytestconfig.stash[missing] = True
        if os.environ.get("CI") == "true":
            pytest.fail(MISSING)
        pytest.skip(MISSING)
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=list(SWITCHES))
        yield started
        started.close()


@dataclass
class Visit:
    """A page that was opened, with what it said and asked for."""

    page: Page
    spoken: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    def click_node(self, identifier: str) -> None:
        """Click where the picture draws an entity."""
        at = self.page.evaluate("id => parley.onStage(parley.nodes.get(id).at)", identifier)
        self.page.locator("#network").click(position={"x": at["x"], "y": at["y"]})

    def card(self) -> str:
        """The text of the open card."""
        return self.page.locator("#card").inner_text()

    def count(self, name: str) -> int:
        """The number that the legend gives for a row."""
        return int(self.page.locator("#legend label", has_text=name).locator("b").inner_text())

    def shown(self) -> str:
        """The sentence on how much is shown."""
        return self.page.locator("#shown").inner_text()


Opener = Callable[..., Visit]


@pytest.fixture
def visit(browser: Browser, tmp_path: Path) -> Iterator[Opener]:
    """Opens a graph as a file; at the end the page must have said nothing and asked for nothing but itself."""
    visits: list[Visit] = []

    def open_page(
        graph: Graph | None = None, *, size: tuple[int, int] = DESK, fragment: str = "", scheme: Scheme = "light", **view: object
    ) -> Visit:
        drawn = draw(graph if graph is not None else negotiation(), View.model_validate({"title": "A tiny negotiation", **view}), ONTOLOGY)
        file = tmp_path / f"page-{len(visits)}.html"
        file.write_bytes(drawn.html)
        visits.append(open_address(browser, file.as_uri() + fragment, size, scheme))
        return visits[-1]

    yield open_page
    for one in visits:
        assert one.spoken == []
        assert [address for address in one.asked if not address.startswith("data:")] == []
        assert one.page.evaluate("window.__xss") is None
        one.page.context.close()


def open_address(browser: Browser, address: str, size: tuple[int, int], scheme: Scheme, before: str = "") -> Visit:
    """Open an address in a fresh context, run `before` ahead of its own scripts, and wait until the picture stands."""
    phone = size == PHONE
    context = browser.new_context(
        viewport={"width": size[0], "height": size[1]},
        color_scheme=scheme,
        reduced_motion="reduce",
        has_touch=phone,
        is_mobile=phone,
    )
    one = Visit(context.new_page())
    document = address.split("#", maxsplit=1)[0]

    def heard(message: ConsoleMessage) -> None:
        one.spoken.append(f"{message.type}: {message.text}")

    def asked(request: Request) -> None:
        if request.url.split("#")[0] != document:
            one.asked.append(request.url)

    one.page.on("console", heard)
    one.page.on("pageerror", lambda error: one.spoken.append(str(error)))
    one.page.on("request", asked)
    one.page.add_init_script(before)
    one.page.goto(address)
    one.page.wait_for_selector("body[data-ready]")
    return one
