"""The explorer beside its service: what the page does not hold comes from there; an error of the service is said and hangs nothing."""

import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, expect

from graphapi.model import Graph
from tests.browser.conftest import DESK, PHONE, Visit, open_address
from tests.browser.negotiation import ONTOLOGY, negotiation, node, tie
from visualizer import Page, View, draw
from visualizer.part import draw_part

NEW = (node("Event", "guild", "The Guild dinner", kind="meeting"), node("Person", "di", "Di Dale", side="b-land"))
TIES = (tie("ann", "TOOK_PART_IN", "guild"), tie("di", "TOOK_PART_IN", "guild"), tie("guild", "PRODUCED", "deal"))


def around(identifier: str) -> Graph:
    """What the service holds around an entity: more than the page does."""
    whole = negotiation(*NEW, *TIES)
    near = {identifier} | {end for one in whole.relationships if identifier in (one.start, one.end) for end in (one.start, one.end)}
    ties = tuple(one for one in whole.relationships if {one.start, one.end} <= near)
    return whole.model_copy(update={"nodes": tuple(one for one in whole.nodes if one.id in near), "relationships": ties})


@dataclass
class Service:
    """Serves a page, and answers with what the tests put in `answers` by path, else with parts."""

    page: Page
    answers: dict[str, tuple[int, Any]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    address: str = ""
    endless: bool = False

    def answer(self, target: str) -> tuple[int, bytes, str]:
        """Return status, body and media type."""
        path, query = urlsplit(target).path, parse_qs(urlsplit(target).query)
        if path == "/":
            return 200, self.page.html, "text/html; charset=utf-8"
        self.asked.append(target)
        if path in self.answers:
            status, body = self.answers[path]
            return status, json.dumps(body).encode(), "application/json"
        identifier = path.removeprefix("/api/v1/entities/").removesuffix("/part")
        known = {one.id for one in around(identifier).nodes}
        if identifier not in known or not path.endswith("/part"):
            return 404, b'{"title": "Not found", "detail": "There is nothing by that id."}', "application/problem+json"
        counts = (
            {"sent": 2, "total": 1312, "next": "more"} if self.endless and "cursor" not in query else {"sent": 2, "total": 4, "next": None}
        )
        body = {"id": identifier, **draw_part(around(identifier), ONTOLOGY, identifier), "as_of": None, **counts}
        assert query.keys() <= {"as_of", "cursor"}
        return 200, json.dumps(body).encode(), "application/json"


class _Handler(BaseHTTPRequestHandler):
    def __init__(self, service: Service, *arguments: object) -> None:
        self.service = service
        super().__init__(*arguments)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        status, body, kind = self.service.answer(self.path)
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Security-Policy", self.service.page.policy)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        return


@pytest.fixture
def service() -> Iterator[Service]:
    made = Service(draw(negotiation(), View(title="Served", live="/api/v1"), ONTOLOGY))
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Handler, made))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    made.address = f"http://127.0.0.1:{server.server_port}/"
    yield made
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def opened(browser: Browser, service: Service) -> Iterator[Any]:
    """Opens the served page; at the end it must have asked only its own service."""
    visits: list[Visit] = []

    def open_page(fragment: str = "", size: tuple[int, int] = DESK) -> Visit:
        visits.append(open_address(browser, service.address + fragment, size, "light"))
        return visits[-1]

    yield open_page
    for one in visits:
        assert [line for line in one.spoken if "status of" not in line] == []
        assert [address for address in one.asked if not address.startswith(("data:", f"{service.address}api/"))] == []
        one.page.context.close()


def become(one: Visit, condition: str) -> None:
    """Wait, at most 300 frames, until a condition holds; the page's policy refuses texts that it would have to evaluate itself."""
    so = f"""async () => {{
        for (let frame = 0; frame < 300 && !({condition}); frame += 1) await new Promise(requestAnimationFrame);
        return {condition};
    }}"""
    assert one.page.evaluate(so)


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_expanding_brings_in_what_only_the_service_has(opened: Any, size: tuple[int, int]) -> None:
    one = opened("#node=ann", size)
    while one.page.evaluate("parley.waitingAround('ann')"):
        one.page.evaluate("parley.expand('ann')")
    one.page.locator("#card .deeds button", has_text="Expand").click()
    become(one, "parley.nodes.has('guild') && parley.isVisible('guild')")
    assert one.page.evaluate("parley.isLineVisible(parley.lines.get('ann--TOOK_PART_IN--guild'))")
    expect(one.page.locator("#card button.entity", has_text="The Guild")).to_be_visible()
    apart = """() => {
        const [ann, guild] = ["ann", "guild"].map((id) => parley.nodes.get(id)).map((node) => parley.boxAt(node, node.at.x, node.at.y));
        return !parley.overlap(ann, guild) && Math.hypot(ann.left - guild.left, ann.top - guild.top) < 900;
    }"""
    assert one.page.evaluate(apart)
    one.page.evaluate("parley.select('guild')")
    assert "Ann Açaí" in one.card()
    one.page.fill("#query", "guild")
    assert "The Guild" in one.page.locator("#hits").inner_text()
    one.page.keyboard.press("Escape")
    one.page.keyboard.press("Control+z")
    assert not one.page.evaluate("parley.isVisible('guild')")


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_expansion_says_how_much_of_it_the_service_has_sent(opened: Any, service: Service, size: tuple[int, int]) -> None:
    service.endless = True
    one = opened("#node=ann", size)
    while one.page.evaluate("parley.waitingAround('ann')"):
        one.page.evaluate("parley.expand('ann')")
    one.page.evaluate("parley.expand('ann')")
    said = "1 brought in around Ann Açaí. The service has sent 2 of its 1,312 relationships."
    expect(one.page.locator("#notes")).to_contain_text(said)
    one.page.locator("#notes button", has_text="More").click()
    expect(one.page.locator("#notes")).to_contain_text("the service holds no more")


