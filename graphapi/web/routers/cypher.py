"""Cypher by other people, read-only."""

import asyncio
import ipaddress
import json
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field
from starlette.requests import ClientDisconnect

from graphapi.errors import CypherRefused, InputRefused
from graphapi.guard.aside import Aside
from graphapi.guard.faults import timed_out
from graphapi.guard.reading import Guard, Question
from graphapi.settings import Settings
from graphapi.web.bodies import MEDIA_TYPE, json_response
from graphapi.web.callers import Caller, caller_of
from graphapi.web.dependencies import wants_json
from graphapi.web.parameters import Parameters
from graphapi.web.problems import described
from graphapi.web.received import receive_body
from graphapi.web.streams import stream_response, wants_lines, wants_rows

GRACE = 0.5
CLIENT_GONE = 499
UNCACHED = {"Cache-Control": "no-store"}
FORM = 'Send {"query": "MATCH (n) RETURN n LIMIT 5", "parameters": {}, "explain": false}.'
REFUSALS: dict[int | str, str] = {
    400: "The query, a parameter or the body was refused; `rule` says by what",
    403: "A page of another site asks",
    413: "The body is too large",
    415: "The body is no JSON",
    429: "As many queries run and wait as may",
    503: "The database does not answer, or does not let go of queries",
    504: "It took too long",
}
router = APIRouter(tags=["cypher"])


class CypherQuestion(BaseModel):
    """A query with its parameters."""

    model_config = ConfigDict(extra="forbid")

    query: str = Field(description="One statement that reads", examples=["MATCH (n:Person) RETURN n.name AS name ORDER BY name LIMIT 5"])
    parameters: dict[str, Any] = Field({}, description="Values of the $names in the query, plain JSON", examples=[{"id": "howard-lutnick"}])
    explain: bool = Field(False, description="Return the plan instead, and run nothing")


class CypherAnswer(BaseModel):
    """The rows of a query."""

    columns: list[str] = Field(examples=[["name"]])
    rows: list[list[Any]] = Field(description="A value for each column; docs/cypher.md has the forms", examples=[[["Howard Lutnick"]]])
    truncated: bool = Field(description="Whether there were more rows than an answer may have")


class CypherPlan(BaseModel):
    """The plan of a query."""

    plan: dict[str, Any] = Field(description="{operator, details, children}, and so on for each of the children")


@router.post(
    "/cypher",
    dependencies=[Depends(wants_rows)],
    response_model=CypherAnswer | CypherPlan,
    summary="Run Cypher that reads",
    responses=described(REFUSALS),
    openapi_extra={"requestBody": {"required": True, "content": {MEDIA_TYPE: {"schema": CypherQuestion.model_json_schema()}}}},
)
async def cypher(request: Request, _: Annotated[Parameters, Query()]) -> Response:
    """Run one statement that reads the graph, checked first; with `explain` return its plan. A refusal says by which `rule`, and where."""
    settings: Settings = request.app.state.store.settings
    try:
        body = await receive_body(request, (MEDIA_TYPE,), settings.cypher_body)
    except ClientDisconnect:
        return CLOSED
    asked = _question(_decoded(body[1]))
    guard: Guard = request.app.state.guard
    question = _asked_by(caller_of(request), asked, settings)
    if asked.explain:
        wants_json(request)
        plan = await _aside(request, guard.explain(question), settings)
        return CLOSED if plan is None else json_response({"plan": plan}, UNCACHED)
    if wants_lines(request):
        return await stream_response(request, question)
    answer = await _aside(request, guard.answer(question), settings)
    return CLOSED if answer is None else Response(answer.json(), 200, UNCACHED, MEDIA_TYPE)


CLOSED = Response(status_code=CLIENT_GONE)


def _asked_by(caller: Caller, asked: CypherQuestion, settings: Settings) -> Question:
    """Return the question with who asks it: a key, an address, or somebody on this machine, where nobody can be told apart."""
    is_local = not caller.address or ipaddress.ip_address(caller.address).is_loopback
    nobody = is_local and not settings.rate_loopback
    client = caller.name or ("" if nobody else caller.address)
    return Question(asked.query, asked.parameters, trusted=caller.is_keyed, client=client)


async def _aside(request: Request, work: Any, settings: Settings) -> Any:
    """Return what the work returns; None when the client has gone, for whom the query then ends too.

    The wall clock of the guard comes first; this one answers also when the work does not let itself be ended.
    """
    aside: Aside = request.app.state.aside
    seconds = settings.cypher_wait + settings.cypher_timeout + GRACE
    running, gone = asyncio.wrap_future(aside.run(work)), asyncio.ensure_future(_gone(request))
    try:
        done, _ = await asyncio.wait({running, gone}, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
        if running in done:
            return running.result()
        if not done:
            raise timed_out(settings.cypher_timeout)
        return None
    finally:
        running.cancel()
        gone.cancel()


async def _gone(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass


def _decoded(body: bytes) -> Any:
    try:
        return json.loads(body.decode(), parse_constant=_no_number, object_pairs_hook=_once)
    except RecursionError:
        raise CypherRefused("The body is nested too deep.", rule="parameters", hint="Give parameters flatter.") from None
    except UnicodeDecodeError:
        raise InputRefused("The body is not UTF-8.", hint=FORM) from None
    except json.JSONDecodeError as error:
        raise InputRefused(f"The body is no JSON: {error.msg.lower()} (line {error.lineno}, column {error.colno}).", hint=FORM) from None
    except ValueError:
        raise CypherRefused("The body holds a number that is too long.", rule="parameters", hint="Give it as text.") from None


def _no_number(name: str) -> Any:
    raise CypherRefused(f"The body holds {name}, which is no JSON.", rule="parameters", hint="Give a finite number, or null.")


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            shown = name[:80].encode(errors="replace").decode()
            raise InputRefused(f"The key {shown!r} stands twice.", hint="Give it once.", parameter=shown)
        found[name] = value
    return found


def _question(body: Any) -> CypherQuestion:
    if not isinstance(body, dict):
        raise InputRefused("The body is no object.", hint=FORM)
    for name in body.keys() - CypherQuestion.model_fields.keys():
        shown = name[:80].encode(errors="replace").decode()
        raise InputRefused(f"There is no key {shown!r} here.", hint=f"Possible: {', '.join(CypherQuestion.model_fields)}.", parameter=shown)
    if "query" not in body:
        raise InputRefused("The key query is missing.", hint=FORM, parameter="query")
    for name, kind, expected in (("query", str, "a text"), ("parameters", dict, "an object"), ("explain", bool, "true or false")):
        if name in body and not isinstance(body[name], kind):
            raise InputRefused(f"{name} is no such value.", hint=f"Expected: {expected}.", parameter=name)
    return CypherQuestion.model_construct(**body)
