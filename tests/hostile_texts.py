"""The hostile texts of tests/data, planted in every place of a graph that takes a text."""

from pathlib import Path
from typing import Any

import yaml

from graphapi.model import Graph
from tests.browser.negotiation import negotiation, planted

_WHOLE: dict[str, list[dict[str, Any]]] = yaml.safe_load(
    (Path(__file__).parent / "data" / "hostile_texts.yaml").read_text(encoding="utf-8")
)
TEXTS, ADDRESSES, COLOURS, PICTURES, IDS = (
    {case["case"]: str(case["text"]) for case in _WHOLE[name]} for name in ("texts", "addresses", "colours", "pictures", "ids")
)
KEYS: dict[str, Any] = _WHOLE["keys"][0]["properties"]
# As the page shows what would hide or turn text.
SHOWN = {"\u2028": "⟦U+2028⟧", "\u2029": "⟦U+2029⟧", "\ufeff": "⟦U+FEFF⟧", "\u202e": "⟦U+202E⟧", "\u202c": "⟦U+202C⟧"}


def shown(text: str) -> str:
    """Return the text as a reader sees it."""
    return "".join(SHOWN.get(character, character) for character in text)


def renamed(identifier: str) -> Graph:
    """The small negotiation with another id for Bo, in nodes and relationships."""
    whole = negotiation()

    def other(one: str) -> str:
        return identifier if one == "bo" else one

    nodes = tuple(node.model_copy(update={"id": other(node.id)}) for node in whole.nodes)
    ties = tuple(
        tie.model_copy(update={"start": other(tie.start), "end": other(tie.end), "id": f"{other(tie.start)}--{tie.type}--{other(tie.end)}"})
        for tie in whole.relationships
    )
    return whole.model_copy(update={"nodes": nodes, "relationships": ties})


def obedient(extra: dict[str, Any]) -> Graph:
    """The small negotiation with properties on every node and relationship that a drawing library would obey."""
    whole = negotiation()
    nodes = tuple(node.model_copy(update={"properties": {**node.properties, **extra}}) for node in whole.nodes)
    ties = tuple(tie.model_copy(update={"properties": {**tie.properties, **extra}}) for tie in whole.relationships)
    return whole.model_copy(update={"nodes": nodes, "relationships": ties})


__all__ = ["ADDRESSES", "COLOURS", "IDS", "KEYS", "PICTURES", "TEXTS", "obedient", "planted", "renamed", "shown"]
