"""The questions that the product promises: their names, parameters, columns and shapes. More of each may stand there, nothing less."""

from pathlib import Path

import pytest

from graphapi.catalogue import read_catalogue

PAGE = Path(__file__).resolve().parents[2] / "docs" / "questions.md"
QUESTIONS = read_catalogue().questions
PROMISED = {
    "attendees": ("table", "event", "person side role post agency presence sources"),
    "attendance-difference": ("table", "first second", "person side in_first in_second first_complete second_complete"),
    "regulars": ("table", "process", "person side rounds first last"),
    "post-holders": ("table", "post", "person start end precision status"),
    "agencies-and-issues": ("graph", "event", "side agency people issues"),
    "delegation-heads": ("table", "event", "event side head sources agree"),
    "claims-on-issue": ("table", "issue side from to", "date speaker side post summary quote channel source"),
    "readout-difference": ("table", "event", "issue kind sides_naming sides_silent evidence certainty"),
    "positions": ("matrix", "", "side issue stance"),
    "position-history": ("series", "side issue", "date stance event_before source"),
    "issue-linkage": ("graph", "", "issue tied_to by how"),
    "issues-left-out": ("table", "agreement", "issue raised_by last_mentioned source"),
    "dropped-issues": ("table", "event", "issue last_mentioned by"),
    "measures-in-force": ("table", "from against on", "measure kind rate layer effective expires source"),
    "stacked-rate": ("table", "from against on", "layer rate basis"),
    "measure-history": ("series", "measure", "date status act source"),
    "retaliation-chain": ("graph", "", "measure answered_by"),
    "exposure": ("graph", "measure steps", "measure reached kind"),
    "deadlines": ("table", "days", "deadline date precision anchor rule extended_from"),
    "commitments": ("table", "agreement", "commitment owed_by due according sources"),
    "broken-promises": ("table", "", "commitment accuser claim reply"),
    "approvals-pending": ("table", "agreement", "actor step status source"),
    "path": ("graph", "from to max_hops", "step relationship source"),
    "brokers": ("table", "process", "person role score pairs"),
    "shared-history": ("table", "", "a b shared overlap"),
    "conflicts": ("table", "", "subject attribute values sources kind"),
    "evidence-for": ("table", "id", "source publisher date locator quote grade"),
    "known-at": ("table", "entity known_at", "fact value recorded_at changed_later"),
    "dataset-changes": ("table", "from to", "change id field old new"),
    "hosts": ("table", "process", "event place host is_party source"),
    "coverage-gaps": ("table", "", "check count examples"),
}


def test_every_question_is_promised_and_every_promise_is_a_question() -> None:
    assert set(QUESTIONS) == set(PROMISED)


@pytest.mark.parametrize("name", PROMISED)
def test_question_has_the_promised_parameters_columns_and_shape(name: str) -> None:
    shape, parameters, columns = PROMISED[name]
    query = QUESTIONS[name]
    assert query.shape == shape
    assert set(parameters.split()) <= query.parameters.keys()
    assert set(columns.split()) <= query.returns.keys()


@pytest.mark.parametrize("name", PROMISED)
def test_every_row_of_a_question_leads_to_its_places(name: str) -> None:
    assert any(column.type == "evidence" for column in QUESTIONS[name].returns.values())


@pytest.mark.parametrize("name", PROMISED)
def test_columns_of_sides_say_whose_ids_they_hold(name: str) -> None:
    sides = {column: found for column, found in QUESTIONS[name].returns.items() if column == "side" or column.startswith("sides_")}
    assert {column for column, found in sides.items() if found.label != "Country"} == set()


@pytest.mark.parametrize("name", PROMISED)
def test_page_of_questions_lists_it_and_tells_how_it_is_answered(name: str) -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert f"| `{name}` |" in text
    assert f"- **{name}**" in text or name in ("known-at", "dataset-changes")
