"""What the supervisor tells everybody else, in one small file."""

from pathlib import Path
from typing import Literal

import psutil
from pydantic import BaseModel, ConfigDict, ValidationError

Phase = Literal["starting", "ready", "stopping", "stopped", "failed"]
CLOCK_STEPS = 2.0


class ProcessId(BaseModel):
    """A process, told apart from a later one with the same number by its start time (seconds since 1970)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    pid: int
    started: float

    @classmethod
    def of(cls, pid: int) -> "ProcessId":
        """The process that has this number now."""
        return cls(pid=pid, started=psutil.Process(pid).create_time())

    def find(self) -> psutil.Process | None:
        """The process, if it still lives."""
        try:
            process = psutil.Process(self.pid)
            lives = abs(process.create_time() - self.started) < CLOCK_STEPS and process.status() != psutil.STATUS_ZOMBIE
        except psutil.NoSuchProcess:
            return None
        return process if lives else None


class State(BaseModel):
    """One home's server: where it is in its life, and why it failed if it did. Times are seconds since 1970."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    phase: Phase
    changed_at: float
    version: str
    port: int
    supervisor: ProcessId
    server: ProcessId | None = None
    ready_at: float | None = None
    restarts: int = 0
    error: str = ""
    hint: str = ""


def read_state(path: Path) -> State | None:
    """The last state written; None when there is none that can be read (a supervisor writes it anew)."""
    try:
        return State.model_validate_json(path.read_bytes())
    except (OSError, ValidationError):
        return None
