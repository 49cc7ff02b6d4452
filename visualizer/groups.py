"""Groups of nodes for graphs of which nobody could read every node: by side and kind, opened in the page one by one."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log10

from graphapi.model import Node
from graphapi.ontology import Ontology
from visualizer.boxes import Box, wrap
from visualizer.folding import Line
from visualizer.style import THIRD, colour_key

# No entity has an id with a colon in it but places of evidence, which are no nodes of the picture.
PREFIX = "group:"
# What the ring around a group's glyph takes of its radius.
RING = 7.0


@dataclass(frozen=True)
class Group:
    """Nodes of one kind and one side: ids of its members, the name of its colour, the name that it is shown by."""

    id: str
    name: str
    kind: str
    colour: str
    members: tuple[str, ...]

    @property
    def box(self) -> Box:
        """A glyph that grows with the number of members, its name below."""
        return Box(round(RING + 17 + 7 * log10(len(self.members)), 1), wrap(self.name), bold=True)


def group_nodes(nodes: Iterable[Node], ontology: Ontology, sides: Sequence[str], names: Mapping[str, str]) -> tuple[Group, ...]:
    """Return the groups of nodes by side and kind, in the ontology's order of kinds; every node is in one.

    Sides tell apart only where a kind takes its colour from them. `names` are those of the sides by id.
    """
    found: dict[tuple[str, str], list[str]] = {}
    for node in nodes:
        found.setdefault((node.label, colour_key(node, ontology, tuple(sides))), []).append(node.id)
    places = {label: place for place, label in enumerate(ontology.labels)}
    return tuple(
        Group(f"{PREFIX}{kind}:{colour}", _name(kind, colour, ontology, sides, names), kind, colour, tuple(sorted(members)))
        for (kind, colour), members in sorted(found.items(), key=lambda one: (places[one[0][0]], one[0][1]))
    )


def _name(kind: str, colour: str, ontology: Ontology, sides: Sequence[str], names: Mapping[str, str]) -> str:
    plural = ontology.labels[kind].plural
    if ontology.labels[kind].colour != "side" or not sides:
        return plural
    whose = "third parties" if colour == THIRD else names.get(side := sides[int(colour.removeprefix("side-"))], side)
    return f"{plural}: {whose}"


def tie_groups(groups: Iterable[Group], lines: Iterable[Line], shown: Iterable[str] = ()) -> Counter[tuple[str, str]]:
    """Count the lines between groups, those of nodes that are `shown` by themselves apart; the lower id comes first.

    A line within a group counts as one from the group to itself, so that the counts of all add up to the lines.
    """
    stands_for = {member: group.id for group in groups for member in group.members} | {one: one for one in shown}
    pairs: Counter[tuple[str, str]] = Counter()
    for line in lines:
        one, other = sorted((stands_for[line.start], stands_for[line.end]))
        pairs[one, other] += 1
    return pairs
