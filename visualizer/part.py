"""What a page takes in of a part of the graph: its nodes, lines and cards, as the blocks that the page itself is made of."""

from typing import Any

from graphapi.model import Graph, Node
from graphapi.ontology import Ontology
from visualizer import style
from visualizer.boxes import box_of
from visualizer.cards import Cards
from visualizer.days import Days
from visualizer.folding import Line, fold
from visualizer.selection import weigh

Data = dict[str, Any]
HELD = "held"


def draw_part(graph: Graph, ontology: Ontology, identifier: str) -> Data:
    """Return a part of the graph as blocks of a page, and `neighbours`: ids of what lines of it tie to the entity.

    Nodes have no seat: the page finds one near what they are tied to.
    """
    folded = fold(graph, ontology)
    days = Days(graph, folded)
    sides = style.sides_of(graph)
    weights = weigh(graph, folded, ontology)
    unseated = {"x": None, "y": None, "narrow": None, "waits": ""}
    tied = (line.end if line.start == identifier else line.start for line in folded.lines if identifier in (line.start, line.end))
    return {
        "neighbours": sorted(set(tied) - {identifier}),
        "nodes": [
            {"id": node.id, **drawn_node(node, ontology, sides, days), **unseated, "weight": weights[node.id]} for node in folded.nodes
        ],
        "lines": [{"from": line.start, "to": line.end, **drawn_line(line, days), "bend": 0.0, "narrow": 0.0} for line in folded.lines],
        "kinds": style.legend_of_kinds(graph, ontology),
        "planned": planned(graph),
        **Cards(graph, ontology, folded.captions, days).data(),
    }


def drawn_node(node: Node, ontology: Ontology, sides: tuple[str, ...], days: Days) -> Data:
    """Return how a node is drawn, wherever it sits."""
    box = box_of(node)
    return {
        "label": "\n".join(box.lines),
        "size": box.radius,
        "room": round(box.width),
        "bold": box.bold,
        "dated": box.dated,
        "kind": node.label,
        "colour": style.colour_key(node, ontology, sides),
        "days": days.node(node),
    }


def drawn_line(line: Line, days: Days) -> Data:
    """Return how a line is drawn, however it bends."""
    return {
        "id": line.id,
        "family": line.family,
        "caption": line.caption,
        "dashes": line.dashed,
        "parts": list(line.parts),
        **({"party": True} if line.party else {}),
        "days": days.line(line),
        "held": days.held(line),
        "certainty": days.certainty(line),
    }


def closed_kinds(ontology: Ontology) -> list[str]:
    """Return the kinds that no path passes through, those whose more general kind is closed included."""
    closed = {name for name, label in ontology.labels.items() if label.in_paths != "through"}
    return [name for name in ontology.labels if closed & set(ontology.labels_of(name))]


def apart_kinds(ontology: Ontology) -> list[str]:
    """Return the kinds at which no path starts or ends."""
    return [name for name, label in ontology.labels.items() if label.in_paths == "never"]


def planned(graph: Graph) -> list[str]:
    """Return the ids of relationships over which no path runs because the event was not held: sent to what is only announced."""
    ahead = {node.id for node in graph.nodes if node.properties.get("status", HELD) != HELD}
    return [one.id for one in graph.relationships if one.type == "SENT_TO" and one.end in ahead]
