"""Who is drawn where: a table, springs, or an overview of groups, for wide and for narrow windows."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from graphapi.model import Graph, Node
from graphapi.ontology import Ontology
from visualizer import style
from visualizer.boxes import box_of
from visualizer.folding import PRESENCE, Folded, Line, fold
from visualizer.groups import RING, Group, group_nodes, tie_groups
from visualizer.layout import Arrangement, arrange
from visualizer.seats import Guest
from visualizer.selection import Selection, everything, in_groups, select
from visualizer.spring import spring

if TYPE_CHECKING:
    from visualizer.page import View

# Kinds of events at which parties meet or speak with each other.
TALKS = ("round", "meeting", "call", "summit")
# So many sit at a table; so many more can be told apart when springs place them. Beyond, a picture begins with groups.
TABLE, CAP = 150, 2000


@dataclass(frozen=True)
class Picture:
    """Who is drawn where: the folded graph, who comes first, and the arrangements of wide and narrow windows.

    `groups` is empty unless the picture is an overview; then the arrangements hold their places by id too.
    """

    folded: Folded
    selection: Selection
    wide: Arrangement
    narrow: Arrangement
    lines_wide: dict[str, float]
    lines_narrow: dict[str, float]
    groups: tuple[Group, ...] = ()


def picture_of(graph: Graph, view: "View", ontology: Ontology) -> Picture:
    """Fold a graph, choose who comes first and place them: to 150 at the table, more by springs.

    An overview of groups it is when asked for, and without `whole` for whatever has more than 2 000 nodes.
    """
    folded = fold(graph, ontology)
    if view.overview or (len(folded.nodes) > CAP and not view.whole):
        return _overview(graph, folded, view, ontology)
    selection = everything(graph, folded, ontology) if view.whole else select(graph, folded, ontology, view.limit, view.focus)
    wide, bends = _placed(folded, selection.wide, ontology, style.sides_of(graph), narrow=False)
    narrow, narrow_bends = _placed(folded, selection.narrow, ontology, style.sides_of(graph), narrow=True)
    return Picture(folded, selection, wide, narrow, bends, narrow_bends)


def _placed(
    folded: Folded, chosen: Collection[str], ontology: Ontology, sides: tuple[str, ...], *, narrow: bool
) -> tuple[Arrangement, dict[str, float]]:
    """Return where the chosen are and how each line among them bends."""
    known = set(chosen)
    guests = sorted((guest(node, ontology, sides) for node in folded.nodes if node.id in known), key=lambda one: one.id)
    lines = [line for line in folded.lines if line.start in known and line.end in known]
    place = arrange if len(guests) <= TABLE else spring
    hushed = quiet_lines(lines, [node for node in folded.nodes if node.id in known], sides)
    heard, quiet = ([line for line in lines if (line.id in hushed) == wanted] for wanted in (False, True))
    arrangement = place(guests, *([(line.start, line.end) for line in some] for some in (heard, quiet)), narrow=narrow)
    bends = zip((*heard, *quiet), (*arrangement.bends, *arrangement.quiet), strict=True)
    return arrangement, {line.id: bend for line, bend in bends if bend}


def quiet_lines(lines: Iterable[Line], nodes: Collection[Node], sides: tuple[str, ...]) -> set[str]:
    """Return the ids of lines that only repeat what others show: a side is party to an event at which its people are drawn.

    The picture draws them when one of their ends is selected; cards, table and paths hold them all.
    """
    people = {node.id: style.place_at_table(node, sides) for node in nodes if "Person" in node.labels}
    places = {node.id: style.place_at_table(node, sides) for node in nodes}
    drawn = list(lines)
    there = {(line.end, people[line.start]) for line in drawn if line.family == PRESENCE and line.start in people}
    return {line.id for line in drawn if line.party and places[line.start] is not None and (line.end, places[line.start]) in there}


def _overview(graph: Graph, folded: Folded, view: "View", ontology: Ontology) -> Picture:
    """Seat groups at a table, beside them the nodes in focus."""
    sides = style.sides_of(graph)
    names = style.names_of_sides(graph)
    groups = group_nodes(folded.nodes, ontology, sides, names)
    nodes = {node.id: node for node in folded.nodes}
    focus = [nodes[one] for one in dict.fromkeys(view.focus) if one in nodes][: view.limit]
    guests = [Guest(group.id, _lane_of_group(group, nodes, ontology, sides), group.box) for group in groups]
    guests += [guest(node, ontology, sides) for node in focus]
    shown = [node.id for node in focus]
    links = sorted(pair for pair in tie_groups(groups, folded.lines, shown) if pair[0] != pair[1])
    selection = in_groups(graph, folded, ontology, shown)
    wide, narrow = (arrange(guests, links, narrow=one) for one in (False, True))
    return Picture(folded, selection, wide, narrow, {}, {}, groups)


def _lane_of_group(group: Group, nodes: dict[str, Node], ontology: Ontology, sides: tuple[str, ...]) -> str:
    """The lane of most of its members."""
    lanes = Counter(lane(nodes[member], ontology, sides) for member in group.members)
    return min(lanes, key=lambda name: (-lanes[name], name))


def drawn_group(group: Group, picture: Picture) -> dict[str, Any]:
    """Return a group as the page knows it; what is left of its members is counted there."""
    x, y = picture.wide.positions[group.id]
    return {
        "id": group.id,
        "name": group.name,
        "kind": group.kind,
        "colour": group.colour,
        "label": "\n".join(group.box.lines),
        "bold": True,
        "dated": False,
        "size": group.box.radius - RING,
        "room": round(group.box.width),
        "x": x,
        "y": y,
        "narrow": picture.narrow.positions[group.id],
        "members": group.members,
    }


def guest(node: Node, ontology: Ontology, sides: tuple[str, ...]) -> Guest:
    """Return a node as the table seats it."""
    return Guest(node.id, lane(node, ontology, sides), box_of(node), _time(node))


def lane(node: Node, ontology: Ontology, sides: Sequence[str]) -> str:
    """The first side sits left, the last right, everybody else above; talks and agreements are the spine, other events flank it."""
    found = ontology.labels[node.label].lane
    if found in ("people", "organisations"):
        place = style.place_at_table(node, tuple(sides))
        kind = "people" if "Country" in node.labels else found
        return f"left {kind}" if place == 0 else f"right {kind}" if place is not None and place == len(sides) - 1 else "third"
    if found == "agreements" or (found == "events" and node.properties.get("kind") in TALKS):
        return "spine"
    return "flank" if found in ("events", "measures") else found


def _time(node: Node) -> float | None:
    """The ordinal of a node's first day, of its last where only that is known; an agreement comes after the talks of its day."""
    for name in ("earliest", "latest"):
        value = node.properties.get(name)
        day = value if isinstance(value, date) else _read_day(str(value or ""))
        if day is not None:
            return day.toordinal() + (0.5 if "Agreement" in node.labels else 0.0)
    return None


def _read_day(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None
