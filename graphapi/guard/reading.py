"""The one door for Cypher by other people: checked, planned, checked again, run read-only under a wall clock, always rolled back."""

import asyncio
import hashlib
from collections import OrderedDict
from collections.abc import AsyncIterator, Coroutine, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import Any, TypeVar
from uuid import uuid4

import orjson

from graphapi.errors import CypherRefused, QueriesStuck, TooManyQueries
from graphapi.guard.cost import check_cost
from graphapi.guard.faults import refusal, timed_out
from graphapi.guard.known import Known
from graphapi.guard.leftovers import Leftovers
from graphapi.guard.parameters import check_parameters, count_values
from graphapi.guard.plan import check_plan, shown_plan
from graphapi.guard.slots import Room, Slots
from graphapi.guard.text import check_text
from graphapi.guard.values import Depths, json_form
from graphapi.isolated import FETCHED, AnswerTooLarge, Isolated, QueryFault
from graphapi.store import Store

T = TypeVar("T")

KEPT = 500
EXPLAIN = "EXPLAIN\n"


@dataclass(frozen=True)
class Question:
    """A query by somebody else with its parameters.

    `trusted` is who showed a key, or sits at a terminal: what may cost much is not refused by its text. `client` is the name of the key or
    the address; queries of nobody in particular have none, and share with nobody.
    """

    query: str
    parameters: Mapping[str, Any] = field(default_factory=dict)
    trusted: bool = False
    client: str = ""


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
    """Runs what other people ask, as many at once as settings allow; used from one event loop, and closed in it.

    Texts of the catalogue are `known`: anybody may send them, whatever is in them.
    """

    def __init__(self, store: Store, depths: Depths, known: Known | None = None) -> None:
        settings = store.settings
        self._store = store
        self._settings = settings
        self._depths = depths
        self._known = known or Known()
        self._connections = store.connections()
        self._leftovers = Leftovers(store, self._connections)
        queue, wait = settings.cypher_queue, settings.cypher_wait
        self._anonymous = Slots(Room(settings.cypher_at_once, settings.cypher_per_client, queue, wait))
        self._keyed = Slots(Room(settings.cypher_keyed_at_once, settings.cypher_keyed_at_once, queue, wait))
        self._passed: OrderedDict[bytes, None] = OrderedDict()

    @property
    def trouble(self) -> str:
        """Why the server needs help with the queries of other people, in a sentence; empty while it needs none."""
        return self._leftovers.trouble

    async def answer(self, question: Question) -> Answer:
        """Run a query and return its rows.

        Raises CypherRefused with the rule that it breaks, QueryTimedOut at the wall clock, TooManyQueries, QueriesStuck,
        DatabaseUnavailable. When the task is cancelled, the query ends on the server too.
        """
        self.check(question)
        async with self.slot(question) as mark:
            return await self.in_time(self._read(question, mark))

    async def explain(self, question: Question) -> dict[str, Any]:
        """Return the plan of a query as {operator, details, children}; raises the same."""
        self.check(question)
        async with self.slot(question) as mark:
            return await self.in_time(self._plan(question, mark))

    async def close(self) -> None:
        """Close the connections, and look after nothing any more."""
        await self._leftovers.close()
        await self._connections.close()

    def check(self, question: Question) -> None:
        """Raise CypherRefused for what the text and the parameters alone decide."""
        settings = self._settings
        check_parameters(question.parameters, settings.cypher_depth, settings.cypher_values)
        is_known = question.trusted or self._known.has(question.query, question.parameters)
        if _key(question) in self._passed:
            return
        tokens = check_text(question.query, settings.cypher_length, settings.cypher_nesting)
        if not is_known:
            check_cost(question.query, tokens, settings, question.parameters)

    @asynccontextmanager
    async def slot(self, question: Question) -> AsyncIterator[str]:
        """Take a slot for a question, and give the mark by which the server is to know it.

        The slot is free again when the server has nothing to do with the question any more, which may be later than its end. Raises
        TooManyQueries, or QueriesStuck while the server is started anew and where it does not let go of queries.
        """
        slots = self._keyed if question.trusted else self._anonymous
        if self._leftovers.is_restarting:
            raise self._stuck()
        try:
            await slots.take(question.client)
        except TooManyQueries:
            if self.trouble:
                raise self._stuck() from None
            raise
        mark, release = uuid4().hex, partial(slots.release, question.client)
        try:
            yield mark
        except BaseException as error:
            if isinstance(error, CypherRefused):
                release()
            else:
                self._leftovers.follow(mark, release)
            raise
        release()

    def connection(self, mark: str, fetched: int = FETCHED) -> AbstractAsyncContextManager[Isolated]:
        """Give a connection for the question that the server is to know by `mark`; `fetched` rows are asked for at a time."""
        return self._store.isolated(self._connections, mark, fetched)

    async def in_time(self, work: Coroutine[Any, Any, T]) -> T:
        """Do the work within the wall clock; raises QueryTimedOut."""
        seconds = self._settings.cypher_timeout
        try:
            async with asyncio.timeout(seconds):
                return await work
        except TimeoutError:
            raise timed_out(seconds) from None

    async def check_plan_of(self, question: Question, connection: Isolated) -> None:
        """Raise CypherRefused unless the server plans nothing but reading; what has passed before passes unasked."""
        key = _key(question)
        if key in self._passed:
            self._passed.move_to_end(key)
        else:
            await self._planned(question, connection)

    def _stuck(self) -> QueriesStuck:
        return QueriesStuck(self.trouble, hint="Try again; the local Neo4j is started anew, another server by whoever runs it.")

    async def _plan(self, question: Question, mark: str) -> dict[str, Any]:
        async with self.connection(mark) as connection:
            return shown_plan(await self._planned(question, connection))

    async def _read(self, question: Question, mark: str) -> Answer:
        rows = _Rows(self._settings.cypher_rows, self._settings.cypher_bytes, self._depths)
        async with self.connection(mark) as connection:
            await self.check_plan_of(question, connection)
            try:
                columns = await connection.read(question.query, question.parameters, rows.take)
            except QueryFault as fault:
                raise refusal(fault, self._settings.cypher_timeout) from None
            except AnswerTooLarge:
                if not rows.taken:
                    raise too_large() from None
                rows.truncated, columns = True, rows.columns
        return Answer(columns, tuple(rows.taken), rows.truncated)

    async def _planned(self, question: Question, connection: Isolated) -> dict[str, Any]:
        try:
            kind, plan = await connection.explain(EXPLAIN + question.query, question.parameters)
        except QueryFault as fault:
            raise refusal(fault, self._settings.cypher_timeout, lines_before=1) from None
        check_plan(kind, plan)
        self._passed[_key(question)] = None
        if len(self._passed) > KEPT:
            self._passed.popitem(last=False)
        return plan or {}


def run(guard: Guard, work: Coroutine[Any, Any, T]) -> T:
    """Do one piece of the guard's work in an event loop of its own, and close the guard."""

    async def closing() -> T:
        try:
            return await work
        finally:
            await guard.close()

    return asyncio.run(closing())


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
    """Return what the checks depend on: the text, the names of the parameters, and without a key how many values each holds."""
    sizes = {name: 0 if question.trusted else count_values(value) for name, value in question.parameters.items()}
    return hashlib.sha256(f"{question.trusted}\0{question.query}\0{sorted(sizes.items())}".encode(errors="surrogatepass")).digest()
