"""Hostile data sets against a graph: what is refused changes nothing, what is harmless goes in and comes out as text."""

from pathlib import Path

import pytest

from graphapi.errors import InputRefused
from graphapi.export.csv_text import defuse
from graphapi.ingest import read_dataset
from graphapi.ingest.load import load
from graphapi.store import Store
from tests.conftest import Database
from tests.datasets import FACTS, HEAD, write_dataset
from tests.hostile import CASES, write_case
from tests.integration.command_line import run
from tests.integration.fingerprint import fingerprint

LARGE = ("repeat", "size", "link", "pipe")
REFUSED = [name for name, case in CASES.items() if "rule" in case and not any(key in case for key in LARGE)]
LOADED = [name for name, case in CASES.items() if "loads" in case]


def test_nothing_of_what_is_refused_is_loaded(store: Store, tmp_path: Path) -> None:
    load(store, read_dataset(write_dataset(tmp_path / "right", FACTS, HEAD.replace("1.0.0", "0.9.0"))))
    before = fingerprint(store)
    for number, name in enumerate(REFUSED):
        with pytest.raises(InputRefused):
            load(store, read_dataset(write_case(CASES[name], tmp_path / str(number))))
    assert fingerprint(store) == before


@pytest.mark.parametrize("case", ["a terminal's escape in a name", "a label that closes its quotes"])
def test_the_command_tells_file_and_line_and_ends_with_1(case: str, store: Store, database: Database, tmp_path: Path) -> None:
    before = fingerprint(store)
    folder = write_case(CASES[case], tmp_path / "hostile")
    variables = {"NEO4J_URI": database.uri, "NEO4J_USERNAME": database.username, "NEO4J_PASSWORD": database.password}
    done = run("load", folder, folder=tmp_path, variables=variables)
    assert (done.returncode, done.stdout) == (1, "")
    assert f"hostile.yaml:{CASES[case]['line']}: " in done.stderr
    assert "nothing was loaded" in done.stderr
    assert "\x1b" not in done.stderr
    assert fingerprint(store) == before


@pytest.mark.parametrize("case", LOADED)
def test_what_is_harmless_is_in_the_graph_as_text(case: str, store: Store, tmp_path: Path) -> None:
    load(store, read_dataset(write_case(CASES[case], tmp_path / "harmless")))
    found = store.execute_read("MATCH (node:Person {id: 'zed'}) RETURN node {.name, .aliases} AS node")[0]["node"]
    assert CASES[case]["loads"].items() <= found.items()


@pytest.mark.parametrize("case", [name for name in LOADED if "formula" in name])
def test_a_formula_is_defused_where_a_spreadsheet_would_run_it(case: str) -> None:
    name = CASES[case]["loads"]["name"]
    assert defuse(name) == f"'{name}"
