"""Fetching all of Neo4j by two processes at once, from a repository that serves the jars of this machine's cache."""

import os
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from graphapi.local.jars import find_missing, read_lock
from graphapi.local.lease import prepare
from graphapi.local.places import Cache, cache_of
from graphapi.settings import load_settings

PREPARER = """
from graphapi.local.lease import prepare
from graphapi.local.places import cache_of
from graphapi.settings import load_settings
settings = load_settings()
prepare(settings, cache_of(settings))
"""


@pytest.fixture
def requests() -> Counter[str]:
    return Counter()


@pytest.fixture
def mirror(requests: Counter[str]) -> Iterator[str]:
    settings = load_settings()
    prepare(settings, cache_of(settings))
    jars = cache_of(settings).jars

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            requests[self.path] += 1
            content = (jars / self.path.rpartition("/")[2]).read_bytes()
            self.send_response(200)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (the signature of http.server)
            return

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def test_two_processes_fetch_each_jar_once(mirror: str, requests: Counter[str], tmp_path: Path) -> None:
    environment = os.environ | {"PARLEY_CACHE": str(tmp_path / "a cache"), "PARLEY_MAVEN_URL": mirror}
    processes = [subprocess.Popen([sys.executable, "-c", PREPARER], env=environment) for _ in range(2)]
    assert [process.wait(120) for process in processes] == [0, 0]
    assert find_missing(Cache(tmp_path / "a cache"), read_lock()) == ()
    assert len(requests) == 225
    assert set(requests.values()) == {1}
