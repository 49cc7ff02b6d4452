"""How two entities are connected."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Response
from pydantic import BaseModel, BeforeValidator, Field

from graphapi.catalogue import Catalogue
from graphapi.questions import Question, find_paths, paths_document
from graphapi.web.bodies import json_response
from graphapi.web.dependencies import Given, OntologyGiven, StoreGiven, wants_json
from graphapi.web.parameters import Moment, whole_number
from graphapi.web.shapes import GraphShape

MOST_HOPS = 8
router = APIRouter(tags=["graph"], dependencies=[Depends(wants_json)])
CatalogueGiven = Annotated[Catalogue, Depends(Given("catalogue"))]


class PathParameters(Moment):
    """Between whom, and how far."""

    start: Annotated[str, Field(alias="from", description="Where the chains begin: an id", examples=["howard-lutnick"])]
    end: Annotated[str, Field(alias="to", description="Where they end: an id", examples=["export-controls"])]
    max_hops: Annotated[
        int, Field(description="Most steps of a chain", ge=1, le=MOST_HOPS, examples=[6]), BeforeValidator(whole_number(1, MOST_HOPS))
    ] = 6


class NamedShape(BaseModel):
    """An entity by id and name."""

    id: str
    name: str


class StepRelationship(BaseModel):
    """The relationship that a step takes."""

    id: str = Field(description="start--TYPE--end")
    type: str
    outgoing: bool = Field(description="Whether it runs the way that the chain goes")
    certainty: str


class StepShape(BaseModel):
    """One step of a chain."""

    relationship: StepRelationship
    from_: NamedShape = Field(alias="from")
    to: NamedShape
    words: str = Field(description="How the step reads between its two names", examples=["holds the post"])
    evidence: list[str] = Field(description="Places that show it, as source:locator")


class ChainShape(BaseModel):
    """A chain from the one to the other."""

    steps: list[StepShape]


class PathsShape(BaseModel):
    """All shortest chains, at most 25, and the graph that they walk over."""

    paths: list[ChainShape]
    graph: GraphShape
    truncated: bool
    as_of: str | None
    not_in_sources: list[str] = Field(description="What the sources leave open, in sentences")


@router.get("/paths", response_model=PathsShape, summary="How two entities are connected")
def paths(asked: Annotated[PathParameters, Query()], store: StoreGiven, ontology: OntologyGiven, catalogue: CatalogueGiven) -> Response:
    """Return all shortest chains between two entities over what the sources say is so.

    Never over what is denied or only planned, nor through a country, a place, a source or anybody's words.
    """
    given = {"from": asked.start, "to": asked.end, "max_hops": str(asked.max_hops)}
    found = find_paths(store, ontology, catalogue, Question(name="path", given=given, as_of=asked.as_of))
    return json_response(paths_document(found, ontology))
