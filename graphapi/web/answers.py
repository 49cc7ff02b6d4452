"""Answers that were given, kept for as long as the graph is as it was: bounded by bytes and by number, thrown away together."""

import asyncio
from collections import OrderedDict
from collections.abc import Callable
from time import monotonic
from typing import Any

from graphapi.errors import ParleyError
from graphapi.settings import Settings
from graphapi.web.representation import Representation

Key = tuple[Any, ...]
LARGEST_PART = 8


class Shelf:
    """The answers about one state of the graph, the one asked for last at the end, and those that are being made."""

    def __init__(self, edition: str, most_bytes: int, most: int) -> None:
        self.edition = edition
        self.good_until = 0.0
        self.underway: dict[Key, asyncio.Future[Representation | None]] = {}
        self._kept: OrderedDict[Key, Representation] = OrderedDict()
        self._sizes: dict[Key, int] = {}
        self._bytes = 0
        self._most_bytes = most_bytes
        self._most = most

    def get(self, key: Key) -> Representation | None:
        """Return the answer under this key, which thereby is the last that will have to go."""
        found = self._kept.get(key)
        if found is not None:
            self._kept.move_to_end(key)
        return found

    def keep(self, key: Key, answer: Representation) -> None:
        """Keep an answer, or count again one that is kept, and let those go that were not asked for longest.

        One that would take more than an eighth of all the room is not kept.
        """
        size = answer.size
        self._forget(key)
        if size * LARGEST_PART > self._most_bytes:
            return
        self._kept[key], self._sizes[key] = answer, size
        self._bytes += size
        while self._bytes > self._most_bytes or len(self._kept) > self._most:
            self._forget(next(iter(self._kept)))

    def claim(self, key: Key) -> Callable[[Representation | None], None]:
        """Take it on to make the answer under this key; returns how to tell what came of it, None for nothing that others may have too."""
        waiting = self.underway[key] = asyncio.get_running_loop().create_future()

        def settle(made: Representation | None) -> None:
            if not waiting.done():
                del self.underway[key]
                waiting.set_result(made)

        return settle

    def _forget(self, key: Key) -> None:
        if self._kept.pop(key, None) is not None:
            self._bytes -= self._sizes.pop(key)


class Answers:
    """The shelf of the graph as it is; used from one event loop, but for `clear`.

    Within `answers_age` seconds of the last look at the database its edition is taken to be what it was; after that one request looks
    again, and those that come meanwhile wait for it. With an age of 0 every request looks.
    """

    def __init__(self, edition: Callable[[], str], settings: Settings) -> None:
        self._edition = edition
        self._settings = settings
        self._shelf: Shelf | None = None
        self._look: asyncio.Task[Shelf | None] | None = None
        self._silent_until = 0.0

    @property
    def is_on(self) -> bool:
        """Whether any answer is kept at all."""
        return self._settings.answers_bytes > 0

    def clear(self) -> None:
        """Throw every answer away; called after each change that goes through this service, from any thread.

        What is being made from before goes to those who wait for it already, and is not kept.
        """
        self._shelf = None

    def current(self) -> Shelf | None:
        """Return the shelf if it is surely young enough, without asking anybody."""
        shelf = self._shelf
        return shelf if shelf is not None and monotonic() < shelf.good_until else None

    async def look(self) -> Shelf | None:
        """Ask the database for its edition and return the shelf of it; None, for a while, when the database does not answer."""
        if monotonic() < self._silent_until:
            return None
        if not self._settings.answers_age:
            return await self._looked()
        if self._look is None or self._look.done():
            self._look = asyncio.create_task(self._looked())
        return await asyncio.shield(self._look)

    async def _looked(self) -> Shelf | None:
        began = monotonic()
        try:
            edition = await asyncio.get_running_loop().run_in_executor(None, self._edition)
        except ParleyError:
            self._silent_until = monotonic() + self._settings.answers_age
            return None
        shelf = self._shelf
        if shelf is None or shelf.edition != edition:
            shelf = self._shelf = Shelf(edition, self._settings.answers_bytes, self._settings.answers_kept)
        shelf.good_until = began + self._settings.answers_age
        return shelf
