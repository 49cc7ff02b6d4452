"""A reader's own copy against what a data set says of it."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphapi.errors import InputRefused, UsageError
from graphapi.ingest import read_dataset
from graphapi.ingest.verify import Report, comparable, paragraph_hash, split_paragraphs, verify
from tests.datasets import FACTS, write_dataset

PARAGRAPHS = ("A headline", "Ann said “we keep every word” — and left.", "Bo stayed away.")
TEXT = "\n\n".join(PARAGRAPHS) + "\n"
CLAIM = """\
  Claim:
    - {id: claim-ann, name: Ann on words, summary: She keeps it., quote: "we keep every word", evidence: [report:p1]}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    facts = FACTS.replace("sent to the first round.}", f"sent to the first round., sha256: {paragraph_hash(PARAGRAPHS[1])}}}")
    facts = facts.replace("  Round:\n", CLAIM + "  Round:\n")
    return write_dataset(tmp_path / "tiny", facts)


def check(folder: Path, text: str | bytes) -> Report:
    copy = folder.parent / "copy.txt"
    copy.write_bytes(text if isinstance(text, bytes) else text.encode())
    return verify(read_dataset(folder), {"report": copy})


def results(report: Report) -> dict[tuple[str, str], str]:
    return {(finding.place, finding.check): finding.result for finding in report.findings}


@pytest.mark.parametrize(
    "text",
    [
        TEXT,
        "\ufeff" + TEXT,
        TEXT.replace("\n", "\r\n"),
        TEXT.replace("\n\n", "   \n \t\n\n\n"),
        "\n\n" + TEXT,
        TEXT.replace("said ", "said\n  "),
    ],
    ids=["plain", "mark", "windows", "spaces", "blank-start", "wrapped"],
)
def test_a_faithful_copy_is_right_however_its_lines_end(folder: Path, text: str) -> None:
    report = check(folder, text)
    assert report.is_right
    assert results(report) == {
        ("report:p1", "locator"): "ok", ("report:p1", "hash"): "ok", ("report:p1", "quote"): "ok",
        ("report:p2", "locator"): "ok", ("report:p2", "hash"): "not checked",
    }  # fmt: skip
    assert report.not_given == ()


def test_other_quotes_and_dashes_differ_by_the_hash_but_hold_the_quote(folder: Path) -> None:
    found = results(check(folder, TEXT.replace("“", '"').replace("”", '"').replace("—", "-")))
    assert (found["report:p1", "hash"], found["report:p1", "quote"]) == ("hash differs", "ok")


def test_a_changed_word_is_a_missing_quote_with_the_closest_text(folder: Path) -> None:
    report = check(folder, TEXT.replace("every word", "each word"))
    missing = next(finding for finding in report.findings if finding.check == "quote")
    assert (missing.result, missing.subject) == ("quote missing", "claim-ann")
    assert "we keep each word" in missing.detail
    assert not report.is_right


def test_a_quote_in_another_paragraph_is_pointed_to(folder: Path) -> None:
    report = check(folder, "A line more\n\n" + TEXT)
    details = {finding.check: finding.detail for finding in report.findings if finding.place == "report:p1"}
    assert details["quote"] == "It stands in p2."
    assert details["hash"] == "That paragraph is p2 of the copy."


def test_a_paragraph_that_is_not_there_is_a_missing_locator(folder: Path) -> None:
    report = check(folder, "\n\n".join(PARAGRAPHS[:2]))
    assert results(report)["report:p2", "locator"] == "locator missing"
    assert "counted from p0" in next(finding.detail for finding in report.findings if finding.place == "report:p2")


def test_whole_file_is_compared_for_information_only(folder: Path) -> None:
    facts = folder / "facts.yaml"
    facts.write_text(facts.read_text().replace("    date: 2025-06-08\n", f"    date: 2025-06-08\n    sha256: {'0' * 64}\n    bytes: 7\n"))
    report = check(folder, TEXT)
    assert results(report)["report", "file"] == "other bytes"
    assert report.is_right


def test_source_without_a_copy_is_named_and_no_failure(folder: Path) -> None:
    report = verify(read_dataset(folder), {})
    assert (report.findings, report.not_given, report.is_right) == ((), ("report",), True)


def test_unknown_source_is_refused_with_those_there_are(folder: Path) -> None:
    with pytest.raises(UsageError, match="It has: report"):
        verify(read_dataset(folder), {"reprot": folder})


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"caf\xe9", "1: it is not UTF-8: byte 0xe9"), (b"x" * (16 * 1024 * 1024 + 1), "more than 16,777,216 bytes")],
    ids=["latin-1", "large"],
)
def test_unreadable_copy_is_refused_in_a_sentence(folder: Path, content: bytes, said: str) -> None:
    with pytest.raises(InputRefused, match=said):
        check(folder, content)


def test_missing_copy_and_folder_are_refused(folder: Path) -> None:
    for path in (folder, folder / "nothing.txt"):
        with pytest.raises(InputRefused, match="cannot be read"):
            verify(read_dataset(folder), {"report": path})


@given(st.lists(st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1), min_size=1))
def test_paragraphs_come_back_as_they_were_joined(paragraphs: list[str]) -> None:
    assert split_paragraphs("\n\n".join(paragraphs)) == tuple(paragraphs)


@pytest.mark.parametrize(
    ("text", "plain"), [("“x”", '"x"'), ("it’s", "it's"), ("a–b", "a-b"), ("ﬁne\u00a0x", "fine x"), (" a \n b", "a b")]
)
def test_quotes_are_looked_for_without_what_typesetters_change(text: str, plain: str) -> None:
    assert comparable(text) == plain
