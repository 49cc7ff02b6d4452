"""The check of how long path patterns are: the planner weighs their parts against each other, and paths grow with every hop."""

from collections.abc import Sequence
from itertools import pairwise

from graphapi.guard.lexer import NAMES, Token, refused

ENDLESS = 10**9
PARTS = 2
BEGINS = frozenset({"CALL", "FILTER", "FOR", "LET", "MATCH", "NEXT", "RETURN", "UNION", "UNWIND", "WHERE", "WITH", "YIELD"})
SHORTEST = frozenset({"ALLSHORTESTPATHS", "SHORTESTPATH"})
OPENS, CLOSES = frozenset("([{"), frozenset(")]}")
HINT = "Write a smaller number, such as *1..6 or {1,6}, or look for the SHORTEST path. A caller with a key may take longer ones."


def check_hops(text: str, tokens: Sequence[Token], most: int) -> None:
    """Raise CypherRefused for a path pattern of more than `most` hops, and for more than twice as many between two WITH.

    A shortest path may be as long as it is.
    """
    pairs = _pairs(tokens)
    along = together = 0
    for number, token in enumerate(tokens):
        if token.keyword in {"WITH", "RETURN", "UNION", "NEXT"}:
            along = together = 0
        elif token.keyword == "MATCH" or token.text == ",":
            along = 0
        hops = _hops(tokens, pairs, number)
        if hops is None:
            continue
        if hops > 1 and not _is_shortest(tokens, number) and hops > most:
            shown = "without end" if hops >= ENDLESS else f"of {hops:,} hops"
            raise refused(text, token.start, "hops", f"The path is {shown}; at most {most} are possible.", HINT)
        along, together = along + 1, together + 1
        if along > most or together > PARTS * most:
            counts = f"{most} relationships, and all between two WITH at most {PARTS * most}"
            raise refused(text, token.start, "hops", f"A path has at most {counts}.", f"Put WITH between them. {HINT}")


def _pairs(tokens: Sequence[Token]) -> dict[int, int]:
    """Return where each closing bracket was opened."""
    opened: list[int] = []
    pairs = {}
    for number, token in enumerate(tokens):
        if token.kind == "mark" and token.text in OPENS:
            opened.append(number)
        elif token.kind == "mark" and token.text in CLOSES and opened:
            pairs[number] = opened.pop()
    return pairs


def _hops(tokens: Sequence[Token], pairs: dict[int, int], number: int) -> int | None:
    """Return how long the part of a pattern is that ends at this token: a relationship, or a part that is repeated; None for no such."""
    texts = [token.text for token in tokens[number - 1 : number + 2]] if number else []
    if len(texts) == 3 and texts[1] == "]" and texts[2] == "-":
        return _bracketed(tokens, pairs.get(number, number), number)
    if texts in (["-", "-", "("], ["-", "-", ">"]) or (len(texts) == 3 and texts[:2] == ["-", "-"] and texts[2] in {"+", "*", "{"}):
        return _repeated(tokens, number + 1 + (texts[2] == ">")) or 1
    if texts and texts[1] == ")" and _is_path(tokens, pairs.get(number, number), number):
        return _repeated(tokens, number + 1)
    return None


def _bracketed(tokens: Sequence[Token], first: int, last: int) -> int | None:
    if not first or tokens[first - 1].text != "-":
        return None
    depth = 0
    for number in range(first + 1, last):
        text = tokens[number].text
        depth += (text in OPENS) - (text in CLOSES)
        if not depth and (text == "{" or tokens[number].keyword == "WHERE"):
            break
        if not depth and text == "*":
            return _star(tokens[number + 1 : last])
    after = last + 2 + (tokens[last + 2 : last + 3] != [] and tokens[last + 2].text == ">")
    return _repeated(tokens, after) or 1


def _star(tokens: Sequence[Token]) -> int:
    """Return the upper bound of a variable length, given what follows its star."""
    texts = [token.text.replace("_", "") for token in tokens[:4]]
    bounded = texts[3:4] if texts[1:3] == [".", "."] else texts[2:3] if texts[:2] == [".", "."] else texts[:1]
    return int(bounded[0]) if bounded and bounded[0].isdecimal() else ENDLESS


def _repeated(tokens: Sequence[Token], number: int) -> int | None:
    """Return the upper bound of a quantifier that begins at this token; None where none does."""
    texts = [token.text.replace("_", "") for token in tokens[number : number + 5]]
    if texts[:1] in (["+"], ["*"]):
        return ENDLESS if texts[1:2] == ["("] or texts[1:2] in ([","], []) or tokens[number + 1].kind in NAMES else None
    if texts[:1] != ["{"] or "}" not in texts:
        return None
    inner = texts[1 : texts.index("}")]
    if not inner or not all(one.isdecimal() or one == "," for one in inner):
        return None
    return int(inner[-1]) if inner[-1] != "," else ENDLESS


def _is_path(tokens: Sequence[Token], first: int, last: int) -> bool:
    """Whether brackets hold a path, and no expression: a node's bracket, then a relationship."""
    texts = [token.text for token in tokens[first + 1 : last]]
    pairs = pairwise(texts)
    return "(" in texts and any(pair in {(")", "-"), (")", "<")} for pair in pairs)


def _is_shortest(tokens: Sequence[Token], number: int) -> bool:
    depth = 0
    for place in range(number - 1, -1, -1):
        token = tokens[place]
        depth += (token.text in CLOSES) - (token.text in OPENS)
        if depth > 0:
            continue
        if token.keyword == "SHORTEST" or (token.keyword in SHORTEST and tokens[place + 1].text == "("):
            return True
        if token.text == "," or token.keyword in BEGINS:
            return False
    return False
