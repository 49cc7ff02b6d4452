"""The whole graph without a cap, line by line."""

from collections.abc import Iterator
from typing import Annotated, Any

import orjson
from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import StreamingResponse

from graphapi.errors import ParleyError
from graphapi.export.json_text import node_document, relationship_document
from graphapi.model import Node
from graphapi.ontology import Ontology
from graphapi.period import native
from graphapi.reading.whole import walk_whole
from graphapi.stats import read_datasets, read_version
from graphapi.store import Store
from graphapi.web.dependencies import OntologyGiven, StoreGiven
from graphapi.web.formats import NDJSON
from graphapi.web.parameters import Parameters
from graphapi.web.problems import problem_response
from graphapi.web.tables import IN_LINES

PART = 65_536
UNCACHED = {"Cache-Control": "no-store", "Content-Disposition": 'attachment; filename="export.ndjson"'}
router = APIRouter(tags=["graph"])


@router.get("/export.ndjson", response_class=Response, responses=IN_LINES, summary="The whole graph, line by line")
def export(request: Request, _: Annotated[Parameters, Query()], store: StoreGiven, ontology: OntologyGiven) -> Response:
    """Stream every node and relationship, a line each, without a cap; the last line says how many, or what went wrong."""
    version = read_version(store)
    datasets = [{"id": one.id, "version": one.version} for one in read_datasets(store)]
    head = _line({"graph": {"version": version, "datasets": datasets}})
    return StreamingResponse(_parts(_lines(request, store, ontology, version), head), 200, UNCACHED, NDJSON)


def _lines(request: Request, store: Store, ontology: Ontology, version: int) -> Iterator[bytes]:
    counts = {"nodes": 0, "relationships": 0}
    try:
        for one in walk_whole(store, ontology, version):
            if isinstance(one, Node):
                counts["nodes"] += 1
                yield _line({"node": node_document(one)})
            else:
                counts["relationships"] += 1
                yield _line({"relationship": relationship_document(one)})
    except ParleyError as error:
        yield b'{"error":%b}\n' % bytes(problem_response(request.scope, error).body)
    else:
        yield _line({"end": True} | counts)


def _parts(lines: Iterator[bytes], head: bytes) -> Iterator[bytes]:
    """Join lines into parts of some 64 kB, each of which takes a turn of a thread."""
    part = bytearray(head)
    for line in lines:
        part += line
        if len(part) >= PART:
            yield bytes(part)
            part.clear()
    yield bytes(part)


def _line(document: Any) -> bytes:
    return orjson.dumps(document, default=native, option=orjson.OPT_APPEND_NEWLINE)
