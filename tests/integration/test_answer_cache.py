"""Answers are kept until the graph changes, by whomever; each has a tag, and goes compressed to whom it may."""

import gzip
from collections.abc import Iterator
from dataclasses import dataclass

import httpx
import pytest

from graphapi.settings import Settings
from graphapi.store import Store
from tests.conftest import serve, wait_until

NEIGHBORS = "/api/v1/entities/howard-lutnick/neighbors"
EVERYWHERE = [
    "/api/v1/stats",
    "/api/v1/ontology",
    "/api/v1/datasets",
    "/api/v1/search?q=lutnik",
    "/api/v1/entities?limit=500",
    "/api/v1/entities.csv",
    "/api/v1/entities/howard-lutnick",
    NEIGHBORS,
    "/api/v1/relationships/howard-lutnick--ABSENT_FROM--talks-geneva-2025-05",
    "/api/v1/evidence/reuters-london-preview:p12",
    "/api/v1/paths?from=howard-lutnick&to=export-controls",
    "/api/v1/queries",
    "/api/v1/queries/attendees?event=talks-london-2025-06-09",
    "/api/v1/graph.json?around=howard-lutnick",
    "/api/v1/graph.graphml?around=howard-lutnick",
    "/",
    "/embed",
    "/docs",
    "/openapi.json",
    "/queries",
    "/queries/attendees?event=talks-london-2025-06-09",
    "/search?q=lutnik",
    "/entities/howard-lutnick",
]


@dataclass
class Kept:
    """A service that keeps its answers for an hour without asking, with its store."""

    client: httpx.Client
    store: Store

    def how(self, path: str, **headers: str) -> str:
        response = self.client.get(path, headers=headers)
        assert response.status_code in (200, 304), response.text
        return response.headers["cache-status"]


@pytest.fixture
def kept(london: Store, settings: Settings) -> Iterator[Kept]:
    plain = {"Accept-Encoding": "identity"}
    lasting = settings.model_copy(update={"answers_age": 3600})
    with serve(lasting, london) as address, httpx.Client(base_url=address, timeout=30, trust_env=False, headers=plain) as client:
        yield Kept(client, london)


