"""What routes are given."""

from typing import Annotated, Any

from fastapi import Depends, Request

from graphapi.dates import Span, read_as_of
from graphapi.errors import InputRefused
from graphapi.guard.reading import Guard
from graphapi.ontology import Ontology
from graphapi.reading.labels import Depths
from graphapi.store import Store
from graphapi.web.formats import JSON, choose_format


class Given:
    """Gives a route what the application holds by this name."""

    def __init__(self, attribute: str) -> None:
        self.attribute = attribute

    async def __call__(self, request: Request) -> Any:
        """Return it."""
        return getattr(request.app.state, self.attribute)


StoreGiven = Annotated[Store, Depends(Given("store"))]
AdhocGiven = Annotated[Store | None, Depends(Given("adhoc"))]
OntologyGiven = Annotated[Ontology, Depends(Given("ontology"))]
GuardGiven = Annotated[Guard, Depends(Given("guard"))]
DepthsGiven = Annotated[Depths, Depends(Given("depths"))]


def span_of(as_of: str | None) -> Span | None:
    """Read an as-of date that the parameters have let through."""
    return None if as_of is None else read_as_of(as_of)


def check_label(label: str | None, ontology: Ontology) -> None:
    """Raise InputRefused unless the ontology knows the label as one of nodes that are listed."""
    known = [name for name in ontology.labels if name != "Evidence"]
    if label is not None and label not in known:
        raise InputRefused(f"There is no label {label[:60]!r}.", hint=f"Known: {', '.join(known)}.", parameter="label")


def check_type(kind: str | None, ontology: Ontology) -> None:
    """Raise InputRefused unless the ontology knows the relationship type."""
    if kind is not None and kind not in ontology.relationships:
        known = ", ".join(ontology.relationships)
        raise InputRefused(f"There is no relationship type {kind[:60]!r}.", hint=f"Known: {known}.", parameter="type")


def wants_json(request: Request) -> None:
    """Raise NotAcceptable unless the Accept header allows JSON, or the address ends in .json."""
    accept = request.headers.get("accept", "*/*")
    if accept not in ("*/*", JSON) and not request.scope["path"].endswith(".json"):
        choose_format(accept, (JSON,))
