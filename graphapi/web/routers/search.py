"""Search as REST and as a plain page that works without a script."""

from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request, Response
from pydantic import AfterValidator, BeforeValidator, Field

from graphapi.export.json_text import node_document
from graphapi.export.tables import HITS
from graphapi.ontology import Ontology
from graphapi.reading.labels import Depths
from graphapi.reading.search import DEFAULT_LIMIT, MAX_LENGTH, MAX_LIMIT, Hit, Wanted, search
from graphapi.stats import read_datasets
from graphapi.store import Store
from graphapi.web.bodies import Body
from graphapi.web.dependencies import DepthsGiven, OntologyGiven, StoreGiven, check_label, span_of
from graphapi.web.drawing import Drawn, page_response
from graphapi.web.formats import HTML, choose_format
from graphapi.web.parameters import AsOf, Label, Moment, Side, whole_number
from graphapi.web.plain_pages import render_page
from graphapi.web.routers.entities import check_side
from graphapi.web.shapes import Hits
from graphapi.web.tables import list_response, list_route

PAGE_LIMIT = 50
HOW = {"exact": "is the text", "prefix": "begins with the text", "words": "has the words", "fuzzy": "is spelt nearly so"}
router = APIRouter(tags=["search"])
pages = APIRouter(include_in_schema=False)


def _text(value: str) -> str:
    if len(value) > MAX_LENGTH:
        raise ValueError(f"a text of at most {MAX_LENGTH} characters")
    return value


def _some_text(value: str) -> str:
    if not value.strip():
        raise ValueError("a text to look for")
    return _text(value)


def _none_if_empty(value: object) -> object:
    return None if value == "" else value


class SearchAsked(Moment):
    """What to look for."""

    q: Annotated[str, AfterValidator(_some_text), Field(description="A text: words of a name, an alias or a caption", examples=["lutnik"])]
    label: Label = None
    side: Side = None
    limit: Annotated[
        int,
        Field(description="Most items", ge=1, le=MAX_LIMIT, examples=[DEFAULT_LIMIT]),
        BeforeValidator(whole_number(1, MAX_LIMIT)),
    ] = DEFAULT_LIMIT


class PageAsked(Moment):
    """What the page's form sends: what was left open comes as an empty text."""

    q: Annotated[str, AfterValidator(_text)] = ""
    label: Annotated[Label, BeforeValidator(_none_if_empty)] = None
    side: Annotated[Side, BeforeValidator(_none_if_empty)] = None
    as_of: Annotated[AsOf, BeforeValidator(_none_if_empty)] = None


@list_route(router, "/search", Hits, "Search by name, alias and caption")
def search_entities(
    request: Request, asked: Annotated[SearchAsked, Query()], store: StoreGiven, depths: DepthsGiven, ontology: OntologyGiven
) -> Response:
    """Find entities and sources, best first, each with what of it matched and how.

    `q` is plain text: accents and case do not matter, a longer word may have a wrong letter or two, the last one may be its beginning only.
    """
    check_label(asked.label, ontology)
    wanted = Wanted(text=asked.q, label=asked.label, side=asked.side, limit=asked.limit, as_of=span_of(asked.as_of))
    return list_response(request, {"items": [_item(hit) for hit in _found(store, wanted, depths)], "next": None}, HITS)


@pages.get("/search")
def search_page(
    request: Request, asked: Annotated[PageAsked, Query()], store: StoreGiven, depths: DepthsGiven, ontology: OntologyGiven
) -> Response:
    """Return the form, with what was found below it."""
    choose_format(request.headers.get("accept", ""), (HTML,))
    check_label(asked.label, ontology)
    wanted = Wanted(text=asked.q, label=asked.label, side=asked.side, limit=PAGE_LIMIT, as_of=span_of(asked.as_of))
    return page_response(_draw(wanted, _found(store, wanted, depths), store, ontology), request.headers.get("if-none-match", ""))


def _found(store: Store, wanted: Wanted, depths: Depths) -> list[Hit]:
    hits = search(store, wanted, depths)
    if not hits and wanted.side is not None:
        check_side(store, wanted.side)
    return hits


def _item(hit: Hit) -> Body:
    return {"node": node_document(hit.node), "score": hit.score, "why": hit.why.model_dump()}


def _draw(wanted: Wanted, hits: list[Hit], store: Store, ontology: Ontology) -> Drawn:
    given = {"q": wanted.text, "label": wanted.label, "side": wanted.side, "as_of": wanted.as_of and wanted.as_of.text}
    content = {
        "title": f"{wanted.text} · Search" if wanted.text else "Search",
        "wanted": wanted,
        "labels": [name for name in ontology.labels if name != "Evidence"],
        "sides": sorted({side for dataset in read_datasets(store) for side in dataset.sides}),
        "hits": hits,
        "how": HOW,
        "query": urlencode({name: value for name, value in given.items() if value}),
    }
    return render_page("search.html", ontology, content)
