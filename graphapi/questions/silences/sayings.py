"""What answers on sayings leave open."""

from collections.abc import Iterator

from graphapi.period import period_of
from graphapi.questions.silences.asked import Asked, Speakers


def _claims_on_issue(asked: Asked) -> Iterator[str]:
    if asked.rows:
        return
    side = asked.values.entities.get("side")
    first, last = asked.values.shown["from"], asked.values.shown["to"]
    when = f"{f' from {first}' if first else ''}{f' until {last}' if last else ''}"
    yield f"Our sources hold no claim{f' of {side.name}' if side else ''} on {asked['issue'].name}{when}."


def _readout_difference(asked: Asked) -> Iterator[str]:
    event = asked["event"]
    sides = asked.store.rows("read/sayings/accounts-of-event", event=event.id, as_of=period_of(asked.as_of))
    for row in sides:
        if not row["has_account"]:
            yield f"Our sources hold no account of {event.name} by {row['side']['name']}; it is not called silent."
    if not asked.rows:
        yield f"Our sources do not hold accounts of {event.name} by two sides that name an issue, so there is nothing to compare."


def _dropped_issues(asked: Asked) -> Iterator[str]:
    event = asked["event"]
    if event.properties.get("status", "held") != "held":
        yield f"Our sources do not show {event.name} as held, so nothing was left unsaid there."
        return
    for row in asked.store.rows("read/sayings/accounts-of-event", event=event.id, as_of=period_of(asked.as_of)):
        if not row["has_account"]:
            yield f"Our sources hold no account of {event.name} by {row['side']['name']}."
    if asked.rows:
        yield f"That our sources show no mention is no proof of silence: they do not tell all that was said at {event.name}."
    else:
        yield f"Our sources show no issue that was open before {event.name} and not mentioned there."


SPEAKERS: Speakers = {
    "dropped-issues": _dropped_issues,
    "claims-on-issue": _claims_on_issue,
    "readout-difference": _readout_difference,
}
