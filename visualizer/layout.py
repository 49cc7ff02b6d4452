"""Positions, worked out here and not in the browser: seats at the table, improved by swaps, and how each line bends."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from visualizer.seats import Array, Guest, Plan, narrow_plan, wide_plan

Links = np.ndarray[tuple[int, ...], np.dtype[np.intp]]
Mask = np.ndarray[tuple[int, ...], np.dtype[np.bool_]]
SEED = 7
# Swaps that are tried, each pair at most four times; fewer where there are more than 130 links. London's picture no longer changes
# after 700.
SWAPS, LINKS, ROUNDS = 800, 130, 4
# What a picture costs: a unit of length (in cells), two lines that cross, a line over a foreign box, an event out of its order.
CROSSING, OVER_BOX, OUT_OF_ORDER = 1.0, 2.5, 1.2
UNIT = 110.0
BENDS = (0.0, 0.07, -0.07, 0.14, -0.14, 0.22, -0.22, 0.32, -0.32)
PARALLEL = 0.14
# Up to so many links, curves are also kept from crossing each other: what a crossing costs, points on a curve, rounds.
UNTANGLED, TANGLE, STEPS, TURNS = 180, 0.5, 5, 1
# Guests of this lane keep the order of their times; in others it only counts among the costs.
ORDERED = "spine"


@dataclass(frozen=True)
class Arrangement:
    """Glyph centres by id in units of the picture, around (0, 0), and a bend for each link (negative: the other way)."""

    positions: dict[str, tuple[float, float]]
    bends: tuple[float, ...]


def arrange(guests: Sequence[Guest], links: Sequence[tuple[str, str]], *, narrow: bool = False) -> Arrangement:
    """Seat the guests and bend the links. The same guests and links give the same picture.

    Boxes never overlap: each seat is as large as the largest box. 60 guests take about 0.2 s, 150 about 0.4 s.
    """
    if not guests:
        return Arrangement({}, tuple(0.0 for _ in links))
    plan = narrow_plan(guests) if narrow else wide_plan(guests)
    place = {guest.id: index for index, guest in enumerate(guests)}
    ends: Links = np.array([(place[start], place[end]) for start, end in links if start != end], dtype=np.intp).reshape(-1, 2)
    table = _Table(guests, plan, ends)
    table.improve()
    found = (table.at - np.array(plan.size) / 2).round(1).tolist()
    bends = iter(_bends(table))
    return Arrangement(
        {guest.id: (x, y) for guest, (x, y) in zip(guests, found, strict=True)},
        tuple(0.0 if start == end else next(bends) for start, end in links),
    )


class _Table:
    """Guests on their seats `at` (n, 2) and what the picture costs; swaps two of a lane as long as that makes it cheaper."""

    def __init__(self, guests: Sequence[Guest], plan: Plan, ends: Links) -> None:
        self.at = plan.positions
        self.size = np.array(plan.size)
        self.groups = plan.groups
        self.ends = ends
        self.radii = np.array([guest.box.radius for guest in guests])
        half = np.array([guest.box.width / 2 for guest in guests]) + 2
        below = np.array([guest.box.height for guest in guests]) - self.radii + 2
        self.low, self.high = np.stack([-half, -self.radii - 2], axis=1), np.stack([half, below], axis=1)
        self.row = float((self.high[:, 1] - self.low[:, 1]).max()) * 0.6
        ids = np.arange(len(guests))
        self.own: Mask = (ends[:, :1] == ids) | (ends[:, 1:] == ids)
        self.links_of = [np.flatnonzero(self.own[:, index]) for index in ids]
        self.ideal = self._ideal([guest.time for guest in guests])

    def _ideal(self, times: Sequence[float | None]) -> Array:
        """The height of the seat that its time gives a guest, nan without one."""
        ideal = np.full(len(times), np.nan)
        for group in self.groups.values():
            dated = sorted((index for index in group if times[index] is not None), key=lambda index: times[index] or 0)
            ideal[dated] = np.sort(self.at[dated, 1])
        return ideal

    def improve(self) -> None:
        """Start from an order by neighbours, then try seeded random swaps within lanes."""
        if not len(self.ends):
            return
        self._by_neighbours()
        pairs = [
            (group[a], group[b])
            for name, group in self.groups.items()
            for a in range(len(group))
            for b in range(a)
            if name != ORDERED or self._stand_side_by_side(group[a], group[b])
        ]
        if not pairs:
            return
        random = np.random.default_rng(SEED)
        swaps = min(SWAPS, SWAPS * LINKS // len(self.ends), ROUNDS * len(pairs))
        order = [pairs[at] for _ in range(1 + swaps // len(pairs)) for at in random.permutation(len(pairs))]
        for first, second in order[:swaps]:
            self._try(first, second)

    def _stand_side_by_side(self, one: int, other: int) -> bool:
        """Whether two seats are of one row: who sits there may change places without leaving the order of time."""
        return bool(abs(self.at[one, 1] - self.at[other, 1]) < self.row)

    def _by_neighbours(self) -> None:
        """Sort each lane along its longer way by where its members' neighbours sit, three times over."""
        for _ in range(3):
            for name, group in self.groups.items():
                if len(group) < 2 or name == ORDERED:
                    continue
                seats = self.at[group]
                way = int(np.ptp(seats[:, 1]) > np.ptp(seats[:, 0]))
                pull = [self._pull(index, way) for index in group]
                for rank, seat in zip(np.argsort(pull, kind="stable"), seats[np.argsort(seats[:, way], kind="stable")], strict=True):
                    self.at[group[int(rank)]] = seat

    def _pull(self, index: int, way: int) -> float:
        others = self.ends[self.links_of[index]]
        neighbours = np.where(others[:, 0] == index, others[:, 1], others[:, 0])
        return float(self.at[neighbours, way].mean()) if len(neighbours) else float(self.at[index, way])

    def _try(self, first: int, second: int) -> None:
        """Swap two guests if that is cheaper."""
        links = np.concatenate([self.links_of[first], self.links_of[second]])
        if not len(links):
            return
        moved = np.array([first, second])
        swapped = self.at.copy()
        swapped[moved] = self.at[moved[::-1]]
        if self._cost(swapped, links, moved) < self._cost(self.at, links, moved) - 1e-9:
            self.at = swapped

    def _cost(self, at: Array, links: Links, moved: Links) -> float:
        """What some links and the guests that were moved cost with everybody `at` these seats."""
        start, stop = at[self.ends[:, 0]], at[self.ends[:, 1]]
        ours, theirs = start[links], stop[links]
        way = theirs - ours
        length = float(np.sqrt((way * way).sum(axis=1)).sum()) / UNIT
        crossings = np.count_nonzero(_crossing(ours, theirs, start, stop))
        over = np.count_nonzero(self._over(at, (ours, theirs), slice(None)) & ~self.own[links])
        over += np.count_nonzero(self._over(at, (start, stop), moved) & ~self.own[:, moved])
        late = float(np.nansum(np.abs(at[moved, 1] - self.ideal[moved]))) / UNIT
        return length + CROSSING * crossings + OVER_BOX * over + OUT_OF_ORDER * late

    def _over(self, at: Array, lines: tuple[Array, Array], pick: slice | Links) -> Mask:
        """Which straight lines (rows) pass over which guests' boxes (columns)."""
        start, stop = lines
        way = stop - start
        way = 1.0 / np.where(np.abs(way) < 1e-9, 1e-9, way)[:, None, :]
        origin = at[pick][None] - start[:, None]
        one, other = (origin + self.low[pick]) * way, (origin + self.high[pick]) * way
        near, far = np.minimum(one, other), np.maximum(one, other)
        enter, leave = np.maximum(near[..., 0], near[..., 1]), np.minimum(far[..., 0], far[..., 1])
        passes: Mask = (enter < leave) & (leave > 0) & (enter < 1)
        return passes

    def curves_over(self, bend: float) -> Array:
        """Count, a link, the foreign boxes that it passes over with this bend; a glyph counts 8, a label 1, leaving the picture 4."""
        points = curve(self.at[self.ends[:, 0]], self.at[self.ends[:, 1]], bend)
        dx = np.abs(points[:, :, None, 0] - self.at[:, 0])
        dy = points[:, :, None, 1] - self.at[:, 1]
        glyph = (dx < self.radii + 4) & (np.abs(dy) < self.radii + 4)
        label = (dx < self.high[:, 0]) & (dy > 0) & (dy < self.high[:, 1])
        outside = ((points < 0) | (points > self.size)).any(axis=(1, 2))
        counts: Array = 8.0 * (glyph.any(axis=1) & ~self.own).sum(axis=1) + 1.0 * (label.any(axis=1) & ~self.own).sum(axis=1)
        return counts + 4.0 * outside


