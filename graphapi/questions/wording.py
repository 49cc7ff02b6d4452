"""Cells of an answer as a person reads them."""

from collections.abc import Mapping
from typing import Any

from graphapi.ontology import Ontology
from graphapi.questions.answer import Answer, Row
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


def entry_in_words(row: Row, columns: Mapping[str, str], ontology: Ontology) -> str:
    """Return what a cell of a matrix says of one row: its columns, of these types, without places and without what is null."""
    said = {name: cell_in_words(row[name], kind, ontology) for name, kind in columns.items() if kind != "evidence"}
    return ", ".join(text for text in said.values() if text)


def sums_in_words(answer: Answer) -> dict[str, str]:
    """Return the single figures and words of an answer that belong to no row, by name; what stands there by side or is null is left out."""
    found = (answer.scalar or {}).items()
    return {name: f"{value:g}" if isinstance(value, float) else str(value) for name, value in found if isinstance(value, str | int | float)}
