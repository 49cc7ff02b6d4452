"""Other ways to the same data over HTTP: Neo4j's own Query API, and Datasette over SQLite."""

import base64
import json
import os
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from graphapi.local.configuration import make_password, read_password, write_configuration
from graphapi.local.java import server_command, set_first_password
from graphapi.local.lease import prepare
from graphapi.local.places import cache_of, home_of, make_private
from graphapi.local.processes import end_child
from graphapi.local.server import choose_port, run_java
from graphapi.model import Graph
from graphapi.settings import load_settings

DATASETTE = "datasette==0.65.2"
PATIENCE = 120.0
TABLES = """
CREATE TABLE nodes (id TEXT PRIMARY KEY, labels TEXT, name TEXT, properties TEXT);
CREATE TABLE relationships (id TEXT PRIMARY KEY, type TEXT, start TEXT, "end" TEXT, evidence TEXT, properties TEXT);
CREATE INDEX by_start ON relationships (start, id);
CREATE INDEX by_end ON relationships ("end", id);
"""
NEIGHBORS = """
SELECT r.id, r.type, r.start, r."end", r.evidence, r.properties, n.id AS node_id, n.labels, n.name, n.properties AS node_properties
FROM (
    SELECT *, "end" AS other FROM relationships WHERE start = :id
    UNION ALL SELECT *, start AS other FROM relationships WHERE "end" = :id
) r
JOIN nodes n ON n.id = r.other ORDER BY r.id LIMIT 50
"""


@dataclass(frozen=True)
class OpenServer:
    """A Neo4j that speaks HTTP beside Bolt."""

    bolt: str
    http: str
    password: str

    @property
    def query_api(self) -> str:
        """The address that takes a statement."""
        return f"{self.http}/db/neo4j/query/v2"

    @property
    def authorization(self) -> str:
        """The header that lets in."""
        return f"Authorization: Basic {base64.b64encode(f'neo4j:{self.password}'.encode()).decode()}"


@contextmanager
def open_server(folder: Path) -> Iterator[OpenServer]:
    """Run the local Neo4j as Parley does, but with its HTTP connector, which Parley leaves closed."""
    settings = load_settings(home=folder, linger=0)
    cache, home = cache_of(settings), home_of(settings)
    make_private(home.root)
    prepare(settings, cache)
    bolt, http = choose_port(None), free_port()
    write_configuration(home, settings, bolt)
    configuration = home.configuration / "neo4j.conf"
    closed = configuration.read_text(encoding="utf-8")
    opened = f"server.http.enabled=true\nserver.http.listen_address=127.0.0.1:{http}\nserver.http.advertised_address=127.0.0.1:{http}\n"
    configuration.write_text(closed.replace("server.http.enabled=false\n", opened), encoding="utf-8")
    if make_password(home):
        set_first_password(cache, home)
    java = run_java(cache, home, server_command(cache, home, settings.heap, []))
    server = OpenServer(f"bolt://127.0.0.1:{bolt}", f"http://127.0.0.1:{http}", read_password(home))
    try:
        wait_for(server.http)
        yield server
    finally:
        end_child(java, 20)


def free_port() -> int:
    """Return a port that nobody has just now."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
        return port


def wait_for(address: str) -> None:
    """Wait until something answers there, whatever it says."""
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            urllib.request.urlopen(address, timeout=5).close()
            return
        except urllib.error.HTTPError:
            return
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)


@contextmanager
def datasette(scratch: Path, graph: Graph) -> Iterator[str]:
    """Install Datasette into a folder of this run, give it the graph as SQLite, and return the address of the neighbours."""
    packages = scratch / "packages"
    quiet = ["--quiet", "--disable-pip-version-check", "--no-warn-script-location"]
    subprocess.run([sys.executable, "-m", "pip", "install", *quiet, "--target", str(packages), DATASETTE], check=True, timeout=300)
    write_tables(scratch / "bench.db", graph)
    metadata = scratch / "metadata.json"
    metadata.write_text(json.dumps({"databases": {"bench": {"queries": {"neighbors": {"sql": NEIGHBORS}}}}}), encoding="utf-8")
    port = free_port()
    words = [sys.executable, "-m", "datasette", "serve", "--immutable", str(scratch / "bench.db"), "--port", str(port)]
    environment = os.environ | {"PYTHONPATH": str(packages)}
    process = subprocess.Popen([*words, "--metadata", str(metadata)], env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait_for(f"http://127.0.0.1:{port}/")
        yield f"http://127.0.0.1:{port}/bench/neighbors.json?_shape=objects&id="
    finally:
        process.terminate()
        process.wait(20)


def write_tables(path: Path, graph: Graph) -> None:
    """Write a graph as two tables with the indexes that neighbours need."""
    nodes = [(one.id, json.dumps(one.labels), one.name, plain(one.properties)) for one in graph.nodes]
    lines = [(one.id, one.type, one.start, one.end, json.dumps(one.evidence), plain(one.properties)) for one in graph.relationships]
    with sqlite3.connect(path) as connection:
        connection.executescript(TABLES)
        connection.executemany("INSERT INTO nodes VALUES (?, ?, ?, ?)", nodes)
        connection.executemany("INSERT INTO relationships VALUES (?, ?, ?, ?, ?, ?)", lines)
    connection.close()


def plain(properties: Any) -> str:
    """Return properties as JSON, dates as texts."""
    return json.dumps(dict(properties), default=str)
