"""What answers on connections leave open."""

from collections.abc import Iterator

from graphapi.questions.silences.asked import Asked, Speakers


def _path(asked: Asked) -> Iterator[str]:
    if not asked.rows:
        start, end, most = asked["from"].name, asked["to"].name, asked.values.shown["max_hops"]
        steps = "step" if most == 1 else "steps"
        yield f"Our sources show no connection between {start} and {end} within {most} {steps} over what they say is so."


SPEAKERS: Speakers = {
    "path": _path,
}
