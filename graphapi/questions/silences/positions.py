"""What answers on posts and positions leave open."""

from collections.abc import Iterator

from graphapi.period import period_of
from graphapi.questions.silences.asked import Asked, Speakers, listed


def _post_holders(asked: Asked) -> Iterator[str]:
    post = asked["post"]
    if not asked.rows:
        yield f"Our sources show nobody as {post.name}."
    undated = [row["person"]["name"] for row in asked.rows if row["start"] is None and row["end"] is None]
    if undated:
        yield f"Our sources do not say from when or until when it was held by: {listed(undated)}."
    openings = [row["person"]["name"] for row in asked.rows if row["start"] is not None and row["end"] is None]
    if openings:
        yield f"Our sources name no last day of: {listed(openings)}."
    if asked.as_of and asked.rows and all(row["status"] != "then" for row in asked.rows):
        yield f"Our sources do not show who was {post.name} in {asked.as_of.text}."


def _positions(asked: Asked) -> Iterator[str]:
    if not asked.rows:
        yield "Our sources hold no position of any side."
    sideless = asked.store.rows("read/positions/sideless-positions", as_of=period_of(asked.as_of))
    if sideless:
        yield f"Positions of those who take no side's part are not shown: {listed(row['holder']['name'] for row in sideless)}."
    if asked.rows:
        yield "An empty cell says that our sources hold no position of that side on that issue, not that it has none."


def _position_history(asked: Asked) -> Iterator[str]:
    if not asked.rows:
        yield f"Our sources hold no position of {asked['side'].name} on {asked['issue'].name}."
    unplaced = [row["position"]["name"] for row in asked.rows if row["event_before"] is None]
    if unplaced:
        yield f"Our sources do not show after which event these were taken: {listed(unplaced)}."


SPEAKERS: Speakers = {
    "post-holders": _post_holders,
    "positions": _positions,
    "position-history": _position_history,
}
