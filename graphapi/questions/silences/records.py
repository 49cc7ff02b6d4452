"""What answers on records leave open: what our data did not say is no statement about the world."""

from collections.abc import Iterator

from graphapi.questions.recorded import day_of
from graphapi.questions.silences.asked import Asked, Speakers
from graphapi.reading.closeness import close_ids
from graphapi.reading.recorded import read_silence


def _known_at(asked: Asked) -> Iterator[str]:
    entity = asked.values.shown["entity"]
    silence = read_silence(asked.store, entity, day_of(asked.values))
    if silence is None:
        return
    yield silence.sentence
    close = [] if silence.was_ever else close_ids(asked.store, entity)
    if close:
        yield f"Close to that id: {', '.join(close)}."


def _dataset_changes(asked: Asked) -> Iterator[str]:
    shown = asked.values.shown
    earlier, later = shown["from"], shown["to"]
    if earlier is None:
        yield f"No version of {shown['dataset']} was loaded here before {later}, so all of it counts as added."
    elif not asked.rows:
        yield f"{shown['dataset']} {later} says the same as {earlier}."
    else:
        yield f"Compared: {shown['dataset']} {earlier} and {later}, each as it was last loaded here."


SPEAKERS: Speakers = {
    "known-at": _known_at,
    "dataset-changes": _dataset_changes,
}
