"""What is refused over HTTP, and how it is said."""

import base64
import http.client
import json
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest

from tests.integration.problem import problem

ROUTES = [
    "/api/v1/stats", "/api/v1/ontology", "/api/v1/datasets", "/api/v1/entities", "/api/v1/delegates", "/api/v1/events",
    "/api/v1/entities/howard-lutnick", "/api/v1/entities/howard-lutnick/neighbors", "/api/v1/entities/howard-lutnick/evidence",
    "/api/v1/relationships/howard-lutnick--ABSENT_FROM--talks-geneva-2025-05", "/api/v1/evidence/reuters-london-preview:p12",
    "/api/v1/graph.json", "/api/v1/graph.html", "/api/v1/graph.graphml", "/api/v1/graph", "/healthz", "/readyz", "/metrics",
    "/", "/embed", "/entities/howard-lutnick", "/docs",
]  # fmt: skip
NOWHERE = ["/api/v1/nothing", "/api/v1", "/api/v1/entities/", "/nothing", "/entities/", "/api/v1/entities/a/b", "//", "/docs/"]
NO_DATES = ["2025-13", "2025-02-30", "yesterday", "", "2025-6-9", "2025-06-09T12:00", "2025-06-09/2025-06-10", "0000", "99999"]
FOREIGN = ["evil.example", "127.0.0.1.evil.example", "localhost.evil.example", "", "127.0.0.1:80:80", "[::1", "10.0.0.1", "a b"]
PAGES = ("/", "/embed", "/docs", "/entities/howard-lutnick")
INJECTIONS = ["Person) DETACH DELETE (n", "Person`", "Person:Entity", "$($label)", "person", "Evidence", "", "Entity'", "Ünknown"]


@pytest.mark.parametrize("path", ROUTES)
def test_unknown_parameter_is_refused_by_name(service: httpx.Client, path: str) -> None:
    body = problem(service.get(path, params={"limt": "5"}), 400)
    assert body["parameter"] == "limt"


@pytest.mark.parametrize("path", [path for path in ROUTES if path != "/api/v1/datasets"])
@pytest.mark.parametrize("method", ["POST", "DELETE", "PUT", "PATCH", "OPTIONS"])
def test_wrong_method_names_the_right_ones(service: httpx.Client, path: str, method: str) -> None:
    response = service.request(method, path)
    problem(response, 405)
    assert response.headers["allow"] == "GET, HEAD"


@pytest.mark.parametrize("path", ROUTES)
@pytest.mark.parametrize("coding", ["identity", "gzip"])
def test_head_is_get_without_the_body(service: httpx.Client, path: str, coding: str) -> None:
    headers = {"Accept-Encoding": coding}
    head, get = service.head(path, headers=headers), service.get(path, headers=headers)
    assert (head.status_code, head.content) == (get.status_code, b"")
    assert head.headers["content-type"] == get.headers["content-type"]
    if path != "/metrics":
        assert head.headers["content-length"] == str(get.num_bytes_downloaded)


@pytest.mark.parametrize("path", NOWHERE)
def test_unknown_address_is_a_problem_and_no_redirect(service: httpx.Client, path: str) -> None:
    problem(service.get(f"{service.base_url}{path}"), 404)


@pytest.mark.parametrize("path", ["/api/v1/entities/{}", "/api/v1/entities/{}/neighbors", "/api/v1/entities/{}/evidence", "/entities/{}"])
def test_unknown_entity_lists_close_ids(service: httpx.Client, path: str) -> None:
    body = problem(service.get(path.format("howard-lutnik")), 404)
    assert body["close"][0] == "howard-lutnick"
    assert "howard-lutnick" in body["hint"]


@pytest.mark.parametrize("identifier", ["%00", "%1B%5B2J", "%ED%A0%80", "x" * 5000, "%27%20OR%201=1", "%F0%9F%98%80", "a%0Ab", "*:*", "~"])
@pytest.mark.parametrize("path", ["entities/{}", "entities/{}/neighbors", "entities/{}/evidence", "relationships/{}", "evidence/{}"])
def test_strange_ids_are_unknown_and_nothing_worse(service: httpx.Client, path: str, identifier: str) -> None:
    body = problem(service.get("/api/v1/" + path.format(identifier)), 404)
    assert body["close"] == []


