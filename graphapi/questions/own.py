"""Answers of query files that are not ours: what the header says of a column is checked against what the text returns."""

from collections.abc import Iterable, Mapping
from typing import Any

from graphapi.catalogue import Column, Query
from graphapi.errors import InputRefused
from graphapi.period import native

# How columns are told whose values have no form of their own in an answer.
TOLD_AS: Mapping[str, Any] = {"node": "entity", "relationship": "text", "path": "entities", "map": "text", "list": "texts"}
MOST_TEXT = 20_000


def told_columns(query: Query) -> dict[str, Column]:
    """Return the columns with the types that their values have in an answer."""
    return {name: one.model_copy(update={"type": TOLD_AS.get(one.type, one.type)}) for name, one in query.returns.items()}


def read_rows(query: Query, keys: Iterable[str], records: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return the rows of such a text; raises InputRefused naming the column that the header and the text do not agree on."""
    returned, columns = set(keys), told_columns(query)
    if returned != set(columns):
        name = min(returned ^ set(columns))
        where = "the header does not have" if name in returned else "the text does not return"
        raise _at_odds(query, f"has a column {name}, which {where}")
    return [{name: _value(query, name, column, record[name]) for name, column in columns.items()} for record in records]


def _value(query: Query, name: str, column: Column, value: Any) -> Any:
    if value is None:
        return [] if column.type in ("evidence", "entities", "texts") else None
    try:
        return FORMS.get(column.type, _text)(value)
    except (TypeError, ValueError, KeyError, AttributeError):
        raise _at_odds(query, f"calls the column {name} {column.type}, and the text returns {str(value)[:80]!r} there") from None


def _entity(value: Any) -> dict[str, str]:
    """Read a node of ours, or a map with an id and perhaps a name."""
    known = dict(value)
    return {"id": _some(known["id"]), "name": str(known.get("name") or known["id"])}


def _entities(value: Any) -> list[dict[str, str]]:
    return [_entity(one) for one in (value.nodes if hasattr(value, "nodes") and hasattr(value, "relationships") else _list(value))]


def _places(value: Any) -> list[str]:
    return [_some(one) for one in ([value] if isinstance(value, str) else _list(value))]


def _texts(value: Any) -> list[str]:
    return [_text(one) for one in _list(value)]


def _list(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise TypeError
    return value


def _some(value: Any) -> str:
    if not isinstance(value, str) or not value:
        raise TypeError
    return value


def _number(value: Any) -> Any:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise TypeError
    return value


def _boolean(value: Any) -> bool:
    if not isinstance(value, bool):
        raise TypeError
    return value


def _text(value: Any) -> str:
    if hasattr(value, "start_node") and hasattr(value, "type"):
        ends = (value.start_node or {}).get("id", "?"), (value.end_node or {}).get("id", "?")
        return f"{ends[0]}--{value.type}--{ends[1]}"
    found = native(value)
    text = found.isoformat() if hasattr(found, "isoformat") else str(found)
    return text if len(text) <= MOST_TEXT else f"{text[: MOST_TEXT - 1]}…"


FORMS: Mapping[str, Any] = {
    "entity": _entity,
    "entities": _entities,
    "evidence": _places,
    "texts": _texts,
    "integer": _number,
    "number": _number,
    "boolean": _boolean,
}


def _at_odds(query: Query, fault: str) -> InputRefused:
    return InputRefused(f"The query file {query.name}.cypher {fault}.", hint="Mend its header or its RETURN, and start Parley anew.")
