"""Presence where sources give seats, contradict each other, and posts change hands."""

from pathlib import Path
from typing import Any

import pytest

from graphapi.catalogue import read_catalogue
from graphapi.ingest import read_dataset
from graphapi.ingest.load import load
from graphapi.ontology import read_ontology
from graphapi.questions import Answer, Question, ask
from graphapi.store import Store
from tests.datasets import HEAD, write_dataset, write_large_dataset

FACTS = """\
sources:
  - {id: report, name: A report, kind: news-report, grade: B, date: 2025-08-08, paragraphs: {p1: {summary: One.}, p2: {summary: Two.}}}
entities:
  Country:
    - {id: a-land, name: A-Land, evidence: [report:p1]}
    - {id: b-land, name: B-Land, evidence: [report:p1]}
  Organization:
    - {id: institute, name: Institute, evidence: [report:p1]}
  Agency:
    - {id: ministry, name: Ministry, evidence: [report:p1]}
  Post:
    - {id: minister, name: Minister, head: true, evidence: [report:p1]}
    - {id: envoy, name: Envoy, evidence: [report:p1]}
  Person:
    - {id: ann, name: Ann, side: a-land, evidence: [report:p1]}
    - {id: al, name: Al, side: b-land, evidence: [report:p1]}
    - {id: bo, name: Bo, side: b-land, evidence: [report:p1]}
    - {id: cy, name: Cy, evidence: [report:p1]}
    - {id: di, name: Di, evidence: [report:p1]}
  Delegation:
    - {id: a-first, name: A at the first, side: a-land, list_complete: true, evidence: [report:p1]}
    - {id: a-second, name: A at the second, side: a-land, list_complete: false, evidence: [report:p1]}
  Round:
    - {id: first, name: First round, kind: round, date: 2025-05, evidence: [report:p1]}
    - {id: second, name: Second round, kind: round, date: 2025-07, status: announced, evidence: [report:p1]}
    - {id: third, name: Third round, kind: round, date: 2025-09, status: announced, evidence: [report:p1]}
relationships:
  HOLDS:
    - {start: ann, end: minister, valid_from: 2025-06-01, evidence: [report:p1]}
    - {start: ann, end: envoy, valid_to: 2025-05-31, evidence: [report:p2]}
  PART_OF:
    - {start: minister, end: ministry, evidence: [report:p2]}
  MEMBER_OF:
    - {start: al, end: a-first, evidence: [report:p2]}
    - {start: al, end: institute, evidence: [report:p1]}
    - {start: ann, end: a-second, evidence: [report:p2]}
  LEADS:
    - {start: ann, end: a-first, evidence: [report:p1]}
  SENT_TO:
    - {start: a-first, end: first, evidence: [report:p1]}
    - {start: a-second, end: second, evidence: [report:p1]}
  PARTY_TO:
    - {start: a-land, end: first, evidence: [report:p1]}
    - {start: b-land, end: second, evidence: [report:p1]}
  TOOK_PART_IN:
    - {start: bo, end: first, evidence: [report:p1]}
    - {start: cy, end: first, evidence: [report:p1]}
  ANNOUNCED_FOR:
    - {start: cy, end: first, evidence: [report:p2]}
    - {start: di, end: second, evidence: [report:p1]}
  ABSENT_FROM:
    - {start: bo, end: first, evidence: [report:p2]}
  UNCONFIRMED_AT:
    - {start: di, end: first, evidence: [report:p2]}
"""


@pytest.fixture
def talks(store: Store, tmp_path: Path) -> Store:
    """A store with two rounds: one held, one ahead."""
    load(store, read_dataset(write_dataset(tmp_path / "talks", FACTS, HEAD)))
    return store


def answer(store: Store, name: str, as_of: str | None = None, **given: str) -> Answer:
    return ask(store, read_ontology(), read_catalogue(), Question(name=name, given=given, as_of=as_of))


def rows(found: Answer, *columns: str) -> list[tuple[Any, ...]]:
    return [tuple(row[column]["id"] if isinstance(row[column], dict) else row[column] for column in columns) for row in found.rows]


def test_member_of_a_delegation_counts_as_attended_for_the_delegations_side(talks: Store) -> None:
    found = answer(talks, "attendees", event="first")
    assert ("al", "a-land", "attended", "member, A at the first", "institute") in rows(
        found, "person", "side", "presence", "role", "agency"
    )
    assert ("ann", "a-land", "attended", "leader, A at the first") in rows(found, "person", "side", "presence", "role")


def test_member_of_a_delegation_to_a_round_ahead_is_announced(talks: Store) -> None:
    assert ("ann", "announced") in rows(answer(talks, "attendees", event="second"), "person", "presence")


def test_sources_that_contradict_each_other_stand_side_by_side(talks: Store) -> None:
    found = answer(talks, "attendees", event="first")
    assert [row for row in rows(found, "person", "presence", "sources") if row[0] == "bo"] == [
        ("bo", "absent", ["report:p2"]),
        ("bo", "attended", ["report:p1"]),
    ]


def test_who_came_is_no_longer_only_announced(talks: Store) -> None:
    found = answer(talks, "attendees", event="first")
    assert [row for row in rows(found, "person", "presence") if row[0] in ("cy", "di")] == [("cy", "attended"), ("di", "unconfirmed")]


def test_post_is_the_one_of_the_rounds_days(talks: Store) -> None:
    assert ("ann", "envoy", None) in rows(answer(talks, "attendees", event="first"), "person", "post", "agency")
    assert ("ann", "minister", "ministry") in rows(answer(talks, "attendees", event="second"), "person", "post", "agency")


def test_difference_shows_every_word_that_sources_have(talks: Store) -> None:
    found = answer(talks, "attendance-difference", first="first", second="second")
    assert rows(found, "person", "in_first", "in_second", "first_complete", "second_complete") == [
        ("al", "attended", "not_in_sources", True, False),
        ("ann", "attended", "announced", True, False),
        ("bo", "absent", "not_in_sources", None, None),
        ("bo", "attended", "not_in_sources", None, None),
        ("cy", "attended", "not_in_sources", None, None),
        ("di", "unconfirmed", "announced", None, None),
    ]
    assert found.scalar == {"first_complete": {"a-land": True}, "second_complete": {"a-land": False, "b-land": None}}


def test_party_without_a_delegation_and_round_without_anybody_are_said_so(talks: Store) -> None:
    assert (
        "Our sources name neither a delegation nor anybody of B-Land at Second round."
        in answer(talks, "attendees", event="second").not_in_sources
    )
    assert answer(talks, "attendees", event="third").not_in_sources == (
        "Our sources name nobody who was at Third round, was announced for it or stayed away.",
        "Our sources know of no delegation to Third round, so nothing says that these are all.",
    )


def test_thousand_rows_are_shown_and_the_rest_is_cut(store: Store, tmp_path: Path) -> None:
    load(store, read_dataset(write_large_dataset(tmp_path / "large", "1.0.0", 1001)))
    found = answer(store, "attendees", event="first-round")
    assert (len(found.rows), found.truncated) == (1000, True)
