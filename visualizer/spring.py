"""Positions of graphs too large for the table: seeded springs, glyphs pushed apart, stray parts packed around the largest."""

from collections.abc import Sequence

import numpy as np
import rustworkx

from visualizer.bends import part_parallels
from visualizer.layout import Arrangement
from visualizer.packing import pack
from visualizer.seating import Links
from visualizer.seats import NARROW_FRAME, WIDE_FRAME, Array, Guest
from visualizer.separation import separate

SEED = 7
# The distance that neighbours keep on the average, and the least room between two glyphs, in units of the picture.
SPACING, ROOM = 74.0, 20.0
# Who has no tie is drawn so much smaller, by the page too, and sits so close.
SMALL, CLOSE = 0.6, 9.0
# How much of the edge of the largest part they take.
ALONG = 0.85
# How much wider than high a part becomes in a wide frame, as a root.
STRETCH = 1.12
# A step of the springs looks at every pair of nodes: larger parts are first made coarser, and get fewer steps.
COARSE, STEPS, PAIRS = 1500, 60, 1.2e8


def spring(
    guests: Sequence[Guest], links: Sequence[tuple[str, str]], quiet: Sequence[tuple[str, str]] = (), *, narrow: bool = False
) -> Arrangement:
    """Place guests by springs along their links; lines are straight, quiet ones too, only those between the same two part.

    The same guests and links give the same picture, and no two glyphs overlap.
    """
    if not guests:
        return Arrangement({}, tuple(0.0 for _ in links), tuple(0.0 for _ in quiet))
    place = {guest.id: index for index, guest in enumerate(guests)}
    ends: Links = np.array([(place[start], place[end]) for start, end in links], dtype=np.intp).reshape(-1, 2)
    radii = np.array([guest.box.radius for guest in guests])
    frame = NARROW_FRAME if narrow else WIDE_FRAME
    parts, ties = _parts(len(guests), ends)
    placed = [_placed(tied, radii[part], _leanings(guests, part), narrow=narrow) for part, tied in zip(parts, ties, strict=True)]
    if alone := _alone(guests, parts):
        parts.append(np.array(alone, dtype=np.intp))
        radii[alone] *= SMALL
        placed.append(_rows(radii[alone], np.ptp(placed[0], axis=0) if placed else None, frame))
    at = _together(parts, placed, radii, frame)
    positions = {guest.id: (x, y) for guest, (x, y) in zip(guests, at.round(1).tolist(), strict=True)}
    return Arrangement(positions, part_parallels(ends, np.zeros(len(ends))), tuple(0.0 for _ in quiet))


def _parts(count: int, ends: Links) -> tuple[list[Links], list[Links]]:
    """Return the connected parts as indices of two and more, the largest first, and the ties of each by place in the part."""
    pairs = np.unique(np.sort(ends[ends[:, 0] != ends[:, 1]], axis=1), axis=0)
    graph = rustworkx.PyGraph(multigraph=False)
    graph.add_nodes_from(range(count))
    graph.add_edges_from_no_data([(a, b) for a, b in pairs.tolist()])
    found = sorted((sorted(part) for part in rustworkx.connected_components(graph)), key=lambda part: (-len(part), part[0]))
    parts: list[Links] = [np.array(part, dtype=np.intp) for part in found if len(part) > 1]
    part_of, place = np.zeros(count, dtype=np.intp), np.zeros(count, dtype=np.intp)
    for number, part in enumerate(parts):
        part_of[part], place[part] = number, np.arange(len(part))
    order = np.argsort(part_of[pairs[:, 0]], kind="stable")
    sizes = np.bincount(part_of[pairs[:, 0]], minlength=len(parts))
    ties: list[Links] = list(np.split(place[pairs[order]], np.cumsum(sizes)[:-1])) if parts else []
    return parts, ties


def _alone(guests: Sequence[Guest], parts: Sequence[Links]) -> list[int]:
    """Return who is in no part, those of a lane together."""
    tied = {index for part in parts for index in part.tolist()}
    return sorted((index for index in range(len(guests)) if index not in tied), key=lambda index: (guests[index].lane, guests[index].id))


def _placed(ties: Links, radii: Array, leanings: Array, *, narrow: bool) -> Array:
    """Place one connected part: springs, an even density, the longer way along the frame's, as much room as glyphs need."""
    at = _turned(_evened(_springs(len(radii), ties)), leanings, narrow=narrow)
    stretch = np.array([STRETCH, 1 / STRETCH])
    return separate(at * (stretch[::-1] if narrow else stretch) * SPACING * (len(radii) / np.pi) ** 0.5, radii + ROOM / 2)


