"""Who asks: the key of a request or none, and the network address behind the proxies that are trusted."""

import ipaddress
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from fastapi import Request

from graphapi.errors import InputRefused, ParleyError, UsageError
from graphapi.keys import KeyRing
from graphapi.web.problems import KeyRefused, KeysUnreadable, ScopeMissing, logger, problem_response

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

Network = ipaddress.IPv4Network | ipaddress.IPv6Network
BEARER = re.compile(r"bearer +([A-Za-z0-9._~+/-]{1,200}=*)", re.IGNORECASE)
HINT = "Send Authorization: Bearer, a space and the key, once; or no Authorization at all, to read."


@dataclass(frozen=True)
class Caller:
    """Who asks: the name and the scopes of the key, empty without one, and the address, empty when nobody knows it."""

    name: str
    scopes: frozenset[str]
    address: str

    @property
    def is_keyed(self) -> bool:
        """Whether the caller showed a key."""
        return bool(self.name)


ANONYMOUS = Caller("", frozenset(), "")


def caller_of(asked: Request | Mapping[str, Any]) -> Caller:
    """Return who asks, of a request or its scope; anonymous where nobody looked."""
    scope = asked.scope if isinstance(asked, Request) else asked
    caller: Caller = scope.get("state", {}).get("caller", ANONYMOUS)
    return caller


def require_scope(asked: Request, scope: str) -> Caller:
    """Return the caller; raises ScopeMissing unless the key has the scope, and says so when no keys are configured at all."""
    caller = caller_of(asked)
    if scope in caller.scopes:
        return caller
    if not asked.scope.get("state", {}).get("has_keys", False):
        hint = "Name a keys file in PARLEY_KEYS_FILE; parley key new makes one. The command line needs none."
        raise ScopeMissing("Writing over HTTP is off: this service has no keys.", hint=hint)
    who = f"The key {caller.name!r} may not do this" if caller.is_keyed else "This needs a key"
    raise ScopeMissing(f"{who}: it takes the scope {scope}.", hint=f"parley key new NAME --scope {scope} makes one.")


class Callers:
    """Puts the caller into the state of a request; answers what shows a key that does not count."""

    def __init__(self, app: "ASGIApp", keys: KeyRing | None, trusted_proxies: Sequence[Network] = ()) -> None:
        self._app = app
        self._keys = keys
        self._proxies = tuple(trusted_proxies)

    async def __call__(self, scope: "Scope", receive: "Receive", send: "Send") -> None:
        """Let a request pass with its caller, or answer it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        state = scope.setdefault("state", {})
        try:
            state["caller"] = self._caller(scope)
        except ParleyError as error:
            await problem_response(scope, error)(scope, receive, send)
            return
        state["has_keys"] = self._keys is not None
        await self._app(scope, receive, send)

    def _caller(self, scope: "Scope") -> Caller:
        shown = [value for name, value in scope["headers"] if name == b"authorization"]
        address = client_address(scope, self._proxies)
        if not shown:
            return Caller("", frozenset(), address)
        if len(shown) > 1:
            raise InputRefused("The header Authorization stands twice.", hint=HINT)
        if self._keys is None:
            raise KeyRefused("No keys are configured here, and this request shows one.", hint="Send it without Authorization.")
        found = BEARER.fullmatch(shown[0].decode("latin-1").strip())
        if found is None:
            raise KeyRefused("The header Authorization holds no key that can be read.", hint=HINT, fault="invalid_request")
        key = _known(self._keys, found[1])
        return Caller(key[0], key[1], address)


def _known(keys: KeyRing, token: str) -> tuple[str, frozenset[str]]:
    try:
        key = keys.find(token, datetime.now(UTC).date())
    except UsageError as error:
        logger.error("%s", error)
        raise KeysUnreadable("The keys of this service cannot be read just now.", hint="Its log says why.") from None
    if key is None:
        raise KeyRefused("This key is not known here, or its time is over.", hint="parley key list shows those that are.")
    return key.name, frozenset(key.scopes)


def client_address(scope: Mapping[str, Any], proxies: Sequence[Network]) -> str:
    """Return the address from which a request came: the right-most of X-Forwarded-For that is no trusted proxy.

    The header counts only where a trusted proxy has handed the request over, and only as far as it can be read.
    """
    peer = _address((scope.get("client") or ("",))[0])
    if peer is None or not _is_within(peer, proxies):
        return str(peer or "")
    passed = ",".join(value.decode("latin-1") for name, value in scope["headers"] if name == b"x-forwarded-for")
    for text in reversed(passed.split(",")) if passed else ():
        hop = _address(_without_port(text.strip()))
        if hop is None:
            break
        peer = hop
        if not _is_within(peer, proxies):
            break
    return str(peer)


def _is_within(address: ipaddress.IPv4Address | ipaddress.IPv6Address, networks: Sequence[Network]) -> bool:
    return any(address in network for network in networks)


def _without_port(text: str) -> str:
    if text.startswith("["):
        return text[1:].partition("]")[0]
    return text.partition(":")[0] if text.count(":") == 1 else text


def _address(text: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    """Read an address; an IPv4 address that is written as IPv6 is IPv4."""
    try:
        found = ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return None
    return getattr(found, "ipv4_mapped", None) or found
