"""The texts of the catalogue, which anybody may send as they are: what may cost much in them is bounded by how they are written."""

import hashlib
from collections.abc import Mapping
from typing import Any

from graphapi.catalogue import Catalogue, Query
from graphapi.errors import CypherRefused

LONGEST = 1000


class Known:
    """Knows the texts of a catalogue: with and without their headers, and as the console opens them; spaces at the ends do not count."""

    def __init__(self, catalogue: Catalogue | None = None) -> None:
        queries = catalogue.queries.values() if catalogue else ()
        self._queries = {_digest(text): query for query in queries for text in (query.text, query.code, query.json_code)}

    def has(self, text: str, parameters: Mapping[str, Any]) -> bool:
        """Whether a text is one of the catalogue; raises CypherRefused for a parameter that its header does not allow."""
        query = self._queries.get(_digest(text))
        if query is None:
            return False
        for name, value in parameters.items():
            _check(query, name, value)
        return True


def _digest(text: str) -> bytes:
    lines = "\n".join(text.strip().splitlines())
    return hashlib.sha256(lines.encode(errors="surrogatepass")).digest()


def _check(query: Query, name: str, value: Any) -> None:
    """Raise CypherRefused for a number outside the bounds in the header, and for a text that is too long."""
    if isinstance(value, str) and len(value) > LONGEST:
        raise _refused(name, f"has more than {LONGEST} characters", "Give a shorter one.")
    parameter = query.parameters.get(name)
    if parameter is None or parameter.type != "integer" or value is None:
        return
    least, most = parameter.minimum, parameter.maximum
    is_whole = isinstance(value, int) and not isinstance(value, bool)
    if not is_whole or (least is not None and value < least) or (most is not None and value > most):
        raise _refused(name, "is not what the query takes", f"Expected: a whole number from {least} to {most}.")


def _refused(name: str, message: str, hint: str) -> CypherRefused:
    return CypherRefused(f"The parameter {name!r} {message}.", rule="parameters", hint=hint, parameter=name)
