"""What tests of all questions need to know of single ones."""

from typing import Any

from graphapi.catalogue import Query, read_catalogue
from graphapi.ontology import read_ontology
from graphapi.questions import Answer, Question, ask
from graphapi.store import Store

# Questions to which the London report has no answer: it names nobody who came to the one round that was held, calls no act an answer, and
# says of nobody that an agreement waits for him.
UNANSWERED = {"approvals-pending", "brokers", "regulars", "retaliation-chain"}


def examples(query: Query) -> dict[str, str]:
    """The parameters of a question as its header shows them, as a person writes them."""
    return {name: str(one.example) for name, one in query.parameters.items() if not one.optional}


def needs_evidence(row: dict[str, Any]) -> bool:
    """Whether a row says anything: a count of nothing rests on no place."""
    return row.get("count") != 0


def answer(store: Store, name: str, as_of: str | None = None, **given: str) -> Answer:
    """Ask a question; a parameter that Python keeps for itself is written with an underscore behind it."""
    renamed = {key.rstrip("_"): value for key, value in given.items()}
    return ask(store, read_ontology(), read_catalogue(), Question(name=name, given=renamed, as_of=as_of))


def ids(value: Any) -> Any:
    """A cell with the ids of entities in place of them."""
    if isinstance(value, dict):
        return value["id"]
    return [ids(one) for one in value] if isinstance(value, list) else value


def rows(found: Answer, *columns: str) -> list[tuple[Any, ...]]:
    """The rows of an answer, with these columns only and ids for entities."""
    return [tuple(ids(row[column]) for column in columns) for row in found.rows]