@pytest.mark.parametrize("label", INJECTIONS)
@pytest.mark.parametrize("path", ["/api/v1/entities", "/api/v1/graph.json"])
def test_label_that_is_none_lists_the_known(service: httpx.Client, path: str, label: str) -> None:
    body = problem(service.get(path, params={"label": label}), 400)
    assert body["parameter"] == "label"
    assert "Agency" in body["hint"]


@pytest.mark.parametrize("kind", ["LEADS|MEMBER_OF", "leads", "LEADS]-() DELETE (n)//", ""])
def test_type_that_is_none_lists_the_known(service: httpx.Client, kind: str) -> None:
    body = problem(service.get("/api/v1/entities/howard-lutnick/neighbors", params={"type": kind}), 400)
    assert body["parameter"] == "type"
    assert "ABSENT_FROM" in body["hint"]


@pytest.mark.parametrize("limit", ["0", "-1", "1e9", "501", "999999999999999999999", "ten", "", "1.0", " 5", "٥", "0x10", "+5"])
@pytest.mark.parametrize("path", ["/api/v1/entities", "/api/v1/delegates", "/api/v1/entities/howard-lutnick/neighbors"])
def test_limit_out_of_range_says_the_range(service: httpx.Client, path: str, limit: str) -> None:
    body = problem(service.get(path, params={"limit": limit}), 400)
    assert body["parameter"] == "limit"
    assert "from 1 to 500" in body["hint"]


@pytest.mark.parametrize("as_of", NO_DATES)
@pytest.mark.parametrize("path", ["/api/v1/entities", "/api/v1/entities/howard-lutnick", "/api/v1/graph.json"])
def test_bad_date_says_what_a_date_is(service: httpx.Client, path: str, as_of: str) -> None:
    body = problem(service.get(path, params={"as_of": as_of}), 400)
    assert body["parameter"] == "as_of"
    assert "2025-06" in body["hint"]


@pytest.mark.parametrize(
    ("path", "name", "value", "expected"),
    [
        ("/api/v1/entities/howard-lutnick/neighbors", "direction", "up", "out"),
        ("/api/v1/graph.json", "depth", "4", "from 1 to 3"),
        ("/api/v1/graph.json", "around", "Not An Id", "howard-lutnick"),
        ("/api/v1/entities", "side", "US!", "howard-lutnick"),
    ],
)
def test_bad_value_says_what_is_expected(service: httpx.Client, path: str, name: str, value: str, expected: str) -> None:
    body = problem(service.get(path, params={name: value}), 400)
    assert body["parameter"] == name
    assert expected in body["hint"]


def test_graph_around_an_unknown_entity_lists_close_ids(service: httpx.Client) -> None:
    body = problem(service.get("/api/v1/graph.json", params={"around": "howard-lutnik"}), 404)
    assert body["close"][0] == "howard-lutnick"


def cursor_of(service: httpx.Client, path: str, **parameters: Any) -> str:
    cursor: str = service.get(path, params={"limit": 1, **parameters}).json()["next"]
    return cursor


def bent(cursor: str, index: int, value: object) -> str:
    """Return a cursor with one of its parts replaced."""
    parts = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    parts[index] = value
    return base64.urlsafe_b64encode(json.dumps(parts).encode()).decode().rstrip("=")


@pytest.mark.parametrize("cursor", ["", "x", "!!!!", "e30", "W10", "bnVsbA", "é", "A" * 700, "W" * 599])
def test_cursor_that_is_none_is_refused(service: httpx.Client, cursor: str) -> None:
    assert problem(service.get("/api/v1/entities", params={"cursor": cursor}), 400)["parameter"] == "cursor"


@pytest.mark.parametrize(("index", "value"), [(0, 2), (1, "zzz"), (1, None), (1, ["a"]), (2, "AAAAAAAAAAAA"), (2, None)])
def test_tampered_cursor_is_refused(service: httpx.Client, index: int, value: object) -> None:
    cursor = bent(cursor_of(service, "/api/v1/entities"), index, value)
    assert problem(service.get("/api/v1/entities", params={"cursor": cursor}), 400)["parameter"] == "cursor"


@pytest.mark.parametrize(
    ("path", "parameters"),
    [
        ("/api/v1/entities", {"label": "Event"}),
        ("/api/v1/entities", {"as_of": "2025"}),
        ("/api/v1/delegates", {}),
        ("/api/v1/events", {}),
        ("/api/v1/entities/howard-lutnick/neighbors", {}),
        ("/api/v1/entities/howard-lutnick/evidence", {}),
    ],
)
def test_cursor_of_another_list_is_refused(service: httpx.Client, path: str, parameters: dict[str, str]) -> None:
    cursor = cursor_of(service, "/api/v1/entities")
    assert problem(service.get(path, params={**parameters, "cursor": cursor}), 400)["parameter"] == "cursor"


