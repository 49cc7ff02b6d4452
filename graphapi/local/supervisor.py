"""The process that owns one home's server: starts it, watches it, stops it when nobody needs it any more.

Run as `python -m graphapi.local.supervisor` with the settings in the environment; it detaches itself and its parent
ends as soon as the home's lock is decided. It has one thread, because a parent-death signal hangs on the thread
that started the child.
"""

import logging
import os
import re
import select
import signal
import subprocess
import sys
import time
from collections import deque
from types import FrameType

from graphapi.errors import LocalServerFailed
from graphapi.local import locks
from graphapi.local.aot import aot_path
from graphapi.local.places import VERSION, Home, cache_of, explained, home_of, write_whole
from graphapi.local.processes import Command, end_child, end_process, start_child
from graphapi.local.server import Condition, Reason, Server, choose_port, explain_end, explain_refusal, read_tail, start_server
from graphapi.local.state import ProcessId, State, read_state
from graphapi.settings import Settings, load_settings

TICK = 0.25
GRACE = 5.0
TRAINER_GRACE = 1.0
TRAINING_SECONDS = 20.0
START_SECONDS = 150.0
LOCK_SECONDS = 2.0
CRASHES = 5
CRASH_SECONDS = 60.0


class Wakeup:
    """Waits for the next tick, a signal to stop or the end of a child, whichever comes first."""

    def __init__(self) -> None:
        self.asked_to_stop = False
        self._reader, writer = os.pipe()
        os.set_blocking(self._reader, False)
        os.set_blocking(writer, False)
        signal.set_wakeup_fd(writer, warn_on_full_buffer=False)
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._stop)
        signal.signal(signal.SIGCHLD, _note)

    def wait(self, seconds: float) -> None:
        """Sleep until something happens, at most so many seconds."""
        readable, _, _ = select.select([self._reader], [], [], seconds)
        if readable:
            os.read(self._reader, 4096)

    def _stop(self, _number: int, _frame: FrameType | None) -> None:
        self.asked_to_stop = True


def _note(_number: int, _frame: FrameType | None) -> None:
    """A handler that does nothing; without one the signal would not be written to the wake-up pipe."""


