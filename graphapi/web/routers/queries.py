"""The questions of the catalogue: as REST, and each as a page that works without a script."""

from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from graphapi import catalogue as headers
from graphapi.errors import InputRefused, NotFound, ParleyError
from graphapi.export import write_json
from graphapi.model import Graph
from graphapi.ontology import Ontology
from graphapi.questions import Question, answer_document, answer_table, ask, snapshots
from graphapi.questions.asking import find_question
from graphapi.questions.graphs import with_places
from graphapi.stats import read_edition, read_version
from graphapi.store import Store
from graphapi.web.bodies import json_response
from graphapi.web.dependencies import OntologyGiven, StoreGiven, wants_json
from graphapi.web.drawing import Drawings, Sight, draw_page, page_response
from graphapi.web.formats import CSV, HTML, JSON, choose_format, format_of
from graphapi.web.parameters import AsOf, Parameters
from graphapi.web.question_pages import Desk, list_page, question_page
from graphapi.web.routers.paths import CatalogueGiven
from graphapi.web.shapes import GraphShape
from graphapi.web.tables import csv_response

SUFFIXES = (snapshots.SUFFIX, ".json", ".csv", ".html")
router = APIRouter(tags=["queries"])
pages = APIRouter(tags=["pages"], include_in_schema=False)
QueryName = Annotated[str, Path(description="The name of a query, `.json` or `.csv` behind it if you like", examples=["attendees"])]
FREE = {
    "name": "parameters",
    "in": "query",
    "required": True,
    "style": "form",
    "explode": True,
    "description": "The query's own parameters, each by its name, as `/queries` lists them",
    "schema": {"type": "object", "additionalProperties": {"type": "string"}, "examples": [{"event": "talks-london-2025-06-09"}]},
}


class QuestionParameters(BaseModel):
    """As of when, beside the query's own parameters, which its header declares."""

    model_config = ConfigDict(extra="allow", frozen=True)
    as_of: AsOf = None


class FormParameters(BaseModel):
    """What a form sends: a field that was left empty says nothing; the rest is read with the query's own parameters."""

    model_config = ConfigDict(extra="allow", frozen=True)
    as_of: str | None = None


class ListParameters(BaseModel):
    """Words that a question must have to be listed."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    q: Annotated[str, Field(max_length=300)] = ""


class QueryShape(BaseModel):
    """A query of the catalogue."""

    name: str
    group: str
    title: str
    description: str
    shape: str = Field(description="table, graph, series (in order of its column date) or matrix (laid out by its axes)")
    axes: headers.Axes | None = Field(description="Of a matrix: the columns that head its rows and its columns")
    parameters: dict[str, headers.Parameter]
    columns: dict[str, headers.Column]
    own: bool = Field(description="Whether it is a file of whoever runs this service, below PARLEY_QUERIES")


class Queries(BaseModel):
    """All queries, and the files below PARLEY_QUERIES that were not taken up."""

    items: list[QueryShape]
    refused: list[headers.RefusedFile]
    next: None


class HeadingShape(BaseModel):
    """What heads a row or a column of a matrix."""

    id: str
    name: str


class MatrixShape(BaseModel):
    """The rows of an answer laid out by two of its columns."""

    axes: headers.Axes = Field(description="The columns that head the matrix")
    down: list[HeadingShape]
    across: list[HeadingShape]
    cells: list[list[list[int]]] = Field(description="By heading down, then across: numbers of the rows that stand there, from 0")


class Cited(BaseModel):
    """A data set that an answer rests on."""

    id: str
    version: str


class AnswerShape(BaseModel):
    """An answer."""

    query: str
    parameters: dict[str, Any]
    as_of: str | None
    datasets: list[Cited]
    columns: list[str]
    rows: list[dict[str, Any]] = Field(description="Entities are {id, name}; columns of evidence hold `source:locator`")
    names: dict[str, str] = Field(description="Names of sides and of others that rows name by id alone, by id")
    graph: GraphShape | None
    matrix: MatrixShape | None = Field(description="Of a query of shape matrix: how its rows are laid out")
    scalar: dict[str, Any] | None = Field(description="What belongs to no row, such as first_complete by side")
    truncated: bool = Field(description="Whether a cap cut it, 1000 rows or 25 chains")
    not_in_sources: list[str] = Field(description="What the sources leave open, in sentences")


@router.get("/queries", response_model=Queries, summary="The queries", dependencies=[Depends(wants_json)])
def queries(_: Annotated[Parameters, Query()], catalogue: CatalogueGiven) -> Response:
    """List the questions that can be asked by name, with their parameters and columns."""
    items = [_described(query) | {"own": query.name in catalogue.own} for query in catalogue.questions.values()]
    return json_response({"items": items, "refused": [one.model_dump() for one in catalogue.refused], "next": None})


@router.get(
    "/queries/{name}",
    response_model=AnswerShape,
    responses={200: {"content": {CSV: {"schema": {"type": "string"}}}}},
    openapi_extra={"parameters": [FREE]},
    summary="The answer to a query",
)
def answer(
    request: Request,
    name: QueryName,
    asked: Annotated[QuestionParameters, Query()],
    store: StoreGiven,
    ontology: OntologyGiven,
) -> Response:
    """Answer a query as JSON or CSV, by `.json` or `.csv` behind its name, else by Accept; `.snapshot.json` is a file that can be cited."""
    wanted = format_of(request, (JSON, CSV))
    if wanted == HTML:
        raise NotFound("query", name[:120])
    before = read_version(store) if name.endswith(snapshots.SUFFIX) else None
    found = ask(store, ontology, request.app.state.catalogue, _question(_bare(name), asked))
    if before is not None:
        return _snapshot_response(found.query, snapshots.snapshot_of(store, before, *snapshots.of_question(found)))
    return json_response(answer_document(found)) if wanted == JSON else csv_response(request, answer_table(found))


@pages.get("/queries")
def queries_page(
    request: Request, asked: Annotated[ListParameters, Query()], ontology: OntologyGiven, catalogue: CatalogueGiven
) -> Response:
    """Return the page of all questions, or of those with these words."""
    choose_format(request.headers.get("accept", ""), (HTML,))
    return page_response(list_page(catalogue, ontology, asked.q.strip()), request.headers.get("if-none-match", ""))


@pages.get("/queries/{name}")
def query_page(
    request: Request,
    name: QueryName,
    asked: Annotated[FormParameters, Query()],
    store: StoreGiven,
    ontology: OntologyGiven,
) -> Response:
    """Return a question as a page: its form, its answer, its Cypher; with `.html` behind the name, the answer's graph drawn."""
    choose_format(request.headers.get("accept", ""), (HTML,))
    visit = Visit(request, store, ontology, request.app.state.catalogue, _question(name.removesuffix(".html"), asked))
    return _graph_page(visit) if name.endswith(".html") else _form_page(visit)


