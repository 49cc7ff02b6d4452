"""Lists as JSON or CSV: the two addresses of each, and what they answer."""

from collections.abc import Callable, Sequence
from pathlib import PurePosixPath
from typing import Any, TypeVar
from urllib.parse import urlencode

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel

from graphapi.export import items_table, write_csv
from graphapi.model import Table
from graphapi.web.bodies import Body, json_response
from graphapi.web.formats import CSV, JSON, format_of

Route = TypeVar("Route", bound=Callable[..., Response])
IN_CSV: dict[int | str, dict[str, Any]] = {200: {"content": {CSV: {"schema": {"type": "string"}}}}}


def list_route(
    router: APIRouter, path: str, shape: type[BaseModel], summary: str, description: str | None = None
) -> Callable[[Route], Route]:
    """Register a route twice: at `path`, in the format that Accept names, and at `path`.csv."""

    def register(route: Route) -> Route:
        router.add_api_route(path, route, response_model=shape, summary=summary, description=description, responses=IN_CSV)
        router.add_api_route(
            f"{path}.csv",
            route,
            name=f"{route.__name__}_csv",
            response_class=Response,
            summary=f"{summary}, as CSV",
            description=description,
            responses=IN_CSV,
        )
        return route

    return register


def list_response(request: Request, body: Body, first: Sequence[str]) -> Response:
    """Return {items, next} as JSON, or as CSV whose columns begin with `first` and whose page after is named in the header Link."""
    if format_of(request, (JSON, CSV)) == JSON:
        return json_response(body)
    after = {}
    if body["next"] is not None:
        query = urlencode({**request.scope["state"].get("query", {}), "cursor": body["next"]})
        after = {"Link": f'<{request.scope["path"]}?{query}>; rel="next"'}
    return csv_response(request, items_table(body["items"], first), after)


def csv_response(request: Request, table: Table, headers: dict[str, str] | None = None) -> Response:
    """Return a table as a CSV file to save."""
    found = file_headers(request, "csv", truncated=table.truncated)
    return Response(write_csv(table), 200, found | (headers or {}), f"{CSV}; charset=utf-8")


def file_headers(request: Request, suffix: str, *, truncated: bool) -> dict[str, str]:
    """Return the headers of a file to save, named after the address; X-Truncated says when a cap cut it."""
    name = PurePosixPath(request.scope["path"]).with_suffix(f".{suffix}").name
    more = {"X-Truncated": "true"} if truncated else {}
    return {"Content-Disposition": f'attachment; filename="{name}"'} | more
