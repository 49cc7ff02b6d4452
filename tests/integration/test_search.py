"""Search over HTTP, as a page and on the command line."""

import json
from pathlib import Path
from typing import Any

import httpx
import pytest

from graphapi.ingest import read_dataset
from graphapi.ingest.load import load
from graphapi.store import Store
from tests.conftest import Database
from tests.datasets import FACTS, write_dataset
from tests.integration.command_line import run
from tests.integration.problem import problem

WORLD = """\
  Place:
    - {id: istanbul, name: İstanbul, evidence: [report:p1]}
    - {id: zuerich, name: Zürich, aliases: [Zurigo], evidence: [report:p1]}
    - {id: tokyo, name: Tokyo, aliases: [东京, Тōкё], evidence: [report:p1]}
    - {id: strassburg, name: Straßburg, evidence: [report:p1]}
    - {id: same-b, name: Same Place, evidence: [report:p1]}
    - {id: same-a, name: Same Place, evidence: [report:p1]}
    - {id: riyadh, name: الرياض, evidence: [report:p1]}
  Organization:
    - {id: and-or, name: Not And Or To Zed, caption: An odd name, evidence: [report:p1]}
    - {id: plus, name: "C++ (Zone) [A:B]", evidence: [report:p1]}
"""


@pytest.fixture
def world(database: Database, client: httpx.Client, request: pytest.FixtureRequest, tmp_path: Path) -> httpx.Client:
    """Give a client of the service, with names of many scripts behind it; tests only read."""
    if database.holds != "world":
        facts = FACTS.replace("{id: bo, name: Bo,", "{id: bo, name: He Lifeng, aliases: [何立峰],").replace(
            "  Round:\n", WORLD + "  Round:\n"
        )
        load(request.getfixturevalue("store"), read_dataset(write_dataset(tmp_path / "world", facts)))
        database.holds = "world"
    return client


def find(service: httpx.Client, q: str, **parameters: Any) -> list[dict[str, Any]]:
    response = service.get("/api/v1/search", params={"q": q, **parameters})
    assert response.status_code == 200, response.text
    body: dict[str, Any] = response.json()
    assert body["next"] is None
    items: list[dict[str, Any]] = body["items"]
    return items


def ids(items: list[dict[str, Any]]) -> list[str]:
    return [item["node"]["id"] for item in items]


@pytest.mark.parametrize(
    ("q", "first", "why"),
    [
        ("Howard Lutnick", "howard-lutnick", ("name", "exact")),
        ("howard lut", "howard-lutnick", ("name", "prefix")),
        ("lutnick", "howard-lutnick", ("name", "words")),
        ("LÚTNICK", "howard-lutnick", ("name", "words")),
        ("lutnik", "howard-lutnick", ("name", "fuzzy")),
        ("Bessant", "scott-bessent", ("name", "fuzzy")),
        ("geneva", "geneva", ("name", "exact")),
        ("commerce secretary lutnick", "howard-lutnick", ("caption", "words")),
        ("name:lutnick~9 OR *", "howard-lutnick", ("name", "words")),
    ],
)
def test_best_match_comes_first_with_the_reason(service: httpx.Client, q: str, first: str, why: tuple[str, str]) -> None:
    item = find(service, q)[0]
    assert item["node"]["id"] == first
    assert (item["why"]["field"], item["why"]["how"]) == why
    assert item["node"]["labels"][0] == "Entity"


def test_scores_fall_and_ties_are_in_order_of_id(world: httpx.Client) -> None:
    items = find(world, "same place")
    assert ids(items) == ["same-a", "same-b"]
    assert items[0]["score"] == items[1]["score"] == 1.1


def test_exact_names_come_before_all_others(service: httpx.Client) -> None:
    items = find(service, "geneva", limit=100)
    scores = [item["score"] for item in items]
    assert scores == sorted(scores, reverse=True)
    assert [item["why"]["how"] for item in items].count("exact") == 1
    assert len(items) > 5


@pytest.mark.parametrize(
    ("q", "found"),
    [
        ("istanbul", "istanbul"), ("İSTANBUL", "istanbul"), ("zurich", "zuerich"), ("ZÜRICH", "zuerich"), ("zuric", "zuerich"),
        ("strassburg", "strassburg"), ("Straßb", "strassburg"), ("东京", "tokyo"), ("东", "tokyo"), ("何立峰", "bo"), ("立峰", "bo"),
        ("الرياض", "riyadh"), ("الري", "riyadh"), ("\u202bالرياض\u202c", "riyadh"), ("tokyo 🗼", "tokyo"),
        ("tokyo NOT strassburg", "strassburg"),
        ("NOT AND OR TO zed", "and-or"), ("c++ (zone) [a:b]", "plus"), ("zone]", "plus"), ("{zone} && !x^2~ \"", "plus"),
    ],
)  # fmt: skip
def test_every_script_is_found_and_nothing_is_syntax(world: httpx.Client, q: str, found: str) -> None:
    assert ids(find(world, q))[:1] == [found]


