"""The service against other ways to the same graph, in one run on one machine: each in turn, by the same program with the same clients.

Parley twice, with and without its answer cache, one worker each; Neo4j's own Query API; the bare driver in threads of a process; Datasette
over the same neighbours in SQLite. The graph is both bundled data sets and the generated one of 10,000 facts.
"""

import json
import os
import statistics
import subprocess
import sys
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from neo4j import GraphDatabase

from benchmarks.asking import Load, Pace, measure, pace_of
from benchmarks.measuring import Figure
from benchmarks.rival_services import OpenServer, datasette, open_server
from benchmarks.starting import SERVE
from graphapi.catalogue import read_catalogue, statement
from graphapi.ingest import read_dataset
from graphapi.ingest.load import load
from graphapi.ontology import read_ontology
from graphapi.questions.asking import implied_values
from graphapi.questions.values import read_values
from graphapi.reading.whole import read_whole
from graphapi.settings import load_settings
from graphapi.store import Store, open_store
from tests.datasets import write_large_dataset

BUNDLED = ("us-china-london-2025", "us-china-2018-2026")
PEOPLE = 5000
ENTITY = "donald-trump"
EVENT = "talks-london-2025-06-09"
ADHOC = (
    "MATCH (person:Person)-[:LEADS|MEMBER_OF]->(delegation:Delegation) "
    "RETURN person.name AS person, delegation.name AS delegation ORDER BY person, delegation LIMIT 25"
)
SECONDS = 4.0
ROUNDS = 5
WARM_UP = 3.0
CLIENTS = 4
WARM, COLD, QUERY_API, DRIVER, DATASETTE = "Parley, warm", "Parley, no cache", "Neo4j Query API", "bare driver", "Datasette"
Paces = dict[str, dict[str, list[Pace]]]


@dataclass(frozen=True)
class Thing:
    """What is asked for: at Parley by an address or a body, at Neo4j by the statement that Parley runs for it."""

    name: str
    path: str
    text: str
    parameters: Mapping[str, Any]
    body: str = ""
    clients: int = CLIENTS


def measure_serving(scratch: Path) -> list[Figure]:
    """Ask for an entity, its neighbours, the answer to a question and an ad-hoc statement, everywhere in turn."""
    paces: Paces = defaultdict(lambda: defaultdict(list))
    with ExitStack() as stack:
        server = stack.enter_context(open_server(scratch / "served"))
        with opened(server) as store:
            fill(store, scratch)
            things = things_of(store)
            lite = stack.enter_context(datasette(scratch, read_whole(store, read_ontology())))
        warm = stack.enter_context(parley(server))
        cold = stack.enter_context(parley(server, PARLEY_ANSWERS_BYTES="0"))
        for number in range(ROUNDS + 1):
            for thing in things:
                for rival, pace in ways(thing, server, {WARM: warm, COLD: cold, DATASETTE: lite}, WARM_UP if number == 0 else SECONDS):
                    if number:
                        paces[thing.name][rival].append(pace())
                    else:
                        pace()
    return [figure for thing in things for figure in figures_of(thing, paces[thing.name])]


@contextmanager
def opened(server: OpenServer) -> Iterator[Store]:
    """Open the store of the server."""
    with open_store(load_settings(neo4j_uri=server.bolt, neo4j_username="neo4j", neo4j_password=server.password)) as store:
        yield store


def fill(store: Store, scratch: Path) -> None:
    """Load both bundled data sets and the generated one."""
    store.apply_schema(read_ontology())
    for name in (*BUNDLED, write_large_dataset(scratch / "large", "1.0.0", PEOPLE)):
        load(store, read_dataset(name))


def things_of(store: Store) -> list[Thing]:
    """Return what is asked for; the parameters are those that Parley makes of the address."""
    ontology, query = read_ontology(), read_catalogue().questions["attendees"]
    bound = read_values(store, ontology, query, {"event": EVENT}, None).bound
    page = {"id": ENTITY, "direction": "both", "after": "", "limit": 51, "as_of": None}
    return [
        Thing("entity", f"/api/v1/entities/{ENTITY}", statement("read/graph/entity"), {"id": ENTITY, "as_of": None}),
        Thing("neighbours", f"/api/v1/entities/{ENTITY}/neighbors?limit=50", statement("read/graph/neighbors"), page),
        Thing(
            "attendees",
            f"/api/v1/queries/attendees?{urlencode({'event': EVENT})}",
            query.text,
            {**bound, **implied_values(ontology, query), "as_of": None},
        ),
        Thing("ad-hoc", "/api/v1/cypher", ADHOC, {}, json.dumps({"query": ADHOC}), clients=1),
    ]


