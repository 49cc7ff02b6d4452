"""What the graph holds as files: over HTTP by suffix and by Accept, and written by the command line."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import httpx
import networkx
import pytest

from graphapi.ingest import read_dataset
from graphapi.model import Graph
from graphapi.store import Store
from tests.conftest import LONDON
from tests.integration.command_line import run
from tests.integration.problem import problem

CSV = "text/csv; charset=utf-8"
LISTS = ["entities", "delegates", "agencies", "issues", "entities/united-states/neighbors", "entities/united-states/evidence", "search"]


@pytest.fixture(scope="module")
def graph() -> Graph:
    return read_dataset(LONDON).graph


def table(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("path", LISTS)
def test_list_is_csv_by_suffix_and_by_accept(service: httpx.Client, path: str) -> None:
    given: dict[str, str | int] = {"q": "us"} if path == "search" else {"limit": 500}
    by_suffix = service.get(f"/api/v1/{path}.csv", params=given, headers={"Accept": "application/json"})
    by_accept = service.get(f"/api/v1/{path}", params=given, headers={"Accept": "text/csv"})
    assert by_suffix.status_code == by_accept.status_code == 200, by_suffix.text
    assert by_suffix.headers["content-type"] == by_accept.headers["content-type"] == CSV
    assert by_suffix.content == by_accept.content
    assert by_suffix.headers["content-disposition"] == f'attachment; filename="{path.rpartition("/")[2]}.csv"'
    assert len(table(by_suffix.content)) == len(service.get(f"/api/v1/{path}", params=given).json()["items"])


def test_rows_of_neighbors_name_relationship_and_node(service: httpx.Client) -> None:
    row = table(service.get("/api/v1/entities/howard-lutnick/neighbors.csv", params={"type": "ABSENT_FROM"}).content)[0]
    assert row["relationship.id"] == "howard-lutnick--ABSENT_FROM--talks-geneva-2025-05"
    assert row["relationship.evidence"] == "reuters-london-preview:p12"
    assert (row["node.id"], row["node.labels"]) == ("talks-geneva-2025-05", "Entity; Event; Round")


def test_page_after_is_named_in_the_header_link(service: httpx.Client, graph: Graph) -> None:
    response = service.get("/api/v1/entities.csv", params={"limit": 100})
    met = [row["id"] for row in table(response.content)]
    while "next" in response.links:
        response = service.get(response.links["next"]["url"])
        met += [row["id"] for row in table(response.content)]
    assert met == sorted(node.id for node in graph.nodes if "Entity" in node.labels)


def test_graph_as_csv_has_every_node_and_relationship(service: httpx.Client) -> None:
    body = service.get("/api/v1/graph.json").json()
    rows = table(service.get("/api/v1/graph.csv").content)
    assert [row["id"] for row in rows if row["part"] == "node"] == [node["id"] for node in body["nodes"]]
    assert [row["id"] for row in rows if row["part"] == "relationship"] == [one["id"] for one in body["relationships"]]
    assert service.get("/api/v1/graph", headers={"Accept": "text/csv"}).headers["content-type"] == CSV


def test_graph_as_graphml_has_every_node_and_relationship(service: httpx.Client) -> None:
    body = service.get("/api/v1/graph.json").json()
    response = service.get("/api/v1/graph.graphml")
    found = networkx.read_graphml(io.BytesIO(response.content))
    assert dict(found.nodes(data="name")) == {node["id"]: node["name"] for node in body["nodes"]}
    assert sorted(key for _, _, key in found.edges(keys=True)) == sorted(one["id"] for one in body["relationships"])
    assert response.headers["content-type"] == "application/graphml+xml"
    assert response.headers["content-disposition"] == 'attachment; filename="graph.graphml"'
    assert service.get("/api/v1/graph", headers={"Accept": "application/graphml+xml"}).content == response.content


@pytest.mark.parametrize("path", ["entities.xml", "stats.csv", "graph.xlsx", "search.json5"])
def test_suffix_that_is_not_there_is_404(service: httpx.Client, path: str) -> None:
    problem(service.get(f"/api/v1/{path}"), 404)


@pytest.mark.parametrize("path", ["stats", "entities/howard-lutnick", "evidence/reuters-london-preview:p12"])
def test_csv_of_what_is_no_table_is_406(service: httpx.Client, path: str) -> None:
    problem(service.get(f"/api/v1/{path}", headers={"Accept": "text/csv"}), 406)


@pytest.mark.parametrize("path", ["entities", "search", "graph"])
def test_format_that_is_not_offered_is_406_and_those_that_are_are_named(service: httpx.Client, path: str) -> None:
    body = problem(service.get(f"/api/v1/{path}", params={"q": "us"} if path == "search" else {}, headers={"Accept": "image/png"}), 406)
    assert "text/csv" in body["hint"]


def test_refusal_of_a_table_is_a_problem_too(service: httpx.Client) -> None:
    assert problem(service.get("/api/v1/entities.csv", params={"limit": "0"}), 400)["parameter"] == "limit"
    problem(service.get("/api/v1/entities/nobody/neighbors.csv"), 404)


class Exporting:
    """Runs `parley export` in a folder of its own."""

    def __init__(self, folder: Path, variables: dict[str, str]) -> None:
        self.folder, self.variables = folder, variables

    def __call__(self, *arguments: str, code: int = 0) -> str:
        done = run("export", *arguments, folder=self.folder, variables=self.variables)
        assert done.returncode == code, done.stderr
        assert done.stdout == ""
        return done.stderr

    def read(self, name: str) -> bytes:
        return (self.folder / name).read_bytes()


@pytest.fixture
def export(london: Store, database_environment: dict[str, str], tmp_path: Path) -> Exporting:
    return Exporting(tmp_path, database_environment)


def test_json_of_all_is_what_the_api_says_of_the_graph(export: Exporting, service: httpx.Client) -> None:
    said = export("-o", "all.json")
    body: Any = json.loads(export.read("all.json"))
    assert body == service.get("/api/v1/graph.json").json()
    assert f"{len(body['nodes'])} nodes" in said
    assert [path.name for path in export.folder.iterdir()] == ["all.json"]


def test_csv_of_all_is_what_the_api_says_too(export: Exporting, service: httpx.Client) -> None:
    export("all", "-o", "all.csv")
    assert export.read("all.csv") == service.get("/api/v1/graph.csv").content


def test_graphml_of_all_is_what_the_api_says_too(export: Exporting, service: httpx.Client) -> None:
    export("-o", "all.graphml")
    assert export.read("all.graphml") == service.get("/api/v1/graph.graphml").content


def test_graphml_of_an_answer_is_refused(export: Exporting) -> None:
    said = export("attendees", "event=talks-london-2025-06-09", "-o", "who.graphml", code=2)
    assert "GraphML holds only graphs" in said
    assert not list(export.folder.iterdir())


def test_part_of_the_graph_is_named_by_an_entity(export: Exporting, service: httpx.Client) -> None:
    export("howard-lutnick", "--depth", "2", "--as-of", "2025-05", "-o", "part.txt", "--format", "json")
    body = service.get("/api/v1/graph.json", params={"around": "howard-lutnick", "depth": 2, "as_of": "2025-05"}).json()
    assert {one["held"] for one in body["relationships"]} <= {"yes", "possibly", "unknown"}
    assert json.loads(export.read("part.txt")) == body


def test_answer_to_a_query_is_exported_as_the_api_gives_it(export: Exporting, service: httpx.Client) -> None:
    export("attendees", "event=talks-london-2025-06-09", "-o", "who.csv")
    assert export.read("who.csv") == service.get("/api/v1/queries/attendees.csv", params={"event": "talks-london-2025-06-09"}).content


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("howard-lutnik", "-o", "x.json"), 1, "howard-lutnick"),
        (("-o", "x.xml"), 2, "does not end in .json, .csv or .graphml"),
        (("-o", "nowhere/x.json"), 1, "cannot be written"),
        (("all", "event=x", "-o", "x.json"), 2, "takes no parameters"),
        (("-o", "x.json", "--as-of", "soon"), 1, "'soon' is not an as-of date"),
        ((), 2, "Missing option '-o'"),
    ],
    ids=["entity", "suffix", "place", "parameters", "as-of", "no-file"],
)
def test_what_cannot_be_exported_is_said_and_leaves_no_file(export: Exporting, arguments: tuple[str, ...], code: int, said: str) -> None:
    assert said in export(*arguments, code=code)
    assert list(export.folder.iterdir()) == []
