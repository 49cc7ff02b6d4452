"""Which tags a request names, which encodings it allows, and what a shelf keeps."""

import asyncio
import zlib
from typing import Any

import pytest

from graphapi.errors import DatabaseUnavailable
from graphapi.settings import load_settings
from graphapi.web.answer_cache import AnswerCache
from graphapi.web.answers import Answers, Shelf
from graphapi.web.compression import accepts_gzip, compress
from graphapi.web.entity_tags import gzip_tag, is_named, tag_of
from graphapi.web.representation import Representation


@pytest.mark.parametrize(
    ("asked", "named"),
    [
        (b'"a"', True),
        (b'W/"a"', True),
        (b'"b", "a"', True),
        (b'"b" ,W/"a" , "c"', True),
        (b"*", True),
        (b" * ", True),
        (b'"b"', False),
        (b"a", False),
        (b'"A"', False),
        (b'w/"a"', False),
        (b"", False),
    ],
)
def test_tag_is_found_in_the_list_of_those_named(asked: bytes, named: bool) -> None:
    assert is_named(asked, b'"a"') is named


def test_same_bytes_have_the_same_tag_and_compressed_ones_another() -> None:
    assert tag_of(b"x") == tag_of(b"x") != tag_of(b"y")
    assert gzip_tag(b'"a"') == b'"a-gzip"'


@pytest.mark.parametrize(
    ("header", "allowed"),
    [
        (b"gzip", True),
        (b"gzip, deflate, br", True),
        (b"br;q=1.0, GZIP;q=0.2", True),
        (b"x-gzip", True),
        (b"*", True),
        (b"", False),
        (b"identity", False),
        (b"br", False),
        (b"gzip;q=0", False),
        (b"gzip;q=0, *", False),
        (b"*;q=0", False),
        (b"gzip;q=nonsense", False),
        (b"gzip," * 200, False),
    ],
)
def test_gzip_goes_only_to_who_allows_it(header: bytes, allowed: bool) -> None:
    assert accepts_gzip(header) is allowed


@pytest.mark.parametrize("size", [10, 500_000], ids=["here", "in another thread"])
def test_the_same_body_is_compressed_to_the_same_bytes(size: int) -> None:
    body = b"negotiation " * size
    packed = asyncio.run(compress(body))
    assert zlib.decompress(packed, 31) == body
    assert packed == asyncio.run(compress(body))


def answer(size: int) -> Representation:
    return Representation([(b"content-type", b"application/json")], b"x" * size, "/route")


def test_shelf_lets_go_what_was_not_asked_for_longest() -> None:
    shelf = Shelf("1", 100_000, 3)
    for name in "abc":
        shelf.keep((name,), answer(10))
    shelf.get(("a",))
    shelf.keep(("d",), answer(10))
    assert [name for name in "abcd" if shelf.get((name,))] == ["a", "c", "d"]


def test_shelf_is_bounded_by_bytes_and_keeps_nothing_that_takes_too_much_of_it() -> None:
    shelf = Shelf("1", 40_000, 1000)
    for number in range(50):
        shelf.keep((number,), answer(2000))
    assert sum(1 for number in range(50) if shelf.get((number,))) == 10
    shelf.keep(("large",), answer(10_000))
    assert shelf.get(("large",)) is None
    assert shelf.get((49,))


def test_one_look_at_the_database_serves_all_until_the_age_is_over() -> None:
    looks = []

    async def ask() -> None:
        answers = Answers(lambda: str(looks.append(1)), load_settings(answers_age=60))
        shelves = [await answers.look() for _ in range(1)] + list(await asyncio.gather(*(answers.look() for _ in range(5))))
        assert len({id(shelf) for shelf in shelves}) == 1
        assert answers.current() is shelves[0]
        answers.clear()
        assert answers.current() is None
        assert await answers.look() is not shelves[0]

    asyncio.run(ask())
    assert len(looks) == 3


def test_an_edition_that_changed_begins_with_an_empty_shelf() -> None:
    editions = iter(["1", "1", "2"])

    async def ask() -> None:
        answers = Answers(lambda: next(editions), load_settings(answers_age=0))
        first, second, third = [await answers.look() for _ in range(3)]
        assert first is second is not third
        assert answers.current() is None

    asyncio.run(ask())


def test_a_database_that_does_not_answer_is_not_asked_again_at_once() -> None:
    looks = []

    def silent() -> str:
        looks.append(1)
        raise DatabaseUnavailable("nobody")

    async def ask() -> None:
        answers = Answers(silent, load_settings(answers_age=60))
        assert await answers.look() is None
        assert await answers.look() is None

    asyncio.run(ask())
    assert len(looks) == 1


