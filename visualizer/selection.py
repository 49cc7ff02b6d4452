"""Which nodes the picture shows at first, and why the others wait."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass

from graphapi.model import Graph, Node
from graphapi.ontology import Ontology
from visualizer.folding import Folded, Line

# A phone shows this many at first: at 390 pixels wide more could not be read.
NARROW = 20
# Whom a negotiation is about weighs more than what it is about.
LANE_WEIGHTS = {"people": 2.0, "agreements": 1.5, "measures": 0.7}
FOLDED_WEIGHT = 0.35
EVIDENCE_WEIGHT = 0.1
ON_DEMAND = "Shown when asked for"
NO_LINE = "Without a line to what is shown"
BEYOND = "Beyond the first"
IN_GROUP = "In a group"


@dataclass(frozen=True)
class Selection:
    """Ids in order of weight: first in a wide picture, first in a narrow one; why each other drawable node waits; weights."""

    wide: tuple[str, ...]
    narrow: tuple[str, ...]
    waiting: dict[str, str]
    weights: dict[str, float]


def select(graph: Graph, folded: Folded, ontology: Ontology, limit: int, focus: Collection[str] = ()) -> Selection:
    """Choose at most `limit` nodes by weight, those in `focus` before all others; who has no line there waits."""
    weights = weigh(graph, folded, ontology)
    ranked = sorted(folded.nodes, key=lambda node: (node.id not in focus, -weights[node.id], node.id))
    wide = _first(ranked, folded.lines, ontology, limit, focus)
    chosen = set(wide)
    narrow = _first([node for node in ranked if node.id in chosen], folded.lines, ontology, min(limit, NARROW), focus)
    tied = {end for line in folded.lines if line.start in chosen or line.end in chosen for end in (line.start, line.end)}
    waiting = {node.id: _reason(node, tied, ontology) for node in ranked if node.id not in chosen}
    return Selection(wide, narrow, waiting, weights)


def everything(graph: Graph, folded: Folded, ontology: Ontology) -> Selection:
    """Choose every node that can be drawn, in wide and narrow windows: nobody waits."""
    weights = weigh(graph, folded, ontology)
    ranked = tuple(sorted(weights, key=lambda one: (-weights[one], one)))
    return Selection(ranked, ranked, {}, weights)


def in_groups(graph: Graph, folded: Folded, ontology: Ontology, shown: Collection[str]) -> Selection:
    """Choose only who is `shown` beside the groups of an overview; all others wait in their group."""
    weights = weigh(graph, folded, ontology)
    return Selection(tuple(shown), tuple(shown), {one: IN_GROUP for one in weights if one not in shown}, weights)


def weigh(graph: Graph, folded: Folded, ontology: Ontology) -> dict[str, float]:
    """Weigh nodes: a line counts 1, a relationship that is told in cards 0.35, a place of evidence 0.1; people count double."""
    lines: Counter[str] = Counter()
    told: Counter[str] = Counter()
    drawn = {part for line in folded.lines for part in line.parts}
    for line in folded.lines:
        lines.update((line.start, line.end))
    for relationship in graph.relationships:
        if relationship.id not in drawn:
            told.update((relationship.start, relationship.end))
    plain = {node.id: lines[node.id] + FOLDED_WEIGHT * told[node.id] + EVIDENCE_WEIGHT * len(node.evidence) for node in folded.nodes}
    return {node.id: round(plain[node.id] * LANE_WEIGHTS.get(ontology.labels[node.label].lane, 1.0), 3) for node in folded.nodes}


def _first(ranked: list[Node], lines: Collection[Line], ontology: Ontology, limit: int, focus: Collection[str]) -> tuple[str, ...]:
    """Take the heaviest, drop who is left without a line, and fill the free places with the next."""
    lone = {node.id for node in ranked if ontology.labels[node.label].drawn == "on demand" and node.id not in focus}
    candidates = [node.id for node in ranked if node.id not in lone]
    neighbours = _neighbours(lines)
    taken: dict[str, None] = {}
    place = 0
    while place < len(candidates) and len(taken) < limit:
        fresh = candidates[place : place + limit - len(taken)]
        place += len(fresh)
        taken |= dict.fromkeys(fresh)
        idle = [one for one in fresh if one not in focus and neighbours.get(one, set()).isdisjoint(taken)]
        if len(idle) == len(taken):
            break
        for one in idle:
            del taken[one]
    return tuple(taken)


def _neighbours(lines: Collection[Line]) -> dict[str, set[str]]:
    """Return by node those to whom a line leads."""
    found: dict[str, set[str]] = {}
    for line in lines:
        if line.start != line.end:
            found.setdefault(line.start, set()).add(line.end)
            found.setdefault(line.end, set()).add(line.start)
    return found


def _reason(node: Node, tied: Collection[str], ontology: Ontology) -> str:
    if ontology.labels[node.label].drawn == "on demand":
        return ON_DEMAND
    return BEYOND if node.id in tied else NO_LINE
