"""What answers on agreements leave open."""

from collections.abc import Iterator

from graphapi.questions.silences.asked import Asked, Speakers, listed


def _issues_left_out(asked: Asked) -> Iterator[str]:
    if not asked.rows:
        yield f"Our sources name no issue that {asked['agreement'].name} leaves out; that is not to say that it covers all."
    unraised = [row["issue"]["name"] for row in asked.rows if not row["raised_by"]]
    if unraised:
        yield f"Our sources do not say who raised: {listed(unraised)}."


SPEAKERS: Speakers = {
    "issues-left-out": _issues_left_out,
}
