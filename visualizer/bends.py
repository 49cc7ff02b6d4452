"""How lines bend: around glyphs and labels that they have nothing to do with, and so that they cross as little as they can."""

import numpy as np

from visualizer.seating import Links, Mask, Table, aside
from visualizer.seats import Array

# Both signs of each size are tried; the straight line first, so that it wins where nothing speaks against it.
BENDS = (0.0, *(sign * size for size in (0.03, 0.06, 0.09, 0.12, 0.15, 0.18, 0.21, 0.24, 0.28, 0.32, 0.36, 0.4) for sign in (1, -1)))
PARALLEL = 0.14
# What a bend costs: passing through a glyph, over a label, leaving the picture, crossing a line of the same hub, any other, and bending.
GLYPH, LABEL, OUTSIDE, FAN, TANGLE, CURVED = 20.0, 0.8, 25.0, 6.0, 0.4, 3.0
# Room between a line and a glyph; points of a curve when crossings are looked for.
ROOM, STEPS = 4.0, 7
# No curve stands higher above its link than this share of the link's length.
REACH = 0.42
# How many bends of a link, the cheapest by what they pass, are held against the other links.
TRIED = 10
# Up to so many links all crossings count, beyond only those of the same hub; how often each link chooses anew.
UNTANGLED, TURNS = 190, 2


def bends_of(table: Table) -> list[float]:
    """Choose each link's bend: links between the same two part, any other passes over and crosses as little as it can."""
    ends = table.ends
    if not len(ends):
        return []
    cost = _passed(table) + CURVED * np.abs(BENDS)[:, None]
    parallel = _parallel(ends, cost)
    free = np.isnan(parallel)
    chosen = np.where(free, cost.argmin(axis=0), np.abs(np.array(BENDS)[:, None] - np.nan_to_num(parallel)).argmin(axis=0))
    chosen = _untangled(table, cost, chosen, np.flatnonzero(free))
    return [round(float(bend), 3) for bend in np.where(free, np.array(BENDS)[chosen], parallel)]


def quiet_bends_of(table: Table, ends: Links) -> list[float]:
    """Choose bends for links that are drawn only now and then, by what they pass over."""
    if not len(ends):
        return []
    aside = table.also(ends)
    cost = _passed(aside) + CURVED * np.abs(BENDS)[:, None]
    return [BENDS[at] for at in cost.argmin(axis=0).tolist()]


def curve(start: Array, stop: Array, bend: float, steps: int = 15) -> Array:
    """Return points (m, steps, 2) on the curves that vis-network draws as curvedCW with this roundness.

    The control point is the one of vis-network's `_getViaCoordinates`, a negative bend being its curvedCCW.
    """
    t = np.linspace(0.04, 0.96, steps)[None, :, None]
    way = stop - start
    turn = bend * np.pi / 2
    across = np.stack([way[:, 1], -way[:, 0]], axis=1)
    control = start + (0.5 + abs(bend) / 2) * (np.cos(turn) * way + np.sin(turn) * across)
    points: Array = (1 - t) ** 2 * start[:, None] + 2 * t * (1 - t) * control[:, None] + t**2 * stop[:, None]
    return points


def _passed(table: Table) -> Array:
    """What each link (columns) costs with each bend (rows) for what it passes over."""
    start, stop = table.at[table.ends[:, 0]], table.at[table.ends[:, 1]]
    labels = np.stack([table.high[:, 0], (table.high[:, 1] - table.radii) / 2], axis=1)
    below = table.at + np.stack([np.zeros(len(table.at)), table.radii + labels[:, 1]], axis=1)
    cost = GLYPH * _over(start, stop, (table.at, table.radii[:, None] + ROOM), ~table.own)
    cost += LABEL * _over(start, stop, (below, labels), ~table.own)
    points = np.stack([curve(start, stop, bend, STEPS) for bend in BENDS])
    found: Array = cost + OUTSIDE * ((points < 0) | (points > table.size)).any(axis=(2, 3))
    return found


def _over(start: Array, stop: Array, things: tuple[Array, Array], foreign: Mask) -> Array:
    """Count, by bend (rows) and link (columns), the foreign circles (middle, radius) or boxes (middle, half size) under the curve.

    Seen from its link every curve of a bend is the same, so that how far along a box stands tells how far the curve is from it.
    """
    at, half = things
    way = stop - start
    length = np.maximum(np.hypot(*way.T), 1e-9)[:, None]
    way = way / length
    left = np.stack([way[:, 1], -way[:, 0]], axis=1)
    along = (way @ at.T - (way * start).sum(axis=1)[:, None]) / length
    aside = (left @ at.T - (left * start).sum(axis=1)[:, None]) / length
    beside = foreign & (along > 0) & (along < 1)
    links, boxes = np.nonzero(beside & (np.abs(aside) * length < REACH * length + half.max()))
    along, aside, length = along[links, boxes], aside[links, boxes], length[links, 0]
    found = np.zeros((len(BENDS), len(start)))
    for row, bend in enumerate(BENDS):
        height, slope = _shape(bend, along)
        steep = 1 / np.hypot(1, slope)
        normal = np.abs((left[links] - slope[:, None] * way[links]) * steep[:, None])
        reach = half[boxes, 0] if half.shape[1] == 1 else (normal * half[boxes]).sum(axis=1)
        passes = np.abs(aside - height) * steep * length < reach
        found[row] = np.bincount(links[passes], minlength=len(start))
    return found


