"""Cypher by other people on a server of its own: two real servers, and which of them is asked what."""

from collections.abc import Iterator

import httpx
import pytest
from pydantic import SecretStr

from graphapi import local
from graphapi.errors import DatabaseRefused
from graphapi.local import Lease
from graphapi.ontology import read_ontology
from graphapi.settings import Settings, load_settings
from graphapi.store import Store, open_adhoc_store
from graphapi.web.app import create_app
from tests.conftest import serve_app
from tests.datasets import write_dataset
from tests.integration.command_line import run
from tests.integration.problem import problem

COUNT = {"query": "MATCH (person:Person) RETURN collect(person.id) AS ids"}


@pytest.fixture(scope="module")
def lease(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lease]:
    """A second Neo4j, which nobody but these tests uses."""
    own = load_settings(home=tmp_path_factory.mktemp("adhoc") / "home", linger=0, heap="512m", neo4j_uri=None)
    with local.acquire(own) as found:
        yield found


@pytest.fixture(scope="module")
def apart(lease: Lease, settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Settings that name the tests' database and the second one, which holds the small data set."""
    folder = tmp_path_factory.mktemp("copy")
    login = {"NEO4J_URI": lease.uri, "NEO4J_USERNAME": lease.username, "NEO4J_PASSWORD": lease.password}
    done = run("load", write_dataset(folder / "tiny"), folder=folder, variables=login)
    assert done.returncode == 0, done.stderr
    return with_adhoc(settings, lease.uri, lease.password)


def with_adhoc(settings: Settings, uri: str, password: str) -> Settings:
    return settings.model_copy(update={"adhoc_uri": uri, "adhoc_password": SecretStr(password)})


@pytest.fixture
def client(london: Store, apart: Settings) -> Iterator[httpx.Client]:
    with (
        open_adhoc_store(apart) as adhoc,
        serve_app(create_app(apart, london, read_ontology(), adhoc)) as address,
        httpx.Client(base_url=address, timeout=30, trust_env=False) as client,
    ):
        yield client


def test_entities_come_from_one_server_and_cypher_from_the_other(client: httpx.Client) -> None:
    assert client.get("/api/v1/entities/howard-lutnick").status_code == 200
    problem(client.get("/api/v1/entities/ann"), 404)
    answer = client.post("/api/v1/cypher", json=COUNT)
    assert (answer.status_code, sorted(answer.json()["rows"][0][0])) == (200, ["ann", "bo"])
    plan = client.post("/api/v1/cypher", json=COUNT | {"explain": True})
    assert plan.status_code == 200


def test_the_service_is_ready_and_says_how_the_other_server_does(client: httpx.Client) -> None:
    assert client.get("/readyz").json() == {"status": "ready", "adhoc": "ready"}


def test_without_the_other_server_everything_but_cypher_is_served(london: Store, settings: Settings) -> None:
    gone = with_adhoc(settings, "bolt://127.0.0.1:1", "unused")
    with (
        open_adhoc_store(gone) as adhoc,
        serve_app(create_app(gone, london, read_ontology(), adhoc)) as address,
        httpx.Client(base_url=address, timeout=30, trust_env=False) as client,
    ):
        assert client.get("/api/v1/entities/howard-lutnick").status_code == 200
        ready = client.get("/readyz")
        assert ready.status_code == 200
        assert ready.json() == {"status": "ready", "adhoc": "The database for Cypher by other people does not answer."}
        refused = problem(client.post("/api/v1/cypher", json=COUNT), 503)
        assert refused["detail"] == "The database for Cypher by other people does not answer."
        assert "PARLEY_ADHOC_URI" in refused["hint"]


def test_a_wrong_password_is_refused_naming_the_settings(lease: Lease, settings: Settings) -> None:
    with pytest.raises(DatabaseRefused) as refused, open_adhoc_store(with_adhoc(settings, lease.uri, "not this one")):
        pass
    assert "for Cypher by other people" in refused.value.message
    assert refused.value.hint == "Check PARLEY_ADHOC_USERNAME and PARLEY_ADHOC_PASSWORD."


def test_without_a_setting_there_is_none(settings: Settings) -> None:
    with open_adhoc_store(settings) as adhoc:
        assert adhoc is None


def test_an_empty_setting_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PARLEY_ADHOC_URI", "")
    assert load_settings().adhoc_uri is None
