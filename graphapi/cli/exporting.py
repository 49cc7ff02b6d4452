"""The command that writes what the graph holds into a file: export."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from graphapi.cli.messages import tell
from graphapi.cli.pairs import read_pairs
from graphapi.errors import InputRefused, UsageError

if TYPE_CHECKING:
    from graphapi.catalogue import Catalogue
    from graphapi.dates import Span
    from graphapi.model import Graph
    from graphapi.questions import Answer
    from graphapi.store import Store

EVERYTHING = "all"
FORMATS = ("json", "csv", "graphml")


@click.command(short_help="Write the graph, a part of it or an answer into a JSON, CSV or GraphML file.")
@click.argument("what", default=EVERYTHING)
@click.argument("parameters", nargs=-1, metavar="[KEY=VALUE]...")
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), required=True, help="The file to write.")
@click.option("--format", "form", type=click.Choice(FORMATS), help="Its format; without it the one that the file's name ends in.")
@click.option("--depth", type=click.IntRange(1, 3), default=1, show_default=True, help="Steps away from the entity.")
@click.option("--as-of", metavar="DATE", help="Leave out what surely was not so at a day, month or year.")
def export(what: str, parameters: tuple[str, ...], output: Path, form: str | None, depth: int, as_of: str | None) -> None:  # noqa: PLR0913
    """Write WHAT into a file: `all` of the graph, what lies around an entity, named by its id, or the answer to a query, named as
    `parley queries` does, with its parameters.

    JSON is what the API says; CSV is one table for a spreadsheet; GraphML, for graphs only, is for Gephi, Cytoscape, yEd and networkx:
    docs/export.md.
    """
    from graphapi.cli.datasets import write_whole
    from graphapi.cli.progress import opened_store
    from graphapi.dates import read_as_of
    from graphapi.ontology import read_ontology
    from graphapi.reading.own_queries import read_all
    from graphapi.settings import load_settings

    chosen = form or _format_of(output)
    span = None if as_of is None else read_as_of(as_of)
    catalogue, given = read_all(load_settings(), read_ontology()), read_pairs(parameters)
    if given and what not in catalogue.questions:
        raise UsageError(f"{what!r} takes no parameters: it is no query.", hint="parley queries lists them.")
    if chosen == "graphml" and what in catalogue.questions:
        raise UsageError(f"The answer to {what!r} is a table, and GraphML holds only graphs.", hint="Take json or csv.")
    with opened_store(load_settings()) as store:
        if what in catalogue.questions:
            content, said = _write_answer(_ask(store, catalogue, what, given, as_of), chosen)
        else:
            content, said = _write_graph(_read(store, what, depth, span), chosen)
    write_whole(output, content)
    tell(f"Wrote {output}: {said}")


def _format_of(output: Path) -> str:
    suffix = output.suffix.lower().removeprefix(".")
    if suffix not in FORMATS:
        raise UsageError(f"{output} does not end in .json, .csv or .graphml.", hint="Name the format with --format.")
    return suffix


def _read(store: "Store", what: str, depth: int, span: "Span | None") -> "Graph":
    from graphapi.ontology import read_ontology
    from graphapi.reading.graphs import Extent, read_graph
    from graphapi.reading.whole import read_whole

    if what == EVERYTHING:
        return read_whole(store, read_ontology(), span)
    return read_graph(store, read_ontology(), Extent(around=what, depth=depth, as_of=span))


def _ask(store: "Store", catalogue: "Catalogue", name: str, given: dict[str, str], as_of: str | None) -> "Answer":
    from graphapi.ontology import read_ontology
    from graphapi.questions import Question, ask

    return ask(store, read_ontology(), catalogue, Question(name=name, given=given, as_of=as_of))


def _write_graph(graph: "Graph", form: str) -> tuple[bytes, str]:
    from graphapi.export import graph_document, graph_table, write_csv, write_graphml, write_json

    if not graph.nodes:
        raise InputRefused("There is nothing to export: the graph is empty.", hint="parley load DATASET.")
    cut = " It was cut at a limit: the graph holds more." if graph.truncated else ""
    if form == "graphml":
        content = write_graphml(graph)
    else:
        content = write_json(graph_document(graph)) if form == "json" else write_csv(graph_table(graph))
    return content, f"{len(graph.nodes):,} nodes, {len(graph.relationships):,} relationships.{cut}"


def _write_answer(answer: "Answer", form: str) -> tuple[bytes, str]:
    from graphapi.export import write_csv, write_json
    from graphapi.questions import answer_document, answer_table

    content = write_json(answer_document(answer)) if form == "json" else write_csv(answer_table(answer))
    open_ = " ".join(("", *answer.not_in_sources))
    return content, f"{len(answer.rows):,} rows.{' It was cut at a limit.' if answer.truncated else ''}{open_}"
