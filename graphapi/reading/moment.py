"""A graph as of a date, without a database: the same that the texts of cypher/read leave out, and the marks on what is left."""

from graphapi.dates import Span, come_about, held
from graphapi.model import Graph, Held, Node, Relationship
from graphapi.period import DATED, held_node, held_relationship


def graph_as_of(graph: Graph, as_of: Span) -> Graph:
    """Return a graph as of a date: without what surely was not so then, the rest marked."""
    kept = tuple(node for node in graph.nodes if not _is_ahead(node, as_of))
    known = {node.id for node in kept}
    relationships = tuple(
        one for one in graph.relationships if one.start in known and one.end in known and held(one.properties, as_of) is not None
    )
    return mark_graph(graph.model_copy(update={"nodes": kept, "relationships": relationships, "as_of": as_of.text}), as_of)


def mark_graph(graph: Graph, as_of: Span | None) -> Graph:
    """Return a graph whose nodes and relationships say how surely they held; as it is without a date."""
    if as_of is None:
        return graph
    nodes = {node.id: node.model_copy(update={"held": held_node(node.labels, node.properties, as_of)}) for node in graph.nodes}
    relationships = tuple(one.model_copy(update={"held": _mark(one, nodes, as_of)}) for one in graph.relationships)
    return graph.model_copy(update={"nodes": tuple(nodes.values()), "relationships": relationships})


def _mark(one: Relationship, nodes: dict[str, Node], as_of: Span) -> Held:
    ends = [(node.labels, node.properties) if (node := nodes.get(end)) else None for end in (one.start, one.end)]
    return held_relationship(one.properties, as_of, *ends)


def _is_ahead(node: Node, as_of: Span) -> bool:
    return not DATED.isdisjoint(node.labels) and come_about(node.properties, as_of) is None
