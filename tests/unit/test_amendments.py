"""Corrections are kept with what they correct; what is withheld says so and nothing else."""

from pathlib import Path

import orjson
import pytest

from graphapi.cli import run
from graphapi.editing import lint
from graphapi.errors import DatasetRefused
from graphapi.ingest import Dataset, read_dataset
from graphapi.ingest.changes import compare
from graphapi.ingest.merge import merge_graph
from graphapi.model import Graph, Node
from graphapi.ontology import read_ontology
from tests.datasets import FACTS, HEAD, write_dataset
from visualizer.cards import Cards

CORRECTED = """
corrections:
  - {id: ann, date: 2026-02-01, what: "The side was missing.", why: "A reader told us."}
  - {id: ann, date: 2026-01-03, what: "The name was Anna.", why: "The readout says Ann"}
  - {id: report, date: 2026-01-03, what: "The grade was A.", why: "It is no official text"}
  - {id: bo--ABSENT_FROM--first-round, date: 2099-01-01, what: "Bo was shown as present.", why: "The list was read again"}
"""
PERSON = """
withhold:
  - {id: bo, date: 2026-01-03, why: "The person asked for it"}
"""
TIE = """
withhold:
  - {id: bo--ABSENT_FROM--first-round, date: 2026-01-03, why: "Its source was withdrawn"}
"""
NAMING = FACTS.replace("p2: {summary: Says that Bo stayed away.}", "p2: {summary: Says who stayed away., names: [ann, bo]}").replace(
    "    date: 2025-06-08\n", "    date: 2025-06-08\n    misspellings: [Boo = bo, Anne = ann]\n"
)
BY_PERSON = "The person asked for it (2026-01-03, tiny)"
OF_TIE = "A relationship of type ABSENT_FROM is withheld: Its source was withdrawn (2026-01-03, tiny)"


def read(folder: Path, facts: str, head: str = HEAD) -> Dataset:
    return read_dataset(write_dataset(folder, facts, head))


def node(graph: Graph, identifier: str) -> Node:
    return next(node for node in graph.nodes if node.id == identifier)


def ids(graph: Graph) -> set[str]:
    return {relationship.id for relationship in graph.relationships}


def test_corrections_stand_with_their_record_in_order_of_days(tmp_path: Path) -> None:
    graph = read(tmp_path, FACTS + CORRECTED).graph
    kept = [orjson.loads(text) for text in node(graph, "ann").properties["corrections"]]  # type: ignore[union-attr]
    assert [(one["dataset"], one["date"], one["what"]) for one in kept] == [
        ("tiny", "2026-01-03", "The name was Anna."),
        ("tiny", "2026-02-01", "The side was missing."),
    ]
    assert "corrections" in node(graph, "report").properties
    assert "corrections" not in node(graph, "bo").properties
    (absence,) = (one for one in graph.relationships if one.type == "ABSENT_FROM")
    assert "2099-01-01" in str(absence.properties["corrections"])


def test_corrections_of_several_data_sets_are_all_told(tmp_path: Path) -> None:
    other = "mentions:\n  Person:\n    - {id: ann, name: Ann}\ncorrections:\n  - {id: ann, date: 2026-01-20, what: x, why: y}\n"
    datasets = [read(tmp_path / "one", FACTS + CORRECTED), read(tmp_path / "two", other, HEAD_OF_OTHER)]
    for order in (datasets, datasets[::-1]):
        found = node(merge_graph([(one.head, one.statements) for one in order], read_ontology()), "ann")
        assert found.name == "Ann"
        kept = [orjson.loads(text) for text in found.properties["corrections"]]  # type: ignore[union-attr]
        assert [one["dataset"] for one in kept] == ["tiny", "other", "tiny"]


HEAD_OF_OTHER = HEAD.replace("id: tiny", "id: other").replace("  sides: [a-land, b-land]\n", "")


def test_a_data_set_without_either_list_has_the_digests_it_had(tmp_path: Path) -> None:
    plain, corrected = (read(tmp_path / name, facts) for name, facts in (("plain", FACTS), ("corrected", FACTS + CORRECTED)))
    assert not any(b"corrections" in one.body() or b"withheld" in one.body() or b"lacks" in one.body() for one in plain.statements)
    changed = {change.id for change in compare(plain.statements, corrected.statements)}
    assert changed == {"ann", "report", "bo--ABSENT_FROM--first-round"}


