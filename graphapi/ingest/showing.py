"""The shown graph brought in step with the records: what each data set states, merged into nodes and relationships."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from graphapi.ingest.merge import Stated, merge_node, merge_relationship
from graphapi.ingest.ranking import Sources, rank_sources, touched
from graphapi.ingest.statement import read_body
from graphapi.model import Node, Relationship
from graphapi.ontology import Ontology
from graphapi.store import Transaction

BATCH = 5_000
KEYS = {"Source": "sources", "Evidence": "evidence"}


class Shown(NamedTuple):
    """What became of subjects: `gone` are those that no data set states any more."""

    nodes: tuple[Node, ...]
    relationships: tuple[Relationship, ...]
    gone: tuple[str, ...]


def read_sources(transaction: Transaction) -> Sources:
    """Return the ranks of the sources as the records have them at this moment of the transaction."""
    return rank_sources(read_body(row["body"]) for row in transaction.run("write/records-of-sources"))


def show(transaction: Transaction, subjects: Iterable[str], before: Sources, ontology: Ontology) -> Shown:
    """Bring the nodes and relationships of these subjects in step with the records, and all that rests on a source of another rank.

    `before` are the sources as they were when the transaction began. Raises InputRefused for one thing under labels of which none is a kind
    of the other.
    """
    sources = read_sources(transaction)
    own = dict.fromkeys(subjects)
    affected = own | dict.fromkeys(_resting(transaction, before, sources))
    stated: dict[str, list[Stated]] = defaultdict(list)
    for batch in batches(list(affected)):
        for row in transaction.run("write/records-of-subjects", subjects=batch):
            stated[row["subject"]].append((row["dataset"], read_body(row["body"])))
    gone = tuple(subject for subject in own if subject not in stated)
    nodes = tuple(merge_node(group, sources, ontology) for group in stated.values() if group[0][1].kind == "node")
    relationships = tuple(merge_relationship(group, sources, ontology) for group in stated.values() if group[0][1].kind == "relationship")
    _delete_relationships(transaction, gone)
    _put_nodes(transaction, nodes, ontology)
    _put_relationships(transaction, relationships)
    _delete_nodes(transaction, gone)
    return Shown(nodes, relationships, gone)


def batches(rows: list[Any]) -> Iterator[list[Any]]:
    """Cut rows so that one statement's memory stays small; the transaction is one all the same."""
    for start in range(0, len(rows), BATCH):
        yield rows[start : start + BATCH]


def _resting(transaction: Transaction, before: Sources, after: Sources) -> list[str]:
    """Return the subjects that must be merged anew although nothing is said of them anew: their sources rank differently."""
    moved, renamed = touched(before, after)
    marks = [f'"{source}' for source in sorted(moved)]
    rows = transaction.run("write/subjects-of-sources", marks=marks) if marks else []
    return [*(row["subject"] for row in rows), *sorted(renamed)]


def _put_nodes(transaction: Transaction, nodes: Iterable[Node], ontology: Ontology) -> None:
    groups: dict[tuple[str, ...], list[Node]] = defaultdict(list)
    for node in nodes:
        groups[node.labels].append(node)
    for labels, group in groups.items():
        rows = [{"id": node.id, "properties": node.properties | {"id": node.id, "name": node.name}} for node in group]
        others = [name for name in ontology.labels if name not in labels]
        for batch in batches(rows):
            transaction.run(f"write/put-{KEYS.get(labels[0], 'entities')}", rows=batch, labels=list(labels), others=others)


def _put_relationships(transaction: Transaction, relationships: Iterable[Relationship]) -> None:
    groups: dict[str, list[Relationship]] = defaultdict(list)
    for relationship in relationships:
        groups[relationship.type].append(relationship)
    for kind, group in groups.items():
        rows = [{"start": r.start, "end": r.end, "properties": r.properties | {"id": r.id, "evidence": list(r.evidence)}} for r in group]
        for batch in batches(rows):
            transaction.run("write/put-relationships", rows=batch, type=kind)


def _delete_relationships(transaction: Transaction, gone: Iterable[str]) -> None:
    groups: dict[str, list[dict[str, str]]] = defaultdict(list)
    for subject in gone:
        if "--" in subject:
            start, kind, end = subject.split("--")
            groups[kind].append({"start": start, "end": end})
    for kind, rows in groups.items():
        for batch in batches(rows):
            transaction.run("write/delete-relationships", rows=batch, type=kind)


def _delete_nodes(transaction: Transaction, gone: Iterable[str]) -> None:
    ids = [subject for subject in gone if "--" not in subject]
    for batch in batches([subject for subject in ids if ":" in subject]):
        transaction.run("write/delete-evidence", ids=batch)
    for batch in batches([subject for subject in ids if ":" not in subject]):
        transaction.run("write/delete-entities", ids=batch)
        transaction.run("write/delete-sources", ids=batch)
