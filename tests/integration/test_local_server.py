"""The life of a local server: started, shared, killed, brought back, given up and stopped; with real processes."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import psutil
import pytest
from neo4j import GraphDatabase
from neo4j.exceptions import AuthError, ClientError, DriverError, Neo4jError

from graphapi.errors import LocalServerFailed
from graphapi.local import Lease, LocalStatus, acquire, status, stop
from graphapi.settings import Settings, load_settings

HOLDER = """
import time
from graphapi.local import acquire
from graphapi.settings import load_settings
lease = acquire(load_settings())
print(lease.uri, flush=True)
time.sleep(600)
"""


def settings_of(home: Path) -> Settings:
    return load_settings(home=home, linger=0, neo4j_uri=None)


def ask(lease: Lease, query: str) -> object:
    with GraphDatabase.driver(lease.uri, auth=(lease.username, lease.password), max_transaction_retry_time=0) as driver:
        return driver.execute_query(query).records[0][0]


def wait_for(condition: Callable[[], bool], seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, f"did not come about within {seconds} s"
        time.sleep(0.05)


def lives(pid: int | None) -> bool:
    assert pid is not None
    return psutil.pid_exists(pid) and psutil.Process(pid).status() != psutil.STATUS_ZOMBIE


def answers(lease: Lease) -> bool:
    try:
        return ask(lease, "RETURN 1") == 1
    except (DriverError, Neo4jError):
        return False


def ready_status(settings: Settings) -> LocalStatus:
    found = status(settings)
    assert found.ready
    assert found.pid is not None
    assert found.supervisor_pid is not None
    return found


@contextmanager
def holder(settings: Settings) -> Iterator["subprocess.Popen[str]"]:
    environment = os.environ | {"PARLEY_HOME": str(settings.home), "PARLEY_CACHE": str(settings.cache), "PARLEY_LINGER": "0"}
    with subprocess.Popen([sys.executable, "-c", HOLDER], env=environment, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield process
        finally:
            process.kill()


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    settings = settings_of(tmp_path_factory.mktemp("local") / "a home: with blanks, £ and $(ü)")
    yield settings
    stop(settings)


@pytest.fixture
def lease(settings: Settings) -> Iterator[Lease]:
    with acquire(settings) as lease:
        yield lease


@pytest.fixture(scope="module", autouse=True)
def kept_up(settings: Settings) -> Iterator[None]:
    """One lease over the whole module, so that the server is started once for all tests that do not kill it."""
    with acquire(settings):
        yield


def test_server_answers_and_status_shows_it(lease: Lease, settings: Settings) -> None:
    assert ask(lease, "RETURN 1 + 1") == 2
    found = ready_status(settings)
    assert found.running
    assert found.uri == lease.uri
    assert found.users == 2
    assert found.jars_present == found.jars_total == 225
    assert found.data_bytes > 0
    assert found.error == ""


def test_second_user_gets_the_same_server(lease: Lease, settings: Settings) -> None:
    before = ready_status(settings)
    with acquire(settings) as second:
        assert (second.uri, second.password) == (lease.uri, lease.password)
        assert ready_status(settings).users == 3
    assert ready_status(settings).users == 2
    assert ready_status(settings).pid == before.pid


def test_server_is_closed_to_others(lease: Lease, settings: Settings) -> None:
    with pytest.raises(AuthError), GraphDatabase.driver(lease.uri, auth=("neo4j", "wrong")) as driver:
        driver.verify_connectivity()
    process = psutil.Process(ready_status(settings).pid)
    listening = {connection.laddr.ip for connection in process.net_connections("tcp") if connection.status == psutil.CONN_LISTEN}
    assert {address.removeprefix("::ffff:") for address in listening} == {"127.0.0.1"}
    assert lease.password not in " ".join(process.cmdline())
    assert settings.home.stat().st_mode & 0o777 == 0o700
    assert (settings.home / "password").stat().st_mode & 0o777 == 0o600


def test_server_sees_none_of_the_callers_secrets(settings: Settings) -> None:
    assert set(psutil.Process(ready_status(settings).pid).environ()) <= {"PATH", "HOME", "TZ", "LC_ALL", "CLASSPATH"}


@pytest.mark.parametrize("address", ["http://127.0.0.1:9/a.csv", "file:///etc/passwd"])
def test_queries_read_neither_addresses_nor_files(lease: Lease, address: str) -> None:
    with pytest.raises(ClientError):
        ask(lease, f"LOAD CSV FROM '{address}' AS row RETURN row")


def test_unreadable_state_file_is_written_anew(lease: Lease, settings: Settings) -> None:
    before = ready_status(settings)
    (settings.home / "state.json").write_text('{"phase": "rea')
    with acquire(settings) as second:
        assert second.uri == lease.uri
    assert ready_status(settings).pid == before.pid


def test_killed_server_comes_back_at_the_same_port_with_its_data(lease: Lease, settings: Settings) -> None:
    ask(lease, "CREATE (n:Kept) RETURN 1")
    before = ready_status(settings)
    os.kill(before.pid or 0, signal.SIGKILL)
    wait_for(lambda: answers(lease), 60)
    assert ask(lease, "MATCH (n:Kept) RETURN count(n)") == 1
    wait_for(lambda: status(settings).ready, 10)
    after = ready_status(settings)
    assert after.pid != before.pid
    assert after.restarts == before.restarts + 1


def test_server_dies_with_its_supervisor_and_the_next_user_gets_a_new_one(lease: Lease, settings: Settings) -> None:
    before = ready_status(settings)
    os.kill(before.supervisor_pid or 0, signal.SIGKILL)
    wait_for(lambda: not lives(before.pid), 5)
    assert not status(settings).running
    with acquire(settings) as second:
        assert second.uri == lease.uri
        assert ask(second, "RETURN 1") == 1
    assert ready_status(settings).supervisor_pid != before.supervisor_pid


def test_data_folder_in_use_is_said_so(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "password").write_text((settings.home / "password").read_text())
    (tmp_path / "neo4j").symlink_to(settings.home / "neo4j")
    with pytest.raises(LocalServerFailed, match="in use by another Neo4j") as failure:
        acquire(settings_of(tmp_path))
    assert str(tmp_path / "supervisor.log") in failure.value.hint
    assert status(settings_of(tmp_path)).phase == "failed"
    assert ready_status(settings).running


def test_stop_ends_everything_whoever_uses_it(settings: Settings) -> None:
    before = ready_status(settings)
    assert stop(settings)
    assert not lives(before.pid)
    assert not lives(before.supervisor_pid)
    assert not status(settings).running
    assert not stop(settings)


def test_password_that_is_not_the_databases_is_said_so(settings: Settings) -> None:
    path = settings.home / "password"
    right = path.read_text()
    path.write_text("not-the-password")
    try:
        with pytest.raises(LocalServerFailed, match="is not the one of the database"):
            acquire(settings)
        path.unlink()
        with pytest.raises(LocalServerFailed, match="is missing"):
            acquire(settings)
    finally:
        path.write_text(right)


def test_users_share_one_server_which_goes_when_they_are_killed_and_comes_back_for_the_next(tmp_path: Path) -> None:
    settings = settings_of(tmp_path / "home")
    with ExitStack() as stack:
        users = [stack.enter_context(holder(settings)) for _ in range(2)]
        addresses = {user.stdout.readline() for user in users if user.stdout is not None}
        found = ready_status(settings)
        assert addresses == {f"{found.uri}\n"}
        assert found.users == 2
        users[0].kill()
        wait_for(lambda: status(settings).users == 1, 5)
        assert lives(found.pid)
        users[1].kill()
    wait_for(lambda: status(settings).phase != "ready", 5)
    with acquire(settings) as lease:
        assert ask(lease, "RETURN 1") == 1
        assert not lives(found.pid)
        second = ready_status(settings)
        assert second.supervisor_pid != found.supervisor_pid
    wait_for(lambda: not lives(second.pid) and not lives(second.supervisor_pid), 20)
    assert status(settings).phase == "stopped"
