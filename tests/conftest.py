"""The database of the tests, always a real Neo4j: NEO4J_TEST_URI, else a container, else the local Neo4j; never skipped.

Only a database that was empty or carries our marker is ever wiped. There is one for the whole run: `store` gives it empty, `london` with
the London data set, `service` over HTTP on top of that.
"""

import gc
import os
import socket
import threading
import warnings
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
import pytest
import uvicorn

from graphapi import local
from graphapi.ingest import read_dataset
from graphapi.ingest.load import load
from graphapi.ontology import read_ontology
from graphapi.settings import Settings, load_settings
from graphapi.store import Store, open_store
from graphapi.web.app import create_app

if TYPE_CHECKING:
    from starlette.types import ASGIApp

IMAGE = "neo4j:2026.08.1"
LONDON = "us-china-london-2025"
WIDER = "us-china-2018-2026"
FOREIGN = "MATCH (node) WHERE NOT node:ParleyTest RETURN count(node) AS count"
MARKED = "MATCH (marker:ParleyTest) RETURN count(marker) AS count"
MARK = "MERGE (:Meta:ParleyTest {id: 'tests'})"
WIPE = "MATCH (node) WHERE NOT node:ParleyTest CALL (node) { DETACH DELETE node } IN TRANSACTIONS OF 5000 ROWS"


@dataclass
class Database:
    """Where the tests' database is, and what it holds: `empty`, `london` or `unknown`."""

    uri: str
    username: str
    password: str
    holds: str = "unknown"


@pytest.fixture(scope="session")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """Give the one database of this run, marked as ours; refuse one that holds anybody else's data."""
    with ExitStack() as stack:
        found = _named() or _container(stack) or _local(stack, tmp_path_factory.mktemp("neo4j"))
        with open_store(_settings(found)) as store:
            marked = store.execute_read(MARKED)[0]["count"]
            if not marked and store.execute_read(FOREIGN)[0]["count"]:
                pytest.exit("NEO4J_TEST_URI names a database that is not empty and not marked as the tests' own; it was left alone.", 2)
            _run(store, MARK)
        yield found


@pytest.fixture(scope="session")
def database_environment(database: Database) -> dict[str, str]:
    """Give the variables of a process that is to use the tests' database: this process's, with ours replaced."""
    kept = {name: value for name, value in os.environ.items() if name == "PARLEY_CACHE" or not name.startswith(("PARLEY_", "NEO4J_"))}
    return kept | {"NEO4J_URI": database.uri, "NEO4J_USERNAME": database.username, "NEO4J_PASSWORD": database.password}


@pytest.fixture(scope="session")
def settings(database: Database) -> Settings:
    """Give settings that name the tests' database."""
    return _settings(database)


@pytest.fixture(scope="session")
def opened_store(settings: Settings) -> Iterator[Store]:
    """Give the store of the tests' database, whatever it holds."""
    with open_store(settings) as store:
        yield store


@pytest.fixture
def store(database: Database, opened_store: Store) -> Store:
    """Give a store with the schema and not a single fact."""
    database.holds = "unknown"
    empty(opened_store)
    return opened_store


@pytest.fixture
def london(database: Database, opened_store: Store, request: pytest.FixtureRequest) -> Store:
    """Give a store with the London data set and nothing else; tests only read it."""
    if database.holds != "london":
        load(request.getfixturevalue("store"), read_dataset(LONDON))
        database.holds = "london"
    return opened_store


@pytest.fixture
def both(database: Database, opened_store: Store, request: pytest.FixtureRequest) -> Store:
    """Give a store with both bundled data sets and nothing else; tests only read it."""
    if database.holds != "both":
        store = request.getfixturevalue("store")
        load(store, read_dataset(LONDON))
        load(store, read_dataset(WIDER))
        database.holds = "both"
    return opened_store


@pytest.fixture(scope="session")
def served(settings: Settings, opened_store: Store) -> Iterator[str]:
    """Give the address of a service on the tests' database."""
    with serve(settings, opened_store) as address:
        yield address


@pytest.fixture(scope="session")
def client(served: str) -> Iterator[httpx.Client]:
    """Give an HTTP client of the service."""
    with httpx.Client(base_url=served, timeout=30, trust_env=False) as client:
        yield client


@pytest.fixture
def service(london: Store, client: httpx.Client) -> httpx.Client:
    """Give an HTTP client of the service, with the London data set behind it."""
    return client


@contextmanager
def serve(settings: Settings, store: Store) -> Iterator[str]:
    """Serve a store on a free port until the block ends; gives the address."""
    with serve_app(create_app(settings, store)) as address:
        yield address


@contextmanager
def serve_app(app: "ASGIApp") -> Iterator[str]:
    """Serve an application on a free port until the block ends; gives the address."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        config = uvicorn.Config(app, log_level="error", access_log=False, server_header=False)
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join(20)


def wait_until(is_so: Callable[[], bool], seconds: float) -> bool:
    """Ask again and again until it is so, or the time is over; returns whether it became so."""
    pause, rounds = threading.Event(), int(seconds / 0.1)
    return any(is_so() or pause.wait(0.1) for _ in range(rounds)) or is_so()


def _settings(database: Database) -> Settings:
    given = {"neo4j_uri": database.uri, "neo4j_username": database.username, "neo4j_password": database.password}
    return load_settings(**given, answers_age=0)


def _named() -> Database | None:
    settings = load_settings()
    if settings.test_uri is None:
        return None
    return Database(settings.test_uri, settings.neo4j_username, settings.neo4j_password.get_secret_value())


def _container(stack: ExitStack) -> Database | None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import docker
        from testcontainers.neo4j import Neo4jContainer

        if not _docker_answers(docker):
            gc.collect()  # the client leaves a socket open when no engine answers
            return None
        container = stack.enter_context(Neo4jContainer(IMAGE))
        return Database(container.get_connection_url(), container.username, container.password)


def _docker_answers(docker: object) -> bool:
    try:
        engine = docker.from_env()  # type: ignore[attr-defined]
    except docker.errors.DockerException:  # type: ignore[attr-defined]
        return False
    try:
        return bool(engine.ping())
    except docker.errors.APIError:  # type: ignore[attr-defined]
        return False
    finally:
        engine.close()


def _local(stack: ExitStack, folder: Path) -> Database:
    settings = load_settings(home=folder / "home", linger=0, neo4j_uri=None)
    lease = stack.enter_context(local.acquire(settings))
    return Database(lease.uri, lease.username, lease.password)


def empty(store: Store) -> None:
    """Leave the schema in the tests' database, and not a single fact."""
    _run(store, WIPE)
    store.apply_schema(read_ontology())


def _run(store: Store, text: str) -> None:
    with store._session("WRITE") as session:
        session.run(text).consume()
