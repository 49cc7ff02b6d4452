"""Reading a data set: what is right comes out typed, what is wrong is refused with file, line and what to do."""

from pathlib import Path

import pytest

from graphapi.errors import DatasetRefused, Fault, InputRefused
from graphapi.ingest import read_dataset
from tests.datasets import FACTS, HEAD, write_dataset


def faults(folder: Path) -> tuple[Fault, ...]:
    with pytest.raises(DatasetRefused) as refused:
        read_dataset(folder)
    return refused.value.faults


def test_a_small_data_set_becomes_its_graph(tmp_path: Path) -> None:
    graph = read_dataset(write_dataset(tmp_path)).graph
    assert [node.id for node in graph.nodes] == ["a-land", "ann", "b-land", "bo", "first-round", "report", "report:p1", "report:p2"]
    assert {relationship.id for relationship in graph.relationships} == {
        "ann--ANNOUNCED_FOR--first-round",
        "bo--ABSENT_FROM--first-round",
        "report:p1--FROM--report",
        "report:p2--FROM--report",
    }
    first_round = graph.nodes[4]
    assert first_round.labels == ("Entity", "Event", "Round")
    assert first_round.properties["precision"] == "month"
    assert str(graph.relationships[0].properties["seen_from"]) == "2025-06-08"


def test_two_accounts_of_a_date_are_both_kept_and_the_field_is_disputed(tmp_path: Path) -> None:
    two = "date: [{value: 2025-05-11, evidence: [report:p2]}, {value: 2025-05-10, evidence: [report:p1]}]"
    graph = read_dataset(write_dataset(tmp_path, FACTS.replace("date: 2025-05,", two + ","))).graph
    first_round = graph.nodes[4]
    assert first_round.properties["date"] == "2025-05-11"
    assert first_round.properties["disputed"] == ["date"]
    assert len(first_round.properties["values"]) == 2  # type: ignore[arg-type]


def test_the_better_graded_source_is_shown_first(tmp_path: Path) -> None:
    official = "sources:\n  - {id: text, name: The text, kind: official-text, grade: A, paragraphs: {p1: {summary: Dates it.}}}\n"
    two = "date: [{value: 2025-05-11, evidence: [report:p2]}, {value: 2025-05-10, evidence: [text:p1]}]"
    facts = FACTS.replace("date: 2025-05,", two + ",").replace("sources:\n", official)
    first_round = next(node for node in read_dataset(write_dataset(tmp_path, facts)).graph.nodes if node.id == "first-round")
    assert first_round.properties["date"] == "2025-05-10"


