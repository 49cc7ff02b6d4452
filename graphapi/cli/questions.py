"""The commands that ask: queries, query, path."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from graphapi.cli.messages import tell
from graphapi.cli.pairs import read_pairs
from graphapi.cli.tables import format_option, show

if TYPE_CHECKING:
    from graphapi.questions import Answer, Question
    from graphapi.store import Store

AS_OF = "As of a day, a month or a year: what surely was not so then is left out."


@click.command(short_help="List the questions that can be asked.")
@format_option
def queries(form: str) -> None:
    """List the questions that `parley query` answers, with their parameters; needs no database.

    Query files of your own, below PARLEY_QUERIES, are among them; those that are wrong are named on standard error.
    """
    from graphapi.ontology import read_ontology
    from graphapi.reading.own_queries import read_all
    from graphapi.settings import load_settings

    catalogue = read_all(load_settings(), read_ontology())
    known = catalogue.questions
    rows = [
        (name, query.title, " ".join(_usage(one, parameter.optional) for one, parameter in query.parameters.items()))
        for name, query in known.items()
    ]
    show(("name", "question", "parameters"), rows, form)
    for one in catalogue.refused:
        tell(f"Not taken up: {one.file}:{one.line}: {one.reason}")


@click.command(short_help="Ask a question of the catalogue.")
@click.argument("name")
@click.argument("parameters", nargs=-1, metavar="[KEY=VALUE]...")
@click.option("--as-of", metavar="DATE", help=AS_OF)
@click.option("--snapshot", type=click.Path(dir_okay=False, path_type=Path), help="Also write the answer into a file that can be cited.")
@format_option
def query(name: str, parameters: tuple[str, ...], as_of: str | None, snapshot: Path | None, form: str) -> None:
    """Ask a question of the catalogue, such as: parley query attendees event=talks-london-2025-06-09

    `parley queries` lists the questions with their parameters. What our sources leave open is said on standard error. `parley verify`
    checks a snapshot: docs/verify.md.
    """
    _answer(name, read_pairs(parameters), as_of, form, snapshot)


@click.command(short_help="Show how two entities are connected.")
@click.argument("start", metavar="FROM")
@click.argument("end", metavar="TO")
@click.option("--max-hops", metavar="NUMBER", help="Most steps of a chain, from 1 to 8.  [default: 6]")
@click.option("--as-of", metavar="DATE", help=AS_OF)
@format_option
def path(start: str, end: str, max_hops: str | None, as_of: str | None, form: str) -> None:
    """Show all shortest chains between two entities, over what our sources say is so: never over what they deny or what is only planned."""
    given = {"from": start, "to": end} | ({} if max_hops is None else {"max_hops": max_hops})
    _answer("path", given, as_of, form)


def _answer(name: str, given: dict[str, str], as_of: str | None, form: str, snapshot: Path | None = None) -> None:
    from graphapi.cli.progress import opened_store
    from graphapi.ontology import read_ontology
    from graphapi.questions import Question, answer_document, answer_table, ask
    from graphapi.questions.wording import sums_in_words
    from graphapi.reading.own_queries import read_all
    from graphapi.settings import load_settings

    settings = load_settings()
    with opened_store(settings) as store:
        question = Question(name=name, given=given, as_of=as_of)
        ontology = read_ontology()
        found = _snapped(store, question, snapshot) if snapshot else ask(store, ontology, read_all(settings, ontology), question)
    if form == "csv":
        table = answer_table(found)
        show(table.columns, table.rows, form)
    else:
        columns, lines = _grid(found) if found.matrix else (tuple(found.columns), _lines(found))
        show(columns, lines, form, answer_document(found))
    for sum_name, value in sums_in_words(found).items():
        tell(f"{sum_name.replace('_', ' ').capitalize()}: {value}")
    for sentence in found.not_in_sources:
        tell(sentence)
    if found.truncated:
        tell("There is more: the answer was cut at its limit.")


def _snapped(store: "Store", question: "Question", path: Path) -> "Answer":
    """Ask, write the answer's snapshot, and return the answer."""
    from graphapi.cli.snapshots import write_snapshot
    from graphapi.ontology import read_ontology
    from graphapi.questions import ask
    from graphapi.questions.snapshots import of_question, snapshot_of
    from graphapi.reading.own_queries import read_all
    from graphapi.stats import read_version

    before = read_version(store)
    found = ask(store, read_ontology(), read_all(store.settings, read_ontology()), question)
    write_snapshot(path, snapshot_of(store, before, *of_question(found)))
    return found


def _usage(name: str, optional: bool) -> str:
    return f"[{name}=…]" if optional else f"{name}=…"


def _lines(found: "Answer") -> list[tuple[object, ...]]:
    from graphapi.ontology import read_ontology
    from graphapi.questions.wording import cell_in_words

    ontology = read_ontology()
    return [tuple(cell_in_words(row[name], column.type, ontology) for name, column in found.columns.items()) for row in found.rows]


def _grid(found: "Answer") -> tuple[tuple[str, ...], list[tuple[object, ...]]]:
    """Lay a matrix out: a column for each heading across, in a cell what the rows there say, without their places."""
    from graphapi.ontology import read_ontology
    from graphapi.questions.wording import entry_in_words

    ontology, matrix = read_ontology(), found.matrix
    if matrix is None:
        return (), []
    said = {name: column.type for name, column in found.columns.items() if name not in matrix.axes.model_dump().values()}
    entries = [entry_in_words(row, said, ontology) for row in found.rows]
    lines: list[tuple[object, ...]] = [
        (head.name, *("; ".join(entries[number] for number in cell) for cell in cells))
        for head, cells in zip(matrix.down, matrix.cells, strict=True)
    ]
    return ("", *(head.name for head in matrix.across)), lines
