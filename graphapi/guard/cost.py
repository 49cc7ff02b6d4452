"""The checks of what a query by somebody without a key may cost: what its text shows to grow without bound is refused.

No check of a text can prove a query cheap. These refuse what a server does not let go of once it has begun: inside an expression it looks
neither at the clock nor at its memory.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from graphapi.guard.bodies import check_bodies
from graphapi.guard.copies import check_copies
from graphapi.guard.expressions import check_expressions
from graphapi.guard.growth import check_growth
from graphapi.guard.hops import check_hops
from graphapi.guard.lexer import Token, refused
from graphapi.guard.loops import check_loops
from graphapi.guard.parameters import count_values
from graphapi.guard.patterns import check_patterns
from graphapi.guard.ranges import KEY, called, check_ranges
from graphapi.settings import Settings

COSTLY = frozenset({"ALLREDUCE", "LPAD", "REDUCE", "REPLACE", "RPAD", "SPLIT"})


def check_cost(text: str, tokens: Sequence[Token], settings: Settings, parameters: Mapping[str, Any]) -> None:
    """Raise CypherRefused for what only callers with a key may use; `tokens` are without spaces and comments.

    Of the parameters it counts only how many values each holds.
    """
    given = {name: count_values(value) for name, value in parameters.items()}
    _check_functions(text, tokens)
    check_ranges(text, tokens, settings.cypher_ranges)
    check_growth(text, tokens, settings.cypher_ranges, given)
    check_patterns(text, tokens)
    check_hops(text, tokens, settings.cypher_hops)
    check_loops(text, tokens)
    check_copies(text, tokens, settings.cypher_copies)
    check_bodies(text, tokens)
    check_expressions(text, tokens)


def _check_functions(text: str, tokens: Sequence[Token]) -> None:
    for number in range(len(tokens)):
        name = called(tokens, number)
        if name in COSTLY:
            raise refused(
                text,
                tokens[number - 1].start,
                "costly-function",
                f"{name.lower()}() may not be called without a key.",
                f"Leave it out. {KEY}",
            )
