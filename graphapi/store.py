"""The graph database: the only module that imports the Neo4j driver."""

import asyncio
import re
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from time import monotonic
from typing import Any, TypeVar

import neo4j
from neo4j import AsyncGraphDatabase, Driver, GraphDatabase, NotificationMinimumSeverity
from neo4j.exceptions import (
    AuthError,
    ClientError,
    ConfigurationError,
    DriverError,
    Neo4jError,
    ServiceUnavailable,
    SessionExpired,
    TransientError,
)

from graphapi import local
from graphapi.catalogue import statement
from graphapi.errors import Conflict, DatabaseRefused, DatabaseUnavailable, InputRefused, ParleyError
from graphapi.ontology import Ontology
from graphapi.resources import folder
from graphapi.settings import Settings

Row = dict[str, Any]
Parameters = Mapping[str, Any]
Take = Callable[[tuple[str, ...], tuple[Any, ...]], bool]
T = TypeVar("T")

OLDEST = (5, 26)
CONNECT_SECONDS = 5.0
RETRY_SECONDS = 1.0
WRITE_ATTEMPTS = 3
STEP = re.compile(r"^(\d{3})-")
FETCHED = 100
WIRE_FACTOR = 2
DRIVER: dict[str, Any] = {
    "connection_timeout": CONNECT_SECONDS,
    "connection_acquisition_timeout": CONNECT_SECONDS * 2,
    "max_transaction_retry_time": RETRY_SECONDS,
    "notifications_min_severity": NotificationMinimumSeverity.OFF,
    "user_agent": "parley",
}
ALREADY_TAKEN = "EquivalentSchemaRuleAlreadyExists"
TIMED_OUT = "TransactionTimedOut"
STOPPED = "LockClientStopped"
OUT_OF_MEMORY = ("OutOfMemory", "MemoryPool", "MemoryLimit")


class Transaction:
    """A write transaction: all of what runs in it happens, or nothing."""

    def __init__(self, inner: neo4j.Transaction, seconds: float) -> None:
        self._inner = inner
        self._seconds = seconds
        self._began = monotonic()

    def run(self, name: str, **parameters: Any) -> list[Row]:
        """Run the text `name` of cypher/ and return its rows."""
        return self._inner.run(statement(name), parameters).data()

    def lock(self) -> int:
        """Take the graph's lock, waiting for whoever has it, and return the graph's version; raises Conflict when that takes too long."""
        try:
            return int(self.run("write/lock-graph")[0]["version"])
        except Neo4jError as error:
            is_over = TIMED_OUT in (error.code or "") or (STOPPED in (error.code or "") and monotonic() - self._began >= self._seconds)
            if not is_over:
                raise
            raise Conflict(
                f"Another load has held the graph for longer than PARLEY_LOAD_TIMEOUT ({self._seconds:g} s) allows; nothing was changed.",
                hint="Try again when it has ended, or raise PARLEY_LOAD_TIMEOUT.",
            ) from error


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
    """A connection for one query by somebody else, who may only read: what runs on it ends when it is dropped."""

    def __init__(self, session: neo4j.AsyncSession, settings: Settings) -> None:
        self._session = session
        self._settings = settings
        self._left = WIRE_FACTOR * settings.cypher_bytes
        self._counted: Any = None

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

    @asynccontextmanager
    async def _transaction(self) -> AsyncIterator[neo4j.AsyncTransaction]:
        try:
            async with await self._session.begin_transaction(timeout=self._settings.cypher_timeout) as transaction:
                self._count_bytes(transaction)
                yield transaction
                await transaction.rollback()
        except Neo4jError as error:
            raise QueryFault(error) from error
        except asyncio.CancelledError:
            if self._left < 0:
                raise AnswerTooLarge from None
            raise

    def _count_bytes(self, transaction: neo4j.AsyncTransaction) -> None:
        """Drop the connection when more arrives than an answer may have: the driver gives a record only once it has all of it in memory.

        The driver has no setting for this: the attributes are its own, and a test holds them. A cancellation is what it drops a
        connection for without a word in the log.
        """
        socket: Any = transaction._connection.inbox._socket
        if socket is self._counted:
            return
        self._counted, receive = socket, socket.recv_into

        async def counted(buffer: Any, count: int) -> int:
            received: int = await receive(buffer, count)
            self._left -= received
            if self._left < 0:
                raise asyncio.CancelledError
            return received

        socket.recv_into = counted


