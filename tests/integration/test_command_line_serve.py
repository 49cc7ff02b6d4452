"""`parley serve` as a process: it serves, says where, and leaves nothing behind."""

import http.client
import json
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import psutil
import pytest

from tests.integration.command_line import SCRIPT, environment, run

SOON = 60


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder whose local Neo4j goes as soon as nobody uses it, and is gone after the tests."""
    folder = tmp_path_factory.mktemp("served")
    yield folder
    run("stop", folder=folder)


@contextmanager
def serving(folder: Path) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """Start the service on a free port; give it with the port when it says that it is ready."""
    variables = environment(folder / "home", {"PARLEY_LINGER": "0"})
    with (
        (folder / "log").open("w") as log,
        subprocess.Popen(
            [SCRIPT, "serve", "--port", "0"], cwd=folder, env=variables, stdout=subprocess.PIPE, stderr=log, text=True
        ) as process,
    ):
        assert process.stdout is not None
        line = process.stdout.readline()
        assert line.startswith("Parley is at http://127.0.0.1:"), (folder / "log").read_text()
        try:
            yield process, int(line.rstrip("/\n").rpartition(":")[2])
        finally:
            process.kill()


def get(port: int, path: str) -> tuple[int, str]:
    """Return status and body of a page."""
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=60)) as connection:
        connection.request("GET", path)
        answer = connection.getresponse()
        return answer.status, answer.read().decode()


def database(folder: Path) -> psutil.Process:
    """Return the java process that serves this home."""
    found = json.loads(run("status", "--format", "json", folder=folder).stdout)
    return psutil.Process(found["pid"])


def becomes(holds: Callable[[], bool]) -> bool:
    """Whether it holds within a while."""
    until = time.monotonic() + SOON
    while not holds() and time.monotonic() < until:
        time.sleep(0.1)
    return holds()


def test_service_loads_the_bundled_data_set_and_ctrl_c_ends_all_of_it(home: Path) -> None:
    with serving(home) as (process, port):
        java = database(home)
        status, page = get(port, "/")
        stats = json.loads(get(port, "/api/v1/stats")[1])
        process.send_signal(signal.SIGINT)
        ended = process.wait(30)
    assert ended == 130
    assert (status, "Howard Lutnick" in page) == (200, True)
    assert [dataset["id"] for dataset in stats["datasets"]] == ["us-china-london-2025"]
    assert becomes(lambda: not java.is_running())
    assert (home / "log").read_text().endswith("\nStopped.\n")


def test_second_service_says_who_has_the_port_and_the_first_ends_when_told(home: Path) -> None:
    with serving(home) as (process, port):
        second = run("serve", "--port", str(port), folder=home)
        process.terminate()
        ended = process.wait(30)
    assert (second.returncode, ended) == (1, 0)
    assert f"(process {process.pid})" in second.stderr


def test_killed_service_leaves_no_database(home: Path) -> None:
    with serving(home) as (process, _):
        java = database(home)
        process.kill()
    assert becomes(lambda: not java.is_running())
