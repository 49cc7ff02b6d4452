"""What answers on presence leave open."""

from collections.abc import Iterator

from graphapi.period import period_of
from graphapi.questions.answer import Row
from graphapi.questions.lists import read_lists
from graphapi.questions.silences.asked import Asked, Speakers, listed
from graphapi.questions.values import Named


def _attendees(asked: Asked) -> Iterator[str]:
    event = asked["event"]
    if not asked.rows:
        yield f"Our sources name nobody who was at {event.name}, was announced for it or stayed away."
    yield from say_lists(asked, event)
    postless = [row["person"]["name"] for row in asked.rows if row["post"] is None]
    if postless:
        yield f"Our sources do not say which post was held then by: {listed(postless)}."


def _attendance_difference(asked: Asked) -> Iterator[str]:
    for parameter in ("first", "second"):
        event = asked[parameter]
        unknown = [row["person"]["name"] for row in asked.rows if row[f"in_{parameter}"] == "not_in_sources"]
        if unknown:
            yield f"Our sources do not say whether these people were at {event.name}: {listed(unknown)}."
        yield from say_lists(asked, event)
    if not asked.rows:
        yield f"Our sources say of nobody that {asked['first'].name} and {asked['second'].name} differ."


def say_lists(asked: Asked, event: Named) -> Iterator[str]:
    """Say of each delegation to an event whether our sources name everybody in it."""
    known = read_lists(asked.store, event.id, asked.as_of)
    for row in known:
        if row["delegation"] is None:
            yield f"Our sources name neither a delegation nor anybody of {row['side']['name']} at {event.name}."
        elif row["named"] == 0:
            yield f"Our sources name nobody in the delegation “{row['delegation']['name']}”."
        elif not row["list_complete"]:
            yield f"Our sources do not name everybody in the delegation “{row['delegation']['name']}”."
    if not known:
        yield f"Our sources know of no delegation to {event.name}, so nothing says that these are all."


def _delegation_heads(asked: Asked) -> Iterator[str]:
    event = asked["event"]
    led = {row["side"] for row in asked.rows}
    known = read_lists(asked.store, event.id, asked.as_of)
    for row in known:
        if row["delegation"] is None:
            yield f"Our sources know of no delegation of {row['side']['name']} to {event.name}."
        elif row["side"]["id"] not in led:
            yield f"Our sources name no head of the delegation “{row['delegation']['name']}”."
        elif _has_one_source(asked.rows, row["side"]["id"]):
            yield f"One source alone names a head of the delegation “{row['delegation']['name']}”, so that none contradicts it."
    if not known:
        yield f"Our sources know of no delegation to {event.name}."


def _has_one_source(rows: list[Row], side: str) -> bool:
    return len({place.partition(":")[0] for row in rows if row["side"] == side for place in row["sources"]}) == 1


def _regulars(asked: Asked) -> Iterator[str]:
    process = asked["process"]
    rounds = asked.store.rows("read/presence/process-rounds", process=process.id, as_of=period_of(asked.as_of))
    held = [row["round"] for row in rounds if row["held"]]
    ahead = [row["round"]["name"] for row in rounds if not row["held"]]
    if not held:
        yield f"Our sources know of no round of {process.name} that was held."
    elif not asked.rows:
        yield (
            f"Our sources name nobody who was at all {len(held)} held rounds of {process.name}."
            if len(held) > 1
            else (f"Our sources name nobody who was at {held[0]['name']}, the one held round of {process.name}.")
        )
    if ahead:
        yield f"Not held as far as our sources tell, and not counted: {listed(ahead)}."
    open_lists = [one["name"] for one in held if not _is_closed(asked, one["id"])]
    if open_lists:
        yield f"Our sources do not name everybody who came, so that more people may have been at every round: {listed(open_lists)}."


def _is_closed(asked: Asked, event: str) -> bool:
    known = read_lists(asked.store, event, asked.as_of)
    return bool(known) and all(row["list_complete"] for row in known)


def _hosts(asked: Asked) -> Iterator[str]:
    if not asked.rows:
        yield f"Our sources know of no round of {asked['process'].name}."
    placeless = [row["event"]["name"] for row in asked.rows if not row["place"]]
    if placeless:
        yield f"Our sources do not say where these were held: {listed(placeless)}."
    hostless = [row["event"]["name"] for row in asked.rows if row["host"] is None]
    if hostless:
        yield f"Our sources do not say who hosted: {listed(hostless)}."
    unsure = [f"{row['host']['name']} ({row['event']['name']})" for row in asked.rows if row["host"] and row["is_party"] is None]
    if unsure:
        yield f"Our sources do not say whether these hosts were parties: {listed(unsure)}."


def _agencies_and_issues(asked: Asked) -> Iterator[str]:
    event = asked["event"]
    if not asked.rows:
        yield f"Our sources place nobody of an agency at {event.name}, nor announce anybody of one."
    yield from say_lists(asked, event)
    yield from say_agencyless(asked, [event.id])
    ownerless = [row["agency"]["name"] for row in asked.rows if not row["issues"]]
    if ownerless:
        yield f"Our sources do not say which issues these own: {listed(ownerless)}."


def say_agencyless(asked: Asked, events: list[str]) -> Iterator[str]:
    """Say of whom at these events our sources name no agency or other body."""
    rows = asked.store.rows("read/presence/agencyless-people", events=events, as_of=period_of(asked.as_of))
    if rows:
        yield f"Our sources name no agency of: {listed(row['person']['name'] for row in rows)}."


SPEAKERS: Speakers = {
    "agencies-and-issues": _agencies_and_issues,
    "attendees": _attendees,
    "attendance-difference": _attendance_difference,
    "delegation-heads": _delegation_heads,
    "regulars": _regulars,
    "hosts": _hosts,
}
