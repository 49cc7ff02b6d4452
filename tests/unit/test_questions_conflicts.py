"""How values differ, and how many sources are independent."""

from typing import Any

import orjson
import pytest

from graphapi.questions.contradictions import kind_of, unfold_conflicts
from graphapi.questions.independence import count_independent


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        ([55, 55.2], "rounding"),
        (["12", "12.0"], "rounding"),
        ([10, 15], "conflict"),
        ([120, 125], "conflict"),
        (["2025-05", "2025-05-10/2025-05-11"], "narrower"),
        (["2025-05", "2025-05-10", "2025-05-11"], "conflict"),
        (["[..2025-06-08]", "2025-06-05"], "narrower"),
        (["2025-06-05", "2025-06-06"], "conflict"),
        ([True, False], "conflict"),
        (["held", "announced"], "conflict"),
        (["1e999999", 2], "conflict"),
        (["NaN", 2], "conflict"),
    ],
)
def test_kind_of_values(values: list[Any], kind: str) -> None:
    assert kind_of(values) == kind


def test_question_on_a_property_gives_it_its_kind() -> None:
    question = {"dispute": {"id": "asked", "name": "Asked"}, "attribute": "until", "values": ["a: 9", "b: 10"], "kind": "wording"}
    kept = orjson.dumps({"property": "until", "dataset": "one", "value": "2026-11-09"}).decode()
    row = {"dispute": question["dispute"], "attribute": "until", "values": [kept], "sources": ["c"], "kind": None}
    assert [one["kind"] for one in unfold_conflicts([question, row])] == ["wording", "wording"]


def test_values_of_a_property_are_read_with_their_places() -> None:
    kept = [
        {"property": "date", "dataset": "one", "shown": True, "value": "2025-06-09", "evidence": ["a:p1"]},
        {"property": "date", "dataset": "two", "shown": False, "value": "2025-06", "evidence": ["b:e1"]},
        {"property": "name", "dataset": "two", "shown": False, "value": "Talks"},
    ]
    row = {"dispute": None, "attribute": "date", "values": [orjson.dumps(one).decode() for one in kept], "sources": ["c"], "kind": None}
    assert list(unfold_conflicts([row])) == [
        row | {"values": ["one: 2025-06-09", "two: 2025-06"], "sources": ["a:p1", "b:e1"], "kind": "narrower"}
    ]


@pytest.mark.parametrize(
    ("cited", "count"),
    [
        ([], 0),
        ([("paper", {"paper"})], 1),
        ([("copy", {"wire"}), ("twin", {"wire"})], 1),
        ([("copy", {"wire"}), ("wire", {"wire"})], 1),
        ([("copy", {"wire"}), ("paper", {"paper"})], 2),
        ([("digest", {"wire", "text"})], 1),
        ([("digest", {"wire", "text"}), ("wire", {"wire"}), ("text", {"text"})], 2),
        ([("paper", {"paper"}), ("paper", {"text"}), ("paper", {"wire"})], 1),
        ([("paper", {"paper"}), ("paper", {"text"}), ("text", {"text"})], 2),
        ([("paper", {"text"}), ("text", {"text"})], 1),
    ],
    ids=[
        "none",
        "one",
        "two copies",
        "copy and original",
        "copy and another",
        "report of two",
        "report of two and both of them",
        "one report in three places",
        "report with words of its own, and the text",
        "report with the text's words, and the text",
    ],
)
def test_sources_that_go_back_to_the_same_document_are_one(cited: list[tuple[str, set[str]]], count: int) -> None:
    assert count_independent((document, frozenset(originals)) for document, originals in cited) == count