class Store:
    """One graph in one Neo4j database, through one pool of connections; `login` is the address, the user name and the password."""

    def __init__(self, driver: Driver, settings: Settings, login: tuple[str, str, str]) -> None:
        self._driver = driver
        self.settings = settings
        self._login = login
        is_cluster = (settings.neo4j_uri or "").startswith("neo4j")
        self._bookmarks = GraphDatabase.bookmark_manager() if is_cluster else None

    def execute_read(self, text: str, parameters: Parameters | None = None) -> list[neo4j.Record]:
        """Run a reading text of our own and return its records, within the time that settings give a read.

        It runs by itself, which takes one journey to the server instead of three. A connection that died with its server is noticed only
        when it is used, so a read that met one is done once more, on another. Raises DatabaseUnavailable when the database does not answer
        in time or at all.
        """
        query, given = neo4j.Query(text, timeout=self.settings.query_timeout), dict(parameters or {})
        with _translated():
            try:
                return self._read(query, given)
            except (ServiceUnavailable, SessionExpired, TransientError):
                return self._read(query, given)

    def _read(self, query: neo4j.Query, parameters: Row) -> list[neo4j.Record]:
        with self._session(neo4j.READ_ACCESS) as session:
            return list(session.run(query, parameters))

    def rows(self, name: str, **parameters: Any) -> list[Row]:
        """Run the text `name` of cypher/ for reading and return plain rows."""
        return [dict(zip(record.keys(), record.values(), strict=True)) for record in self.records(name, parameters)]

    def records(self, name: str, parameters: Parameters) -> list[neo4j.Record]:
        """Run the text `name` of cypher/ for reading and return its records, which are tuples in the order of its columns."""
        return self.execute_read(statement(name), parameters)

    def execute_write(self, work: Callable[[Transaction], T]) -> T:
        """Do `work` in one write transaction, within the time that settings give a load; after a deadlock it is done again.

        Raises DatabaseUnavailable when the database does not answer; InputRefused when it has not the memory, which is not tried again.
        """
        with _translated(), self._session(neo4j.WRITE_ACCESS) as session:
            return _again(lambda: self._write_once(session, work))

    def _write_once(self, session: neo4j.Session, work: Callable[[Transaction], T]) -> T:
        try:
            with session.begin_transaction(timeout=self.settings.load_timeout) as transaction:
                done = work(Transaction(transaction, self.settings.load_timeout))
                transaction.commit()
                return done
        except Neo4jError as error:
            if any(word in (error.code or "") for word in OUT_OF_MEMORY):
                raise _no_memory() from error
            if any(word in (error.code or "") for word in (TIMED_OUT, STOPPED)):
                raise _too_slow(self.settings.load_timeout) from error
            raise

    def has_current_schema(self, ontology: Ontology) -> bool:
        """Whether the graph's schema is the one that this program and this ontology want."""
        state = self.rows("write/graph-state")[0]
        return bool(state["schema_version"] == max(_steps()) and state["relationship_types"] == sorted(ontology.relationships))

    def apply_schema(self, ontology: Ontology) -> None:
        """Take the schema's steps that are missing.

        Raises DatabaseRefused when the server is older than supported, the graph was made by a newer program, or the database holds data
        of others and nothing of ours.
        """
        self._check_version()
        state = self.rows("write/graph-state")[0]
        steps = _steps()
        present, newest = state["schema_version"] or 0, max(steps)
        if present > newest:
            raise DatabaseRefused(
                f"The graph has schema version {present}; this program knows versions up to {newest}.",
                hint="Use the newer Parley that made it, or another database.",
            )
        if not present:
            self._check_ours()
        types = sorted(ontology.relationships)
        if present == newest and state["relationship_types"] == types:
            return
        texts = [statement(f"schema/{name}") for number, name in sorted(steps.items()) if number > present]
        search = statement("schema/relationship-search").replace(":RELATIONSHIP_TYPES]", f":{'|'.join(types)}]")
        texts += [statement("schema/drop-relationship-search"), search, statement("schema/await-indexes")]
        with _translated(), self._session(neo4j.WRITE_ACCESS) as session:
            for text in texts:
                _take_step(session, text)
        self.execute_write(lambda transaction: transaction.run("write/set-schema-version", version=newest, types=types))

    @asynccontextmanager
    async def isolated(self) -> AsyncIterator[Isolated]:
        """Open a connection of its own for one query by somebody else, so that a stuck one takes none from the pool.

        The driver drops it when the task that uses it is cancelled, without waiting for the server, which then ends the query.
        """
        uri, username, password = self._login
        with _translated():
            async with (
                AsyncGraphDatabase.driver(uri, auth=(username, password), **DRIVER) as driver,
                driver.session(database=self.settings.neo4j_database, default_access_mode=neo4j.READ_ACCESS, fetch_size=FETCHED) as session,
            ):
                yield Isolated(session, self.settings)

    def _session(self, access: str) -> neo4j.Session:
        return self._driver.session(database=self.settings.neo4j_database, default_access_mode=access, bookmark_manager=self._bookmarks)

    def _check_ours(self) -> None:
        labels = self.rows("check/foreign-nodes")[0]["labels"]
        if labels is not None:
            raise DatabaseRefused(
                f"The database {self.settings.neo4j_database!r} holds data that are not Parley's, such as a node labelled "
                f"{':'.join(labels) or 'nothing'}; nothing was written.",
                hint="Name an empty database by NEO4J_URI or NEO4J_DATABASE.",
            )

    def _check_version(self) -> None:
        with _translated():
            agent = self._driver.get_server_info().agent
        found = re.match(r"^Neo4j/(\d+)\.(\d+)", agent)
        if not found:
            raise DatabaseRefused(f"The server calls itself {agent!r}, which is no Neo4j.", hint="Point NEO4J_URI at a Neo4j server.")
        if (int(found[1]), int(found[2])) < OLDEST:
            raise DatabaseRefused(
                f"The server is Neo4j {found[1]}.{found[2]}; Parley needs {OLDEST[0]}.{OLDEST[1]} LTS or later.",
                hint="Upgrade the server, or unset NEO4J_URI to use the local one.",
            )