@pytest.mark.parametrize("path", EVERYWHERE)
def test_every_answer_has_a_tag_by_which_it_is_not_sent_again(service: httpx.Client, path: str) -> None:
    first = service.get(path)
    assert first.status_code == 200
    assert first.headers["cache-control"] == "no-cache"
    assert first.headers["vary"] == "Accept, Accept-Encoding, Authorization"
    again = service.get(path, headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    for name in ("etag", "cache-control", "vary", "content-security-policy"):
        assert again.headers[name] == first.headers[name]


@pytest.mark.parametrize("path", [NEIGHBORS, "/"])
def test_list_of_tags_weak_tags_and_a_star_are_understood(service: httpx.Client, path: str) -> None:
    tag = service.get(path).headers["etag"]
    for asked in (f'"other", {tag}', f"W/{tag}", "*"):
        assert service.get(path, headers={"If-None-Match": asked}).status_code == 304
    assert service.get(path, headers={"If-None-Match": '"other", W/"another"'}).status_code == 200


def test_star_does_not_make_an_answer_of_what_is_missing(service: httpx.Client) -> None:
    response = service.get("/api/v1/entities/nobody-at-all", headers={"If-None-Match": "*"})
    assert response.status_code == 404
    assert response.headers["cache-control"] == "no-store"
    assert "etag" not in response.headers


@pytest.mark.parametrize("path", [NEIGHBORS, "/", "/api/v1/entities.csv"])
def test_head_has_the_headers_of_get(service: httpx.Client, path: str) -> None:
    got, head = service.get(path), service.head(path)
    assert head.content == b""
    for name in ("etag", "vary", "cache-control", "content-length", "content-type"):
        assert head.headers[name] == got.headers[name]
    assert service.head(path, headers={"If-None-Match": got.headers["etag"]}).status_code == 304


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/metrics"])
def test_how_the_service_does_is_never_kept(service: httpx.Client, path: str) -> None:
    headers = service.get(path).headers
    assert headers["cache-control"] == "no-store"
    assert "etag" not in headers
    assert "cache-status" not in headers


@pytest.mark.parametrize("path", [NEIGHBORS, "/", "/api/v1/graph.json"])
def test_compressed_and_plain_are_the_same_and_have_tags_of_their_own(service: httpx.Client, path: str) -> None:
    plain = service.get(path, headers={"Accept-Encoding": "identity"})
    assert "content-encoding" not in plain.headers
    with service.stream("GET", path, headers={"Accept-Encoding": "gzip"}) as packed:
        raw = b"".join(packed.iter_raw())
    assert packed.headers["content-encoding"] == "gzip"
    assert packed.headers["content-length"] == str(len(raw))
    assert gzip.decompress(raw) == plain.content
    assert len(raw) < len(plain.content) / 2
    assert packed.headers["etag"] != plain.headers["etag"]
    for tag in (packed.headers["etag"], plain.headers["etag"]):
        for coding in ("gzip", "identity"):
            again = service.get(path, headers={"If-None-Match": tag, "Accept-Encoding": coding})
            assert (again.status_code, again.headers["etag"]) == (304, tag)
            assert "content-encoding" not in again.headers


def test_a_short_answer_is_not_compressed(service: httpx.Client) -> None:
    response = service.get("/api/v1/datasets", params={}, headers={"Accept-Encoding": "gzip"})
    short = service.get("/api/v1/entities?limit=1&label=Source", headers={"Accept-Encoding": "gzip"})
    sizes = {one.headers.get("content-encoding", ""): len(one.content) for one in (response, short)}
    assert sizes.get("", 0) < 1024
    assert all(size >= 1024 for coding, size in sizes.items() if coding)


def test_second_answer_comes_from_the_cache_and_is_the_same(kept: Kept) -> None:
    first, second = kept.client.get(NEIGHBORS), kept.client.get(NEIGHBORS)
    assert [one.headers["cache-status"] for one in (first, second)] == ["parley; fwd=miss; stored", "parley; hit"]
    assert first.content == second.content
    assert first.headers["etag"] == second.headers["etag"]
    assert first.headers["x-request-id"] != second.headers["x-request-id"]


def test_order_of_parameters_makes_no_difference_and_their_values_do(kept: Kept) -> None:
    kept.how(f"{NEIGHBORS}?limit=5&direction=out")
    assert kept.how(f"{NEIGHBORS}?direction=out&limit=5") == "parley; hit"
    assert "miss" in kept.how(f"{NEIGHBORS}?direction=out&limit=6")


def test_each_format_is_kept_for_itself(kept: Kept) -> None:
    kept.how(NEIGHBORS, Accept="application/json")
    assert "miss" in kept.how(NEIGHBORS, Accept="text/csv")
    for accept, kind in (("text/csv", "text/csv; charset=utf-8"), ("application/json", "application/json")):
        response = kept.client.get(NEIGHBORS, headers={"Accept": accept})
        assert (response.headers["content-type"], response.headers["cache-status"]) == (kind, "parley; hit")


def test_refusals_are_not_kept(kept: Kept) -> None:
    for path, status in (("/api/v1/entities/nobody-at-all", 404), (f"{NEIGHBORS}?limit=0", 400)):
        ids = {kept.client.get(path).json()["request_id"] for _ in range(2)}
        assert len(ids) == 2
        assert kept.client.get(path).status_code == status


def test_hits_are_counted_under_their_route(kept: Kept) -> None:
    for _ in range(3):
        kept.client.get(NEIGHBORS)
    line = next(line for line in kept.client.get("/metrics").text.splitlines() if 'route="/api/v1/entities/{id}/neighbors"' in line)
    assert line.endswith(" 3.0")


def change(store: Store, note: str) -> None:
    """Change one entity past the product, as Neo4j Browser would."""
    with store._session("WRITE") as session:
        session.run("MATCH (one:Entity {id: 'howard-lutnick'}) SET one.note = $note", note=note).consume()


@pytest.fixture
def changed(london: Store) -> Iterator[Store]:
    yield london
    with london._session("WRITE") as session:
        session.run("MATCH (one:Entity {id: 'howard-lutnick'}) REMOVE one.note").consume()


def test_a_change_past_the_product_is_seen_when_the_age_is_over(changed: Store, settings: Settings) -> None:
    path = "/api/v1/entities/howard-lutnick"
    with serve(settings.model_copy(update={"answers_age": 0.5}), changed) as address, httpx.Client(base_url=address) as client:
        before = client.get(path)
        change(changed, "one")
        assert wait_until(lambda: client.get(path).json()["properties"].get("note") == "one", 3)
        assert client.get(path).headers["etag"] != before.headers["etag"]
        assert client.get(path).headers["cache-status"] == "parley; hit"


def test_room_of_nothing_keeps_nothing_and_still_gives_tags(london: Store, settings: Settings) -> None:
    with serve(settings.model_copy(update={"answers_bytes": 0}), london) as address, httpx.Client(base_url=address) as client:
        first, second = client.get(NEIGHBORS), client.get(NEIGHBORS)
        assert "cache-status" not in second.headers
        assert first.headers["etag"] == second.headers["etag"]
        assert client.get(NEIGHBORS, headers={"If-None-Match": first.headers["etag"]}).status_code == 304
