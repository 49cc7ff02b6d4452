"""Merging what two data sets say: one node or relationship of each, whatever the order, and what differs kept and told."""

import itertools
from pathlib import Path

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as any_of

from graphapi.errors import DatasetRefused, InputRefused
from graphapi.ingest import Dataset, read_dataset
from graphapi.ingest.merge import merge_graph
from graphapi.ingest.statement import Account, Statement
from graphapi.model import DatasetVersion, Graph, Node, Relationship
from graphapi.ontology import read_ontology
from tests.datasets import FACTS, OVERLAP, rewrite, write_dataset

ONTOLOGY = read_ontology()


def merged(*datasets: Dataset) -> Graph:
    return merge_graph([(dataset.head, dataset.statements) for dataset in datasets], ONTOLOGY)


@pytest.fixture(scope="module")
def both() -> Graph:
    return merged(read_dataset(OVERLAP / "north"), read_dataset(OVERLAP / "south"))


def node(graph: Graph, identifier: str) -> Node:
    return next(node for node in graph.nodes if node.id == identifier)


def relationship(graph: Graph, identifier: str) -> Relationship:
    return next(found for found in graph.relationships if found.id == identifier)


def accounts(thing: Node | Relationship, name: str) -> list[tuple[str, object, bool]]:
    values = thing.properties.get("values", [])
    assert isinstance(values, list)
    found = [orjson.loads(text) for text in values]
    return [(one["dataset"], one["value"], one["shown"]) for one in found if one["property"] == name]


def test_the_order_of_data_sets_does_not_matter(tmp_path: Path) -> None:
    third = rewrite(
        OVERLAP / "south", tmp_path / "third", {"id: south": "id: middle", "2025-06-11": "2025-06-13", "Ann R. Reese": "A. Reese"}
    )
    datasets = [read_dataset(folder) for folder in (OVERLAP / "north", OVERLAP / "south", third)]
    graphs = [merged(*order) for order in itertools.permutations(datasets)]
    assert all(graph == graphs[0] for graph in graphs)


def test_a_name_of_another_data_set_is_an_alias_and_the_better_source_names_it(both: Graph) -> None:
    ann = node(both, "ann-reese")
    assert (ann.name, ann.properties["aliases"]) == ("Ann R. Reese", ["Ann Reese"])


def test_a_misspelling_that_one_data_set_tells_is_nobodys_name_in_another(both: Graph, tmp_path: Path) -> None:
    assert "Anna Rees" not in str(node(both, "ann-reese").properties)
    wrong = rewrite(OVERLAP / "south", tmp_path / "wrong", {"name: Ann R. Reese, aliases: [Anna Rees]": "name: Anna Rees"})
    ann = node(merged(read_dataset(OVERLAP / "north"), read_dataset(wrong)), "ann-reese")
    assert (ann.name, ann.properties.get("aliases")) == ("Ann Reese", None)


def test_a_wrong_name_is_shown_where_there_is_no_other(tmp_path: Path) -> None:
    changes = {"name: Ann Reese": "name: Anna Rees", "= ann-reese]": "= ann-reese, A. Rees = ann-reese]"}
    wrong = read_dataset(rewrite(OVERLAP / "north", tmp_path / "wrong", changes))
    worse = rewrite(
        OVERLAP / "south", tmp_path / "worse", {"name: Ann R. Reese, aliases: [Anna Rees],": "name: A. Rees, aliases: [Anna Rees, Ann],"}
    )
    assert node(wrong.graph, "ann-reese").name == "Anna Rees"
    ann = node(merged(wrong, read_dataset(worse)), "ann-reese")
    assert (ann.name, ann.properties["aliases"]) == ("A. Rees", ["Ann"])


def test_the_more_particular_label_holds(both: Graph) -> None:
    assert node(both, "harbour-office").label == "Agency"
    assert node(both, "first-round").labels == ("Entity", "Event", "Round")


