"""The template for a new event, the schema for editors, the lint; the commands as a person runs them."""

from pathlib import Path

import jsonschema_rs
import pytest
import yaml

from graphapi.cli import run
from graphapi.editing import NewEvent, data_file_schema, event_template, lint
from graphapi.errors import InputRefused
from graphapi.ingest.dataset import bundled_datasets, read_dataset
from graphapi.ontology import read_ontology
from graphapi.resources import folder
from tests.datasets import FACTS, write_dataset

SIDES = ("--side", "united-states", "--side", "china")


class PlainLoader(yaml.SafeLoader):
    """Reads dates as the texts that they are, as editors do."""


PlainLoader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in known if not tag.endswith(":timestamp")]
    for first, known in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def faults(text: str) -> list[str]:
    validator = jsonschema_rs.Draft202012Validator(data_file_schema(read_ontology()))
    return [f"{list(error.instance_path)}: {error.message}" for error in validator.iter_errors(yaml.load(text, Loader=PlainLoader))]


@pytest.mark.parametrize("file", [file for name in bundled_datasets() for file in sorted((folder("data") / name).glob("*.yaml"))], ids=str)
def test_schema_accepts_what_the_reader_accepts(file: Path) -> None:
    assert faults(file.read_text(encoding="utf-8")) == []


def test_schema_knows_corrections_and_what_is_withheld() -> None:
    lists = (
        "corrections:\n  - {id: ann, date: 2026-01-03, what: x, why: y}\nwithhold:\n  - {id: ann--LEADS--bo, date: 2026-01-03, why: y}\n"
    )
    assert faults(FACTS + lists) == []
    assert any("2026-01" in fault for fault in faults(FACTS + lists.replace("2026-01-03, what", "2026-01, what")))
    assert any("why" in fault for fault in faults(FACTS + lists.replace(", why: y", "")))


@pytest.mark.parametrize(
    ("broken", "told"),
    [
        (FACTS.replace("kind: round", "kind: rnd"), "rnd"),
        (FACTS.replace("  Person:", "  Persn:"), "Persn"),
        (FACTS.replace("ANNOUNCED_FOR", "WILL_COME"), "WILL_COME"),
        (FACTS.replace("side: a-land, evidence", "sides: a-land, evidence"), "sides"),
        (FACTS.replace("{start: ann, end: first-round, evidence: [report:p1]", "{start: ann, evidence: [report:p1]"), "end"),
        (FACTS.replace("id: bo,", "id: Bo B,"), "Bo B"),
    ],
    ids=["choice", "label", "type", "property", "missing end", "id"],
)
def test_schema_refuses_what_the_reader_refuses(broken: str, told: str) -> None:
    assert broken != FACTS
    assert any(told in fault for fault in faults(broken))


def test_schema_offers_the_ids_of_the_data_set(tmp_path: Path) -> None:
    read = read_dataset(write_dataset(tmp_path / "tiny"))
    offered = data_file_schema(read.ontology, read)["$defs"]
    assert offered["Person"]["anyOf"][0] == {"enum": ["ann", "bo"]}
    assert offered["Organization"]["anyOf"][0] == {"enum": ["a-land", "b-land"]}
    assert "report:p2" in offered["place"]["anyOf"][0]["enum"]


