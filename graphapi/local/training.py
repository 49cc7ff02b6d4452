"""The training run: makes the AOT cache in the background, `python -m graphapi.local.training`.

It runs a server of its own on a throw-away home, with a tenth of the weight of other processes, and so delays
neither the first start nor the stop of the user's server. Java's one-step form (-XX:AOTCacheOutput) would do the second half in
a process of its own making at the server's exit; in two steps every process is a child of ours and ends with us.
The cache comes into place whole, by a rename, or not at all.
"""

import logging
import os
import shutil
import signal
import sys
from pathlib import Path
from types import FrameType

from graphapi.catalogue import statement
from graphapi.errors import LocalServerFailed
from graphapi.local import locks
from graphapi.local.aot import aot_path, remove_others
from graphapi.local.configuration import make_password, read_password, write_configuration
from graphapi.local.java import server_command, set_first_password
from graphapi.local.places import Cache, Home, cache_of
from graphapi.local.probe import ANSWERED, ask, wait_for_answer
from graphapi.local.processes import end_child
from graphapi.local.server import choose_port, read_tail, run_java
from graphapi.resources import folder
from graphapi.settings import Settings, load_settings

NICENESS = 10
LONGEST_SECONDS = 900
EXIT_SECONDS = 120.0
CREATE_SECONDS = 300.0


def main() -> int:
    """Make the AOT cache unless it is there or somebody else is at it; 0 when all is well."""
    logging.basicConfig(level=logging.WARNING, stream=sys.stderr, format="%(asctime)s training %(process)d: %(message)s")
    os.nice(NICENESS)
    for number in (signal.SIGTERM, signal.SIGALRM):
        signal.signal(number, end_early)
    signal.alarm(LONGEST_SECONDS)
    settings = load_settings()
    cache = cache_of(settings)
    descriptor = locks.take(cache.training_lock)
    if descriptor is None or aot_path(cache).exists():
        return 0
    home = Home(cache.training)
    try:
        shutil.rmtree(home.root, ignore_errors=True)
        home.root.mkdir(mode=0o700)
        train(settings, cache, home)
    finally:
        shutil.rmtree(home.root, ignore_errors=True)
    return 0


def end_early(_number: int, _frame: FrameType | None) -> None:
    """Leave by way of all that cleans up."""
    sys.exit(1)


def train(settings: Settings, cache: Cache, home: Home) -> None:
    """Record a run of the server and make the cache from it; raises LocalServerFailed when Java fails at either."""
    target = aot_path(cache)
    record = home.root / "record"
    partial = home.root / target.name
    record_run(settings, cache, home, record)
    options = ["-XX:AOTMode=create", f"-XX:AOTConfiguration={record}", f"-XX:AOTCache={partial}"]
    creation = run_java(cache, home, server_command(cache, home, settings.heap, options))
    try:
        creation.wait(CREATE_SECONDS)
    finally:
        end_child(creation, 0)
    if creation.returncode or not partial.exists():
        raise LocalServerFailed(f"Java made no AOT cache: {read_tail(home.server_log)[-300:]}")
    if aot_path(cache) == target:
        partial.replace(target)
        remove_others(target)


def record_run(settings: Settings, cache: Cache, home: Home, record: Path) -> None:
    """Run a server through what a usual session asks of it, and have Java write down what that took."""
    port = choose_port(None)
    write_configuration(home, settings, port)
    make_password(home)
    set_first_password(cache, home)
    options = ["-XX:AOTMode=record", f"-XX:AOTConfiguration={record}"]
    java = run_java(cache, home, server_command(cache, home, settings.heap, options))
    try:
        exercise(port, read_password(home))
        java.terminate()
        java.wait(EXIT_SECONDS)
    finally:
        end_child(java, 0)


def exercise(port: int, password: str) -> None:
    """Ask a server what cypher/training has, once it answers."""
    if wait_for_answer(port, password) != ANSWERED:
        raise LocalServerFailed("The training server did not take its password.")
    names = sorted(file.stem for file in (folder("cypher") / "training").glob("*.cypher"))
    ask(port, password, [statement(f"training/{name}") for name in names])


if __name__ == "__main__":
    sys.exit(main())
