"""Query files of whoever runs Parley, asked over HTTP and on the command line."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from graphapi.settings import Settings
from graphapi.store import Store
from tests.conftest import serve
from tests.integration.command_line import run
from tests.integration.problem import problem

HEADER = """// title: Who leads what <script>
// description: Everybody who leads a delegation.
// parameters:
//   names: {type: texts, description: Names, example: [He Lifeng], default: null}
//   jointly: {type: boolean, description: Whether jointly, default: null}
//   least: {type: integer, description: The least, minimum: 0, default: 0}
//   since: {type: date, description: Since when, default: 2025}
// timeless: true
// returns:
//   person: {type: node, description: Who}
//   side: {type: text, label: Country, description: For whom}
//   how: {type: relationship, description: The relationship}
//   sources: {type: evidence, description: Places}
"""
TEXT = """MATCH (person:Person)-[how:LEADS]->(:Delegation)
WHERE ($names IS NULL OR person.name IN $names)
  AND ($jointly IS NULL OR coalesce(how.jointly, false) = $jointly)
  AND $least >= 0
  AND $since.earliest < date('2026-01-01')
RETURN person, person.side AS side, how, how.evidence AS sources
ORDER BY person.id, how.id
"""
SHORT = "// title: T\n// description: D\n// parameters: {}\n// timeless: true\n// returns:\n//   a: {type: %s, description: A}\n%s"
FILES = {
    "ours/who-leads.cypher": HEADER + TEXT,
    "ours/misspelt.cypher": SHORT % ("text", "MATCH (n)\nRETRN n.name AS a"),
    "ours/other-column.cypher": SHORT % ("text", "RETURN 1 AS b"),
    "ours/wrong-type.cypher": SHORT % ("entity", "RETURN 1 AS a"),
    "ours/dividing.cypher": SHORT % ("number", "MATCH (n:Person)\nRETURN 1 / (size(n.name) - size(n.name)) AS a"),
    "ours/many.cypher": SHORT % ("integer", "UNWIND range(1, 5000) AS a\nRETURN a"),
    "ours/writing.cypher": SHORT % ("text", "MATCH (n)\nDETACH DELETE n\nRETURN 1 AS a"),
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, content in FILES.items():
        (tmp_path / "queries" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "queries" / name).write_text(content, encoding="utf-8")
    return tmp_path / "queries"


@pytest.fixture
def own(london: Store, settings: Settings, folder: Path) -> Iterator[httpx.Client]:
    with (
        serve(settings.model_copy(update={"queries": folder}), london) as address,
        httpx.Client(base_url=address, timeout=30, trust_env=False) as client,
    ):
        yield client


def test_own_query_is_answered_like_one_of_ours(own: httpx.Client) -> None:
    body = own.get("/api/v1/queries/who-leads", params={"names": "He Lifeng, Nobody", "jointly": "false"}).json()
    assert body["parameters"] == {"names": ["He Lifeng", "Nobody"], "jointly": False, "least": 0, "since": "2025"}
    assert body["rows"][0]["person"] == {"id": "he-lifeng", "name": "He Lifeng"}
    assert body["rows"][0]["how"].startswith("he-lifeng--LEADS--")
    assert body["names"]["china"] == "China"
    assert own.get("/api/v1/queries/who-leads.csv").text.startswith("\ufeffperson,person_name,side,how,sources")


def test_own_query_has_a_page_whose_words_are_text(own: httpx.Client) -> None:
    page = own.get("/queries/who-leads").text
    assert "<h1>Who leads what &lt;script&gt;</h1>" in page
    assert '<select id="field-jointly"' in page
    assert '<input type="number" id="field-least"' in page
    assert 'href="/entities/he-lifeng"' in page


def test_list_tells_own_and_refused_files(own: httpx.Client) -> None:
    body = own.get("/api/v1/queries").json()
    assert {one["name"] for one in body["items"] if one["own"]} == {"who-leads", "other-column", "wrong-type", "dividing", "many"}
    assert [(one["file"], one["line"]) for one in body["refused"]] == [("ours/writing.cypher", 8), ("ours/misspelt.cypher", 8)]
    page = own.get("/queries").text
    assert "ours/misspelt.cypher:8" in page
    assert "ours/writing.cypher:8" in page


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("misspelt", "line 8"),
        ("writing", "DETACH"),
        ("other-column", "has a column a, which the text does not return"),
        ("wrong-type", "calls the column a entity"),
        ("dividing", "/ by zero"),
    ],
)
def test_file_that_cannot_be_run_is_a_problem_that_names_it(own: httpx.Client, name: str, says: str) -> None:
    assert says in problem(own.get(f"/api/v1/queries/{name}"), 400)["detail"]
    page = own.get(f"/queries/{name}", headers={"Accept": "text/html"})
    assert page.status_code == 400


def test_answer_is_cut_at_its_limit(own: httpx.Client) -> None:
    body = own.get("/api/v1/queries/many").json()
    assert (len(body["rows"]), body["truncated"]) == (1000, True)


@pytest.mark.parametrize(("name", "value"), [("jointly", "maybe"), ("least", "-1"), ("least", "x"), ("since", "soon")])
def test_wrong_value_is_refused_by_name(own: httpx.Client, name: str, value: str) -> None:
    assert problem(own.get("/api/v1/queries/who-leads", params={name: value}), 400)["parameter"] == name


def test_command_line_lists_and_asks_them(london: Store, folder: Path, tmp_path: Path, database_environment: dict[str, str]) -> None:
    variables = {name: value for name, value in database_environment.items() if name.startswith("NEO4J_")} | {"PARLEY_QUERIES": str(folder)}
    listed = run("queries", folder=tmp_path, variables=variables)
    assert "who-leads" in listed.stdout
    assert "Not taken up: ours/writing.cypher:8: DETACH" in listed.stderr
    asked = run("query", "who-leads", "names=He Lifeng", folder=tmp_path, variables=variables)
    assert (asked.returncode, "He Lifeng" in asked.stdout) == (0, True)
    refused = run("query", "other-column", folder=tmp_path, variables=variables)
    assert (refused.returncode, "Traceback" in refused.stderr) == (1, False)
