"""The graph database: with `isolated`, the only module that imports the Neo4j driver."""

import logging
import re
from collections.abc import AsyncIterator, Callable, Hashable, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from itertools import islice
from time import monotonic
from typing import Any, TypeVar

import neo4j
from neo4j import Driver, GraphDatabase, NotificationMinimumSeverity
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
from graphapi.isolated import FETCHED, Connections, Isolated
from graphapi.memory import Edition, Memory
from graphapi.ontology import Ontology
from graphapi.resources import folder
from graphapi.settings import Settings

Row = dict[str, Any]
Parameters = Mapping[str, Any]
T = TypeVar("T")

OLDEST = (5, 26)
CONNECT_SECONDS = 5.0
RETRY_SECONDS = 1.0
WRITE_ATTEMPTS = 3
STEP = re.compile(r"^(\d{3})-")
DRIVER: dict[str, Any] = {
    "connection_timeout": CONNECT_SECONDS,
    "connection_acquisition_timeout": CONNECT_SECONDS * 2,
    "max_transaction_retry_time": RETRY_SECONDS,
    "notifications_min_severity": NotificationMinimumSeverity.OFF,
    "user_agent": "parley",
    "telemetry_disabled": True,
}
ALREADY_TAKEN = "EquivalentSchemaRuleAlreadyExists"
TIMED_OUT = "TransactionTimedOut"
STOPPED = "LockClientStopped"
OUT_OF_MEMORY = ("OutOfMemory", "MemoryPool", "MemoryLimit")
logger = logging.getLogger("graphapi.store")


@dataclass(frozen=True)
class Role:
    """What a server is for: the words for it in a sentence, and the settings that name it, by their beginning."""

    words: str
    settings: str


MAIN = Role("database", "NEO4J")
ADHOC = Role("database for Cypher by other people", "PARLEY_ADHOC")


class EditionLost(DatabaseUnavailable):
    """The server does not know of the state that a read wants: it was put back to an earlier one, or is another."""


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


class Store:
    """One graph in one Neo4j database, through one pool of connections; `login` is the address, the user name and the password.

    A read sees the graph as of the edition `wanted`, or later; `memory` is what may be kept of the last one.
    """

    wanted: Edition = frozenset()

    def __init__(self, driver: Driver, settings: Settings, login: tuple[str, str, str], role: Role = MAIN) -> None:
        self._driver = driver
        self.settings = settings
        self._login = login
        self._role = role
        self.memory = Memory()
        is_cluster = (settings.neo4j_uri or "").startswith("neo4j")
        self._bookmarks = GraphDatabase.bookmark_manager() if is_cluster else None

    def execute_read(self, text: str, parameters: Parameters | None = None) -> list[neo4j.Record]:
        """Run a reading text of our own and return its records, within the time that settings give a read.

        It runs by itself, which takes one journey to the server instead of three. A connection that died with its server is noticed only
        when it is used, so a read that met one is done once more, on another. Raises DatabaseUnavailable when the database does not answer
        in time or at all.
        """
        query, given = neo4j.Query(text, timeout=self.settings.query_timeout), dict(parameters or {})
        with _translated(role=self._role):
            try:
                return self._read(query, given)
            except (ServiceUnavailable, SessionExpired, TransientError):
                return self._read(query, given)

    def execute_bounded(self, text: str, parameters: Parameters, most: int) -> tuple[tuple[str, ...], list[neo4j.Record]]:
        """Run a reading text that is not ours, in a session that only reads; return its columns and its first rows, `most` of them.

        Raises InputRefused with what the server says against the text, DatabaseUnavailable as `execute_read` does.
        """
        query = neo4j.Query(text, timeout=self.settings.query_timeout)
        try:
            with _translated(role=self._role), self._session(neo4j.READ_ACCESS) as session:
                result = session.run(query, dict(parameters))
                columns, records = tuple(result.keys()), list(islice(result, most))
                self._note(session.last_bookmarks().raw_values)
                return columns, records
        except ClientError as error:
            said = " ".join((error.message or "").split())[:300]
            raise InputRefused(f"The database refuses the query file: {said}", hint="Mend the file, and start Parley anew.") from None

    def _read(self, query: neo4j.Query, parameters: Row) -> list[neo4j.Record]:
        with self._session(neo4j.READ_ACCESS) as session:
            records = list(session.run(query, parameters))
            self._note(session.last_bookmarks().raw_values)
            return records

    def _note(self, edition: Edition) -> None:
        """Take note of the edition that a read may have seen parts of; who reads once does not mind."""

    def once(self, _: Hashable, make: Callable[[], T]) -> T:
        """Make something of what is read; who reads more often may keep it under the key, so that nobody may change it."""
        return make()

    def edition(self) -> str:
        """Return a text that differs after every change of the database, whoever made it: its bookmark, with the graph's version.

        Raises DatabaseUnavailable.
        """
        state, bookmarks = self._state()
        return " ".join([str(state["version"]), str(state["changed"]), *sorted(bookmarks)])

    def bookmarks(self) -> Edition:
        """Return what the database calls its state; raises DatabaseUnavailable."""
        return self._state()[1]

    def _state(self) -> tuple[neo4j.Record, Edition]:
        query = neo4j.Query(statement("write/graph-state"), timeout=self.settings.query_timeout)
        with _translated(role=self._role):
            try:
                return self._read_state(query)
            except (ServiceUnavailable, SessionExpired, TransientError):
                return self._read_state(query)

    def _read_state(self, query: neo4j.Query) -> tuple[neo4j.Record, Edition]:
        with self._session(neo4j.READ_ACCESS) as session:
            return session.run(query).single(strict=True), session.last_bookmarks().raw_values

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
        with _translated(role=self._role), self._session(neo4j.WRITE_ACCESS) as session:
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
        with _translated(role=self._role), self._session(neo4j.WRITE_ACCESS) as session:
            for text in texts:
                _take_step(session, text)
        self.execute_write(lambda transaction: transaction.run("write/set-schema-version", version=newest, types=types))

    @asynccontextmanager
    async def isolated(self, connections: Connections, mark: str = "", fetched: int = FETCHED) -> AsyncIterator[Isolated]:
        """Give one of these connections for one query by somebody else, which the server is to know by `mark`; `fetched` rows at a time."""
        with _translated(role=self._role):
            async with connections.connection(mark, fetched) as connection:
                yield connection

    def connections(self) -> Connections:
        """Return connections for queries by other people, none of them open yet; whoever asks closes them."""
        return Connections(self.settings, self._login, DRIVER)

    def restart(self) -> bool:
        """Have the server killed and started again, where it is the local one; False where it is not."""
        return self.settings.is_local and local.restart(self.settings)

    def _session(self, access: str) -> neo4j.Session:
        bookmarks = neo4j.Bookmarks.from_raw_values(self.wanted) if self.wanted else None
        database, manager = self.settings.neo4j_database, self._bookmarks
        return self._driver.session(database=database, default_access_mode=access, bookmarks=bookmarks, bookmark_manager=manager)

    def _check_ours(self) -> None:
        labels = self.rows("check/foreign-nodes")[0]["labels"]
        if labels is not None:
            raise DatabaseRefused(
                f"The database {self.settings.neo4j_database!r} holds data that are not Parley's, such as a node labelled "
                f"{':'.join(labels) or 'nothing'}; nothing was written.",
                hint="Name an empty database by NEO4J_URI or NEO4J_DATABASE.",
            )

    def _check_version(self) -> None:
        with _translated(role=self._role):
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
def open_adhoc_store(settings: Settings) -> Iterator[Store | None]:
    """Open the database for Cypher by other people; None when settings name none.

    One that does not answer yet, or was brought down, is opened all the same: what is asked of it fails until it is back. Raises
    DatabaseRefused for a wrong password.
    """
    if settings.adhoc_uri is None:
        yield None
        return
    uri, login = settings.adhoc_uri, (settings.adhoc_username, settings.adhoc_password.get_secret_value())
    own = settings.model_copy(update={"neo4j_uri": uri, "neo4j_database": settings.adhoc_database})
    with _translated(uri, ADHOC), GraphDatabase.driver(uri, auth=login, **DRIVER) as driver:
        try:
            driver.verify_connectivity()
        except (ServiceUnavailable, SessionExpired, TransientError) as error:
            logger.warning("The %s at %s does not answer yet: %s", ADHOC.words, uri, error)
        yield Store(driver, own, (uri, *login), ADHOC)


