"""Pushes circles apart until none overlaps; looks only at those near each other, so that the time grows with their number."""

import numpy as np

from visualizer.seats import Array

Pairs = np.ndarray[tuple[int, ...], np.dtype[np.intp]]
# How often they are pushed before the picture is spread as well, and by how much.
PUSHES, SPREAD = 25, 1.04
# The half of the neighbouring cells that finds each pair of neighbours once.
AROUND = ((0, 0), (1, 0), (-1, 1), (0, 1), (1, 1))


def separate(at: Array, radii: Array) -> Array:
    """Return positions (n, 2) at which no two circles overlap, moved as little as pushing needs; the same in, the same out."""
    at = _distinct(at)
    turn = 0
    while True:
        first, second = near(at, 2 * float(radii.max()))
        way = at[second] - at[first]
        distance = np.hypot(way[:, 0], way[:, 1])
        lack = radii[first] + radii[second] - distance
        close = lack > 0.05
        if not close.any():
            return at
        push = way[close] * (0.5 * (lack[close] + 0.1) / np.maximum(distance[close], 1e-9))[:, None]
        for axis in (0, 1):
            at[:, axis] += np.bincount(second[close], push[:, axis], len(at)) - np.bincount(first[close], push[:, axis], len(at))
        turn += 1
        if turn > PUSHES:
            at *= SPREAD


def near(at: Array, reach: float) -> tuple[Pairs, Pairs]:
    """Return the pairs of points that may be within reach of each other, each once: those in the same or neighbouring cells."""
    cells = np.floor((at - at.min(axis=0)) / reach).astype(np.intp) + 1
    width = int(cells[:, 0].max()) + 2
    keys = cells[:, 1] * width + cells[:, 0]
    order = np.argsort(keys, kind="stable")
    ordered = keys[order]
    firsts, seconds = [], []
    for across, down in AROUND:
        wanted = ordered + down * width + across
        low = np.searchsorted(ordered, wanted, "left") if (across, down) != (0, 0) else np.arange(len(order)) + 1
        high = np.searchsorted(ordered, wanted, "right")
        counts = np.maximum(high - low, 0)
        starts = np.repeat(np.arange(len(order)), counts)
        offsets = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
        firsts.append(order[starts])
        seconds.append(order[np.repeat(low, counts) + offsets])
    return np.concatenate(firsts), np.concatenate(seconds)


def _distinct(at: Array) -> Array:
    """Move points that lie on each other a little apart, always in the same way."""
    angle = np.arange(len(at)) * 2.399963
    return at + 0.01 * np.stack([np.cos(angle), np.sin(angle)], axis=1)
