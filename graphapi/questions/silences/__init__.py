"""What the sources leave open, in sentences: so that nobody reads a missing row as a no. All of it is made from the data."""

from collections.abc import Iterator
from datetime import date

from graphapi.dates import Span
from graphapi.period import DATED
from graphapi.questions.silences import agreements, connections, measures, positions, presence, records, sayings, sources
from graphapi.questions.silences.asked import Asked, Speakers
from graphapi.questions.values import Named

__all__ = ["SPEAKERS", "Asked", "say_what_is_open"]

SPEAKERS: Speakers = {
    **presence.SPEAKERS,
    **agreements.SPEAKERS,
    **measures.SPEAKERS,
    **sayings.SPEAKERS,
    **connections.SPEAKERS,
    **records.SPEAKERS,
    **positions.SPEAKERS,
    **sources.SPEAKERS,
}
# Questions on what comes before the day of what they name.
BEFOREHAND = {"approvals-pending"}


def say_what_is_open(asked: Asked) -> list[str]:
    """Return the sentences for an answer, each once."""
    named = () if asked.query in BEFOREHAND else asked.values.entities.values()
    ahead = [_say_ahead(entity, asked.as_of) for entity in named if _is_ahead(entity, asked.as_of)]
    found = [] if ahead else SPEAKERS.get(asked.query, _say_nothing_found)(asked)
    return list(dict.fromkeys([*ahead, *found]))


def _is_ahead(entity: Named, as_of: Span | None) -> bool:
    earliest = entity.properties.get("earliest")
    if as_of is None or as_of.latest is None or DATED.isdisjoint(entity.labels):
        return False
    return isinstance(earliest, date) and earliest > as_of.latest


def _say_ahead(entity: Named, as_of: Span | None) -> str:
    return f"Our sources date {entity.name} after {as_of.text if as_of else ''}: nothing of it is shown as of then."


def _say_nothing_found(asked: Asked) -> Iterator[str]:
    if not asked.rows:
        yield "Our sources say nothing on this."
