"""The commands on data sets: load, unload, check, view."""

import dataclasses
import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import click

from graphapi.cli.database import COUNTED, counted
from graphapi.cli.messages import CONTROL, tell
from graphapi.cli.tables import format_option, show
from graphapi.errors import DatasetRefused, Fault, InputRefused, NotFound

if TYPE_CHECKING:
    from graphapi.dates import Span
    from graphapi.ingest.dataset import Dataset
    from graphapi.ingest.load import LoadReport
    from graphapi.ingest.unload import UnloadReport
    from graphapi.model import Graph


@click.command(short_help="Load a data set into the graph.")
@click.argument("dataset")
@click.option("--dry-run", is_flag=True, help="Say what would change, and change nothing.")
@format_option
def load(dataset: str, dry_run: bool, form: str) -> None:
    """Load a data set into the graph: a bundled one by its name, or a folder.

    All or nothing: a data set with a fault changes nothing. Loading the same again changes nothing either.
    """
    from graphapi.cli.progress import opened_store
    from graphapi.ingest.load import load as load_into
    from graphapi.settings import load_settings

    settings = load_settings()
    read = read_named(dataset)
    with opened_store(settings) as store:
        store.apply_schema(read.ontology)
        report = load_into(store, read, dry_run=dry_run, waiting=_tell_of_waiting)
    rows = [(kind, subject) for kind in ("added", "changed", "removed") for subject in getattr(report, kind)]
    if form != "table":
        show(("change", "id"), rows, form, report.model_dump(mode="json"))
    elif report.previous_version is not None and rows:
        show(("change", "id"), rows, form)
    tell(summary(report))


def summary(report: "LoadReport") -> str:
    """Return what a load did as one or two sentences."""
    name = f"{report.dataset} {report.dataset_version}"
    if not report.is_change:
        return f"{name}: nothing differs from the graph; it stays at version {report.version}."
    counts = f"{len(report.added)} added, {len(report.changed)} changed, {len(report.removed)} removed"
    if report.dry_run:
        said = f"{name}: a load would mean {counts}; nothing was changed."
    else:
        said = f"{name}: {counts}; the graph is now at version {report.version}."
    if report.is_unversioned:
        said += f" It is still called {report.dataset_version}: raise the version in dataset.yaml, so that others can cite what they see."
    return said


@click.command(short_help="Take a data set out of the graph.")
@click.argument("dataset")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.option("--dry-run", is_flag=True, help="Say what would be removed, and remove nothing.")
@format_option
def unload(dataset: str, yes: bool, dry_run: bool, form: str) -> None:
    """Take a data set out of the graph by its id.

    What it alone said goes; what others say too stays as they say it, and what they only mention stays as a stub. Asks before it does so.
    """
    from graphapi.cli.progress import opened_store
    from graphapi.ingest.unload import unload as take_out
    from graphapi.ontology import read_ontology
    from graphapi.settings import load_settings

    with opened_store(load_settings()) as store:
        ontology = read_ontology()
        store.apply_schema(ontology)
        report = take_out(store, dataset, ontology, dry_run=True, waiting=_tell_of_waiting)
        if not dry_run:
            tell(removal(report))
            if not yes:
                click.confirm("Remove it?", abort=True, err=True)
            report = take_out(store, dataset, ontology, waiting=_tell_of_waiting)
    if form != "table":
        rows = [(kind, subject) for kind in ("removed", "stubs", "changed") for subject in getattr(report, kind)]
        show(("change", "id"), rows, form, report.model_dump(mode="json"))
    tell(
        removal(report) if dry_run else f"Removed {report.dataset} {report.dataset_version}; the graph is now at version {report.version}."
    )


def removal(report: "UnloadReport") -> str:
    """Return what the removal of a data set means, as two sentences."""
    counts = f"{len(report.removed)} nodes and relationships that it alone says go"
    kept = f"{len(report.changed)} that others say too stay as they say them, {len(report.stubs)} that others mention stay as stubs"
    return f"Removing {report.dataset} {report.dataset_version} ({report.title}): {counts}; {kept}. Older versions stay on record."


def _tell_of_waiting() -> None:
    tell("Waiting for another load of this graph to end …")


