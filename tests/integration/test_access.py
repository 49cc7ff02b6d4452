"""Keys, origins and rates at the service itself: what the whole stack answers."""

from collections.abc import Iterator
from datetime import UTC, datetime
from ipaddress import ip_network
from itertools import count
from pathlib import Path

import httpx
import pytest

from graphapi.keys import add_key, remove_key
from graphapi.settings import Settings
from graphapi.store import Store
from tests.conftest import serve
from tests.integration.problem import problem

BLOG = "https://blog.example.org"
ADDRESSES = count(1)


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("keys") / "keys"


@pytest.fixture(scope="module")
def token(file: Path) -> str:
    return add_key(file, "newsroom", ("read",), datetime.now(UTC).date())


@pytest.fixture(scope="module")
def limited(file: Path, token: str, settings: Settings, opened_store: Store) -> Iterator[httpx.Client]:
    """A service with a keys file, one foreign origin, a trusted proxy and low rates."""
    own = settings.model_copy(
        update={
            "keys_file": file,
            "cors_origins": (BLOG,),
            "trusted_proxies": (ip_network("127.0.0.1"),),
            "rate": 0.001,
            "burst": 3,
            "keyed_rate": 0.001,
            "keyed_burst": 5,
        }
    )
    with serve(own, opened_store) as address, httpx.Client(base_url=address, timeout=30, trust_env=False) as client:
        yield client


@pytest.fixture
def keyed(limited: httpx.Client) -> httpx.Client:
    """The service as asked from an address that no test before has asked from, which has its whole rate."""
    limited.headers["X-Forwarded-For"] = f"203.0.113.{next(ADDRESSES)}"
    return limited


def test_keys_are_not_needed_to_read(london: Store, keyed: httpx.Client) -> None:
    assert keyed.get("/api/v1/stats").status_code == 200


def test_a_key_reads_and_a_wrong_one_does_not(london: Store, keyed: httpx.Client, token: str) -> None:
    assert keyed.get("/api/v1/stats", headers=bearer(token)).status_code == 200
    refused = keyed.get("/api/v1/stats", headers=bearer("parley_wrong"))
    assert problem(refused, 401)["type"] == "urn:parley:problem:key-refused"
    assert refused.headers["www-authenticate"].startswith("Bearer ")


@pytest.mark.parametrize("name", ["key", "token", "access_token", "api_key"])
def test_a_key_in_an_address_is_refused(london: Store, keyed: httpx.Client, token: str, name: str) -> None:
    refused = keyed.get("/api/v1/stats", params={name: token})
    body = problem(refused, 400)
    assert (body["parameter"], body["detail"]) == (name, f"There is no parameter {name!r} here.")


def test_a_key_that_is_removed_counts_no_more(london: Store, keyed: httpx.Client, file: Path) -> None:
    second = add_key(file, "second", ("read",), datetime.now(UTC).date())
    assert keyed.get("/api/v1/stats", headers=bearer(second)).status_code == 200
    remove_key(file, "second")
    problem(keyed.get("/api/v1/stats", headers=bearer(second)), 401)


def test_without_keys_a_key_is_refused_with_a_sentence(service: httpx.Client, token: str) -> None:
    refused = service.get("/api/v1/stats", headers=bearer(token))
    assert problem(refused, 401)["detail"] == "No keys are configured here, and this request shows one."


def test_a_client_that_asks_too_fast_waits_and_others_do_not(london: Store, keyed: httpx.Client) -> None:
    mine, other = {"X-Forwarded-For": "192.0.2.1"}, {"X-Forwarded-For": "192.0.2.1, 192.0.2.2"}
    statuses = [keyed.get("/api/v1/stats", headers=mine).status_code for _ in range(4)]
    assert statuses == [200, 200, 200, 429]
    refused = keyed.get("/api/v1/stats", headers=mine)
    assert problem(refused, 429)["type"] == "urn:parley:problem:too-many-requests"
    assert int(refused.headers["retry-after"]) > 0
    assert keyed.get("/api/v1/stats", headers=other).status_code == 200
    assert keyed.get("/healthz", headers=mine).status_code == 200


def test_a_key_has_a_rate_of_its_own_from_wherever_it_is_used(london: Store, keyed: httpx.Client, file: Path) -> None:
    third = bearer(add_key(file, "third", ("read",), datetime.now(UTC).date()))
    statuses = [keyed.get("/api/v1/stats", headers=third | {"X-Forwarded-For": f"198.51.100.{number}"}).status_code for number in range(6)]
    assert statuses == [200] * 5 + [429]


def test_a_page_of_a_named_origin_reads_and_asks(london: Store, keyed: httpx.Client) -> None:
    from_there = {"Origin": BLOG, "Sec-Fetch-Site": "cross-site"}
    read = keyed.get("/api/v1/stats", headers=from_there)
    asked = keyed.post("/api/v1/cypher", json={"query": "RETURN 1 AS one"}, headers=from_there)
    assert (read.status_code, asked.status_code) == (200, 200)
    assert asked.json()["rows"] == [[1]]
    for answer in (read, asked):
        assert answer.headers["access-control-allow-origin"] == BLOG
        assert "Origin" in answer.headers["vary"]
    problem(keyed.post("/api/v1/datasets", content=b"", headers=from_there), 403)
    problem(keyed.post("/api/v1/cypher", json={"query": "RETURN 1"}, headers=from_there | {"Origin": "https://other.example"}), 403)


def test_without_named_origins_nothing_is_shared(service: httpx.Client) -> None:
    assert "access-control-allow-origin" not in service.get("/api/v1/stats", headers={"Origin": BLOG}).headers


def test_the_description_knows_keys(service: httpx.Client) -> None:
    schema = service.get("/openapi.json").json()
    assert schema["components"]["securitySchemes"]["key"] == {
        "type": "http",
        "scheme": "bearer",
        "description": "A key of parley key new",
    }
    assert schema["security"] == [{}, {"key": []}]
    for path, method in (("/api/v1/datasets", "post"), ("/api/v1/datasets/{id}", "delete")):
        route = schema["paths"][path][method]
        assert route["security"] == [{"key": []}]
        assert {"401", "403", "409", "429"} <= set(route["responses"])
    assert "Fault" in schema["components"]["schemas"]
