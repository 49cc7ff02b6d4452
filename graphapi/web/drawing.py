"""Pages drawn from the graph, kept until the graph changes."""

import hashlib
import threading
from collections.abc import Callable
from dataclasses import dataclass

from fastapi import Response

from graphapi.model import Graph
from graphapi.ontology import Ontology

KEPT = 8
LIVE = "/api/v1"
Key = tuple[object, ...]


@dataclass(frozen=True)
class Drawn:
    """A page with its Content-Security-Policy and its entity tag."""

    html: bytes
    policy: str
    tag: str


class Drawings:
    """The last few pages; each is drawn once for a version of the graph, however many ask for it at the same time."""

    def __init__(self) -> None:
        self._turn = threading.Lock()
        self._kept: dict[Key, Drawn] = {}

    def get(self, key: Key, make: Callable[[], Drawn]) -> Drawn:
        """Return the page of this key, made by `make` unless it is still here."""
        found = self._kept.get(key)
        if found:
            return found
        with self._turn:
            if key not in self._kept:
                drawn = make()
                while len(self._kept) >= KEPT:
                    del self._kept[next(iter(self._kept))]
                self._kept[key] = drawn
            return self._kept[key]


@dataclass(frozen=True)
class Sight:
    """How a graph is shown: with the card of an entity open, drawn in one of three ways, for a frame in another page, as a part of it.

    `embedded` is the address of the same page with its head; without it the page is no frame. `part` says in words what part it is.
    """

    focus: tuple[str, ...] = ()
    draw: str | None = None
    embedded: str = ""
    part: str = ""


def draw_page(graph: Graph, ontology: Ontology, sight: Sight | None = None) -> Drawn:
    """Draw the explorer over a graph, titled by its data sets."""
    from visualizer import View, draw  # noqa: PLC0415 - numpy and pyvis, only where a page is drawn

    seen = sight or Sight()
    view = View(
        title=", ".join(dataset.title for dataset in graph.datasets) or "Parley",
        live=LIVE,
        focus=seen.focus,
        whole=seen.draw == "whole",
        overview=seen.draw == "groups",
        embed=bool(seen.embedded),
        home=seen.embedded or "/",
        part=seen.part,
    )
    page = draw(graph, view, ontology)
    return Drawn(page.html, page.policy, tag_of(page.html))


def tag_of(content: bytes) -> str:
    """Return the entity tag of a page: the same bytes have the same."""
    return f'"{hashlib.sha256(content).hexdigest()[:32]}"'


def page_response(page: Drawn, asked: str) -> Response:
    """Return a page, or 304 when `asked`, the If-None-Match header, names it."""
    headers = {"ETag": page.tag, "Cache-Control": "no-cache", "Content-Security-Policy": page.policy}
    if page.tag in (tag.strip().removeprefix("W/") for tag in asked.split(",")):
        return Response(None, 304, headers)
    return Response(page.html, 200, headers, "text/html; charset=utf-8")
