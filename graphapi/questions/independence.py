"""How many sources speak for a fact by themselves."""

from collections.abc import Iterable

# A document that is cited, and the documents that what it says there goes back to: itself when it relays none.
Cited = tuple[str, frozenset[str]]


def count_independent(cited: Iterable[Cited]) -> int:
    """Return how many documents speak for a fact without going back to what another of them goes back to.

    Two copies of one report are one, and so are a report and the document that it relays. What a document says by itself is counted
    first, then what goes back to fewest others, so that a report that relays two statements does not make one source of the two.
    """
    counted: set[str] = set()
    behind: set[str] = set()
    for document, originals in sorted(set(cited), key=_order):
        if document not in counted and behind.isdisjoint(originals):
            counted.add(document)
            behind |= originals
    return len(counted)


def _order(cited: Cited) -> tuple[bool, int, str, list[str]]:
    document, originals = cited
    return document not in originals, len(originals), document, sorted(originals)
