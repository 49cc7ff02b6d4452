"""A query that does not end on a server that is not ours: it is said, and nobody kills that server."""

import os
import signal
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest

from graphapi import local
from graphapi.ingest import read_dataset
from graphapi.ingest.load import load
from graphapi.keys import add_key
from graphapi.local import Lease
from graphapi.ontology import read_ontology
from graphapi.settings import Settings, load_settings
from graphapi.store import open_store
from tests.conftest import LONDON, serve, wait_until
from tests.integration.problem import problem

pytestmark = pytest.mark.timeout(300)
ADDRESS = "/api/v1/cypher"
STUCK = "RETURN size([x IN range(1, 100000) WHERE all(y IN range(1, 100000) WHERE all(z IN range(1, 100000) WHERE x + y + z > 0))]) AS n"


@pytest.fixture
def owner(tmp_path: Path) -> Settings:
    """Settings of whoever runs the second server; the service is told its address only."""
    return load_settings(home=tmp_path / "owner", linger=0, heap="512m", neo4j_uri=None)


@pytest.fixture
def lease(owner: Settings) -> Iterator[Lease]:
    with local.acquire(owner) as found:
        yield found
        process = local.status(owner).pid
        assert process is not None
        os.kill(process, signal.SIGKILL)  # what is stuck there ends no other way
    local.stop(owner)


def test_it_is_said_and_the_server_is_left_alone(owner: Settings, lease: Lease, tmp_path: Path) -> None:
    token = add_key(tmp_path / "keys", "analyst", ("read",), datetime.now(UTC).date())
    login = {"neo4j_uri": lease.uri, "neo4j_username": lease.username, "neo4j_password": lease.password}
    settings = load_settings(
        **login, keys_file=tmp_path / "keys", cypher_timeout=2, cypher_patience=1, cypher_keyed_at_once=1, cypher_wait=0.5
    )
    process, headers = local.status(owner).pid, {"Authorization": f"Bearer {token}"}
    with (
        open_store(settings) as store,
        serve(settings, store) as address,
        httpx.Client(base_url=address, timeout=60, trust_env=False) as client,
    ):
        store.apply_schema(read_ontology())
        load(store, read_dataset(LONDON))
        assert client.get("/readyz").status_code == 200
        problem(client.post(ADDRESS, json={"query": STUCK}, headers=headers), 504)
        assert wait_until(lambda: client.get("/readyz").status_code == 503, 30)
        assert problem(client.get("/readyz"), 503)["detail"] == "A query does not end, although the server was asked to end it."
        refused = client.post(ADDRESS, json={"query": "RETURN 1 AS one"}, headers=headers)
        assert problem(refused, 503)["type"] == "urn:parley:problem:queries-stuck"
        assert int(refused.headers["retry-after"]) > 0
        assert client.post(ADDRESS, json={"query": "RETURN 1 AS one"}).status_code == 200
        assert (local.status(owner).pid, local.status(owner).restarts) == (process, 0)
