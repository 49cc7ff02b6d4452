"""What the graph is: counts, the ontology, the data sets."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Response

from graphapi.ontology import Ontology
from graphapi.period import period_of
from graphapi.stats import Stats, read_datasets, read_stats
from graphapi.web.bodies import json_response
from graphapi.web.dependencies import OntologyGiven, StoreGiven, span_of, wants_json
from graphapi.web.parameters import Moment, Parameters
from graphapi.web.shapes import Datasets

router = APIRouter(tags=["overview"], dependencies=[Depends(wants_json)])


@router.get("/stats", response_model=Stats, summary="Counts")
def stats(moment: Annotated[Moment, Query()], store: StoreGiven) -> Response:
    """Count entities by label (an Agency counts as an Organization too), relationships by type, places in sources and sources."""
    return json_response(read_stats(store, period_of(span_of(moment.as_of))).model_dump(mode="json"))


@router.get("/ontology", response_model=Ontology, summary="What may stand in the graph")
def ontology(_: Annotated[Parameters, Query()], known: OntologyGiven) -> Response:
    """Return every label, relationship type and property, with captions, colours and terms in other vocabularies."""
    return json_response(known.model_dump(mode="json"))


@router.get("/datasets", response_model=Datasets, summary="The data sets in the graph")
def datasets(_: Annotated[Parameters, Query()], store: StoreGiven) -> Response:
    """List the data sets with their versions, in order of id."""
    return json_response({"items": [dataset.model_dump(mode="json") for dataset in read_datasets(store)], "next": None})