def _evened(at: Array) -> Array:
    """Let the crowded middle take room from the rim: the n-th nearest to the middle goes as far as it is in an even disc of radius 1."""
    middle = at - np.median(at, axis=0)
    distance = np.hypot(middle[:, 0], middle[:, 1])
    rank = np.empty(len(at))
    rank[np.argsort(distance, kind="stable")] = np.arange(1, len(at) + 1)
    evened: Array = middle / np.maximum(distance, 1e-9)[:, None] * ((rank / len(at)) ** 0.5)[:, None]
    return evened


def _springs(count: int, ties: Links) -> Array:
    """Return positions by Fruchterman and Reingold; a large part starts from where its clusters came to lie."""
    start = None
    if count > COARSE:
        cluster = _clusters(count, ties)
        fewer = int(cluster.max()) + 1
        if fewer < 0.9 * count:
            between = cluster[ties]
            between = np.unique(np.sort(between[between[:, 0] != between[:, 1]], axis=1), axis=0)
            start = _springs(fewer, between)[cluster] + np.random.default_rng(SEED).normal(0, 0.5 * count**-0.5, (count, 2))
    graph = rustworkx.PyGraph(multigraph=False)
    graph.add_nodes_from(range(count))
    graph.add_edges_from_no_data([(a, b) for a, b in ties.tolist()])
    steps = int(np.clip(PAIRS / count**2, 2, STEPS))
    first = None if start is None else dict(enumerate(start.tolist()))
    found = rustworkx.spring_layout(graph, pos=first, num_iter=steps, seed=SEED)
    return np.array([found[index] for index in range(count)])


def _clusters(count: int, ties: Links) -> Links:
    """Return a cluster's number for each node: those with most ties take their leaves and up to three others."""
    neighbours: list[list[int]] = [[] for _ in range(count)]
    for a, b in ties.tolist():
        neighbours[a].append(b)
        neighbours[b].append(a)
    cluster = np.full(count, -1, dtype=np.intp)
    number = 0
    for centre in sorted(range(count), key=lambda index: (-len(neighbours[index]), index)):
        if cluster[centre] >= 0:
            continue
        free = [index for index in neighbours[centre] if cluster[index] < 0]
        leaves = [index for index in free if len(neighbours[index]) == 1]
        others = [index for index in free if len(neighbours[index]) > 1][:3]
        cluster[[centre, *leaves, *others]] = number
        number += 1
    return cluster


def _leanings(guests: Sequence[Guest], part: Links) -> Array:
    """Return -1 for who sits left at a table, 1 for who sits right, 0 for everybody else."""
    lanes = [guests[index].lane for index in part]
    leanings: Array = np.array([float(lane.startswith("right ")) - float(lane.startswith("left ")) for lane in lanes])
    return leanings


def _turned(at: Array, leanings: Array, *, narrow: bool) -> Array:
    """Lay the longer way along the frame's, and the first side left."""
    middle = at - at.mean(axis=0)
    _, axes = np.linalg.eigh(np.cov(middle.T) + np.diag([1e-6, 0.0]))
    turned: Array = middle @ axes if narrow else middle @ axes[:, ::-1]
    if float(turned[:, 0] @ leanings) < 0:
        turned[:, 0] *= -1
    return turned


def _rows(radii: Array, beside: Array | None, frame: tuple[float, float]) -> Array:
    """Seat who has no tie in close rows: a band along the edge of the largest part where it costs least; alone in the frame's shape."""
    cell = 2 * float(radii.max()) + CLOSE
    across = (len(radii) * frame[0] / frame[1]) ** 0.5
    if beside is not None:
        wide, high = (ALONG * float(side) / cell for side in beside)
        below, aside = (beside[0], beside[1] + len(radii) / wide * cell), (beside[0] + len(radii) / high * cell, beside[1])
        drawn = [min(frame[0] / size[0], frame[1] / size[1]) for size in (below, aside)]
        across = wide if drawn[0] >= drawn[1] else len(radii) / high
    columns = int(np.clip(np.ceil(across), 1, len(radii)))
    index = np.arange(len(radii))
    seats = np.stack([index % columns, index // columns], axis=1).astype(np.float64)
    return seats * cell


def _together(parts: Sequence[Links], placed: Sequence[Array], radii: Array, frame: tuple[float, float]) -> Array:
    """Pack the parts around the first and centre all."""
    lows = [(at - radii[part][:, None]).min(axis=0) - ROOM for part, at in zip(parts, placed, strict=True)]
    highs = [(at + radii[part][:, None]).max(axis=0) + ROOM for part, at in zip(parts, placed, strict=True)]
    sizes = [(float(high[0] - low[0]), float(high[1] - low[1])) for low, high in zip(lows, highs, strict=True)]
    found = np.zeros((len(radii), 2))
    for part, at, low, (left, top), size in zip(parts, placed, lows, pack(sizes, frame), sizes, strict=True):
        # The other way round: what comes last, as who has no tie, is then right of the middle and not under the small picture.
        found[part] = at - low + (-left - size[0], top)
    centred: Array = found - (found.min(axis=0) + found.max(axis=0)) / 2
    return centred
