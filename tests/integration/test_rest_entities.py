"""Entities over HTTP: lists, pages, neighbours, evidence, as of a date."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from graphapi.ingest import read_dataset
from graphapi.model import Graph
from tests.conftest import LONDON
from tests.integration.problem import problem

PRESELECTED = {"agencies": "Agency", "agreements": "Agreement", "issues": "Issue", "events": "Event", "measures": "Measure"}
HUB = "united-states"


@pytest.fixture(scope="module")
def graph() -> Graph:
    return read_dataset(LONDON).graph


def get(service: httpx.Client, path: str, **parameters: Any) -> dict[str, Any]:
    response = service.get(f"/api/v1{path}", params=parameters)
    assert response.status_code == 200, response.text
    assert response.headers["content-type"] == "application/json"
    body: dict[str, Any] = response.json()
    return body


def pages(service: httpx.Client, path: str, **parameters: Any) -> Iterator[list[dict[str, Any]]]:
    """Walk a list to its end."""
    body = get(service, path, **parameters)
    yield body["items"]
    while body["next"] is not None:
        body = get(service, path, **parameters, cursor=body["next"])
        yield body["items"]


def ids(items: list[dict[str, Any]]) -> list[str]:
    return [item["id"] for item in items]


@pytest.mark.parametrize("limit", [1, 7, 50, 500])
def test_walk_over_entities_meets_each_once_in_order(service: httpx.Client, graph: Graph, limit: int) -> None:
    walked = list(pages(service, "/entities", limit=limit))
    assert all(len(page) == limit for page in walked[:-1])
    met = [identifier for page in walked for identifier in ids(page)]
    assert met == sorted(node.id for node in graph.nodes if "Entity" in node.labels)


def test_label_stands_for_its_children_too(service: httpx.Client, graph: Graph) -> None:
    found = get(service, "/entities", label="Organization", limit=500)["items"]
    assert ids(found) == sorted(node.id for node in graph.nodes if "Organization" in node.labels)
    assert {item["labels"][-1] for item in found} == {"Organization", "Agency", "Country"}


def test_sources_are_listed_by_their_label(service: httpx.Client, graph: Graph) -> None:
    assert ids(get(service, "/entities", label="Source")["items"]) == sorted(node.id for node in graph.nodes if node.label == "Source")


@pytest.mark.parametrize(("path", "label"), PRESELECTED.items())
def test_preselected_list_is_the_label(service: httpx.Client, path: str, label: str) -> None:
    assert get(service, f"/{path}") == get(service, "/entities", label=label) | {"next": None}
    assert get(service, f"/{path}")["items"]


def test_delegates_are_the_people_with_a_membership_or_presence(service: httpx.Client, graph: Graph) -> None:
    table = {"LEADS", "MEMBER_OF", "TOOK_PART_IN", "ANNOUNCED_FOR", "UNCONFIRMED_AT"}
    ends = {node.id: node.labels for node in graph.nodes}
    wanted = {one.start for one in graph.relationships if one.type in table and {"Delegation", "Event"} & set(ends[one.end])}
    found = get(service, "/delegates", limit=500)["items"]
    assert ids(found) == sorted(identifier for identifier in wanted if "Person" in ends[identifier])
    assert "howard-lutnick" in ids(found)
    walked = [identifier for page in pages(service, "/delegates", limit=2) for identifier in ids(page)]
    assert walked == ids(found)


def test_side_selects_and_an_unknown_one_is_refused_with_close_ids(service: httpx.Client) -> None:
    found = get(service, "/delegates", side="china")["items"]
    assert "he-lifeng" in ids(found)
    assert {item["properties"]["side"] for item in found} == {"china"}
    body = problem(service.get("/api/v1/delegates", params={"side": "chyna"}), 400)
    assert body["parameter"] == "side"
    assert "china" in body["hint"]


def test_one_entity_has_dates_as_texts_and_values_as_objects(service: httpx.Client) -> None:
    body = get(service, "/entities/talks-geneva-2025-05")
    assert body["labels"] == ["Entity", "Event", "Round"]
    assert body["properties"]["earliest"] == "2025-05-01"
    assert {value["property"] for value in body["properties"]["values"]} >= {"date"}
    assert not {"id", "name"} & set(body["properties"])


def test_a_source_is_found_like_an_entity(service: httpx.Client) -> None:
    assert get(service, "/entities/reuters-london-preview")["labels"] == ["Source"]


@pytest.mark.parametrize("limit", [1, 3, 500])
def test_walk_over_neighbours_meets_each_once_in_order(service: httpx.Client, graph: Graph, limit: int) -> None:
    met = [item["relationship"]["id"] for page in pages(service, f"/entities/{HUB}/neighbors", limit=limit) for item in page]
    assert met == sorted(one.id for one in graph.relationships if HUB in (one.start, one.end))


def test_neighbours_have_the_relationship_and_the_node_at_its_other_end(service: httpx.Client) -> None:
    for item in get(service, f"/entities/{HUB}/neighbors", limit=500)["items"]:
        relationship, node = item["relationship"], item["node"]
        assert relationship["id"] == f"{relationship['from']}--{relationship['type']}--{relationship['to']}"
        assert {relationship["from"], relationship["to"]} == {HUB, node["id"]}
        assert relationship["evidence"]


def test_direction_and_type_select_neighbours(service: httpx.Client, graph: Graph) -> None:
    out = get(service, f"/entities/{HUB}/neighbors", direction="out", limit=500)["items"]
    into = get(service, f"/entities/{HUB}/neighbors", direction="in", limit=500)["items"]
    assert {item["relationship"]["from"] for item in out} == {HUB}
    assert {item["relationship"]["to"] for item in into} == {HUB}
    assert len(out) + len(into) == sum(HUB in (one.start, one.end) for one in graph.relationships)
    absent = get(service, "/entities/howard-lutnick/neighbors", type="ABSENT_FROM")["items"]
    assert [item["node"]["id"] for item in absent] == ["talks-geneva-2025-05"]
    assert get(service, "/entities/howard-lutnick/neighbors", type="ABSENT_FROM", direction="in")["items"] == []


def test_evidence_tells_what_rests_on_each_place(service: httpx.Client) -> None:
    items = get(service, "/entities/talks-geneva-2025-05/evidence", limit=500)["items"]
    assert ids(items) == sorted(ids(items))
    places = {item["id"]: item for item in items}
    assert "howard-lutnick--ABSENT_FROM--talks-geneva-2025-05" in places["reuters-london-preview:p12"]["relationships"]
    assert places["reuters-london-preview:p12"]["whole"]
    assert places["reuters-london-preview:p2"]["properties"] == ["date"]
    assert all(item["source"]["labels"] == ["Source"] for item in items)
    assert places["reuters-london-preview:p12"]["summary"]
    walked = [item for page in pages(service, "/entities/talks-geneva-2025-05/evidence", limit=1) for item in page]
    assert walked == items


def test_evidence_names_the_claims_about_an_entity(service: httpx.Client) -> None:
    items = get(service, "/entities/call-trump-xi-2025-06/evidence")["items"]
    claims = {claim["id"] for item in items for claim in item["claims"]}
    assert "claim-trump-call-positive" in claims


@pytest.mark.parametrize(
    ("as_of", "there"),
    [("2025-04", False), ("2025-05", True), ("2025-05-10", True), ("2025", True), ("2024", False)],
)
def test_event_after_the_date_is_left_out_with_its_relationships(service: httpx.Client, as_of: str, there: bool) -> None:
    listed = ids(get(service, "/events", as_of=as_of, limit=500)["items"])
    assert ("talks-geneva-2025-05" in listed) is there
    neighbours = get(service, "/entities/howard-lutnick/neighbors", as_of=as_of)["items"]
    assert ("talks-geneva-2025-05" in {item["node"]["id"] for item in neighbours}) is there
    response = service.get("/api/v1/entities/talks-geneva-2025-05", params={"as_of": as_of})
    assert response.status_code == (200 if there else 404)
    around = get(service, "/entities/talks-geneva-2025-05/neighbors", as_of=as_of)["items"]
    assert bool(around) is there


def test_as_of_marks_how_surely(service: httpx.Client) -> None:
    assert get(service, "/entities/talks-geneva-2025-05", as_of="2025-05-10")["held"] == "possibly"
    assert get(service, "/entities/talks-geneva-2025-05", as_of="2025-06")["held"] == "yes"
    assert "held" not in get(service, "/entities/talks-geneva-2025-05")
    assert "held" not in get(service, "/entities/howard-lutnick", as_of="2025-06")
    items = get(service, f"/entities/{HUB}/neighbors", as_of="2025-06-08", limit=500)["items"]
    assert {item["relationship"]["held"] for item in items} <= {"yes", "possibly", "unknown"}
    assert Counter(item["relationship"]["held"] for item in items)["yes"] > 0


@pytest.mark.parametrize("limit", [1, 4])
def test_pages_stay_right_under_as_of(service: httpx.Client, limit: int) -> None:
    whole = get(service, f"/entities/{HUB}/neighbors", as_of="2025-04", limit=500)["items"]
    walked = [item for page in pages(service, f"/entities/{HUB}/neighbors", as_of="2025-04", limit=limit) for item in page]
    assert walked == whole
    assert 0 < len(whole) < len(get(service, f"/entities/{HUB}/neighbors", limit=500)["items"])
