"""The fast lane: serves the reading routes without what FastAPI does for every kind of route there could be.

FastAPI 0.165 takes 0.6 ms of processor time to find a route, solve its dependencies and call it: as much as the Neo4j driver takes for a
question. Our reading routes are of one kind: a plain function of texts in the path, one model of query parameters and what the
application holds. The lane calls those straight away, in a thread pool of the standard library, whose queue takes half the time of
FastAPI's, and the one that takes Cypher in the event loop; everything else, the documentation included, is left to FastAPI, which would
give the same answers.
"""

import asyncio
import inspect
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, get_args, get_origin, get_type_hints

from fastapi import APIRouter, FastAPI, Request, Response
from fastapi.params import Depends, Query
from fastapi.routing import APIRoute
from pydantic import BaseModel, ValidationError
from starlette.routing import compile_path

from graphapi.errors import ParleyError
from graphapi.web.dependencies import Given
from graphapi.web.formats import NoSuchFormat
from graphapi.web.problems import problem_response, refused_parameter

if TYPE_CHECKING:
    from starlette.types import Receive, Scope, Send

THREADS = 40
MAX_SHOWN = 120
API = "/api/v1/"
SUFFIX = ".json"
# Whose last part may be a name with a suffix, which they read themselves.
READERS = frozenset({"/api/v1/queries/{name}"})
# Which take a body, and wait for what they do.
AWAITED = frozenset({"/api/v1/cypher"})
Check = Callable[[Request], None]


@dataclass(frozen=True)
class Stop:
    """A route of the lane: its pattern, the function, and where each of the function's arguments comes from."""

    path: str
    endpoint: Callable[..., Any]
    checks: tuple[Check, ...]
    parameters: tuple[str, type[BaseModel]]
    given: Mapping[str, str]
    request: str | None

    @property
    def reads_suffix(self) -> bool:
        """Whether it is for this suffix, or makes of every suffix what it can."""
        return self.path.endswith(SUFFIX) or self.path in READERS


class FastLane:
    """Answers GET requests at its stops, and Cypher; lets everything else pass."""

    def __init__(self, app: FastAPI, routers: Iterable[tuple[str, APIRouter]]) -> None:
        self._app = app
        self._threads = ThreadPoolExecutor(THREADS, "parley")
        stops = [stop for prefix, router in routers for route in router.routes if (stop := _stop(prefix, route))]
        self._fixed = {stop.path: stop for stop in stops if "{" not in stop.path}
        self._patterns = [(compile_path(stop.path)[0], stop) for stop in stops if "{" in stop.path]
        self._awaited = {path: self._fixed.pop(path) for path in AWAITED & self._fixed.keys()}

    @property
    def paths(self) -> set[str]:
        """The patterns of the addresses that it serves."""
        return {*self._fixed, *(stop.path for _, stop in self._patterns)}

    async def __call__(self, scope: "Scope", receive: "Receive", send: "Send") -> None:
        """Answer a request at one of the stops, or pass it on."""
        if scope["type"] == "http" and scope["method"] == "POST" and scope["path"] in self._awaited:
            await self._await(self._awaited[scope["path"]], scope, receive, send)
            return
        if scope["type"] != "http" or scope["method"] != "GET":
            await self._app(scope, receive, send)
            return
        stop, texts = self._find(scope["path"])
        if stop is None:
            refused = self._refuse(scope["path"])
            await (problem_response(scope, refused) if refused else self._app)(scope, receive, send)
            return
        scope["app"] = self._app
        scope["state"]["route"] = stop.path
        try:
            response = await asyncio.get_running_loop().run_in_executor(self._threads, _answer, stop, texts, scope)
        except ParleyError as error:
            response = problem_response(scope, error)
        await response(scope, receive, send)

    async def _await(self, stop: Stop, scope: "Scope", receive: "Receive", send: "Send") -> None:
        scope["app"] = self._app
        scope["state"]["route"] = stop.path
        try:
            response: Response = await stop.endpoint(**_arguments(stop, {}, Request(scope, receive, send)))
        except ParleyError as error:
            response = problem_response(scope, error)
        await response(scope, receive, send)

    def _find(self, path: str) -> tuple[Stop | None, dict[str, str]]:
        """Return the stop of an address and what stands in its pattern; every other address has the same at `.json`."""
        found = self._match(path)
        if path.startswith(API) and path.endswith(SUFFIX) and (found[0] is None or not found[0].reads_suffix):
            return self._match(path.removesuffix(SUFFIX))
        return found

    def _refuse(self, path: str) -> NoSuchFormat | None:
        """Say that an address has no such format, when it would be there without its suffix."""
        bare, dot, suffix = path.rpartition(".")
        stop = self._match(bare)[0] if dot and path.startswith(API) and "/" not in suffix else None
        if stop is None:
            return None
        known = sorted({SUFFIX} | {other.removeprefix(stop.path) for other in self.paths if other.startswith(f"{stop.path}.")})
        return NoSuchFormat(f"{bare[:MAX_SHOWN]} has no format {f'.{suffix[:20]}'!r}.", hint=f"It has: {', '.join(known)}.")

    def _match(self, path: str) -> tuple[Stop | None, dict[str, str]]:
        stop = self._fixed.get(path)
        if stop is not None:
            return stop, {}
        for pattern, candidate in self._patterns:
            found = pattern.match(path)
            if found:
                return candidate, found.groupdict()
        return None, {}


def _answer(stop: Stop, texts: dict[str, str], scope: "Scope") -> Response:
    response: Response = stop.endpoint(**_arguments(stop, texts, Request(scope)))
    return response


def _arguments(stop: Stop, texts: dict[str, str], request: Request) -> dict[str, Any]:
    """Return what the function takes; raises what its checks refuse."""
    for check in stop.checks:
        check(request)
    name, model = stop.parameters
    try:
        arguments: dict[str, Any] = {**texts, name: model(**request.scope["state"].get("query", {}))}
    except ValidationError as error:
        raise refused_parameter(error.errors()[0]) from None
    for argument, attribute in stop.given.items():
        arguments[argument] = getattr(request.app.state, attribute)
    if stop.request:
        arguments[stop.request] = request
    return arguments


def _is_kind(path: str, route: Any) -> bool:
    if not isinstance(route, APIRoute):
        return False
    waits = inspect.iscoroutinefunction(route.endpoint)
    return (route.methods == {"POST"} and waits) if path in AWAITED else (route.methods == {"GET"} and not waits)


def _stop(prefix: str, route: Any) -> Stop | None:
    """Return the stop of a route of a kind that the lane serves; None for any other."""
    if not _is_kind(f"{prefix}{getattr(route, 'path', '')}", route):
        return None
    parameters, given, request = None, {}, None
    hints = get_type_hints(route.endpoint, include_extras=True)
    hints.pop("return", None)
    for name, hint in hints.items():
        kind, marker = get_args(hint)[:2] if get_origin(hint) is Annotated else (hint, None)
        if isinstance(marker, Query):
            parameters = (name, kind)
        elif isinstance(marker, Depends) and isinstance(marker.dependency, Given):
            given[name] = marker.dependency.attribute
        elif kind is Request:
            request = name
        elif kind is not str or f"{{{name}}}" not in route.path:
            return None
    checks = tuple(depends.dependency for depends in route.dependencies if depends.dependency)
    return Stop(prefix + route.path, route.endpoint, checks, parameters, given, request) if parameters else None
