"""Rows of the graph as JSON bodies: plain dicts, written by orjson, validated by nobody on the way out."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import orjson
from fastapi import Response

from graphapi.dates import Span
from graphapi.model import Held
from graphapi.period import held_node, native
from graphapi.reading.labels import Depths, sort_labels

Body = dict[str, Any]
MEDIA_TYPE = "application/json"


def json_response(body: Any, headers: Mapping[str, str] | None = None) -> Response:
    """Return a body as JSON; dates of the database become ISO texts."""
    return Response(orjson.dumps(body, default=native), 200, headers, MEDIA_TYPE)


def json_lines(items: Iterable[Any]) -> bytes:
    """Return each item as JSON on a line of its own."""
    return b"".join(orjson.dumps(item, default=native, option=orjson.OPT_APPEND_NEWLINE) for item in items)


def node_body(labels: Sequence[str], properties: Body, depths: Depths, as_of: Span | None = None) -> Body:
    """Return {id, labels, name, properties} of a row, which is used up; with `held` as of a date for what has one."""
    shown = sort_labels(labels, depths)
    mark = held_node(shown, properties, as_of) if as_of else None
    body = {"id": properties.pop("id"), "labels": shown, "name": properties.pop("name", ""), "properties": _decoded(properties)}
    if mark:
        body["held"] = mark
    return body


def relationship_body(kind: str, ends: tuple[str, str], properties: Body, mark: Held | None = None) -> Body:
    """Return {id, type, from, to, properties, evidence} of a row, which is used up; with `held` when there is a mark."""
    body = {
        "id": properties.pop("id"),
        "type": kind,
        "from": ends[0],
        "to": ends[1],
        "evidence": properties.pop("evidence", []),
        "properties": _decoded(properties),
    }
    if mark:
        body["held"] = mark
    return body


def _decoded(properties: Body) -> Body:
    if "values" in properties:
        properties["values"] = [orjson.loads(text) for text in properties["values"]]
    return properties


def place_body(identifier: str, place: Body | None, source: Body | None, depths: Depths) -> Body:
    """Return {id, locator, summary, sha256, source} of a place, or of a whole source when `place` is None."""
    found = place or {}
    return {
        "id": identifier,
        "locator": found.get("locator", ""),
        "summary": found.get("summary", ""),
        "sha256": found.get("sha256", ""),
        "source": None if source is None else node_body(["Source"], dict(source), depths),
    }
