"""Graphs as JSON, in the shape of the API."""

from typing import Any

import orjson

from graphapi.model import Graph, Node, Properties, Relationship

MEDIA_TYPE = "application/json"
Document = dict[str, Any]


def write_json(document: Any) -> bytes:
    """Return a document as indented JSON with dates as ISO texts and a line's end."""
    return orjson.dumps(document, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE, default=str)


def graph_document(graph: Graph) -> Document:
    """Return {nodes, relationships, truncated, as_of} of a graph."""
    return {
        "nodes": [node_document(node) for node in graph.nodes],
        "relationships": [relationship_document(one) for one in graph.relationships],
        "truncated": graph.truncated,
        "as_of": graph.as_of,
    }


def node_document(node: Node) -> Document:
    """Return {id, labels, name, properties} of a node, and `held` where there is one; its `values` as objects."""
    told: Document = {"id": node.id, "labels": list(node.labels), "name": node.name, "properties": _decoded(node.properties)}
    return told | ({"held": node.held} if node.held else {})


def relationship_document(one: Relationship) -> Document:
    """Return {id, type, from, to, evidence, properties} of a relationship, and `held` where there is one; its `values` as objects."""
    told: Document = {
        "id": one.id,
        "type": one.type,
        "from": one.start,
        "to": one.end,
        "evidence": list(one.evidence),
        "properties": _decoded(one.properties),
    }
    return told | ({"held": one.held} if one.held else {})


def _decoded(properties: Properties) -> Document:
    found: Document = dict(properties)
    if isinstance(values := found.get("values"), list):
        found["values"] = [orjson.loads(text) for text in values]
    return found
