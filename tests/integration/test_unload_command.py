"""The command line over several data sets: by name or folder in, by id out."""

import json
import subprocess
from pathlib import Path

import pytest

from graphapi.ingest import bundled_datasets
from graphapi.store import Store
from tests.conftest import Database
from tests.datasets import OVERLAP
from tests.integration.command_line import SCRIPT, environment, run
from tests.integration.fingerprint import fingerprint


@pytest.fixture
def variables(store: Store, database: Database, tmp_path: Path) -> dict[str, str]:
    """Variables that name the tests' database, into which north and south were loaded from the command line."""
    found = {"NEO4J_URI": database.uri, "NEO4J_USERNAME": database.username, "NEO4J_PASSWORD": database.password}
    for name in ("north", "south"):
        assert run("load", OVERLAP / name, folder=tmp_path, variables=found).returncode == 0
    return found


def test_removal_without_a_terminal_needs_yes(store: Store, variables: dict[str, str], tmp_path: Path) -> None:
    before = fingerprint(store)
    done = run("unload", "south", folder=tmp_path, variables=variables)
    assert done.returncode == 130
    assert "Removing south 3.1.0 (The ferry talks, as the south tells them):" in done.stderr
    assert "1 that others mention stay as stubs" in done.stderr
    assert fingerprint(store) == before
    done = run("unload", "south", "--yes", folder=tmp_path, variables=variables)
    assert (done.returncode, done.stdout) == (0, "")
    assert "Removed south 3.1.0; the graph is now at version 3." in done.stderr
    assert fingerprint(store) != before


@pytest.mark.parametrize(("answer", "code", "removed"), [("y\n", 0, True), ("n\n", 130, False)])
def test_it_asks_first(answer: str, code: int, removed: bool, store: Store, variables: dict[str, str], tmp_path: Path) -> None:
    before = fingerprint(store)
    command = [SCRIPT, "unload", "north"]
    done = subprocess.run(
        command, input=answer, env=environment(tmp_path, variables), capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == code
    assert "Remove it?" in done.stderr
    assert (fingerprint(store) != before) is removed


def test_a_rehearsal_lists_what_would_go(store: Store, variables: dict[str, str], tmp_path: Path) -> None:
    before = fingerprint(store)
    done = run("unload", "south", "--dry-run", "--format", "json", folder=tmp_path, variables=variables)
    report = json.loads(done.stdout)
    assert (done.returncode, report["stubs"], report["dry_run"]) == (0, ["ferry-toll"], True)
    assert "cy-ode" in report["removed"]
    assert fingerprint(store) == before


def test_an_unknown_id_lists_what_the_graph_holds(variables: dict[str, str], tmp_path: Path) -> None:
    done = run("unload", "west", "--yes", folder=tmp_path, variables=variables)
    assert done.returncode == 1
    assert "'west'" in done.stderr
    assert "The graph holds: north, south." in done.stderr


@pytest.mark.parametrize("command", ["load", "check"])
def test_an_unknown_name_lists_the_bundled_data_sets(command: str, tmp_path: Path) -> None:
    done = run(command, "us-china-2019", folder=tmp_path)
    assert done.returncode == 1
    assert "There is no data set 'us-china-2019'" in done.stderr
    assert f"a bundled data set: {', '.join(bundled_datasets())}." in done.stderr


@pytest.mark.parametrize("name", bundled_datasets())
def test_every_bundled_data_set_has_no_fault(name: str, tmp_path: Path) -> None:
    done = run("check", name, folder=tmp_path)
    assert (done.returncode, done.stderr.splitlines()[-1].endswith("no faults.")) == (0, True)


def test_a_bundled_name_is_that_and_a_path_is_a_folder(tmp_path: Path) -> None:
    name = bundled_datasets()[0]
    (tmp_path / name).mkdir()
    (tmp_path / name / "dataset.yaml").write_text("- nothing\n", encoding="utf-8")
    assert run("check", name, folder=tmp_path).returncode == 0
    assert run("check", f"./{name}", folder=tmp_path).returncode == 1
