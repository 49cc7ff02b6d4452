"""The same answer by suffix and by Accept; a suffix wins, and one that is not there is told."""

import json

import httpx
import pytest

from tests.integration.problem import problem

NEIGHBORS = "/api/v1/entities/howard-lutnick/neighbors"
KINDS = {"json": "application/json", "csv": "text/csv", "ndjson": "application/x-ndjson"}


@pytest.mark.parametrize("path", ["/api/v1/entities", "/api/v1/delegates", "/api/v1/agencies", NEIGHBORS])
@pytest.mark.parametrize("suffix", KINDS)
def test_suffix_and_accept_give_the_same(service: httpx.Client, path: str, suffix: str) -> None:
    by_suffix = service.get(f"{path}.{suffix}", params={"limit": 3})
    by_accept = service.get(path, params={"limit": 3}, headers={"Accept": KINDS[suffix]})
    assert by_suffix.status_code == by_accept.status_code == 200
    assert by_suffix.headers["content-type"].partition(";")[0] == by_accept.headers["content-type"].partition(";")[0] == KINDS[suffix]
    assert by_suffix.content == by_accept.content


@pytest.mark.parametrize(
    "path",
    [
        "/api/v1/stats",
        "/api/v1/ontology",
        "/api/v1/entities/howard-lutnick",
        "/api/v1/relationships/howard-lutnick--ABSENT_FROM--talks-geneva-2025-05",
        "/api/v1/evidence/reuters-london-preview:p12",
        "/api/v1/queries",
        "/api/v1/graph",
    ],
)
def test_json_has_a_suffix_everywhere(service: httpx.Client, path: str) -> None:
    found = service.get(f"{path}.json", headers={"Accept": "text/html"})
    assert found.status_code == 200
    assert found.json() == service.get(path, headers={"Accept": "application/json"}).json()


@pytest.mark.parametrize(("suffix", "accept"), [("csv", "application/json"), ("json", "text/csv"), ("ndjson", "text/html")])
def test_suffix_wins_over_what_accept_says(service: httpx.Client, suffix: str, accept: str) -> None:
    found = service.get(f"{NEIGHBORS}.{suffix}", headers={"Accept": accept})
    assert found.headers["content-type"].partition(";")[0] == KINDS[suffix]


def test_weights_of_accept_decide(service: httpx.Client) -> None:
    found = service.get(NEIGHBORS, headers={"Accept": "application/json;q=0.3, text/csv;q=0.8, */*;q=0.1"})
    assert found.headers["content-type"] == "text/csv; charset=utf-8"


@pytest.mark.parametrize(
    ("path", "known"),
    [
        ("/api/v1/entities.xml", ".csv, .json, .ndjson"),
        (f"{NEIGHBORS}.xlsx", ".csv, .json, .ndjson"),
        ("/api/v1/stats.csv", ".json"),
        ("/api/v1/graph.gexf", ".csv, .graphml, .html, .json"),
    ],
)
def test_suffix_that_is_not_there_is_told_with_those_that_are(service: httpx.Client, path: str, known: str) -> None:
    body = problem(service.get(path), 404)
    assert body["type"] == "urn:parley:problem:no-such-format"
    assert f"'.{path.rpartition('.')[2]}'" in body["detail"]
    assert known in body["hint"]


def test_id_with_another_suffix_is_no_id(service: httpx.Client) -> None:
    assert "howard-lutnick" in problem(service.get("/api/v1/entities/howard-lutnick.xml"), 404)["close"]


def test_nothing_is_found_at_a_suffix_of_nothing(service: httpx.Client) -> None:
    assert problem(service.get("/api/v1/nothing.json"), 404)["type"] == "urn:parley:problem:no-such-address"


def test_format_that_nobody_likes_is_refused(service: httpx.Client) -> None:
    problem(service.get(NEIGHBORS, headers={"Accept": "image/png"}), 406)


def test_lines_are_the_items_and_name_the_page_after(service: httpx.Client) -> None:
    whole = service.get(NEIGHBORS, params={"limit": 2}).json()
    lines = service.get(f"{NEIGHBORS}.ndjson", params={"limit": 2})
    assert [json.loads(line) for line in lines.text.splitlines()] == whole["items"]
    after = lines.links["next"]["url"]
    assert after.startswith(f"{NEIGHBORS}.ndjson?")
    assert json.loads(service.get(after).text.splitlines()[0])["relationship"]["id"] > whole["items"][-1]["relationship"]["id"]


def test_whole_graph_comes_line_by_line(service: httpx.Client) -> None:
    whole = service.get("/api/v1/graph.json").json()
    response = service.get("/api/v1/export.ndjson")
    assert response.headers["content-type"] == "application/x-ndjson"
    assert response.headers["cache-control"] == "no-store"
    first, *lines, last = [json.loads(line) for line in response.text.splitlines()]
    assert [one["id"] for one in first["graph"]["datasets"]] == ["us-china-london-2025"]
    nodes = {line["node"]["id"]: line["node"] for line in lines if "node" in line}
    relationships = {line["relationship"]["id"]: line["relationship"] for line in lines if "relationship" in line}
    assert last == {"end": True, "nodes": len(nodes), "relationships": len(relationships)}
    assert len(lines) == len(nodes) + len(relationships)
    assert {node["id"]: node for node in whole["nodes"]}.items() <= nodes.items()
    assert {one["id"]: one for one in whole["relationships"]}.items() <= relationships.items()
    assert "Evidence" in {label for node in nodes.values() for label in node["labels"]}