def test_labels_that_exclude_each_other_are_refused_with_both_data_sets(tmp_path: Path) -> None:
    clash = rewrite(
        OVERLAP / "south", tmp_path / "clash", {"  Agency:\n    - {id: harbour-office": "  Agency:\n    - {id: ann-reese-office"}
    )
    (clash / "more.yaml").write_text("entities:\n  Issue:\n    - {id: harbour-office, name: The office}\n", encoding="utf-8")
    with pytest.raises(InputRefused, match=r"harbour-office is called Organization by the data set north and Issue by south"):
        merged(read_dataset(OVERLAP / "north"), read_dataset(clash))


def test_dates_that_cannot_both_be_right_are_disputed_and_all_kept(both: Graph) -> None:
    first_round = node(both, "first-round")
    assert first_round.properties["disputed"] == ["date"]
    assert accounts(first_round, "date") == [("south", "2025-06-11", True), ("north", "2025-06-10", False), ("south", "2025-06-12", False)]


def test_a_less_precise_date_contradicts_nothing(both: Graph) -> None:
    eve = node(both, "eve")
    assert "disputed" not in eve.properties
    assert {value for _, value, _ in accounts(eve, "date")} == {"2025-06", "2025-06-09"}


def test_what_was_announced_and_then_held_is_held_and_no_dispute(both: Graph) -> None:
    first_round = node(both, "first-round")
    assert "status" not in first_round.properties
    assert accounts(first_round, "status") == [("south", "held", True), ("north", "announced", False)]


def test_what_changes_with_time_is_told_by_the_later_source_and_not_by_the_better_one(tmp_path: Path) -> None:
    official = rewrite(OVERLAP / "north", tmp_path / "official", {"grade: B": "grade: A"})
    first_round = node(merged(read_dataset(official), read_dataset(OVERLAP / "south")), "first-round")
    assert accounts(first_round, "status") == [("south", "held", True), ("north", "announced", False)]
    assert accounts(first_round, "date")[0] == ("north", "2025-06-10", True)


def test_a_flag_that_differs_on_one_relationship_is_disputed(both: Graph) -> None:
    leads = relationship(both, "ann-reese--LEADS--a-team")
    assert leads.properties["disputed"] == ["jointly"]
    assert accounts(leads, "jointly") == [("south", False, True), ("north", True, False)]


def test_what_one_source_states_is_stated_though_another_only_implies_it(both: Graph) -> None:
    assert "certainty" not in relationship(both, "ann-reese--LEADS--a-team").properties


def test_own_words_differ_without_a_dispute(both: Graph) -> None:
    ann, place = node(both, "ann-reese"), node(both, "gazette:p1")
    assert (ann.properties["caption"], "disputed" in ann.properties) == ("Chief envoy", False)
    assert "disputed" not in place.properties


def test_evidence_and_data_sets_of_both_stand_on_one_relationship(both: Graph) -> None:
    party = relationship(both, "a-land--PARTY_TO--first-round")
    assert (party.evidence, party.properties["datasets"]) == (("gazette:p1", "courier:p1"), ["north", "south"])


def test_a_mention_gives_way_to_a_description_without_a_trace(both: Graph) -> None:
    toll = node(both, "ferry-toll")
    assert (toll.name, toll.properties["datasets"]) == ("Ferry toll", ["south"])
    assert not {"aliases", "stub"} & toll.properties.keys()


def test_what_is_only_mentioned_is_a_stub() -> None:
    toll = node(read_dataset(OVERLAP / "north").graph, "ferry-toll")
    assert (toll.labels, toll.name) == (("Entity", "Measure"), "Toll on ferries")
    assert toll.properties == {"datasets": ["north"], "stub": True}


