"""The questions on the command line."""

import csv
import io
import json
from pathlib import Path

import httpx
import pytest

from graphapi.store import Store
from tests.conftest import Database
from tests.integration.command_line import run

LONDON = "event=talks-london-2025-06-09"


@pytest.fixture
def filled(london: Store, database: Database) -> dict[str, str]:
    """Variables that name the tests' database, which holds London."""
    return {"NEO4J_URI": database.uri, "NEO4J_USERNAME": database.username, "NEO4J_PASSWORD": database.password}


def test_queries_are_listed_without_a_database(tmp_path: Path) -> None:
    done = run("queries", "--format", "json", folder=tmp_path)
    assert done.returncode == 0
    assert {"name": "attendees", "question": "Who was at an event", "parameters": "event=…"} in json.loads(done.stdout)


def test_query_prints_names_and_says_what_is_open(filled: dict[str, str], tmp_path: Path) -> None:
    done = run("query", "attendees", LONDON, folder=tmp_path, variables=filled)
    assert done.returncode == 0
    assert "Howard Lutnick  united-states  joint leader of the US delegation  US Commerce Secretary" in done.stdout
    assert "Our sources do not name everybody" in done.stderr


def test_query_as_json_is_the_answer_of_the_api(filled: dict[str, str], service: httpx.Client, tmp_path: Path) -> None:
    done = run("query", "attendees", LONDON, "--as-of", "2025-06", "--format", "json", folder=tmp_path, variables=filled)
    asked = {"event": "talks-london-2025-06-09", "as_of": "2025-06"}
    assert json.loads(done.stdout) == service.get("/api/v1/queries/attendees", params=asked).json()


def test_path_as_csv_has_ids_and_names(filled: dict[str, str], tmp_path: Path) -> None:
    done = run("path", "howard-lutnick", "export-controls", "--format", "csv", folder=tmp_path, variables=filled)
    rows = list(csv.DictReader(io.StringIO(done.stdout)))
    assert [row["to"] for row in rows] == ["post-us-commerce-secretary", "us-commerce", "us-export-controls", "export-controls"]
    assert rows[0]["from_name"] == "Howard Lutnick"


def test_path_that_is_none_says_so(filled: dict[str, str], tmp_path: Path) -> None:
    done = run("path", "howard-lutnick", "illicit-fentanyl", "--max-hops", "8", folder=tmp_path, variables=filled)
    assert done.returncode == 0
    assert "Our sources show no connection between Howard Lutnick and Illicit fentanyl trade within 8 steps" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (("query", "attendes", LONDON), 1, "Close to it: attendees"),
        (("query", "attendees"), 1, "The parameter event is missing."),
        (("query", "attendees", "talks"), 2, "Write KEY=VALUE"),
        (("query", "attendees", LONDON, LONDON), 2, "stands twice"),
        (("query", "attendees", "event=talks-londn"), 1, "talks-london-2025-06-09"),
        (("query", "attendees", LONDON, "--as-of", "soon"), 1, "as_of is 'soon'."),
        (("path", "howard-lutnick", "export-controls", "--max-hops", "9"), 1, "a whole number from 1 to 8"),
    ],
)
def test_wrong_question_is_explained(filled: dict[str, str], tmp_path: Path, arguments: tuple[str, ...], code: int, says: str) -> None:
    done = run(*arguments, folder=tmp_path, variables=filled)
    assert (done.returncode, done.stdout) == (code, "")
    assert says in done.stderr
