"""Ids close to one that does not exist, found without looking at the whole graph."""

import re

from graphapi.store import Store

MOST = 5
LEAST_SCORE = 60
WORDS = re.compile(r"[a-z0-9]{2,40}")
MAX_WORDS = 8


def close_ids(store: Store, identifier: str) -> list[str]:
    """Return at most five ids of entities and sources, the closest first."""
    wanted = identifier.lower()[:120]
    words = WORDS.findall(wanted)[:MAX_WORDS]
    if not words:
        return []
    query = " ".join(f"{word}~{_edits(word)}" for word in words)
    return rank(wanted, [row["id"] for row in store.rows("read/graph/close-ids", id=wanted, words=query, as_of=None)])


def close_places(store: Store, identifier: str) -> list[str]:
    """Return at most five places, or sources, that an unknown place may have meant; the closest first."""
    source = identifier.partition(":")[0]
    places = [row["id"] for row in store.rows("read/graph/places-of-source", source=source, limit=500)]
    return rank(identifier, places) or close_ids(store, source)


def rank(wanted: str, candidates: list[str]) -> list[str]:
    """Return the candidates most alike, by the share of letters that need no change."""
    from rapidfuzz import process  # noqa: PLC0415 - only answers about unknown ids need it

    return [match for match, _, _ in process.extract(wanted, sorted(candidates), limit=MOST, score_cutoff=LEAST_SCORE)]


def _edits(word: str) -> int:
    return 0 if len(word) < 4 else 1 if len(word) < 8 else 2


def close_relationships(store: Store, start: str, end: str) -> list[str]:
    """Return the ids of up to five relationships between the same two, else ids close to the end that does not exist."""
    close = [row["id"] for row in store.rows("read/graph/close-relationships", start=start, end=end, limit=MOST, as_of=None)]
    if close:
        return close
    unknown = (one for one in (start, end) if not store.rows("read/graph/entity", id=one, as_of=None))
    missing = next(unknown, None)
    return [] if missing is None else close_ids(store, missing)
