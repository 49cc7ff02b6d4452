"""Loading a data set: what differs from what the graph holds is added, changed or removed, in one transaction."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from graphapi.errors import InputRefused
from graphapi.ingest.dataset import Dataset
from graphapi.ingest.merge import Sources, Stated, merge_node, merge_relationship, rank_sources
from graphapi.ingest.statement import Statement, read_body
from graphapi.model import Node, Relationship, Shape
from graphapi.ontology import Ontology
from graphapi.store import Store, Transaction

MAX_ROWS = 50_000
BATCH = 5_000
KEYS = {"Source": "sources", "Evidence": "evidence"}


class LoadReport(Shape):
    """What a load did, or would do: ids of the nodes and relationships that it added, changed and removed.

    `version` is the graph's version afterwards; `head_changed` says that the title, version or sides differ.
    """

    dataset: str
    dataset_version: str
    previous_version: str | None
    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    head_changed: bool
    version: int
    dry_run: bool = False

    @property
    def is_change(self) -> bool:
        """Whether anything differed."""
        return bool(self.added or self.changed or self.removed or self.head_changed)

    @property
    def is_unversioned(self) -> bool:
        """Whether facts differ while the data set's version is the same text as before, so that nobody can cite which."""
        return self.previous_version == self.dataset_version and bool(self.added or self.changed or self.removed)


class _Rehearsed(Exception):
    def __init__(self, report: LoadReport) -> None:
        super().__init__()
        self.report = report


def load(store: Store, dataset: Dataset, *, dry_run: bool = False) -> LoadReport:
    """Make the graph say what the data set says: all of it, or nothing.

    Loading the same again changes nothing and leaves the graph's version. `dry_run` works it all out and takes it back. Raises
    InputRefused for more than MAX_ROWS rows, for two data sets that call one thing by incompatible labels, and for a graph too large for
    the server's memory; DatabaseUnavailable when the database does not answer.
    """
    if len(dataset.statements) > MAX_ROWS:
        raise InputRefused(
            f"The data set {dataset.id} has {len(dataset.statements):,} nodes and relationships; one load takes at most {MAX_ROWS:,}.",
            hint="Split it into several data sets.",
        )
    wanted = {statement.subject: statement for statement in dataset.statements}
    digests = {subject: statement.digest() for subject, statement in wanted.items()}

    def work(transaction: Transaction) -> LoadReport:
        report = _load(transaction, dataset, wanted, digests)
        if dry_run:
            raise _Rehearsed(report)
        return report

    try:
        return store.execute_write(work)
    except _Rehearsed as rehearsed:
        return rehearsed.report.model_copy(update={"dry_run": True})


def _load(transaction: Transaction, dataset: Dataset, wanted: Mapping[str, Statement], digests: Mapping[str, str]) -> LoadReport:
    version = transaction.run("write/lock-graph")[0]["version"]
    heads = transaction.run("write/read-dataset", id=dataset.id)
    previous = heads[0]["dataset"] if heads else None
    head = dataset.head.model_dump() | {"sides": list(dataset.head.sides)}
    records = {row["subject"]: row for row in transaction.run("write/current-records", dataset=dataset.id)}
    current = {subject: row["digest"] for subject, row in records.items()}
    added = sorted(digests.keys() - current.keys())
    removed = sorted(current.keys() - digests.keys())
    changed = sorted(subject for subject in digests.keys() & current.keys() if digests[subject] != current[subject])
    report = LoadReport(
        dataset=dataset.id,
        dataset_version=dataset.version,
        previous_version=previous["version"] if previous else None,
        added=tuple(added),
        changed=tuple(changed),
        removed=tuple(removed),
        head_changed=previous != head,
        version=version,
    )
    if not report.is_change:
        return report
    now = datetime.now(UTC)
    transaction.run("write/put-dataset", properties=head)
    transaction.run("write/close-records", subjects=changed + removed, dataset=dataset.id, now=now)
    rows = [
        {"subject": s, "kind": wanted[s].kind, "type": wanted[s].type, "digest": digests[s], "body": wanted[s].body().decode()}
        for s in added + changed
    ]
    for batch in _batches(rows):
        transaction.run("write/open-records", rows=batch, dataset=dataset.id, version=dataset.version, now=now)
    moved = [s for s in added + changed if wanted[s].type == "Source"] + [s for s in removed if records[s]["type"] == "Source"]
    resting = transaction.run("write/subjects-of-sources", sources=moved) if previous or version else []
    _show(transaction, [*added, *changed, *removed, *(row["subject"] for row in resting)], dataset.ontology)
    raised = transaction.run("write/raise-version", now=now)[0]["version"]
    return report.model_copy(update={"version": raised})