@contextmanager
def parley(server: OpenServer, **more: str) -> Iterator[str]:
    """Run the service on that server as a user would and yield its address."""
    login = {"NEO4J_URI": server.bolt, "NEO4J_USERNAME": "neo4j", "NEO4J_PASSWORD": server.password}
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PARLEY_", "NEO4J_"))}
    process = subprocess.Popen(SERVE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=kept | login | more, text=True)
    try:
        assert process.stdout is not None
        yield process.stdout.readline().split()[-1].rstrip("/")
    finally:
        process.terminate()
        process.wait(60)


def ways(thing: Thing, server: OpenServer, addresses: Mapping[str, str], seconds: float) -> Iterator[tuple[str, Callable[[], Pace]]]:
    """Yield every way to ask for a thing with what asks."""
    for name in (COLD,) if thing.body else (WARM, COLD):
        asked = Load(addresses[name] + thing.path, thing.clients, seconds, thing.body)
        yield name, lambda asked=asked: measure(asked)  # type: ignore[misc]
    body = json.dumps({"statement": thing.text, "parameters": dict(thing.parameters), "accessMode": "READ"})
    api = Load(server.query_api, thing.clients, seconds, body, (server.authorization,))
    yield QUERY_API, lambda: measure(api)
    yield DRIVER, lambda: measure_driver(thing, server, seconds)
    if thing.name == "neighbours":
        lite = Load(addresses[DATASETTE] + ENTITY, thing.clients, seconds)
        yield DATASETTE, lambda: measure(lite)


def measure_driver(thing: Thing, server: OpenServer, seconds: float) -> Pace:
    """Run the statement through the bare driver in threads of a process of its own."""
    given = {
        "uri": server.bolt,
        "password": server.password,
        "text": thing.text,
        "parameters": dict(thing.parameters),
        "clients": thing.clients,
        "seconds": seconds,
    }
    words = [sys.executable, "-m", "benchmarks.serving", json.dumps(given)]
    return Pace(**json.loads(subprocess.run(words, stdout=subprocess.PIPE, text=True, check=True).stdout))


def drive(given: Mapping[str, Any]) -> Pace:
    """Ask through the driver until the time is over, a session and a thread a client."""
    times: list[float] = []
    with GraphDatabase.driver(given["uri"], auth=("neo4j", given["password"])) as driver:

        def work() -> None:
            with driver.session(database="neo4j", default_access_mode="READ") as session:
                while time.perf_counter() < deadline:
                    sent = time.perf_counter()
                    assert list(session.run(given["text"], given["parameters"]))
                    times.append(time.perf_counter() - sent)

        threads = [threading.Thread(target=work) for _ in range(given["clients"])]
        began, used = time.perf_counter(), time.process_time()
        deadline = began + given["seconds"]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        seconds = time.perf_counter() - began
        return pace_of(times, seconds, (time.process_time() - used) / seconds)


def figures_of(thing: Thing, paces: Mapping[str, list[Pace]]) -> list[Figure]:
    """Return the rates of a thing everywhere, and how Parley stands against Neo4j's own API."""
    figures = [rate_figure(thing, rival, found) for rival, found in paces.items()]
    rates = {rival: [pace.rate for pace in found] for rival, found in paces.items()}
    for ours, least in ((WARM, 3.0), (COLD, 0.9)):
        if ours in rates:
            ratios = [one / other for one, other in zip(rates[ours], rates[QUERY_API], strict=True)]
            met = statistics.median(ratios) >= least
            figures.append(Figure(f"{thing.name}, {ours} / {QUERY_API}", "ratio", ratios, f"at least {least:g}", met, "round by round"))
    if thing.body:
        added = [ours.p50 - theirs.p50 for ours, theirs in zip(paces[COLD], paces[DRIVER], strict=True)]
        met = statistics.median(added) < 2
        figures.append(Figure(f"{thing.name}, what the guard and HTTP add to p50", "ms", added, "under 2", met, "against the bare driver"))
    return figures


def rate_figure(thing: Thing, rival: str, found: list[Pace]) -> Figure:
    """Return the requests a second, with the times of one in the note."""
    p50, p95, busy = (statistics.median(values) for values in zip(*((one.p50, one.p95, one.busy) for one in found), strict=True))
    clients = f"{thing.clients} client{'s' if thing.clients > 1 else ''}"
    asking = "the driver's process" if rival == DRIVER else "asking"
    note = f"p50 {p50:.2f} ms, p95 {p95:.2f} ms; {clients}; {asking} took {busy:.0%} of a core"
    return Figure(f"{thing.name}, {rival}", "requests/s", [one.rate for one in found], note=note, digits=0)


if __name__ == "__main__":
    print(json.dumps(asdict(drive(json.loads(sys.argv[1])))))
