"""The commands on the database: stats, status, stop."""

import dataclasses
from typing import TYPE_CHECKING

import click

from graphapi.cli.messages import tell
from graphapi.cli.tables import format_option, show

if TYPE_CHECKING:
    from graphapi.local import LocalStatus
    from graphapi.stats import Stats

COUNTED = ("what", "name", "count")


@click.command(short_help="Count what is in the graph.")
@format_option
def stats(form: str) -> None:
    """Count what is in the graph: entities by label, relationships by type, evidence, sources, data sets."""
    from graphapi.cli.progress import opened_store
    from graphapi.settings import load_settings
    from graphapi.stats import read_stats

    with opened_store(load_settings()) as store:
        found = read_stats(store)
    show(COUNTED, counted(found), form, found.model_dump(mode="json"))


def counted(found: "Stats") -> list[tuple[str, str, int]]:
    """Return counts as rows of what, name, count."""
    rows = [("entities", name, count) for name, count in found.entities.items()]
    rows += [("relationships", name, count) for name, count in found.relationships.items()]
    rows += [("evidence", "", found.evidence), ("sources", "", found.sources)]
    return rows + [("data set", f"{head.id} {head.version}", 1) for head in found.datasets]


@click.command(short_help="Show the local Neo4j.")
@format_option
def status(form: str) -> None:
    """Show the local Neo4j: whether it runs, where, and how many use it. Starts nothing."""
    from graphapi.local import status as read_status
    from graphapi.settings import load_settings

    settings = load_settings()
    found = read_status(settings)
    if form == "json":
        show((), [], form, dataclasses.asdict(found))
        return
    show(("what", "value"), _lines(found), form)
    if not settings.is_local:
        tell("NEO4J_URI is set: the other commands use that server, not the local Neo4j shown here.")


def _lines(found: "LocalStatus") -> list[tuple[str, object]]:
    lines = [
        ("state", found.phase),
        ("version", f"Neo4j Community {found.version}"),
        ("address", found.uri),
        ("process", found.pid),
        ("supervisor", found.supervisor_pid),
        ("ready since", found.started_at.astimezone().strftime("%Y-%m-%d %H:%M:%S") if found.started_at else None),
        ("users", found.users),
        ("restarts after a crash", found.restarts or None),
        ("last error", found.error or None),
        ("data", f"{found.home} ({found.data_bytes / 1e6:.0f} MB)"),
        ("jars", f"{found.cache} ({found.jars_present} of {found.jars_total})"),
        ("log", found.log),
    ]
    return [line for line in lines if line[1] is not None]


@click.command(short_help="Stop the local Neo4j.")
def stop() -> None:
    """Stop the local Neo4j, whoever uses it; a service that does answers 503 until it is started again. Data stay."""
    from graphapi.local import stop as end
    from graphapi.settings import load_settings

    settings = load_settings()
    if end(settings):
        tell(f"Stopped the local Neo4j of {settings.home}.")
    else:
        tell(f"No local Neo4j runs for {settings.home}.")
