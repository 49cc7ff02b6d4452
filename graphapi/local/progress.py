"""How a caller learns that something slow goes on."""

from typing import Protocol


class Progress(Protocol):
    """Told how far a phase (fetch, prepare, start) is; done and total count bytes in fetch, steps elsewhere.

    Calls never overlap, but may come from another thread than the one that waits.
    """

    def __call__(self, phase: str, done: int, total: int) -> None: ...