def test_new_writes_files_that_pass_the_check(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "paris"
    assert run(["new", "talks-paris-2027", "--in", str(target), "--date", "2027-01", *SIDES]) == 0
    assert run(["check", str(target)]) == 0
    assert run(["lint", str(target)]) == 0
    assert "talks-paris-2027: Nothing says who was at" in capsys.readouterr().out
    graph = read_dataset(target).graph
    assert {node.id for node in graph.nodes if node.label == "Delegation"} == {
        "united-states-at-talks-paris-2027",
        "china-at-talks-paris-2027",
    }
    assert (target / ".parley-schema.json").exists()
    assert faults((target / "talks-paris-2027.yaml").read_text(encoding="utf-8")) == []


def test_new_adds_to_a_data_set_and_takes_its_sides(tmp_path: Path) -> None:
    target = write_dataset(tmp_path / "tiny")
    assert run(["new", "second-round", "--in", str(target)]) == 0
    assert read_dataset(target).places["a-land-at-second-round"][0] == "second-round.yaml"


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (["first-round"], 1, "'first-round' is in the data set already: facts.yaml:"),
        (["second-round", "--side", "mars"], 1, "'mars' is no Country of the data set tiny."),
        (["second-round", "--date", "soon"], 1, "'soon' is not a date."),
        (["../second"], 1, "'../second' is no id."),
        (["facts"], 1, "facts.yaml is there already."),
    ],
    ids=["known event", "no country", "no date", "path for an id", "file is there"],
)
def test_new_refuses(arguments: list[str], code: int, told: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = write_dataset(tmp_path / "tiny")
    before = {file.name: file.read_bytes() for file in target.iterdir()}
    assert run(["new", *arguments, "--in", str(target)]) == code
    assert told in capsys.readouterr().err
    assert {file.name: file.read_bytes() for file in target.iterdir()} == before


def test_new_asks_who_meets(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["new", "a-round", "--in", str(tmp_path / "fresh")]) == 2
    assert "--side united-states --side china" in capsys.readouterr().err
    assert not (tmp_path / "fresh").exists()


def test_template_refuses_an_id_that_is_none() -> None:
    with pytest.raises(InputRefused, match="'A Round' is no id"):
        event_template(NewEvent(id="A Round", date="2027", sides=("a-land",)))


def found(tmp_path: Path, facts: str) -> set[tuple[str, str]]:
    return {(finding.rule, finding.id) for finding in lint(read_dataset(write_dataset(tmp_path / "tiny", facts)))}


POSTS = FACTS.replace(
    "  Round:\n",
    "  Post:\n    - {id: chair, name: Chair, evidence: [report:p1]}\n    - {id: clerk, name: Clerk, evidence: [report:p1]}\n  Round:\n",
)


def test_lint_of_a_clean_data_set_is_empty(tmp_path: Path) -> None:
    assert found(tmp_path, FACTS) == set()


def test_lint_finds_facts_without_evidence(tmp_path: Path) -> None:
    assert found(tmp_path, FACTS.replace("name: Bo, side: b-land, evidence: [report:p2]", "name: Bo, side: b-land")) == {
        ("no-evidence", "bo")
    }


def test_lint_finds_meetings_of_which_nothing_says_who_came(tmp_path: Path) -> None:
    silent = FACTS[: FACTS.index("relationships:")]
    assert found(tmp_path, silent) == {("no-attendance", "first-round")}


@pytest.mark.parametrize(
    ("one", "two", "expected"),
    [
        ("valid_from: 2020, valid_to: 2024", "valid_from: 2023-05, valid_to: 2026", {("two-holders", "bo--HOLDS--chair")}),
        ("valid_from: 2020, valid_to: 2022-12-31", "valid_from: 2026-01-01", set()),
        ("valid_from: 2020, valid_to: 2024", "valid_from: 2020, valid_to: 2024", {("two-holders", "bo--HOLDS--chair")}),
    ],
    ids=["overlap", "one after the other", "same years"],
)
def test_lint_finds_posts_with_two_holders_at_one_time(one: str, two: str, expected: set[tuple[str, str]], tmp_path: Path) -> None:
    undated = POSTS.replace("    date: 2025-06-08\n", "")
    holding = "    - {{start: {0}, end: chair, {1}, evidence: [report:p1]}}\n"
    facts = undated + "  HOLDS:\n" + holding.format("ann", one) + holding.format("bo", two)
    assert {one for one in found(tmp_path, facts) if one[0] == "two-holders"} == expected


def test_lint_finds_relationships_without_a_date(tmp_path: Path) -> None:
    undated = FACTS.replace("    date: 2025-06-08\n", "")
    assert ("undated", "ann--ANNOUNCED_FOR--first-round") in found(tmp_path, undated)


def test_lint_finds_evidence_that_does_not_name_the_ends(tmp_path: Path) -> None:
    facts = FACTS.replace("first round.}", "first round., names: [ann, first-round]}").replace(
        "stayed away.}", "stayed away., names: [bo]}"
    )
    assert found(tmp_path, facts) == {("ends-not-named", "bo--ABSENT_FROM--first-round")}
    implied = facts.replace("end: first-round, evidence: [report:p2]", "end: first-round, certainty: implied, evidence: [report:p2]")
    assert found(tmp_path, implied) == set()


def test_lint_finds_delegations_sent_nowhere(tmp_path: Path) -> None:
    facts = FACTS.replace(
        "  Round:\n", "  Delegation:\n    - {id: team, name: Team, list_complete: false, evidence: [report:p1]}\n  Round:\n"
    )
    assert found(tmp_path, facts) == {("not-sent", "team")}


def test_lint_says_where_each_thing_stands(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = write_dataset(tmp_path / "tiny", FACTS.replace("name: Bo, side: b-land, evidence: [report:p2]", "name: Bo, side: b-land"))
    assert run(["lint", str(target)]) == 0
    line = 1 + (target / "facts.yaml").read_text(encoding="utf-8").splitlines().index(
        "    - {id: bo, name: Bo, side: b-land, from: [raw-bo]}"
    )
    assert f"facts.yaml:{line}: bo: Nothing is named that shows Bo. [no-evidence]" in capsys.readouterr().out
