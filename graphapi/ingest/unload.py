"""Taking a data set out of the graph: what it alone said goes, what others say stays, in one transaction."""

from collections.abc import Callable
from datetime import UTC, datetime

from graphapi.errors import NotFound
from graphapi.ingest.showing import Shown, batches, read_sources, show
from graphapi.ingest.turns import begin
from graphapi.model import Shape
from graphapi.ontology import Ontology, read_ontology
from graphapi.store import Store, Transaction


class UnloadReport(Shape):
    """What the removal of a data set did, or would do, by ids of nodes and relationships.

    `removed` it alone said; `stubs` are mentioned by others, who say no more of them; `changed` are what others say too. `version` is the
    graph's version afterwards.
    """

    dataset: str
    dataset_version: str
    title: str
    removed: tuple[str, ...]
    stubs: tuple[str, ...]
    changed: tuple[str, ...]
    version: int
    dry_run: bool = False


class _Rehearsed(Exception):
    def __init__(self, report: UnloadReport) -> None:
        super().__init__()
        self.report = report


def unload(
    store: Store,
    identifier: str,
    ontology: Ontology | None = None,
    *,
    dry_run: bool = False,
    waiting: Callable[[], None] | None = None,
) -> UnloadReport:
    """Make the graph what it would be had the data set never been loaded; its records stay, as those of an older version.

    `dry_run` works it all out and takes it back. `waiting` is called once when a load has to end first. Raises NotFound with the ids that
    are there when the graph does not hold it; Conflict when a load takes too long; DatabaseUnavailable when the database does not answer.
    """
    known = ontology or read_ontology()

    def work(transaction: Transaction) -> UnloadReport:
        version = begin(transaction, waiting)
        report = _unload(transaction, identifier, version, known)
        if dry_run:
            raise _Rehearsed(report)
        return report

    try:
        return store.execute_write(work)
    except _Rehearsed as rehearsed:
        return rehearsed.report.model_copy(update={"dry_run": True, "version": rehearsed.report.version - 1})


def _unload(transaction: Transaction, identifier: str, version: int, ontology: Ontology) -> UnloadReport:
    heads = transaction.run("write/read-dataset", id=identifier)
    if not heads:
        raise _not_held(identifier, [row["id"] for row in transaction.run("write/dataset-ids")])
    head, now, before = heads[0]["dataset"], datetime.now(UTC), read_sources(transaction)
    subjects = sorted(row["subject"] for row in transaction.run("write/current-records", dataset=identifier))
    for batch in batches(subjects):
        transaction.run("write/close-records", subjects=batch, dataset=identifier, now=now)
    transaction.run("write/delete-dataset", id=identifier)
    shown = show(transaction, subjects, before, ontology)
    version = transaction.run("write/raise-version", now=now)[0]["version"]
    stubs = {node.id for node in shown.nodes if node.properties.get("stub")} & set(subjects)
    return UnloadReport(
        dataset=identifier,
        dataset_version=head["version"],
        title=head["title"],
        removed=tuple(sorted(shown.gone)),
        stubs=tuple(sorted(stubs)),
        changed=tuple(sorted(_ids(shown) - stubs)),
        version=version,
    )


def _ids(shown: Shown) -> set[str]:
    return {node.id for node in shown.nodes} | {relationship.id for relationship in shown.relationships}


def _not_held(identifier: str, held: list[str]) -> NotFound:
    error = NotFound("data set in the graph", identifier, held)
    error.hint = f"The graph holds: {', '.join(held)}." if held else "The graph holds none."
    return error
