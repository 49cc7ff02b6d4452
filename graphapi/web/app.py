"""Makes the service of a store."""

from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from fastapi import FastAPI

from graphapi.catalogue import read_catalogue
from graphapi.guard.aside import Aside
from graphapi.guard.reading import Guard
from graphapi.ontology import Ontology, read_ontology
from graphapi.reading.labels import label_depths
from graphapi.settings import Settings
from graphapi.store import Store
from graphapi.web import problems
from graphapi.web.admission import Admission
from graphapi.web.drawing import Drawings
from graphapi.web.lane import FastLane
from graphapi.web.metrics import Metrics
from graphapi.web.observation import Observation
from graphapi.web.routers import cypher, docs, entities, facts, graph, health, overview, parts, paths, queries, search

if TYPE_CHECKING:
    from starlette.types import ASGIApp

API = "/api/v1"
ROUTERS = (
    (API, overview.router),
    (API, entities.router),
    (API, parts.router),
    (API, facts.router),
    (API, graph.router),
    (API, cypher.router),
    (API, search.router),
    (API, paths.router),
    (API, queries.router),
    ("", health.router),
    ("", graph.pages),
    ("", search.pages),
    ("", queries.pages),
    ("", docs.router),
)
DESCRIPTION = "A negotiation as a knowledge graph: who sat where for whom, what each side says was said, and how we know."


def create_app(settings: Settings, store: Store, ontology: Ontology | None = None) -> "ASGIApp":
    """Make the service of a store that the caller has opened, and closes; nothing is asked of the database yet.

    A request passes Observation, Admission and the fast lane before it gets to FastAPI.
    """
    app = make_api(store, ontology or read_ontology())
    return Observation(Admission(FastLane(app, ROUTERS), settings.allowed_hosts), app.state.metrics)


def make_api(store: Store, ontology: Ontology) -> FastAPI:
    """Make the routes and their description; open to everybody who calls it."""
    app = FastAPI(
        title="Parley",
        version=version("parley-graph"),
        description=DESCRIPTION,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        responses=problems.RESPONSES,
    )
    app.state.store = store
    app.state.ontology = ontology
    app.state.catalogue = read_catalogue()
    app.state.depths = label_depths(app.state.ontology)
    app.state.metrics = Metrics()
    app.state.drawings = Drawings()
    app.state.guard = Guard(store, app.state.depths)
    app.state.aside = Aside()
    for prefix, router in ROUTERS:
        app.include_router(router, prefix=prefix)
    problems.install(app)
    app.openapi_schema = describe(app)
    return app


def describe(app: FastAPI) -> dict[str, Any]:
    """Return the OpenAPI description, with the one shape of every error."""
    schema = app.openapi()
    schema["components"]["schemas"]["Problem"] = problems.Problem.model_json_schema()
    return schema
