"""Pages, formats and headers over HTTP."""

import logging
import re
from pathlib import Path

import httpx
import pytest

from graphapi.ingest import read_dataset
from graphapi.ingest.load import load
from graphapi.settings import Settings
from graphapi.store import Store
from tests.conftest import empty, serve
from tests.datasets import FACTS, write_dataset

JSON, HTML = "application/json", "text/html; charset=utf-8"
EVERYWHERE = ["/", "/docs", "/openapi.json", "/api/v1/stats", "/api/v1/graph.html", "/healthz", "/readyz", "/metrics", "/nothing"]
OUTSIDE = re.compile(rb"""(?:src|href|action)\s*=\s*["']?(?:https?:)?//|@import|url\(\s*["']?(?:https?:)?//""")


@pytest.mark.parametrize(
    ("path", "accept", "kind"),
    [
        ("/api/v1/graph", None, JSON),
        ("/api/v1/graph", "*/*", JSON),
        ("/api/v1/graph", "application/json", JSON),
        ("/api/v1/graph", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", HTML),
        ("/api/v1/graph", "text/html;q=0.5, application/json", JSON),
        ("/api/v1/graph", "application/*;q=0.1, text/*", HTML),
        ("/api/v1/graph.json", "text/html", JSON),
        ("/api/v1/graph.html", "application/json", HTML),
        ("/api/v1/stats", "text/html,*/*;q=0.8", JSON),
    ],
)
def test_format_follows_suffix_then_accept(service: httpx.Client, path: str, accept: str | None, kind: str) -> None:
    headers = {} if accept is None else {"Accept": accept}
    part = {"around": "howard-lutnick"} if "graph" in path else {}
    assert service.get(path, headers=headers, params=part).headers["content-type"] == kind


def test_graph_has_nodes_and_the_relationships_among_them(service: httpx.Client) -> None:
    body = service.get("/api/v1/graph.json", params={"around": "howard-lutnick", "depth": 1, "as_of": "2025-06-08"}).json()
    known = {node["id"] for node in body["nodes"]}
    assert "talks-geneva-2025-05" in known
    assert (body["truncated"], body["as_of"]) == (False, "2025-06-08")
    assert {end for one in body["relationships"] for end in (one["from"], one["to"])} <= known
    assert {one["held"] for one in body["relationships"]} <= {"yes", "possibly", "unknown"}
    assert "talks-london-2025-06-09" not in known


def test_graph_of_a_label_has_that_label_only(service: httpx.Client) -> None:
    body = service.get("/api/v1/graph.json", params={"label": "Issue"}).json()
    assert {node["labels"][-1] for node in body["nodes"]} == {"Issue"}
    assert {one["type"] for one in body["relationships"]} == {"PART_OF"}


@pytest.mark.parametrize("path", ["/", "/entities/howard-lutnick", "/api/v1/graph.html?around=howard-lutnick", "/docs"])
def test_page_names_nothing_outside_and_its_policy_lets_nothing_in(service: httpx.Client, path: str) -> None:
    response = service.get(path)
    assert response.headers["content-type"] == HTML
    policy = response.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy
    assert re.search(r"script-src( 'sha256-[A-Za-z0-9+/=]+')+;", policy)
    head, _, _ = response.content.partition(b"<script")
    assert not OUTSIDE.search(head)
    assert not re.search(rb"<[a-z][^>]*\son[a-z]+\s*=", head)
    assert not re.search(rb"<script[^>]+src", response.content)


def test_only_the_page_for_frames_may_be_framed_and_it_asks_for_nothing(service: httpx.Client) -> None:
    policies = {path: service.get(path).headers["content-security-policy"] for path in (*EVERYWHERE, "/embed", "/entities/howard-lutnick")}
    assert [path for path, policy in policies.items() if "frame-ancestors 'none'" not in policy] == ["/embed"]
    assert policies["/embed"].endswith("; frame-ancestors *")
    assert "connect-src 'none'" in policies["/embed"]
    assert "unsafe" not in policies["/embed"]
    assert b'<body class="embed">' in service.get("/embed", params={"as_of": "2025-06"}).content


@pytest.mark.parametrize("path", ["/api/v1/graph.html?label=Person", "/queries/path.html?from=howard-lutnick&to=export-controls"])
def test_page_without_the_countries_names_the_sides_all_the_same(service: httpx.Client, path: str) -> None:
    page = service.get(path, headers={"accept": "text/html"}).text
    assert '"name":"United States"' in page
    assert '"name":"china"' not in page


@pytest.mark.parametrize("path", ["/", "/embed", "/docs", "/entities/howard-lutnick"])
def test_page_that_has_not_changed_is_not_sent_again(service: httpx.Client, path: str) -> None:
    first = service.get(path)
    again = service.get(path, headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == first.headers["etag"]
    assert service.get(path).content == first.content
    assert service.get(path, headers={"If-None-Match": '"other"'}).status_code == 200


@pytest.mark.parametrize("path", EVERYWHERE)
def test_every_answer_has_the_headers_that_guard_it(service: httpx.Client, path: str) -> None:
    headers = service.get(path).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["cross-origin-resource-policy"] == "same-origin"
    assert "default-src 'none'" in headers["content-security-policy"]
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert "server" not in headers
    assert "access-control-allow-origin" not in headers


def test_request_id_is_taken_over_when_it_is_one(service: httpx.Client) -> None:
    assert service.get("/healthz", headers={"X-Request-ID": "ticket-42.a_b"}).headers["x-request-id"] == "ticket-42.a_b"
    made = service.get("/healthz", headers={"X-Request-ID": "no good"}).headers["x-request-id"]
    assert re.fullmatch(r"[0-9a-f]{16}", made)
    assert service.get("/healthz").headers["x-request-id"] != made


def test_readiness_and_metrics(service: httpx.Client) -> None:
    assert service.get("/healthz").json() == {"status": "alive"}
    assert service.get("/readyz").json() == {"status": "ready"}
    service.get("/api/v1/entities/howard-lutnick")
    text = service.get("/metrics").text
    assert 'parley_requests_total{method="GET",route="/api/v1/entities/{id}",status="200"}' in text
    assert "howard-lutnick" not in text
    assert "process_resident_memory_bytes" in text


def test_a_graph_without_a_load_is_not_ready_and_says_why(store: Store, client: httpx.Client) -> None:
    response = client.get("/readyz")
    assert response.status_code == 503
    assert "load" in response.json()["detail"]
    assert response.headers["retry-after"]
    assert client.get("/healthz").status_code == 200
    assert client.get("/").status_code == 200
    assert client.get("/api/v1/entities").json() == {"items": [], "next": None}


def test_a_request_leaves_one_line(service: httpx.Client, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, logger="graphapi.requests"):
        service.get("/api/v1/entities?label=%22%0A&limit=1", headers={"X-Request-ID": "line-1"})
    lines = [record.getMessage() for record in caplog.records if "request=line-1" in record.getMessage()]
    assert len(lines) == 1
    pattern = r"time=\S+ request=line-1 method=GET path=/api/v1/entities\?label=%22%0A&limit=1 status=400 ms=[\d.]+ bytes=\d+"
    assert re.fullmatch(pattern, lines[0])


def test_allowed_host_is_served(london: Store, settings: Settings) -> None:
    more = settings.model_copy(update={"allowed_hosts": ("parley.example",)})
    with serve(more, london) as address, httpx.Client(base_url=address, trust_env=False) as client:
        assert client.get("/healthz", headers={"Host": "parley.example"}).status_code == 200
        assert client.get("/healthz", headers={"Host": "other.example"}).status_code == 400


def test_page_follows_a_graph_that_was_emptied_and_loaded_anew(store: Store, client: httpx.Client, tmp_path: Path) -> None:
    versions = []
    for name in ("Ann", "Zoe"):
        empty(store)
        load(store, read_dataset(write_dataset(tmp_path / name, FACTS.replace("name: Ann", f"name: {name}"))))
        versions.append(client.get("/api/v1/stats").json()["version"])
        assert f'"name":"{name}"' in client.get("/").text
    assert versions == [1, 1]
