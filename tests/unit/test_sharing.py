"""Pages of other sites: which may read, which may ask, and that nothing else is open to them."""

import asyncio
from typing import Any

import httpx
import pytest
from starlette.responses import Response

from graphapi.errors import UsageError
from graphapi.settings import load_settings
from graphapi.web.admission import Admission
from graphapi.web.sharing import Sharing

BLOG = "https://blog.example.org"
OTHER = "https://other.example.org"


async def fine(scope: Any, receive: Any, send: Any) -> None:
    await Response("fine")(scope, receive, send)


def asked(method: str, path: str, **headers: str) -> httpx.Response:
    async def ask() -> httpx.Response:
        app = Sharing(Admission(fine, (), [BLOG]), [BLOG])
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://localhost") as client:
            return await client.request(method, path, headers={name.replace("_", "-"): value for name, value in headers.items()})

    return asyncio.run(ask())


def preflight(path: str, method: str, headers: str = "", origin: str = BLOG) -> httpx.Response:
    more = {"Access_Control_Request_Headers": headers} if headers else {}
    return asked("OPTIONS", path, Origin=origin, Access_Control_Request_Method=method, **more)


def test_a_named_origin_may_read_and_without_cookies() -> None:
    answer = asked("GET", "/api/v1/stats", Origin=BLOG)
    assert answer.text == "fine"
    assert answer.headers["access-control-allow-origin"] == BLOG
    assert "access-control-allow-credentials" not in answer.headers
    assert "Retry-After" in answer.headers["access-control-expose-headers"]


@pytest.mark.parametrize("headers", [{"Origin": BLOG}, {"Origin": OTHER}, {}], ids=["named", "other", "none"])
def test_a_cache_is_told_that_the_answer_hangs_on_the_origin(headers: dict[str, str]) -> None:
    answer = asked("GET", "/api/v1/stats", **headers)
    assert answer.headers["vary"] == "Origin"


@pytest.mark.parametrize("origin", [OTHER, "null", BLOG.upper(), f"{BLOG}.evil.example", f"{BLOG}:8443", "http://blog.example.org"])
def test_another_origin_is_not_allowed(origin: str) -> None:
    assert "access-control-allow-origin" not in asked("GET", "/api/v1/stats", Origin=origin).headers
    refused = preflight("/api/v1/stats", "GET", origin=origin)
    assert refused.status_code == 400
    assert "access-control-allow-origin" not in refused.headers


@pytest.mark.parametrize(
    ("path", "method", "headers"),
    [
        ("/api/v1/stats", "GET", "authorization"),
        ("/api/v1/cypher", "POST", "authorization, content-type"),
        ("/api/v1/cypher", "GET", "content-type"),
    ],
)
def test_a_preflight_is_answered(path: str, method: str, headers: str) -> None:
    answer = preflight(path, method, headers)
    assert answer.status_code == 200
    assert answer.headers["access-control-allow-origin"] == BLOG
    assert method in answer.headers["access-control-allow-methods"]
    assert set(headers.split(", ")) <= set(answer.headers["access-control-allow-headers"].lower().split(", "))
    assert answer.headers["access-control-max-age"] == "600"
    assert "access-control-allow-credentials" not in answer.headers


@pytest.mark.parametrize(
    ("path", "method", "headers"),
    [
        ("/api/v1/datasets", "POST", "content-type"),
        ("/api/v1/datasets/x", "DELETE", ""),
        ("/api/v1/stats", "POST", ""),
        ("/api/v1/cypher", "DELETE", ""),
        ("/api/v1/cypher", "POST", "x-anything"),
    ],
)
def test_a_preflight_for_more_is_refused(path: str, method: str, headers: str) -> None:
    assert preflight(path, method, headers).status_code == 400


@pytest.mark.parametrize("path", ["/", "/metrics", "/entities/howard-lutnick", "/api/v1x/stats"])
def test_what_is_not_the_api_is_not_shared(path: str) -> None:
    assert "access-control-allow-origin" not in asked("GET", path, Origin=BLOG).headers


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_a_named_origin_may_ask_cypher(site: str) -> None:
    answer = asked("POST", "/api/v1/cypher", Origin=BLOG, Sec_Fetch_Site=site)
    assert (answer.status_code, answer.headers["access-control-allow-origin"]) == (200, BLOG)


@pytest.mark.parametrize(
    ("path", "origin"),
    [("/api/v1/datasets", BLOG), ("/api/v1/cypher", OTHER), ("/api/v1/cypher", "null"), ("/api/v1/cypher/", BLOG)],
)
def test_nobody_else_may_post_and_nobody_elsewhere(path: str, origin: str) -> None:
    assert asked("POST", path, Origin=origin, Sec_Fetch_Site="cross-site").status_code == 403


def test_a_refusal_can_be_read_by_the_page_that_asked() -> None:
    answer = asked("GET", "/api/v1/stats?a=1&a=2", Origin=BLOG)
    assert (answer.status_code, answer.headers["access-control-allow-origin"]) == (400, BLOG)


@pytest.mark.parametrize(
    "value", ["*", "null", "https://blog.example.org/", "https://*.example.org", "blog.example.org", "ftp://example.org"]
)
def test_what_is_no_origin_is_refused_as_a_setting(value: str) -> None:
    with pytest.raises(UsageError, match="PARLEY_CORS_ORIGINS"):
        load_settings(cors_origins=value)


def test_origins_are_read_from_a_list() -> None:
    assert load_settings(cors_origins=f"{BLOG}, http://localhost:3000").cors_origins == (BLOG, "http://localhost:3000")


def test_a_proxy_that_is_no_address_is_refused_as_a_setting() -> None:
    with pytest.raises(UsageError, match="PARLEY_TRUSTED_PROXIES"):
        load_settings(trusted_proxies="10.0.0.1, proxy.example.org")