@contextmanager
def open_store(settings: Settings, progress: local.Progress | None = None) -> Iterator[Store]:
    """Open the database that settings name; without a name start, or join, the local Neo4j.

    Raises DatabaseRefused for a wrong password, DatabaseUnavailable when nothing answers.
    """
    if not settings.is_local:
        with _connect(settings.neo4j_uri or "", settings.neo4j_username, settings.neo4j_password.get_secret_value(), settings) as store:
            yield store
        return
    with local.acquire(settings, progress) as lease, _connect(lease.uri, lease.username, lease.password, settings) as store:
        yield store


@contextmanager
def _connect(uri: str, username: str, password: str, settings: Settings) -> Iterator[Store]:
    with _translated(uri), GraphDatabase.driver(uri, auth=(username, password), **DRIVER) as driver:
        driver.verify_connectivity()
        yield Store(driver, settings, (uri, username, password))


@contextmanager
def _translated(uri: str = "") -> Iterator[None]:
    """Turn the driver's errors into ours."""
    where = f" at {uri}" if uri else ""
    try:
        yield
    except ParleyError:
        raise
    except AuthError as error:
        raise DatabaseRefused(
            f"The database{where} refused the user name or the password.", hint="Check NEO4J_USERNAME and NEO4J_PASSWORD."
        ) from error
    except ConfigurationError as error:
        raise DatabaseRefused(f"The database address{where} cannot be used: {error}.", hint="Check NEO4J_URI.") from error
    except (ServiceUnavailable, SessionExpired, TransientError) as error:
        raise DatabaseUnavailable(
            f"The database{where} does not answer.", hint="It may be starting; try again, or check NEO4J_URI."
        ) from error
    except ClientError as error:
        if TIMED_OUT in (error.code or ""):
            raise DatabaseUnavailable(
                "The database took longer than PARLEY_QUERY_TIMEOUT allows.", hint="Ask for less, or raise it."
            ) from error
        if "DatabaseNotFound" in (error.code or ""):
            raise DatabaseRefused("The database named by NEO4J_DATABASE does not exist.", hint="Check NEO4J_DATABASE.") from error
        raise
    except (Neo4jError, DriverError) as error:
        if getattr(error, "is_retryable", lambda: False)():
            raise DatabaseUnavailable(f"The database{where} does not answer.", hint="Try again.") from error
        raise


def _take_step(session: neo4j.Session, text: str) -> None:
    """Take a step of the schema; that another program has taken it since, which IF NOT EXISTS may overlook, is as good."""
    try:
        _again(lambda: session.run(text).consume())
    except ClientError as error:
        if ALREADY_TAKEN not in (error.code or ""):
            raise


def _again(work: Callable[[], T]) -> T:
    """Do it, and once more after each deadlock, up to WRITE_ATTEMPTS times in all."""
    for _ in range(WRITE_ATTEMPTS - 1):
        try:
            return work()
        except TransientError as error:
            if not error.is_retryable():
                raise
    return work()


def _no_memory() -> InputRefused:
    return InputRefused(
        "The database has not enough memory for this load; nothing was changed.",
        hint="Raise PARLEY_HEAP (or the server's memory), or split the data set in two.",
    )


def _too_slow(seconds: float) -> DatabaseUnavailable:
    return DatabaseUnavailable(
        f"The database took longer for this load than PARLEY_LOAD_TIMEOUT ({seconds:g} s) allows; nothing was changed.",
        hint="Raise PARLEY_LOAD_TIMEOUT, or split the data set.",
    )


def _steps() -> dict[int, str]:
    files = (file.stem for file in (folder("cypher") / "schema").glob("*.cypher"))
    return {int(found[1]): name for name in files if (found := STEP.match(name))}
