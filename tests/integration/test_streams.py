"""Rows line by line for callers with a key: all of them, in a memory that stays the same, no faster than they are read."""

import json
import socket
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import httpx
import psutil
import pytest

from graphapi.keys import add_key
from graphapi.settings import Settings
from graphapi.store import Store
from tests.conftest import serve, wait_until
from tests.integration.command_line import SCRIPT, environment
from tests.integration.problem import problem

ADDRESS = "/api/v1/cypher"
LINES = "application/x-ndjson"
MILLION = "UNWIND range(1, 1000000) AS x RETURN x, 'name ' + toString(x) AS name"
ENDLESS = "UNWIND range(1, 100000) AS a UNWIND range(1, 100000) AS b RETURN a, b, 'streamed' AS endless"
RUNNING = "SHOW TRANSACTIONS YIELD metaData WHERE metaData.parley_question IS NOT NULL RETURN count(*) AS all"
MOST_MEMORY = 300e6


@dataclass
class Streams:
    """A service with a key, and what shows the key."""

    address: str
    headers: dict[str, str]
    process: psutil.Process | None = None

    def lines(self, query: str, **parameters: object) -> list[object]:
        response = httpx.post(self.address + ADDRESS, json={"query": query, "parameters": parameters}, headers=self.headers, timeout=60)
        assert response.status_code == 200, response.text
        assert response.headers["content-type"] == LINES
        assert response.headers["cache-control"] == "no-store"
        return [json.loads(line) for line in response.text.splitlines()]


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("keys") / "keys"


@pytest.fixture(scope="module")
def headers(file: Path) -> dict[str, str]:
    token = add_key(file, "newsroom", ("read",), datetime.now(UTC).date())
    return {"Authorization": f"Bearer {token}", "Accept": LINES}


@contextmanager
def streaming(settings: Settings, opened: Store, headers: dict[str, str], **changes: object) -> Iterator[Streams]:
    own = settings.model_copy(update=changes)
    with serve(own, Store(opened._driver, own, opened._login)) as address:
        yield Streams(address, headers)


@pytest.fixture
def streams(london: Store, settings: Settings, file: Path, headers: dict[str, str]) -> Iterator[Streams]:
    with streaming(settings, london, headers, keys_file=file) as found:
        yield found


def test_columns_rows_and_the_end_are_a_line_each(streams: Streams) -> None:
    found = streams.lines("UNWIND $given AS x RETURN x, x * 2 AS twice", given=[1, 2])
    assert found == [{"columns": ["x", "twice"]}, [1, 2], [2, 4], {"end": True, "rows": 2}]


def test_there_is_no_cap_on_rows_and_values_have_the_forms_of_an_answer(streams: Streams) -> None:
    found = streams.lines("UNWIND range(1, 2500) AS x MATCH (p:Person {id: 'howard-lutnick'}) RETURN p, date('2025-06-09') AS day")
    assert len(found) == 2502
    whole = httpx.post(
        streams.address + ADDRESS, json={"query": "MATCH (p:Person {id: 'howard-lutnick'}) RETURN p, date('2025-06-09') AS day"}, timeout=60
    )
    assert found[2500] == whole.json()["rows"][0]


def test_no_rows_are_columns_and_the_end(streams: Streams) -> None:
    assert streams.lines("MATCH (n:Person {id: 'nobody'}) RETURN n.name AS name") == [{"columns": ["name"]}, {"end": True, "rows": 0}]


def test_without_a_key_lines_are_refused_and_json_is_not(streams: Streams) -> None:
    body = {"query": "RETURN 1 AS a"}
    refused = httpx.post(streams.address + ADDRESS, json=body, headers={"Accept": LINES})
    assert problem(refused, 403)["type"] == "urn:parley:problem:key-needed"
    both = httpx.post(streams.address + ADDRESS, json=body, headers={"Accept": f"application/json, {LINES};q=0.5"})
    assert both.json()["rows"] == [[1]]


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("CREATE (n) RETURN n", 400),
        ("MATCH (n RETURN n", 400),
        ("RETURN 1/0 AS a", 400),
        ("LOAD CSV FROM 'file:///etc/passwd' AS l RETURN l", 400),
    ],
)
def test_what_is_refused_before_the_first_row_is_an_ordinary_problem(streams: Streams, query: str, status: int) -> None:
    response = httpx.post(streams.address + ADDRESS, json={"query": query}, headers=streams.headers)
    assert problem(response, status)["detail"]


def test_a_plan_is_json_only(streams: Streams) -> None:
    response = httpx.post(streams.address + ADDRESS, json={"query": "RETURN 1 AS a", "explain": True}, headers=streams.headers)
    problem(response, 406)


def test_what_fails_among_the_rows_is_the_last_line(streams: Streams) -> None:
    found = streams.lines("UNWIND range(1, 50000) AS x RETURN x, 10 / (40000 - x) AS y")
    assert found[:2] == [{"columns": ["x", "y"]}, [1, 0]]
    last = found[-1]
    assert isinstance(last, dict)
    assert last["error"]["status"] == 400
    assert last["error"]["request_id"]
    assert 30_000 < len(found) < 40_001


