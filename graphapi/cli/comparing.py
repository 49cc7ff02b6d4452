"""The command that compares two versions of a data set: diff."""

from typing import TYPE_CHECKING

import click

from graphapi.cli.messages import tell
from graphapi.cli.tables import format_option, show
from graphapi.errors import NotFound, UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graphapi.ingest.changes import Change
    from graphapi.ingest.statement import Statement
    from graphapi.model import DatasetVersion

    Version = tuple[DatasetVersion, Sequence[Statement]]

COLUMNS = ("change", "id", "field", "old", "new")
PAGE = 5000


@click.command(short_help="Show what differs between two versions of a data set.")
@click.argument("datasets", nargs=-1, metavar="OLD NEW", required=True)
@click.option("--graph", "with_graph", is_flag=True, help="Compare one data set with what the graph holds of it, which counts as the old.")
@format_option
def diff(datasets: tuple[str, ...], with_graph: bool, form: str) -> None:
    """Show what differs between OLD and NEW, each a folder or the id of a bundled data set: what was added, changed (field, old, new),
    removed. With --graph name one, and it is compared with what the graph holds.

    Without --graph it needs no database. Ends with 0 also when they differ.
    """
    from graphapi.cli.datasets import read_named
    from graphapi.ingest.changes import compare, compare_heads, count_changes

    if len(datasets) != (1 if with_graph else 2):
        raise UsageError("Name two data sets, or one with --graph.", hint="For example: parley diff old-folder new-folder")
    read = [read_named(name) for name in datasets]
    new = (read[-1].head, read[-1].statements)
    old = _held(new[0].id) if with_graph else (read[0].head, read[0].statements)
    changes = [*compare_heads(old[0], new[0]), *compare(old[1], new[1])]
    counts = count_changes(changes)
    document = {"old": _cited(old[0]), "new": _cited(new[0]), "counts": counts, "changes": [change.model_dump() for change in changes]}
    show(COLUMNS, _rows(changes), form, document)
    tell(f"{_name(old[0])} and {_name(new[0])}: {', '.join(f'{count} {change}' for change, count in counts.items())}.")


def _held(identifier: str) -> "Version":
    """Return what the graph holds of a data set; raises NotFound when it holds none of this id."""
    from graphapi.cli.progress import opened_store
    from graphapi.ingest.statement import read_body
    from graphapi.settings import load_settings
    from graphapi.stats import read_datasets

    with opened_store(load_settings()) as store:
        heads = {head.id: head for head in read_datasets(store)}
        if identifier not in heads:
            raise NotFound("data set in the graph", identifier, hint=f"It holds: {', '.join(heads) or 'none'}.")
        statements, after = [], ""
        while rows := store.rows("read/records/dataset-records", dataset=identifier, after=after, limit=PAGE):
            statements += [read_body(row["body"]) for row in rows]
            after = rows[-1]["subject"]
    return heads[identifier], statements


def _rows(changes: "Sequence[Change]") -> list[tuple[object, ...]]:
    return [(change.change, change.id, change.field, change.old, change.new) for change in changes]


def _cited(head: "DatasetVersion") -> dict[str, str]:
    return {"id": head.id, "version": head.version}


def _name(head: "DatasetVersion") -> str:
    return f"{head.id} {head.version}"
