"""What the server would do for query files that are not ours: one that would change something is taken out of the catalogue."""

import asyncio
import logging
from typing import Any

from graphapi.catalogue import AS_OF, Catalogue, Query, RefusedFile
from graphapi.errors import CypherRefused, ParleyError
from graphapi.guard.reading import Guard, Question

PATIENCE = 20
NOWHEN = {"earliest": None, "latest": None}
logger = logging.getLogger("graphapi.queries")


async def refuse_by_plan(catalogue: Catalogue, guard: Guard) -> Catalogue:
    """Return a catalogue without those query files of which the server's plan does more than read, each among the refused.

    While the database does not answer, and after 20 seconds, the rest stays unasked: such a text runs in a session that only reads.
    """
    refused: dict[str, RefusedFile] = {}
    try:
        async with asyncio.timeout(PATIENCE):
            for name in sorted(catalogue.own):
                query = catalogue[name]
                try:
                    await _plan(guard, Question(query.text, _nothing(query), trusted=True))
                except CypherRefused as error:
                    file = f"{query.group}/{name}.cypher"
                    refused[name] = RefusedFile(file=file, line=error.line or 1, reason=str(error))
    except (TimeoutError, ParleyError) as error:
        logger.warning("Query files below PARLEY_QUERIES were not all shown to the database: %s", error or "it took too long")
    return _without(catalogue, refused)


async def _plan(guard: Guard, question: Question) -> None:
    async with guard.slot(question) as mark:
        await guard.in_time(_read_plan(guard, question, mark))


async def _read_plan(guard: Guard, question: Question, mark: str) -> None:
    async with guard.connection(mark) as connection:
        await guard.check_plan_of(question, connection)


def _nothing(query: Query) -> dict[str, Any]:
    """Return a value for each parameter, as none of them changes what is planned."""
    return {AS_OF: NOWHEN} | dict.fromkeys((*query.parameters, *query.implied))


def _without(catalogue: Catalogue, refused: dict[str, RefusedFile]) -> Catalogue:
    kept = {name: query for name, query in catalogue.queries.items() if name not in refused}
    return Catalogue(queries=kept, own=catalogue.own - refused.keys(), refused=(*catalogue.refused, *refused.values()))