@click.command(short_help="Check a data set; needs no database.")
@click.argument("dataset")
@format_option
def check(dataset: str, form: str) -> int:
    """Check a data set, a bundled one by its name or a folder, and print every fault by file and line.

    Needs no database. Ends with 0 when there is no fault, with 1 when there is.
    """
    from graphapi.stats import graph_stats

    columns = ("file", "line", "id", "message", "hint")
    try:
        read = read_named(dataset)
    except DatasetRefused as refused:
        if form == "table":
            for fault in refused.faults:
                click.echo(str(fault).translate(CONTROL))
        else:
            show(columns, [dataclasses.astuple(fault) for fault in refused.faults], form)
        count = len(refused.faults)
        tell(f"{dataset}: {count} {'fault' if count == 1 else 'faults'}.")
        return refused.exit_code
    if form == "table":
        show(COUNTED, counted(graph_stats(read.graph)), form)
        tell(f"{read.id} {read.version}: no faults.{_withheld(len(read.withheld))}")
    else:
        show(columns, [], form)
    return 0


def _withheld(count: int) -> str:
    return f" {count} {'record' if count == 1 else 'records'} withheld." if count else ""


# What a page may begin with.
BEGINNINGS = ("first", "whole", "groups")


@click.command(short_help="Write the explorer as one HTML file.")
@click.argument("dataset", required=False)
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), required=True, help="The HTML file to write.")
@click.option("--as-of", metavar="DATE", help="Leave out what surely was not so at a day, month or year, and mark the rest.")
@click.option("--story", metavar="ID", help="Open the page with a story of the data set.")
@click.option("--draw", type=click.Choice(BEGINNINGS), default="first", help="The heaviest first, everything, or groups to open.")
def view(dataset: str | None, output: Path, as_of: str | None, story: str | None, draw: str) -> None:
    """Write the explorer as one HTML file that works without the service and without a network.

    With DATASET, a folder or the id of a bundled one, it is drawn from the data files and needs no database; without, from the graph.
    """
    from graphapi.dates import read_as_of

    span = None if as_of is None else read_as_of(as_of)
    page = _page_of(_graph_of(dataset, span) if dataset else _stored_graph(span), story, draw)
    write_whole(output, page)
    tell(f"Wrote {output} ({len(page) / 1e6:.1f} MB). Open it in a browser.")


def _page_of(graph: "Graph", story: str | None, begin: str) -> bytes:
    from graphapi.ontology import read_ontology
    from visualizer import View, draw, stories_of

    told = [str(one["id"]) for one in stories_of(graph)]
    if story is not None and story not in told:
        raise NotFound("story on this page", story, hint=f"It can tell: {', '.join(told)}." if told else "It has no stories.")
    title = ", ".join(dataset.title for dataset in graph.datasets) or "Parley"
    return draw(graph, View(title=title, story=story, whole=begin == "whole", overview=begin == "groups"), read_ontology()).html


def _graph_of(dataset: str, as_of: "Span | None") -> "Graph":
    from graphapi.reading.moment import graph_as_of

    graph = read_named(dataset).graph
    return graph if as_of is None else graph_as_of(graph, as_of)


def _stored_graph(as_of: "Span | None") -> "Graph":
    from graphapi.cli.progress import opened_store
    from graphapi.ontology import read_ontology
    from graphapi.reading import Extent, read_graph
    from graphapi.settings import load_settings

    with opened_store(load_settings()) as store:
        graph = read_graph(store, read_ontology(), Extent(as_of=as_of))
    if graph.truncated:
        tell(f"The graph is too large for one page: these are its first {len(graph.nodes):,} nodes.")
    return graph


def read_named(dataset: str) -> "Dataset":
    """Read a data set; its faults name files as seen from the current folder."""
    from graphapi.ingest.dataset import read_dataset

    try:
        return read_dataset(dataset)
    except DatasetRefused as refused:
        raise DatasetRefused(dataset, [_placed(fault, dataset) for fault in refused.faults]) from None


def _placed(fault: Fault, dataset: str) -> Fault:
    folder = Path(dataset)
    folder = folder if folder.is_dir() else folder.parent
    return dataclasses.replace(fault, file=str(folder / fault.file)) if (folder / fault.file).exists() else fault


def write_whole(path: Path, content: bytes) -> None:
    """Write a file so that nobody ever sees half of it; raises InputRefused when the place cannot be written to."""
    try:
        descriptor, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    except OSError as error:
        raise InputRefused(f"{path} cannot be written: {error.strerror} ({path.parent}).", hint="Name another file with -o.") from error
    partial = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(content)
        mask = os.umask(0)
        os.umask(mask)
        partial.chmod(0o666 & ~mask)
        partial.replace(path)
    except OSError as error:
        raise InputRefused(f"{path} cannot be written: {error.strerror}.", hint="Name another file with -o.") from error
    finally:
        partial.unlink(missing_ok=True)
