"""Snapshots on the command line: written beside an answer, checked, and asked again."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from graphapi.cli.messages import tell

if TYPE_CHECKING:
    from graphapi.questions.snapshots import Check
    from graphapi.store import Store

Document = dict[str, Any]


def write_snapshot(path: Path, snapshot: Document) -> None:
    """Write a snapshot whole, or not at all, and say its hash."""
    from graphapi.cli.datasets import write_whole
    from graphapi.export import write_json

    write_whole(path, write_json(snapshot))
    tell(f"Wrote {path}: SHA-256 {snapshot['sha256']}.")


def check_snapshot(path: Path, *, asks_again: bool) -> "list[Check]":
    """Check a snapshot's own hashes and, unless they are wrong or it is not wanted, ask the same again."""
    from graphapi.cli.progress import opened_store
    from graphapi.questions.snapshots import check_hashes, compare_again, read_snapshot
    from graphapi.settings import load_settings
    from graphapi.stats import read_datasets

    snapshot = read_snapshot(path)
    checks = check_hashes(snapshot)
    if not asks_again or not all(check.is_right for check in checks):
        return checks
    with opened_store(load_settings()) as store:
        answer = _ask_again(store, snapshot["asked"])
        return [*checks, compare_again(snapshot, answer, read_datasets(store))]


def _ask_again(store: "Store", asked: Document) -> Document:
    from graphapi.ontology import read_ontology
    from graphapi.questions import Question, ask
    from graphapi.questions.snapshots import of_question
    from graphapi.questions.values import written
    from graphapi.reading.own_queries import read_all

    if "cypher" in asked:
        return run_cypher(store, asked["cypher"], asked["parameters"])
    given = {name: written(value) for name, value in asked["parameters"].items() if value is not None}
    question = Question(name=asked["query"], given=given, as_of=asked.get("as_of"))
    return of_question(ask(store, read_ontology(), read_all(store.settings, read_ontology()), question))[1]


def run_cypher(store: "Store", query: str, parameters: Document) -> Document:
    """Run a query by somebody else and return {columns, rows, truncated}."""
    import orjson

    from graphapi.guard.reading import Guard, Question, run
    from graphapi.ontology import read_ontology
    from graphapi.reading.labels import label_depths

    guard = Guard(store, label_depths(read_ontology()))
    found: Document = orjson.loads(run(guard, guard.answer(Question(query, parameters, trusted=True))).json())
    return found
