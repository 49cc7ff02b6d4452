"""What a data set withholds, taken out of its older records too: no question about the past may answer with it."""

from collections.abc import Iterator

from graphapi.ingest.dataset import Dataset
from graphapi.ingest.showing import batches
from graphapi.ingest.statement import Statement, Withholding, read_body
from graphapi.ingest.withholding import touches, withheld_node, without_references
from graphapi.model import relationship_id
from graphapi.store import Transaction

BEFORE = "What was said before is withheld too: "
NOBODY = "withheld"
Row = dict[str, str | None]


def withdraw(transaction: Transaction, dataset: Dataset) -> None:
    """Make the older records of what is withheld say that it is.

    The records stay, so that the versions of the data set do. A node's keeps its id and label; a relationship's loses its ends, which are
    what it said. Older records of other nodes lose their references to a withheld one.
    """
    if not dataset.withheld:
        return
    marks = [f'{subject}"' for subject in sorted(dataset.withheld)]
    rows = transaction.run("write/older-records", dataset=dataset.id, marks=marks)
    changed = [
        {"record": row["record"], "properties": properties} for row in rows for properties in _withdrawn(read_body(row["body"]), dataset)
    ]
    for batch in batches(changed):
        transaction.run("write/rewrite-records", rows=batch)


def _withdrawn(older: Statement, dataset: Dataset) -> Iterator[Row]:
    """Give the properties that a record takes, if it has to take any."""
    if older.withheld:
        return
    if older.kind == "relationship" and touches(older, dataset.withheld):
        yield _told(_nameless(older, _before(older, dataset))) | {"kind": "withheld", "start": None, "end": None}
    elif older.subject in dataset.withheld:
        yield _told(withheld_node(older, _before(older, dataset)))
    elif (left := without_references(older, dataset.withheld, dataset.ontology)) != older:
        yield _told(left)


def _before(older: Statement, dataset: Dataset) -> Withholding:
    why = next(dataset.withheld[one] for one in (older.subject, older.start, older.end) if one in dataset.withheld)
    return why.model_copy(update={"why": BEFORE + why.why})


def _nameless(older: Statement, why: Withholding) -> Statement:
    subject = relationship_id(NOBODY, older.type, NOBODY)
    return Statement(subject=subject, kind="relationship", type=older.type, withheld=why)


def _told(statement: Statement) -> Row:
    return {"subject": statement.subject, "body": statement.body().decode(), "digest": statement.digest()}
