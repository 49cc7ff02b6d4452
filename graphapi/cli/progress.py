"""Opening the database while a person waits: how far the local Neo4j is, shown at the terminal."""

import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

from graphapi.cli.messages import tell

if TYPE_CHECKING:
    from graphapi.local import Progress as Told
    from graphapi.settings import Settings
    from graphapi.store import Store

MOMENT = 1.0
SENTENCES = {"fetch": "Fetching Neo4j, once", "prepare": "Preparing Neo4j, once", "start": "Starting Neo4j"}


@contextmanager
def opened_store(settings: "Settings") -> Iterator["Store"]:
    """Open the store that settings name, and show what takes its time."""
    from graphapi.store import open_store

    with ExitStack() as stack:
        with progress_bar() as progress:
            store = stack.enter_context(open_store(settings, progress))
        yield store


@contextmanager
def progress_bar() -> Iterator["Told"]:
    """Give the function that is told of progress: a bar on a terminal that goes when the work is done, a line a phase elsewhere."""
    with _bar() if sys.stderr.isatty() else _lines() as told:
        yield told


@contextmanager
def _bar() -> Iterator["Told"]:
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.fields[amount]}"), TimeElapsedColumn())
    bar = Progress(*columns, console=Console(stderr=True), transient=True)
    tasks: dict[str, TaskID] = {}

    def draw(phase: str, done: int, total: int) -> None:
        for former in tasks.keys() - {phase}:
            bar.remove_task(tasks.pop(former))
        if phase not in tasks:
            tasks[phase] = bar.add_task(SENTENCES.get(phase, phase), total=None, amount="")
        if phase == "fetch":
            bar.update(tasks[phase], total=total, completed=done, amount=f"{done / 1e6:.0f} of {total / 1e6:.0f} MB")
        elif total > 1:
            bar.update(tasks[phase], total=total, completed=done)

    with bar:
        yield draw


@contextmanager
def _lines() -> Iterator["Told"]:
    """Say nothing of what is done within a moment, such as joining a server that runs already."""
    from threading import Timer

    waiting: dict[str, Timer] = {}

    def note(phase: str, done: int, total: int) -> None:
        if phase not in waiting:
            amount = f" ({total / 1e6:.0f} MB)" if phase == "fetch" else ""
            waiting[phase] = Timer(MOMENT, tell, [f"{SENTENCES.get(phase, phase)}{amount} …"])
            waiting[phase].daemon = True
            waiting[phase].start()
        if done == total:
            waiting[phase].cancel()

    try:
        yield note
    finally:
        for timer in waiting.values():
            timer.cancel()
