"""The database is killed under the service: it says so at once, and comes back by itself."""

import os
import signal
import time
from collections.abc import Iterator

import httpx
import pytest

from graphapi import local
from graphapi.ingest import read_dataset
from graphapi.ingest.load import load
from graphapi.ontology import read_ontology
from graphapi.settings import Settings, load_settings
from graphapi.store import open_store
from tests.conftest import LONDON, serve, wait_until
from tests.integration.problem import problem

ADDRESS = "/api/v1/entities/howard-lutnick/neighbors"


@pytest.fixture
def own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    settings = load_settings(home=tmp_path_factory.mktemp("own") / "home", linger=0, neo4j_uri=None, answers_age=0)
    yield settings
    local.stop(settings)


@pytest.fixture
def outage(own: Settings) -> Iterator[httpx.Client]:
    with open_store(own) as store:
        store.apply_schema(read_ontology())
        load(store, read_dataset(LONDON))
        with serve(own, store) as address, httpx.Client(base_url=address, timeout=30, trust_env=False) as client:
            yield client


def test_killed_database_is_said_within_three_seconds_and_comes_back_within_twenty(outage: httpx.Client, own: Settings) -> None:
    before = outage.get(ADDRESS)
    assert before.status_code == 200
    process = local.status(own).pid
    assert process is not None
    os.kill(process, signal.SIGKILL)
    killed = time.monotonic()
    for path in (ADDRESS, "/readyz", "/"):
        began = time.monotonic()
        response = outage.get(path)
        assert time.monotonic() - began < 3
        problem(response, 503)
        assert int(response.headers["retry-after"]) > 0
    assert outage.get("/healthz").status_code == 200
    assert wait_until(lambda: outage.get("/readyz").status_code == 200, 20)
    assert time.monotonic() - killed < 20
    after = outage.get(ADDRESS)
    assert (after.status_code, after.json()) == (200, before.json())
