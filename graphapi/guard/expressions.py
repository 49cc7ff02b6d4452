"""The check of words and signs that cost the planner more with each repetition; measured with Neo4j 2026.08 on a machine of two cores."""

from collections import Counter
from collections.abc import Sequence

from graphapi.guard.lexer import NAMES, Token, refused

# 20 XOR took 10 s and 25 did not end, 400 UNION took over 12 s; 1000 NOT, 19 & between labels and 120 LET did not end;
# 800 AND, 300 FILTER and 60 OPTIONAL MATCH took 8 s.
MOST = {"AND": 300, "FILTER": 100, "LET": 50, "NOT": 100, "OPTIONAL": 40, "OR": 300, "UNION": 50, "WITH": 100, "XOR": 8, "&": 8}
# 200 of || or slices one after the other did not end, nor did 300 of + between texts; 100 took a second.
MOST_SIGNS = 150
SIGNS = frozenset("+*/%^")
ENDS = frozenset(")]}")
HINT = "Give lists as a parameter, and UNWIND or IN them. A caller with a key may; so may parley cypher at a terminal."


def check_expressions(text: str, tokens: Sequence[Token]) -> None:
    """Raise CypherRefused for a word that stands more often than the planner bears, and for more signs than it does."""
    counted: Counter[str] = Counter()
    signs = 0
    for place, token in enumerate(tokens):
        word = token.keyword or token.text
        counted[word] += 1
        if word in MOST and counted[word] > MOST[word]:
            raise refused(text, token.start, "planning", f"{word} stands in the query more than {MOST[word]} times.", HINT)
        signs += _is_sign(tokens, place)
        if signs > MOST_SIGNS:
            message = f"More than {MOST_SIGNS} values are put together here, by signs such as + and ||, by [ ] and by dots."
            raise refused(text, token.start, "planning", message, HINT)


def _is_sign(tokens: Sequence[Token], place: int) -> bool:
    """Whether a mark makes a value of others, each of which may be made so: a + b + c, a || b, a[1][2], a.b.c; no arrow, no range."""
    text = tokens[place].text
    before, after = (tokens[number].text if 0 <= number < len(tokens) else "" for number in (place - 1, place + 1))
    if text in SIGNS:
        return True
    if text == "|":
        return before == "|"
    if text == "-":
        return after not in {"[", ">"} and before not in {"<", "-"}
    if text == "[":
        return before in ENDS or (place > 0 and tokens[place - 1].kind in NAMES and tokens[place - 1].keyword != "IN")
    if text == "." and after != ".":
        return before in ENDS or (place > 1 and tokens[place - 1].kind in NAMES and tokens[place - 2].text == ".")
    return False
