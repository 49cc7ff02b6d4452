"""The check of how many numbers range() makes."""

from collections.abc import Sequence

from graphapi.guard.lexer import NAMES, Token, refused

KEY = "A caller with a key may; so may parley cypher at a terminal."


def called(tokens: Sequence[Token], bracket: int) -> str:
    """Return the function that is called by the bracket here, in capitals and with or without back-ticks; empty where none is."""
    name = tokens[bracket - 1] if bracket else None
    if name is None or tokens[bracket].text != "(" or name.kind not in NAMES or (bracket > 1 and tokens[bracket - 2].text in {".", ":"}):
        return ""
    return Token("word", name.name, name.start).keyword


def check_ranges(text: str, tokens: Sequence[Token], most: int) -> None:
    """Raise CypherRefused for a range() whose size the text does not show, and where all of them together make more than `most` numbers."""
    product = 1
    for number, size in range_sizes(tokens).items():
        if size is None:
            hint = f"Write range(1, 10), or give the numbers as a parameter. {KEY}"
            raise refused(text, tokens[number].start, "range", "range() takes whole numbers here, written out.", hint)
        product *= max(size, 1)
        if product > most:
            message = f"The ranges of the query make {product:,} numbers together; at most {most:,} are made."
            raise refused(text, tokens[number - 1].start, "range", message, f"Take shorter ones. {KEY}")


def range_sizes(tokens: Sequence[Token]) -> dict[int, int | None]:
    """Return for the bracket of each range() how many numbers it makes; None where the text does not show it."""
    return {number: _size(tokens[number + 1 :]) for number in range(len(tokens)) if called(tokens, number) == "RANGE"}


def _size(tokens: Sequence[Token]) -> int | None:
    """Return how many numbers a range() makes, given what follows its bracket; None when that is not written out."""
    numbers, sign, is_due = [], 1, True
    for token in tokens:
        if token.kind == "number" and is_due and token.text.isdecimal():
            numbers.append(sign * int(token.text))
            sign, is_due = 1, False
        elif token.text == "-" and is_due and sign == 1:
            sign = -1
        elif token.text == "," and not is_due:
            is_due = True
        elif token.text == ")" and not is_due and len(numbers) in {2, 3}:
            first, last, step = (*numbers, 1)[:3]
            return max((last - first) // step + 1, 0) if step else None
        else:
            return None
    return None