def test_second_expansion_says_that_there_is_no_more(opened: Any, service: Service) -> None:
    one = opened("#node=guild")
    expect(one.page.locator("#card h2")).to_have_text("The Guild dinner")
    one.page.evaluate("parley.expand('guild')")
    become(one, "parley.nodes.has('di') && parley.isVisible('di')")
    one.page.evaluate("parley.expand('guild')")
    expect(one.page.locator("#notes")).to_contain_text("the service holds no more")
    asked = len(service.asked)
    one.page.evaluate("parley.expand('guild')")
    assert len(service.asked) == asked


def test_link_to_what_only_the_service_holds_is_restored(opened: Any) -> None:
    one = opened("#node=guild&show=di,nobody")
    expect(one.page.locator("#card h2")).to_have_text("The Guild dinner")
    become(one, "parley.nodes.has('di') && parley.isVisible('di')")
    expect(one.page.locator("#notes")).to_contain_text("entity “nobody”, which this page does not hold")


@pytest.mark.parametrize(
    ("status", "body", "said"),
    [
        (503, {"title": "Database unavailable", "detail": "Neo4j does not answer."}, "Neo4j does not answer"),
        (404, {"title": "Not found", "detail": "No entity ann."}, "No entity ann"),
        (500, [], "refused: 500"),
        (200, None, "does not answer"),
    ],
    ids=["unavailable", "unknown", "bare", "nonsense"],
)
def test_error_of_the_service_is_said_and_can_be_tried_again(opened: Any, service: Service, status: int, body: Any, said: str) -> None:
    service.answers["/api/v1/entities/duty/part"] = (status, body)
    one = opened("#node=duty")
    one.page.evaluate("parley.expand('duty')")
    expect(one.page.locator("#notes")).to_contain_text("Nothing was brought in around Duty on steel")
    expect(one.page.locator("#notes")).to_contain_text(said)
    service.answers.clear()
    one.page.locator("#notes button", has_text="Try again").click()
    expect(one.page.locator("#notes")).to_contain_text("the service holds no more")


def chain(*steps: tuple[str, str, str]) -> dict[str, Any]:
    """A chain as /paths answers it."""
    names = {one.id: one.name for one in negotiation(*NEW).nodes}
    return {
        "steps": [
            {
                "relationship": {"id": f"{start}--{kind}--{end}", "type": kind, "outgoing": True, "certainty": "stated"},
                "from": {"id": start, "name": names[start]},
                "to": {"id": end, "name": names[end]},
                "words": "is tied to",
                "evidence": ["report:p4"],
            }
            for start, kind, end in steps
        ]
    }


def test_path_is_asked_of_the_service_and_what_it_walks_over_comes_in(opened: Any, service: Service) -> None:
    found = chain(("ann", "TOOK_PART_IN", "guild"), ("guild", "PRODUCED", "deal"))
    service.answers["/api/v1/paths"] = (200, {"paths": [found], "truncated": False, "not_in_sources": []})
    one = opened("#path=ann..deal")
    expect(one.page.locator("#card .chain")).to_contain_text("The Guild")
    become(one, "parley.isVisible('guild')")
    asked = parse_qs(urlsplit(next(one for one in service.asked if "/paths" in one)).query)
    assert asked == {"from": ["ann"], "to": ["deal"], "max_hops": ["8"]}
    assert set(one.page.evaluate("parley.state.path.lines")) == {"ann--TOOK_PART_IN--guild", "guild--PRODUCED--deal"}


def test_path_falls_back_on_the_page_when_the_service_fails(opened: Any, service: Service) -> None:
    service.answers["/api/v1/paths"] = (503, {"title": "Database unavailable", "detail": "Neo4j does not answer."})
    one = opened("#path=ann..tariffs")
    expect(one.page.locator("#notes")).to_contain_text("The chains are those of what this page holds")
    expect(one.page.locator("#card .chain")).to_contain_text("First round")


def test_path_that_the_service_refuses_says_why(opened: Any, service: Service) -> None:
    service.answers["/api/v1/paths"] = (400, {"title": "Refused", "detail": "A path neither passes nor ends at a Claim."})
    one = opened("#path=ann..kept")
    expect(one.page.locator("#notes")).to_contain_text("neither passes nor ends at a Claim")
    expect(one.page.locator("#card")).to_contain_text("stand in no path")
