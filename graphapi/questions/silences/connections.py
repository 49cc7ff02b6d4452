"""What answers on connections leave open."""

from collections.abc import Iterator

from graphapi.period import period_of
from graphapi.questions.silences.asked import Asked, Speakers, listed
from graphapi.questions.silences.presence import say_agencyless


def _path(asked: Asked) -> Iterator[str]:
    if not asked.rows:
        start, end, most = asked["from"].name, asked["to"].name, asked.values.shown["max_hops"]
        steps = "step" if most == 1 else "steps"
        yield f"Our sources show no connection between {start} and {end} within {most} {steps} over what they say is so."


def _issue_linkage(asked: Asked) -> Iterator[str]:
    if not asked.rows:
        yield "Our sources tie no issue to another."


def _brokers(asked: Asked) -> Iterator[str]:
    process = asked["process"]
    found = asked.store.rows("read/connections/process-encounters", process=process.id, as_of=period_of(asked.as_of))
    if not found:
        yield f"Our sources know of no encounter of {process.name} that was held."
    elif not asked.rows:
        yield f"Our sources show nobody at {process.name} who was with two others that were never together."
    unclosed = [row["encounter"]["name"] for row in found if not row["is_complete"]]
    if unclosed:
        yield f"Our sources do not name everybody who came, so that people shown apart may have met: {listed(unclosed)}."
    yield from say_agencyless(asked, [row["encounter"]["id"] for row in found])


def _shared_history(asked: Asked) -> Iterator[str]:
    if not asked.rows:
        yield "Our sources show no two people at one event, in one delegation or in one agency."
    planned = [row["shared"]["name"] for row in asked.rows if row["held"] == "planned"]
    if planned:
        yield f"Only planned, as far as our sources tell: {listed(planned)}."
    undated = [f"{row['a']['name']} and {row['b']['name']} ({row['shared']['name']})" for row in asked.rows if row["held"] == "unknown"]
    if undated:
        yield f"Our sources do not say whether these were there at the same time: {listed(undated)}."


SPEAKERS: Speakers = {
    "issue-linkage": _issue_linkage,
    "brokers": _brokers,
    "shared-history": _shared_history,
    "path": _path,
}
