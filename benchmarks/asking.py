"""Asks one address again and again over connections that stay open, in a process of its own: requests a second, and how long each took.

One thread waits for all connections at once, which takes less of a core than a thread each; what it took itself is told with the rest, so
that a figure which it would have bounded shows.
"""

import json
import select
import socket
import statistics
import subprocess
import sys
import time
from dataclasses import asdict, dataclass
from urllib.parse import urlsplit


@dataclass(frozen=True)
class Load:
    """What is asked: method, address, body and further headers; by so many clients, for so many seconds."""

    address: str
    clients: int = 4
    seconds: float = 4.0
    body: str = ""
    headers: tuple[str, ...] = ()

    @property
    def request(self) -> bytes:
        """The request as it goes over the wire."""
        parts = urlsplit(self.address)
        target = f"{parts.path}?{parts.query}" if parts.query else parts.path
        lines = [f"{'POST' if self.body else 'GET'} {target} HTTP/1.1", f"Host: {parts.netloc}", "Accept: application/json", *self.headers]
        if self.body:
            lines += ["Content-Type: application/json", f"Content-Length: {len(self.body.encode())}"]
        return ("\r\n".join(lines) + "\r\n\r\n" + self.body).encode()


@dataclass(frozen=True)
class Pace:
    """Requests a second, median and 95th percentile in ms, and how much of its one core the asking took."""

    rate: float
    p50: float
    p95: float
    busy: float


def measure(load: Load) -> Pace:
    """Ask in a process of its own; raises CalledProcessError, with what was answered, for any status but 200 and 202."""
    words = [sys.executable, "-m", "benchmarks.asking", json.dumps(asdict(load))]
    return Pace(**json.loads(subprocess.run(words, stdout=subprocess.PIPE, text=True, check=True).stdout))


def pace_of(times: list[float], seconds: float, busy: float) -> Pace:
    """Return the pace of answers that took these seconds each."""
    marks = statistics.quantiles(times, n=20)
    return Pace(len(times) / seconds, statistics.median(times) * 1000, marks[18] * 1000, busy)


class Line:
    """One connection with the answer that is coming in over it."""

    def __init__(self, load: Load) -> None:
        parts = urlsplit(load.address)
        self.socket = socket.create_connection((parts.hostname or "", parts.port or 80))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._request = load.request
        self._answer = b""
        self._began = 0.0
        self._missing = 0

    def ask(self) -> None:
        """Send the request."""
        self._answer, self._missing, self._began = b"", 0, time.perf_counter()
        self.socket.sendall(self._request)

    def take(self) -> float | None:
        """Take what came; the seconds since the request when it was the last of the answer."""
        part = self.socket.recv(262_144)
        if not part:
            raise ConnectionError("the connection was closed")
        if self._missing > 0:
            self._missing -= len(part)
        else:
            self._answer += part
            self._missing = self._left()
        return time.perf_counter() - self._began if self._missing == 0 else None

    def _left(self) -> int:
        """Return the bytes of the answer that are still to come; -1 while that is not known."""
        head, end, body = self._answer.partition(b"\r\n\r\n")
        if not end:
            return -1
        if head[9:12] not in (b"200", b"202"):
            raise RuntimeError(self._answer.decode(errors="replace"))
        lowered = head.lower()
        found = lowered.find(b"content-length:")
        if found >= 0:
            return int(lowered[found + 15 :].split(b"\r\n", 1)[0]) - len(body)
        return 0 if body.endswith(b"0\r\n\r\n") else -1


def ask(load: Load) -> Pace:
    """Ask until the time is over, and let the last answers come in."""
    lines = {line.socket.fileno(): line for line in (Line(load) for _ in range(load.clients))}
    waiting = select.epoll()
    for number, line in lines.items():
        waiting.register(number, select.EPOLLIN)
        line.ask()
    times: list[float] = []
    began, used = time.perf_counter(), time.process_time()
    deadline, open_lines = began + load.seconds, len(lines)
    while open_lines:
        for number, _ in waiting.poll():
            took = lines[number].take()
            if took is None:
                continue
            times.append(took)
            if time.perf_counter() < deadline:
                lines[number].ask()
            else:
                open_lines -= 1
    seconds = time.perf_counter() - began
    return pace_of(times, seconds, (time.process_time() - used) / seconds)


def main(text: str) -> None:
    """Ask as the JSON of a load says, and print the pace as JSON."""
    given = json.loads(text)
    print(json.dumps(asdict(ask(Load(**given | {"headers": tuple(given["headers"])})))))


if __name__ == "__main__":
    main(sys.argv[1])
