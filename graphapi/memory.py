"""What was read of one edition of the graph and is needed again and again, kept until the graph is of another."""

from collections import OrderedDict
from collections.abc import Hashable
from threading import Lock
from time import monotonic
from typing import Any

MOST = 2000
SECONDS = 60.0
Edition = frozenset[str]


class Keepsakes:
    """What is kept of one edition, which the database names by its bookmarks; the least asked for goes first. For any thread."""

    def __init__(self, edition: Edition) -> None:
        self.edition = edition
        self.good_until = monotonic() + SECONDS
        self._kept: OrderedDict[Hashable, Any] = OrderedDict()
        self._turn = Lock()

    def get(self, key: Hashable) -> Any:
        """Return what is kept under this key; None when nothing is."""
        with self._turn:
            found = self._kept.get(key)
            if found is not None:
                self._kept.move_to_end(key)
            return found

    def keep(self, found: dict[Hashable, Any]) -> None:
        """Keep what was found in this edition."""
        with self._turn:
            self._kept |= found
            while len(self._kept) > MOST:
                self._kept.popitem(last=False)


class Memory:
    """The keepsakes of the edition that was seen last, for a minute: so that not even a database put back to an earlier day keeps them."""

    def __init__(self) -> None:
        self._last: Keepsakes | None = None

    def last(self) -> Keepsakes | None:
        """Return the keepsakes of the edition that was seen last, when they are young enough."""
        last = self._last
        return last if last is not None and monotonic() < last.good_until else None

    def begin(self, edition: Edition) -> Keepsakes:
        """Keep from now on what belongs to this edition, and nothing older."""
        self._last = Keepsakes(edition)
        return self._last

    def forget(self) -> None:
        """Keep nothing."""
        self._last = None
