"""The command that runs Cypher, read-only."""

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from graphapi.cli.messages import tell
from graphapi.cli.tables import format_option, show
from graphapi.errors import CypherRefused, UsageError

SHOWN = 80

if TYPE_CHECKING:
    from graphapi.guard.reading import Question
    from graphapi.settings import Settings


@click.command(short_help="Run Cypher that reads.")
@click.argument("query", required=False)
@click.option("-p", "--parameter", "given", multiple=True, metavar="NAME=VALUE", help="A parameter: JSON, or else text. May be repeated.")
@click.option(
    "--file",
    type=click.Path(exists=True, dir_okay=False, allow_dash=True, path_type=Path),
    help="Read the query from a file; - is standard input.",
)
@click.option("--explain", is_flag=True, help="Print the plan, and run nothing.")
@click.option("--snapshot", type=click.Path(dir_okay=False, path_type=Path), help="Also write the answer into a file that can be cited.")
@format_option
def cypher(  # noqa: PLR0913 - click gives a command what it names
    query: str | None, given: tuple[str, ...], file: Path | None, explain: bool, snapshot: Path | None, form: str
) -> None:
    """Run one Cypher statement that reads the graph, checked as docs/cypher.md says. Ctrl-C ends it on the server too."""
    from graphapi.guard.reading import Question
    from graphapi.settings import load_settings

    if (query is None) == (file is None):
        raise UsageError("Give a query, or --file with one.", hint="For example: parley cypher 'MATCH (n:Person) RETURN n.name LIMIT 5'")
    text = query if query is not None else _text_of(file or Path("-"))
    question = Question(text, dict(_parameter(one) for one in given), trusted=True)
    if explain and snapshot:
        raise UsageError("A plan is no answer: there is nothing to write a snapshot of.", hint="Leave out --explain or --snapshot.")
    if explain:
        plan = _ask(load_settings(), question, explains=True)
        show(("operator", "details"), _lines(plan), form, plan)
        return
    answer = _ask(load_settings(), question, explains=False, snapshot=snapshot)
    rows = [json.loads(row) for row in answer.rows]
    document = {"columns": answer.columns, "rows": rows, "truncated": answer.truncated}
    show(answer.columns, rows if form == "json" else [[_cell(value) for value in row] for row in rows], form, document)
    if answer.truncated:
        tell(f"There are more: these are the first {len(rows):,} rows.")


def _ask(settings: "Settings", question: "Question", *, explains: bool, snapshot: Path | None = None) -> Any:
    """Run a question; while it runs, Ctrl-C cancels it, which drops its connection."""
    from graphapi.cli.progress import opened_store
    from graphapi.cli.snapshots import write_snapshot
    from graphapi.guard.reading import Guard, run
    from graphapi.ontology import read_ontology
    from graphapi.questions.snapshots import of_cypher, snapshot_of
    from graphapi.reading.labels import label_depths
    from graphapi.stats import read_version

    with opened_store(settings) as store:
        guard = Guard(store, label_depths(read_ontology()))
        try:
            if explains:
                return run(guard, guard.explain(question))
            before = read_version(store)
            answer = run(guard, guard.answer(question))
        except CypherRefused as refused:
            _point(question.query, refused)
            raise
        if snapshot:
            found = of_cypher(question.query, dict(question.parameters), json.loads(answer.json()))
            write_snapshot(snapshot, snapshot_of(store, before, *found))
        return answer


def _point(query: str, refused: CypherRefused) -> None:
    """Show the line of the query that was refused, with a mark under the place."""
    lines = query.split("\n")
    if refused.line is None or refused.column is None or refused.line > len(lines):
        return
    first = max(0, refused.column - 1 - SHOWN // 2)
    shown = lines[refused.line - 1][first : first + SHOWN].replace("\t", " ")
    tell(f"line {refused.line}, column {refused.column}: {shown}")
    tell(" " * (len(f"line {refused.line}, column {refused.column}: ") + refused.column - 1 - first) + "^")


def _text_of(file: Path) -> str:
    try:
        return sys.stdin.read() if str(file) == "-" else file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{file} cannot be read: {error}.", hint="Name a text file in UTF-8.") from error


def _parameter(given: str) -> tuple[str, Any]:
    name, equals, value = given.partition("=")
    if not name or not equals:
        raise UsageError(f"-p {given} is no parameter.", hint="Write -p name=value; the value is JSON, or else text.")
    try:
        return name, json.loads(value)
    except RecursionError:
        raise CypherRefused(f"The parameter {name!r} is nested too deep.", rule="parameters", hint="Give it flatter.") from None
    except ValueError:
        return name, value


def _cell(value: Any) -> Any:
    """Return a value as one cell: nodes and relationships by their id, other structures as JSON."""
    if isinstance(value, dict) and isinstance(value.get("id"), str):
        return value["id"]
    return json.dumps(value, ensure_ascii=False) if isinstance(value, (dict, list, bool)) else value


def _lines(plan: dict[str, Any], depth: int = 0) -> list[tuple[str, str]]:
    lines = [("  " * depth + plan["operator"], plan["details"])]
    return lines + [line for child in plan["children"] for line in _lines(child, depth + 1)]
