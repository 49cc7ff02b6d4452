"""Child processes that do not outlive their parent, and ending processes that are not children."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import psutil

SET_PARENT_DEATH_SIGNAL = 1


@dataclass(frozen=True)
class Command:
    """What to run: its words, where (None: here), with which variables (None: ours) and what it reads."""

    words: Sequence[str]
    folder: Path | None = None
    environment: Mapping[str, str] | None = None
    reads: str = ""


def start_child(command: Command, output: Path) -> "subprocess.Popen[bytes]":
    """Start a process in a session of its own that the kernel kills when this one dies (Linux; elsewhere it lives on).

    What it says is added to the file `output`.

    Runs code between fork and exec, so it may only be called by a process with one thread, as the supervisor is;
    and the signal comes when that thread ends.
    """
    with output.open("ab") as stream:
        child = subprocess.Popen(
            command.words,
            stdin=subprocess.PIPE,
            stdout=stream,
            stderr=subprocess.STDOUT,
            cwd=command.folder,
            env=command.environment,
            start_new_session=True,
            preexec_fn=_die_with(os.getpid()) if sys.platform.startswith("linux") else None,  # noqa: PLW1509
        )
    _feed(child, command.reads)
    return child


def _feed(child: "subprocess.Popen[bytes]", text: str) -> None:
    if child.stdin is None:
        return
    with suppress(BrokenPipeError), child.stdin as stream:
        stream.write(text.encode())


def _die_with(parent: int) -> Callable[[], None]:
    libc = ctypes.CDLL(None)

    def ask_kernel() -> None:
        libc.prctl(SET_PARENT_DEATH_SIGNAL, signal.SIGKILL)
        if os.getppid() != parent:
            os._exit(1)

    return ask_kernel


def end_child(child: "subprocess.Popen[bytes]", seconds: float) -> None:
    """Ask a child to end, and kill it with all of its session when it has not after `seconds`; 0 kills at once."""
    if seconds and child.poll() is None:
        child.terminate()
        with suppress(subprocess.TimeoutExpired):
            child.wait(seconds)
    if child.poll() is None:
        os.killpg(child.pid, signal.SIGKILL)
        child.wait()


def end_process(process: psutil.Process, seconds: float) -> None:
    """The same for a process that need not be a child of ours."""
    try:
        process.terminate()
        process.wait(seconds)
    except psutil.TimeoutExpired:
        process.kill()
        wait_until(lambda: not process.is_running() or process.status() == psutil.STATUS_ZOMBIE, 5)
    except psutil.NoSuchProcess:
        return


def wait_until(condition: Callable[[], bool], seconds: float, pause: float = 0.05) -> bool:
    """Look again and again until the condition holds; whether it did within so many seconds."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(pause)
    return True
