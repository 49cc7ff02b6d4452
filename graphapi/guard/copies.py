"""The check that a value is not put into itself again and again: each time it doubles, in memory and in the planner."""

from collections.abc import Sequence
from dataclasses import dataclass

from graphapi.guard.lexer import NAMES, Token, refused

CLAUSES = frozenset(
    {"CALL", "FILTER", "FOR", "LET", "LIMIT", "MATCH", "NEXT", "OPTIONAL", "ORDER", "RETURN", "SKIP", "UNION", "UNWIND", "WHERE", "WITH"}
)
BEGINS = frozenset({"RETURN", "UNWIND", "WITH", "YIELD"})
OPENS, CLOSES = frozenset("([{"), frozenset(")]}")
OPERATORS = frozenset("+*/|.%^=<>-")
COMPARES = frozenset("=<>")
NUMBERS = frozenset({"AVG", "COUNT", "ELEMENTID", "ID", "LENGTH", "SIZE", "SUM", "TYPE"})
HINT = "Write the value once. A caller with a key may; so may parley cypher at a terminal."


def check_copies(text: str, tokens: Sequence[Token], most: int) -> None:
    """Raise CypherRefused where a name is made of itself twice, and where one is made of more than `most` copies of another.

    Copies multiply along WITH s + s AS t WITH t + t AS u; a name that is made twice keeps the greater number.
    """
    copies: dict[str, int] = {}
    for made in definitions(tokens):
        expression = tokens[made.first : made.last]
        used = [one for place, one in enumerate(expression) if _is_use(expression, place)]
        if not made.is_loop and sum(one.name == made.name for one in used) > 1:
            raise refused(text, made.token.start, "copies", f"{made.name[:80]} is made of itself twice.", HINT)
        count = sum(copies.get(one.name, 0) for one in used) + sum(one.kind == "parameter" for one in expression)
        copies[made.name] = max(copies.get(made.name, 0), count, 1)
        if copies[made.name] > most:
            raise refused(text, made.token.start, "copies", f"{made.name[:80]} is made of more than {most} copies of one value.", HINT)


@dataclass(frozen=True)
class Made:
    """A name, the token that makes it, and of which tokens it is made: numbers of the first and of the one after the last."""

    name: str
    token: Token
    first: int
    last: int
    is_loop: bool = False


def definitions(tokens: Sequence[Token]) -> list[Made]:
    """Return everything that is made, what stands within another before the other."""
    found = (_definition(tokens, number) for number in range(len(tokens)))
    return sorted((one for one in found if one), key=lambda made: made.last)


def _definition(tokens: Sequence[Token], number: int) -> Made | None:
    """Return what is made at this token: before AS, after IN of a loop, after = of LET; None where nothing is."""
    token = tokens[number]
    after, before = tokens[number + 1 : number + 2], tokens[max(number - 2, 0) : number]
    if token.keyword == "AS" and after and after[0].kind in NAMES:
        return Made(after[0].name, token, _begin(tokens, number), number)
    if len(before) < 2 or before[1].kind not in NAMES:
        return None
    if token.keyword == "IN" and (before[0].text in {"[", "("} or before[0].keyword == "FOR"):
        return Made(before[1].name, token, number + 1, _end(tokens, number + 1), is_loop=True)
    if token.text == "=" and (before[0].keyword == "LET" or before[0].text == ","):
        return Made(before[1].name, token, number + 1, _end(tokens, number + 1))
    return None


def _begin(tokens: Sequence[Token], number: int) -> int:
    depth = 0
    for place in range(number - 1, -1, -1):
        text = tokens[place].text
        depth += (text in CLOSES) - (text in OPENS)
        if depth < 0 or (not depth and (text == "," or (tokens[place].keyword in BEGINS and _is_clause(tokens, place)))):
            return place + 1
    return 0


def _end(tokens: Sequence[Token], number: int) -> int:
    depth = 0
    for place in range(number, len(tokens)):
        text = tokens[place].text
        depth += (text in OPENS) - (text in CLOSES)
        if depth < 0 or (not depth and text == ",") or (not depth and tokens[place].keyword in CLAUSES and _is_clause(tokens, place)):
            return place
        if (
            not depth
            and text == "|"
            and tokens[place - 1].text != "|"
            and tokens[place + 1 : place + 2] != []
            and tokens[place + 1].text != "|"
        ):
            return place
    return len(tokens)


def _is_clause(tokens: Sequence[Token], place: int) -> bool:
    """Whether the word here begins a clause, and is no operand that has its name."""
    before, after = tokens[place - 1 : place], tokens[place + 1 : place + 2]
    follows_operator = bool(before) and before[0].text in OPERATORS
    return not follows_operator and not (after and after[0].text in OPERATORS - {"-"})


def _is_use(expression: Sequence[Token], place: int) -> bool:
    """Whether a value is used here, and not only its size, its label, or whether it is there."""
    if expression[place].kind not in NAMES:
        return False
    before = expression[place - 1].text if place else ""
    after = expression[place + 1] if place + 1 < len(expression) else None
    if before == "." or before in COMPARES:
        return False
    if after is None:
        return True
    if after.text in COMPARES | {":", "("} or after.keyword == "IS":
        return False
    is_argument = before == "(" and after.text == ")" and place > 1
    return not (is_argument and expression[place - 2].keyword in NUMBERS)