@contextmanager
def _connect(uri: str, username: str, password: str, settings: Settings) -> Iterator[Store]:
    with _translated(uri), GraphDatabase.driver(uri, auth=(username, password), **DRIVER) as driver:
        driver.verify_connectivity()
        yield Store(driver, settings, (uri, username, password))


@contextmanager
def _translated(uri: str = "", role: Role = MAIN) -> Iterator[None]:
    """Turn the driver's errors into ours."""
    what, named = f"{role.words} at {uri}" if uri else role.words, role.settings
    try:
        yield
    except ParleyError:
        raise
    except AuthError as error:
        raise DatabaseRefused(
            f"The {what} refused the user name or the password.", hint=f"Check {named}_USERNAME and {named}_PASSWORD."
        ) from error
    except ConfigurationError as error:
        raise DatabaseRefused(f"The address of the {what} cannot be used: {error}.", hint=f"Check {named}_URI.") from error
    except (ServiceUnavailable, SessionExpired, TransientError) as error:
        _check_bookmark(error, what)
        raise DatabaseUnavailable(f"The {what} does not answer.", hint=f"It may be starting; try again, or check {named}_URI.") from error
    except ClientError as error:
        _check_bookmark(error, what)
        if TIMED_OUT in (error.code or ""):
            raise DatabaseUnavailable(
                f"The {what} took longer than PARLEY_QUERY_TIMEOUT allows.", hint="Ask for less, or raise it."
            ) from error
        if "DatabaseNotFound" in (error.code or ""):
            raise DatabaseRefused(f"The database named by {named}_DATABASE does not exist.", hint=f"Check {named}_DATABASE.") from error
        raise
    except (Neo4jError, DriverError) as error:
        if getattr(error, "is_retryable", lambda: False)():
            raise DatabaseUnavailable(f"The {what} does not answer.", hint="Try again.") from error
        raise


def _check_bookmark(error: Exception, what: str) -> None:
    """Raise EditionLost when the server does not know, or does not get to, the state that a read wants."""
    if "Bookmark" in (getattr(error, "code", None) or ""):
        raise EditionLost(f"The {what} is not what it was.", hint="Try again.") from error


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