def _show(transaction: Transaction, subjects: list[str], ontology: Ontology) -> None:
    """Bring the nodes and relationships of these subjects in step with the records."""
    sources = _sources(transaction)
    affected = dict.fromkeys(subjects)
    stated: dict[str, list[Stated]] = defaultdict(list)
    for batch in _batches(list(affected)):
        for row in transaction.run("write/records-of-subjects", subjects=batch):
            stated[row["subject"]].append((row["dataset"], read_body(row["body"])))
    gone = [subject for subject in affected if subject not in stated]
    nodes = [merge_node(group, sources, ontology) for group in stated.values() if group[0][1].kind == "node"]
    relationships = [merge_relationship(group, sources, ontology) for group in stated.values() if group[0][1].kind == "relationship"]
    _delete_relationships(transaction, gone)
    _put_nodes(transaction, nodes, ontology)
    _put_relationships(transaction, relationships)
    _delete_nodes(transaction, gone)


def _sources(transaction: Transaction) -> Sources:
    return rank_sources(read_body(row["body"]) for row in transaction.run("write/records-of-sources"))


def _put_nodes(transaction: Transaction, nodes: Iterable[Node], ontology: Ontology) -> None:
    groups: dict[tuple[str, ...], list[Node]] = defaultdict(list)
    for node in nodes:
        groups[node.labels].append(node)
    for labels, group in groups.items():
        rows = [{"id": node.id, "properties": node.properties | {"id": node.id, "name": node.name}} for node in group]
        others = [name for name in ontology.labels if name not in labels]
        for batch in _batches(rows):
            transaction.run(f"write/put-{KEYS.get(labels[0], 'entities')}", rows=batch, labels=list(labels), others=others)


def _put_relationships(transaction: Transaction, relationships: Iterable[Relationship]) -> None:
    groups: dict[str, list[Relationship]] = defaultdict(list)
    for relationship in relationships:
        groups[relationship.type].append(relationship)
    for kind, group in groups.items():
        rows = [{"start": r.start, "end": r.end, "properties": r.properties | {"id": r.id, "evidence": list(r.evidence)}} for r in group]
        for batch in _batches(rows):
            transaction.run("write/put-relationships", rows=batch, type=kind)


def _delete_relationships(transaction: Transaction, gone: Iterable[str]) -> None:
    groups: dict[str, list[dict[str, str]]] = defaultdict(list)
    for subject in gone:
        if "--" in subject:
            start, kind, end = subject.split("--")
            groups[kind].append({"start": start, "end": end})
    for kind, rows in groups.items():
        transaction.run("write/delete-relationships", rows=rows, type=kind)


def _delete_nodes(transaction: Transaction, gone: Iterable[str]) -> None:
    ids = [subject for subject in gone if "--" not in subject]
    evidence = [subject for subject in ids if ":" in subject]
    others = [subject for subject in ids if ":" not in subject]
    transaction.run("write/delete-evidence", ids=evidence)
    transaction.run("write/delete-entities", ids=others)
    transaction.run("write/delete-sources", ids=others)


def _batches(rows: list[Any]) -> Iterator[list[Any]]:
    """Cut rows so that one statement's memory stays small; the transaction is one all the same."""
    for start in range(0, len(rows), BATCH):
        yield rows[start : start + BATCH]
