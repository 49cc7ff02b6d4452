"""What of a graph becomes a line in the picture: posts and delegations fold into lines, the rest goes to the cards."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from graphapi.model import Graph, Node, Relationship
from graphapi.ontology import Ontology
from visualizer.wording import visible

# Two relationships that meet in a folded node and are drawn as one line over it: (into it, out of it).
THROUGH = (("HOLDS", "PART_OF"), ("LEADS", "SENT_TO"), ("MEMBER_OF", "SENT_TO"))
PRESENCE = "presence"
PARTY = "PARTY_TO"


@dataclass(frozen=True)
class Line:
    """A line of the picture; `caption` is read between the two names, `parts` are the relationships that it stands for.

    `party` marks a line that says no more than that an organisation was a party to an event.
    """

    id: str
    start: str
    end: str
    family: str
    caption: str
    dashed: bool
    parts: tuple[str, ...]
    party: bool = False


@dataclass(frozen=True)
class Folded:
    """A graph made ready for drawing: nodes that can be drawn, lines among them, one-line captions by node id."""

    nodes: tuple[Node, ...]
    lines: tuple[Line, ...]
    captions: dict[str, str]


@dataclass(frozen=True)
class _Table:
    """What folding looks up: nodes, relationships by start, pairs of ends that a source denies."""

    ontology: Ontology
    nodes: dict[str, Node]
    outgoing: dict[str, list[Relationship]]
    denied: frozenset[tuple[str, str]]

    def drawable(self, identifier: str) -> bool:
        node = self.nodes.get(identifier)
        return node is not None and is_drawable(node, self.ontology)


def is_drawable(node: Node, ontology: Ontology) -> bool:
    """Whether a node may stand in the picture, at first or on demand."""
    kind = ontology.labels.get(node.label)
    return kind is not None and kind.drawn != "folded"


def fold(graph: Graph, ontology: Ontology) -> Folded:
    """Fold a graph: plain lines first, then each post's affiliation and each delegation's presence.

    A negative relationship is never a line, and keeps a delegation from being drawn as its member's presence.
    """
    table = _table(graph, ontology)
    lines = _merged(_plain_lines(graph.relationships, table), _folded_lines(graph.relationships, table))
    nodes = tuple(node for node in graph.nodes if is_drawable(node, ontology))
    return Folded(nodes, lines, _captions(graph, table))


def _table(graph: Graph, ontology: Ontology) -> _Table:
    outgoing: dict[str, list[Relationship]] = {}
    for relationship in graph.relationships:
        outgoing.setdefault(relationship.start, []).append(relationship)
    negative = set(ontology.types_of("negative"))
    denied = frozenset((one.start, one.end) for one in graph.relationships if one.type in negative)
    return _Table(ontology, {node.id: node for node in graph.nodes}, outgoing, denied)


def _plain_lines(relationships: Iterable[Relationship], table: _Table) -> Iterable[Line]:
    for one in relationships:
        kind = table.ontology.relationships.get(one.type)
        if kind is None or kind.drawn != "line" or kind.polarity == "negative":
            continue
        if table.drawable(one.start) and table.drawable(one.end):
            party = one.type == PARTY and "Event" in table.nodes[one.end].labels
            yield Line(one.id, one.start, one.end, kind.family, _phrase(one, kind.forward), kind.polarity == "tentative", (one.id,), party)


def _phrase(relationship: Relationship, forward: str) -> str:
    status = relationship.properties.get("status")
    return f"{forward} ({visible(str(status))})" if status else forward


def _folded_lines(relationships: Iterable[Relationship], table: _Table) -> Iterable[Line]:
    for into, out_of in THROUGH:
        for one in relationships:
            if one.type != into or one.end not in table.nodes or table.drawable(one.end) or not table.drawable(one.start):
                continue
            for other in table.outgoing.get(one.end, []):
                if other.type == out_of and table.drawable(other.end) and (one.start, other.end) not in table.denied:
                    yield _line_over(one, other, table)


def _line_over(one: Relationship, other: Relationship, table: _Table) -> Line:
    middle, kind = table.nodes[one.end], table.ontology.relationships[one.type]
    name = visible(middle.name)
    delegation = other.type == "SENT_TO"
    caption = f"{'jointly ' if one.properties.get('jointly') else ''}{kind.forward} the {name.removeprefix('The ')}" if delegation else name
    return Line(one.id, one.start, other.end, PRESENCE if delegation else kind.family, caption, delegation, (one.id, other.id))


def _merged(plain: Iterable[Line], folded: Iterable[Line]) -> tuple[Line, ...]:
    """Add folded lines to plain ones; where one of the same family runs between the same two, only its words and parts."""
    lines = {line.id: line for line in plain}
    places = {(line.start, line.end, line.family): line.id for line in reversed(lines.values())}
    for line in folded:
        place = places.setdefault((line.start, line.end, line.family), line.id)
        known = lines.get(place)
        parts = tuple(dict.fromkeys((*known.parts, *line.parts))) if known else line.parts
        lines[place] = replace(known, caption=f"{known.caption}, {line.caption}", parts=parts, party=False) if known else line
    return tuple(lines.values())


def _captions(graph: Graph, table: _Table) -> dict[str, str]:
    """One line on who each is: its own caption, else the posts that a person holds."""
    captions = {}
    for node in graph.nodes:
        own = node.properties.get("caption")
        held = [table.nodes[one.end].name for one in table.outgoing.get(node.id, []) if one.type == "HOLDS" and one.end in table.nodes]
        text = str(own) if own else ", ".join(held)
        if text:
            captions[node.id] = visible(text)
    return captions
