"""The check of rows that grow: a list that was collected, gone through twice, makes a square, and collected again, the square of it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from graphapi.guard.copies import CLAUSES, Made, definitions
from graphapi.guard.lexer import Token, refused
from graphapi.guard.ranges import range_sizes

COLLECTS = frozenset({"COLLECT", "COLLECT_LIST"})
AGGREGATES = COLLECTS | {"AVG", "COUNT", "MAX", "MIN", "PERCENTILECONT", "PERCENTILEDISC", "STDEV", "STDEVP", "SUM"}
GROUPS = frozenset({"WITH", "RETURN"})
SOURCES = frozenset({"CALL", "MATCH"})
LISTS = 3
VALUES = 1000
HINT = "Go through the list once, or MATCH again. A caller with a key may; so may parley cypher at a terminal."


@dataclass(frozen=True)
class Rows:
    """How many there may be: `numbers` that ranges make, and `lists` of what the graph holds, each times all others."""

    numbers: int = 1
    lists: int = 0

    def times(self, other: "Rows") -> "Rows":
        """Return how many there are when each of these meets each of the others."""
        return Rows(self.numbers * other.numbers, self.lists + other.lists)

    def or_more(self, other: "Rows") -> "Rows":
        """Return the larger of both."""
        return Rows(max(self.numbers, other.numbers), max(self.lists, other.lists))


@dataclass(frozen=True)
class Collected:
    """A list of what so many rows hold; `turn` is the WITH that collected it."""

    size: Rows
    turn: int


def check_growth(text: str, tokens: Sequence[Token], most: int, given: Mapping[str, int]) -> None:
    """Raise CypherRefused where lists that were collected are gone through so often that more than `most` rows of numbers come of it.

    Lists of what the graph holds may be gone through three times in each other. What WITH groups is never more, put together again, than
    it was before. `given` is how many values each parameter holds.
    """
    state, sizes = _State(any(token.keyword in SOURCES for token in tokens), {}), range_sizes(tokens)
    for made in definitions(tokens):
        expression = range(made.first, made.last)
        used = [state.lists[tokens[place].name] for place in expression if tokens[place].name in state.lists]
        if _is_unwound(tokens, made):
            numbers = sum(sizes.get(place) or _given(tokens[place], given) for place in expression)
            state = state.unwound(used, Rows(max(numbers, 1)))
        elif any(tokens[place].keyword in COLLECTS for place in expression):
            clause = _clause(tokens, made.first)
            state = state.collected(made.name, clause, _is_grouped(tokens, clause))
        elif not made.is_loop:
            state = state.named(made.name, used)
        if state.rows.numbers > most or state.rows.lists > LISTS:
            raise refused(text, made.token.start, "growth", "The query goes through what it collected again and again.", HINT)


@dataclass(frozen=True)
class _State:
    """How many rows there may be at a place, and what was collected before; `least` are the groups that a WITH left, with their list."""

    is_of_graph: bool
    lists: dict[str, Collected]
    rows: Rows = Rows()
    least: Rows = Rows()
    last: Collected = Collected(Rows(), -1)

    def unwound(self, lists: Sequence[Collected], numbers: Rows) -> "_State":
        """Return the state after UNWIND of these lists; what the last WITH collected is put together again by it."""
        size = numbers
        for one in lists:
            size = size.or_more(one.size)
        is_last = bool(lists) and all(one.turn == self.last.turn for one in lists)
        rows = (self.rows if is_last else self.rows.or_more(self.least)).times(size)
        return replace(self, rows=rows)

    def collected(self, name: str, clause: int, is_grouped: bool) -> "_State":
        """Return the state after a WITH collected a list of this name."""
        if clause == self.last.turn:
            return replace(self, lists=self.lists | {name: self.last})
        size = self.rows.or_more(self.least).or_more(Rows(1, int(self.is_of_graph)))
        last = Collected(size, clause)
        return replace(self, lists=self.lists | {name: last}, rows=Rows(), least=size if is_grouped else Rows(), last=last)

    def named(self, name: str, used: Sequence[Collected]) -> "_State":
        """Return the state after a list got another name, or lists were put together under it."""
        if not used:
            return self
        return replace(self, lists=self.lists | {name: max(used, key=lambda one: (one.size.lists, one.size.numbers))})


def _given(token: Token, given: Mapping[str, int]) -> int:
    """Return how many values the parameter here holds; none where no parameter is."""
    if token.kind != "parameter":
        return 0
    name = token.text[1:]
    return given.get(name[1:-1].replace("``", "`") if name.startswith("`") else name, VALUES)


def _is_unwound(tokens: Sequence[Token], made: Made) -> bool:
    if made.is_loop:
        return made.first > 2 and tokens[made.first - 3].keyword == "FOR"
    return made.first > 0 and tokens[made.first - 1].keyword == "UNWIND"


def _clause(tokens: Sequence[Token], place: int) -> int:
    """Return the number of the WITH or RETURN to which the token here belongs."""
    return next((number for number in range(place, -1, -1) if tokens[number].keyword in GROUPS), 0)


def _is_grouped(tokens: Sequence[Token], clause: int) -> bool:
    """Whether WITH has a part that puts nothing together, so that there is a row for each value of it."""
    return any(not any(token.keyword in AGGREGATES for token in part) for part in _parts(tokens, clause + 1))


def _parts(tokens: Sequence[Token], first: int) -> Iterator[list[Token]]:
    depth = 0
    part: list[Token] = []
    for token in tokens[first:]:
        depth += (token.text in "([{") - (token.text in ")]}") if token.kind == "mark" else 0
        if depth < 0 or (not depth and token.keyword in CLAUSES):
            break
        if not depth and token.text == ",":
            yield part
            part = []
        else:
            part.append(token)
    yield part