class Application:
    """What stands behind the cache: answers with how often it was asked, when it may."""

    def __init__(self, status: int = 200, parts: int = 1, *headers: tuple[bytes, bytes]) -> None:
        self.asked = 0
        self.may = asyncio.Event()
        self.start = {"type": "http.response.start", "status": status, "headers": list(headers)}
        self.parts = parts

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        self.asked += 1
        number = self.asked
        await send(self.start)
        for part in range(self.parts):
            await self.may.wait()
            await send({"type": "http.response.body", "body": b"%d" % number, "more_body": part + 1 < self.parts})


async def asked(cache: AnswerCache, path: str = "/api/v1/stats") -> tuple[int, bytes, str]:
    """Ask; return status, body, and how it was come by."""
    sent: list[Any] = []

    async def send(message: Any) -> None:
        sent.append(message)

    scope = {"type": "http", "method": "GET", "path": path, "headers": [], "state": {}}
    await cache(scope, None, send)
    headers = dict(sent[0]["headers"])
    return sent[0]["status"], b"".join(one.get("body", b"") for one in sent[1:]), headers.get(b"cache-status", b"").decode()


def cache_before(application: Application) -> tuple[AnswerCache, Answers]:
    answers = Answers(lambda: "1", load_settings(answers_age=3600))
    return AnswerCache(application, answers), answers


def test_what_many_ask_at_once_is_made_once() -> None:
    async def ask() -> None:
        application = Application()
        cache, _ = cache_before(application)
        together = [asyncio.create_task(asked(cache)) for _ in range(8)]
        await asyncio.sleep(0.1)
        application.may.set()
        found = await asyncio.gather(*together)
        assert {body for _, body, _ in found} == {b"1"}
        assert sorted(how for *_, how in found) == ["parley; fwd=miss; collapsed"] * 7 + ["parley; fwd=miss; stored"]
        assert await asked(cache) == (200, b"1", "parley; hit")
        assert application.asked == 1

    asyncio.run(ask())


@pytest.mark.parametrize(
    ("status", "parts", "headers"),
    [(404, 1, ()), (200, 1, ((b"cache-control", b"no-store"),)), (200, 3, ())],
    ids=["refused", "not to be stored", "stream"],
)
def test_what_is_not_kept_is_made_for_each(status: int, parts: int, headers: tuple[tuple[bytes, bytes], ...]) -> None:
    async def ask() -> None:
        application = Application(status, parts, *headers)
        cache, _ = cache_before(application)
        application.may.set()
        found = await asyncio.gather(*(asked(cache) for _ in range(4)))
        assert sorted(found) == [(status, str(number).encode() * parts, "") for number in (1, 2, 3, 4)]

    asyncio.run(ask())


def test_those_who_wait_for_one_that_went_make_it_themselves() -> None:
    async def ask() -> None:
        application = Application()
        cache, _ = cache_before(application)
        first = asyncio.create_task(asked(cache))
        await asyncio.sleep(0.05)
        second = asyncio.create_task(asked(cache))
        await asyncio.sleep(0.05)
        first.cancel()
        application.may.set()
        assert (await second)[:2] == (200, b"2")

    asyncio.run(ask())


def test_one_that_goes_does_not_take_the_others_with_it() -> None:
    async def ask() -> None:
        application = Application()
        cache, _ = cache_before(application)
        first = asyncio.create_task(asked(cache))
        await asyncio.sleep(0.05)
        second, third = (asyncio.create_task(asked(cache)) for _ in range(2))
        await asyncio.sleep(0.05)
        second.cancel()
        application.may.set()
        assert [(await one)[1] for one in (first, third)] == [b"1", b"1"]

    asyncio.run(ask())


def test_after_clearing_everything_is_made_anew_and_what_was_being_made_is_not_kept() -> None:
    async def ask() -> None:
        application = Application()
        cache, answers = cache_before(application)
        before = asyncio.create_task(asked(cache))
        await asyncio.sleep(0.05)
        answers.clear()
        after = asyncio.create_task(asked(cache))
        await asyncio.sleep(0.05)
        application.may.set()
        assert [(await one)[1] for one in (before, after)] == [b"1", b"2"]
        assert await asked(cache) == (200, b"2", "parley; hit")

    asyncio.run(ask())


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/metrics"])
def test_how_the_service_does_is_asked_every_time(path: str) -> None:
    async def ask() -> None:
        application = Application()
        cache, _ = cache_before(application)
        application.may.set()
        assert [(await asked(cache, path))[1] for _ in range(2)] == [b"1", b"2"]

    asyncio.run(ask())
