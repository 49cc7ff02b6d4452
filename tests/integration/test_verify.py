"""The command that checks a data set against a reader's own copies; no database."""

import csv
import io
import json
from pathlib import Path

import pytest

from tests.datasets import write_dataset
from tests.integration.command_line import run

COPY = "A headline\n\nAnn goes.\n\nBo stays.\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_dataset(tmp_path / "tiny")
    (tmp_path / "copy.txt").write_text(COPY, encoding="utf-8")
    return tmp_path


def test_a_right_copy_ends_with_0_and_counts(folder: Path) -> None:
    done = run("verify", "tiny", "--source", "report=copy.txt", folder=folder)
    assert (done.returncode, done.stderr) == (0, "tiny 1.0.0: 2 not checked, 2 ok.\n")
    assert done.stdout.splitlines()[0].split() == ["result", "check", "place", "subject", "detail"]
    assert not (folder / "home").exists()


def test_a_copy_that_differs_ends_with_1_in_every_format(folder: Path) -> None:
    (folder / "copy.txt").write_text("A headline\n\nAnn goes.\n", encoding="utf-8")
    as_json = run("verify", "tiny", "--source", "report=copy.txt", "--format", "json", folder=folder)
    as_csv = run("verify", "tiny", "--source", "report=copy.txt", "--format", "csv", folder=folder)
    assert as_json.returncode == as_csv.returncode == 1
    report = json.loads(as_json.stdout)
    assert (report["right"], report["counts"]) == (False, {"locator missing": 1, "not checked": 1, "ok": 1})
    rows = list(csv.DictReader(io.StringIO(as_csv.stdout)))
    assert [(row["place"], row["result"]) for row in rows] == [(found["place"], found["result"]) for found in report["findings"]]


def test_sources_without_a_copy_are_named_and_no_failure(folder: Path) -> None:
    facts = folder / "tiny" / "facts.yaml"
    facts.write_text(
        facts.read_text().replace("entities:\n", "  - {id: other, name: Other, kind: news-report, grade: B, date: 2025-06-08}\nentities:\n")
    )
    done = run("verify", "tiny", "--source", "report=copy.txt", folder=folder)
    assert done.returncode == 0
    assert "No copy given, so not checked: other." in done.stderr


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("tiny",), 2, "Give a copy of a source of tiny"),
        (("tiny", "--source", "copy.txt"), 2, "'copy.txt' is not ID=FILE"),
        (("tiny", "--source", "report=copy.txt", "--source", "report=copy.txt"), 2, "stands twice"),
        (("tiny", "--source", "reprot=copy.txt"), 2, "It has: report"),
        (("tiny", "--source", "report=gone.txt"), 1, "gone.txt cannot be read: No such file"),
        (("tiny", "--source", "report=tiny"), 1, "tiny cannot be read: Is a directory"),
        (("tinny", "--source", "report=copy.txt"), 1, "There is no data set 'tinny'"),
    ],
    ids=["none", "form", "twice", "unknown", "gone", "folder", "data-set"],
)
def test_what_cannot_be_verified_is_said(folder: Path, arguments: tuple[str, ...], code: int, said: str) -> None:
    done = run("verify", *arguments, folder=folder)
    assert done.returncode == code
    assert said in done.stderr
    assert "Traceback" not in done.stderr
