"""One run of the Neo4j server: its start, whether it answers, why it ended."""

import random
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from graphapi.errors import LocalServerFailed
from graphapi.local.configuration import lost_password_hint, make_password, read_password, write_configuration
from graphapi.local.java import java_environment, server_command, set_first_password
from graphapi.local.places import Cache, Home, check_space, explained
from graphapi.local.probe import REFUSED
from graphapi.local.processes import Command, end_child, start_child
from graphapi.settings import Settings

PORTS = range(20000, 32000)
TAIL_BYTES = 20000
JAVA_FAULTS = {signal.SIGABRT, signal.SIGSEGV, signal.SIGBUS, signal.SIGILL}


class Condition(Enum):
    """What a look at the server shows."""

    STARTING = "starting"
    READY = "ready"
    REFUSING = "refusing"
    ENDED = "ended"


@dataclass
class Server:
    """A server that was started, with the process that asks it for its first answer."""

    java: "subprocess.Popen[bytes]"
    probe: "subprocess.Popen[bytes]"
    port: int
    began: float
    aot: Path | None

    def look(self) -> Condition:
        """Whether it answers by now; it is never asked again once it did."""
        if self.java.poll() is not None:
            return Condition.ENDED
        answer = self.probe.poll()
        if answer is None:
            return Condition.STARTING
        return {0: Condition.READY, REFUSED: Condition.REFUSING}.get(answer, Condition.ENDED)

    def end(self, seconds: float) -> None:
        """Stop it, killing what is left after `seconds`; 0 kills at once."""
        end_child(self.probe, 0)
        end_child(self.java, seconds)


def start_server(settings: Settings, cache: Cache, home: Home, port: int, aot: Path | None) -> Server:
    """Start the server of this home, with this AOT cache if any; a new home gets its password first.

    Raises LocalServerFailed when it cannot even be tried.
    """
    check_space(home)
    write_configuration(home, settings, port)
    if make_password(home):
        set_first_password(cache, home)
    options = [f"-XX:AOTCache={aot}"] if aot else []
    java = run_java(cache, home, server_command(cache, home, settings.heap, options))
    probe = start_child(
        Command([sys.executable, "-m", "graphapi.local.probe", str(port)], reads=read_password(home)), output=home.supervisor_log
    )
    return Server(java, probe, port, time.monotonic(), aot)


def run_java(cache: Cache, home: Home, words: Sequence[str]) -> "subprocess.Popen[bytes]":
    """Run Java among the jars, its output in the home's server log, which begins anew."""
    with explained(home.server_log):
        home.server_log.write_bytes(b"")
    with explained(Path(words[0])):
        return start_child(Command(words, folder=cache.jars, environment=java_environment()), output=home.server_log)


def choose_port(last: int | None) -> int:
    """A free port on 127.0.0.1: the last one if it still is, so that clients of an earlier server find this one.

    The range lies below those from which kernels give ports to outgoing connections: there, a client that keeps
    trying a server that is down can connect to itself and keep the port.
    """
    candidates = random.sample(PORTS, 200)
    for port in candidates if last is None else [last, *candidates]:
        if is_free(port):
            return port
    raise LocalServerFailed(f"No port from {PORTS.start} to {PORTS.stop - 1} is free on 127.0.0.1.")


def is_free(port: int) -> bool:
    """Whether a server could listen there now."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as attempt:
        attempt.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            attempt.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


@dataclass(frozen=True)
class Reason:
    """Why a server ended: a sentence, what to do, whether trying again is of no use, another port helps, Java itself broke."""

    sentence: str
    hint: str = ""
    lasting: bool = False
    port_taken: bool = False
    java_fault: bool = False


def explain_end(home: Home, server: Server) -> Reason:
    """Read from what the server wrote why it ended."""
    text = read_tail(home.server_log) + read_tail(home.neo4j / "logs" / "neo4j.log")
    code = server.java.returncode
    ending = f"killed by signal {-code}" if code < 0 else f"exit code {code}"
    if re.search(r"FileLockException|StoreLockException|store_lock", text):
        return Reason(
            f"The data folder {home.data} is in use by another Neo4j.", "Stop that one, or set PARLEY_HOME to another folder.", lasting=True
        )
    if re.search(r"Address already in use|BindException|PortBindException", text):
        return Reason(f"Port {server.port} of 127.0.0.1 was taken by another program.", port_taken=True)
    if "No space left on device" in text:
        return Reason(f"The disk that holds {home.root} is full.", lasting=True)
    if re.search(r"Could not reserve enough space|Too small maximum heap|Invalid maximum heap|insufficient memory for the Java", text):
        return Reason(
            "Java did not get the memory it was to have.", "PARLEY_HEAP and PARLEY_PAGE_CACHE say how much that is.", lasting=True
        )
    if "OutOfMemoryError" in text:
        return Reason("The server used up its memory.", "PARLEY_HEAP allows it more.")
    return Reason(f"The server ended by itself ({ending}).{_last_error(text)}", java_fault=-code in JAVA_FAULTS)


def explain_refusal(home: Home) -> Reason:
    """Why the server does not take the home's password."""
    return Reason(f"The password in {home.password} is not the one of the database.", lost_password_hint(home), lasting=True)


def read_tail(path: Path) -> str:
    """The end of a file that may not be there."""
    try:
        with path.open("rb") as stream:
            stream.seek(max(0, path.stat().st_size - TAIL_BYTES))
            return stream.read().decode(errors="replace")
    except FileNotFoundError:
        return ""


def _last_error(text: str) -> str:
    errors = [line.strip() for line in text.splitlines() if re.search(r"\bERROR\b|^Error|^Caused by", line)]
    return f" It said: {errors[-1][:300]}" if errors else ""
