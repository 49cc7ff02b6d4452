"""Rows of the graph as JSON bodies: plain dicts, written by orjson, validated by nobody on the way out."""

from collections.abc import Mapping, Sequence
from typing import Any

import orjson
from fastapi import Response

from graphapi.dates import Span
from graphapi.export import graph_document
from graphapi.model import Graph
from graphapi.reading.labels import Depths, sort_labels
from graphapi.reading.period import held_node, held_relationship, native

Body = dict[str, Any]
MEDIA_TYPE = "application/json"


def json_response(body: Any, headers: Mapping[str, str] | None = None) -> Response:
    """Return a body as JSON; dates of the database become ISO texts."""
    return Response(orjson.dumps(body, default=native), 200, headers, MEDIA_TYPE)


def node_body(labels: Sequence[str], properties: Body, depths: Depths, as_of: Span | None = None) -> Body:
    """Return {id, labels, name, properties} of a row, which is used up; with `held` as of a date for what has one."""
    shown = sort_labels(labels, depths)
    mark = held_node(shown, properties, as_of) if as_of else None
    body = {"id": properties.pop("id"), "labels": shown, "name": properties.pop("name", ""), "properties": _decoded(properties)}
    if mark:
        body["held"] = mark
    return body


def relationship_body(kind: str, ends: tuple[str, str], properties: Body, as_of: Span | None = None) -> Body:
    """Return {id, type, from, to, properties, evidence} of a row, which is used up; with `held` as of a date."""
    mark = held_relationship(properties, as_of) if as_of else None
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


def graph_body(graph: Graph, as_of: Span | None = None) -> Body:
    """Return {nodes, relationships, truncated, as_of} of a graph; each part with `held` as of a date."""
    body = graph_document(graph)
    if as_of:
        for node in body["nodes"]:
            if mark := held_node(node["labels"], node["properties"], as_of):
                node["held"] = mark
        for one in body["relationships"]:
            one["held"] = held_relationship(one["properties"], as_of)
    return body
