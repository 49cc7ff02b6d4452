"""The bundled data set 2018 to 2026: 156 documents of different worth, which overlap, disagree and change."""

from collections import Counter
from pathlib import Path

import pytest

from graphapi.editing import lint
from graphapi.ingest import Dataset, read_dataset
from graphapi.model import Node, Relationship, texts

RAW = Path(__file__).with_name("wider_raw_ids.txt").read_text(encoding="utf-8").split()
# What the file of raw facts calls its documents with a plain error.
PLAIN_ERRORS = 18
# The accounts that contradict each other, with how they differ.
KINDS = {
    "wcontra-call-june": "conflict",
    "wcontra-geneva-compliance": "conflict",
    "wcontra-london-signed": "one-sided",
    "wcontra-stockholm-extension": "conflict",
    "wcontra-tiktok-approval": "one-sided",
    "wcontra-100-tariff": "reporting-error",
    "wcontra-soybeans": "one-sided",
    "wcontra-rare-earth-scope": "conflict",
    "wcontra-fentanyl-wording": "wording",
    "wcontra-busan-date": "conflict",
    "wcontra-phase-one-date": "conflict",
    "wcontra-s122-rate": "conflict",
    "wcontra-h200-fee": "conflict",
    "wcontra-affiliates-end": "wording",
    "wcontra-geneva-walkout": "rumour",
    "wcontra-rare-earth-date": "conflict",
    "wcontra-eo14298-date": "conflict",
    "wcontra-feb4-minerals": "reporting-error",
    "wcontra-hearing-year": "conflict",
    "wcontra-beijing-results": "conflict",
    "wcontra-busan-taiwan": "reporting-error",
    "wcontra-seoul-day": "conflict",
}


@pytest.fixture(scope="module")
def wider() -> Dataset:
    return read_dataset("us-china-2018-2026")


@pytest.fixture(scope="module")
def nodes(wider: Dataset) -> dict[str, Node]:
    return {node.id: node for node in wider.graph.nodes}


@pytest.fixture(scope="module")
def relationships(wider: Dataset) -> dict[str, Relationship]:
    return {relationship.id: relationship for relationship in wider.graph.relationships}


def test_every_raw_record_became_one_fact_or_is_left_out_with_a_reason(wider: Dataset) -> None:
    used = Counter(raw for statement in wider.statements for raw in statement.raw) + Counter(wider.left_out.keys())
    assert len(RAW) == len(set(RAW)) == 899
    assert set(used) == set(RAW)
    assert max(used.values()) == 1
    assert set(wider.left_out) == {"entity-list-sep12", "wpos-china-kl-tough", "wrel-360", "wrel-361"}
    assert all("grade X" in reason for reason in wider.left_out.values())


def test_no_relationship_has_evidence_that_does_not_name_its_ends(wider: Dataset) -> None:
    assert lint(wider) == ()


def test_every_document_is_kept_and_says_its_error(nodes: dict[str, Node]) -> None:
    sources = [node for node in nodes.values() if node.label == "Source"]
    seen = [node for node in sources if node.properties.get("directness") != "relayed"]
    wrong = [node for node in seen if node.properties["grade"] == "X"]
    assert len(seen) == 156
    assert len(wrong) == PLAIN_ERRORS
    assert all(node.properties.get("error") or texts(node.properties, "misspellings") for node in wrong)


def test_documents_with_a_plain_error_support_nothing_but_what_they_say(
    nodes: dict[str, Node], relationships: dict[str, Relationship]
) -> None:
    wrong = {node.id for node in nodes.values() if node.label == "Source" and node.properties["grade"] == "X"}

    def rests_on_error(evidence: tuple[str, ...]) -> bool:
        return any(place.partition(":")[0] in wrong for place in evidence)

    telling = {"Claim", "Dispute", "Source", "Evidence"}
    assert {node.label for node in nodes.values() if rests_on_error(node.evidence)} <= telling
    for one in relationships.values():
        if rests_on_error(one.evidence):
            assert {nodes[one.start].label, nodes[one.end].label} & telling, one.id


def test_wrong_names_are_kept_with_their_source_and_are_no_aliases(nodes: dict[str, Node]) -> None:
    wrong = {text for node in nodes.values() for text in texts(node.properties, "misspellings")}
    assert {"Scott Besant = scott-bessent", "He Lipeng = he-lifeng", "Beth Sant = scott-bessent"} <= wrong
    meant = {text.rpartition(" = ")[2] for text in wrong}
    assert meant <= set(nodes)
    known = {name for node in nodes.values() for name in (node.name, *texts(node.properties, "aliases"))}
    assert known.isdisjoint(text.rpartition(" = ")[0] for text in wrong)
    assert known.isdisjoint({"Katherine Tai", "Janet Yellen", "Chinese Premier Xi Jinping"})


def test_look_alikes_are_recorded_as_different(relationships: dict[str, Relationship]) -> None:
    pairs = {frozenset((one.start, one.end)) for one in relationships.values() if one.type == "DISTINCT_FROM"}
    assert pairs == {
        frozenset(pair)
        for pair in (
            ("he-lifeng", "he-yadong"),
            ("li-chenggang", "liu-he"),
            ("li-chenggang", "liao-min"),
            ("liu-he", "liao-min"),
            ("wang-wentao", "wang-yi"),
            ("wang-wentao", "wang-xiaohong"),
            ("wang-yi", "wang-xiaohong"),
        )
    }


def test_the_contradictory_accounts_are_disputes_with_at_least_one_account(
    nodes: dict[str, Node], relationships: dict[str, Relationship]
) -> None:
    kinds = {node.id: node.properties["kind"] for node in nodes.values() if node.label == "Dispute"}
    assert kinds == KINDS
    accounts = Counter(one.end for one in relationships.values() if one.type == "ANSWERS_IN")
    assert all(accounts[dispute] >= 2 for dispute in kinds)


@pytest.mark.parametrize(
    ("person", "event"),
    [
        ("li-chenggang", "talks-geneva-2025-05"),
        ("li-chenggang", "talks-stockholm-2025-07"),
        ("jamieson-greer", "talks-kuala-lumpur-2025-10"),
        ("scott-bessent", "talks-paris-2026-03"),
    ],
    ids=lambda value: value,
)
def test_presence_that_no_document_states_is_marked_as_implied(person: str, event: str, relationships: dict[str, Relationship]) -> None:
    assert relationships[f"{person}--TOOK_PART_IN--{event}"].properties["certainty"] == "implied"


def test_a_threat_is_never_in_force(relationships: dict[str, Relationship]) -> None:
    acts = [one for one in relationships.values() if one.type == "SETS" and one.end == "tariff-100-threat"]
    assert [one.properties["status"] for one in acts] == ["threatened"]


def test_offices_have_their_holders_one_after_another(relationships: dict[str, Relationship]) -> None:
    holders = {one.start for one in relationships.values() if one.type == "HOLDS" and one.end == "post-us-treasury-secretary"}
    assert holders == {"scott-bessent", "steven-mnuchin"}
