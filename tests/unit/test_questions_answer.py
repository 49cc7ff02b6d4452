"""Answers as documents and tables, and what the ontology hands to a text."""

import pytest

from graphapi.catalogue import Column, read_catalogue
from graphapi.errors import InputRefused
from graphapi.ontology import read_ontology
from graphapi.questions import Answer, answer_table
from graphapi.questions.asking import implied_values, place_order
from graphapi.questions.wording import cell_in_words

STEP = {
    "id": "ann--HOLDS--minister",
    "type": "HOLDS",
    "from": {"id": "minister", "name": "Minister"},
    "to": {"id": "ann", "name": "Ann"},
    "outgoing": False,
    "certainty": "implied",
}


def test_table_gives_an_entity_its_id_and_its_name() -> None:
    columns = {"person": Column(type="entity", description="Who"), "raised_by": Column(type="entities", description="By whom")}
    rows = ({"person": {"id": "ann", "name": "Ann"}, "raised_by": [{"id": "bo", "name": "Bo"}]}, {"person": None, "raised_by": []})
    table = answer_table(Answer(query="q", parameters={}, as_of=None, datasets=(), columns=columns, rows=rows))
    assert table.columns == ("person", "person_name", "raised_by", "raised_by_name")
    assert table.rows == (("ann", "Ann", ["bo"], ["Bo"]), (None, None, [], []))


def test_step_reads_from_the_end_where_the_chain_comes_from() -> None:
    assert cell_in_words(STEP, "step", read_ontology()) == "Minister is held by Ann (implied)"


@pytest.mark.parametrize(
    ("value", "kind", "words"), [(None, "text", ""), (True, "boolean", "yes"), (["a", "b"], "texts", "a, b"), (2, "integer", "2")]
)
def test_cell_in_words(value: object, kind: str, words: str) -> None:
    assert cell_in_words(value, kind, read_ontology()) == words


def test_places_are_sorted_as_a_reader_counts() -> None:
    assert sorted(["report:p12", "report:p4", "report", "other:p1"], key=place_order) == ["other:p1", "report", "report:p4", "report:p12"]


def test_ontology_says_over_what_and_through_what_paths_run() -> None:
    implied = implied_values(read_ontology(), read_catalogue()["path"])
    assert {"ABSENT_FROM", "LEAVES_OUT", "NOT_PARTY_TO", "ANNOUNCED_FOR", "UNCONFIRMED_AT", "MUST_APPROVE", "FROM"}.isdisjoint(
        implied["path_types"]
    )
    assert {"Country", "Place", "Source", "Evidence", "Claim", "Position", "Dispute", "Deadline"} == set(implied["closed_labels"])


def test_unknown_implied_parameter_is_refused() -> None:
    query = read_catalogue()["path"].model_copy(update={"implied": {"secret": "?"}})
    with pytest.raises(InputRefused, match="secret"):
        implied_values(read_ontology(), query)
