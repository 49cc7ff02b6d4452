"""Writes follow one another: one load at a time has the graph's lock, and others are told that they wait."""

from collections.abc import Callable
from threading import Timer

from graphapi.store import Transaction

MOMENT = 2.0


def begin(transaction: Transaction, waiting: Callable[[], None] | None = None) -> int:
    """Take the graph's lock, and return the graph's version; `waiting` is called once when that takes longer than a moment.

    Raises Conflict when another load keeps the lock for longer than a load may take.
    """
    if waiting is None:
        return transaction.lock()
    timer = Timer(MOMENT, waiting)
    timer.daemon = True
    timer.start()
    try:
        return transaction.lock()
    finally:
        timer.cancel()