def _crossing(start: Array, stop: Array, other_start: Array, other_stop: Array) -> Mask:
    """Which of the first links (rows) cross which of the others (columns); links that share an end do not."""
    a, c = start[:, None], other_start[None]
    one, other, between = (stop - start)[:, None], (other_stop - other_start)[None], c - a
    size = one[..., 0] * other[..., 1] - one[..., 1] * other[..., 0]
    size = np.where(np.abs(size) < 1e-9, np.inf, size)
    along = (between[..., 0] * other[..., 1] - between[..., 1] * other[..., 0]) / size
    across = (between[..., 0] * one[..., 1] - between[..., 1] * one[..., 0]) / size
    crossed: Mask = (along > 1e-6) & (along < 1 - 1e-6) & (across > 1e-6) & (across < 1 - 1e-6)
    return crossed


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


def _bends(table: _Table) -> list[float]:
    """Choose each link's bend: links between the same two part evenly, any other passes over and crosses as little as it can."""
    ends = table.ends
    if not len(ends):
        return []
    cost = np.stack([table.curves_over(bend) + 2.5 * abs(bend) for bend in BENDS])
    chosen = cost.argmin(axis=0)
    if len(ends) <= UNTANGLED:
        chosen = _untangled(table, cost, chosen)
    return list(part_parallels(ends, np.array(BENDS)[chosen]))


