"""What tests of all questions need to know of single ones."""

from typing import Any

from graphapi.catalogue import Query

# Questions to which the London report has no answer: it names nobody who came to the one round that was held, and calls no act an answer.
UNANSWERED = {"regulars", "retaliation-chain"}


def examples(query: Query) -> dict[str, str]:
    """The parameters of a question as its header shows them, as a person writes them."""
    return {name: str(one.example) for name, one in query.parameters.items() if not one.optional}


def needs_evidence(row: dict[str, Any]) -> bool:
    """Whether a row says anything: a count of nothing rests on no place."""
    return row.get("count") != 0
