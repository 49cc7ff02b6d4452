"""The answer cache, ahead of all routing: what was answered is answered again without a thread and without the database.

Every whole answer of 200 to a GET passes here, gets its entity tag, and is compressed for whom it may be; streams, refusals and what is not
to be stored pass untouched. Answers hold nothing secret beside what others may choose, so that compressing them gives nothing away.
"""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from graphapi.web.answers import Answers, Key, Shelf
from graphapi.web.callers import caller_of
from graphapi.web.representation import Representation

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

Settle = Callable[[Representation | None], None]
UNKEPT = frozenset({"/healthz", "/readyz", "/metrics"})
CONDITIONS = frozenset({b"if-none-match", b"accept-encoding"})
HIT = b"parley; hit"
JOINED = b"parley; fwd=miss; collapsed"
MADE = b"parley; fwd=miss; stored"
UNSTORED = b"parley; fwd=bypass"


class AnswerCache:
    """Answers what it has; makes the rest be made once, however many ask for the same at the same time."""

    def __init__(self, app: "ASGIApp", answers: Answers) -> None:
        self._app = app
        self._answers = answers

    async def __call__(self, scope: "Scope", receive: "Receive", send: "Send") -> None:
        """Answer a GET; let everything else pass."""
        if scope["type"] != "http" or scope["method"] != "GET" or scope["path"] in UNKEPT:
            await self._app(scope, receive, send)
            return
        answers = self._answers
        shelf = (answers.current() or await answers.look()) if answers.is_on else None
        if shelf is None:
            made = await self._make(scope, receive, send)
            if made is not None:
                await made.send(scope, send, UNSTORED if answers.is_on else b"")
            return
        await self._serve(shelf, scope, receive, send)

    async def _serve(self, shelf: Shelf, scope: "Scope", receive: "Receive", send: "Send") -> None:
        key = _key(scope)
        found, how = shelf.get(key), HIT
        if found is None and (underway := shelf.underway.get(key)) is not None:
            found, how = await asyncio.shield(underway), JOINED
        if found is not None:
            scope["state"]["route"] = found.route
        else:
            found, how = await self._make(scope, receive, send, shelf.claim(key)), MADE
        if found is None:
            return
        size = found.size
        await found.send(scope, send, how)
        if how is MADE or found.size != size:
            shelf.keep(key, found)

    async def _make(self, scope: "Scope", receive: "Receive", send: "Send", settle: Settle | None = None) -> Representation | None:
        """Have the answer made and return it, or pass it on as it comes and return None when it is none to keep."""
        inner = {**scope, "headers": [pair for pair in scope["headers"] if pair[0] not in CONDITIONS]}
        caught = _Catch(send, inner, settle or _nobody)
        try:
            await self._app(inner, receive, caught.take)
        finally:
            caught.settle(None)
            scope["state"]["route"] = _route(inner)
        return caught.made


class _Catch:
    """Takes a whole answer of 200 in place of the client; passes every other on."""

    def __init__(self, send: "Send", scope: "Scope", settle: Settle) -> None:
        self.made: Representation | None = None
        self.settle = settle
        self._send = send
        self._scope = scope
        self._start: Message | None = None

    async def take(self, message: "Message") -> None:
        """Take a message of the application."""
        if message["type"] == "http.response.start":
            self._start = message
        elif self._start is None:
            await self._send(message)
        elif message.get("more_body") or not _is_kept(self._start):
            self.settle(None)
            await self._send(self._start)
            self._start = None
            await self._send(message)
        else:
            self.made = Representation(list(self._start["headers"]), message.get("body", b""), _route(self._scope))
            self.settle(self.made)


def _is_kept(start: "Message") -> bool:
    return start["status"] == 200 and not any(name == b"cache-control" and b"no-store" in value for name, value in start["headers"])


def _nobody(_: Representation | None) -> None:
    """Nobody waits for it."""


def _route(scope: "Scope") -> str:
    return str(scope["state"].get("route") or getattr(scope.get("route"), "path", ""))


def _key(scope: "Scope") -> Key:
    """What an answer depends on beside the graph: the address, what is asked for in which format, by whom, and the day."""
    state = scope["state"]
    query = state.get("query")
    accept = b",".join(value for name, value in scope["headers"] if name == b"accept")
    asked = tuple(sorted(query.items())) if query else ()
    return scope["path"], asked, accept, caller_of(scope).scopes, datetime.now(UTC).date()
