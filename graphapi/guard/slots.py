"""How many queries by other people run at once, of all and of each, and who waits; used from one event loop."""

import asyncio
from collections import Counter, deque
from dataclasses import dataclass

from graphapi.errors import TooManyQueries


@dataclass(frozen=True)
class Room:
    """How many run at once, how many of one client, how many wait, and for how many seconds."""

    at_once: int
    per_client: int
    queue: int
    seconds: float


class Slots:
    """Gives out slots in the order of asking, except that nobody waits for a client that has its share already.

    A client without a name is not held to a share: it stands for everybody who cannot be told apart.
    """

    def __init__(self, room: Room) -> None:
        self._room = room
        self._running: Counter[str] = Counter()
        self._waiting: deque[tuple[str, asyncio.Future[None]]] = deque()

    async def take(self, client: str) -> None:
        """Take a slot, waiting for one if need be; raises TooManyQueries when the queue is full, or the wait was in vain."""
        if self._is_free(client):
            self._running[client] += 1
            return
        if len(self._waiting) >= self._room.queue:
            raise self._too_many(client)
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append((client, turn))
        try:
            async with asyncio.timeout(self._room.seconds):
                await turn
        except BaseException as error:
            self._leave(client, turn)
            if isinstance(error, TimeoutError):
                raise self._too_many(client) from None
            raise

    def release(self, client: str) -> None:
        """Give a slot back, to whoever has waited longest and may have it."""
        self._running[client] -= 1
        if not self._running[client]:
            del self._running[client]
        for waiting in tuple(self._waiting):
            if self._is_free(waiting[0]):
                self._waiting.remove(waiting)
                self._running[waiting[0]] += 1
                waiting[1].set_result(None)

    def _is_free(self, client: str) -> bool:
        has_share = bool(client) and self._running[client] >= self._room.per_client
        return self._running.total() < self._room.at_once and not has_share

    def _leave(self, client: str, turn: "asyncio.Future[None]") -> None:
        """Leave the queue; a slot that was given in the same moment goes on to the next."""
        if turn.done() and not turn.cancelled():
            self.release(client)
        elif (client, turn) in self._waiting:
            self._waiting.remove((client, turn))

    def _too_many(self, client: str) -> TooManyQueries:
        if client and self._running[client] >= self._room.per_client:
            return TooManyQueries(
                f"{self._running[client]} of your queries run already; more may not at once.", hint="Wait for the answer, then ask again."
            )
        return TooManyQueries(
            f"{self._running.total()} queries run already and {len(self._waiting)} wait; more may not.", hint="Try again in a moment."
        )
