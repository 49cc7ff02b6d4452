"""As of a date: every read leaves the same out and marks the rest, and the database says what the files say."""

import json
import re
from pathlib import Path

import httpx
import pytest

from graphapi.dates import read_as_of
from graphapi.ingest import read_dataset
from graphapi.ingest.load import load
from graphapi.model import Graph
from graphapi.ontology import read_ontology
from graphapi.reading import Extent, read_graph
from graphapi.reading.moment import graph_as_of
from graphapi.reading.whole import read_whole
from graphapi.store import Store
from graphapi.web.drawing import draw_page
from tests.datasets import FACTS, write_dataset
from tests.integration.command_line import run
from tests.integration.problem import problem

GENEVA = "talks-geneva-2025-05"
LONDON_TALKS = "talks-london-2025-06-09"
MOMENTS = ["2024", "2025-04", "2025-05-11", "2025-06", "2025-06-09", "2030"]


def told(graph: Graph) -> list[str]:
    """Return everything that a graph says, properties in order of name."""
    things = [*graph.nodes, *graph.relationships]
    return [json.dumps(one.model_dump(mode="json"), sort_keys=True) for one in things]


@pytest.mark.parametrize("as_of", MOMENTS)
def test_the_database_leaves_out_and_marks_what_the_files_do(london: Store, as_of: str) -> None:
    moment = read_as_of(as_of)
    expected = graph_as_of(read_dataset("us-china-london-2025").graph, moment)
    assert told(read_graph(london, read_ontology(), Extent(as_of=moment))) == told(expected)
    assert told(read_whole(london, read_ontology(), moment)) == told(expected)


@pytest.mark.parametrize("as_of", [None, "2025-06"])
def test_the_page_of_the_database_is_the_page_of_the_files(london: Store, as_of: str | None) -> None:
    moment = None if as_of is None else read_as_of(as_of)
    files = read_dataset("us-china-london-2025").graph
    found = draw_page(read_graph(london, read_ontology(), Extent(as_of=moment)), read_ontology())
    assert found.html == draw_page(graph_as_of(files, moment) if moment else files, read_ontology()).html


@pytest.mark.parametrize("path", ["/", "/entities/howard-lutnick", "/api/v1/graph.html"])
def test_page_as_of_a_date_says_so_and_leaves_out(service: httpx.Client, path: str) -> None:
    now, then = (service.get(path, params=asked).text for asked in ({}, {"as_of": "2025-06-08"}))
    assert "as of 8 June 2025" in then
    assert "as of 8 June" not in now
    assert f'"{LONDON_TALKS}"' in now
    assert f'"{LONDON_TALKS}"' not in then


def test_cards_mark_what_is_not_sure(service: httpx.Client) -> None:
    page = service.get("/", params={"as_of": "2025-06"}).text
    (block,) = re.findall(r'<script type="application/json" id="data-page">(.*?)</script>', page, re.DOTALL)
    data = json.loads(block)
    words = {one.get("held", "") for one in data["relationships"].values()}
    assert words <= {"", "possibly", "date not in our sources", "end not in our sources", "beginning not in our sources"}
    assert {"", "date not in our sources"} <= words
    assert data["as_of"] == "2025-06"
    plain = json.loads(re.findall(r'id="data-page">(.*?)</script>', service.get("/").text, re.DOTALL)[0])
    assert not any("held" in one for part in ("entities", "relationships", "claims") for one in plain[part].values())


def test_an_entity_that_came_later_is_said_to_be_later(service: httpx.Client) -> None:
    for path in (f"/entities/{LONDON_TALKS}", f"/api/v1/entities/{LONDON_TALKS}", f"/api/v1/graph.json?around={LONDON_TALKS}"):
        found = problem(service.get(path, params={**httpx.URL(path).params, "as_of": "2025-05"}), 404)
        assert found["detail"] == f"There is no entity as of 2025-05 with the id '{LONDON_TALKS}'."
        assert found["hint"] == "Our sources date it later: leave out as_of."


def test_counts_are_of_the_date(service: httpx.Client) -> None:
    graph = service.get("/api/v1/graph.json", params={"as_of": "2025-05"}).json()
    counts = service.get("/api/v1/stats", params={"as_of": "2025-05"}).json()
    assert counts["entities"]["Event"] == sum("Event" in node["labels"] for node in graph["nodes"])
    assert sum(counts["relationships"].values()) == len(graph["relationships"])
    assert counts["entities"]["Event"] < service.get("/api/v1/stats").json()["entities"]["Event"]


def test_what_rests_on_a_place_is_of_the_date(service: httpx.Client) -> None:
    graph = service.get("/api/v1/graph.json", params={"as_of": "2024"}).json()
    there = {one["id"] for one in graph["relationships"]}
    places = {place for one in graph["relationships"] for place in one["evidence"]}
    for place in sorted(places)[:5]:
        found = service.get(f"/api/v1/evidence/{place}", params={"as_of": "2024"}).json()
        assert {one["id"] for one in found["relationships"]} <= there


