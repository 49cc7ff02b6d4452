"""Data sets sent to the service and taken out again: who may, what is read, and that it is all or nothing."""

import json
import random
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest
import yaml

from graphapi.ingest import read_dataset
from graphapi.ingest.load import load
from graphapi.keys import add_key
from graphapi.resources import folder
from graphapi.settings import Settings
from graphapi.store import Store
from tests.conftest import LONDON, serve, wait_until
from tests.datasets import FACTS, HEAD, write_dataset, write_large_dataset
from tests.integration.command_line import SCRIPT
from tests.integration.fingerprint import fingerprint
from tests.integration.problem import problem

YAML = {"Content-Type": "application/yaml"}
JSON = {"Content-Type": "application/json"}
TINY = HEAD + FACTS
ADDRESS = "/api/v1/datasets"


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("keys") / "keys"


@pytest.fixture(scope="module")
def write(file: Path) -> dict[str, str]:
    token = add_key(file, "desk", ("read", "write"), datetime.now(UTC).date())
    return {"Authorization": f"Bearer {token}"}


@pytest.fixture(scope="module")
def read(file: Path) -> dict[str, str]:
    token = add_key(file, "newsroom", ("read",), datetime.now(UTC).date())
    return {"Authorization": f"Bearer {token}"}


@pytest.fixture(scope="module")
def keyed(file: Path, write: dict[str, str], settings: Settings, opened_store: Store) -> Iterator[httpx.Client]:
    own = settings.model_copy(update={"keys_file": file, "dataset_body": 3_000_000})
    with serve(own, with_settings(opened_store, own)) as address, httpx.Client(base_url=address, timeout=60, trust_env=False) as client:
        yield client


def with_settings(store: Store, settings: Settings) -> Store:
    """The same database under other settings."""
    return Store(store._driver, settings, store._login)


def as_json(text: str, **options: object) -> str:
    """A data set in JSON; YAML's own guesses about types are not ours, so that every value is a text."""
    return json.dumps(yaml.load(text, yaml.BaseLoader), **options)  # type: ignore[arg-type]


def request_of(body: bytes, write: dict[str, str]) -> bytes:
    """The bytes of a request that sends a data set."""
    headers = {"Host": "localhost", "Content-Length": str(len(body)), **YAML, **write}
    lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    return f"POST {ADDRESS} HTTP/1.1\r\n{lines}\r\n".encode() + body


def test_a_data_set_is_loaded_changed_and_taken_out(store: Store, keyed: httpx.Client, write: dict[str, str], tmp_path: Path) -> None:
    load(store, read_dataset(write_dataset(tmp_path)))
    expected = fingerprint(store)
    assert keyed.delete(f"{ADDRESS}/tiny", headers=write).status_code == 200
    emptied = fingerprint(store)
    first = keyed.post(ADDRESS, content=TINY, headers=write | YAML)
    assert first.status_code == 201
    assert (first.json()["dataset"], first.json()["previous_version"]) == ("tiny", None)
    assert "ann" in first.json()["added"]
    assert fingerprint(store) == expected
    again = keyed.post(ADDRESS, content=TINY, headers=write | YAML)
    assert (again.status_code, again.json()["added"], again.json()["version"]) == (200, [], first.json()["version"])
    other = keyed.post(ADDRESS, content=TINY.replace("name: Bo", "name: Bob").replace("1.0.0", "1.1.0"), headers=write | YAML)
    assert (other.status_code, other.json()["changed"], other.json()["previous_version"]) == (200, ["bo"], "1.0.0")
    assert keyed.get("/api/v1/entities/bo").json()["name"] == "Bob"
    gone = keyed.delete(f"{ADDRESS}/tiny", headers=write)
    assert (gone.status_code, gone.json()["dataset_version"]) == (200, "1.1.0")
    assert keyed.get(ADDRESS).json()["items"] == []
    assert fingerprint(store) == emptied
    problem(keyed.get("/api/v1/entities/bo"), 404)


def test_a_rehearsal_changes_nothing(store: Store, keyed: httpx.Client, write: dict[str, str]) -> None:
    before = fingerprint(store)
    rehearsed = keyed.post(f"{ADDRESS}?check=true", content=TINY, headers=write | YAML)
    assert (rehearsed.status_code, rehearsed.json()["dry_run"]) == (200, True)
    assert "ann" in rehearsed.json()["added"]
    assert fingerprint(store) == before
    keyed.post(ADDRESS, content=TINY, headers=write | YAML)
    loaded = fingerprint(store)
    rehearsed = keyed.delete(f"{ADDRESS}/tiny?check=true", headers=write)
    assert (rehearsed.status_code, rehearsed.json()["dry_run"]) == (200, True)
    assert fingerprint(store) == loaded