@pytest.mark.parametrize(
    ("changes", "kind", "rule"),
    [({"stream_bytes": 300_000}, "cypher-refused", "answer-size"), ({"stream_timeout": 2.0}, "query-timed-out", None)],
    ids=["bytes", "time"],
)
def test_bytes_and_time_have_limits_of_their_own(
    london: Store, settings: Settings, file: Path, headers: dict[str, str], changes: dict[str, object], kind: str, rule: str | None
) -> None:
    with streaming(settings, london, headers, keys_file=file, **changes) as streams:
        last = streams.lines(ENDLESS)[-1]
    assert isinstance(last, dict)
    assert (last["error"]["type"], last["error"].get("rule")) == (f"urn:parley:problem:{kind}", rule)


def test_a_stream_may_take_longer_than_an_answer(london: Store, settings: Settings, file: Path, headers: dict[str, str]) -> None:
    with streaming(settings, london, headers, keys_file=file, cypher_timeout=0.4) as streams:
        streams.lines("RETURN 1 AS a")
        assert streams.lines(MILLION.replace("1000000", "200000"))[-1] == {"end": True, "rows": 200_000}


def test_when_the_client_goes_the_query_ends(london: Store, streams: Streams) -> None:
    def running() -> int:
        return int(london.execute_read(RUNNING)[0]["all"])

    with httpx.stream("POST", streams.address + ADDRESS, json={"query": ENDLESS}, headers=streams.headers, timeout=60) as response:
        next(response.iter_lines())
        assert running() == 1
    assert wait_until(lambda: running() == 0, 10)


@pytest.fixture
def served_apart(
    london: Store, database_environment: dict[str, str], file: Path, headers: dict[str, str], tmp_path: Path
) -> Iterator[Streams]:
    """A service in a process of its own, so that its memory is its own."""
    login = {name: value for name, value in database_environment.items() if name.startswith("NEO4J_")}
    variables = environment(tmp_path / "home", login | {"PARLEY_KEYS_FILE": str(file)})
    with (
        (tmp_path / "log").open("w") as log,
        subprocess.Popen([SCRIPT, "serve", "--port", "0"], env=variables, stdout=subprocess.PIPE, stderr=log, text=True) as process,
    ):
        assert process.stdout is not None
        address = process.stdout.readline().split()[-1].rstrip("/")
        try:
            yield Streams(address, headers, psutil.Process(process.pid))
        finally:
            process.terminate()


@contextmanager
def watched(process: psutil.Process) -> Iterator[list[int]]:
    """Note the memory of a process until the block ends."""
    seen, over = [process.memory_info().rss], threading.Event()

    def watch() -> None:
        while not over.wait(0.05):
            seen.append(process.memory_info().rss)

    thread = threading.Thread(target=watch)
    thread.start()
    try:
        yield seen
    finally:
        over.set()
        thread.join()


@pytest.mark.timeout(900)
def test_a_million_rows_take_no_more_memory_than_a_few(served_apart: Streams) -> None:
    assert served_apart.process is not None
    asked = {"url": served_apart.address + ADDRESS, "json": {"query": MILLION}, "headers": served_apart.headers, "timeout": 120}
    count, tail = 0, b""
    with watched(served_apart.process) as memory, httpx.stream("POST", **asked) as response:
        for part in response.iter_raw():
            count, tail = count + part.count(b"\n"), (tail + part)[-100:]
    assert (count, json.loads(tail.splitlines()[-1])) == (1_000_002, {"end": True, "rows": 1_000_000})
    assert max(memory) < MOST_MEMORY


def stays(memory: list[int]) -> bool:
    """Whether the memory has grown by less than a megabyte in the two seconds from now."""
    before = len(memory)
    threading.Event().wait(2)
    return max(memory[before:]) - memory[before - 1] < 1e6


def test_a_reader_that_stops_reading_holds_the_query_up_and_not_the_memory(served_apart: Streams) -> None:
    assert served_apart.process is not None
    host, port = served_apart.address.removeprefix("http://").split(":")
    body = json.dumps({"query": ENDLESS})
    lines = [f"POST {ADDRESS} HTTP/1.1", f"Host: {host}:{port}", "Content-Type: application/json", f"Content-Length: {len(body)}"]
    lines += [f"{name}: {value}" for name, value in served_apart.headers.items()]
    with socket.create_connection((host, int(port))) as connection:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 65_536)
        connection.sendall(("\r\n".join(lines) + "\r\n\r\n" + body).encode())
        assert b" 200 " in connection.recv(4096)
        with watched(served_apart.process) as memory:
            assert any(stays(memory) for _ in range(6))
        assert max(memory) < MOST_MEMORY
        assert httpx.get(f"{served_apart.address}/healthz").status_code == 200
