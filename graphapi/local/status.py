"""Looking at the local server, and ending it, without starting anything."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import psutil

from graphapi.errors import LocalServerFailed
from graphapi.local import locks
from graphapi.local.jars import read_lock
from graphapi.local.places import VERSION, Cache, Home, cache_of, home_of
from graphapi.local.processes import end_process, wait_until
from graphapi.local.state import Phase, State, read_state
from graphapi.settings import Settings

STOP_SECONDS = 15.0


@dataclass(frozen=True)
class LocalStatus:
    """What is known of one home's server; None where it does not run or cannot be known.

    `running`: a supervisor looks after it; `ready`: it answers; `users`: leases held (Linux only);
    `restarts`: crashes since the supervisor began; `error`: why it last crashed or could not be started.
    """

    running: bool
    ready: bool
    phase: Phase
    pid: int | None
    supervisor_pid: int | None
    uri: str | None
    version: str
    started_at: datetime | None
    users: int | None
    restarts: int
    error: str
    home: Path
    cache: Path
    log: Path
    data_bytes: int
    jars_present: int
    jars_total: int


def status(settings: Settings) -> LocalStatus:
    """The state of the local server of `settings.home`; starts, makes and fetches nothing."""
    home, cache = home_of(settings), cache_of(settings)
    running = locks.is_held(home.supervisor_lock)
    state = read_state(home.state)
    current = state if running else None
    ready = current is not None and current.phase == "ready"
    return LocalStatus(
        running=running,
        ready=ready,
        phase=_phase(state, running),
        pid=current.server.pid if current and current.server else None,
        supervisor_pid=_supervisor_pid(home) if running else None,
        uri=f"bolt://127.0.0.1:{current.port}" if current and ready else None,
        version=current.version if current else VERSION,
        started_at=datetime.fromtimestamp(current.ready_at, UTC) if current and current.ready_at else None,
        users=locks.count_holders(home.lease),
        restarts=current.restarts if current else 0,
        error=state.error if state else "",
        home=home.root,
        cache=cache.root,
        log=home.supervisor_log,
        data_bytes=_size(home.data),
        jars_present=_count_jars(cache),
        jars_total=len(read_lock()),
    )


def stop(settings: Settings) -> bool:
    """End the local server of `settings.home`, whoever uses it; False when none ran.

    Takes as long as the server's clean stop, 5 s at most, after which it is killed.
    """
    home = home_of(settings)
    if not locks.is_held(home.supervisor_lock):
        return _end_leftover(read_state(home.state))
    pid = _supervisor_pid(home)
    if pid is None:
        raise LocalServerFailed(
            f"The supervisor of {home.root} runs where this process cannot end it.", hint="Stop it in its own container."
        )
    try:
        psutil.Process(pid).terminate()
    except psutil.NoSuchProcess:
        return True
    if not wait_until(lambda: not locks.is_held(home.supervisor_lock), STOP_SECONDS):
        _kill(pid)
        _end_leftover(read_state(home.state))
    return True


def restart(settings: Settings) -> bool:
    """Kill the local server of `settings.home`, which its supervisor then starts again; False when there is none to kill.

    A server that does not let go of a query does not end when it is asked to, either.
    """
    home = home_of(settings)
    state = read_state(home.state) if locks.is_held(home.supervisor_lock) else None
    process = state.server.find() if state and state.server else None
    if process is None:
        return False
    try:
        process.kill()
    except psutil.Error:
        return False
    return True


def _phase(state: State | None, running: bool) -> Phase:
    if state is None:
        return "starting" if running else "stopped"
    return state.phase if running or state.phase == "failed" else "stopped"


def _supervisor_pid(home: Home) -> int | None:
    """The id that the supervisor wrote into its lock, if it is one of a supervisor here."""
    try:
        pid = int(home.supervisor_lock.read_text(encoding="ascii"))
        words = psutil.Process(pid).cmdline()
    except (OSError, ValueError, psutil.Error):
        return None
    return pid if any("graphapi.local.supervisor" in word for word in words) else None


def _kill(pid: int) -> None:
    try:
        process = psutil.Process(pid)
        process.kill()
        process.wait(5)
    except psutil.Error:
        return


def _end_leftover(state: State | None) -> bool:
    process = state.server.find() if state and state.server else None
    if process is None:
        return False
    end_process(process, 5)
    return True


def _size(folder: Path) -> int:
    total = 0
    for path in folder.rglob("*"):
        try:
            total += path.lstat().st_size
        except FileNotFoundError:
            continue
    return total


def _count_jars(cache: Cache) -> int:
    return sum(1 for jar in read_lock() if (cache.jars / jar.name).is_file())
