"""The command line over a graph: loading, counting, drawing it."""

import csv
import io
import json
import re
import shutil
from pathlib import Path

import httpx
import pytest

from graphapi.resources import folder
from graphapi.store import Store
from tests.conftest import Database
from tests.integration.command_line import run

LONDON = "us-china-london-2025"


@pytest.fixture
def empty(store: Store, database: Database) -> dict[str, str]:
    """Variables that name the tests' database, which is empty."""
    return named(database)


@pytest.fixture
def filled(london: Store, database: Database) -> dict[str, str]:
    """Variables that name the tests' database, which holds London."""
    return named(database)


def named(database: Database) -> dict[str, str]:
    return {"NEO4J_URI": database.uri, "NEO4J_USERNAME": database.username, "NEO4J_PASSWORD": database.password}


@pytest.fixture
def changed(tmp_path: Path) -> Path:
    """The bundled data set as another version, in which one person has a note."""
    copy = shutil.copytree(folder("data") / LONDON, tmp_path / "talks")
    people = (copy / "people.yaml").read_text(encoding="utf-8")
    (copy / "people.yaml").write_text(
        people.replace("    - id: he-lifeng\n", "    - id: he-lifeng\n      note: Checked again.\n", 1), encoding="utf-8"
    )
    head = (copy / "dataset.yaml").read_text(encoding="utf-8")
    (copy / "dataset.yaml").write_text(head.replace("version: 1.1.0", "version: 1.1.1", 1), encoding="utf-8")
    return copy


def test_load_says_what_it_did_and_repeats_without_change(empty: dict[str, str], tmp_path: Path) -> None:
    first = run("load", LONDON, folder=tmp_path, variables=empty)
    again = run("load", LONDON, folder=tmp_path, variables=empty)
    assert (first.returncode, first.stdout) == (0, "")
    assert re.fullmatch(rf"{LONDON} 1\.1\.0: \d+ added, 0 changed, 0 removed; the graph is now at version 1\.\n", first.stderr)
    assert again.stderr == f"{LONDON} 1.1.0: nothing differs from the graph; it stays at version 1.\n"


def test_new_version_prints_exactly_what_differs(empty: dict[str, str], changed: Path, tmp_path: Path) -> None:
    run("load", LONDON, folder=tmp_path, variables=empty)
    rehearsed = run("load", changed, "--dry-run", folder=tmp_path, variables=empty)
    loaded = run("load", changed, "--format", "csv", folder=tmp_path, variables=empty)
    assert "1.1.1: a load would mean 0 added, 1 changed, 0 removed; nothing was changed." in rehearsed.stderr
    assert loaded.stdout == "change,id\nchanged,he-lifeng\n"
    assert loaded.stderr.endswith("0 added, 1 changed, 0 removed; the graph is now at version 2.\n")


def test_stats_count_what_the_data_set_holds(filled: dict[str, str], tmp_path: Path) -> None:
    held = run("check", LONDON, folder=tmp_path)
    counted = run("stats", folder=tmp_path, variables=filled)
    assert counted.returncode == 0
    assert counted.stdout == held.stdout


def test_stats_as_json_are_those_of_the_api_and_csv_agrees(filled: dict[str, str], service: httpx.Client, tmp_path: Path) -> None:
    as_json = json.loads(run("stats", "--format", "json", folder=tmp_path, variables=filled).stdout)
    as_csv = csv.DictReader(io.StringIO(run("stats", "--format", "csv", folder=tmp_path, variables=filled).stdout))
    assert as_json == service.get("/api/v1/stats").json()
    assert {row["name"]: int(row["count"]) for row in as_csv if row["what"] == "relationships"} == as_json["relationships"]


def test_view_without_a_data_set_draws_the_graph(filled: dict[str, str], tmp_path: Path) -> None:
    done = run("view", "-o", "graph.html", folder=tmp_path, variables=filled)
    assert (done.returncode, done.stdout) == (0, "")
    assert "Howard Lutnick" in (tmp_path / "graph.html").read_text(encoding="utf-8")


def test_wrong_password_ends_with_3_and_names_the_setting(filled: dict[str, str], tmp_path: Path) -> None:
    done = run("stats", folder=tmp_path, variables={**filled, "NEO4J_PASSWORD": "not-it"})
    assert done.returncode == 3
    assert "NEO4J_PASSWORD" in done.stderr
    assert "not-it" not in done.stderr
