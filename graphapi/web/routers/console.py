"""The console's page, and the words that a query may use."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request, Response
from pydantic import BaseModel, ConfigDict

from graphapi.errors import InputRefused
from graphapi.questions.asking import find_question
from graphapi.reading.vocabulary import Vocabulary, read_vocabulary
from graphapi.web.bodies import json_response
from graphapi.web.console import console_page, opened_question
from graphapi.web.dependencies import OntologyGiven, StoreGiven, wants_json
from graphapi.web.drawing import page_response
from graphapi.web.formats import HTML, choose_format
from graphapi.web.parameters import Parameters
from graphapi.web.routers.paths import CatalogueGiven

router = APIRouter(tags=["cypher"])
pages = APIRouter(tags=["pages"], include_in_schema=False)


class OpenedParameters(BaseModel):
    """Which question of the catalogue to open, beside the question's own parameters and as_of."""

    model_config = ConfigDict(extra="allow", frozen=True)
    query: str | None = None


@router.get(
    "/cypher/schema",
    response_model=Vocabulary,
    summary="The words that Cypher may use here",
    dependencies=[Depends(wants_json)],
)
def vocabulary(_: Annotated[Parameters, Query()], store: StoreGiven, ontology: OntologyGiven) -> Response:
    """Return labels, relationship types with their ends, property keys, and the procedures and functions that a query may call."""
    return json_response(read_vocabulary(store, ontology).model_dump(by_alias=True))


@pages.get("/cypher")
def console(request: Request, asked: Annotated[OpenedParameters, Query()], ontology: OntologyGiven, catalogue: CatalogueGiven) -> Response:
    """Return the console; with `query` its editor holds a question of the catalogue. Nothing runs until the reader says so."""
    choose_format(request.headers.get("accept", ""), (HTML,))
    given = {name: str(value) for name, value in (asked.model_extra or {}).items()}
    opened = None
    if asked.query is not None:
        query = find_question(catalogue, asked.query)
        _check_names(given, {*query.parameters, "as_of"})
        opened = opened_question(ontology, query, given)
    else:
        _check_names(given, {"query"})
    return page_response(console_page(ontology, opened), request.headers.get("if-none-match", ""))


def _check_names(given: dict[str, str], known: set[str]) -> None:
    for name in given.keys() - known:
        raise InputRefused(f"There is no parameter {name[:80]!r} here.", hint=f"Known: {', '.join(sorted(known))}.", parameter=name[:80])
