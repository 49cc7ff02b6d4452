"""Queries that end a server, or that it does not let go of, by somebody with a key: the service survives them, and so does the graph."""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest
import yaml

from graphapi import local
from graphapi.errors import DatabaseUnavailable
from graphapi.ingest import read_dataset
from graphapi.ingest.load import load
from graphapi.keys import add_key
from graphapi.ontology import read_ontology
from graphapi.settings import Settings, load_settings
from graphapi.store import Store, open_store
from tests.conftest import LONDON, serve, wait_until
from tests.integration.fingerprint import fingerprint
from tests.integration.problem import problem

pytestmark = pytest.mark.timeout(600)
ADDRESS = "/api/v1/cypher"
FILE = Path(__file__).parents[1] / "data" / "cypher_runaways.yaml"
CASES: list[dict[str, Any]] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
SECONDS = 3.0
SLACK = 8
STATE = (
    "MATCH (n) RETURN count(n) AS all",
    "MATCH ()-[r]->() RETURN count(r) AS all",
    "SHOW INDEXES YIELD name, type, state, labelsOrTypes, properties RETURN collect([name, type, state, labelsOrTypes, properties]) AS all",
    "SHOW CONSTRAINTS YIELD name, type, labelsOrTypes, properties RETURN collect([name, type, labelsOrTypes, properties]) AS all",
    "SHOW SETTINGS YIELD name, value RETURN collect([name, value]) AS all",
)


@dataclass
class Throwaway:
    """A server of its own with a service on it."""

    settings: Settings
    store: Store
    client: httpx.Client
    before: list[Any]

    def ask(self, query: str, parameters: dict[str, Any] | None = None) -> httpx.Response:
        return self.client.post(ADDRESS, json={"query": query, "parameters": parameters or {}})

    def is_well(self) -> bool:
        """Whether everything is ready, queries run, and nothing is left of those that did not end."""
        ready = self.client.get("/readyz").status_code == 200
        runs = ready and self.ask("MATCH (n) RETURN count(n) AS c").status_code == 200
        return runs and is_quiet(self.store) and state(self.store) == self.before


def state(store: Store) -> list[Any]:
    """Return all that a query could have changed: facts, counts, schema, settings, users; nothing while there is no server."""
    try:
        found = [store.execute_read(text)[0]["all"] for text in STATE]
        return [fingerprint(store), *found, sorted(store.execute_read("SHOW USERS YIELD user RETURN collect(user) AS all")[0]["all"])]
    except DatabaseUnavailable:
        return []


def is_quiet(store: Store) -> bool:
    """Whether the server works on nothing but this question; not while there is no server."""
    try:
        return bool(store.execute_read("SHOW TRANSACTIONS YIELD transactionId RETURN count(*) AS all")[0]["all"] == 1)
    except DatabaseUnavailable:
        return False


@pytest.fixture(scope="module")
def throwaway(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Throwaway]:
    folder = tmp_path_factory.mktemp("throwaway")
    token = add_key(folder / "keys", "analyst", ("read",), datetime.now(UTC).date())
    settings = load_settings(
        home=folder / "home",
        linger=0,
        neo4j_uri=None,
        heap="512m",
        keys_file=folder / "keys",
        cypher_timeout=SECONDS,
        cypher_patience=1,
        keyed_rate=10_000,
        keyed_burst=10_000,
    )
    headers = {"Authorization": f"Bearer {token}"}
    try:
        with open_store(settings) as store:
            store.apply_schema(read_ontology())
            load(store, read_dataset(LONDON))
            with serve(settings, store) as address, httpx.Client(base_url=address, headers=headers, timeout=60, trust_env=False) as client:
                yield Throwaway(settings, store, client, state(store))
    finally:
        local.stop(settings)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_a_runaway_is_answered_in_time_and_the_graph_is_whole_afterwards(throwaway: Throwaway, case: dict[str, Any]) -> None:
    assert wait_until(throwaway.is_well, 150)
    began = time.monotonic()
    response = throwaway.ask(case["query"], case.get("parameters"))
    assert time.monotonic() - began < SECONDS + SLACK
    problem(response, response.status_code)
    assert response.status_code in {400, 503, 504}
    assert wait_until(throwaway.is_well, 150)


def test_a_query_that_does_not_let_go_costs_the_server_its_life_and_others_are_told_to_wait(throwaway: Throwaway) -> None:
    assert wait_until(throwaway.is_well, 150)
    before = local.status(throwaway.settings).restarts
    query = next(case["query"] for case in CASES if case["id"] == "loops-in-each-other")
    problem(throwaway.ask(query), 504)
    seen: dict[str, set[int]] = {"/readyz": set(), "/api/v1/stats": set(), ADDRESS: set()}
    deadline = time.monotonic() + 200
    with ThreadPoolExecutor() as pool:
        while local.status(throwaway.settings).restarts == before or not throwaway.is_well():
            assert time.monotonic() < deadline
            asked = {path: pool.submit(throwaway.client.get, path) for path in seen if path != ADDRESS}
            asked[ADDRESS] = pool.submit(throwaway.ask, "RETURN 1 AS one")
            for path, answer in asked.items():
                response = answer.result()
                seen[path].add(response.status_code)
                assert response.status_code == 200 or int(response.headers["retry-after"]) > 0
    assert seen["/readyz"] == {200, 503}
    assert seen[ADDRESS] == {200, 503}
    assert seen["/api/v1/stats"] <= {200, 503}
    assert local.status(throwaway.settings).restarts == before + 1
