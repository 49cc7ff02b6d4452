"""What answers on sources leave open."""

from collections.abc import Iterator

from graphapi.questions.silences.asked import Asked, Speakers


def _conflicts(asked: Asked) -> Iterator[str]:
    if not asked.rows:
        yield "Our sources do not disagree on anything, as far as our data record it."
    if any(row["kind"] in ("silence", "one-sided") for row in asked.rows):
        yield "A side that says nothing has neither confirmed nor denied."


def _evidence_for(asked: Asked) -> Iterator[str]:
    fact = asked.values.shown["id"]
    if not asked.rows:
        yield f"Our data name no place in a source for {fact}{f' as of {asked.as_of.text}' if asked.as_of else ''}."
    elif len({row["document"]["id"] for row in asked.rows}) == 1:
        yield "One source alone: nothing of ours confirms it."


def _coverage_gaps(asked: Asked) -> Iterator[str]:
    if asked.as_of:
        yield f"People, posts, issues and sources have no day on which they began: of them all are counted, as of {asked.as_of.text} too."


SPEAKERS: Speakers = {
    "conflicts": _conflicts,
    "evidence-for": _evidence_for,
    "coverage-gaps": _coverage_gaps,
}
