"""The OpenAPI description says what is, and its examples work."""

import asyncio
from itertools import product
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from fastapi.openapi.models import OpenAPI

from graphapi.ontology import read_ontology
from graphapi.store import Store
from graphapi.web.app import ROUTERS, make_api
from graphapi.web.lane import FastLane


@pytest.fixture
def description(service: httpx.Client) -> dict[str, Any]:
    body: dict[str, Any] = service.get("/openapi.json").json()
    return body


async def ask(app: FastAPI, address: str) -> httpx.Response:
    """Ask FastAPI itself, without the layers before it."""
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://localhost") as client:
        return await client.get(address)


def references(part: Any) -> list[str]:
    if isinstance(part, dict):
        own = [part["$ref"]] if isinstance(part.get("$ref"), str) else []
        return own + [found for value in part.values() for found in references(value)]
    return [found for value in part for found in references(value)] if isinstance(part, list) else []


def reading(description: dict[str, Any]) -> dict[str, Any]:
    """The GET operations by their paths."""
    return {path: operations["get"] for path, operations in description["paths"].items() if "get" in operations}


def said(parameter: dict[str, Any], example: Any) -> dict[str, Any]:
    """What an example puts into the query string: a free-form parameter stands for those that it holds."""
    return example if isinstance(example, dict) else {parameter["name"]: example}


def test_description_is_open_api(description: dict[str, Any]) -> None:
    assert OpenAPI.model_validate(description).openapi.startswith("3.1")
    schemas = description["components"]["schemas"]
    assert {reference.removeprefix("#/components/schemas/") for reference in references(description)} <= set(schemas)
    assert "Problem" in schemas


def test_every_operation_says_what_it_does_and_none_promises_422(description: dict[str, Any]) -> None:
    for path, operations in description["paths"].items():
        for operation in operations.values():
            assert operation["summary"], path
            assert operation["description"], path
            assert "422" not in operation["responses"], path
            assert {"200", "400", "503"} <= set(operation["responses"]), path


def test_every_example_works(service: httpx.Client, description: dict[str, Any]) -> None:
    tried = 0
    for path, operation in reading(description).items():
        parameters = operation.get("parameters", [])
        texts = {one["name"]: one["schema"]["examples"] for one in parameters if one["in"] == "path"}
        asked = [one for one in parameters if one["in"] == "query"]
        needed = {name: value for one in asked if one.get("required") for name, value in said(one, one["schema"]["examples"][0]).items()}
        queries = [needed | said(one, example) for one in asked for example in one["schema"].get("examples", [])]
        for values, query in product(product(*texts.values()), [needed, *queries]):
            address = path.format(**dict(zip(texts, values, strict=True)))
            assert service.get(address, params=query).status_code == 200, (address, query)
            tried += 1
    assert tried > 40


def test_every_parameter_but_the_cursor_has_an_example_or_choices(description: dict[str, Any]) -> None:
    for path, operation in reading(description).items():
        for one in operation.get("parameters", []):
            assert one["name"] == "cursor" or one["schema"].get("examples") or one["schema"].get("enum"), (path, one["name"])


@pytest.mark.parametrize(
    "address",
    [
        "/api/v1/stats", "/api/v1/entities?label=Agency&limit=2", "/api/v1/entities?limit=0", "/api/v1/entities?nope=1",
        "/api/v1/delegates?side=china&as_of=2025-05", "/api/v1/entities/howard-lutnick", "/api/v1/entities/howard-lutnik",
        "/api/v1/entities/howard-lutnick/neighbors?type=LEADS", "/api/v1/entities/howard-lutnick/neighbors?direction=up",
        "/api/v1/relationships/howard-lutnick--ABSENT_FROM--talks-geneva-2025-05", "/api/v1/evidence/reuters-london-preview:p12",
        "/api/v1/graph?around=howard-lutnick", "/readyz",
    ],
)  # fmt: skip
def test_the_fast_lane_answers_as_fastapi_does(london: Store, service: httpx.Client, address: str) -> None:
    slow, fast = asyncio.run(ask(make_api(london, read_ontology()), address)), service.get(address)
    assert (slow.status_code, slow.headers["content-type"]) == (fast.status_code, fast.headers["content-type"])
    ours = {"request_id"}
    assert {key: value for key, value in slow.json().items() if key not in ours} == {
        key: value for key, value in fast.json().items() if key not in ours
    }


def test_every_reading_route_runs_in_the_fast_lane(london: Store) -> None:
    lane = FastLane(make_api(london, read_ontology()), ROUTERS)
    described = set(reading(make_api(london, read_ontology()).openapi()))
    assert described - {"/healthz"} <= lane.paths
