"""Data sets that come and go over HTTP: for callers whose key may write."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.concurrency import run_in_threadpool
from pydantic import Field
from starlette.requests import ClientDisconnect

from graphapi.ingest.dataset import read_dataset_text
from graphapi.ingest.load import LoadReport, load
from graphapi.ingest.unload import UnloadReport, unload
from graphapi.model import Shape
from graphapi.web.bodies import MEDIA_TYPE, json_response
from graphapi.web.callers import require_scope
from graphapi.web.dependencies import wants_json
from graphapi.web.parameters import Identifier, Parameters
from graphapi.web.problems import described
from graphapi.web.received import plain_json, receive_body

YAML = ("application/yaml", "application/x-yaml", "text/yaml")
CLIENT_GONE = 499
UNCACHED = {"Cache-Control": "no-store"}
REFUSALS: dict[int | str, str] = {
    401: "The key is not known here",
    403: "No keys are configured, the key may not write, or a page of another site asks",
    409: "Another load has held the graph for longer than one may take",
    429: "The client asks too fast",
}
OF_BODIES: dict[int | str, str] = {
    400: "The data set was refused; `faults` names each by line",
    413: "The body is too large",
    415: "The body is no data set",
}
WRITTEN = "docs/data-format.md has the form; what stands in several files is one document here, or several that --- parts"
SCHEMA: dict[str, Any] = {"type": "object", "required": ["dataset"], "description": WRITTEN}
CONTENT = {kind: {"schema": SCHEMA} for kind in (YAML[0], MEDIA_TYPE)}


class Rehearsal(Parameters):
    """Whether to work it out only."""

    check: Annotated[bool, Field(description="Say what would change, and change nothing")] = False


def may_write(request: Request) -> None:
    """Raise ScopeMissing unless the caller's key may write."""
    require_scope(request, "write")


router = APIRouter(tags=["data sets"], dependencies=[Depends(may_write), Depends(wants_json)])


@router.post(
    "/datasets",
    response_model=LoadReport,
    status_code=201,
    summary="Load a data set",
    responses={200: {"model": LoadReport, "description": "Loaded anew, or only checked"}, **described(REFUSALS | OF_BODIES)},
    openapi_extra={"requestBody": {"required": True, "content": CONTENT}, "security": [{"key": []}]},
)
async def put_dataset(request: Request, rehearsal: Annotated[Rehearsal, Query()]) -> Response:
    """Make the graph say what the data set in the body says: all of it, or nothing. What is sent again changes nothing."""
    state = request.app.state
    try:
        kind, body = await receive_body(request, (*YAML, MEDIA_TYPE), state.store.settings.dataset_body)
    except ClientDisconnect:
        return Response(status_code=CLIENT_GONE)
    return await run_in_threadpool(_load, state, plain_json(body) if kind == MEDIA_TYPE else body, rehearsal.check)


def _load(state: Any, body: bytes, is_rehearsal: bool) -> Response:
    report = load(state.store, read_dataset_text(body, state.ontology), dry_run=is_rehearsal)
    if not is_rehearsal:
        _forget(state)
    is_new = report.previous_version is None and not is_rehearsal
    return _told(report, 201 if is_new else 200)


@router.delete(
    "/datasets/{id}",
    response_model=UnloadReport,
    summary="Take a data set out of the graph",
    responses=described(REFUSALS),
    openapi_extra={"security": [{"key": []}]},
)
def delete_dataset(request: Request, id: Identifier, rehearsal: Annotated[Rehearsal, Query()]) -> Response:  # noqa: A002
    """Make the graph what it would be had the data set never been loaded; its older versions stay on record."""
    state = request.app.state
    report = unload(state.store, id, state.ontology, dry_run=rehearsal.check)
    if not rehearsal.check:
        _forget(state)
    return _told(report, 200)


def _forget(state: Any) -> None:
    """Let answers that were kept go: the graph may say something else now."""
    answers = getattr(state, "answers", None)
    if answers is not None:
        answers.clear()


def _told(report: Shape, status: int) -> Response:
    response = json_response(report.model_dump(mode="json"), UNCACHED)
    response.status_code = status
    return response
