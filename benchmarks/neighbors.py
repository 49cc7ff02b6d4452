"""Pages of neighbours a second: the service with four clients, against the bare driver doing the same query in four threads."""

import socket
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

from neo4j import GraphDatabase, Record, Session

from benchmarks.measuring import Figure
from benchmarks.starting import serving
from graphapi import local
from graphapi.catalogue import statement
from graphapi.settings import load_settings

CLIENTS = 4
SECONDS = 6.0
WARM_UP = 3.0
ROUNDS = 5
ENTITY = "donald-trump"
LIMIT = 50


def measure_neighbors(scratch: Path) -> list[Figure]:
    """Take turns, service then driver in its two ways of asking, five times after a warm-up; the ratio round by round."""
    home = scratch / "neighbors"
    service: list[float] = []
    bare: dict[str, list[float]] = {"session.run": [], "execute_read": []}
    with serving(home) as (address, _), local.acquire(load_settings(home=home, linger=0)) as lease:
        peer = [sys.executable, "-m", "benchmarks.neighbors", lease.uri, lease.username, lease.password]
        for number in range(ROUNDS + 1):
            seconds = WARM_UP if number == 0 else SECONDS
            rates = clients_rate(address, seconds), {way: driver_rate([*peer, way], seconds) for way in bare}
            if number:
                service.append(rates[0])
                for way, rate in rates[1].items():
                    bare[way].append(rate)
    note = f"{CLIENTS} clients, one page of {ENTITY} a request, {SECONDS:.0f} s a run"
    figures = [Figure("neighbours, service", "requests/s", service, note=note, digits=0)]
    for way, rates_of_way in bare.items():
        ratios = [ours / peers for ours, peers in zip(service, rates_of_way, strict=True)]
        met = statistics.median(ratios) >= 0.75
        figures += [
            Figure(f"neighbours, bare driver, {way}", "queries/s", rates_of_way, note=f"{CLIENTS} threads, the same text", digits=0),
            Figure(f"neighbours, service / {way}", "ratio", ratios, "at least 0.75", met, "round by round"),
        ]
    return figures


def clients_rate(address: str, seconds: float) -> float:
    """Return requests a second of four clients in a process of their own, each on one connection kept open."""
    found = subprocess.run(
        [sys.executable, "-m", "benchmarks.neighbors", address, str(seconds)], capture_output=True, text=True, check=True
    )
    return float(found.stdout)


def driver_rate(command: list[str], seconds: float) -> float:
    """Return queries a second of the bare driver in a process of its own."""
    return float(subprocess.run([*command, str(seconds)], capture_output=True, text=True, check=True).stdout)


def together(work: Callable[[float], int], seconds: float) -> float:
    """Run `work` in four threads until the time is over; return how often a second it was done in all."""
    counts: list[int] = []
    deadline = time.monotonic() + seconds
    threads = [threading.Thread(target=lambda: counts.append(work(deadline))) for _ in range(CLIENTS)]
    began = time.monotonic()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(counts) / (time.monotonic() - began)


def ask(address: str) -> Callable[[float], int]:
    """Return work that asks the service again and again over one connection, and checks every status."""
    parts = urlsplit(address)
    host, port = parts.hostname or "", parts.port or 80
    request = f"GET /api/v1/entities/{ENTITY}/neighbors?limit={LIMIT} HTTP/1.1\r\nHost: {host}:{port}\r\n\r\n".encode()

    def work(deadline: float) -> int:
        done = 0
        with socket.create_connection((host, port)) as connection:
            while time.monotonic() < deadline:
                connection.sendall(request)
                read_answer(connection)
                done += 1
        return done

    return work


def read_answer(connection: socket.socket) -> None:
    """Read one answer whole; anything but 200 ends the measurement."""
    answer = connection.recv(65536)
    while b"\r\n\r\n" not in answer:
        answer += connection.recv(65536)
    head, _, body = answer.partition(b"\r\n\r\n")
    if not head.startswith(b"HTTP/1.1 200"):
        raise RuntimeError(head.decode())
    length = int(next(line.split(b":")[1] for line in head.lower().split(b"\r\n") if line.startswith(b"content-length")))
    missing = length - len(body)
    while missing > 0:
        missing -= len(connection.recv(65536))


def query(uri: str, username: str, password: str, way: str) -> Callable[[float], int]:
    """Return work that runs the service's own query through the driver and takes the records: `session.run` or `execute_read`."""
    driver = GraphDatabase.driver(uri, auth=(username, password))
    text = statement("read/graph/neighbors")
    parameters = {"id": ENTITY, "direction": "both", "after": "", "limit": LIMIT + 1, "as_of": None}

    def once(session: Session) -> list[Record]:
        if way == "session.run":
            return list(session.run(text, parameters))
        return session.execute_read(lambda transaction: list(transaction.run(text, parameters)))

    def work(deadline: float) -> int:
        done = 0
        with driver.session(database="neo4j", default_access_mode="READ") as session:
            while time.monotonic() < deadline:
                assert once(session)
                done += 1
        return done

    return work


def main(words: list[str]) -> None:
    """Measure one side: an address and seconds, or uri, user, password, way of asking and seconds."""
    *where, seconds = words
    print(together(ask(*where) if len(where) == 1 else query(*where), float(seconds)))


if __name__ == "__main__":
    main(sys.argv[1:])
