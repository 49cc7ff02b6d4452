"""Cells of an answer as a person reads them."""

from typing import Any

from graphapi.ontology import Ontology
from graphapi.questions.paths import words_of


def cell_in_words(value: Any, kind: str, ontology: Ontology) -> str:
    """Return a cell as text: names for entities, a sentence for a step, nothing for null."""
    if value is None:
        return ""
    if kind == "entity":
        return str(value["name"])
    if kind == "entities":
        return ", ".join(one["name"] for one in value)
    if kind == "step":
        sure = "" if value["certainty"] == "stated" else f" ({value['certainty']})"
        return f"{value['from']['name']} {words_of(value, ontology)} {value['to']['name']}{sure}"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return ", ".join(value) if isinstance(value, list) else str(value)
