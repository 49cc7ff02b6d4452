"""parley cypher: the same guard at a terminal."""

import json
from pathlib import Path

import pytest

from graphapi.store import Store
from tests.integration.command_line import run


def test_rows_come_as_a_table_json_or_csv(london: Store, database_environment: dict[str, str], tmp_path: Path) -> None:
    query = "MATCH (n:Person {id: $id}) RETURN n, n.name AS name, [1, 'a'] AS list, null AS nothing"
    given = (query, "-p", "id=howard-lutnick")
    table = run("cypher", *given, folder=tmp_path, variables=database_environment)
    assert table.stdout.split("\n")[0].split() == ["n", "name", "list", "nothing"]
    assert table.stdout.split("\n")[1].startswith("howard-lutnick  Howard Lutnick")
    rows = run("cypher", *given, "--format", "csv", folder=tmp_path, variables=database_environment)
    assert rows.stdout == 'n,name,list,nothing\nhoward-lutnick,Howard Lutnick,"[1, ""a""]",\n'
    document = json.loads(run("cypher", *given, "--format", "json", folder=tmp_path, variables=database_environment).stdout)
    assert document["columns"] == ["n", "name", "list", "nothing"]
    assert document["rows"][0][0]["name"] == "Howard Lutnick"
    assert document["truncated"] is False


def test_parameters_are_json_or_else_text(london: Store, database_environment: dict[str, str], tmp_path: Path) -> None:
    done = run(
        *("cypher", "RETURN $a AS a, $b AS b, $c AS c", "-p", "a=[1, 2]", "-p", "b=x=y", "-p", 'c="1"', "--format", "json"),
        folder=tmp_path,
        variables=database_environment,
    )
    assert json.loads(done.stdout)["rows"] == [[[1, 2], "x=y", "1"]]


def test_a_query_can_stand_in_a_file(london: Store, database_environment: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "one.cypher").write_text("// mine\nRETURN 1 AS one;\n", encoding="utf-8")
    assert run("cypher", "--file", "one.cypher", folder=tmp_path, variables=database_environment).stdout == "one\n1\n"


def test_explain_prints_the_plan(london: Store, database_environment: dict[str, str], tmp_path: Path) -> None:
    done = run("cypher", "--explain", "MATCH (n:Person) RETURN count(n) AS c", folder=tmp_path, variables=database_environment)
    assert done.stdout.split("\n")[1].startswith("ProduceResults")
    assert done.stdout.split("\n")[2].startswith("  NodeCountFromCountStore")


def test_a_refusal_shows_the_place(london: Store, database_environment: dict[str, str], tmp_path: Path) -> None:
    done = run("cypher", "MATCH (n)\nDETACH DELETE n", folder=tmp_path, variables=database_environment)
    assert done.returncode == 1
    first, mark, message, _ = done.stderr.split("\n", 3)
    assert first == "line 2, column 1: DETACH DELETE n"
    assert mark.index("^") == first.index("DETACH")
    assert message.startswith("parley: DETACH changes the graph")


def test_a_cut_is_told(london: Store, database_environment: dict[str, str], tmp_path: Path) -> None:
    done = run("cypher", "UNWIND range(1, 2000) AS x RETURN x", folder=tmp_path, variables=database_environment)
    assert len(done.stdout.splitlines()) == 1001
    assert "the first 1,000 rows" in done.stderr


@pytest.mark.parametrize(
    "arguments",
    [(), ("RETURN 1", "--file", __file__), ("RETURN 1", "-p", "x"), ("RETURN 1", "-p", "=1")],
    ids=["nothing", "both", "no value", "no name"],
)
def test_wrong_usage_ends_with_2(arguments: tuple[str, ...], tmp_path: Path) -> None:
    done = run("cypher", *arguments, folder=tmp_path)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("value", ["NaN", "9223372036854775808", '"\\ud800"', "[[[[[[[[[1]]]]]]]]]"])
def test_a_bad_parameter_is_refused(london: Store, database_environment: dict[str, str], tmp_path: Path, value: str) -> None:
    done = run("cypher", "RETURN $p", "-p", f"p={value}", folder=tmp_path, variables=database_environment)
    assert (done.returncode, done.stdout) == (1, "")
    assert "The parameter 'p'" in done.stderr
