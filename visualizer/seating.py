"""Who takes which seat of a lane: guests change places as long as that makes the picture cheaper to read."""

from collections.abc import Sequence
from copy import copy

import numpy as np

from visualizer.seats import Array, Guest, Plan

Links = np.ndarray[tuple[int, ...], np.dtype[np.intp]]
Mask = np.ndarray[tuple[int, ...], np.dtype[np.bool_]]
# What a picture costs: a unit of length (in cells), two lines that cross, a line over a foreign box, an event out of its order.
CROSSING, OVER_BOX, OUT_OF_ORDER = 1.0, 2.5, 1.2
UNIT = 110.0
# How many pairs of a line that might be and one that is are looked at in all: about 0.2 s; how often each lane has its turn.
WORK, TURNS = 2_000_000, 20
# Guests of this lane keep the order of their times; in others it only counts among the costs.
ORDERED = "spine"


class Table:
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
        self.touching: Mask = (self.own.astype(np.float64) @ self.own.T.astype(np.float64)) > 0
        self.ideal = self._ideal([guest.time for guest in guests])
        self.work = WORK

    def also(self, ends: Links) -> "Table":
        """The same guests on the same seats with other links."""
        other = copy(self)
        ids = np.arange(len(self.at))
        other.ends, other.own = ends, (ends[:, :1] == ids) | (ends[:, 1:] == ids)
        return other

    def _ideal(self, times: Sequence[float | None]) -> Array:
        """The height of the seat that its time gives a guest, nan without one."""
        ideal = np.full(len(times), np.nan)
        for group in self.groups.values():
            dated = sorted((index for index in group if times[index] is not None), key=lambda index: times[index] or 0)
            ideal[dated] = np.sort(self.at[dated, 1])
        return ideal

    def improve(self) -> None:
        """Start from an order by neighbours, then let each lane in turn make the swaps that pay, until none does."""
        if not len(self.ends):
            return
        self._by_neighbours()
        lanes = [(name, np.array(group, dtype=np.intp)) for name, group in self.groups.items() if len(group) > 1]
        settled = 0
        for turn in range(TURNS * len(lanes)):
            settled = 0 if self._improve_lane(*lanes[turn % len(lanes)]) else settled + 1
            if settled == len(lanes) or self.work < 0:
                return

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

    def _improve_lane(self, name: str, group: Links) -> bool:
        """Try the swaps that look cheaper, the best first, each guest once; return whether any was made."""
        pairs = self._side_by_side(group) if name == ORDERED else self._promising(group)
        moved: set[int] = set()
        for one, other in pairs:
            if moved.isdisjoint((one, other)) and self._try(one, other):
                moved |= {one, other}
        return bool(moved)

    def _side_by_side(self, group: Links) -> list[tuple[int, int]]:
        """Pairs whose seats are of one row: they may change places without leaving the order of time."""
        heights = self.at[group, 1]
        near = np.argwhere(np.triu(np.abs(heights[:, None] - heights[None]) < self.row, 1))
        return [(int(group[a]), int(group[b])) for a, b in near]

    def _promising(self, group: Links) -> list[tuple[int, int]]:
        """Pairs that would sit cheaper the other way round if nobody else moved, those that gain most first."""
        costs = self._outlook(group)
        stay = np.diagonal(costs)
        gain = np.triu(costs + costs.T - stay[:, None] - stay[None], 1)
        first, second = np.nonzero(gain < -1e-9)
        order = np.argsort(gain[first, second], kind="stable")
        return [(int(group[first[at]]), int(group[second[at]])) for at in order]

    def _outlook(self, group: Links) -> Array:
        """What each of a lane (rows) would cost at the seat of each (columns), the others staying where they are."""
        count, seats = len(group), self.at[group]
        owner = np.concatenate([np.full(len(self.links_of[one]), at) for at, one in enumerate(group)])
        links = np.concatenate([self.links_of[one] for one in group])
        others = self.ends[links].sum(axis=1) - group[owner]
        self.work -= len(links) * count * len(self.ends)
        start = np.broadcast_to(seats[None], (len(links), count, 2)).reshape(-1, 2)
        stop = np.repeat(self.at[others], count, axis=0)
        length = np.hypot(*(stop - start).T).reshape(-1, count) / UNIT
        lines = self.at[self.ends[:, 0]], self.at[self.ends[:, 1]]
        foreign = ~(self.own[:, group[owner]] | self.own[:, others]).T[:, None] & ~self.own[:, group].T[None]
        crossed = counted(crossing(start, stop, *lines).reshape(-1, count, len(self.ends)) & foreign)
        over = self._over((start, stop), self.at, slice(None)).reshape(-1, count, len(self.at)) & ~self.own[links][:, None]
        over[:, np.arange(count), group] = False
        costs = np.zeros((count, count))
        np.add.at(costs, owner, length + CROSSING * crossed + OVER_BOX * counted(over))
        return costs + OVER_BOX * self._under(group, lines) + OUT_OF_ORDER * self._late(group)

    def _under(self, group: Links, lines: tuple[Array, Array]) -> Array:
        """How many lines would pass over each of a lane (rows) at the seat of each (columns), those of the two left out."""
        count = len(group)
        boxes = np.repeat(group, count)
        over = self._over(lines, np.tile(self.at[group], (count, 1)), boxes).reshape(-1, count, count)
        own = self.own[:, group]
        found: Array = (over & ~own[:, :, None] & ~own[:, None]).sum(axis=0).astype(np.float64)
        return found

    def _late(self, group: Links) -> Array:
        late: Array = np.nan_to_num(np.abs(self.at[group, 1][None] - self.ideal[group][:, None])) / UNIT
        return late

    def _try(self, first: int, second: int) -> bool:
        """Swap two guests if that is cheaper, and tell whether it was."""
        links = np.union1d(self.links_of[first], self.links_of[second])
        if not len(links):
            return False
        moved = np.array([first, second])
        swapped = self.at.copy()
        swapped[moved] = self.at[moved[::-1]]
        self.work -= 2 * len(links) * len(self.ends)
        cheaper = self._cost(swapped, links, moved) < self._cost(self.at, links, moved) - 1e-9
        if cheaper:
            self.at = swapped
        return cheaper

    def _cost(self, at: Array, links: Links, moved: Links) -> float:
        """What some links and the guests that were moved cost with everybody `at` these seats."""
        start, stop = at[self.ends[:, 0]], at[self.ends[:, 1]]
        ours, theirs = start[links], stop[links]
        length = float(np.hypot(*(theirs - ours).T).sum()) / UNIT
        crossed = crossing(ours, theirs, start, stop) & ~self.touching[links]
        # A crossing of two of these links is found from both sides.
        crossings = np.count_nonzero(crossed) - np.count_nonzero(crossed[:, links]) / 2
        over = np.count_nonzero(self._over((ours, theirs), at, slice(None)) & ~self.own[links])
        over += np.count_nonzero(self._over((start, stop), at[moved], moved) & ~self.own[:, moved])
        late = float(np.nansum(np.abs(at[moved, 1] - self.ideal[moved]))) / UNIT
        return length + CROSSING * crossings + OVER_BOX * over + OUT_OF_ORDER * late

    def _over(self, lines: tuple[Array, Array], at: Array, pick: slice | Links) -> Mask:
        """Which straight lines (rows) pass over the boxes of those picked, standing `at` these places (columns)."""
        start, stop = lines
        way = stop - start
        length = np.maximum(np.hypot(*way.T), 1e-9)
        way = way / length[:, None]
        normal = np.stack([-way[:, 1], way[:, 0]], axis=1)
        middle, half = at + (self.low[pick] + self.high[pick]) / 2, (self.high[pick] - self.low[pick]) / 2
        along = way @ middle.T - (way * start).sum(axis=1)[:, None]
        away = normal @ middle.T - (normal * start).sum(axis=1)[:, None]
        passes: Mask = (np.abs(away) < np.abs(normal) @ half.T) & (along > 0) & (along < length[:, None])
        return passes


def counted(mask: Mask) -> Array:
    """Count along the last axis, several times as fast as a sum."""
    found: Array = (mask.astype(np.float32) @ np.ones(mask.shape[-1], dtype=np.float32)).astype(np.float64)
    return found


def crossing(start: Array, stop: Array, other_start: Array, other_stop: Array) -> Mask:
    """Which of the first lines (rows) cross which of the others (columns); of lines that share an end it may say either."""
    theirs = aside(start, stop, other_start) != aside(start, stop, other_stop)
    ours = aside(other_start, other_stop, start) != aside(other_start, other_stop, stop)
    found: Mask = theirs & ours.T
    return found


def aside(start: Array, stop: Array, points: Array) -> Mask:
    """Whether each line (rows) has each point (columns) on its left."""
    way = stop - start
    across = np.stack([-way[:, 1], way[:, 0]], axis=1)
    side = (across * start).sum(axis=1).astype(np.float32)[:, None]
    left: Mask = across.astype(np.float32) @ points.T.astype(np.float32) > side
    return left
