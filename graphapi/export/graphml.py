"""Graphs as GraphML (http://graphml.graphdrawing.org), which Gephi, Cytoscape, yEd, igraph and networkx read."""

import re
from collections.abc import Iterable, Mapping
from typing import Any
from xml.sax.saxutils import escape

from graphapi.export.csv_text import plain_text
from graphapi.export.json_text import node_document, relationship_document
from graphapi.model import Graph

MEDIA_TYPE = "application/graphml+xml"
NAMESPACE = "http://graphml.graphdrawing.org/xmlns"
HEAD = (
    f'<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="{NAMESPACE}" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
    f' xsi:schemaLocation="{NAMESPACE} {NAMESPACE}/1.0/graphml.xsd">\n'
)
# What XML 1.0 cannot hold, and the control characters that it advises against: https://www.w3.org/TR/xml/#charsets
UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
# A reader takes these for spaces and line feeds unless they stand there by number.
KEPT = {'"': "&quot;", "\t": "&#9;", "\n": "&#10;", "\r": "&#13;"}
# The schema takes only name tokens for ids: https://www.w3.org/TR/xml/#NT-Nmtoken
UNNAMABLE = re.compile(r"[^\w.:-]")
# What stands in the element itself; the properties follow as data of their own.
STRUCTURE = frozenset({"id", "from", "to", "properties"})
Values = dict[str, Any]


def write_graphml(graph: Graph) -> bytes:
    """Return a graph as GraphML: a data key a column of the CSV, and `label`, which programs write beside a node or a line.

    Lists are joined by `; ` and maps are JSON as in the CSV; characters that XML cannot hold are left out. `desc` says what it rests on.
    """
    nodes = [node_document(node) for node in graph.nodes]
    edges = [relationship_document(one) for one in graph.relationships]
    parts = {
        "node": [{"label": node["name"], **_values(node)} for node in nodes],
        "edge": [{"label": edge["type"], **_values(edge)} for edge in edges],
    }
    keys = {name: _keys(values) for name, values in parts.items()}
    lines = [f"<desc>{xml_text(caption(graph))}</desc>\n"]
    lines += [_key(part, name, kind) for part, found in keys.items() for name, kind in found.items()]
    lines.append('<graph edgedefault="directed">\n')
    lines += [
        f'<node id="{name_token(node["id"])}">{_data("node", values, keys["node"])}</node>\n'
        for node, values in zip(nodes, parts["node"], strict=True)
    ]
    lines += [
        f'<edge id="{name_token(edge["id"])}" source="{name_token(edge["from"])}" target="{name_token(edge["to"])}">'
        f"{_data('edge', values, keys['edge'])}</edge>\n"
        for edge, values in zip(edges, parts["edge"], strict=True)
    ]
    return "".join((HEAD, *lines, "</graph>\n</graphml>\n")).encode()


def caption(graph: Graph) -> str:
    """Return what a graph is and rests on: title, as-of date, data sets with version, number of sources."""
    places = {place for node in graph.nodes for place in node.evidence} | {place for one in graph.relationships for place in one.evidence}
    sources = len({place.split(":", 1)[0] for place in places})
    return " · ".join(
        part
        for part in (
            ", ".join(dataset.title for dataset in graph.datasets),
            f"as of {graph.as_of}" if graph.as_of else "",
            ", ".join(f"{dataset.id} {dataset.version}" for dataset in graph.datasets),
            f"{sources} source{'' if sources == 1 else 's'}",
            "cut at a limit: the graph holds more" if graph.truncated else "",
            "Parley",
        )
        if part
    )


def xml_text(text: str) -> str:
    """Return a text as it may stand in an element or in quotes."""
    return escape(UNFIT.sub("", text), KEPT)


def name_token(identifier: str) -> str:
    """Return an id as a name token; a character that none may hold stands there as `_x0020_`."""
    return UNNAMABLE.sub(lambda found: f"_x{ord(found.group()):04X}_", identifier)


def _values(document: Mapping[str, Any]) -> Values:
    """The columns of a node or relationship; a property by the name of another column keeps `properties.` before its own."""
    found = {name: value for name, value in document.items() if name not in STRUCTURE and value not in ([], "")}
    taken = (found.keys() | STRUCTURE | {"label"}) - {"evidence"}
    return found | {f"properties.{name}" if name in taken else name: value for name, value in document["properties"].items()}


def _keys(items: Iterable[Values]) -> dict[str, str]:
    """Column names in their order, each with the type that takes all of its values."""
    kinds: dict[str, str] = {}
    for name, value in ((name, value) for values in items for name, value in values.items()):
        kind = _kind(value)
        kinds[name] = kind if kinds.get(name, kind) == kind else _wider(kinds[name], kind)
    first = [name for name in ("label", "type", "labels", "name", "evidence", "held") if name in kinds]
    return {name: kinds[name] for name in (*first, *sorted(kinds.keys() - set(first)))}


def _kind(value: Any) -> str:
    if isinstance(value, bool):
        return "boolean"
    return "long" if isinstance(value, int) else "double" if isinstance(value, float) else "string"


def _wider(one: str, other: str) -> str:
    return "double" if {one, other} == {"long", "double"} else "string"


def _key(part: str, name: str, kind: str) -> str:
    return f'<key id="{part}-{name_token(name)}" for="{part}" attr.name="{xml_text(name)}" attr.type="{kind}"/>\n'


def _data(part: str, values: Values, keys: Mapping[str, str]) -> str:
    return "".join(_datum(part, name, values[name]) for name in keys if name in values)


def _datum(part: str, name: str, value: Any) -> str:
    text = str(value).lower() if isinstance(value, bool) else plain_text(value)
    return f'<data key="{part}-{name_token(name)}">{xml_text(text)}</data>'
