"""The check of loops within loops inside one expression: nothing stops them, and each takes as long as the other is long."""

from collections.abc import Sequence
from dataclasses import dataclass

from graphapi.guard.copies import definitions
from graphapi.guard.lexer import Token, refused

TESTS = frozenset({"ALL", "ANY", "NONE", "SINGLE"})
SHORT = frozenset({"KEYS", "LABELS", "NODES", "RANGE", "RELATIONSHIPS"})
WRAPS = frozenset({"REVERSE", "TAIL"})
OPENS, CLOSES = frozenset("([{"), frozenset(")]}")
COMPARES = frozenset("=<>")
TESTED = frozenset({"CONTAINS", "IN", "WITH"})
MOST_WRITTEN = 200
LISTS = frozenset({"COLLECT", "COLLECT_LIST", "RANGE"})
SINGLES = frozenset({"ALL", "ANY", "COUNT", "EXISTS", "HEAD", "ISEMPTY", "LAST", "NONE", "SINGLE", "SIZE"})
HINT = "Go through one of the two lists with UNWIND. A caller with a key may; so may parley cypher at a terminal."


@dataclass(frozen=True)
class Loop:
    """A list comprehension or a test of a list: what it goes through, and where it ends; places are numbers of tokens."""

    name: str
    first: int
    source: Sequence[Token]
    body: int
    last: int


def check_loops(text: str, tokens: Sequence[Token]) -> None:
    """Raise CypherRefused for a loop in the body of another unless its list is short for what it is, and for three in each other."""
    around: list[Loop] = []
    lists, maps = _long(tokens)
    loops = [loop for number in range(2, len(tokens)) if (loop := loop_at(tokens, number))]
    for number in range(2, len(tokens)):
        around = [loop for loop in around if number < loop.last]
        loop = loop_at(tokens, number)
        if loop is None:
            continue
        outer = [one for one in around if one.body <= number]
        if len(outer) > 1:
            raise refused(text, tokens[number].start, "loops", "Three loops stand in each other.", HINT)
        if outer and not is_short(loop.source, outer[0].source):
            raise refused(text, tokens[number].start, "loops", "A loop stands in another, and goes through a list of any length.", HINT)
        if _is_property(loop.source) and loop.source[0].name in maps and outer:
            raise refused(text, tokens[number].start, "loops", "A loop stands in another, and goes through a list in a map.", HINT)
        steps = range(loop.body, loop.last)
        again = next((place for place in steps if _is_whole(tokens, place, lists) and not _is_step(tokens, place, loops)), None)
        if again is not None:
            message = f"A loop uses the whole of {tokens[again].text[:80]} again at each step."
            raise refused(text, tokens[again].start, "loops", message, HINT)
        around.append(loop)


def _long(tokens: Sequence[Token]) -> tuple[set[str], set[str]]:
    """Return the names of lists, which may be of any length, and of parameters and maps, which may hold such."""
    lists: set[str] = {token.text for token in tokens if token.kind == "parameter"}
    maps: set[str] = set()
    flat: set[str] = set()
    for made in definitions(tokens):
        expression = tokens[made.first : made.last]
        if any(token.text == "{" for token in expression):
            maps.add(made.name)
        begins = expression[0] if expression else made.token
        holds = begins.text == "[" or any(token.keyword in LISTS for token in expression)
        if _is_flat(expression, lists):
            flat.add(made.name)
        is_element = made.first > 0 and tokens[made.first - 1].keyword == "UNWIND" and len(expression) == 1 and begins.name in flat
        if (
            not made.is_loop
            and not is_element
            and begins.keyword not in SINGLES
            and (holds or any(_is_whole(expression, n, lists) for n in range(len(expression))))
        ):
            lists.add(made.name)
    return lists, maps


def _is_flat(expression: Sequence[Token], lists: set[str]) -> bool:
    """Whether a list is made whose elements are none, nor maps."""
    if len(expression) < 3 or expression[0].keyword not in LISTS or _closing(expression, 1) != len(expression) - 1:
        return False
    return not any(one.text in {"[", "{"} or one.text in lists or one.name in lists or one.keyword in LISTS for one in expression[2:])


