"""A thread with an event loop for queries of other people, so that they share neither threads nor connections with anybody else."""

import asyncio
import threading
from collections.abc import Coroutine
from concurrent.futures import Future
from typing import Any, TypeVar

T = TypeVar("T")


class Aside:
    """Runs coroutines in its thread, which begins with the first; cancelling the future cancels the coroutine."""

    def __init__(self) -> None:
        self._turn = threading.Lock()
        self._loop: asyncio.AbstractEventLoop | None = None

    def run(self, work: Coroutine[Any, Any, T]) -> "Future[T]":
        """Begin the work and return its future at once."""
        with self._turn:
            if self._loop is None:
                self._loop = asyncio.new_event_loop()
                threading.Thread(target=self._loop.run_forever, name="cypher", daemon=True).start()
        return asyncio.run_coroutine_threadsafe(work, self._loop)
