"""Corrections and withheld records as properties of what the graph shows, each with the data set that tells of it."""

from collections.abc import Sequence

import orjson

from graphapi.ingest.statement import Statement
from graphapi.model import Properties


def notices(stated: Sequence[tuple[str, Statement]]) -> Properties:
    """Return `corrections`, JSON texts in order of days, and `withheld`, sentences in order of data sets; only what there is."""
    ordered = sorted(stated, key=lambda one: one[0])
    corrections = sorted((c.date, dataset, c.what, c.why) for dataset, statement in ordered for c in statement.corrections)
    withheld = [
        one.sentence(dataset)
        for dataset, statement in ordered
        for one in (*([statement.withheld] if statement.withheld else []), *statement.lacks)
    ]
    found: Properties = {}
    if corrections:
        found["corrections"] = [_text(dataset=dataset, date=date, what=what, why=why) for date, dataset, what, why in corrections]
    if withheld:
        found["withheld"] = list(dict.fromkeys(withheld))
    return found


def _text(**body: str) -> str:
    return orjson.dumps(body, option=orjson.OPT_SORT_KEYS).decode()
