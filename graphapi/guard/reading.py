"""The one door for Cypher by other people: checked, planned, checked again, run read-only under a wall clock, always rolled back."""

import asyncio
import hashlib
from collections import OrderedDict
from collections.abc import Coroutine, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, TypeVar

import orjson

from graphapi.errors import CypherRefused, TooManyQueries
from graphapi.guard.faults import refusal, timed_out
from graphapi.guard.parameters import check_parameters
from graphapi.guard.plan import check_plan, shown_plan
from graphapi.guard.text import check_text
from graphapi.guard.values import Depths, json_form
from graphapi.store import AnswerTooLarge, Isolated, QueryFault, Store

T = TypeVar("T")

KEPT = 500
EXPLAIN = "EXPLAIN\n"


@dataclass(frozen=True)
class Question:
    """A query by somebody else with its parameters."""

    query: str
    parameters: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Answer:
    """Columns and rows, each row a JSON list in bytes; `truncated` when there were more than the caps allow."""

    columns: tuple[str, ...]
    rows: tuple[bytes, ...]
    truncated: bool

    def json(self) -> bytes:
        """Return {columns, rows, truncated} as JSON."""
        head, tail = orjson.dumps(self.columns), orjson.dumps(self.truncated)
        return b'{"columns":%b,"rows":[%b],"truncated":%b}' % (head, b",".join(self.rows), tail)


class Guard:
    """Runs what other people ask, as many at once as settings allow; used from one event loop."""

    def __init__(self, store: Store, depths: Depths) -> None:
        self._store = store
        self._settings = store.settings
        self._depths = depths
        self._running = 0
        self._passed: OrderedDict[bytes, None] = OrderedDict()

    async def answer(self, question: Question) -> Answer:
        """Run a query and return its rows.

        Raises CypherRefused with the rule that it breaks, QueryTimedOut at the wall clock, TooManyQueries, DatabaseUnavailable. When the
        task is cancelled, the query ends on the server too.
        """
        self._check(question)
        with self._slot():
            return await self._in_time(self._read(question))

    async def explain(self, question: Question) -> dict[str, Any]:
        """Return the plan of a query as {operator, details, children}; raises the same."""
        self._check(question)
        with self._slot():
            return await self._in_time(self._explain_only(question))

    def _check(self, question: Question) -> None:
        settings = self._settings
        check_text(question.query, settings.cypher_length, settings.cypher_nesting)
        check_parameters(question.parameters, settings.cypher_depth, settings.cypher_values)

    @contextmanager
    def _slot(self) -> Iterator[None]:
        if self._running >= self._settings.cypher_at_once:
            raise TooManyQueries(f"{self._running} queries run already; more may not at once.", hint="Try again in a moment.")
        self._running += 1
        try:
            yield
        finally:
            self._running -= 1

    async def _in_time(self, work: Coroutine[Any, Any, T]) -> T:
        seconds = self._settings.cypher_timeout
        try:
            async with asyncio.timeout(seconds):
                return await work
        except TimeoutError:
            raise timed_out(seconds) from None

    async def _explain_only(self, question: Question) -> dict[str, Any]:
        async with self._store.isolated() as connection:
            return shown_plan(await self._explained(connection, question))

    async def _read(self, question: Question) -> Answer:
        rows = _Rows(self._settings.cypher_rows, self._settings.cypher_bytes, self._depths)
        async with self._store.isolated() as connection:
            key = _key(question)
            if key in self._passed:
                self._passed.move_to_end(key)
            else:
                await self._explained(connection, question)
            try:
                columns = await connection.read(question.query, question.parameters, rows.take)
            except QueryFault as fault:
                raise refusal(fault, self._settings.cypher_timeout) from None
            except AnswerTooLarge:
                if not rows.taken:
                    raise too_large() from None
                rows.truncated, columns = True, rows.columns
        return Answer(columns, tuple(rows.taken), rows.truncated)

    async def _explained(self, connection: Isolated, question: Question) -> dict[str, Any]:
        try:
            kind, plan = await connection.explain(EXPLAIN + question.query, question.parameters)
        except QueryFault as fault:
            raise refusal(fault, self._settings.cypher_timeout, lines_before=1) from None
        check_plan(kind, plan)
        self._passed[_key(question)] = None
        if len(self._passed) > KEPT:
            self._passed.popitem(last=False)
        return plan or {}


class _Rows:
    """Takes rows until a cap is reached."""

    def __init__(self, most: int, most_bytes: int, depths: Depths) -> None:
        self.taken: list[bytes] = []
        self.columns: tuple[str, ...] = ()
        self.truncated = False
        self._most = most
        self._left = most_bytes
        self._depths = depths

    def take(self, columns: tuple[str, ...], row: tuple[Any, ...]) -> bool:
        """Keep a row; False, and `truncated`, when it is one too many."""
        self.columns = columns
        if len(self.taken) == self._most:
            self.truncated = True
            return False
        text = orjson.dumps([json_form(value, self._depths) for value in row])
        self._left -= len(text)
        if self._left < 0:
            if not self.taken:
                raise too_large()
            self.truncated = True
            return False
        self.taken.append(text)
        return True


def too_large() -> CypherRefused:
    """Return what to raise for a single row that is larger than an answer may be."""
    return CypherRefused(
        "One row of the answer is larger than a whole answer may be.", rule="answer-size", hint="Return less of it in one row."
    )


def _key(question: Question) -> bytes:
    names = "\0".join(sorted(question.parameters))
    return hashlib.sha256(f"{question.query}\0{names}".encode()).digest()
