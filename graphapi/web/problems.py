"""Every error body of the service: application/problem+json as RFC 9457 has it."""

import logging
from collections.abc import Mapping, Sequence
from typing import Any

import orjson
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException

from graphapi.errors import CypherRefused, DatabaseUnavailable, InputRefused, NotFound, ParleyError, TooManyQueries

MEDIA_TYPE = "application/problem+json"
MAX_SHOWN = 80
TITLES = {404: "Not found", 405: "Method not allowed", 406: "Not acceptable"}
logger = logging.getLogger("graphapi.web")


class Problem(BaseModel):
    """What every error answer carries."""

    type: str = Field(description="Stable name of the kind of problem", examples=["urn:parley:problem:not-found"])
    title: str = Field(description="The kind of problem in words", examples=["Not found"])
    status: int = Field(description="The HTTP status", examples=[404])
    detail: str = Field(description="What is wrong with this request", examples=["There is no entity with the id 'howard-lutnik'."])
    instance: str = Field(description="The address that was asked for", examples=["/api/v1/entities/howard-lutnik"])
    request_id: str = Field(description="The id under which the log has the request", examples=["0f8b6c1e5d7a4b32"])
    hint: str | None = Field(None, description="What to do", examples=["Close to it: howard-lutnick."])
    parameter: str | None = Field(None, description="The parameter that was refused")
    close: list[str] | None = Field(None, description="The closest ids", examples=[["howard-lutnick"]])
    rule: str | None = Field(None, description="The rule by which a query was refused", examples=["read-only"])
    line: int | None = Field(None, description="The line of the query, from 1")
    column: int | None = Field(None, description="The column of the query, from 1")


DESCRIPTIONS: dict[int | str, str] = {
    400: "A parameter was refused, or the host",
    404: "No such id",
    406: "No such format",
    503: "The database does not answer",
    "default": "Any other error",
}


def described(descriptions: Mapping[int | str, str]) -> dict[int | str, dict[str, Any]]:
    """Return how OpenAPI shows that these statuses are answered with a problem."""
    content = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {status: {"description": description, "content": content} for status, description in descriptions.items()}


RESPONSES = described(DESCRIPTIONS)


class NotAcceptable(ParleyError):
    """No format that this address has was asked for."""

    kind = "not-acceptable"
    title = "Not acceptable"
    status = 406


class HostRefused(ParleyError):
    """The Host header names a machine that this service does not answer for."""

    kind = "host-refused"
    title = "Host refused"
    status = 400


class OriginRefused(ParleyError):
    """A page of another site asks for a change."""

    kind = "origin-refused"
    title = "Origin refused"
    status = 403


def problem_response(scope: Mapping[str, Any], error: ParleyError) -> Response:
    """Return the answer for an error of ours."""
    extra: dict[str, Any] = {"hint": error.hint, "parameter": error.parameter}
    headers = {}
    if isinstance(error, NotFound):
        extra["close"] = list(error.close)
    if isinstance(error, CypherRefused):
        extra |= {"rule": error.rule, "line": error.line, "column": error.column}
    if isinstance(error, (DatabaseUnavailable, TooManyQueries)):
        headers["Retry-After"] = str(error.retry_after)
    return _response(scope, _body(error.kind, error.title, error.status, error.message) | extra, headers)


def unexpected_response(scope: Mapping[str, Any]) -> Response:
    """Return the answer for a fault of our own, which tells nothing but where to look."""
    detail = "This is a fault of Parley itself; nothing was changed. The log has the rest under the request id."
    return _response(scope, _body("internal", "Internal error", 500, detail), {})


def install(app: FastAPI) -> None:
    """Let every error that a route raises become a problem."""
    app.add_exception_handler(ParleyError, _on_parley_error)
    app.add_exception_handler(RequestValidationError, _on_refused_parameter)
    app.add_exception_handler(HTTPException, _on_http_error)


async def _on_parley_error(request: Request, error: Exception) -> Response:
    return problem_response(request.scope, error if isinstance(error, ParleyError) else InputRefused(""))


async def _on_refused_parameter(request: Request, error: Exception) -> Response:
    faults: Sequence[Any] = error.errors() if isinstance(error, RequestValidationError) else ()
    return problem_response(request.scope, refused_parameter(faults[0]))


def refused_parameter(fault: Mapping[str, Any]) -> InputRefused:
    """Say in words what a parameter's value was refused for, and what it expects."""
    name = str(fault["loc"][-1])[:MAX_SHOWN]
    if fault["type"] == "extra_forbidden":
        return InputRefused(f"There is no parameter {name!r} here.", hint="The parameters of each address: /docs.", parameter=name)
    if fault["type"] == "missing":
        return InputRefused(f"The parameter {name} is missing.", hint="The parameters of each address: /docs.", parameter=name)
    context = fault.get("ctx", {})
    expected = str(context.get("error") or context.get("expected") or fault["msg"])
    return InputRefused(f"{name} is {str(fault['input'])[:MAX_SHOWN]!r}.", hint=f"Expected: {expected}.", parameter=name)


async def _on_http_error(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    headers = dict(error.headers or {}) if isinstance(error, HTTPException) else {}
    kind, detail, hint = "http", TITLES.get(status, "Refused"), ""
    path = request.url.path[:MAX_SHOWN]
    if status == 404:
        kind, detail, hint = "no-such-address", f"There is nothing at {path!r}.", "The addresses: /docs."
    if status == 405:
        allowed = [method.strip() for method in headers.get("Allow", headers.get("allow", "")).split(",") if method.strip()]
        if "GET" in allowed and "HEAD" not in allowed:
            allowed.append("HEAD")
        headers = {"Allow": ", ".join(sorted(allowed))}
        kind, detail, hint = "method", f"{request.method} is not possible at {path!r}.", f"Possible: {headers['Allow']}."
    return _response(request.scope, _body(kind, TITLES.get(status, "Refused"), status, detail) | {"hint": hint}, headers)


def _body(kind: str, title: str, status: int, detail: str) -> dict[str, Any]:
    return {"type": f"urn:parley:problem:{kind}", "title": title, "status": status, "detail": detail}


def _response(scope: Mapping[str, Any], body: dict[str, Any], headers: Mapping[str, str]) -> Response:
    body |= {"instance": scope.get("raw_path", b"").decode("latin-1")[:2000], "request_id": scope.get("state", {}).get("request_id", "")}
    kept = {name: value for name, value in body.items() if value not in (None, "")}
    return Response(orjson.dumps(kept, default=str), body["status"], {"Cache-Control": "no-store", **headers}, MEDIA_TYPE)
