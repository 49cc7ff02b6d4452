"""Fetching jars from a repository that is slow, wrong, or not there; the repository is a real HTTP server."""

import hashlib
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from graphapi.errors import LocalServerFailed
from graphapi.local.fetch import fetch_jars, maven_central
from graphapi.local.jars import Jar
from graphapi.local.places import Cache


class Repository:
    """Files by path; `faults` holds, by path, what to answer in place of the file, one fault a request."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        self.faults: dict[str, list[Callable[[BaseHTTPRequestHandler, bytes], None]]] = {}
        self.requests: list[str] = []

    def add(self, name: str, content: bytes) -> Jar:
        address = f"some/group/{name}"
        self.files[f"/maven/{address}"] = content
        return Jar(name, address, len(content), hashlib.sha256(content).hexdigest())

    def fail(self, jar: Jar, *faults: Callable[[BaseHTTPRequestHandler, bytes], None]) -> None:
        self.faults[f"/maven/{jar.address}"] = list(faults)


def answer(handler: BaseHTTPRequestHandler, content: bytes) -> None:
    handler.send_response(200)
    handler.send_header("Content-Length", str(len(content)))
    handler.end_headers()
    handler.wfile.write(content)


def cut_short(handler: BaseHTTPRequestHandler, content: bytes) -> None:
    handler.send_response(200)
    handler.send_header("Content-Length", str(len(content)))
    handler.end_headers()
    handler.wfile.write(content[: len(content) // 2])
    handler.close_connection = True


def other_bytes(handler: BaseHTTPRequestHandler, content: bytes) -> None:
    answer(handler, bytes(byte ^ 1 for byte in content))


def unavailable(handler: BaseHTTPRequestHandler, content: bytes) -> None:
    handler.send_response(503)
    handler.send_header("Content-Length", "0")
    handler.end_headers()


@pytest.fixture
def repository() -> Repository:
    return Repository()


@pytest.fixture
def address(repository: Repository) -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            repository.requests.append(self.path)
            faults = repository.faults.get(self.path, [])
            if self.path in repository.files:
                (faults.pop(0) if faults else answer)(self, repository.files[self.path])
            else:
                self.send_error(404)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (the signature of http.server)
            return

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/maven"
        server.shutdown()
        thread.join()


def content_of(cache: Cache) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in cache.jars.iterdir()}


def test_jars_are_fetched_and_progress_ends_at_their_bytes(repository: Repository, address: str, tmp_path: Path) -> None:
    jars = [repository.add(f"{number}.jar", bytes([number]) * 100_000) for number in range(40)]
    told: list[tuple[str, int, int]] = []
    fetch_jars(Cache(tmp_path), jars, address, lambda *step: told.append(step))
    assert content_of(Cache(tmp_path)) == {jar.name: repository.files[f"/maven/{jar.address}"] for jar in jars}
    assert told[0] == ("fetch", 0, 4_000_000)
    assert told[-1] == ("fetch", 4_000_000, 4_000_000)


def test_fetch_goes_on_where_it_stopped(repository: Repository, address: str, tmp_path: Path) -> None:
    first, second = repository.add("a.jar", b"a" * 10), repository.add("b.jar", b"b" * 10)
    fetch_jars(Cache(tmp_path), [first], address)
    repository.requests.clear()
    fetch_jars(Cache(tmp_path), [first, second], address)
    assert repository.requests == ["/maven/some/group/b.jar"]


def test_nothing_is_asked_for_when_all_is_there(repository: Repository, address: str, tmp_path: Path) -> None:
    jar = repository.add("a.jar", b"a" * 10)
    fetch_jars(Cache(tmp_path), [jar], address)
    repository.requests.clear()
    fetch_jars(Cache(tmp_path), [jar], address)
    assert repository.requests == []


@pytest.mark.parametrize("damage", [pytest.param(b"a" * 5, id="cut-short"), pytest.param(b"b" * 10, id="other-bytes")])
def test_damaged_jar_is_fetched_again(repository: Repository, address: str, tmp_path: Path, damage: bytes) -> None:
    jar = repository.add("a.jar", b"a" * 10)
    fetch_jars(Cache(tmp_path), [jar], address)
    (Cache(tmp_path).jars / "a.jar").write_bytes(damage)
    fetch_jars(Cache(tmp_path), [jar], address)
    assert content_of(Cache(tmp_path)) == {"a.jar": b"a" * 10}


@pytest.mark.parametrize("fault", [cut_short, other_bytes, unavailable])
def test_fault_that_passes_is_retried(
    repository: Repository, address: str, tmp_path: Path, fault: Callable[[BaseHTTPRequestHandler, bytes], None]
) -> None:
    jar = repository.add("a.jar", b"a" * 1000)
    repository.fail(jar, fault)
    told: list[int] = []
    fetch_jars(Cache(tmp_path), [jar], address, lambda phase, done, total: told.append(done))
    assert content_of(Cache(tmp_path)) == {"a.jar": b"a" * 1000}
    assert told[-1] == 1000
    assert len(repository.requests) == 2


def test_wrong_bytes_are_never_put_in_place(repository: Repository, address: str, tmp_path: Path) -> None:
    jar = repository.add("a.jar", b"a" * 1000)
    repository.fail(jar, other_bytes, other_bytes, other_bytes)
    with pytest.raises(LocalServerFailed, match=r"a\.jar came with 1000 bytes that are not those of the lock file"):
        fetch_jars(Cache(tmp_path), [jar], address)
    assert content_of(Cache(tmp_path)) == {}
    assert len(repository.requests) == 3


def test_jar_that_the_repository_lacks_is_named_and_asked_for_once(repository: Repository, address: str, tmp_path: Path) -> None:
    jar = Jar("gone.jar", "some/group/gone.jar", 10, "ab" * 32)
    with pytest.raises(LocalServerFailed, match=r"404 Not Found for gone\.jar"):
        fetch_jars(Cache(tmp_path), [jar], address)
    assert repository.requests == ["/maven/some/group/gone.jar"]


def test_without_network_the_three_ways_out_are_named(tmp_path: Path) -> None:
    with ThreadingHTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler) as server:
        closed = f"http://someone:secret@127.0.0.1:{server.server_port}"
    with pytest.raises(LocalServerFailed) as failure:
        fetch_jars(Cache(tmp_path), [Jar("a.jar", "a.jar", 10, "ab" * 32)], closed)
    assert failure.value.message.startswith("Neo4j's jars could not be fetched from http://127.0.0.1:")
    assert "secret" not in str(failure.value)
    for way_out in ("PARLEY_MAVEN_URL", "NEO4J_URI", "docker compose"):
        assert way_out in failure.value.hint


def test_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    cache = Cache(tmp_path / "file" / "cache")
    with pytest.raises(LocalServerFailed, match="cannot be written to") as failure:
        fetch_jars(cache, [Jar("a.jar", "a.jar", 10, "ab" * 32)], None)
    assert str(cache.jars) in failure.value.message


def test_maven_central_has_an_address() -> None:
    assert maven_central().startswith("https://")