def test_cursor_stays_good_when_only_the_limit_changes(service: httpx.Client) -> None:
    cursor = cursor_of(service, "/api/v1/entities")
    assert len(service.get("/api/v1/entities", params={"cursor": cursor, "limit": 9}).json()["items"]) == 9


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("limit=1&limit=2", "twice"),
        ("label=%00", "control"),
        ("label=%1B", "control"),
        ("as_of=2025%0A", "control"),
        ("%00=1", "control"),
        ("label=%ED%A0%80", "UTF-8"),
        ("label=%FF", "UTF-8"),
        ("&".join(f"p{number}=1" for number in range(100)), "parameters"),
        ("label=" + "x" * 9000, "bytes"),
    ],
)
@pytest.mark.parametrize("path", ["/api/v1/entities", "/", "/healthz", "/nothing"])
def test_query_string_that_cannot_be_read_is_refused(service: httpx.Client, path: str, query: str, says: str) -> None:
    assert says in problem(service.get(f"{service.base_url}{path}?{query}"), 400)["detail"]


@pytest.mark.parametrize("host", FOREIGN)
@pytest.mark.parametrize("path", ["/", "/api/v1/stats", "/healthz"])
def test_foreign_host_is_refused(service: httpx.Client, path: str, host: str) -> None:
    assert "host" in problem(service.get(path, headers={"Host": host}), 400)["detail"]


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:8000", "127.0.0.1", "127.0.0.1:1", "[::1]", "[::1]:8000"])
def test_own_hosts_are_served(service: httpx.Client, host: str) -> None:
    assert service.get("/healthz", headers={"Host": host}).status_code == 200


def test_two_hosts_are_refused(service: httpx.Client) -> None:
    address = urlsplit(str(service.base_url))
    connection = http.client.HTTPConnection(str(address.hostname), address.port, timeout=10)
    connection.putrequest("GET", "/healthz", skip_host=True)
    connection.putheader("Host", "127.0.0.1")
    connection.putheader("Host", "evil.example")
    connection.endheaders()
    assert connection.getresponse().status == 400
    connection.close()


@pytest.mark.parametrize("method", ["POST", "DELETE", "PUT", "PATCH"])
@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://localhost:1"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
def test_change_asked_for_by_another_site_is_refused(service: httpx.Client, method: str, headers: dict[str, str]) -> None:
    problem(service.request(method, "/api/v1/entities", headers=headers), 403)


def test_change_asked_for_by_an_own_page_is_not_refused_for_its_origin(service: httpx.Client) -> None:
    headers = {"Origin": str(service.base_url).rstrip("/"), "Sec-Fetch-Site": "same-origin"}
    problem(service.post("/api/v1/entities", headers=headers), 405)


@pytest.mark.parametrize("path", [path for path in ROUTES if path.startswith("/api")])
@pytest.mark.parametrize("accept", ["text/plain", "application/xml", "image/*", "application/json;q=0"])
def test_format_that_there_is_none_of_is_said_so(service: httpx.Client, path: str, accept: str) -> None:
    if path.endswith((".json", ".html", ".graphml")):
        assert service.get(path, headers={"Accept": accept}).status_code == 200
    else:
        assert "application/json" in problem(service.get(path, headers={"Accept": accept}), 406)["hint"]


@pytest.mark.parametrize("path", PAGES)
def test_page_is_html_only(service: httpx.Client, path: str) -> None:
    assert "text/html" in problem(service.get(path, headers={"Accept": "application/json"}), 406)["hint"]


def test_huge_header_and_address_leave_the_service_alive(service: httpx.Client) -> None:
    address = urlsplit(str(service.base_url))
    for path, value in (("/healthz", "x" * 1_000_000), ("/api/v1/entities/" + "x" * 200_000, "x")):
        connection = http.client.HTTPConnection(str(address.hostname), address.port, timeout=10)
        connection.request("GET", path, headers={"X-Long": value})
        assert connection.getresponse().status in range(200, 500)
        connection.close()
    assert service.get("/healthz").status_code == 200
