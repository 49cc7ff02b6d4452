"""POST /cypher when something ends early: the service, or the client in the middle of its body."""

import gc
import socket
import warnings

import httpx

from graphapi.settings import Settings
from graphapi.store import Store
from tests.conftest import serve

ADDRESS = "/api/v1/cypher"
ENDLESS = "UNWIND range(1, 1000000) AS a MATCH (x), (y) RETURN count(x.id + y.id) AS endless"


def test_a_service_that_stops_leaves_no_connection_open(london: Store, settings: Settings, opened_store: Store) -> None:
    short = settings.model_copy(update={"cypher_timeout": 3.0})
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        with serve(short, Store(opened_store._driver, short, opened_store._login)) as address:
            queries = ("RETURN 1 AS one", "RETURN", ENDLESS)
            asked = [httpx.post(f"{address}{ADDRESS}", json={"query": query}, timeout=30) for query in queries]
        gc.collect()
    assert [answer.status_code for answer in asked] == [200, 400, 504]
    assert [str(one.message) for one in caught if issubclass(one.category, ResourceWarning)] == []


def test_a_client_that_leaves_in_its_body_is_no_fault(service: httpx.Client, served: str) -> None:
    host, port = served.removeprefix("http://").split(":")
    head = f"POST {ADDRESS} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n"
    faults = service.get("/metrics").text.count('status="5')
    with socket.create_connection((host, int(port))) as client:
        client.sendall(f'{head}{{"query":'.encode())
    assert service.post(ADDRESS, json={"query": "RETURN 1 AS one"}).status_code == 200
    assert service.get("/metrics").text.count('status="5') == faults
