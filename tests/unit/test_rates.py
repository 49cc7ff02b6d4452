"""How fast a client may ask, by a clock that the tests turn."""

import asyncio
from ipaddress import ip_network
from typing import Any

import httpx
import pytest
from starlette.responses import Response

from graphapi.settings import load_settings
from graphapi.web.callers import Caller, Callers
from graphapi.web.rates import Buckets, Limits, Rate, Rates, client_of, read_rates

SLOW = Rate(2, 4)


class Clock:
    """Seconds that pass when a test says so."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


def test_a_burst_passes_and_then_the_steady_rate(clock: Clock) -> None:
    buckets = Buckets(10, clock)
    assert [buckets.take("a", SLOW) for _ in range(4)] == [0, 0, 0, 0]
    assert buckets.take("a", SLOW) == 0.5
    clock.now += 0.5
    assert buckets.take("a", SLOW) == 0
    assert buckets.take("a", SLOW) == 0.5


def test_asking_in_vain_costs_nothing(clock: Clock) -> None:
    buckets = Buckets(10, clock)
    for _ in range(100):
        buckets.take("a", SLOW)
    clock.now += 0.5
    assert buckets.take("a", SLOW) == 0


def test_a_pause_gives_a_burst_and_no_more(clock: Clock) -> None:
    buckets = Buckets(10, clock)
    for _ in range(4):
        buckets.take("a", SLOW)
    clock.now += 3600
    assert [bool(buckets.take("a", SLOW)) for _ in range(5)] == [False] * 4 + [True]


def test_clients_do_not_take_from_each_other(clock: Clock) -> None:
    buckets = Buckets(10, clock)
    for _ in range(5):
        buckets.take("a", SLOW)
    assert buckets.take("b", SLOW) == 0


def test_many_clients_take_no_more_memory_and_the_busy_one_is_remembered(clock: Clock) -> None:
    buckets = Buckets(100, clock)
    for _ in range(5):
        buckets.take("busy", SLOW)
    for number in range(5000):
        buckets.take(f"client {number}", SLOW)
        assert buckets.take("busy", SLOW) > 0
    assert len(buckets) == 100


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (Caller("desk", frozenset({"read"}), "192.0.2.1"), Caller("desk", frozenset({"read"}), "192.0.2.2"), True),
        (Caller("", frozenset(), "192.0.2.1"), Caller("", frozenset(), "192.0.2.2"), False),
        (Caller("", frozenset(), "2001:db8:0:1::1"), Caller("", frozenset(), "2001:db8:0:1:ffff::2"), True),
        (Caller("", frozenset(), "2001:db8:0:1::1"), Caller("", frozenset(), "2001:db8:0:2::1"), False),
    ],
    ids=["one key", "two addresses", "one IPv6 network", "two IPv6 networks"],
)
def test_who_counts_as_one_client(one: Caller, other: Caller, same: bool) -> None:
    assert (client_of(one) == client_of(other)) is same


async def fine(scope: Any, receive: Any, send: Any) -> None:
    await Response("fine")(scope, receive, send)


def asked(rates: Rates, clock: Clock, *requests: tuple[str, str]) -> list[httpx.Response]:
    """Ask for paths from addresses, one after the other, behind a trusted proxy."""

    async def ask() -> list[httpx.Response]:
        app = Callers(Limits(fine, rates, clock), None, (ip_network("127.0.0.1"),))
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://localhost") as client:
            return [await client.get(path, headers={"X-Forwarded-For": address}) for address, path in requests]

    return asyncio.run(ask())


def rates(anonymous: Rate = SLOW, *, limits_loopback: bool = False) -> Rates:
    return Rates(anonymous=anonymous, keyed=Rate(0, 1), clients=10, limits_loopback=limits_loopback)


def test_too_fast_is_429_that_says_when_to_come_back(clock: Clock) -> None:
    answers = asked(rates(Rate(0.25, 2)), clock, *[("192.0.2.1", "/api/v1/stats")] * 3, ("192.0.2.2", "/api/v1/stats"))
    assert [answer.status_code for answer in answers] == [200, 200, 429, 200]
    assert answers[2].headers["retry-after"] == "4"
    assert answers[2].headers["ratelimit-policy"] == '"parley";q=2;w=8'
    assert answers[2].headers["ratelimit"] == '"parley";r=0;t=4'
    assert answers[2].json()["type"] == "urn:parley:problem:too-many-requests"


def test_a_rate_of_nothing_is_no_limit(clock: Clock) -> None:
    assert {answer.status_code for answer in asked(rates(Rate(0, 1)), clock, *[("192.0.2.1", "/")] * 20)} == {200}


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/metrics"])
def test_what_a_supervisor_asks_always_passes(clock: Clock, path: str) -> None:
    answers = asked(rates(), clock, *[("192.0.2.1", "/")] * 5, *[("192.0.2.1", path)] * 20)
    assert answers[4].status_code == 429
    assert {answer.status_code for answer in answers[5:]} == {200}


@pytest.mark.parametrize(("limits_loopback", "statuses"), [(False, {200}), (True, {200, 429})], ids=["by default", "when told"])
@pytest.mark.parametrize("address", ["127.0.0.9", "::1"])
def test_this_machine_itself_is_limited_only_when_told(clock: Clock, address: str, limits_loopback: bool, statuses: set[int]) -> None:
    answers = asked(rates(limits_loopback=limits_loopback), clock, *[(address, "/")] * 10)
    assert {answer.status_code for answer in answers} == statuses


@pytest.mark.parametrize(
    ("chosen", "limits_loopback"),
    [({}, False), ({"rate": 5}, True), ({"burst": 5}, True), ({"rate_loopback": True}, True)],
    ids=["nothing", "a rate", "a burst", "this machine"],
)
def test_a_rate_that_was_chosen_counts_for_this_machine_too(chosen: dict[str, object], limits_loopback: bool) -> None:
    assert read_rates(load_settings(**chosen)).limits_loopback is limits_loopback
