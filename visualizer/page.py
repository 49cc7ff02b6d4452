"""Assembles the page: folded graph, positions and cards into one HTML file with the policy that guards it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from markupsafe import Markup
from pydantic import Field

from graphapi.model import Graph, Node, Shape
from graphapi.ontology import Ontology
from visualizer import assets, style
from visualizer.boxes import box_of
from visualizer.cards import Cards
from visualizer.folding import Folded, Line, fold
from visualizer.layout import Arrangement, arrange
from visualizer.network import TableNetwork
from visualizer.seats import Guest
from visualizer.selection import Selection, select
from visualizer.wording import date_in_words, visible

# Kinds of events at which parties meet or speak with each other.
TALKS = ("round", "meeting", "call", "summit")
CIRCLE = "%3Ccircle cx='{}' cy='12' r='5' fill='%23{}'/%3E"
ICON = (
    "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 24 24'%3E"
    f"{CIRCLE.format(6, '0072B2')}{CIRCLE.format(18, 'C8501A')}%3C/svg%3E"
)


class View(Shape):
    """What of a graph to show and where: `live` is the API's base when the service serves the page, none in a mailed file."""

    title: str
    live: str | None = Field(None, pattern=r"^(/|https?://)")
    limit: int = Field(60, ge=1)
    focus: tuple[str, ...] = ()


class Page(Shape):
    """One HTML file as UTF-8 bytes, and its Content-Security-Policy for the header.

    The header's policy is the meta tag's with frame-ancestors, which counts only in a header.
    """

    html: bytes
    policy: str


@dataclass(frozen=True)
class Picture:
    """Who is drawn where: the folded graph, who comes first, and the arrangements of wide and narrow windows."""

    folded: Folded
    selection: Selection
    wide: Arrangement
    narrow: Arrangement
    lines_wide: dict[str, float]
    lines_narrow: dict[str, float]


def draw(graph: Graph, view: View, ontology: Ontology) -> Page:
    """Draw a graph as one HTML file that asks for nothing. The same graph and view give the same bytes."""
    picture = _picture(graph, view, ontology)
    network = TableNetwork(visible(view.title))
    _fill(network, graph, picture, ontology)
    sheet = style.variables(ontology) + assets.sheet() + style.classes(ontology)
    scripts = (assets.vis_network(), assets.explorer())
    policy = _policy(scripts, sheet, view)
    blocks = {
        "policy": policy,
        "icon": ICON,
        "sheet": Markup(sheet),  # noqa: S704  ours, checked by assets.inline
        "scripts": [Markup(script) for script in scripts],  # noqa: S704
        "data": _data(graph, view, picture, ontology),
        "count": len(picture.selection.wide),
        "sentence": _sentence(graph),
    }
    text = network.render(blocks)
    return Page(html=text.encode(), policy=f"{policy}; frame-ancestors 'none'")


def _picture(graph: Graph, view: View, ontology: Ontology) -> Picture:
    folded = fold(graph, ontology)
    selection = select(graph, folded, ontology, view.limit, view.focus)
    nodes = {node.id: node for node in folded.nodes}
    sides = style.sides_of(graph)
    drawn = []
    for chosen, narrow in ((selection.wide, False), (selection.narrow, True)):
        guests = [guest(nodes[one], ontology, sides) for one in sorted(chosen)]
        lines = _among(folded.lines, chosen)
        arrangement = arrange(guests, [(line.start, line.end) for line in lines], narrow=narrow)
        drawn.append((arrangement, dict(zip((line.id for line in lines), arrangement.bends, strict=True))))
    (wide, bends), (small, small_bends) = drawn
    return Picture(folded, selection, wide, small, bends, small_bends)


def guest(node: Node, ontology: Ontology, sides: tuple[str, ...]) -> Guest:
    """Return a node as the table seats it."""
    return Guest(node.id, _lane(node, ontology, sides), box_of(node), _time(node))


def _lane(node: Node, ontology: Ontology, sides: tuple[str, ...]) -> str:
    """The first side sits left, the last right, everybody else above; talks and agreements are the spine, other events flank it."""
    lane = ontology.labels[node.label].lane
    if lane in ("people", "organisations"):
        place = style.place_at_table(node, sides)
        kind = "people" if "Country" in node.labels else lane
        return f"left {kind}" if place == 0 else f"right {kind}" if place is not None and place == len(sides) - 1 else "third"
    if lane == "agreements" or (lane == "events" and node.properties.get("kind") in TALKS):
        return "spine"
    return "flank" if lane in ("events", "measures") else lane


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


def _among(lines: Sequence[Line], chosen: Sequence[str]) -> list[Line]:
    known = set(chosen)
    return [line for line in lines if line.start in known and line.end in known]


def _fill(network: TableNetwork, graph: Graph, picture: Picture, ontology: Ontology) -> None:
    sides = style.sides_of(graph)
    for node in picture.folded.nodes:
        box = box_of(node)
        x, y = picture.wide.positions.get(node.id, (None, None))
        network.add_node(
            node.id,
            label="\n".join(box.lines),
            x=x,
            y=y,
            narrow=picture.narrow.positions.get(node.id),
            size=box.radius,
            room=round(box.width),
            bold=box.bold,
            dated=box.dated,
            kind=node.label,
            colour=style.colour_key(node, ontology, sides),
            weight=picture.selection.weights[node.id],
            waits=picture.selection.waiting.get(node.id, ""),
        )
    for line in picture.folded.lines:
        network.add_edge(
            line.start,
            line.end,
            id=line.id,
            family=line.family,
            caption=line.caption,
            dashes=line.dashed,
            bend=picture.lines_wide.get(line.id, 0.0),
            narrow=picture.lines_narrow.get(line.id, 0.0),
            parts=list(line.parts),
        )


def _data(graph: Graph, view: View, picture: Picture, ontology: Ontology) -> dict[str, Any]:
    """Everything that the page's scripts read beside nodes and lines."""
    names = {node.id: visible(node.name) for node in graph.nodes}
    sides = style.sides_of(graph)[: len(ontology.palette.sides)]
    seated = [{"id": f"side-{place}", "name": names.get(side, visible(side))} for place, side in enumerate(sides)]
    return {
        "live": view.live or "",
        "datasets": [{"id": visible(one.id), "version": visible(one.version)} for one in graph.datasets],
        "as_of": graph.as_of,
        "truncated": graph.truncated,
        "sides": [*seated, {"id": style.THIRD, "name": "Third parties"}],
        "kinds": style.legend_of_kinds(graph, ontology),
        "families": [{"id": name, "name": family.caption} for name, family in ontology.families.items()],
        "icons": style.icons(),
        **Cards(graph, ontology, picture.folded.captions).data(),
    }


def _sentence(graph: Graph) -> str:
    """What the picture rests on: data sets with version, the as-of date, whether a cap cut it."""
    parts = [f"{visible(dataset.title)}, version {visible(dataset.version)}" for dataset in graph.datasets]
    if graph.as_of:
        parts.append(f"as of {date_in_words(graph.as_of)}")
    if graph.truncated:
        parts.append("cut at a limit: the graph holds more")
    return " · ".join(parts)


def _policy(scripts: Sequence[str], sheet: str, view: View) -> str:
    """The policy by hashes of what stands in the page."""
    allowed = " ".join(f"'{assets.csp_hash(script)}'" for script in scripts)
    connect = "'self'" if view.live else "'none'"
    return (
        f"default-src 'none'; script-src {allowed}; style-src '{assets.csp_hash(sheet)}'; img-src data: blob:; connect-src {connect}; "
        "base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
    )
