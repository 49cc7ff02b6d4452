"""Connections for queries by other people, kept apart from the store's own, so that a stuck query takes none from anybody else."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from typing import Any, Protocol

import neo4j
from neo4j import AsyncDriver, AsyncGraphDatabase, AsyncSession, AsyncTransaction
from neo4j.exceptions import ClientError, Neo4jError

from graphapi.settings import Settings

Row = dict[str, Any]
Parameters = Mapping[str, Any]
Take = Callable[[tuple[str, ...], tuple[Any, ...]], bool]

FETCHED = 100
STREAMED = 5000
WIRE_FACTOR = 2
IDLE_SECONDS = 1.0
MARK = "parley_question"


class Sink(Protocol):
    """Takes the rows of a query one by one, and gives them away in larger parts."""

    @property
    def is_due(self) -> bool:
        """Whether it has enough to be given away."""

    def begin(self, columns: tuple[str, ...]) -> None:
        """Take the names of the columns."""

    def take(self, row: tuple[Any, ...]) -> None:
        """Take a row."""

    async def give(self) -> None:
        """Give away what it has; may wait for long."""


class QueryFault(Exception):
    """What the server has against a query by somebody else, by its code; `is_of_caller` tells faults of the query from the server's."""

    def __init__(self, error: Neo4jError) -> None:
        self.code = error.code or ""
        self.message = error.message or ""
        self.is_of_caller = isinstance(error, ClientError)
        super().__init__(self.message)


class AnswerTooLarge(Exception):
    """More bytes arrived than an answer to a query by somebody else may have."""


class Isolated:
    """A connection for one query by somebody else, who may only read: what runs on it ends when it is dropped.

    The server knows its transactions by `mark`.
    """

    def __init__(self, session: AsyncSession, settings: Settings, mark: str) -> None:
        self._session = session
        self._settings = settings
        self._mark = mark
        self._left = WIRE_FACTOR * settings.cypher_bytes

    async def explain(self, text: str, parameters: Parameters) -> tuple[str | None, Row | None]:
        """Return type and plan of a text that begins with EXPLAIN; raises QueryFault."""
        async with self._transaction() as transaction:
            summary = await (await transaction.run(text, dict(parameters))).consume()
            return summary.query_type, summary.plan

    async def read(self, text: str, parameters: Parameters, take: Take) -> tuple[str, ...]:
        """Run a text and give the columns and each row to `take`, until that says False; returns the columns. Raises QueryFault."""
        async with self._transaction() as transaction:
            result = await transaction.run(text, dict(parameters))
            async for record in result:
                if not take(tuple(record.keys()), tuple(record.values())):
                    break
            return tuple(result.keys())

    async def stream(self, text: str, parameters: Parameters, sink: Sink) -> None:
        """Run a text within the time of a streamed answer and give the columns and each row to `sink`, waiting while that is full.

        Between two rows as much may arrive as an answer may have in all. Raises QueryFault, and AnswerTooLarge.
        """
        most = self._left
        async with self._transaction(self._settings.stream_timeout) as transaction:
            result = await transaction.run(text, dict(parameters))
            sink.begin(tuple(result.keys()))
            async for record in result:
                self._left = most
                sink.take(tuple(record.values()))
                if sink.is_due:
                    await sink.give()

    @asynccontextmanager
    async def _transaction(self, seconds: float | None = None) -> AsyncIterator[AsyncTransaction]:
        begun = self._session.begin_transaction(metadata={MARK: self._mark}, timeout=seconds or self._settings.cypher_timeout)
        socket = None
        try:
            with self._session._pipelined_begin:  # as the driver's own execute_query: BEGIN goes along with the text, in one journey
                transaction = await begun
            async with transaction:
                socket = _counting(transaction)
                socket.spend = self._spend
                yield transaction
                await transaction.rollback()
        except Neo4jError as error:
            raise QueryFault(error) from error
        except asyncio.CancelledError:
            if self._left < 0:
                raise AnswerTooLarge from None
            raise
        finally:
            if socket is not None and socket.spend == self._spend:
                socket.spend = None

    def _spend(self, count: int) -> None:
        self._left -= count
        if self._left < 0:
            raise asyncio.CancelledError


def _counting(transaction: AsyncTransaction) -> Any:
    """Return the socket of a transaction, made to tell its `spend` of every byte that arrives.

    So a connection is dropped when more arrives than an answer may have: the driver gives a record only once it has all of it in memory.
    The driver has no setting for this: the attributes are its own, and a test holds them. A cancellation is what it drops a connection for
    without a word in the log. While bytes are counted the driver's own clock, which makes a task of every part of every record, is left
    out: whoever runs a query by somebody else has a clock around it all.
    """
    socket: Any = transaction._connection.inbox._socket
    if hasattr(socket, "spend"):
        return socket
    receive = socket.recv_into

    async def counted(buffer: Any, count: int) -> int:
        if socket.spend is None:
            waited: int = await receive(buffer, count)
            return waited
        part = await socket._reader.read(count)
        buffer[: len(part)] = part
        socket.spend(len(part))
        return len(part)

    socket.recv_into = counted
    return socket


class Connections:
    """A few connections for queries by other people, one after the other on the same; used from one event loop, and closed in it.

    One whose query failed, was cancelled or sent too much is dropped, without waiting for the server, which then ends the query. One that
    has lain idle is tried before it is used again.
    """

    def __init__(self, settings: Settings, login: tuple[str, str, str], options: Mapping[str, Any]) -> None:
        self._settings = settings
        self._login = login
        self._options = options
        self._driver: AsyncDriver | None = None

    @asynccontextmanager
    async def connection(self, mark: str = "", fetched: int = FETCHED) -> AsyncIterator[Isolated]:
        """Give a connection for one query, which the server is to know by `mark`; `fetched` rows are asked for at a time."""
        if self._driver is None:
            uri, username, password = self._login
            self._driver = AsyncGraphDatabase.driver(uri, auth=(username, password), liveness_check_timeout=IDLE_SECONDS, **self._options)
        database = self._settings.neo4j_database
        async with self._driver.session(database=database, default_access_mode=neo4j.READ_ACCESS, fetch_size=fetched) as session:
            yield Isolated(session, self._settings, mark)

    async def close(self) -> None:
        """Close all connections; the next query opens others."""
        driver, self._driver = self._driver, None
        if driver is not None:
            await driver.close()