@pytest.mark.parametrize("q", ["?!", '" ~ * ^ : \\ /', "👩‍👩‍👧", "+-&&||", "(", "zzzzzzzz", "xq", "…" * 200, "لا شيء", "\u202e\u200d"])
def test_nothing_is_found_without_a_fault(service: httpx.Client, q: str) -> None:
    assert find(service, q) == []


@pytest.mark.parametrize("q", ["negotiation " * 16, "立" * 200, "a" * 200, "a " * 100, "lutnickk bessentt " * 11, "\\" * 199 + "a"])
def test_the_longest_texts_are_answered(service: httpx.Client, q: str) -> None:
    assert len(find(service, q[:200])) <= 20


def test_label_stands_for_its_children_and_side_selects(service: httpx.Client) -> None:
    assert {item["node"]["labels"][-1] for item in find(service, "us", label="Organization", limit=100)} >= {"Agency"}
    sides = {item["node"]["properties"]["side"] for item in find(service, "delegation", side="china", limit=100)}
    assert sides == {"china"}
    assert find(service, "lutnick", label="Event") == []
    assert find(service, "lutnick", side="china") == []


def test_as_of_leaves_out_what_came_later(service: httpx.Client) -> None:
    assert "talks-geneva-2025-05" in ids(find(service, "geneva talks", as_of="2025-06"))
    assert "talks-geneva-2025-05" not in ids(find(service, "geneva talks", as_of="2025-04"))


def test_limit_is_twenty_unless_said(service: httpx.Client) -> None:
    assert len(find(service, "us")) == 20
    assert len(find(service, "us", limit=3)) == 3
    assert ids(find(service, "us", limit=3)) == ids(find(service, "us"))[:3]


@pytest.mark.parametrize(
    ("parameters", "named"),
    [
        ({}, "q"),
        ({"q": ""}, "q"),
        ({"q": "  "}, "q"),
        ({"q": "a" * 201}, "q"),
        ({"q": "us", "limit": "101"}, "limit"),
        ({"q": "us", "limit": "0"}, "limit"),
        ({"q": "us", "label": "Nobody"}, "label"),
        ({"q": "lutnick", "side": "chyna"}, "side"),
        ({"q": "us", "fuzzy": "2"}, "fuzzy"),
        ({"q": "us", "as_of": "soon"}, "as_of"),
    ],
)
def test_bad_parameter_is_named(service: httpx.Client, parameters: dict[str, str], named: str) -> None:
    assert problem(service.get("/api/v1/search", params=parameters), 400)["parameter"] == named


def test_page_has_form_hits_and_reasons_and_runs_no_script(service: httpx.Client) -> None:
    response = service.get("/search", params={"q": "lutnik", "label": "", "side": ""})
    page = response.text
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    assert "script-src" not in response.headers["content-security-policy"]
    assert "<script" not in page
    assert '<a href="/entities/howard-lutnick"><bdi>Howard Lutnick</bdi></a>' in page
    assert "Its name is spelt nearly so." in page
    assert "/api/v1/search?q=lutnik" in page
    again = service.get("/search", params={"q": "lutnik"}, headers={"If-None-Match": response.headers["etag"]})
    assert again.status_code == 304


@pytest.mark.parametrize("q", ["", "<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "{{7*7}}", "?!"])
def test_page_shows_any_text_as_text(service: httpx.Client, q: str) -> None:
    response = service.get("/search", params={"q": q})
    assert response.status_code == 200
    assert "<script" not in response.text
    assert "<img" not in response.text
    assert "49" not in response.text.partition("<main")[2].partition("</form>")[0]


def test_page_refuses_what_the_address_behind_it_refuses(service: httpx.Client) -> None:
    assert problem(service.get("/search", params={"q": "x" * 201}), 400)["parameter"] == "q"
    assert problem(service.get("/search", params={"q": "x", "label": "Nobody"}), 400)["parameter"] == "label"


def test_command_prints_hits_with_reasons(london: Store, database_environment: dict[str, str], tmp_path: Path) -> None:
    def search(*arguments: str) -> Any:
        done = run("search", *arguments, "--format", "json", folder=tmp_path, variables=database_environment)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    found = search("lutnik", "--label", "Person", "--side", "united-states", "--limit", "1")
    assert [(item["node"]["id"], item["why"]["how"]) for item in found["items"]] == [("howard-lutnick", "fuzzy")]
    assert search("?!") == {"items": [], "next": None}
    wrong = run("search", "x", "--label", "Nobody", folder=tmp_path, variables=database_environment)
    assert wrong.returncode == 1
    assert "'Nobody'" in wrong.stderr