def test_files_of_a_folder_are_sent_as_documents(store: Store, keyed: httpx.Client, write: dict[str, str]) -> None:
    load(store, read_dataset(LONDON))
    before = fingerprint(store)
    files = sorted((folder("data") / LONDON).glob("*.yaml"))
    sent = keyed.post(ADDRESS, content=b"".join(b"---\n" + one.read_bytes() for one in files), headers=write | YAML)
    assert (sent.status_code, sent.json()["added"], sent.json()["changed"], sent.json()["removed"]) == (200, [], [], [])
    assert fingerprint(store) == before


@pytest.mark.parametrize("options", [{}, {"indent": "\t"}, {"ensure_ascii": False}], ids=["plain", "tabs", "as it is"])
def test_json_says_the_same_as_yaml(store: Store, keyed: httpx.Client, write: dict[str, str], options: dict[str, object]) -> None:
    text = TINY.replace("name: Ann", "name: 'Änn 🕊 a/b \\n'")
    assert keyed.post(ADDRESS, content=text, headers=write | YAML).status_code == 201
    body = as_json(text, **options).replace("a/b", "a\\/b")
    sent = keyed.post(ADDRESS, content=body, headers=write | JSON)
    assert (sent.status_code, sent.json()["added"], sent.json()["changed"]) == (200, [], []), sent.text


def test_every_fault_is_told_by_its_line_in_the_body(store: Store, keyed: httpx.Client, write: dict[str, str]) -> None:
    wrong = TINY.replace("side: a-land", "side: c-land").replace("kind: round", "kind: square")
    before = fingerprint(store)
    body = problem(keyed.post(ADDRESS, content=f"---\n{HEAD}---\n{wrong.removeprefix(HEAD)}", headers=write | YAML), 400)
    assert body["type"] == "urn:parley:problem:dataset-refused"
    lines = {fault["line"]: fault["file"] for fault in body["faults"]}
    whole = f"---\n{HEAD}---\n{wrong.removeprefix(HEAD)}".splitlines()
    assert {next(number for number, line in enumerate(whole, 1) if word in line) for word in ("c-land", "square")} <= set(lines)
    assert set(lines.values()) == {"document 2"}
    assert fingerprint(store) == before


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"", "The body is empty."),
        (b"\xff\xfe", "is not UTF-8"),
        (b"dataset: {id: [}", "This is not YAML"),
        (b"- a\n- b\n", "must begin with keys"),
        (b"a: &a [x]\nb: [*a, *a]\n", "Anchors"),
        (b"a: !!python/object/apply:os.system ['id']\n", "tag"),
        (b"a: " + b"[" * 100_000, "nested more than"),
        (HEAD.encode() + b"---\n" + HEAD.encode(), "A second dataset:"),
        (b"---\n" * 501, "At most 500 documents"),
        (HEAD.replace("tiny", "../tiny").encode(), "is no id"),
    ],
    ids=["empty", "not UTF-8", "not YAML", "list", "aliases", "tag", "deep", "two heads", "documents", "id"],
)
def test_a_hostile_body_is_refused_with_its_fault(store: Store, keyed: httpx.Client, write: dict[str, str], body: bytes, said: str) -> None:
    before = fingerprint(store)
    refused = problem(keyed.post(ADDRESS, content=body, headers=write | YAML), 400)
    assert said in " ".join(fault["message"] for fault in refused["faults"])
    assert fingerprint(store) == before


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Content-Type": "application/zip"}, 415),
        ({"Content-Type": "application/x-www-form-urlencoded"}, 415),
        ({}, 415),
        (YAML | {"Content-Encoding": "gzip"}, 415),
        (YAML | {"Accept": "text/html"}, 406),
    ],
    ids=["zip", "form", "none", "packed", "answer as HTML"],
)
def test_another_type_is_refused(store: Store, keyed: httpx.Client, write: dict[str, str], headers: dict[str, str], status: int) -> None:
    problem(keyed.post(ADDRESS, content=TINY.encode(), headers=write | headers), status)
    assert keyed.get(ADDRESS).json()["items"] == []


@pytest.mark.parametrize("declares", [True, False], ids=["declared", "in chunks"])
def test_a_body_that_is_too_large_is_refused_while_it_comes(
    store: Store, keyed: httpx.Client, write: dict[str, str], declares: bool
) -> None:
    chunk = b"# nothing\n" * 10_000

    def endless() -> Iterator[bytes]:
        for _ in range(100):
            yield chunk

    content = chunk * 40 if declares else endless()
    with httpx.Client(base_url=keyed.base_url, timeout=60, trust_env=False) as client:
        body = problem(client.post(ADDRESS, content=content, headers=write | YAML), 413)
    assert "3,000,000" in body["detail"]


def test_an_address_is_never_fetched(store: Store, keyed: httpx.Client, write: dict[str, str]) -> None:
    problem(keyed.post(ADDRESS, content=b'{"url": "http://127.0.0.1:1/x.yaml"}', headers=write | JSON), 400)
    assert problem(keyed.post(f"{ADDRESS}?url=http://127.0.0.1:1/x", content=TINY, headers=write | YAML), 400)["parameter"] == "url"


