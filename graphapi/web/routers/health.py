"""How the service does: alive, ready, measured."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from graphapi.errors import DatabaseUnavailable
from graphapi.stats import read_version
from graphapi.store import Store
from graphapi.web.bodies import json_response
from graphapi.web.dependencies import AdhocGiven, GuardGiven, OntologyGiven, StoreGiven
from graphapi.web.parameters import Parameters

router = APIRouter(tags=["health"])
TEXT = "text/plain; version=0.0.4; charset=utf-8"
UNCACHED = {"Cache-Control": "no-store"}


class NotReady(DatabaseUnavailable):
    """The service lives and cannot serve yet."""

    kind = "not-ready"
    title = "Not ready"
    retry_after = 2


@router.get("/healthz", summary="The process lives", responses={200: {"content": {"application/json": {"example": {"status": "alive"}}}}})
async def healthz(_: Annotated[Parameters, Query()]) -> Response:
    """Say that the process lives; asks nobody else."""
    return json_response({"status": "alive"}, UNCACHED)


@router.get("/readyz", summary="It can serve", responses={200: {"content": {"application/json": {"example": {"status": "ready"}}}}})
def readyz(_: Annotated[Parameters, Query()], store: StoreGiven, ontology: OntologyGiven, adhoc: AdhocGiven, guard: GuardGiven) -> Response:
    """Say that the database answers, its schema is current and a data set was loaded; 503 with the reason while it is not so.

    A database that does not let go of queries by other people is not ready; where they have one of their own, only
    they wait, and `adhoc` says how that does.
    """
    if not store.has_current_schema(ontology):
        raise NotReady(
            "The graph's schema is not the one that this program wants.", hint="parley serve and parley load bring it up to date."
        )
    if read_version(store) == 0:
        raise NotReady("The first load has not been done.", hint="It may be under way; else parley load DATASET.")
    if guard.trouble and adhoc is None:
        raise NotReady(guard.trouble, hint="The local Neo4j is started anew; another server must be by whoever runs it.")
    return json_response({"status": "ready"} | _adhoc(adhoc, guard.trouble), UNCACHED)


def _adhoc(store: Store | None, trouble: str) -> dict[str, str]:
    """Say how the database for Cypher by other people does, where there is one; without it everything else is served all the same."""
    if store is None:
        return {}
    try:
        return {"adhoc": trouble or ("ready" if read_version(store) else "holds no data set")}
    except DatabaseUnavailable as error:
        return {"adhoc": error.message}


@router.get("/metrics", summary="Measurements for Prometheus", response_class=Response, responses={200: {"content": {"text/plain": {}}}})
def metrics(request: Request, _: Annotated[Parameters, Query()]) -> Response:
    """Return counts and times of requests, and what the process uses, in the text format of Prometheus."""
    return Response(request.app.state.metrics.text(), 200, UNCACHED, TEXT)