class Supervisor:
    """Keeps one home's server going; what others need to know of it stands in the state file."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.home = home_of(settings)
        self.cache = cache_of(settings)
        self.wakeup = Wakeup()
        self.server: Server | None = None
        self.trainer: subprocess.Popen[bytes] | None = None
        self.trained = False
        self.trusted = True
        self.crashes: deque[float] = deque(maxlen=CRASHES)
        self.failures: deque[float] = deque(maxlen=CRASHES)
        self.start_at = 0.0
        self.idle_since: float | None = None
        self.lease: int | None = None
        last = read_state(self.home.state)
        end_leftover(last)
        self.state = State(
            phase="starting",
            changed_at=time.time(),
            version=VERSION,
            port=choose_port(last.port if last else None),
            supervisor=ProcessId.of(os.getpid()),
        )
        self.tell()

    def run(self) -> None:
        """Keep the server going until nobody needs it, somebody says stop, or it cannot be kept going."""
        try:
            while not self.wakeup.asked_to_stop and not self.is_forsaken():
                self.watch()
                self.wakeup.wait(TICK)
        except LocalServerFailed as failure:
            logging.error("giving up: %s", failure)
            self.end_children(0)
            self.tell(phase="failed", server=None, error=failure.message, hint=failure.hint)
        else:
            self.tell(phase="stopping")
            self.end_children(GRACE)
            self.tell(phase="stopped", server=None)
        finally:
            self.end_children(0)

    def tell(self, **changes: object) -> None:
        """Write the state file, with these changes."""
        if changes:
            logging.info("%s", ", ".join(f"{name} {value}" for name, value in changes.items()))
            self.state = self.state.model_copy(update={**changes, "changed_at": time.time()})
        with explained(self.home.state):
            write_whole(self.home.state, self.state.model_dump_json())

    def is_forsaken(self) -> bool:
        """Whether nobody has held a lease for as long as the server lingers; then nobody gets one any more."""
        self.lease = locks.take(self.home.lease)
        if self.lease is None:
            self.idle_since = None
            return False
        if self.idle_since is None:
            self.idle_since = time.monotonic()
        if time.monotonic() - self.idle_since >= self.linger():
            logging.info("no user for %g s", self.settings.linger)
            return True
        locks.release(self.lease)
        self.lease = None
        return False

    def linger(self) -> float:
        """Seconds without a user after which the server stops: a little more while an AOT cache is being made."""
        seconds = self.settings.linger
        return seconds + min(seconds, TRAINING_SECONDS) if self.trainer else seconds

    def watch(self) -> None:
        """Look at everything once and do what is due."""
        if read_state(self.home.state) != self.state:
            self.tell()
        self.look_at_trainer()
        if self.server is None:
            if time.monotonic() >= self.start_at:
                self.start()
            return
        condition = self.server.look()
        if condition is Condition.READY:
            self.note_ready(self.server)
        elif condition is Condition.REFUSING:
            self.recover(self.server, explain_refusal(self.home))
        elif condition is Condition.ENDED:
            self.recover(self.server, None)
        elif time.monotonic() - self.server.began > START_SECONDS:
            self.recover(self.server, Reason(f"The server gave no answer within {START_SECONDS:g} s.", lasting=True))

    def start(self) -> None:
        """Start the server at the port of this supervisor."""
        aot = aot_path(self.cache)
        self.server = start_server(self.settings, self.cache, self.home, self.state.port, aot if self.trusted and aot.exists() else None)
        self.tell(server=ProcessId.of(self.server.java.pid))

    def note_ready(self, server: Server) -> None:
        """Tell everybody that the server answers, and make the AOT cache if there is none that it could use."""
        if self.state.phase == "ready":
            return
        logging.info("answered after %.1f s%s", time.monotonic() - server.began, " with the AOT cache" if server.aot else "")
        self.tell(phase="ready", ready_at=time.time())
        if server.aot is not None and was_refused(self.home):
            logging.warning("Java refused the AOT cache %s", server.aot)
            server.aot.unlink(missing_ok=True)
        if not self.trained and not aot_path(self.cache).exists():
            self.trained = True
            self.trainer = start_child(Command([sys.executable, "-m", "graphapi.local.training"]), output=self.home.supervisor_log)

    def look_at_trainer(self) -> None:
        """Take note that the training is over."""
        if self.trainer is not None and self.trainer.poll() is not None:
            logging.info("training ended with exit code %d", self.trainer.returncode)
            self.trainer = None

    def recover(self, server: Server, reason: Reason | None) -> None:
        """After a crash: start again soon, later each time; raises LocalServerFailed when that is of no use.

        Starts that fail are of no use before long. A server that was ready is started again however often it ends: a query may have
        ended it, and the next people to ask have a right to an answer.
        """
        server.end(0)
        reason = reason or explain_end(self.home, server)
        logging.warning("%s", reason.sentence)
        self.server = None
        self.crashes.append(time.monotonic())
        if self.state.phase == "ready":
            self.failures.clear()
        else:
            self.failures.append(time.monotonic())
        too_many = len(self.failures) == CRASHES and self.failures[-1] - self.failures[0] < CRASH_SECONDS
        if reason.lasting or too_many:
            often = f" It was started {CRASHES} times within {CRASH_SECONDS:g} s." if too_many else ""
            raise LocalServerFailed(f"{reason.sentence}{often}", hint=reason.hint)
        answered_before = self.state.ready_at is not None
        if self.state.phase == "starting":
            self.distrust(server, reason)
        port = choose_port(None) if reason.port_taken and not answered_before else self.state.port
        recent = sum(1 for crash in self.crashes if self.crashes[-1] - crash < CRASH_SECONDS)
        self.start_at = time.monotonic() + (2 ** (recent - 2) if recent > 1 else 0)
        self.tell(phase="starting", server=None, port=port, restarts=self.state.restarts + 1, error=reason.sentence)

    def distrust(self, server: Server, reason: Reason) -> None:
        """After a start that came to nothing, go on without the AOT cache; remove it if it may have broken Java."""
        self.trusted = self.trusted and reason.port_taken
        if server.aot is not None and reason.java_fault:
            logging.warning("removing the AOT cache %s", server.aot)
            server.aot.unlink(missing_ok=True)

    def end_children(self, seconds: float) -> None:
        """Stop the server and the training, whichever runs."""
        if self.trainer is not None:
            end_child(self.trainer, TRAINER_GRACE)
            self.trainer = None
        if self.server is not None:
            self.server.end(seconds)
            self.server = None


def was_refused(home: Home) -> bool:
    """Whether Java wrote that it could not use the AOT cache that it was given."""
    return re.search(r"\[error\s*\]\[aot", read_tail(home.server_log)) is not None


def end_leftover(state: State | None) -> None:
    """End the server of a supervisor that died without it (not on Linux, where the kernel does)."""
    process = state.server.find() if state is not None and state.server is not None else None
    if process is not None:
        logging.warning("ending process %d, left over by a supervisor that died", process.pid)
        end_process(process, GRACE)


def take_home(home: Home) -> int | None:
    """The home's lock, with this process's id in the file; None when another supervisor has it.

    Those who only look at the lock hold it for a moment, so this tries for two seconds.
    """
    deadline = time.monotonic() + LOCK_SECONDS
    while (descriptor := locks.take(home.supervisor_lock)) is None:
        if time.monotonic() > deadline:
            return None
        time.sleep(0.02)
    os.ftruncate(descriptor, 0)
    os.pwrite(descriptor, str(os.getpid()).encode(), 0)
    return descriptor


def main() -> int:
    """Detach, and supervise unless somebody does; the parent ends with 0 once there is a supervisor."""
    reader, writer = os.pipe()
    if os.fork():
        os.close(writer)
        return 0 if os.read(reader, 1) else 1
    os.close(reader)
    logging.basicConfig(level=logging.INFO, stream=sys.stderr, format="%(asctime)s supervisor %(process)d: %(message)s")
    settings = load_settings()
    descriptor = take_home(home_of(settings))
    supervisor = Supervisor(settings) if descriptor is not None else None
    os.write(writer, b"1")
    os.close(writer)
    if supervisor is not None:
        supervisor.run()
    return 0


if __name__ == "__main__":
    sys.exit(main())
