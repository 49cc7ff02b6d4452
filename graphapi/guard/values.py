"""What the database returns as JSON: docs/cypher.md has the table of forms."""

import base64
import math
from collections.abc import Callable, Mapping
from typing import Any

from neo4j.graph import Node, Path, Relationship
from neo4j.spatial import Point
from neo4j.time import Date, DateTime, Duration, Time

from graphapi.errors import CypherRefused

MAX_DEPTH = 100
Depths = Mapping[str, int]


def json_form(value: Any, depths: Depths, depth: int = 0) -> Any:
    """Return a value of the database as plain JSON; labels come from the most general to the most particular, as `depths` has them.

    Raises CypherRefused for one that is nested too deep.
    """
    if value is None or isinstance(value, (bool, int, str)):
        return value
    if isinstance(value, float):
        return value if math.isfinite(value) else _unusual(value)
    if depth > MAX_DEPTH:
        raise CypherRefused(
            f"A value of the answer is nested more than {MAX_DEPTH} deep.", rule="answer-depth", hint="Return its parts in rows."
        )
    form = FORMS.get(type(value)) or (_relationship if isinstance(value, Relationship) else None)
    if form:
        return form(value, depths)
    if isinstance(value, (list, tuple)):
        return [json_form(one, depths, depth + 1) for one in value]
    if isinstance(value, dict):
        return {key: json_form(one, depths, depth + 1) for key, one in value.items()}
    return str(value)


def _unusual(value: float) -> str:
    return "NaN" if math.isnan(value) else "Infinity" if value > 0 else "-Infinity"


def _properties(entity: Node | Relationship, without: tuple[str, ...], depths: Depths) -> dict[str, Any]:
    return {name: json_form(value, depths, 1) for name, value in entity.items() if name not in without}


def _node(node: Node, depths: Depths) -> dict[str, Any]:
    labels = sorted(node.labels, key=lambda label: (depths.get(label, len(depths)), label))
    identifier = node.get("id")
    if not isinstance(identifier, str):
        return {"elementId": node.element_id, "labels": labels, "properties": _properties(node, (), depths)}
    name = node.get("name", "")
    return {"id": identifier, "labels": labels, "name": name, "properties": _properties(node, ("id", "name"), depths)}


def _relationship(relationship: Relationship, depths: Depths) -> dict[str, Any]:
    """Return {id, type, from, to, properties, evidence}; by element ids where it has no id of ours, which holds those of both ends."""
    ends = str(relationship.get("id", "")).split(f"--{relationship.type}--")
    if len(ends) == 2:
        return {
            "id": relationship["id"],
            "type": relationship.type,
            "from": ends[0],
            "to": ends[1],
            "evidence": json_form(relationship.get("evidence", []), depths, 1),
            "properties": _properties(relationship, ("id", "evidence"), depths),
        }
    nodes = (relationship.start_node, relationship.end_node)
    start, end = (node.element_id if node else None for node in nodes)
    properties = _properties(relationship, (), depths)
    return {"elementId": relationship.element_id, "type": relationship.type, "from": start, "to": end, "properties": properties}


def _path(path: Path, depths: Depths) -> dict[str, Any]:
    return {
        "nodes": [_node(node, depths) for node in path.nodes],
        "relationships": [_relationship(one, depths) for one in path.relationships],
    }


def _point(point: Point, _: Depths) -> dict[str, Any]:
    return {"srid": point.srid} | {axis: json_form(number, {}) for axis, number in zip("xyz", point, strict=False)}


def _iso(value: Any, _: Depths) -> str:
    text: str = value.iso_format()
    return text


def _moment(value: DateTime, _: Depths) -> str:
    zone = getattr(value.tzinfo, "zone", None)
    return f"{value.iso_format()}[{zone}]" if zone and zone != "UTC" else value.iso_format()


def _bytes(value: bytes, _: Depths) -> str:
    return base64.b64encode(value).decode()


FORMS: dict[type, Callable[[Any, Depths], Any]] = {
    Node: _node,
    Path: _path,
    Date: _iso,
    DateTime: _moment,
    Time: _iso,
    Duration: _iso,
    bytes: _bytes,
    bytearray: _bytes,
}
POINTS: tuple[type, ...] = (Point, *Point.__subclasses__())
FORMS |= dict.fromkeys(POINTS, _point)