def _shape(bend: float, along: Array) -> tuple[Array, Array]:
    """How high a curve of this bend stands above its link, and how steep, at these shares of the link's length, in such lengths."""
    turn, reach = bend * np.pi / 2, 0.5 + abs(bend) / 2
    across, up = reach * np.cos(turn), reach * np.sin(turn)
    t = along / (across + np.sqrt(across * across + (1 - 2 * across) * along))
    return 2 * t * (1 - t) * up, (1 - 2 * t) * up / (across + (1 - 2 * across) * t)


def _untangled(table: Table, cost: Array, chosen: Links, free: Links) -> Links:
    """Let each free link in turn, the longest first, take the bend at which it costs least as the others bend now."""
    start, stop = table.at[table.ends[:, 0]], table.at[table.ends[:, 1]]
    curves = np.stack([curve(start, stop, bend, STEPS) for bend in BENDS])
    best = chosen.copy()
    weight = FAN * _share_one_end(table.ends) + TANGLE * (len(best) <= UNTANGLED)
    np.fill_diagonal(weight, 0.0)
    order = free[np.argsort(-np.hypot(*(stop - start)[free].T), kind="stable")]
    for _ in range(TURNS):
        before = best.copy()
        for link in order:
            others = np.flatnonzero(weight[link])
            tried = np.argsort(cost[:, link], kind="stable")[:TRIED]
            tangle = crossings(curves[tried, link], curves[best[others], others]) @ weight[link, others]
            best[link] = tried[(cost[tried, link] + tangle).argmin()]
        if (best == before).all():
            break
    return best


def crossings(curves: Array, others: Array) -> Array:
    """Count how often each curve (rows) crosses each of the others (columns); all have the same number of points (n, steps, 2)."""
    across = _apart(curves, others) & _apart(others, curves).transpose(2, 3, 0, 1)
    found: Array = across.sum(axis=(1, 3))
    return found


def _apart(curves: Array, others: Array) -> Mask:
    """Between which neighbouring points of the others each piece of a curve, drawn on without end, passes: (n, piece, m, piece)."""
    pieces = curves[:, :-1].reshape(-1, 2), curves[:, 1:].reshape(-1, 2)
    left = aside(*pieces, others.reshape(-1, 2)).reshape(len(curves), curves.shape[1] - 1, len(others), others.shape[1])
    apart: Mask = left[..., 1:] != left[..., :-1]
    return apart


def _share_one_end(ends: Links) -> Mask:
    """Which links (rows) have exactly one end in common with which others (columns)."""
    same = [ends[:, None, one] == ends[None, :, other] for one in (0, 1) for other in (0, 1)]
    shared: Mask = np.sum(same, axis=0) == 1
    return shared


def _parallel(ends: Links, cost: Array | None = None) -> Array:
    """The bends of links between the same two; nan for any other.

    They part evenly; where there are two and it is known what each bend costs, as cheaply as they can.
    """
    bends = np.full(len(ends), np.nan)
    together: dict[tuple[int, int], list[int]] = {}
    for index, (a, b) in enumerate(ends.tolist()):
        together.setdefault((min(a, b), max(a, b)), []).append(index)
    for (low, high), members in together.items():
        if len(members) < 2 or low == high:
            continue
        ways = np.where(ends[members, 0] == low, 1.0, -1.0)
        offsets = (np.arange(len(members)) - (len(members) - 1) / 2) * 2 * PARALLEL
        bends[members] = ways * offsets if cost is None or len(members) > 2 else _pair(cost[:, members], float(ways.prod()))
    return bends


def _pair(cost: Array, way: float) -> Array:
    """The cheapest two bends that are far enough from each other; `way` is -1 for links in opposite directions."""
    bends = np.array(BENDS)
    near = np.abs(bends[:, None] - way * bends[None]) < 2 * PARALLEL - 0.08
    first, second = np.unravel_index(np.where(near, np.inf, cost[:, 0][:, None] + cost[:, 1][None]).argmin(), near.shape)
    return bends[[first, second]]


def part_parallels(ends: Links, chosen: Array) -> tuple[float, ...]:
    """Return the chosen bends, but links between the same two part evenly."""
    parallel = _parallel(ends)
    return tuple(round(float(bend), 3) for bend in np.where(np.isnan(parallel), chosen, parallel))