@pages.get("/embed/queries/{name}")
def embedded_graph(
    request: Request,
    name: QueryName,
    asked: Annotated[FormParameters, Query()],
    store: StoreGiven,
    ontology: OntologyGiven,
) -> Response:
    """Return the graph of a question's answer for a frame in a page of any site: without its head, and asking for nothing."""
    choose_format(request.headers.get("accept", ""), (HTML,))
    visit = Visit(request, store, ontology, request.app.state.catalogue, _question(name, asked))
    return _graph_page(visit, embedded=f"/queries/{name}.html")


@dataclass(frozen=True)
class Visit:
    """A request for a page, with what answers it."""

    request: Request
    store: Store
    ontology: Ontology
    catalogue: headers.Catalogue
    question: Question


def _form_page(visit: Visit) -> Response:
    query = find_question(visit.catalogue, visit.question.name)
    desk = Desk(visit.store, visit.ontology, query, visit.question)
    needs_a_value = any(not parameter.optional for parameter in query.parameters.values())
    if needs_a_value and not any(visit.question.given.values()):
        return page_response(question_page(desk), visit.request.headers.get("if-none-match", ""))
    try:
        found = ask(visit.store, visit.ontology, visit.catalogue, visit.question)
    except (InputRefused, NotFound) as error:
        return _refused_page(visit, desk, error)
    return page_response(question_page(desk, found), visit.request.headers.get("if-none-match", ""))


def _refused_page(visit: Visit, desk: Desk, error: ParleyError) -> Response:
    """Show a person the form again, with what was wrong; a program that did not ask for HTML by name gets the problem."""
    if HTML not in visit.request.headers.get("accept", ""):
        raise error
    page = question_page(desk, refused=error)
    return Response(
        page.html, error.status, {"Content-Security-Policy": page.policy, "Cache-Control": "no-store"}, "text/html; charset=utf-8"
    )


def _graph_page(visit: Visit, embedded: str = "") -> Response:
    query = find_question(visit.catalogue, visit.question.name)
    if query.shape != "graph":
        raise NotFound("graph of a query", query.name)
    found = ask(visit.store, visit.ontology, visit.catalogue, visit.question)
    drawings: Drawings = visit.request.app.state.drawings
    key = (
        read_edition(visit.store),
        query.name,
        embedded,
        found.as_of,
        *sorted((name, str(value)) for name, value in found.parameters.items()),
    )
    ends = tuple(str(found.parameters[name]) for name, parameter in query.parameters.items() if parameter.type == "entity")
    graph = found.graph or Graph()
    sight = Sight(focus=ends[:1], embedded=embedded, part=query.title)
    drawn = drawings.get(key, lambda: draw_page(with_places(visit.store, visit.ontology, graph), visit.ontology, sight))
    return page_response(drawn, visit.request.headers.get("if-none-match", ""))


def _snapshot_response(name: str, snapshot: dict[str, Any]) -> Response:
    """Return a snapshot as a file to save, the same bytes that the command line writes."""
    headers = {"Content-Disposition": f'attachment; filename="{name}{snapshots.SUFFIX}"'}
    return Response(write_json(snapshot), 200, headers, JSON)


def _question(name: str, asked: QuestionParameters | FormParameters) -> Question:
    extra = asked.model_extra or {}
    return Question(name=name, given={key: str(value) for key, value in extra.items()}, as_of=asked.as_of)


def _bare(name: str) -> str:
    return next((name.removesuffix(suffix) for suffix in SUFFIXES if name.endswith(suffix)), name)


def _described(query: headers.Query) -> dict[str, Any]:
    kept = query.model_dump(include={"name", "group", "title", "description", "shape", "axes", "parameters"})
    return kept | {"columns": {name: column.model_dump() for name, column in query.returns.items()}}
