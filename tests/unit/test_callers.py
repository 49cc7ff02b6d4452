"""Who asks: keys in the Authorization header, addresses behind proxies, and what is answered to whom."""

import asyncio
from collections.abc import Mapping
from datetime import date
from ipaddress import ip_network
from pathlib import Path
from typing import Any

import httpx
import orjson
import pytest
from starlette.requests import Request
from starlette.responses import Response

from graphapi.errors import UsageError
from graphapi.keys import KeyRing, add_key
from graphapi.web.callers import Caller, Callers, caller_of, client_address, require_scope
from graphapi.web.problems import ScopeMissing

DAY = date(2026, 1, 31)
PROXIES = (ip_network("10.0.0.0/8"), ip_network("2001:db8::/32"))


async def told(scope: Any, receive: Any, send: Any) -> None:
    """Answer who asks."""
    caller = caller_of(scope)
    body = {"name": caller.name, "scopes": sorted(caller.scopes), "address": caller.address}
    await Response(orjson.dumps(body), media_type="application/json")(scope, receive, send)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "keys"


async def ask(file: Path | None, headers: list[tuple[str, str]], path: str = "/") -> httpx.Response:
    app = Callers(told, KeyRing(file) if file else None)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://localhost") as client:
        return await client.get(path, headers=headers)


def answer(file: Path | None, *shown: str) -> httpx.Response:
    return asyncio.run(ask(file, [("Authorization", value) for value in shown]))


def test_nobody_is_anonymous() -> None:
    assert caller_of({}) == Caller("", frozenset(), "")
    assert not caller_of({}).is_keyed


def test_without_a_header_the_caller_is_anonymous(file: Path) -> None:
    add_key(file, "newsroom", ("read",), DAY)
    assert answer(file).json() == {"name": "", "scopes": [], "address": "127.0.0.1"}


@pytest.mark.parametrize("scheme", ["Bearer", "bearer", "BEARER", "Bearer  "])
def test_a_key_gives_name_and_scopes(file: Path, scheme: str) -> None:
    token = add_key(file, "newsroom", ("read", "write"), DAY)
    assert answer(file, f"{scheme} {token}").json() == {"name": "newsroom", "scopes": ["read", "write"], "address": "127.0.0.1"}


def test_an_unknown_key_is_401_and_says_how_to_show_one(file: Path) -> None:
    token = add_key(file, "newsroom", ("read",), DAY)
    refused = answer(file, f"Bearer {token[:-1]}")
    assert refused.status_code == 401
    assert refused.headers["www-authenticate"] == 'Bearer realm="parley", error="invalid_token"'
    assert refused.headers["content-type"] == "application/problem+json"
    assert refused.json()["type"] == "urn:parley:problem:key-refused"
    assert token[:-1] not in refused.text


def test_a_key_whose_time_is_over_is_answered_like_an_unknown_one(file: Path) -> None:
    over = add_key(file, "intern", ("read",), DAY, days=1)
    assert answer(file, f"Bearer {over}").json()["detail"] == answer(file, "Bearer unknown").json()["detail"]


@pytest.mark.parametrize(
    "shown",
    ["", "Bearer", "Bearer ", "Basic YTpi", "Token abc", "parley_abc", "Bearer a b", "Bearer ä", "Bearer " + "a" * 500],
    ids=["empty", "no key", "a space", "basic", "token", "bare", "two words", "not ASCII", "long"],
)
def test_a_header_that_holds_no_key_is_401(file: Path, shown: str) -> None:
    add_key(file, "newsroom", ("read",), DAY)
    refused = asyncio.run(ask(file, [("Authorization", shown.encode("latin-1"))]))  # type: ignore[list-item]
    assert refused.status_code == 401
    assert 'error="invalid_request"' in refused.headers["www-authenticate"]


def test_two_headers_are_400_also_when_both_are_right(file: Path) -> None:
    token = add_key(file, "newsroom", ("read",), DAY)
    refused = answer(file, f"Bearer {token}", f"Bearer {token}")
    assert refused.status_code == 400
    assert refused.json()["detail"] == "The header Authorization stands twice."


