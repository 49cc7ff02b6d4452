"""Answers that go out line by line while they are made, no faster than the client reads them."""

import asyncio
from collections.abc import Callable, Coroutine
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from fastapi import Request, Response

from graphapi.errors import ParleyError
from graphapi.guard.aside import Aside
from graphapi.guard.reading import Question
from graphapi.guard.streaming import Give, Reader, stream
from graphapi.web.callers import caller_of
from graphapi.web.formats import JSON, NDJSON, choose_format
from graphapi.web.problems import problem_response

if TYPE_CHECKING:
    from starlette.types import Receive, Scope, Send

WAITING = 2
GRACE = 5.0
CLIENT_GONE = 499


class KeyNeeded(ParleyError):
    """Only callers with a key may ask for this."""

    kind = "key-needed"
    title = "Key needed"
    status = 403


def wants_rows(request: Request) -> None:
    """Raise NotAcceptable unless the Accept header allows JSON, or lines of it."""
    choose_format(request.headers.get("accept", ""), (JSON, NDJSON))


def wants_lines(request: Request) -> bool:
    """Whether the Accept header likes lines of JSON better than JSON."""
    return choose_format(request.headers.get("accept", ""), (JSON, NDJSON)) == NDJSON


async def stream_response(request: Request, question: Question) -> Response:
    """Return the rows of a query line by line; raises KeyNeeded for a caller without a key, and what the query is refused for."""
    if not caller_of(request).is_keyed:
        raise KeyNeeded(
            "Rows without a cap, line by line, are for callers with a key.", hint="Send Authorization: Bearer and the key, or ask for JSON."
        )
    state = request.app.state
    settings, depths = state.store.settings, state.depths
    lines = LineStream(request, settings.stream_timeout + GRACE)
    await lines.begin(state.aside, lambda give: stream(state.guard, question, Reader(settings, depths, give)))
    return lines


class LineStream(Response):
    """An answer whose parts are made in another event loop; a few wait here, and while they do nothing more is made."""

    def __init__(self, request: Request, seconds: float) -> None:
        super().__init__(None, 200, {"Cache-Control": "no-store"}, NDJSON)
        del self.headers["content-length"]
        self._loop = asyncio.get_running_loop()
        self._parts: asyncio.Queue[bytes] = asyncio.Queue(WAITING)
        self._gone = asyncio.ensure_future(_gone(request))
        self._running: asyncio.Future[None] = self._loop.create_future()
        self._seconds = seconds
        self._first = b""

    async def begin(self, aside: Aside, work: Callable[[Give], Coroutine[Any, Any, None]]) -> None:
        """Have the work done aside, and wait for its first part; raises what the work raises before that."""
        self._running = asyncio.wrap_future(aside.run(work(self._give)))
        try:
            self._first = await self._next()
        except BaseException:
            self._close()
            raise

    async def __call__(self, scope: "Scope", _: "Receive", send: "Send") -> None:
        """Send the parts; what goes wrong among them becomes the last line.

        A client that stops reading is left when the time of a stream is over, without an end.
        """
        status = CLIENT_GONE if self._gone.done() else 200
        with suppress(TimeoutError):
            try:
                async with asyncio.timeout(self._seconds):
                    await send({"type": "http.response.start", "status": status, "headers": self.raw_headers})
                    await self._send_parts(scope, send)
                    await _post(send, b"")
            finally:
                self._close()

    async def _send_parts(self, scope: "Scope", send: "Send") -> None:
        try:
            part = self._first
            while part:
                await _post(send, part)
                part = await self._next()
        except ParleyError as error:
            await _post(send, b'{"error":%b}\n' % bytes(problem_response(scope, error).body))

    async def _give(self, part: bytes) -> None:
        """Take a part from the other event loop, whose work waits here while too many are waiting."""
        await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(self._parts.put(part), self._loop))

    async def _next(self) -> bytes:
        """Return the next part; nothing when there is none any more, or nobody to send it to. Raises what the work raised."""
        coming = asyncio.ensure_future(self._parts.get())
        try:
            watched: set[asyncio.Future[Any]] = {coming, self._running, self._gone}
            await asyncio.wait(watched, return_when=asyncio.FIRST_COMPLETED)
            if self._gone.done():
                return b""
            if coming.done():
                return coming.result()
            self._running.result()
            return b""
        finally:
            coming.cancel()

    def _close(self) -> None:
        """End the work, on the server too."""
        self._running.cancel()
        self._gone.cancel()


async def _post(send: "Send", part: bytes) -> None:
    await send({"type": "http.response.body", "body": part, "more_body": bool(part)})


async def _gone(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass
