"""Rows that Cypher cannot finish, because what they are made of is JSON text in the graph."""

from collections.abc import Callable, Iterable

from graphapi.questions.answer import Row
from graphapi.questions.contradictions import unfold_conflicts


def unfold(query: str, rows: list[Row]) -> list[Row]:
    """Return the rows of a question as its header promises them."""
    finish = UNFOLDERS.get(query)
    return list(finish(rows)) if finish else rows


UNFOLDERS: dict[str, Callable[[list[Row]], Iterable[Row]]] = {
    "conflicts": unfold_conflicts,
}