def test_a_key_where_none_are_configured_is_401_and_says_so() -> None:
    refused = answer(None, "Bearer parley_abc")
    assert refused.status_code == 401
    assert refused.json()["detail"] == "No keys are configured here, and this request shows one."


def test_a_file_that_became_wrong_lets_no_key_in_and_everybody_read(file: Path, caplog: pytest.LogCaptureFixture) -> None:
    token = add_key(file, "newsroom", ("read",), DAY)
    app = Callers(told, KeyRing(file))
    file.write_text("broken\n")

    async def both() -> tuple[httpx.Response, httpx.Response]:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://localhost") as client:
            return await client.get("/", headers={"Authorization": f"Bearer {token}"}), await client.get("/")

    keyed, bare = asyncio.run(both())
    assert keyed.status_code == 503
    assert keyed.headers["retry-after"] == "30"
    assert str(file) not in keyed.text
    assert "is wrong on line 1" in caplog.text
    assert bare.status_code == 200


def test_a_file_that_is_wrong_from_the_beginning_is_refused(file: Path) -> None:
    file.write_text("broken\n")
    with pytest.raises(UsageError, match="line 1"):
        KeyRing(file)


@pytest.mark.parametrize(
    ("caller", "has_keys", "said"),
    [
        (Caller("", frozenset(), ""), False, "Writing over HTTP is off: this service has no keys."),
        (Caller("", frozenset(), ""), True, "This needs a key: it takes the scope write."),
        (Caller("desk", frozenset({"read"}), ""), True, "The key 'desk' may not do this: it takes the scope write."),
    ],
    ids=["no keys", "no key", "no scope"],
)
def test_who_may_not_write_is_told_why(caller: Caller, has_keys: bool, said: str) -> None:
    request = Request({"type": "http", "state": {"caller": caller, "has_keys": has_keys}})
    with pytest.raises(ScopeMissing) as refused:
        require_scope(request, "write")
    assert (refused.value.message, refused.value.status) == (said, 403)


def came(peer: str, *forwarded: str) -> Mapping[str, Any]:
    return {"client": (peer, 1234), "headers": [(b"x-forwarded-for", value.encode()) for value in forwarded]}


@pytest.mark.parametrize(
    ("scope", "address"),
    [
        (came("203.0.113.9", "198.51.100.1"), "203.0.113.9"),
        (came("10.0.0.1"), "10.0.0.1"),
        (came("10.0.0.1", "198.51.100.1"), "198.51.100.1"),
        (came("10.0.0.1", "192.0.2.66, 198.51.100.1"), "198.51.100.1"),
        (came("10.0.0.1", "192.0.2.66, 198.51.100.1, 10.9.9.9"), "198.51.100.1"),
        (came("10.0.0.1", "192.0.2.66", "198.51.100.1"), "198.51.100.1"),
        (came("10.0.0.1", "10.0.0.7, 10.0.0.8"), "10.0.0.7"),
        (came("10.0.0.1", "198.51.100.1:4711"), "198.51.100.1"),
        (came("10.0.0.1", "[2001:4860::8]:443"), "2001:4860::8"),
        (came("::ffff:10.0.0.1", "198.51.100.1"), "198.51.100.1"),
        (came("2001:db8::1", "198.51.100.1"), "198.51.100.1"),
        (came("10.0.0.1", "unknown"), "10.0.0.1"),
        (came("10.0.0.1", "198.51.100.1, , 10.0.0.2"), "10.0.0.2"),
        (came("10.0.0.1", ""), "10.0.0.1"),
        ({"client": None, "headers": []}, ""),
    ],
    ids=[
        *("untrusted peer", "no header", "one", "invented before", "two proxies", "two headers", "all trusted", "port", "IPv6 with port"),
        *("mapped", "IPv6 proxy", "no address", "gap", "empty header", "no peer"),
    ],
)
def test_the_address_is_the_rightmost_that_is_no_trusted_proxy(scope: Mapping[str, Any], address: str) -> None:
    assert client_address(scope, PROXIES) == address