@pytest.mark.parametrize(
    "ask",
    [
        lambda client, headers: client.post(ADDRESS, content=TINY, headers=headers | YAML),
        lambda client, headers: client.delete(f"{ADDRESS}/tiny", headers=headers),
    ],
    ids=["post", "delete"],
)
def test_only_a_key_that_may_write_writes(
    store: Store,
    keyed: httpx.Client,
    client: httpx.Client,
    read: dict[str, str],
    ask: Callable[[httpx.Client, dict[str, str]], httpx.Response],
) -> None:
    before = fingerprint(store)
    assert problem(ask(client, {}), 403)["detail"] == "Writing over HTTP is off: this service has no keys."
    assert problem(ask(keyed, {}), 403)["detail"] == "This needs a key: it takes the scope write."
    assert problem(ask(keyed, read), 403)["detail"] == "The key 'newsroom' may not do this: it takes the scope write."
    problem(ask(keyed, {"Authorization": "Bearer unknown"}), 401)
    assert fingerprint(store) == before


def test_taking_out_what_is_not_there_says_what_is(store: Store, keyed: httpx.Client, write: dict[str, str]) -> None:
    keyed.post(ADDRESS, content=TINY, headers=write | YAML)
    body = problem(keyed.delete(f"{ADDRESS}/tidy", headers=write), 404)
    assert body["hint"] == "The graph holds: tiny."
    problem(keyed.delete(f"{ADDRESS}/No%20Id", headers=write), 400)


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [("PUT", ADDRESS, "GET, HEAD, POST"), ("DELETE", ADDRESS, "GET, HEAD, POST"), ("GET", f"{ADDRESS}/tiny", "DELETE")],
)
def test_a_wrong_method_names_all_that_are_possible(client: httpx.Client, method: str, path: str, allowed: str) -> None:
    response = client.request(method, path)
    assert problem(response, 405)["hint"] == f"Possible: {allowed}."
    assert response.headers["allow"] == allowed


def test_a_body_that_breaks_off_changes_nothing(store: Store, keyed: httpx.Client, write: dict[str, str]) -> None:
    before = fingerprint(store)
    place = urlsplit(str(keyed.base_url))
    with socket.create_connection((place.hostname or "", place.port or 0)) as connection:
        connection.sendall(request_of(TINY.encode(), write)[:-300])
    assert wait_until(lambda: 'status="499"' in keyed.get("/metrics").text, 10)
    assert fingerprint(store) == before
    assert keyed.post(ADDRESS, content=TINY, headers=write | YAML).status_code == 201


def test_a_second_load_that_waits_too_long_is_409(
    store: Store, settings: Settings, file: Path, write: dict[str, str], tmp_path: Path
) -> None:
    hasty = settings.model_copy(update={"keys_file": file, "load_timeout": 2.0})
    with (
        store._session("WRITE") as session,
        session.begin_transaction() as other,
        serve(hasty, with_settings(store, hasty)) as address,
        httpx.Client(base_url=address, timeout=60, trust_env=False) as client,
    ):
        other.run("MERGE (meta:Meta {id: 'graph'}) SET meta.lock = 0").consume()
        assert problem(client.post(ADDRESS, content=TINY, headers=write | YAML), 409)["type"] == "urn:parley:problem:conflict"
        other.rollback()


def test_a_service_killed_while_it_loads_leaves_the_graph_whole(
    store: Store, database_environment: dict[str, str], file: Path, write: dict[str, str], tmp_path: Path
) -> None:
    folders = [write_large_dataset(tmp_path / name, version, 1200) for name, version in (("a", "1.0.0"), ("b", "2.0.0"))]
    states = []
    for one in folders:
        load(store, read_dataset(one))
        states.append(fingerprint(store))
    bodies = [b"---\n".join(path.read_bytes() for path in sorted(one.glob("*.yaml"))) for one in folders]
    moments = random.Random(2026)
    for number in range(3):
        command = [SCRIPT, "serve", "--port", "0", "--no-browser"]
        variables = database_environment | {"PARLEY_KEYS_FILE": str(file), "PARLEY_HOME": str(tmp_path / "home")}
        with subprocess.Popen(command, env=variables, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as service:
            assert service.stdout is not None
            place = urlsplit(service.stdout.readline().split()[-1])
            with socket.create_connection((place.hostname or "", place.port or 0)) as connection:
                connection.sendall(request_of(bodies[number % 2], write))
                time.sleep(moments.uniform(0.3, 2.5))
                service.kill()
        store.execute_write(lambda transaction: transaction.run("write/lock-graph"))  # waits until the server has ended the killed load
        assert fingerprint(store) in states
