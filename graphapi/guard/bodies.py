"""The check of what a loop makes at each step: long texts and large maps, a million times, are more than a server has memory for."""

from collections.abc import Mapping, Sequence
from math import prod

from graphapi.guard.copies import definitions
from graphapi.guard.lexer import Token, refused
from graphapi.guard.loops import is_short, loop_at
from graphapi.guard.ranges import range_sizes

MOST_CHARACTERS = 500
CHARACTERS = 8
MOST_MADE = 20_000_000
HINT = "Make it with UNWIND, row by row. A caller with a key may; so may parley cypher at a terminal."


def check_bodies(text: str, tokens: Sequence[Token]) -> None:
    """Raise CypherRefused for a loop that makes a long text at each step, or much of every number of a long range."""
    lengths, numbers = _lengths(tokens), prod(max(size or 1, 1) for size in range_sizes(tokens).values())
    for place in range(2, len(tokens)):
        loop = loop_at(tokens, place)
        if loop is None or (is_short(loop.source, loop.source) and not any(token.keyword == "RANGE" for token in loop.source)):
            continue
        body = tokens[loop.body : loop.last]
        characters = _length(body, lengths)
        if characters > MOST_CHARACTERS:
            message = f"A loop makes texts of more than {MOST_CHARACTERS} characters."
            raise refused(text, tokens[place].start, "loops", message, HINT)
        if (len(body) + characters // CHARACTERS) * numbers > MOST_MADE:
            raise refused(text, tokens[place].start, "loops", f"A loop makes too much of {numbers:,} numbers.", HINT)


def _lengths(tokens: Sequence[Token]) -> dict[str, int]:
    """Return how many characters that stand in the query a name may hold."""
    lengths: dict[str, int] = {}
    for made in definitions(tokens):
        lengths[made.name] = max(lengths.get(made.name, 0), _length(tokens[made.first : made.last], lengths))
    return lengths


def _length(expression: Sequence[Token], lengths: Mapping[str, int]) -> int:
    return sum(len(token.text) - 2 if token.kind == "string" else lengths.get(token.name, 0) for token in expression)
