"""A query that does not end is ended: at its wall clock, when its client goes, and without harm to others."""

import signal
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest

from graphapi.settings import Settings
from graphapi.store import Store
from tests.conftest import serve, wait_until
from tests.integration.command_line import SCRIPT, environment, run
from tests.integration.problem import problem

ADDRESS = "/api/v1/cypher"
LOOP = "UNWIND range(1, 1000000) AS a MATCH (x), (y) RETURN count(x.id + y.id) AS endless"
PATHS = "MATCH p = (a)-[*1..12]-(b) RETURN count(p) AS endless"
PRODUCT = "MATCH (a), (b), (c), (d) RETURN count(*) AS endless, max(a.id + b.id + c.id + d.id) AS m"
RUNNING = """
SHOW TRANSACTIONS YIELD currentQuery
WHERE currentQuery CONTAINS 'AS endless' AND NOT currentQuery STARTS WITH 'SHOW'
RETURN count(*) AS all
""".strip()


@pytest.fixture(scope="module")
def hasty(settings: Settings, opened_store: Store) -> Iterator[str]:
    """Give the address of a service whose wall clock is short."""
    short = settings.model_copy(update={"cypher_timeout": 2.0, "cypher_at_once": 2, "cypher_queue": 1, "cypher_wait": 10.0})
    store = Store(opened_store._driver, short, opened_store._login)
    with serve(short, store) as address:
        yield address


def running(store: Store) -> int:
    count: int = store.execute_read(RUNNING)[0]["all"]
    return count


@pytest.mark.parametrize("query", [LOOP, PATHS, PRODUCT], ids=["rows", "paths", "product"])
def test_a_runaway_query_ends_at_its_wall_clock_and_others_are_served(london: Store, hasty: str, query: str) -> None:
    with ThreadPoolExecutor() as pool, httpx.Client(base_url=hasty, timeout=30, trust_env=False) as client:
        client.post(ADDRESS, json={"query": "RETURN 1 AS a"})  # a server's first answer takes its time, whoever else asks
        client.get("/api/v1/stats")
        began = time.monotonic()
        runaway = pool.submit(httpx.post, f"{hasty}{ADDRESS}", json={"query": query}, timeout=30)
        assert wait_until(lambda: running(london) == 1, 5)
        for body in ({"query": "RETURN 1 AS a"}, None):
            asked = time.monotonic()
            response = client.post(ADDRESS, json=body) if body else client.get("/api/v1/stats")
            assert response.status_code == 200
            assert time.monotonic() - asked < 1
        assert not runaway.done()
        problem(runaway.result(), 504)
        assert 1.9 < time.monotonic() - began < 4
    assert wait_until(lambda: running(london) == 0, 5)


def test_a_query_that_its_client_leaves_is_ended(london: Store, served: str) -> None:
    host, port = served.removeprefix("http://").split(":")
    body = f'{{"query": "{LOOP}"}}'
    head = f"POST {ADDRESS} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    with socket.create_connection((host, int(port))) as client:
        client.sendall((head + body).encode())
        assert wait_until(lambda: running(london) == 1, 5)
    assert wait_until(lambda: running(london) == 0, 5)


def test_more_queries_than_may_run_at_once_wait_and_more_than_may_wait_are_told_to_come_back(london: Store, hasty: str) -> None:
    with ThreadPoolExecutor() as pool:
        long = [pool.submit(httpx.post, f"{hasty}{ADDRESS}", json={"query": LOOP}, timeout=30) for _ in range(2)]
        assert wait_until(lambda: running(london) == 2, 5)
        more = [pool.submit(httpx.post, f"{hasty}{ADDRESS}", json={"query": "RETURN 1"}, timeout=30) for _ in range(2)]
        answers = sorted((one.result() for one in more), key=lambda answer: answer.status_code)
        assert [answer.status_code for answer in answers] == [200, 429]
        problem(answers[1], 429)
        assert int(answers[1].headers["retry-after"]) > 0
        assert [one.result().status_code for one in long] == [504, 504]
    assert httpx.post(f"{hasty}{ADDRESS}", json={"query": "RETURN 1"}, timeout=30).status_code == 200


def test_a_client_has_one_query_at_a_time_and_takes_nobody_elses_place(london: Store, settings: Settings, opened_store: Store) -> None:
    short = settings.model_copy(update={"cypher_timeout": 2.0, "cypher_wait": 0.5, "rate_loopback": True})
    store = Store(opened_store._driver, short, opened_store._login)
    elsewhere = httpx.HTTPTransport(local_address="127.0.0.2")
    with serve(short, store) as address, ThreadPoolExecutor() as pool, httpx.Client(transport=elsewhere, base_url=address) as other:
        other.post(ADDRESS, json={"query": "RETURN 1"})
        long = pool.submit(httpx.post, f"{address}{ADDRESS}", json={"query": LOOP}, timeout=30)
        assert wait_until(lambda: running(london) == 1, 5)
        own = pool.submit(httpx.post, f"{address}{ADDRESS}", json={"query": "RETURN 1"}, timeout=30)
        began = time.monotonic()
        assert other.post(ADDRESS, json={"query": "RETURN 1"}).status_code == 200
        assert time.monotonic() - began < 1
        assert "of your queries" in problem(own.result(), 429)["detail"]
        problem(long.result(), 504)


def test_an_answer_that_floods_is_cut_off_before_it_is_in_memory(london: Store, service: httpx.Client) -> None:
    """Holds the attributes of the driver that Isolated counts bytes by."""
    import psutil

    before, most, over = psutil.Process().memory_info().rss, 0, threading.Event()

    def watch() -> None:
        nonlocal most
        while not over.wait(0.02):
            most = max(most, psutil.Process().memory_info().rss)

    watcher = threading.Thread(target=watch)
    watcher.start()
    body = problem(service.post(ADDRESS, json={"query": f"WITH range(1, 1000000) AS l RETURN [{', '.join(['l'] * 5)}] AS flood"}), 400)
    over.set()
    watcher.join()
    assert body["rule"] == "answer-size"
    assert most - before < 200_000_000


def test_ctrl_c_ends_the_query_on_the_server(london: Store, database_environment: dict[str, str], tmp_path: Path) -> None:
    variables = environment(tmp_path / "home", database_environment)
    with subprocess.Popen([SCRIPT, "cypher", LOOP], env=variables, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert wait_until(lambda: running(london) == 1, 20)
        process.send_signal(signal.SIGINT)
        output, errors = process.communicate(timeout=10)
    assert (process.returncode, output, errors.strip()) == (130, "", "Interrupted.")
    assert wait_until(lambda: running(london) == 0, 5)


def test_the_command_line_has_the_same_wall_clock(london: Store, database_environment: dict[str, str], tmp_path: Path) -> None:
    done = run("cypher", LOOP, folder=tmp_path, variables=database_environment | {"PARLEY_CYPHER_TIMEOUT": "1"})
    assert done.returncode == 1
    assert "ended after 1 seconds" in done.stderr