def _untangled(table: _Table, cost: Array, chosen: Links) -> Links:
    """Let each link in turn take the bend at which its boxes and the curves of the others together cost least, as they bend now."""
    start, stop = table.at[table.ends[:, 0]], table.at[table.ends[:, 1]]
    curves = np.stack([curve(start, stop, bend, STEPS) for bend in BENDS])
    best = chosen.copy()
    count = np.arange(len(best))
    for _ in range(TURNS):
        before = best.copy()
        for link in np.argsort(-np.hypot(*(stop - start).T), kind="stable"):
            others = curves[best, count][count != link]
            mine = curves[:, link]
            crossed = _crossing(
                mine[:, :-1].reshape(-1, 2), mine[:, 1:].reshape(-1, 2), others[:, :-1].reshape(-1, 2), others[:, 1:].reshape(-1, 2)
            )
            tangle = crossed.reshape(len(BENDS), -1).sum(axis=1)
            best[link] = (cost[:, link] + TANGLE * tangle).argmin()
        if (best == before).all():
            break
    return best


def part_parallels(ends: Links, chosen: Array) -> tuple[float, ...]:
    """Return the chosen bends, but links between the same two part evenly."""
    together: dict[tuple[int, int], list[int]] = {}
    for index, (a, b) in enumerate(ends.tolist()):
        together.setdefault((min(a, b), max(a, b)), []).append(index)
    bends = chosen.copy()
    for (low, high), members in together.items():
        for rank, index in enumerate(members if len(members) > 1 and low != high else []):
            offset = (rank - (len(members) - 1) / 2) * 2 * PARALLEL
            bends[index] = offset if ends[index, 0] == low else -offset
    return tuple(round(float(bend), 3) for bend in bends)
