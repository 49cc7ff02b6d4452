"""Makes the service of a store."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from fastapi import FastAPI

from graphapi.catalogue import Catalogue, read_catalogue
from graphapi.guard.aside import Aside
from graphapi.guard.known import Known
from graphapi.guard.reading import Guard
from graphapi.keys import KeyRing
from graphapi.ontology import Ontology, read_ontology
from graphapi.reading.labels import label_depths
from graphapi.reading.own_plans import refuse_by_plan
from graphapi.reading.own_queries import read_all
from graphapi.settings import Settings
from graphapi.store import Store
from graphapi.web import problems
from graphapi.web.admission import Admission
from graphapi.web.answer_cache import AnswerCache
from graphapi.web.answers import Answers
from graphapi.web.callers import Callers
from graphapi.web.drawing import Drawings
from graphapi.web.lane import FastLane
from graphapi.web.metrics import Metrics
from graphapi.web.observation import Observation
from graphapi.web.rates import Limits, read_rates
from graphapi.web.routers import (
    console,
    cypher,
    datasets,
    docs,
    entities,
    export,
    facts,
    graph,
    health,
    overview,
    parts,
    paths,
    queries,
    search,
)
from graphapi.web.sharing import Sharing

if TYPE_CHECKING:
    from starlette.types import ASGIApp

API = "/api/v1"
logger = logging.getLogger("graphapi.queries")
ROUTERS = (
    (API, overview.router),
    (API, datasets.router),
    (API, entities.router),
    (API, parts.router),
    (API, facts.router),
    (API, graph.router),
    (API, export.router),
    (API, cypher.router),
    (API, console.router),
    (API, search.router),
    (API, paths.router),
    (API, queries.router),
    ("", health.router),
    ("", graph.pages),
    ("", search.pages),
    ("", queries.pages),
    ("", console.pages),
    ("", docs.router),
)
COMPONENT = "#/components/schemas/{model}"
DESCRIPTION = "A negotiation as a knowledge graph: who sat where for whom, what each side says was said, and how we know."


def create_app(settings: Settings, store: Store, ontology: Ontology | None = None, adhoc: Store | None = None) -> "ASGIApp":
    """Make the service of a store that the caller has opened, and closes; nothing is asked of the database yet.

    `adhoc` is where Cypher by other people runs, where that is another server. A request passes Observation, Sharing, Admission, Callers,
    Limits, the answer cache and the fast lane before it gets to FastAPI. Raises UsageError for a keys file that is wrong.
    """
    known = ontology or read_ontology()
    app = make_api(store, known, adhoc)
    app.state.catalogue = read_all(settings, known)
    app.state.answers = Answers(store.edition, settings)
    inner = admit(AnswerCache(FastLane(app, ROUTERS), app.state.answers), settings)
    shared = Sharing(inner, settings.cors_origins) if settings.cors_origins else inner
    return Observation(shared, app.state.metrics)


def admit(app: "ASGIApp", settings: Settings) -> "ASGIApp":
    """Put in front of an application who may ask it, and how fast."""
    limited = Limits(app, read_rates(settings))
    keys = KeyRing(settings.keys_file) if settings.keys_file else None
    return Admission(Callers(limited, keys, settings.trusted_proxies), settings.allowed_hosts, settings.cors_origins)


def make_api(store: Store, ontology: Ontology, adhoc: Store | None = None) -> FastAPI:
    """Make the routes and their description; open to everybody who calls it."""
    app = FastAPI(
        title="Parley",
        version=version("parley-graph"),
        description=DESCRIPTION,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        lifespan=_life,
        responses=problems.RESPONSES,
    )
    app.state.store = store
    app.state.ontology = ontology
    app.state.catalogue = read_catalogue()
    app.state.depths = label_depths(app.state.ontology)
    app.state.metrics = Metrics()
    app.state.drawings = Drawings()
    app.state.adhoc = adhoc
    app.state.guard = Guard(adhoc or store, app.state.depths, Known(app.state.catalogue))
    app.state.aside = Aside()
    for prefix, router in ROUTERS:
        app.include_router(router, prefix=prefix)
    problems.install(app, ROUTERS)
    app.openapi_schema = describe(app)
    return app


@asynccontextmanager
async def _life(app: FastAPI) -> AsyncIterator[None]:
    """Show the database what query files are not ours, and serve; at the end close what queries by other people ran on, in their thread."""
    catalogue: Catalogue = app.state.catalogue
    if catalogue.own:
        app.state.catalogue = await asyncio.wrap_future(app.state.aside.run(refuse_by_plan(catalogue, app.state.guard)))
    for one in app.state.catalogue.refused:
        logger.warning("A query file was not taken up: %s:%d: %s", one.file, one.line, one.reason)
    yield
    await asyncio.wrap_future(app.state.aside.run(app.state.guard.close()))


def describe(app: FastAPI) -> dict[str, Any]:
    """Return the OpenAPI description, with the one shape of every error."""
    schema = app.openapi()
    problem = problems.Problem.model_json_schema(ref_template=COMPONENT)
    schema["components"]["schemas"] |= problem.pop("$defs", {}) | {"Problem": problem}
    schema["components"]["securitySchemes"] = {"key": {"type": "http", "scheme": "bearer", "description": "A key of parley key new"}}
    schema["security"] = [{}, {"key": []}]
    return schema
