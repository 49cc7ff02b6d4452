"""Two versions of a data set, compared field by field."""

import subprocess
from pathlib import Path

import pytest

from graphapi.ingest import read_dataset
from graphapi.ingest.changes import HEAD as HEAD_FILE
from graphapi.ingest.changes import compare, compare_heads, count_changes
from tests.datasets import FACTS, HEAD, write_dataset
from tests.integration.command_line import run

PAIR = "    - {start: bo, end: first-round, evidence: [report:p2], from: [raw-2]}\n"


def changes(folder: Path, facts: str) -> list[tuple[str, str, str | None, str | None, str | None]]:
    old = read_dataset(write_dataset(folder / "old"))
    new = read_dataset(write_dataset(folder / "new", facts))
    return [(one.change, one.id, one.field, one.old, one.new) for one in compare(old.statements, new.statements)]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("date: 2025-05,", "date: 2025-05-10,", [("changed", "first-round", "date", "2025-05", "2025-05-10")]),
        ("name: Ann,", "name: Ann, aliases: [A, B],", [("changed", "ann", "aliases", None, "A; B")]),
        (
            "{id: ann, name: Ann, side: a-land, evidence: [report:p1]",
            "{id: ann, name: Ann, side: a-land, evidence: [report:p1, report:p2]",
            [("changed", "ann", "evidence", "report:p1", "report:p1; report:p2")],
        ),
        (
            "date: 2025-05,",
            "date: {value: 2025-05, basis: resolved, wording: in May},",
            [("changed", "first-round", "date.basis", None, "resolved"), ("changed", "first-round", "date.wording", None, "in May")],
        ),
        (PAIR, PAIR.replace("bo", "ann"), [
            ("added", "ann--ABSENT_FROM--first-round", None, None, "ABSENT_FROM"),
            ("removed", "bo--ABSENT_FROM--first-round", None, "ABSENT_FROM", None),
        ]),
        (", from: [raw-ann]}", "}", [("changed", "ann", "raw", "raw-ann", None)]),
        ("", "", []),
    ],
    ids=["value", "new-property", "evidence", "how-it-is-known", "relationship", "raw", "nothing"],
)  # fmt: skip
def test_each_difference_is_named(tmp_path: Path, before: str, after: str, expected: list[tuple[str, ...]]) -> None:
    assert before in FACTS
    assert changes(tmp_path, FACTS.replace(before, after, 1)) == expected


def test_a_node_that_is_added_says_its_kind_and_name(tmp_path: Path) -> None:
    facts = FACTS.replace("  Person:\n", "  Person:\n    - {id: cy, name: Cy, evidence: [report:p1]}\n")
    assert changes(tmp_path, facts) == [("added", "cy", None, None, "Person: Cy")]


def test_the_head_is_compared_too_and_counts_as_no_node(tmp_path: Path) -> None:
    old, new = (read_dataset(write_dataset(tmp_path / version, head=HEAD.replace("1.0.0", version))) for version in ("1.0.0", "1.1.0"))
    (change,) = compare_heads(old.head, new.head)
    assert (change.id, change.field, change.old, change.new) == (HEAD_FILE, "version", "1.0.0", "1.1.0")
    assert count_changes([change]) == {"added": 0, "changed": 0, "removed": 0}


def diff(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return run("diff", *arguments, folder=folder)


def test_the_command_prints_a_line_a_difference_and_ends_with_0(tmp_path: Path) -> None:
    write_dataset(tmp_path / "old")
    write_dataset(tmp_path / "new", FACTS.replace("date: 2025-05,", "date: 2025-05-10,"), HEAD.replace("1.0.0", "1.1.0"))
    done = diff(tmp_path, "old", "new")
    assert (done.returncode, done.stderr) == (0, "tiny 1.0.0 and tiny 1.1.0: 0 added, 1 changed, 0 removed.\n")
    assert [line.split() for line in done.stdout.splitlines()][1:] == [
        ["changed", "dataset.yaml", "version", "1.0.0", "1.1.0"],
        ["changed", "first-round", "date", "2025-05", "2025-05-10"],
    ]
    assert not (tmp_path / "home").exists()


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("old",), 2, "Name two data sets, or one with --graph."),
        (("old", "old", "--graph"), 2, "Name two data sets, or one with --graph."),
        (("old", "gone"), 1, "There is no data set 'gone'"),
    ],
    ids=["one", "two-and-the-graph", "unknown"],
)
def test_what_cannot_be_compared_is_said(tmp_path: Path, arguments: tuple[str, ...], code: int, said: str) -> None:
    write_dataset(tmp_path / "old")
    done = diff(tmp_path, *arguments)
    assert done.returncode == code
    assert said in done.stderr
    assert "Traceback" not in done.stderr
