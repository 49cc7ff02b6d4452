"""What answers on agreements leave open."""

from collections.abc import Iterator

from graphapi.questions.answer import Row
from graphapi.questions.silences.asked import Asked, Speakers, listed


def _issues_left_out(asked: Asked) -> Iterator[str]:
    if not asked.rows:
        yield f"Our sources name no issue that {asked['agreement'].name} leaves out; that is not to say that it covers all."
    unraised = [row["issue"]["name"] for row in asked.rows if not row["raised_by"]]
    if unraised:
        yield f"Our sources do not say who raised: {listed(unraised)}."


def _approvals_pending(asked: Asked) -> Iterator[str]:
    agreement = asked["agreement"]
    known = asked.store.rows("read/agreements/approvals", agreement=agreement.id)
    if not known:
        yield f"Our sources name nobody whose approval {agreement.name} needs; that is not to say that none is needed."
    pending = {row["actor"]["id"] for row in asked.rows}
    others = [f"{row['actor']['name']} ({_span(row)})" for row in known if row["actor"]["id"] not in pending]
    if others:
        yield f"Not awaited {'as of ' + asked.as_of.text if asked.as_of else 'today'}, by our sources: {listed(others)}."
    endless = [row["actor"]["name"] for row in asked.rows if row["held"] == "unknown"]
    if endless:
        yield f"Our sources do not say whether these have approved by now: {listed(endless)}."


def _span(row: Row) -> str:
    return f"from {row['since'] or 'a day that is not told'} until {row['until'] or 'a day that is not told'}"


SPEAKERS: Speakers = {
    "approvals-pending": _approvals_pending,
    "issues-left-out": _issues_left_out,
}
