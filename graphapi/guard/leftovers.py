"""Queries by other people that the server may still be busy with after their end: looked after until they are gone.

A transaction's timeout, its termination and the loss of its connection are noticed between rows, not inside an expression: one such
as a regular expression that backtracks keeps a core busy for as long as it takes. Only the end of the server ends it.
"""

import asyncio
import logging
from collections.abc import Callable

from graphapi.catalogue import statement
from graphapi.errors import DatabaseUnavailable
from graphapi.isolated import Connections, QueryFault, Row
from graphapi.store import Store

RUNNING, END = "check/running-query", "check/end-query"
PAUSE = 0.1
LONGEST_PAUSE = 1.0
ASK_SECONDS = 3.0
NOTHING: list[Row] = [{"running": 0}]
logger = logging.getLogger("graphapi.guard")


class Leftovers:
    """Asks for each whether it is gone; after the patience that settings have it terminated, then the local server started anew."""

    def __init__(self, store: Store, connections: Connections) -> None:
        self._store = store
        self._connections = connections
        self._following: set[asyncio.Task[None]] = set()
        self._stuck: set[str] = set()
        self._turn = asyncio.Lock()

    @property
    def trouble(self) -> str:
        """What is wrong, in a sentence; empty while every query ends."""
        if not self._stuck:
            return ""
        first = "A query does" if len(self._stuck) == 1 else f"{len(self._stuck)} queries do"
        return f"{first} not end, although the server was asked to end it."

    @property
    def is_restarting(self) -> bool:
        """Whether the server is ours, and is being started anew."""
        return bool(self._stuck) and self._store.settings.is_local

    def follow(self, mark: str, release: Callable[[], None]) -> None:
        """Look after the query that the server knows by `mark`, and call `release` when it is gone."""
        task = asyncio.get_running_loop().create_task(self._follow(mark))
        self._following.add(task)
        task.add_done_callback(self._following.discard)
        task.add_done_callback(lambda _: release())

    async def close(self) -> None:
        """Look after nothing any more."""
        for task in tuple(self._following):
            task.cancel()
        await asyncio.gather(*self._following, return_exceptions=True)

    async def _follow(self, mark: str) -> None:
        patience = self._store.settings.cypher_patience
        if await self._goes(mark, patience):
            return
        await self._ask(END, mark)
        if await self._goes(mark, patience):
            return
        self._stuck.add(mark)
        try:
            await self._end_server(mark)
            while await self._ask(RUNNING, mark) != NOTHING:
                await asyncio.sleep(LONGEST_PAUSE)
            logger.warning("The query %s is gone, and the server answers.", mark)
        finally:
            self._stuck.discard(mark)

    async def _goes(self, mark: str, seconds: float) -> bool:
        """Whether the query goes within so many seconds; it is gone with its server, too."""
        pause, deadline = PAUSE, asyncio.get_running_loop().time() + seconds
        while asyncio.get_running_loop().time() < deadline:
            if await self._ask(RUNNING, mark) in (NOTHING, None):
                return True
            await asyncio.sleep(pause)
            pause = min(2 * pause, LONGEST_PAUSE)
        return False

    async def _end_server(self, mark: str) -> None:
        """Have the server started anew, where it is ours; once for all queries that it does not let go."""
        async with self._turn:
            if await self._ask(RUNNING, mark) == NOTHING:
                return
            if await asyncio.to_thread(self._store.restart):
                logger.error("The query %s does not end: the local Neo4j was killed, and is started anew.", mark)
            else:
                logger.error("The query %s does not end: restart the Neo4j server, which is not ours to restart.", mark)

    async def _ask(self, name: str, mark: str) -> list[Row] | None:
        """Ask the server: its rows, none of them when it does not answer in time, and None when there is no server."""
        rows: list[Row] = []

        def take(columns: tuple[str, ...], row: tuple[object, ...]) -> bool:
            rows.append(dict(zip(columns, row, strict=True)))
            return True

        try:
            async with asyncio.timeout(ASK_SECONDS), self._store.isolated(self._connections) as connection:
                await connection.read(statement(name), {"mark": mark}, take)
        except DatabaseUnavailable:
            return None
        except (TimeoutError, QueryFault) as error:
            logger.warning("The server did not say whether the query %s has ended: %s", mark, error or "no answer in time")
        return rows