def test_a_withheld_entity_says_its_label_and_why_and_nothing_else(tmp_path: Path) -> None:
    graph = read(tmp_path, NAMING + PERSON).graph
    bo = node(graph, "bo")
    assert (bo.name, bo.labels) == ("Withheld", ("Entity", "Person"))
    assert bo.properties == {"datasets": ["tiny"], "withheld": [BY_PERSON]}
    assert ids(graph) == {"ann--ANNOUNCED_FOR--first-round", "report:p1--FROM--report", "report:p2--FROM--report"}


def test_nothing_refers_to_a_withheld_entity(tmp_path: Path) -> None:
    graph = read(tmp_path, NAMING + PERSON).graph
    assert node(graph, "report:p2").properties["names"] == ["ann"]
    assert node(graph, "report").properties["misspellings"] == ["Anne = ann"]


def test_no_statement_holds_the_name_of_a_withheld_entity(tmp_path: Path) -> None:
    bodies = b"".join(one.body() for one in read(tmp_path, NAMING + PERSON).statements)
    assert b"Bo" not in bodies
    assert b"raw-bo" not in bodies


def test_the_ends_of_a_withheld_relationship_say_that_there_is_one(tmp_path: Path) -> None:
    graph = read(tmp_path, FACTS + TIE).graph
    assert "bo--ABSENT_FROM--first-round" not in ids(graph)
    assert [node(graph, end).properties["withheld"] for end in ("bo", "first-round")] == [[OF_TIE], [OF_TIE]]
    assert node(graph, "bo").name == "Bo"
    assert "withheld" not in node(graph, "ann").properties


def test_what_another_data_set_says_of_it_stays(tmp_path: Path) -> None:
    open_one, withholding = read(tmp_path / "open", FACTS, HEAD_OF_OTHER), read(tmp_path / "closed", FACTS + PERSON)
    merged = merge_graph([(one.head, one.statements) for one in (open_one, withholding)], read_ontology())
    bo = node(merged, "bo")
    assert (bo.name, bo.properties["datasets"], bo.properties["withheld"]) == ("Bo", ["other"], [BY_PERSON])
    (absence,) = (one for one in merged.relationships if one.type == "ABSENT_FROM")
    assert absence.properties["datasets"] == ["other"]


def test_a_mention_of_another_data_set_names_what_is_withheld(tmp_path: Path) -> None:
    other = read(tmp_path / "other", "mentions:\n  Person:\n    - {id: bo, name: Robert}\n", HEAD_OF_OTHER)
    tiny = read(tmp_path / "tiny", FACTS + PERSON)
    bo = node(merge_graph([(one.head, one.statements) for one in (other, tiny)], read_ontology()), "bo")
    assert (bo.name, bo.properties) == ("Robert", {"datasets": ["other"], "stub": True, "withheld": [BY_PERSON]})


def test_a_mention_may_be_withheld_once_the_words_are_out_of_the_file(tmp_path: Path) -> None:
    gone = "    - {id: bo, name: Bo, side: b-land, evidence: [report:p2], from: [raw-bo]}\n"
    tie = "  ABSENT_FROM:\n    - {start: bo, end: first-round, evidence: [report:p2], from: [raw-2]}\n"
    left = FACTS.replace(gone, "").replace(tie, "") + "mentions:\n  Person:\n    - {id: bo, name: Withheld}\n"
    bo = node(read(tmp_path, left + PERSON).graph, "bo")
    assert (bo.name, bo.properties["withheld"]) == ("Withheld", [BY_PERSON])
    assert "stub" not in bo.properties