def test_a_later_event_rests_on_nothing_yet(service: httpx.Client) -> None:
    path = f"/api/v1/entities/{LONDON_TALKS}/evidence"
    assert service.get(path).json()["items"]
    assert service.get(path, params={"as_of": "2025-05"}).json()["items"] == []


def test_the_same_relationship_has_one_mark_everywhere(service: httpx.Client) -> None:
    asked = {"as_of": "2025-06", "limit": 500}
    graph = service.get("/api/v1/graph.json", params={"as_of": "2025-06"}).json()
    marks = {one["id"]: one["held"] for one in graph["relationships"]}
    items = service.get(f"/api/v1/entities/{GENEVA}/neighbors", params=asked).json()["items"]
    assert len(items) > 5
    for item in items:
        identifier = item["relationship"]["id"]
        alone = service.get(f"/api/v1/relationships/{identifier}", params={"as_of": "2025-06"}).json()
        assert item["relationship"]["held"] == alone["held"] == marks[identifier]


def test_presence_is_as_sure_as_the_event(store: Store, client: httpx.Client, tmp_path: Path) -> None:
    load(store, read_dataset(write_dataset(tmp_path / "tiny", FACTS.replace("date: 2025-05,", "date: 2025-05-10/2025-05-12,"))))
    path = "/api/v1/relationships/bo--ABSENT_FROM--first-round"
    marks = {day: client.get(path, params={"as_of": day}) for day in ("2025-05-09", "2025-05-10", "2025-05", "2026")}
    assert {day: found.json().get("held", found.status_code) for day, found in marks.items()} == {
        "2025-05-09": 404,
        "2025-05-10": "yes",
        "2025-05": "possibly",
        "2026": "yes",
    }


def test_paths_and_their_graph_carry_the_marks(service: httpx.Client) -> None:
    asked = {"from": "howard-lutnick", "to": "export-controls", "as_of": "2025-06"}
    graph = service.get("/api/v1/paths", params=asked).json()["graph"]
    assert graph["relationships"]
    assert all(one["held"] in ("yes", "possibly", "unknown") for one in graph["relationships"])


def test_search_page_keeps_the_date(service: httpx.Client) -> None:
    page = service.get("/search", params={"q": "geneva talks", "as_of": "2025-06"}).text
    assert 'name="as_of" value="2025-06"' in page
    assert f'href="/entities/{GENEVA}?as_of=2025-06"' in page
    assert GENEVA not in service.get("/search", params={"q": "geneva talks", "as_of": "2025-04"}).text
    assert service.get("/search", params={"q": "geneva", "as_of": ""}).status_code == 200


def test_commands_take_a_date(london: Store, database_environment: dict[str, str], tmp_path: Path) -> None:
    def done(*arguments: str) -> str:
        found = run(*arguments, folder=tmp_path, variables=database_environment)
        assert found.returncode == 0, found.stderr
        return found.stdout

    hits = json.loads(done("search", "geneva talks", "--as-of", "2025-06", "--format", "json"))["items"]
    assert {hit["node"]["id"]: hit["node"].get("held") for hit in hits}[GENEVA] == "yes"
    assert GENEVA not in done("search", "geneva talks", "--as-of", "2025-04")
    done("export", "-o", "all.json", "--as-of", "2025-04")
    exported = json.loads((tmp_path / "all.json").read_text(encoding="utf-8"))
    assert GENEVA not in {node["id"] for node in exported["nodes"]}
    assert {one["held"] for one in exported["relationships"]} <= {"yes", "possibly", "unknown"}
    done("view", "-o", "stored.html", "--as-of", "2025-04")
    done("view", "us-china-london-2025", "-o", "files.html", "--as-of", "2025-04")
    page = (tmp_path / "stored.html").read_bytes()
    assert page == (tmp_path / "files.html").read_bytes()
    assert b"as of April 2025 (month)" in page


@pytest.mark.parametrize(
    "arguments",
    [("search", "geneva"), ("view", "us-china-london-2025", "-o", "page.html"), ("export", "-o", "all.json"), ("query", "attendees")],
    ids=["search", "view", "export", "query"],
)
@pytest.mark.parametrize("as_of", ["soon", "2025-13", "2025-06-09/2025-06-10"])
def test_a_bad_date_ends_a_command_with_1(
    london: Store, database_environment: dict[str, str], tmp_path: Path, arguments: tuple[str, ...], as_of: str
) -> None:
    given = ("event=talks-london-2025-06-09",) if arguments[0] == "query" else ()
    done = run(*arguments, *given, "--as-of", as_of, folder=tmp_path, variables=database_environment)
    assert (done.returncode, "Traceback" in done.stderr) == (1, False)
    assert "2025-06" in done.stderr


@pytest.mark.parametrize("path", ["/", "/entities/howard-lutnick", "/search", "/api/v1/stats", "/api/v1/graph.html"])
@pytest.mark.parametrize("as_of", ["soon", "2025-13", "2025-02-30", "2025-06-09T10:00", "[2025-06-05..2025-06-08]"])
def test_a_bad_date_is_400_on_every_page(service: httpx.Client, path: str, as_of: str) -> None:
    assert problem(service.get(path, params={"as_of": as_of}), 400)["parameter"] == "as_of"