def test_of_two_mentions_the_first_data_set_in_order_of_ids_names_it() -> None:
    stubs = [
        (DatasetVersion(id=name, version="1", title="t"), [Statement(subject="x", kind="node", type=label, values=named, mention=True)])
        for name, label, named in (("b", "Event", {"name": (Account(value="B"),)}), ("a", "Round", {"name": (Account(value="A"),)}))
    ]
    expected = Node(id="x", labels=("Entity", "Event", "Round"), name="A", properties={"datasets": ["a", "b"], "stub": True})
    assert merge_graph(stubs, ONTOLOGY).nodes == merge_graph(stubs[::-1], ONTOLOGY).nodes == (expected,)


REFUSED_MENTIONS = {
    "described too": ("{id: cy, name: Cy}", "{id: bo, name: Bo}", "is both described and mentioned"),
    "with evidence": ("{id: cy, name: Cy}", "{id: cy, name: Cy, evidence: [report:p1]}", "id and name alone, not 'evidence'"),
    "with raw records": ("{id: cy, name: Cy}", "{id: cy, name: Cy, from: [raw-9]}", "id and name alone, not 'from'"),
    "without a name": ("{id: cy, name: Cy}", "{id: cy}", "lacks name"),
    "twice": ("{id: cy, name: Cy}", "{id: cy, name: Cy}\n    - {id: cy, name: Cy}", "stands twice"),
    "a source": ("mentions:\n  Person:", "mentions:\n  Source:", "'Source' is not known here"),
    "a list": ("mentions:\n  Person:\n    - {id: cy, name: Cy}", "mentions: [cy]", "must be grouped under labels"),
    "of a label that the relationship does not allow": (
        "mentions:\n  Person:",
        "mentions:\n  Issue:",
        "cannot run from an Issue to a Round",
    ),
}
MENTION = FACTS.replace("relationships:\n", "mentions:\n  Person:\n    - {id: cy, name: Cy}\nrelationships:\n").replace(
    "  ABSENT_FROM:\n", "  ABSENT_FROM:\n    - {start: cy, end: first-round, evidence: [report:p2]}\n"
)


@pytest.mark.parametrize("case", REFUSED_MENTIONS)
def test_a_wrong_mention_is_refused(case: str, tmp_path: Path) -> None:
    old, new, message = REFUSED_MENTIONS[case]
    assert old in MENTION
    with pytest.raises(DatasetRefused) as refused:
        read_dataset(write_dataset(tmp_path, MENTION.replace(old, new)))
    assert message in " ".join(str(fault) for fault in refused.value.faults)


WRONG = "sources:\n  - {id: rumour-sheet, name: The sheet, kind: analysis, grade: X, excerpts: {e1: {summary: Has it wrong.}}}\n"
CLAIM = (
    "entities:\n  Claim:\n    - {id: claim-sheet, name: What the sheet says, summary: That Ann went., evidence: [rumour-sheet:e1]}\n"
    "  Organization:\n    - {id: sheet-press, name: Sheet Press, evidence: [report:p1]}\n"
)
MAY_REST = {
    "a claim": CLAIM,
    "what a claim is about": CLAIM + "relationships:\n  ABOUT:\n    - {start: claim-sheet, end: ann, evidence: [rumour-sheet:e1]}\n",
    "who published it": CLAIM
    + "relationships:\n  PUBLISHED_BY:\n    - {start: rumour-sheet, end: sheet-press, evidence: [rumour-sheet]}\n",
}
MUST_NOT_REST = {
    "an entity": ("{id: bo, name: Bo, side: b-land, evidence: [report:p2]", "{id: bo, name: Bo, side: b-land, evidence: [rumour-sheet:e1]"),
    "a value": ("date: 2025-05,", "date: {value: 2025-05, evidence: [rumour-sheet]},"),
    "a relationship": ("end: first-round, evidence: [report:p2]", "end: first-round, evidence: [report:p2, rumour-sheet:e1]"),
}


