"""Using the local server: a lease keeps it up while it is held."""

import os
import subprocess
import sys
import time
from types import TracebackType

from filelock import FileLock, Timeout

from graphapi.errors import LocalServerFailed
from graphapi.local import locks
from graphapi.local.configuration import read_password
from graphapi.local.jars import read_lock
from graphapi.local.places import Cache, Home, cache_of, check_space, explained, home_of, make_private
from graphapi.local.progress import Progress
from graphapi.local.state import State, read_state
from graphapi.settings import Settings

USERNAME = "neo4j"
PAUSE = 0.05
WAIT_SECONDS = 180.0
FETCH_SECONDS = 1800.0
SPAWN_SECONDS = 30.0
SPAWNS = 3
LOG_BYTES = 1_000_000


class Lease:
    """A running server and the promise that it stays up; `close` it, or use it in a with statement.

    Closes by itself when the process dies, however it dies. `uri` stays the same when the server is restarted
    after a crash; a driver's connections do not, so it may see one error in between.
    """

    def __init__(self, uri: str, password: str, descriptor: int) -> None:
        self.uri = uri
        self.username = USERNAME
        self.password = password
        self._descriptor: int | None = descriptor

    def close(self) -> None:
        """Give the server up; it stops `linger` seconds after the last one did. May be called twice."""
        if self._descriptor is not None:
            locks.release(self._descriptor)
            self._descriptor = None

    def __enter__(self) -> "Lease":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()


def acquire(settings: Settings, progress: Progress | None = None) -> Lease:
    """Make sure that the local server of `settings.home` runs and answers, and hold it.

    The first time this fetches Neo4j (160 MB). Raises LocalServerFailed with the reason and where the log is,
    three minutes after the fetching at the latest (53 s were measured on 2 busy cores).
    """
    home, cache = home_of(settings), cache_of(settings)
    with explained(home.root):
        make_private(home.root)
    prepare(settings, cache, progress)
    deadline = time.monotonic() + WAIT_SECONDS
    if progress is not None:
        progress("start", 0, 1)
    descriptor = _take_lease(home, deadline)
    try:
        state = _wait_for_server(settings, home, deadline)
        lease = Lease(f"bolt://127.0.0.1:{state.port}", read_password(home), descriptor)
    except BaseException:
        locks.release(descriptor)
        raise
    if progress is not None:
        progress("start", 1, 1)
    return lease


def prepare(settings: Settings, cache: Cache, progress: Progress | None = None) -> None:
    """Make sure that the jars and the copy of the JRE are there, one process at a time."""
    from graphapi.local.fetch import fetch_jars  # noqa: PLC0415 (the HTTP client, not needed once all is there)
    from graphapi.local.java import prepare_java  # noqa: PLC0415

    with explained(cache.root):
        cache.root.mkdir(parents=True, exist_ok=True)
        lock = FileLock(cache.fetch_lock, timeout=FETCH_SECONDS)
        try:
            with lock:
                fetch_jars(cache, read_lock(), settings.maven_url, progress)
                prepare_java(cache)
        except Timeout:
            raise LocalServerFailed(
                f"Another process has been fetching Neo4j into {cache.root} for {FETCH_SECONDS / 60:g} minutes."
            ) from None


def _take_lease(home: Home, deadline: float) -> int:
    """Only a supervisor that is about to end keeps users out, and only until it has ended."""
    with explained(home.lease):
        while (descriptor := locks.take(home.lease, shared=True)) is None:
            if time.monotonic() > deadline:
                raise _failure(home, "The supervisor of the local Neo4j does not end.")
            time.sleep(PAUSE)
    return descriptor


def _wait_for_server(settings: Settings, home: Home, deadline: float) -> State:
    began = time.time()
    spawned = 0
    while time.monotonic() < deadline:
        supervised = locks.is_held(home.supervisor_lock)
        state = read_state(home.state)
        if supervised and state is not None and state.phase == "ready" and state.supervisor.find():
            return state
        if not supervised:
            if state is not None and state.phase == "failed" and state.changed_at >= began:
                raise _failure(home, state.error, state.hint)
            if spawned == SPAWNS:
                raise _failure(home, f"The supervisor of the local Neo4j ended {SPAWNS} times before the server was ready.")
            _spawn_supervisor(settings, home)
            spawned += 1
        time.sleep(PAUSE)
    raise _failure(home, f"The local Neo4j was not ready within {WAIT_SECONDS:g} s.")


def _spawn_supervisor(settings: Settings, home: Home) -> None:
    """Start a supervisor that is no child of this process; it ends at once if there is one already."""
    check_space(home)
    with explained(home.supervisor_log):
        if home.supervisor_log.exists() and home.supervisor_log.stat().st_size > LOG_BYTES:
            home.supervisor_log.replace(home.supervisor_log.with_suffix(".log.1"))
        with home.supervisor_log.open("ab") as log:
            command = [sys.executable, "-m", "graphapi.local.supervisor"]
            spawning = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, env=_environment(settings), start_new_session=True
            )
    try:
        code = spawning.wait(SPAWN_SECONDS)
    except subprocess.TimeoutExpired:
        spawning.kill()
        code = spawning.wait()
    if code:
        raise _failure(home, "The supervisor of the local Neo4j could not be started.")


def _environment(settings: Settings) -> dict[str, str]:
    """Our variables with these settings in them, and without any that speak of another server."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("NEO4J_", "PARLEY_"))}
    names = {"home", "cache", "linger", "heap", "page_cache", "query_timeout", "load_timeout"}
    given = {str(Settings.model_fields[name].alias): str(getattr(settings, name)) for name in names}
    return kept | given | {"PARLEY_HOME": str(home_of(settings).root), "PARLEY_CACHE": str(cache_of(settings).root)}


def _failure(home: Home, sentence: str, hint: str = "") -> LocalServerFailed:
    logs = f"Logs: {home.supervisor_log}, {home.server_log}."
    return LocalServerFailed(sentence, hint=f"{hint} {logs}".strip())
