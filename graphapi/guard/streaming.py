"""All rows of a query by somebody who showed a key, as lines, while they come: checked as every other, without a cap on rows."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from time import monotonic
from typing import Any

import orjson

from graphapi.errors import CypherRefused
from graphapi.guard.faults import refusal, timed_out
from graphapi.guard.reading import Guard, Question, too_large
from graphapi.guard.values import Depths, json_form
from graphapi.isolated import STREAMED, AnswerTooLarge, QueryFault
from graphapi.settings import Settings

PART = 65_536
SECONDS = 0.5
Give = Callable[[bytes], Awaitable[None]]


@dataclass(frozen=True)
class Reader:
    """Who streams: the settings that bound it, in which order labels stand, and where parts of some 64 kB go, which may make it wait."""

    settings: Settings
    depths: Depths
    give: Give


async def stream(guard: Guard, question: Question, reader: Reader) -> None:
    """Give {"columns"}, a line a row and {"end", "rows"}, in parts; nothing is given before a first part is full, or time has passed.

    Never more than a few parts are held: while `give` waits, the server does. Raises what `Guard.answer` raises, before the first part or
    after some; CypherRefused too for more bytes than PARLEY_STREAM_BYTES. When the task is cancelled, the query ends on the server too.
    """
    guard.check(question)
    settings, lines = reader.settings, Lines(reader)
    async with guard.slot(question) as mark:
        try:
            async with asyncio.timeout(settings.stream_timeout), guard.connection(mark, STREAMED) as connection:
                await guard.check_plan_of(question, connection)
                await connection.stream(question.query, question.parameters, lines)
        except QueryFault as fault:
            raise refusal(fault, settings.stream_timeout) from None
        except AnswerTooLarge:
            raise too_large() from None
        except TimeoutError:
            raise timed_out(settings.stream_timeout) from None
    await lines.end()


class Lines:
    """Rows as lines of JSON, given away when there is enough of them."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._kept: list[bytes] = []
        self._size = 0
        self._left = reader.settings.stream_bytes
        self._rows = 0
        self._given_at = monotonic()

    @property
    def is_due(self) -> bool:
        """Whether what was taken should be given away."""
        return self._size >= PART or monotonic() - self._given_at >= SECONDS

    def begin(self, columns: tuple[str, ...]) -> None:
        """Take the names of the columns."""
        self._add(orjson.dumps({"columns": columns}, option=orjson.OPT_APPEND_NEWLINE))

    def take(self, row: tuple[Any, ...]) -> None:
        """Take a row; raises CypherRefused when there are too many bytes."""
        depths = self._reader.depths
        self._add(orjson.dumps([json_form(value, depths) for value in row], option=orjson.OPT_APPEND_NEWLINE))
        self._rows += 1

    async def give(self) -> None:
        """Give away what was taken."""
        part, self._kept, self._size = b"".join(self._kept), [], 0
        await self._reader.give(part)
        self._given_at = monotonic()

    async def end(self) -> None:
        """Give away the rest, and how many rows there were."""
        self._kept.append(orjson.dumps({"end": True, "rows": self._rows}, option=orjson.OPT_APPEND_NEWLINE))
        await self.give()

    def _add(self, line: bytes) -> None:
        self._left -= len(line)
        if self._left < 0:
            raise CypherRefused(
                f"The answer has more than {self._reader.settings.stream_bytes:,} bytes.",
                rule="answer-size",
                hint="Ask for less, or raise PARLEY_STREAM_BYTES.",
            )
        self._kept.append(line)
        self._size += len(line)