REFUSED = {
    "an alias": ("{id: ann, name: Ann,", "{id: ann, name: &n Ann, aliases: [*n],", 15, "Anchors"),
    "a tag": ("name: Ann,", "name: !!python/object/apply:os.system [id],", 15, "tag"),
    "a key twice": ("name: Ann,", "name: Ann, name: Anna,", 15, "stands twice"),
    "a second document": ("relationships:\n", "---\nrelationships:\n", 19, "second document"),
    "an unknown key": ("name: Ann,", "name: Ann, nmae: Anna,", 15, "'nmae'"),
    "an unknown label": ("  Person:\n", "  Persn:\n", 14, "'Persn'"),
    "an unknown type": ("  ABSENT_FROM:\n", "  WAS_NOT_AT:\n", 22, "'WAS_NOT_AT'"),
    "an id twice": ("{id: bo,", "{id: ann,", 16, "stands twice"),
    "a dangling end": ("{start: bo,", "{start: bob,", 23, "no entity 'bob'"),
    "a wrong end point": ("{start: bo, end: first-round", "{start: bo, end: a-land", 23, "cannot run from a Person to a Country"),
    "no evidence": ("end: first-round, evidence: [report:p2],", "end: first-round,", 23, "no evidence"),
    "evidence of no source": ("side: b-land, evidence: [report:p2]", "side: b-land, evidence: [repotr:p2]", 16, "names no source"),
    "evidence of no paragraph": ("side: b-land, evidence: [report:p2]", "side: b-land, evidence: [report:p9]", 16, "no place 'p9'"),
    "a wrong date": ("date: 2025-05,", "date: 2025-02-30,", 18, "is not a date"),
    "a side that is no country": ("side: b-land,", "side: ann,", 16, "which is a Person"),
    "a choice that is none": ("kind: round,", "kind: banquet,", 18, "not among its choices"),
    "a raw record twice": ("from: [raw-bo]", "from: [raw-ann]", 16, "already in the from list of ann"),
    "an id with Cypher in it": ("{id: bo,", "{id: 'bo`) DETACH DELETE n //',", 16, "is no id"),
    "a value without content": ("name: Bo,", "name: ,", 16, "has no value"),
    "a link that runs": ("name: Bo,", "name: Bo, url: 'javascript:alert(1)',", 16, "no http or https"),
    "an invisible character": ("name: Bo,", 'name: "B\u202eo",', 16, "U+202E"),
    "a property that loading works out": ("name: Bo,", "name: Bo, disputed: [name],", 16, "'disputed'"),
    "a list where a record belongs": ("    - {id: bo,", "    - [id]\n    - {id: bo,", 16, "keys and values"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_is_refused_with_file_and_line(case: str, tmp_path: Path) -> None:
    old, new, line, message = REFUSED[case]
    assert old in FACTS
    found = faults(write_dataset(tmp_path, FACTS.replace(old, new)))
    assert any(fault.file == "facts.yaml" and fault.line == line and message in fault.message for fault in found), [str(f) for f in found]


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    bent = (
        FACTS.replace("date: 2025-05,", "date: soon,").replace("{start: bo,", "{start: bob,").replace("kind: news-report", "kind: rumour")
    )
    assert {fault.line for fault in faults(write_dataset(tmp_path, bent))} == {4, 18, 23}


def test_a_misspelt_group_is_one_fault_and_not_one_a_reference(tmp_path: Path) -> None:
    assert [fault.line for fault in faults(write_dataset(tmp_path, FACTS.replace("  Person:\n", "  Persn:\n")))] == [14]


@pytest.mark.parametrize(
    ("head", "message"),
    [
        (HEAD.replace("  version: 1.0.0\n", ""), "lacks version"),
        (HEAD.replace("format: 1", "format: 2"), "'2' is not known"),
        (HEAD.replace("b-land]", "c-land]"), "'c-land' is no Country"),
        (HEAD.replace("id: tiny", "id: Tiny Set"), "is no id"),
        ("- a\n- b\n", "must begin with keys"),
        ("", "is empty"),
    ],
)
def test_a_wrong_head_is_refused(head: str, message: str, tmp_path: Path) -> None:
    found = faults(write_dataset(tmp_path, head=head))
    assert any(fault.file == "dataset.yaml" and message in fault.message for fault in found), [str(f) for f in found]


def test_what_is_no_utf8_is_refused_with_its_line(tmp_path: Path) -> None:
    folder = write_dataset(tmp_path)
    (folder / "facts.yaml").write_bytes(b"entities:\n  # caf\xe9\n")
    assert "facts.yaml:2:" in str(faults(folder)[0])


def test_a_huge_file_is_refused_unread(tmp_path: Path) -> None:
    folder = write_dataset(tmp_path)
    with (folder / "facts.yaml").open("wb") as file:
        file.truncate(17 * 1024 * 1024)
    assert "at most 16,777,216" in faults(folder)[0].message


def test_deep_nesting_is_refused(tmp_path: Path) -> None:
    assert "nested" in faults(write_dataset(tmp_path, "entities: " + "[" * 5000 + "]" * 5000))[0].message


def test_an_unknown_data_set_lists_the_bundled_ones() -> None:
    with pytest.raises(InputRefused, match="us-china-london-2025"):
        read_dataset("us-china-londn-2025")
