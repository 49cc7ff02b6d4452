"""Reading in several journeys what is all of one edition of the graph.

The server names the state of the database by a bookmark. A read that brings one along begins when all up to it is done, and the bookmark
that it brings back counts whatever else was so much as begun to be committed meanwhile: where both are the same, the read saw that state
and no other. So reads of which all are like this saw the same graph, and so did those whose findings are kept under the same bookmark.
"""

from collections.abc import Callable, Hashable
from typing import Any, TypeVar

from graphapi.errors import Conflict, InputRefused, NotFound
from graphapi.memory import Edition, Keepsakes
from graphapi.store import EditionLost, Store

T = TypeVar("T")

ATTEMPTS = 2
STATE = "write/graph-state"


class Mixed(Exception):
    """What was read was not all of one edition."""


class Sitting(Store):
    """A store through whose connections one thing is read that has to be of one edition."""

    def __init__(self, store: Store, keepsakes: Keepsakes) -> None:
        vars(self).update(vars(store))
        self.wanted = keepsakes.edition
        self._keepsakes = keepsakes
        self._seen: set[Edition] = set()
        self._found: dict[Hashable, Any] = {}
        self._has_recalled = False

    def once(self, key: Hashable, make: Callable[[], T]) -> T:
        """Return what is kept under this key, or make it; nobody may change it."""
        found: T | None = self._keepsakes.get(key)
        if found is None:
            found = self._found[key] = make()
        else:
            self._has_recalled = True
        return found

    def take(self, work: Callable[[Store], T]) -> T:
        """Do work, and keep for others what it found; raises Mixed unless all was of one edition."""
        try:
            done = work(self)
        except (InputRefused, NotFound):
            self._check()
            raise
        self._check()
        self._keepsakes.keep(self._found)
        return done

    def _note(self, edition: Edition) -> None:
        self._seen.add(edition)

    def _check(self) -> None:
        if self._seen != {self.wanted} and (self._seen or self._has_recalled):
            raise Mixed


def read_one_edition(store: Store, work: Callable[[Store], T]) -> T:
    """Do work that only reads so that all it reads is of one edition of the graph; it may be done several times.

    Raises Conflict when a load changes the graph each time.
    """
    last = store.memory.last()
    for keepsakes in (last, *(None,) * ATTEMPTS) if last else (None,) * ATTEMPTS:
        try:
            return Sitting(store, keepsakes or store.memory.begin(store.bookmarks())).take(work)
        except Mixed:
            continue
        except EditionLost:
            store.memory.forget()
    return _read_between_loads(store, work)


def _read_between_loads(store: Store, work: Callable[[Store], T]) -> T:
    """Do work while others write to the database all the time, which is well as long as none of it is a load."""
    before = store.rows(STATE)
    done = work(store)
    if store.rows(STATE) != before:
        raise Conflict("The graph was changed while it was read.", hint="Ask again when the load is over.")
    return done