def _is_whole(tokens: Sequence[Token], place: int, lists: set[str]) -> bool:
    """Whether a list is used here, and not only its size, one of its elements, or whether it holds something."""
    token = tokens[place]
    before = tokens[place - 1] if place else None
    after = tokens[place + 1].text if place + 1 < len(tokens) else ""
    if token.kind == "parameter":
        is_compared = before is not None and (before.text in COMPARES or before.keyword in TESTED)
        return token.text in lists and not is_compared and after not in COMPARES | {"[", "."}
    if (
        token.name not in lists
        or not token.name
        or after in {"[", ".", ":", "("}
        or (before and (before.text == "." or before.keyword == "IN"))
    ):
        return False
    is_argument = after == ")" and before is not None and before.text == "(" and place > 1
    return not (is_argument and tokens[place - 2].keyword in SINGLES)


def _is_step(tokens: Sequence[Token], place: int, loops: Sequence[Loop]) -> bool:
    """Whether the name here is the one of a loop around it, which stands for one element, and may be a list's name elsewhere."""
    return any(loop.name == tokens[place].name and loop.first - 1 <= place < loop.last for loop in loops)


def _is_property(source: Sequence[Token]) -> bool:
    return len(source) == 3 and source[1].text == "." and all(token.name for token in (source[0], source[2]))


def loop_at(tokens: Sequence[Token], number: int) -> Loop | None:
    """Return the loop whose IN stands here; None where none does."""
    opening = tokens[number - 2]
    is_test = opening.text == "(" and number > 2 and tokens[number - 3].keyword in TESTS
    if tokens[number].keyword != "IN" or not tokens[number - 1].name or not (opening.text == "[" or is_test):
        return None
    depth, body = 0, 0
    for place in range(number + 1, len(tokens)):
        token = tokens[place]
        depth += (token.text in OPENS) - (token.text in CLOSES)
        if not depth and not body and (token.keyword == "WHERE" or _is_bar(tokens, place)):
            body = place
        if depth < 0:
            return Loop(tokens[number - 1].name, number, tokens[number + 1 : body or place], body or place, place)
    return None


def _is_bar(tokens: Sequence[Token], place: int) -> bool:
    return tokens[place].text == "|" and "|" not in {tokens[place - 1].text, *(token.text for token in tokens[place + 1 : place + 2])}


def is_short(source: Sequence[Token], outer: Sequence[Token]) -> bool:
    """Whether a list is short for what it is: written out, of a node, of a path, a parameter in a loop over such, a property."""
    source = _unwrapped(source)
    if not source:
        return False
    if len(source) == 1:
        return source[0].kind == "parameter" and ((len(outer) == 1 and outer[0].kind == "parameter") or is_short(outer, outer))
    if source[0].text == "[" and _closing(source, 0) == len(source) - 1:
        return len(source) < MOST_WRITTEN and not any(token.keyword == "IN" for token in source)
    if source[0].keyword in SHORT and source[1].text == "(":
        return _closing(source, 1) == len(source) - 1
    return _is_property(source)


def _unwrapped(source: Sequence[Token]) -> Sequence[Token]:
    """Return a list without what makes it shorter: tail(list), list[1..3]."""
    while len(source) > 3:
        if source[0].keyword in WRAPS and source[1].text == "(" and _closing(source, 1) == len(source) - 1:
            source = source[2:-1]
        elif source[-1].text == "]" and (first := _opening(source)) > 0:
            source = source[:first]
        else:
            break
    return source


def _closing(tokens: Sequence[Token], first: int) -> int:
    depth = 0
    for place in range(first, len(tokens)):
        depth += (tokens[place].text in OPENS) - (tokens[place].text in CLOSES)
        if not depth:
            return place
    return -1


def _opening(tokens: Sequence[Token]) -> int:
    depth = 0
    for place in range(len(tokens) - 1, -1, -1):
        depth += (tokens[place].text in CLOSES) - (tokens[place].text in OPENS)
        if not depth:
            return place
    return -1
