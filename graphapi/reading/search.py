"""Search over names, aliases and captions: the index proposes, and what it proposes is matched word by word, so that every hit says why."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Any, Literal

from pydantic import Field

from graphapi.dates import Span
from graphapi.model import Node, Shape
from graphapi.period import held_node, period_of
from graphapi.reading.folding import fold, words
from graphapi.reading.graphs import node_of
from graphapi.reading.labels import Depths
from graphapi.store import Store

DEFAULT_LIMIT = 20
MAX_LIMIT = 100
MAX_LENGTH = 200
CANDIDATES = 200
# Lucene refuses a query of more than 1024 terms; a fuzzy word may become fifty.
MAX_WORDS = 16
MAX_FUZZY = 5
ONE_EDIT, TWO_EDITS = 4, 8
BOOSTS = {"name": 6, "aliases": 5, "caption": 1}

Searched = Literal["name", "alias", "caption"]
How = Literal["exact", "prefix", "words", "fuzzy"]
WEIGHTS: dict[Searched, float] = {"name": 1.0, "alias": 0.95, "caption": 0.45}
TIERS: dict[How, float] = {"exact": 1.0, "prefix": 0.8, "words": 0.6, "fuzzy": 0.4}
FOR_COVERAGE = 0.1


class Why(Shape):
    """What of a hit matched: `prefix` when the value begins with the text, `fuzzy` when a word had to be changed by a letter or two."""

    field: Searched
    value: str
    how: How


class Hit(Shape):
    """One thing that a search found; 1.1 is the highest score."""

    node: Node
    score: float
    why: Why


class Wanted(Shape):
    """What is looked for, by what label and on which side, as of when."""

    text: str = Field(max_length=MAX_LENGTH)
    label: str | None = None
    side: str | None = None
    limit: int = Field(DEFAULT_LIMIT, ge=1, le=MAX_LIMIT)
    as_of: Span | None = None


class Match(Shape):
    """How one value of a node answers the words of a text: which of them it holds."""

    why: Why
    found: frozenset[int]
    score: float


def search(store: Store, wanted: Wanted, depths: Depths) -> list[Hit]:
    """Return the best hits first, those alike in order of id; nothing for a text without a letter or a digit.

    What holds less of the text than another hit, counted in letters of its words, is left out.
    """
    asked = words(wanted.text)
    if not asked:
        return []
    rows = store.rows(
        "read/search/search-candidates",
        lucene=lucene(wanted.text),
        label=wanted.label,
        side=wanted.side,
        limit=CANDIDATES,
        as_of=period_of(wanted.as_of),
    )
    met = [(held, _hit(row, match, depths, wanted.as_of)) for row in rows for held, match in [explain(asked, row["properties"])] if match]
    most = max((held for held, _ in met), default=0)
    hits = sorted((hit for held, hit in met if held == most), key=lambda hit: (-hit.score, hit.node.id))
    return hits[: wanted.limit]


def lucene(text: str) -> str:
    """Return the Lucene query of a text that has words: each as it is, fuzzy by its length, the last one also as a beginning.

    Everything but letters and digits is escaped and everything is in lower case, so that nothing in the text is syntax.
    """
    asked = words(text)[:MAX_WORDS]
    pieces = [piece for piece in fold(text).split() if words(piece)][:MAX_WORDS]
    clauses = [f'"{" ".join(map(_escaped, pieces))}"', *map(_escaped, pieces)]
    fuzzy = [word for word in asked if edits(word)][:MAX_FUZZY]
    clauses += [f"{_escaped(word)}~{edits(word)}^0.5" for word in fuzzy]
    clauses.append(f"{_escaped(asked[-1])}*")
    either = " ".join(clauses)
    return " ".join(f"{field}:({either})^{boost}" for field, boost in BOOSTS.items())


def edits(word: str) -> int:
    """Return how many letters of a word may be wrong: none under 4 letters, one under 8, else two."""
    return 0 if len(word) < ONE_EDIT else 1 if len(word) < TWO_EDITS else 2


def explain(asked: Sequence[str], properties: dict[str, Any]) -> tuple[int, Match | None]:
    """Return how many letters of the words a node has in all of its values, and the value that answers best."""
    matches = [match for field, value in _values(properties) if (match := _match(asked, field, value))]
    if not matches:
        return 0, None
    best = max(matches, key=lambda match: (_letters(asked, match.found), match.score))
    return _letters(asked, chain.from_iterable(match.found for match in matches)), best


def _values(properties: dict[str, Any]) -> Iterator[tuple[Searched, str]]:
    yield "name", str(properties.get("name", ""))
    for alias in properties.get("aliases", ()):
        yield "alias", alias
    if "caption" in properties:
        yield "caption", properties["caption"]


def _match(asked: Sequence[str], field: Searched, value: str) -> Match | None:
    there = words(value)
    sure = {at for at, word in enumerate(asked) if _holds(there, word, is_last=at == len(asked) - 1)}
    near = {at for at, word in enumerate(asked) if at not in sure and _is_near(there, word)}
    found = frozenset(sure | near)
    if not found:
        return None
    how = _how(asked, there) or ("fuzzy" if near else "words")
    share = _letters(asked, found) / _letters(asked, range(len(asked)))
    score = TIERS[how] * WEIGHTS[field] * share + FOR_COVERAGE * min(1.0, len(found) / len(there))
    return Match(why=Why(field=field, value=value, how=how), found=found, score=round(score, 4))


def _letters(asked: Sequence[str], found: Iterable[int]) -> int:
    return sum(len(asked[at]) for at in frozenset(found))


def _how(asked: Sequence[str], there: Sequence[str]) -> How | None:
    if list(asked) == list(there):
        return "exact"
    begins = list(asked[:-1]) == list(there[: len(asked) - 1]) and len(there) >= len(asked)
    return "prefix" if begins and there[len(asked) - 1].startswith(asked[-1]) else None


def _holds(there: Sequence[str], word: str, *, is_last: bool) -> bool:
    return word in there or (is_last and any(other.startswith(word) for other in there))


def _is_near(there: Sequence[str], word: str) -> bool:
    from rapidfuzz.distance import OSA  # noqa: PLC0415 - only searches need it

    allowed = edits(word)
    return bool(allowed) and any(OSA.distance(word, other, score_cutoff=allowed) <= allowed for other in there)


def _escaped(text: str) -> str:
    return "".join(character if character.isalnum() else f"\\{character}" for character in text)


def _hit(row: dict[str, Any], match: Match, depths: Depths, as_of: Span | None) -> Hit:
    node = node_of(row["labels"], row["properties"], depths)
    mark = held_node(node.labels, node.properties, as_of) if as_of else None
    return Hit(node=node.model_copy(update={"held": mark}), score=match.score, why=match.why)
