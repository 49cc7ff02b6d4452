"""How fast one client may ask: a bucket of tokens each, refilled at a steady rate; so many clients are remembered and no more.

Of what PyPI has, `limits` knows windows and no token bucket, counts for ever unless a thread of its own cleans up, and is larger than this.
"""

import ipaddress
import math
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graphapi.settings import Settings
from graphapi.web.callers import Caller, caller_of
from graphapi.web.problems import TooManyRequests, problem_response

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

EXEMPT = frozenset({"/healthz", "/readyz", "/metrics"})
PREFIX = 64


@dataclass(frozen=True)
class Rate:
    """So many requests a second, and so many at once after a pause; 0 a second is no limit."""

    per_second: float
    burst: int


@dataclass(frozen=True)
class Rates:
    """The rates of callers without and with a key; how many clients are remembered; whether this machine's own are limited."""

    anonymous: Rate
    keyed: Rate
    clients: int
    limits_loopback: bool


def read_rates(settings: Settings) -> Rates:
    """Return the rates that settings say; this machine's own clients are limited where a rate was chosen."""
    return Rates(
        anonymous=Rate(settings.rate, settings.burst),
        keyed=Rate(settings.keyed_rate, settings.keyed_burst),
        clients=settings.rate_clients,
        limits_loopback=settings.rate_loopback or bool({"rate", "burst"} & settings.model_fields_set),
    )


class Buckets:
    """What each client has left; of more clients than are remembered, the one that has been quiet for the longest begins anew."""

    def __init__(self, most: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._most = most
        self._clock = clock
        self._filled: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def __len__(self) -> int:
        return len(self._filled)

    def take(self, client: str, rate: Rate) -> float:
        """Take a token; return 0, or when there is none the seconds until there will be."""
        now = self._clock()
        left, at = self._filled.pop(client, (float(rate.burst), now))
        left = min(float(rate.burst), left + (now - at) * rate.per_second)
        wait = 0.0 if left >= 1 else (1 - left) / rate.per_second
        self._filled[client] = (left if wait else left - 1, now)
        if len(self._filled) > self._most:
            self._filled.popitem(last=False)
        return wait


class Limits:
    """Lets a request pass, or answers that its client asks too fast; what a supervisor asks always passes."""

    def __init__(self, app: "ASGIApp", rates: Rates, clock: Callable[[], float] = time.monotonic) -> None:
        self._app = app
        self._rates = rates
        self._buckets = Buckets(rates.clients, clock)

    async def __call__(self, scope: "Scope", receive: "Receive", send: "Send") -> None:
        """Let an HTTP request pass, or answer it."""
        refused = self._refuse(scope) if scope["type"] == "http" and scope["path"] not in EXEMPT else None
        if refused is None:
            await self._app(scope, receive, send)
        else:
            await problem_response(scope, refused)(scope, receive, send)

    def _refuse(self, scope: "Scope") -> TooManyRequests | None:
        caller = caller_of(scope)
        rate = self._rates.keyed if caller.is_keyed else self._rates.anonymous
        if not rate.per_second or (not caller.is_keyed and not self._rates.limits_loopback and _is_loopback(caller.address)):
            return None
        wait = self._buckets.take(client_of(caller), rate)
        if not wait:
            return None
        who = f"The key {caller.name!r}" if caller.is_keyed else f"The address {caller.address or 'of this request'}"
        return TooManyRequests(
            f"{who} asks faster than {rate.per_second:g} times a second; up to {rate.burst} at once are answered.",
            hint="Wait as long as Retry-After says." + ("" if caller.is_keyed else " A key allows more."),
            retry_after=math.ceil(wait),
            allowed=(rate.per_second, rate.burst),
        )


def client_of(caller: Caller) -> str:
    """Return under which name a caller is counted: the key's, else the address; of IPv6 the network of a household, which has them all."""
    if caller.is_keyed:
        return f"key {caller.name}"
    if ":" in caller.address:
        return str(ipaddress.ip_network((caller.address, PREFIX), strict=False))
    return caller.address


def _is_loopback(address: str) -> bool:
    return bool(address) and ipaddress.ip_address(address).is_loopback
