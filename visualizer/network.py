"""pyvis as it is needed here: ids in a set, plain options, our template and one Jinja environment for the process."""

import json
import re
from functools import lru_cache
from pathlib import Path
from typing import Any

import orjson
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from pyvis.edge import Edge
from pyvis.network import Network
from pyvis.node import Node as VisNode

BEYOND_ASCII = re.compile(r"[^\x00-\x7f]+")
TEMPLATE = Path(__file__).with_name("templates") / "explorer.html"
# What vis-network is told; positions come from Python, the pointer is ours to read.
OPTIONS: dict[str, Any] = {
    "autoResize": True,
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False, "randomSeed": 1},
    "nodes": {"shape": "custom"},
    "edges": {
        "smooth": {"enabled": False},
        "arrows": {"to": {"enabled": True, "scaleFactor": 0.45, "type": "arrow"}},
        "arrowStrikethrough": False,
        "endPointOffset": {"from": 2, "to": 4},
        "selectionWidth": 0,
        "hoverWidth": 0,
    },
    "interaction": {"hover": True, "keyboard": False, "multiselect": False, "tooltipDelay": 600000, "zoomSpeed": 0.7},
}
# With more nodes than this a redraw on every move of the pointer, and lines while the picture is moved, would make the page heavy.
# Beyond the second number lines go without arrows, which nobody could see there and which take a third of the time to draw.
LIGHT, BARE = 400, 1500


def options_for(count: int) -> dict[str, Any]:
    """Return what vis-network is told for a picture of so many nodes."""
    if count <= LIGHT:
        return OPTIONS
    lighter = {"hover": False, "hideEdgesOnDrag": True, "hideEdgesOnZoom": True}
    arrows = OPTIONS["edges"]["arrows"] if count <= BARE else {"to": {"enabled": False}}
    return {**OPTIONS, "edges": {**OPTIONS["edges"], "arrows": arrows}, "interaction": {**OPTIONS["interaction"], **lighter}}


class TableNetwork(Network):  # type: ignore[misc]  # pyvis carries no types
    """A directed pyvis network; pyvis scans a list for every id, 30 s at 10 000 nodes, this one keeps a set."""

    def __init__(self, heading: str) -> None:
        super().__init__(height="100%", width="100%", directed=True, heading=heading, cdn_resources="in_line")
        self.known: set[str] = set()
        self.options = OPTIONS
        self.blocks: dict[str, Any] = {}
        self.templateEnv = environment()
        self.path = TEMPLATE.name

    def add_node(self, n_id: str, label: str | None = None, shape: str = "custom", color: str = "", **options: Any) -> None:
        """Add a node once; an empty label stays empty, and no colour is set: colours belong to the style sheet."""
        if n_id in self.known:
            return
        self.known.add(n_id)
        self.nodes.append(VisNode(n_id, shape, label or "", **options).options)
        if color:
            self.nodes[-1]["color"] = color

    def add_edge(self, source: str, to: str, **options: Any) -> None:
        """Add an edge between two known nodes, beside any other between them."""
        if source not in self.known or to not in self.known:
            raise KeyError(f"an edge from {source} to {to} needs both nodes")
        self.edges.append(Edge(source, to, **options).options)

    def get_network_data(self) -> tuple[Any, ...]:
        """Return what the template shows; the place of the options holds them as a plain dict, with the page's own blocks."""
        return self.nodes, self.edges, self.heading, self.height, self.width, {"vis": self.options, "page": self.blocks}

    def render(self, blocks: dict[str, Any]) -> str:
        """Return the page as text; `blocks` are what our template needs beside the network."""
        self.blocks = blocks
        page: str = self.generate_html(name=TEMPLATE.name)
        return page


@lru_cache
def environment() -> Environment:
    """Return the Jinja environment of the process; it escapes, and refuses a variable that nobody gave."""
    made = Environment(loader=FileSystemLoader(TEMPLATE.parent), autoescape=True, undefined=StrictUndefined, keep_trailing_newline=True)
    made.policies["json.dumps_function"] = in_ascii
    made.policies["json.dumps_kwargs"] = {}
    return made


def in_ascii(value: Any) -> str:
    """Return a value as JSON in ASCII, so that no character which turns text or ends a line stands in the page itself.

    orjson takes a tenth of the time of json, but no text with half of a surrogate pair, which an imported name may hold.
    """
    try:
        text = orjson.dumps(value).decode()
    except orjson.JSONEncodeError:
        return json.dumps(value, separators=(",", ":"), allow_nan=False)
    return text if text.isascii() else BEYOND_ASCII.sub(_escaped, text)


def _escaped(found: re.Match[str]) -> str:
    return json.dumps(found.group())[1:-1]
