"""Single facts and the overview over HTTP."""

import httpx

from graphapi.ingest import read_dataset
from graphapi.ontology import read_ontology
from graphapi.stats import graph_stats
from tests.conftest import LONDON
from tests.integration.problem import problem

ABSENCE = "howard-lutnick--ABSENT_FROM--talks-geneva-2025-05"


def test_relationship_has_its_ends_and_evidence(service: httpx.Client) -> None:
    body = service.get(f"/api/v1/relationships/{ABSENCE}").json()
    assert (body["id"], body["type"], body["evidence"]) == (ABSENCE, "ABSENT_FROM", ["reuters-london-preview:p12"])
    assert (body["from"], body["start"]["id"]) == ("howard-lutnick", "howard-lutnick")
    assert (body["to"], body["end"]["labels"]) == ("talks-geneva-2025-05", ["Entity", "Event", "Round"])


def test_every_relationship_of_the_data_set_is_found_by_its_id(service: httpx.Client) -> None:
    for one in read_dataset(LONDON).graph.relationships:
        assert service.get(f"/api/v1/relationships/{one.id}").json()["id"] == one.id


def test_unknown_relationship_lists_those_between_the_same_two(service: httpx.Client) -> None:
    response = service.get("/api/v1/relationships/howard-lutnick--TOOK_PART_IN--talks-geneva-2025-05")
    assert problem(response, 404)["close"] == [ABSENCE]


def test_unknown_end_of_a_relationship_lists_close_ids(service: httpx.Client) -> None:
    response = service.get("/api/v1/relationships/howard-lutnik--ABSENT_FROM--talks-geneva-2025-05")
    assert problem(response, 404)["close"][0] == "howard-lutnick"


def test_relationship_that_surely_did_not_hold_is_not_there(service: httpx.Client) -> None:
    problem(service.get(f"/api/v1/relationships/{ABSENCE}", params={"as_of": "2025-04"}), 404)
    assert service.get(f"/api/v1/relationships/{ABSENCE}", params={"as_of": "2025-05"}).json()["held"]


def test_place_tells_everything_that_rests_on_it(service: httpx.Client) -> None:
    graph = read_dataset(LONDON).graph
    place = "reuters-london-preview:p12"
    body = service.get(f"/api/v1/evidence/{place}").json()
    assert (body["id"], body["locator"], body["source"]["id"]) == (place, "p12", "reuters-london-preview")
    assert len(body["sha256"]) == 64
    assert [one["id"] for one in body["relationships"]] == sorted(one.id for one in graph.relationships if place in one.evidence)
    assert [one["id"] for one in body["entities"]] == sorted(
        node.id for node in graph.nodes if place in node.evidence and "Entity" in node.labels
    )
    assert not body["truncated"]


def test_whole_source_is_a_place_too(service: httpx.Client) -> None:
    body = service.get("/api/v1/evidence/uk-government-statement").json()
    assert (body["locator"], body["source"]["id"]) == ("", "uk-government-statement")
    assert body["entities"]


def test_unknown_place_lists_those_of_its_source(service: httpx.Client) -> None:
    body = problem(service.get("/api/v1/evidence/reuters-london-preview:p99"), 404)
    assert all(place.startswith("reuters-london-preview:p") for place in body["close"])
    assert body["close"]


def test_stats_are_those_of_the_data_set(service: httpx.Client) -> None:
    body = service.get("/api/v1/stats").json()
    expected = graph_stats(read_dataset(LONDON).graph).model_dump(mode="json")
    assert body | {"version": 0} == expected
    assert body["version"] > 0


def test_datasets_name_version_and_licence(service: httpx.Client) -> None:
    body = service.get("/api/v1/datasets").json()
    assert body["next"] is None
    assert [(one["id"], one["licence"]) for one in body["items"]] == [(LONDON, "CC-BY-4.0")]


def test_ontology_is_the_whole_of_it(service: httpx.Client) -> None:
    assert service.get("/api/v1/ontology").json() == read_ontology().model_dump(mode="json")
