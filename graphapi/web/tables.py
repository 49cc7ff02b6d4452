"""Lists as JSON, CSV or lines of JSON: the addresses of each, and what they answer."""

from collections.abc import Callable, Sequence
from pathlib import PurePosixPath
from typing import Any, TypeVar
from urllib.parse import urlencode

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel

from graphapi.export import items_table, write_csv
from graphapi.model import Table
from graphapi.web.bodies import Body, json_lines, json_response
from graphapi.web.formats import CSV, JSON, NDJSON, format_of

Route = TypeVar("Route", bound=Callable[..., Response])
TEXT = {"schema": {"type": "string"}}
IN_CSV: dict[int | str, dict[str, Any]] = {200: {"content": {CSV: TEXT}}}
IN_LINES: dict[int | str, dict[str, Any]] = {200: {"content": {NDJSON: TEXT}}}
IN_EITHER: dict[int | str, dict[str, Any]] = {200: {"content": {CSV: TEXT, NDJSON: TEXT}}}
FILES = ((".csv", "CSV", IN_CSV), (".ndjson", "lines of JSON", IN_LINES))


def list_route(
    router: APIRouter, path: str, shape: type[BaseModel], summary: str, description: str | None = None
) -> Callable[[Route], Route]:
    """Register a route three times: at `path`, in the format that Accept names, and at `path`.csv and `path`.ndjson."""

    def register(route: Route) -> Route:
        router.add_api_route(path, route, response_model=shape, summary=summary, description=description, responses=IN_EITHER)
        for suffix, words, answers in FILES:
            router.add_api_route(
                f"{path}{suffix}",
                route,
                name=f"{route.__name__}_{suffix[1:]}",
                response_class=Response,
                summary=f"{summary}, as {words}",
                description=description,
                responses=answers,
            )
        return route

    return register


def list_response(request: Request, body: Body, first: Sequence[str]) -> Response:
    """Return {items, next} as JSON; as CSV whose columns begin with `first`, or an item a line, the page after named in the header Link."""
    wanted = format_of(request, (JSON, CSV, NDJSON))
    if wanted == JSON:
        return json_response(body)
    after = {}
    if body["next"] is not None:
        query = urlencode({**request.scope["state"].get("query", {}), "cursor": body["next"]})
        after = {"Link": f'<{request.scope["path"]}?{query}>; rel="next"'}
    if wanted == NDJSON:
        return Response(json_lines(body["items"]), 200, after, NDJSON)
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
