"""Every error body of the service: application/problem+json as RFC 9457 has it."""

import logging
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

import orjson
from fastapi import APIRouter, FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException
from starlette.routing import compile_path

from graphapi.errors import CypherRefused, DatabaseUnavailable, DatasetRefused, Fault, InputRefused, NotFound, ParleyError, TooManyQueries

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
    faults: list[Fault] | None = Field(None, description="Every fault of a data set, by line")


DESCRIPTIONS: dict[int | str, str] = {
    400: "A parameter was refused, or the host",
    401: "The key does not count here",
    404: "No such id",
    406: "No such format",
    429: "The client asks too fast",
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


class KeyRefused(ParleyError):
    """A request shows a key that does not count here; `fault` is the error that RFC 6750 has for it."""

    kind = "key-refused"
    title = "Key refused"
    status = 401

    def __init__(self, message: str, *, hint: str = "", fault: str = "invalid_token") -> None:
        super().__init__(message, hint=hint)
        self.fault = fault


class ScopeMissing(ParleyError):
    """Who asks may not do this."""

    kind = "scope-missing"
    title = "Not allowed"
    status = 403


class KeysUnreadable(ParleyError):
    """The keys file became wrong while the service ran; no key counts until it is mended."""

    kind = "keys-unreadable"
    title = "The keys cannot be read"
    status = 503
    retry_after = 30


class TooManyRequests(ParleyError):
    """One client asks faster than it may; `rate` a second, and `burst` at once."""

    kind = "too-many-requests"
    title = "Too many requests"
    status = 429

    def __init__(self, message: str, *, hint: str = "", retry_after: int, allowed: tuple[float, int]) -> None:
        super().__init__(message, hint=hint)
        self.retry_after = retry_after
        self.rate, self.burst = allowed


class BodyTooLarge(ParleyError):
    """The body has more bytes than are read."""

    kind = "body-too-large"
    title = "Body too large"
    status = 413


class MediaTypeRefused(ParleyError):
    """The body is of a type that this address does not read."""

    kind = "media-type-refused"
    title = "Media type refused"
    status = 415


def problem_response(scope: Mapping[str, Any], error: ParleyError) -> Response:
    """Return the answer for an error of ours."""
    extra: dict[str, Any] = {"hint": error.hint, "parameter": error.parameter}
    headers = {}
    if isinstance(error, NotFound):
        extra["close"] = list(error.close)
    if isinstance(error, CypherRefused):
        extra |= {"rule": error.rule, "line": error.line, "column": error.column}
    if isinstance(error, DatasetRefused):
        extra["faults"] = [asdict(fault) for fault in error.faults]
    if isinstance(error, (DatabaseUnavailable, TooManyQueries, KeysUnreadable, TooManyRequests)):
        headers["Retry-After"] = str(error.retry_after)
    if isinstance(error, TooManyRequests):
        headers["RateLimit-Policy"] = f'"parley";q={error.burst};w={math.ceil(error.burst / error.rate)}'
        headers["RateLimit"] = f'"parley";r=0;t={error.retry_after}'
    if isinstance(error, KeyRefused):
        headers["WWW-Authenticate"] = f'Bearer realm="parley", error="{error.fault}"'
    return _response(scope, _body(error.kind, error.title, error.status, error.message) | extra, headers)


def unexpected_response(scope: Mapping[str, Any]) -> Response:
    """Return the answer for a fault of our own, which tells nothing but where to look."""
    detail = "This is a fault of Parley itself; nothing was changed. The log has the rest under the request id."
    return _response(scope, _body("internal", "Internal error", 500, detail), {})


def install(app: FastAPI, routers: Iterable[tuple[str, APIRouter]]) -> None:
    """Let every error that a route raises become a problem; `routers` with their prefixes tell which methods an address has."""
    routes = [(prefix, route) for prefix, router in routers for route in router.routes if isinstance(route, APIRoute)]
    app.state.addresses = [(compile_path(prefix + route.path)[0], route.methods) for prefix, route in routes]
    app.state.addresses.append((compile_path("/openapi.json")[0], {"GET"}))
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
        allowed = _methods(request)
        headers = {"Allow": ", ".join(sorted(allowed))}
        kind, detail, hint = "method", f"{request.method} is not possible at {path!r}.", f"Possible: {headers['Allow']}."
    return _response(request.scope, _body(kind, TITLES.get(status, "Refused"), status, detail) | {"hint": hint}, headers)


def _methods(request: Request) -> set[str]:
    """Return the methods of every route at this address; starlette names those of the first."""
    path = request.scope["path"]
    found = {method for pattern, methods in request.app.state.addresses if pattern.match(path) for method in methods}
    return found | {"HEAD"} if "GET" in found else found


def _body(kind: str, title: str, status: int, detail: str) -> dict[str, Any]:
    return {"type": f"urn:parley:problem:{kind}", "title": title, "status": status, "detail": detail}


def _response(scope: Mapping[str, Any], body: dict[str, Any], headers: Mapping[str, str]) -> Response:
    body |= {"instance": scope.get("raw_path", b"").decode("latin-1")[:2000], "request_id": scope.get("state", {}).get("request_id", "")}
    kept = {name: value for name, value in body.items() if value not in (None, "")}
    return Response(orjson.dumps(kept, default=str), body["status"], {"Cache-Control": "no-store", **headers}, MEDIA_TYPE)
