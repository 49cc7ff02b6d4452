"""The checks of a query's parameters: plain JSON that the database can take."""

import math
from collections.abc import Iterable, Mapping
from typing import Any

from graphapi.errors import CypherRefused

SMALLEST, LARGEST = -(2**63), 2**63 - 1


def check_parameters(parameters: Mapping[str, Any], max_depth: int, max_values: int) -> None:
    """Raise CypherRefused, naming the parameter, unless all are plain JSON: int64, finite numbers, Unicode, not too deep, not too many."""
    counted = 0
    for name, value in parameters.items():
        _check_text(name, name)
        for depth, part in _parts(value, 1):
            counted += 1
            if depth > max_depth:
                raise _refused(name, f"is nested more than {max_depth} deep", "Give it flatter.")
            if counted > max_values:
                raise _refused(name, f"brings the parameters to more than {max_values:,} values", "Ask in several queries.")
            _check_value(name, part)


def count_values(value: Any) -> int:
    """Return how many rows UNWIND can make of a value, of all lists within it put together; at least one."""
    return max(sum(1 for _ in _parts(value, 1)) - 1, 1)


def _parts(value: Any, depth: int) -> Iterable[tuple[int, Any]]:
    """Go through a value and all within, one after the other, so that whoever asks can stop before it gets too deep."""
    waiting = [(depth, value)]
    while waiting:
        level, part = waiting.pop()
        yield level, part
        inner = list(part.values()) if isinstance(part, dict) else part if isinstance(part, list) else ()
        waiting.extend((level + 1, one) for one in inner)


def _check_value(name: str, value: Any) -> None:
    if isinstance(value, str):
        _check_text(name, value)
    elif isinstance(value, dict):
        for key in value:
            _check_text(name, key)
    elif isinstance(value, float):
        if not math.isfinite(value):
            raise _refused(name, f"holds {value}", "Give a finite number, or null.")
    elif isinstance(value, int):
        if not SMALLEST <= value <= LARGEST:
            raise _refused(name, "holds a whole number of more than 64 bits", "Give it as text.")
    elif value is not None and not isinstance(value, list):
        raise _refused(name, "is no JSON value", "Give null, true, false, a number, a text, a list or an object.")


def _check_text(name: str, text: Any) -> None:
    if not isinstance(text, str):
        raise _refused(name, "has a key that is no text", "Give keys as texts.")
    try:
        text.encode()
    except UnicodeEncodeError:
        raise _refused(name, "holds half a character (a lone surrogate)", "Give whole characters.") from None


def _refused(name: str, message: str, hint: str) -> CypherRefused:
    shown = str(name)[:80].encode(errors="replace").decode()
    return CypherRefused(f"The parameter {shown!r} {message}.", rule="parameters", hint=hint, parameter=shown)
