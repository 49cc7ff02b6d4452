"""A part of the graph as JSON or as a page, and the explorer's pages."""

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from graphapi.export import graph_document, graph_table, write_graphml
from graphapi.model import Graph
from graphapi.ontology import Ontology
from graphapi.period import period_of
from graphapi.reading.graphs import Extent, not_found, read_graph
from graphapi.stats import read_edition
from graphapi.store import Store
from graphapi.web.bodies import json_response
from graphapi.web.dependencies import OntologyGiven, StoreGiven, check_label, span_of
from graphapi.web.drawing import Drawings, Sight, draw_page, page_response
from graphapi.web.formats import CSV, GRAPHML, HTML, JSON, choose_format, format_of
from graphapi.web.parameters import DrawnMoment, DrawnPart, EntityId, GraphPart
from graphapi.web.shapes import GraphShape
from graphapi.web.tables import IN_CSV, csv_response, file_headers

router = APIRouter(tags=["graph"])
pages = APIRouter(tags=["pages"], include_in_schema=False)
Part = Annotated[GraphPart, Query()]


@router.get("/graph.json", response_model=GraphShape, summary="A part of the graph as JSON")
def graph_json(part: Part, store: StoreGiven, ontology: OntologyGiven) -> Response:
    """Return the whole graph, or what lies around an entity; of one label, as of a date; at most 2000 nodes, else `truncated`."""
    extent = _extent(part, ontology)
    return json_response(graph_document(read_graph(store, ontology, extent)))


@router.get("/graph.html", response_class=Response, responses={200: {"content": {HTML: {}}}}, summary="A part of the graph as a page")
def graph_html(request: Request, part: Annotated[DrawnPart, Query()], store: StoreGiven, ontology: OntologyGiven) -> Response:
    """Return the same as one self-contained HTML file."""
    return _part_page(request, part, store, ontology, embedded="")


@router.get("/graph.csv", response_class=Response, responses=IN_CSV, summary="A part of the graph as one table")
def graph_csv(request: Request, part: Part, store: StoreGiven, ontology: OntologyGiven) -> Response:
    """Return the same as CSV: nodes, then relationships, told apart by the column `part`."""
    return csv_response(request, graph_table(read_graph(store, ontology, _extent(part, ontology))))


@router.get(
    "/graph.graphml", response_class=Response, responses={200: {"content": {GRAPHML: {}}}}, summary="A part of the graph as GraphML"
)
def graph_graphml(request: Request, part: Part, store: StoreGiven, ontology: OntologyGiven) -> Response:
    """Return the same as GraphML, for Gephi, Cytoscape, yEd and networkx."""
    found = read_graph(store, ontology, _extent(part, ontology))
    return Response(write_graphml(found), 200, file_headers(request, "graphml", truncated=found.truncated), GRAPHML)


@router.get("/graph", response_model=GraphShape, summary="A part of the graph, in the format that Accept names")
def graph(request: Request, part: Part, store: StoreGiven, ontology: OntologyGiven) -> Response:
    """Return `/graph.json`, `/graph.html`, `/graph.csv` or `/graph.graphml`, as Accept prefers."""
    wanted = format_of(request, (JSON, HTML, CSV, GRAPHML))
    if wanted == JSON:
        return graph_json(part, store, ontology)
    if wanted == HTML:
        return _part_page(request, part, store, ontology, embedded="")
    return {CSV: graph_csv, GRAPHML: graph_graphml}[wanted](request, part, store, ontology)


@pages.get("/")
def explorer(request: Request, asked: Annotated[DrawnMoment, Query()], store: StoreGiven, ontology: OntologyGiven) -> Response:
    """Return the explorer over the whole graph."""
    choose_format(request.headers.get("accept", ""), (HTML,))
    whole = Extent(as_of=span_of(asked.as_of))
    return _page(request, ("", asked.as_of), lambda: read_graph(store, ontology, whole), Sight(draw=asked.draw))


@pages.get("/embed")
def embedded(request: Request, part: Annotated[DrawnPart, Query()], store: StoreGiven, ontology: OntologyGiven) -> Response:
    """Return the explorer, or a part of the graph, for a frame in a page of any site: without its head, and asking for nothing."""
    choose_format(request.headers.get("accept", ""), (HTML,))
    if part.around or part.label:
        return _part_page(request, part, store, ontology, embedded="/api/v1/graph.html")
    whole = Extent(as_of=span_of(part.as_of))
    return _page(request, ("", part.as_of), lambda: read_graph(store, ontology, whole), Sight(draw=part.draw, embedded="/"))


@pages.get("/embed/entities/{id}")
def embedded_entity(
    request: Request,
    id: EntityId,  # noqa: A002
    asked: Annotated[DrawnMoment, Query()],
) -> Response:
    """Return the page of one entity for a frame in a page of any site."""
    return _entity_page(request, id, asked, Sight(focus=(id,), draw=asked.draw, embedded=f"/entities/{id}"))


@pages.get("/entities/{id}")
def explorer_of_entity(
    request: Request,
    id: EntityId,  # noqa: A002
    asked: Annotated[DrawnMoment, Query()],
) -> Response:
    """Return the explorer with the card of one entity open."""
    return _entity_page(request, id, asked, Sight(focus=(id,), draw=asked.draw))


def _entity_page(request: Request, identifier: str, asked: DrawnMoment, sight: Sight) -> Response:
    choose_format(request.headers.get("accept", ""), (HTML,))
    store, ontology = request.app.state.store, request.app.state.ontology
    as_of = span_of(asked.as_of)
    if not store.rows("read/graph/entity", id=identifier, as_of=period_of(as_of)):
        raise not_found(store, identifier, as_of)
    return _page(
        request, (identifier, asked.as_of), lambda: _around(store, ontology, Extent(around=identifier, depth=2, as_of=as_of)), sight
    )


def _part_page(request: Request, part: GraphPart, store: Store, ontology: Ontology, *, embedded: str) -> Response:
    extent = _extent(part, ontology)
    draw = part.draw if isinstance(part, DrawnPart) else None
    sight = Sight(draw=draw, embedded=embedded, part=_in_words(store, extent))
    return _page(request, (extent,), lambda: read_graph(store, ontology, extent, with_places=True), sight)


def _in_words(store: Store, extent: Extent) -> str:
    """Say which part of the graph it is: around whom, how far, of which kind."""
    kind = f"{extent.label} only" if extent.label else ""
    if extent.around is None:
        return kind
    found = store.rows("read/graph/entity", id=extent.around, as_of=None)
    name = found[0]["properties"].get("name", extent.around) if found else extent.around
    return ", ".join(filter(None, (f"around {name}, {extent.depth} step{'s' if extent.depth > 1 else ''}", kind)))


def _around(store: Store, ontology: Ontology, extent: Extent) -> Graph:
    """Return the whole graph when it is small enough to be drawn, else what lies around the entity."""
    whole = read_graph(store, ontology, Extent(as_of=extent.as_of))
    return read_graph(store, ontology, extent, with_places=True) if whole.truncated else whole


def _page(request: Request, key: tuple[object, ...], read: Callable[[], Graph], sight: Sight) -> Response:
    drawings: Drawings = request.app.state.drawings
    store, ontology = request.app.state.store, request.app.state.ontology
    drawn = drawings.get((read_edition(store), *key, sight), lambda: draw_page(read(), ontology, sight))
    return page_response(drawn, request.headers.get("if-none-match", ""))


def _extent(part: GraphPart, ontology: Ontology) -> Extent:
    check_label(part.label, ontology)
    return Extent(around=part.around, depth=part.depth, label=part.label, as_of=span_of(part.as_of))
