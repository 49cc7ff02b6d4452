"""The checks of regular expressions: the server's way of matching them tries every way to divide a text, and cannot be stopped."""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from graphapi.guard.copies import definitions
from graphapi.guard.lexer import Token, refused

CONTINUES = frozenset({"+", "-", "*", "/", "%", "^", "[", ".", ":"})
ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f"}
ENDS = frozenset(
    {"AND", "AS", "BY", "CASE", "DISTINCT", "ELSE", "FILTER", "IN", "NOT", "OR", "RETURN", "THEN", "WHEN", "WHERE", "WITH", "XOR"}
) | {",", "=", "<", ">", "|"}
OPENS, CLOSES = frozenset("([{"), frozenset(")]}")
SHORTEST = 4
# Without end: in a text of the graph, of the caller, of several put together. 2 took 3 s in 30 kB and 12 s in 60 kB, 4 did not end.
MOST, MOST_UNBOUNDED = 10, (4, 2, 1)
MOST_WAYS, WIDTH = 2048, 4
PIECE = re.compile(
    r"""
    (?P<flags>\(\?[a-zA-Z-]*[:)])
    | (?P<open>\((?:\?(?:<?[=!]|>|<[a-zA-Z]\w*>))?)
    | (?P<close>\))
    | (?P<class>\[\^?(?:[^\[\]\\&]|\\[^QE]|&(?!&))+\])
    | (?P<property>\\[pP](?:\{\w+\}|\w))
    | (?P<escape>\\[^QEkK1-9\w]|\\[dDwWsSbBAzZhHvVRXtnrf0])
    | (?P<quantifier>(?:[*+?]|\{\d{1,4}(?:,\d{0,4})?\})[+?]?)
    | (?P<either>\|)
    | (?P<plain>[^\\\[\](){}|*+?])
    """,
    re.VERBOSE | re.DOTALL,
)
HINT = "Write a simpler one, such as '(?i).*trade.*', or use CONTAINS, STARTS WITH, toLower(). A caller with a key may."


def check_patterns(text: str, tokens: Sequence[Token]) -> None:
    """Raise CypherRefused for `=~` before anything but a text written out, and for one that repeats what itself repeats.

    A property is short, so a text may be divided in more ways there than a text of the caller's own, or several put together.
    """
    weights = _weights(tokens)
    for number in range(len(tokens) - 1):
        if tokens[number].text != "=" or tokens[number + 1].text != "~" or tokens[number + 1].start != tokens[number].start + 1:
            continue
        pattern, following = tokens[number + 2 : number + 3], tokens[number + 3 : number + 5]
        if not pattern or pattern[0].kind != "string" or _goes_on(following):
            raise refused(text, tokens[number].start, "regex", "After =~ stands a text here, written out as one.", HINT)
        fault = fault_of(_unescaped(pattern[0].text), _weight(_operand(tokens, number), weights))
        if fault:
            raise refused(text, pattern[0].start, "regex", f"The regular expression {fault}.", HINT)


def _operand(tokens: Sequence[Token], last: int) -> Sequence[Token]:
    """Return what stands before `=~`."""
    depth = 0
    for place in range(last - 1, -1, -1):
        text = tokens[place].text
        depth += (text in CLOSES) - (text in OPENS)
        if depth < 0 or (not depth and (text in ENDS or tokens[place].keyword in ENDS)):
            return tokens[place + 1 : last]
    return tokens[:last]


def _weights(tokens: Sequence[Token]) -> dict[str, int]:
    """Return of how many texts that the caller gives a name is made."""
    weights: dict[str, int] = {}
    for made in definitions(tokens):
        weights[made.name] = max(weights.get(made.name, 0), _weight(tokens[made.first : made.last], weights))
    return weights


def _weight(expression: Sequence[Token], weights: Mapping[str, int]) -> int:
    given = sum(token.kind == "parameter" or (token.kind == "string" and len(token.text) > SHORTEST) for token in expression)
    return given + sum(weights.get(token.name, 0) for token in expression)


def _goes_on(following: Sequence[Token]) -> bool:
    return bool(following) and (following[0].text in CONTINUES or [token.text for token in following] == ["|", "|"])


def _unescaped(literal: str) -> str:
    return re.sub(r"\\(.)", lambda found: ESCAPES.get(found[1], found[1]), literal[1:-1], flags=re.DOTALL)


def fault_of(pattern: str, weight: int = 0) -> str:
    """Say what makes a regular expression one that may take for ever; empty for a tame one.

    `weight` is of how many texts of the caller's that is made which it is to match: none, where the graph holds it.
    """
    if not _is_readable(pattern):
        return "has parts that are not taken here"
    groups: list[bool] = [False]
    closed, counted, unbounded, ways = False, 0, 0, 1
    for kind, piece in _pieces(pattern):
        if kind == "open" or (kind == "flags" and piece.endswith(":")):
            groups.append(False)
        elif kind == "close":
            if len(groups) == 1:
                return "has a bracket that closes nothing"
            closed = groups.pop()
            groups[-1] = groups[-1] or closed
            continue
        elif kind == "either":
            groups[-1] = True
        elif kind == "quantifier":
            if closed and piece[0] != "?":
                return "repeats a group that itself repeats, or has a choice"
            is_unbounded, groups[-1] = _is_unbounded(piece), True
            counted, unbounded, ways = counted + 1, unbounded + is_unbounded, ways * (1 if is_unbounded else _ways(piece))
        closed = False
    most = MOST_UNBOUNDED[min(weight, len(MOST_UNBOUNDED) - 1)]
    if counted > MOST or unbounded > most or ways > MOST_WAYS >> (WIDTH * unbounded if weight else 0):
        return f"repeats more than {MOST} times, or {most} times without end, or in too many ways"
    return ""


def _is_readable(pattern: str) -> bool:
    pieces = list(_pieces(pattern))
    is_whole = sum(len(piece) for _, piece in pieces) == len(pattern)
    kinds = ["quantifier" if kind == "quantifier" else "" for kind, _ in pieces]
    is_twice = any(first and second for first, second in pairwise(kinds))
    return is_whole and not is_twice and not any(kind == "flags" and re.search("[xU]", piece) for kind, piece in pieces)


def _pieces(pattern: str) -> Iterator[tuple[str, str]]:
    position = 0
    while found := PIECE.match(pattern, position):
        yield str(found.lastgroup), found[0]
        position = found.end()


def _is_unbounded(quantifier: str) -> bool:
    bound = re.match(r"\{(\d+)(,)?(\d*)\}", quantifier)
    return quantifier[0] in "*+" or (bound is not None and int(bound[3] or (bound[1] if not bound[2] else "9999")) > 9)


def _ways(quantifier: str) -> int:
    """Return in how many ways something may be repeated."""
    bound = re.match(r"\{(\d+)(?:,(\d+))?\}", quantifier)
    return 2 if bound is None else int(bound[2] or bound[1]) - int(bound[1]) + 1
