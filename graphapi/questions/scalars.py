"""What an answer says that belongs to no row."""

from collections import Counter
from collections.abc import Callable

from graphapi.questions.answer import Document
from graphapi.questions.force import read_standings, stack
from graphapi.questions.independence import count_independent
from graphapi.questions.lists import read_completeness
from graphapi.questions.silences.asked import Asked


def read_scalar(asked: Asked) -> Document | None:
    """Return what belongs to no row of an answer; None for a question that has nothing of the kind."""
    reader = SCALARS.get(asked.query)
    return reader(asked) if reader else None


def _count_sources(asked: Asked) -> Document:
    """Return {sources, independent}: how many sources there are, and how many of them do not go back to the same document."""
    cited = [(row["document"]["id"], frozenset(one["id"] for one in row["original"])) for row in asked.rows]
    return {"sources": len({document for document, _ in cited}), "independent": count_independent(cited)}


def _stack(asked: Asked) -> Document:
    on = asked.values.shown["on"]
    return stack(read_standings(asked.query, asked.told, on), on)


def _count_deadlines(asked: Asked) -> Document:
    """Return {from, days, falling, possibly, without_date}: how many deadlines surely fall within the days, may, or have no day."""
    counts = Counter(row["held"] for row in asked.rows)
    found = {"falling": counts["yes"], "possibly": counts["possibly"], "without_date": counts[None]}
    return {"from": asked.values.shown["from"], "days": asked.values.shown["days"], **found}


SCALARS: dict[str, Callable[[Asked], Document]] = {
    "attendance-difference": lambda asked: read_completeness(asked.store, asked.values, asked.as_of),
    "deadlines": _count_deadlines,
    "evidence-for": _count_sources,
    "stacked-rate": _stack,
}
