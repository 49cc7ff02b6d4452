"""The stories of a data set as the one text in which the graph keeps them."""

from collections.abc import Sequence
from functools import lru_cache

import orjson
from pydantic import TypeAdapter

from graphapi.model import Story

STORIES = TypeAdapter(tuple[Story, ...])


def write_stories(stories: Sequence[Story]) -> str | None:
    """Return stories as canonical JSON, None where there are none: the same stories give the same text."""
    body = [story.model_dump(mode="json", exclude_defaults=True) for story in stories]
    return orjson.dumps(body, option=orjson.OPT_SORT_KEYS).decode() if body else None


@lru_cache(maxsize=64)
def read_stories(text: str) -> tuple[Story, ...]:
    """Read stories back from their text."""
    return STORIES.validate_json(text)