FAULTS = {
    "an unknown id": (
        "corrections",
        "{id: ann--ANOUNCED_FOR--first-round, date: 2026-01-03, what: x, why: y}",
        "no record of this data set",
    ),
    "a month": ("corrections", "{id: ann, date: 2026-01, what: x, why: y}", "'2026-01' is no day"),
    "a day that is none": ("withhold", "{id: ann, date: 2026-02-30, why: y}", "'2026-02-30' is no day"),
    "a key that lacks": ("corrections", "{id: ann, date: 2026-01-03, why: y}", "lacks what"),
    "keys that lack": ("withhold", "{id: ann}", "lacks date, why"),
    "an unknown key": ("withhold", "{id: ann, date: 2026-01-03, what: x, why: y}", "'what' is not known"),
    "no words": ("withhold", "{id: ann, date: 2026-01-03, why: }", "why has no value"),
    "a place": ("corrections", "{id: 'report:p1', date: 2026-01-03, what: x, why: y}", "a place in a source"),
    "what ties a place": ("withhold", "{id: 'report:p1--FROM--report', date: 2026-01-03, why: y}", "a place in a source"),
    "a source": ("withhold", "{id: report, date: 2026-01-03, why: y}", "A source cannot be withheld"),
    "a side": ("withhold", "{id: a-land, date: 2026-01-03, why: y}", "A country that is a side"),
    "twice": ("withhold", "{id: ann, date: 2026-01-03, why: y}\n  - {id: ann, date: 2026-01-04, why: z}", "withheld twice"),
}


@pytest.mark.parametrize(("part", "item", "told"), FAULTS.values(), ids=FAULTS)
def test_faults_are_told(tmp_path: Path, part: str, item: str, told: str) -> None:
    with pytest.raises(DatasetRefused) as refused:
        read(tmp_path, f"{FACTS}{part}:\n  - {item}\n")
    (fault,) = refused.value.faults
    assert told in fault.message
    assert fault.line >= FACTS.count("\n") + 2


def test_an_unknown_id_lists_close_ones(tmp_path: Path) -> None:
    with pytest.raises(DatasetRefused) as refused:
        read(tmp_path, FACTS + "withhold:\n  - {id: first-rond, date: 2026-01-03, why: y}\n")
    assert "first-round" in refused.value.faults[0].hint


def test_a_record_is_not_both_withheld_and_corrected(tmp_path: Path) -> None:
    with pytest.raises(DatasetRefused) as refused:
        read(tmp_path, FACTS + TIE + CORRECTED)
    assert [fault.message for fault in refused.value.faults] == ["It is both withheld and corrected."]


def test_a_country_that_is_a_side_of_somebody_is_not_withheld(tmp_path: Path) -> None:
    more = FACTS.replace("  Person:\n", "    - {id: c-land, name: C-Land, evidence: [report:p1]}\n  Person:\n")
    item = "withhold:\n  - {id: c-land, date: 2026-01-03, why: y}\n"
    assert node(read(tmp_path / "free", more + item).graph, "c-land").name == "Withheld"
    with pytest.raises(DatasetRefused) as refused:
        read(tmp_path / "side", more.replace("name: Ann, side: a-land", "name: Ann, side: c-land") + item)
    assert [fault.message for fault in refused.value.faults] == ["A country that is a side cannot be withheld."]


def test_lint_passes_over_what_is_withheld(tmp_path: Path) -> None:
    rules = {(one.id, one.rule) for one in lint(read(tmp_path, FACTS + PERSON))}
    assert not [rule for rule in rules if rule[0] == "bo"]


@pytest.mark.parametrize(("more", "told"), [("", "no faults.\n"), (PERSON, "no faults. 1 record withheld.\n")], ids=["nothing", "one"])
def test_check_counts_what_is_withheld(tmp_path: Path, capsys: pytest.CaptureFixture[str], more: str, told: str) -> None:
    assert run(["check", str(write_dataset(tmp_path, FACTS + more))]) == 0
    assert capsys.readouterr().err == f"tiny 1.0.0: {told}"


def test_cards_tell_corrections_and_what_is_withheld(tmp_path: Path) -> None:
    corrected = Cards(read(tmp_path / "one", FACTS + CORRECTED).graph, read_ontology(), {}).data()
    assert corrected["entities"]["ann"]["corrections"] == [
        "Corrected on 3 January 2026: The name was Anna (The readout says Ann).",
        "Corrected on 1 February 2026: The side was missing (A reader told us).",
    ]
    assert corrected["relationships"]["bo--ABSENT_FROM--first-round"]["corrections"] == [
        "Corrected on 1 January 2099: Bo was shown as present (The list was read again)."
    ]
    assert "corrections" not in {fact["name"].lower() for fact in corrected["entities"]["ann"].get("facts", [])}
    for facts, told in ((FACTS + PERSON, f"Withheld: {BY_PERSON}"), (FACTS + TIE, OF_TIE)):
        card = Cards(read(tmp_path / "two", facts).graph, read_ontology(), {}).data()["entities"]["bo"]
        assert card["withheld"] == [told]
