"""What the explorer takes into a page that is open: an entity with a page of its neighbours, as the page's own blocks."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Response
from pydantic import BaseModel, Field

from graphapi.reading.parts import read_part
from graphapi.web.bodies import json_response
from graphapi.web.cursors import Filters, read_cursor, write_cursor
from graphapi.web.dependencies import OntologyGiven, StoreGiven, span_of, wants_json
from graphapi.web.parameters import Cursor, EntityId, Moment
from graphapi.web.shapes import CURSOR

router = APIRouter(tags=["graph"], dependencies=[Depends(wants_json)])
Blocks = dict[str, Any]


class PartPage(Moment):
    """Which page of an entity's neighbours."""

    cursor: Cursor = None


class PartShape(BaseModel):
    """A part of the graph, as the blocks of which the explorer's page is made; each by id where it is an object."""

    id: str = Field(examples=["howard-lutnick"])
    neighbours: list[str] = Field(description="Ids of what lines of this part tie to the entity")
    nodes: list[Blocks] = Field(description="What can stand in the picture: label, kind, colour, weight; without a seat")
    lines: list[Blocks] = Field(description="What is drawn between them, each with the relationships that it stands for")
    kinds: list[Blocks] = Field(description="Kinds of the nodes and cards, as the legend shows them")
    planned: list[str] = Field(description="Ids of relationships over which no path runs: sent to what is only announced")
    entities: Blocks = Field(description="Cards")
    relationships: Blocks
    claims: Blocks
    disputes: Blocks
    evidence: Blocks
    sources: Blocks
    sent: int = Field(description="How many of the entity's relationships this page holds")
    total: int = Field(description="How many it has, as of the date if one is given")
    as_of: str | None
    next: str | None = Field(description=CURSOR)


@router.get("/entities/{id}/part", response_model=PartShape, summary="An entity with a page of its neighbours, ready to be drawn")
def part(
    id: EntityId,  # noqa: A002
    page: Annotated[PartPage, Query()],
    store: StoreGiven,
    ontology: OntologyGiven,
) -> Response:
    """Return at most 40 relationships of an entity with what is at their other ends, drawn as the explorer draws it.

    In order of the relationships' ids, negative and tentative ones too.
    """
    from visualizer.part import draw_part  # noqa: PLC0415 - numpy and pyvis, only where something is drawn

    filters: Filters = {"id": id, "as_of": page.as_of}
    found = read_part(store, ontology, id, read_cursor(page.cursor, "part", filters), span_of(page.as_of))
    after = write_cursor("part", filters, found.last) if found.last else None
    counts = {"sent": found.sent, "total": found.total}
    return json_response({"id": id, **draw_part(found.graph, ontology, id), **counts, "as_of": page.as_of, "next": after})
