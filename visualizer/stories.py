"""Stories as the page tells them: those of which each step has somebody on the page."""

from collections import Counter
from typing import Any

from graphapi.model import Graph, Step, Story
from visualizer.wording import date_in_words, visible


def stories_of(graph: Graph) -> list[dict[str, Any]]:
    """Return the stories of a graph's data sets; what a step speaks of and this graph lacks is left out of its focus.

    A story goes by its id; where two data sets have one of the same id, by the data set's id and its own, with two hyphens between.
    """
    known = {node.id for node in graph.nodes}
    told = [(dataset.id, story) for dataset in graph.datasets for story in dataset.stories if _can_be_told(story, known)]
    count = Counter(story.id for _, story in told)
    return [_story(story.id if count[story.id] == 1 else f"{dataset}--{story.id}", story, known) for dataset, story in told]


def _can_be_told(story: Story, known: set[str]) -> bool:
    return all(known.intersection(step.focus) for step in story.steps)


def _story(identifier: str, story: Story, known: set[str]) -> dict[str, Any]:
    return {
        "id": identifier,
        "title": visible(story.title),
        "text": visible(story.text),
        "steps": [_step(step, known) for step in story.steps],
    }


def _step(step: Step, known: set[str]) -> dict[str, Any]:
    return {
        "title": visible(step.title),
        "text": visible(step.text),
        "focus": [one for one in step.focus if one in known],
        "date": date_in_words(step.date) if step.date else "",
        "day": step.day,
        "camera": step.camera.model_dump(exclude_none=True) if step.camera else None,
    }
