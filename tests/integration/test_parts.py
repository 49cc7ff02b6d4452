"""A part of the graph as blocks of the explorer's page: what an expanded entity brings in."""

from pathlib import Path
from typing import Any

import httpx
import pytest

from graphapi.ingest import read_dataset
from graphapi.ingest.load import load
from graphapi.ontology import read_ontology
from graphapi.reading.graphs import read_graph
from graphapi.store import Store
from tests.integration.problem import problem
from tests.integration.test_paths import web
from visualizer.part import draw_part


def part(service: httpx.Client, identifier: str, **parameters: str) -> dict[str, Any]:
    answer = service.get(f"/api/v1/entities/{identifier}/part", params=parameters)
    assert answer.status_code == 200
    found: dict[str, Any] = answer.json()
    return found


def test_part_holds_what_touches_the_entity_and_what_it_rests_on(service: httpx.Client) -> None:
    found = part(service, "howard-lutnick")
    nodes = {node["id"]: node for node in found["nodes"]}
    assert "talks-london-2025-06-09" in found["neighbours"]
    assert "us-commerce" in found["neighbours"]
    assert "talks-geneva-2025-05" not in found["neighbours"]
    assert set(found["neighbours"]) <= set(nodes)
    assert nodes["howard-lutnick"]["kind"] == "Person"
    assert nodes["howard-lutnick"]["x"] is None
    assert "reuters-london-preview:p12" in found["evidence"]
    assert found["sources"]
    line = next(line for line in found["lines"] if {line["from"], line["to"]} == {"howard-lutnick", "us-commerce"})
    assert line["parts"] == ["howard-lutnick--HOLDS--post-us-commerce-secretary", "post-us-commerce-secretary--PART_OF--us-commerce"]
    assert {part for line in found["lines"] for part in line["parts"]} <= set(found["relationships"])
    assert all(found[name] for name in ("entities", "relationships", "claims", "evidence", "sources"))
    assert found["next"] is None


def test_part_is_drawn_as_the_page_draws_it(service: httpx.Client, london: Store) -> None:
    ontology = read_ontology()
    whole = draw_part(read_graph(london, ontology), ontology, "howard-lutnick")
    found = part(service, "howard-lutnick")
    same = ("label", "size", "room", "kind", "colour", "days")
    drawn = {node["id"]: node for node in whole["nodes"]}
    assert [[node[name] for name in same] for node in found["nodes"]] == [
        [drawn[node["id"]][name] for name in same] for node in found["nodes"]
    ]
    assert found["entities"]["howard-lutnick"] == whole["entities"]["howard-lutnick"]
    assert found["neighbours"] == whole["neighbours"]


def test_pages_of_a_part_have_forty_relationships_and_hold_them_all_together(store: Store, client: httpx.Client, tmp_path: Path) -> None:
    load(store, read_dataset(web(tmp_path, 60)))
    cursor, sizes = "", []
    met: set[str] = set()
    while True:
        found = part(client, "bo", **({"cursor": cursor} if cursor else {}))
        fresh = {one for one, told in found["relationships"].items() if "bo" in (told["from"], told["to"])} - met
        sizes.append(len(fresh))
        met |= fresh
        cursor = found["next"]
        if not cursor:
            break
    assert sizes == [40, 21]
    assert met == {one.id for one in read_graph(store, read_ontology()).relationships if "bo" in (one.start, one.end)}
    first = part(client, "bo")["next"]
    problem(client.get("/api/v1/entities/cy/part", params={"cursor": first}), 400)
    problem(client.get("/api/v1/entities/bo/part", params={"cursor": first, "as_of": "2025-05"}), 400)


def test_part_as_of_a_date_leaves_out_what_was_not_yet(service: httpx.Client) -> None:
    assert "talks-london-2025-06-09" not in {node["id"] for node in part(service, "howard-lutnick", as_of="2025-05")["nodes"]}


def test_unknown_entity_lists_close_ids(service: httpx.Client) -> None:
    body = problem(service.get("/api/v1/entities/howard-lutnik/part"), 404)
    assert "howard-lutnick" in str(body)


@pytest.mark.parametrize("parameters", [{"limit": "500"}, {"cursor": "x"}, {"as_of": "soon"}], ids=["limit", "cursor", "as_of"])
def test_bad_parameter_is_refused(service: httpx.Client, parameters: dict[str, str]) -> None:
    problem(service.get("/api/v1/entities/howard-lutnick/part", params=parameters), 400)


def test_part_stands_in_the_description(service: httpx.Client) -> None:
    paths = service.get("/openapi.json").json()["paths"]
    assert "/api/v1/entities/{id}/part" in paths
