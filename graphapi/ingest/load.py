"""Loading a data set: what differs from what the graph holds is added, changed or removed, in one transaction."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime

from graphapi.errors import InputRefused
from graphapi.ingest.dataset import Dataset
from graphapi.ingest.showing import batches, read_sources, show
from graphapi.ingest.statement import Statement
from graphapi.ingest.turns import begin
from graphapi.ingest.withdrawal import withdraw
from graphapi.model import Shape
from graphapi.store import Store, Transaction
from graphapi.stories import write_stories

MAX_ROWS = 50_000


class LoadReport(Shape):
    """What a load did, or would do: ids of the nodes and relationships that it added, changed and removed.

    `version` is the graph's version afterwards; `head_changed` says that the title, version, sides or stories differ.
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


def load(store: Store, dataset: Dataset, *, dry_run: bool = False, waiting: Callable[[], None] | None = None) -> LoadReport:
    """Make the graph say what the data set says: all of it, or nothing.

    Loading the same again changes nothing and leaves the graph's version. What the data set withholds goes from its older records too.
    `dry_run` works it all out and takes it back. `waiting` is called once when another load has to end first. Raises InputRefused for more
    than MAX_ROWS rows, for two data sets that call one thing by incompatible labels, and for a graph too large for the server's memory;
    Conflict when another load takes too long; DatabaseUnavailable when the database does not answer.
    """
    if len(dataset.statements) > MAX_ROWS:
        raise InputRefused(
            f"The data set {dataset.id} has {len(dataset.statements):,} nodes and relationships; one load takes at most {MAX_ROWS:,}.",
            hint="Split it into several data sets.",
        )
    wanted = {statement.subject: statement for statement in dataset.statements}
    digests = {subject: statement.digest() for subject, statement in wanted.items()}

    def work(transaction: Transaction) -> LoadReport:
        version = begin(transaction, waiting)
        report = _load(transaction, dataset, version, wanted, digests)
        if dry_run:
            raise _Rehearsed(report)
        return report

    try:
        return store.execute_write(work)
    except _Rehearsed as rehearsed:
        return rehearsed.report.model_copy(update={"dry_run": True})


def _load(
    transaction: Transaction, dataset: Dataset, version: int, wanted: Mapping[str, Statement], digests: Mapping[str, str]
) -> LoadReport:
    heads = transaction.run("write/read-dataset", id=dataset.id)
    previous = heads[0]["dataset"] if heads else None
    head = dataset.head.model_dump() | {"sides": list(dataset.head.sides), "stories": write_stories(dataset.head.stories)}
    current = {row["subject"]: row["digest"] for row in transaction.run("write/current-records", dataset=dataset.id)}
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
    now, before = datetime.now(UTC), read_sources(transaction)
    transaction.run("write/put-dataset", properties=head)
    for batch in batches(changed + removed):
        transaction.run("write/close-records", subjects=batch, dataset=dataset.id, now=now)
    withdraw(transaction, dataset)
    rows = [_row(wanted[subject], digests[subject]) for subject in added + changed]
    for batch in batches(rows):
        transaction.run("write/open-records", rows=batch, dataset=dataset.id, version=dataset.version, now=now)
    transaction.run("write/note-version", dataset=dataset.id, version=dataset.version, now=now)
    show(transaction, [*added, *changed, *removed], before, dataset.ontology)
    raised = transaction.run("write/raise-version", now=now)[0]["version"]
    return report.model_copy(update={"version": raised})


def _row(statement: Statement, digest: str) -> dict[str, str | None]:
    """Return a statement as the text that opens records takes it; a node has no ends."""
    return {
        "subject": statement.subject,
        "kind": statement.kind,
        "type": statement.type,
        "start": statement.start,
        "end": statement.end,
        "digest": digest,
        "body": statement.body().decode(),
    }
