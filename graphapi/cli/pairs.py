"""Parameters as people type them: KEY=VALUE."""

from collections.abc import Iterable

from graphapi.errors import UsageError


def read_pairs(texts: Iterable[str]) -> dict[str, str]:
    """Return the values by key; raises UsageError for a text without =, or a key that stands twice."""
    given: dict[str, str] = {}
    for text in texts:
        key, sign, value = text.partition("=")
        if not sign or not key:
            raise UsageError(f"{text!r} is no parameter.", hint="Write KEY=VALUE, such as event=talks-london-2025-06-09.")
        if key in given:
            raise UsageError(f"The parameter {key} stands twice.", hint="Give it once.")
        given[key] = value
    return given
