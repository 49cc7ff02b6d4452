"""The command line without a database: help, wrong usage, checking and drawing data sets."""

import csv
import io
import json
import shutil
import socket
import subprocess
from pathlib import Path

import pytest

from graphapi.resources import folder
from tests.integration.command_line import SCRIPT, environment, run

LONDON = "us-china-london-2025"
COMMANDS = [
    *("serve", "load", "unload", "check", "diff", "new", "schema", "lint", "verify"),
    *("stats", "search", "view", "export", "status", "stop"),
]


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    """A copy of the bundled data set with a wrong key on a known line."""
    copy = shutil.copytree(folder("data") / LONDON, tmp_path / "talks")
    (copy / "extra.yaml").write_text(
        "entities:\n  Person:\n    - id: somebody\n      name: Somebody\n      height: 180\n", encoding="utf-8"
    )
    return copy


@pytest.mark.parametrize("command", COMMANDS)
def test_help_names_and_explains_every_command(command: str, tmp_path: Path) -> None:
    assert f"\n  {command} " in run("--help", folder=tmp_path).stdout
    shown = run(command, "--help", folder=tmp_path)
    assert shown.returncode == 0
    assert shown.stdout.startswith(f"Usage: parley {command}")


def test_version_is_that_of_the_project(tmp_path: Path) -> None:
    assert run("--version", folder=tmp_path).stdout == "Parley 0.1.0\n"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("loda",), "Did you mean one of: 'load', 'unload'?"),
        (("load",), "Missing argument 'DATASET'"),
        (("view", LONDON), "Missing option '-o'"),
        (("serve", "--port", "seventy"), "'seventy' is not a valid integer"),
        (("serve", "--port", "70000"), "70000 is not in the range"),
        (("stats", "--format", "xml"), "'xml' is not one of"),
        (("serve", "--host", "nowhere.invalid"), "cannot listen on the address 'nowhere.invalid'"),
    ],
    ids=["command", "argument", "option", "no-number", "range", "choice", "host"],
)
def test_wrong_usage_ends_with_2_and_says_what(arguments: tuple[str, ...], said: str, tmp_path: Path) -> None:
    done = run(*arguments, folder=tmp_path)
    assert done.returncode == 2
    assert said in done.stderr
    assert done.stdout == ""


def test_wrong_setting_ends_with_2_and_names_variable_value_and_meaning(tmp_path: Path) -> None:
    done = run("status", folder=tmp_path, variables={"PARLEY_PORT": "abc"})
    assert done.returncode == 2
    assert all(word in done.stderr for word in ("PARLEY_PORT", "'abc'", "valid integer", "Port the service listens on"))
    assert "Traceback" not in done.stderr


def test_unknown_data_set_ends_with_1_and_names_the_bundled_ones(tmp_path: Path) -> None:
    done = run("check", "us-china-londn-2025", folder=tmp_path)
    assert done.returncode == 1
    assert "us-china-londn-2025" in done.stderr
    assert LONDON in done.stderr


def test_check_of_a_good_data_set_counts_it(tmp_path: Path) -> None:
    done = run("check", LONDON, folder=tmp_path)
    assert done.returncode == 0
    assert ["entities", "Person"] in [line.split()[:2] for line in done.stdout.splitlines()]
    assert done.stderr.endswith("no faults.\n")


def test_check_names_file_line_id_and_what_to_do(broken: Path, tmp_path: Path) -> None:
    done = run("check", "talks", folder=tmp_path)
    assert done.returncode == 1
    assert done.stdout.startswith("talks/extra.yaml:5: somebody: The key 'height' is not known here. Known: ")
    assert done.stderr == "talks: 1 fault.\n"


def test_check_as_json_and_csv_say_the_same(broken: Path, tmp_path: Path) -> None:
    as_json = json.loads(run("check", broken, "--format", "json", folder=tmp_path).stdout)
    as_csv = list(csv.DictReader(io.StringIO(run("check", broken, "--format", "csv", folder=tmp_path).stdout)))
    assert [fault["line"] for fault in as_json] == [5]
    assert [{name: str(value) for name, value in fault.items()} for fault in as_json] == as_csv


def test_refused_data_set_is_not_loaded_and_starts_no_database(broken: Path, tmp_path: Path) -> None:
    done = run("load", broken, folder=tmp_path)
    assert done.returncode == 1
    assert f"{broken}/extra.yaml:5: somebody:" in done.stderr
    assert not (tmp_path / "home").exists()


def test_view_draws_a_bundled_data_set_without_a_database(tmp_path: Path) -> None:
    done = run("view", LONDON, "-o", "london.html", folder=tmp_path)
    assert (done.returncode, done.stdout) == (0, "")
    page = (tmp_path / "london.html").read_text(encoding="utf-8")
    assert page.lower().startswith("<!doctype html>")
    assert "Howard Lutnick" in page
    assert sorted(path.name for path in tmp_path.iterdir()) == ["london.html"]


def test_view_into_a_folder_is_wrong_usage(tmp_path: Path) -> None:
    done = run("view", LONDON, "-o", ".", folder=tmp_path)
    assert done.returncode == 2
    assert "is a directory" in done.stderr


def test_view_to_a_place_that_is_not_there_ends_with_1(tmp_path: Path) -> None:
    done = run("view", LONDON, "-o", "nowhere/london.html", folder=tmp_path)
    assert done.returncode == 1
    assert done.stderr.startswith("parley: nowhere/london.html cannot be written: No such file or directory")


def test_reader_who_leaves_early_is_no_error(tmp_path: Path) -> None:
    with subprocess.Popen(
        [SCRIPT, "check", LONDON],
        cwd=tmp_path,
        env=environment(tmp_path / "home"),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        said = process.stderr.read()
    assert process.returncode == 0
    assert "Broken" not in said


def test_port_in_use_is_said_before_anything_is_started(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = run("serve", "--port", str(port), folder=tmp_path)
    assert done.returncode == 1
    assert f"Port {port} on 127.0.0.1 is in use by " in done.stderr
    assert f"--port {port + 1}" in done.stderr
    assert not (tmp_path / "home").exists()


def test_no_database_at_the_address_ends_with_3(tmp_path: Path) -> None:
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        uri = f"bolt://127.0.0.1:{nobody.getsockname()[1]}"
        done = run("stats", folder=tmp_path, variables={"NEO4J_URI": uri, "NEO4J_PASSWORD": "x"})
    assert done.returncode == 3
    assert uri in done.stderr


def test_status_of_a_home_that_was_never_used_starts_nothing(tmp_path: Path) -> None:
    done = run("status", "--format", "json", folder=tmp_path)
    assert done.returncode == 0
    assert json.loads(done.stdout)["phase"] == "stopped"
    assert not (tmp_path / "home").exists()


def test_stop_without_a_server_says_so(tmp_path: Path) -> None:
    done = run("stop", folder=tmp_path)
    assert done.returncode == 0
    assert done.stderr.startswith("No local Neo4j runs for ")