@pytest.mark.parametrize("case", MAY_REST)
def test_what_a_source_with_a_plain_error_says_may_rest_on_it(case: str, tmp_path: Path) -> None:
    folder = write_dataset(tmp_path)
    (folder / "wrong.yaml").write_text(WRONG + MAY_REST[case], encoding="utf-8")
    assert read_dataset(folder).id == "tiny"


@pytest.mark.parametrize("case", MUST_NOT_REST)
def test_no_fact_rests_on_a_source_with_a_plain_error(case: str, tmp_path: Path) -> None:
    old, new = MUST_NOT_REST[case]
    assert old in FACTS
    folder = write_dataset(tmp_path, FACTS.replace(old, new))
    (folder / "wrong.yaml").write_text(WRONG, encoding="utf-8")
    with pytest.raises(DatasetRefused) as refused:
        read_dataset(folder)
    assert [("grade X" in fault.message, "as a Claim" in fault.hint) for fault in refused.value.faults] == [(True, True)]


def test_an_excerpt_names_entities_and_nothing_else(tmp_path: Path) -> None:
    folder = write_dataset(tmp_path, FACTS.replace("stayed away.}", "stayed away., names: [bo, report, bob]}"))
    with pytest.raises(DatasetRefused) as refused:
        read_dataset(folder)
    found = [str(fault) for fault in refused.value.faults]
    assert any("names points to 'report', which is a Source" in fault for fault in found)
    assert any("names points to 'bob', which is no entity" in fault for fault in found)


GRADES = any_of.sampled_from(["A", "A-", "B", "C", "X"])
DATES = any_of.sampled_from(["2025", "2025-06", "2025-06-09", "2025-06-09/2025-06-10", "[..2025-06-08]", "[2025-06-01..2025-06-09]"])
NAMES = any_of.sampled_from(["One", "Two", "Three"])


@any_of.composite
def statements(draw: any_of.DrawFn) -> tuple[Statement, ...]:
    source = {"name": (Account(value=draw(NAMES)),), "grade": (Account(value=draw(GRADES)),), "date": (Account(value=draw(DATES)),)}
    source["misspellings"] = (Account(value=(f"{draw(NAMES)} = event",)),)
    if draw(any_of.booleans()):
        return (Statement(subject="event", kind="node", type="Event", values={"name": (Account(value=draw(NAMES)),)}, mention=True),)
    own = {
        "name": tuple(Account(value=name) for name in draw(any_of.lists(NAMES, min_size=1, max_size=2))),
        "date": tuple(Account(value=one, evidence=("s:p1",)) for one in draw(any_of.lists(DATES, min_size=1, max_size=2))),
        "aliases": (Account(value=tuple(draw(any_of.lists(NAMES, min_size=1, max_size=3)))),),
        "status": (Account(value=draw(any_of.sampled_from(["held", "announced"]))),),
        "certainty": (Account(value=draw(any_of.sampled_from(["stated", "implied", "alleged"]))),),
    }
    kept = {name: own[name] for name in ("name", *draw(any_of.sets(any_of.sampled_from(sorted(own)))))}
    event = Statement(subject="event", kind="node", type=draw(any_of.sampled_from(["Event", "Round"])), values=kept, evidence=("s:p1",))
    return (Statement(subject="s", kind="node", type="Source", values=source), event)


@settings(max_examples=200, deadline=None)
@given(groups=any_of.lists(statements(), min_size=2, max_size=4), shuffle=any_of.randoms(use_true_random=False))
def test_any_data_sets_in_any_order_make_one_graph(groups: list[tuple[Statement, ...]], shuffle: object) -> None:
    datasets = [(DatasetVersion(id=f"set-{number}", version="1", title="t"), group) for number, group in enumerate(groups)]
    mixed = list(datasets)
    shuffle.shuffle(mixed)  # type: ignore[attr-defined]
    assert merge_graph(datasets, ONTOLOGY) == merge_graph(mixed, ONTOLOGY)
