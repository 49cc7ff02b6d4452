"""Locks, the state file and ports: what processes agree by."""

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from graphapi.local import locks
from graphapi.local.places import write_whole
from graphapi.local.server import PORTS, choose_port
from graphapi.local.state import ProcessId, State, read_state

HOLDER = """
import sys, time
from pathlib import Path
from graphapi.local import locks
locks.take(Path(sys.argv[1]))
print("held", flush=True)
time.sleep(60)
"""


def test_shared_locks_keep_an_exclusive_one_out(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    first, second = locks.take(path, shared=True), locks.take(path, shared=True)
    assert first is not None
    assert second is not None
    assert locks.take(path) is None
    locks.release(first)
    locks.release(second)
    third = locks.take(path)
    assert third is not None
    assert locks.is_held(path)
    locks.release(third)
    assert not locks.is_held(path)


def test_looking_at_a_lock_makes_no_file(tmp_path: Path) -> None:
    assert not locks.is_held(tmp_path / "lock")
    assert list(tmp_path.iterdir()) == []


def test_lock_is_free_once_its_holder_is_killed(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    with subprocess.Popen([sys.executable, "-c", HOLDER, str(path)], stdout=subprocess.PIPE) as holder:
        assert holder.stdout is not None
        holder.stdout.readline()
        assert locks.is_held(path)
        holder.send_signal(signal.SIGKILL)
    assert not locks.is_held(path)


@pytest.mark.skipif(not Path("/proc/locks").exists(), reason="needs /proc/locks (Linux)")
def test_holders_are_counted(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    assert locks.count_holders(path) == 0
    held = [locks.take(path, shared=True) for _ in range(3)]
    assert locks.count_holders(path) == 3
    for descriptor in held:
        assert descriptor is not None
        locks.release(descriptor)
    assert locks.count_holders(path) == 0


@pytest.mark.parametrize("text", ["", "{", "[]", '{"phase": "ready"}', "\x00\xff"])
def test_state_that_cannot_be_read_is_no_state(tmp_path: Path, text: str) -> None:
    path = tmp_path / "state.json"
    path.write_text(text, encoding="latin-1")
    assert read_state(path) is None


def test_state_is_read_as_written(tmp_path: Path) -> None:
    path = tmp_path / "state.json"
    state = State(phase="ready", changed_at=1.5, version="2026.08.1", port=20000, supervisor=ProcessId.of(os.getpid()))
    write_whole(path, state.model_dump_json())
    assert read_state(path) == state
    assert path.stat().st_mode & 0o777 == 0o600
    assert [entry.name for entry in tmp_path.iterdir()] == ["state.json"]


def test_process_is_not_taken_for_an_earlier_one_with_its_number() -> None:
    own = ProcessId.of(os.getpid())
    process = own.find()
    assert process is not None
    assert process.pid == os.getpid()
    assert own.model_copy(update={"started": own.started - 60}).find() is None


def test_last_port_is_kept_unless_it_is_taken() -> None:
    port = choose_port(None)
    assert port in PORTS
    assert choose_port(port) == port
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", port))
        taken.listen()
        assert choose_port(port) != port
