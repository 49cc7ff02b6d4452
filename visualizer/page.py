"""Assembles the page: folded graph, positions and cards into one HTML file with the policy that guards it."""

from collections.abc import Sequence
from typing import Any

from markupsafe import Markup
from pydantic import Field

from graphapi.model import Graph, Shape
from graphapi.ontology import Ontology
from visualizer import assets, style
from visualizer.cards import Cards
from visualizer.days import Days
from visualizer.network import TableNetwork, options_for
from visualizer.part import apart_kinds, closed_kinds, drawn_line, drawn_node, planned
from visualizer.picture import Picture, drawn_group, picture_of
from visualizer.stories import stories_of
from visualizer.wording import date_in_words, visible

CIRCLE = "%3Ccircle cx='{}' cy='12' r='5' fill='%23{}'/%3E"
ICON = (
    "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 24 24'%3E"
    f"{CIRCLE.format(6, '0072B2')}{CIRCLE.format(18, 'C8501A')}%3C/svg%3E"
)


class View(Shape):
    """What of a graph to show and where: `live` is the API's base when the service serves the page, none in a mailed file.

    `focus` are entities that it shows in any case; `story` is the id of the story with which it opens.
    At most `limit` entities come first, those in `focus` before all others; `whole` draws everything at once, `overview` groups by
    side and kind, with which a graph of more than 2 000 entities begins unless it is asked for whole. `embed` leaves out the head, for a
    frame in another page; together with `live` any site may frame it, and `home` is the address of the same picture with its head.
    `part` says in words which part of a graph it is.
    """

    title: str
    live: str | None = Field(None, pattern=r"^(/|https?://)")
    limit: int = Field(60, ge=1)
    focus: tuple[str, ...] = ()
    whole: bool = False
    overview: bool = False
    story: str | None = None
    embed: bool = False
    home: str = Field("/", pattern=r"^/([^/]|$)")
    part: str = ""

    @property
    def drawn(self) -> str:
        """How it was asked to be drawn: whole, groups, or the first."""
        return "whole" if self.whole else "groups" if self.overview else "first"

    @property
    def asks(self) -> str:
        """The API's base that the page may ask; none in a frame, which as a sandbox has no origin to ask from."""
        return "" if self.embed else self.live or ""


class Page(Shape):
    """One HTML file as UTF-8 bytes, and its Content-Security-Policy for the header.

    The header's policy is the meta tag's with frame-ancestors, which counts only in a header.
    """

    html: bytes
    policy: str


def draw(graph: Graph, view: View, ontology: Ontology) -> Page:
    """Draw a graph as one HTML file that asks for nothing. The same graph and view give the same bytes."""
    return paint(graph, view, picture_of(graph, view, ontology), ontology)


def paint(graph: Graph, view: View, picture: Picture, ontology: Ontology) -> Page:
    """Turn a graph whose places are known into the page; the time is linear in its size."""
    network = TableNetwork(visible(view.title))
    days = Days(graph, picture.folded)
    _fill(network, graph, picture, ontology, days)
    network.options = options_for(len(picture.selection.wide))
    sheet = style.variables(ontology) + assets.sheet() + style.classes(ontology)
    scripts = assets.scripts()
    policy = _policy(scripts, sheet, view)
    blocks = {
        "policy": policy,
        "icon": ICON,
        "sheet": Markup(sheet),  # noqa: S704  ours, checked by assets.inline
        "scripts": [Markup(script) for script in scripts],  # noqa: S704
        "data": (data := _data(graph, view, picture, ontology, days)),
        "timed": data["time"] is not None and data["time"]["first"] < data["time"]["last"],
        "count": len(picture.selection.wide),
        "sentence": _sentence(graph, view, picture),
        "embed": view.embed,
    }
    text = network.render(blocks)
    ancestors = "*" if view.embed and view.live else "'none'"
    return Page(html=text.encode(), policy=f"{policy}; frame-ancestors {ancestors}")


def _fill(network: TableNetwork, graph: Graph, picture: Picture, ontology: Ontology, days: Days) -> None:
    sides = style.sides_of(graph)
    for node in picture.folded.nodes:
        x, y = picture.wide.positions.get(node.id, (None, None))
        network.add_node(
            node.id,
            x=x,
            y=y,
            narrow=picture.narrow.positions.get(node.id),
            weight=picture.selection.weights[node.id],
            waits=picture.selection.waiting.get(node.id, ""),
            **drawn_node(node, ontology, sides, days),
        )
    for line in picture.folded.lines:
        bends = {"bend": picture.lines_wide.get(line.id, 0.0), "narrow": picture.lines_narrow.get(line.id, 0.0)}
        network.add_edge(line.start, line.end, **bends, **drawn_line(line, days))


def _data(graph: Graph, view: View, picture: Picture, ontology: Ontology, days: Days) -> dict[str, Any]:
    """Everything that the page's scripts read beside nodes and lines."""
    names = style.names_of_sides(graph)
    sides = style.sides_of(graph)[: len(ontology.palette.sides)]
    seated = [{"id": f"side-{place}", "name": names.get(side, visible(side))} for place, side in enumerate(sides)]
    return {
        "live": view.asks,
        "home": view.home if view.embed and view.live else "",
        "draw": "groups" if picture.groups else view.drawn,
        "datasets": [{"id": visible(one.id), "version": visible(one.version)} for one in graph.datasets],
        "as_of": graph.as_of,
        "truncated": graph.truncated,
        "sides": [*seated, {"id": style.THIRD, "name": "Third parties"}],
        "kinds": style.legend_of_kinds(graph, ontology),
        "families": [{"id": name, "name": family.caption} for name, family in ontology.families.items()],
        "icons": style.icons(),
        "time": days.bar(),
        "stories": stories_of(graph),
        "story": view.story,
        "groups": [drawn_group(group, picture) for group in picture.groups],
        "paths": {"closed": closed_kinds(ontology), "apart": apart_kinds(ontology), "planned": planned(graph)},
        **Cards(graph, ontology, picture.folded.captions, days).data(),
    }


def _sentence(graph: Graph, view: View, picture: Picture) -> str:
    """What the picture rests on beside its title: its part, data sets with version, the as-of date, what cut it, how groups open."""
    titled = all(dataset.title in view.title for dataset in graph.datasets)
    parts = [visible(view.part)] if view.part else []
    if titled and graph.datasets:
        parts.append(f"version{'s' if len(graph.datasets) > 1 else ''} {', '.join(visible(dataset.version) for dataset in graph.datasets)}")
    else:
        parts += [f"{visible(dataset.title)}, version {visible(dataset.version)}" for dataset in graph.datasets]
    if graph.as_of:
        parts.append(f"as of {date_in_words(graph.as_of)}")
    if graph.truncated:
        parts.append("cut at a limit: the graph holds more")
    if picture.groups:
        parts.append("a double click opens a group")
    return " · ".join(parts)


def _policy(scripts: Sequence[str], sheet: str, view: View) -> str:
    """The policy by hashes of what stands in the page."""
    allowed = " ".join(f"'{assets.csp_hash(script)}'" for script in scripts)
    connect = "'self'" if view.asks else "'none'"
    return (
        f"default-src 'none'; script-src {allowed}; style-src '{assets.csp_hash(sheet)}'; img-src data: blob:; connect-src {connect}; "
        "base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
    )
