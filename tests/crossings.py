"""What makes a picture hard to follow, counted on the curves as they are drawn: fans that cross, lines over foreign glyphs."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from visualizer.bends import curve
from visualizer.layout import Arrangement
from visualizer.seats import Array, Guest

# Points on a curve; so near to an end that a glyph or an arrow covers it, a crossing is not seen.
STEPS, HIDDEN = 33, 30.0


@dataclass(frozen=True)
class Faults:
    """How often lines of one hub cross each other, how often any lines cross, how many lines pass through how many foreign glyphs."""

    fans: int
    crossings: int
    glyphs: int


def faults(guests: Sequence[Guest], links: Sequence[tuple[str, str]], arrangement: Arrangement) -> Faults:
    """Count the faults of an arrangement."""
    place = {guest.id: index for index, guest in enumerate(guests)}
    at = np.array([arrangement.positions[guest.id] for guest in guests])
    radii = np.array([guest.box.radius for guest in guests])
    known = [(place[start], place[end], bend) for (start, end), bend in zip(links, arrangement.bends, strict=True) if start != end]
    ends = np.array([(start, end) for start, end, _ in known])
    curves = np.concatenate([curve(at[[start]], at[[end]], bend, STEPS) for start, end, bend in known])
    own = (ends[:, :1] == np.arange(len(guests))) | (ends[:, 1:] == np.arange(len(guests)))
    near = np.hypot(*np.moveaxis(curves[:, :, None] - at, -1, 0)).min(axis=1) < radii
    fans = crossings = 0
    for one in range(len(known)):
        for other in range(one):
            shared = set(ends[one].tolist()) & set(ends[other].tolist())
            if len(shared) == 2:
                continue
            seen = meetings(curves[one], curves[other])
            hidden = [np.hypot(*(seen - at[end]).T) < HIDDEN for end in shared]
            count = len(seen) - int(sum(mask.sum() for mask in hidden))
            crossings += count
            fans += count if shared else 0
    return Faults(fans, crossings, int((near & ~own).sum()))


def meetings(one: Array, other: Array) -> Array:
    """Return the points (n, 2) at which two curves of straight pieces meet."""
    start, way = one[:-1, None], np.diff(one, axis=0)[:, None]
    begin, turn = other[None, :-1], np.diff(other, axis=0)[None]
    size = way[..., 0] * turn[..., 1] - way[..., 1] * turn[..., 0]
    size = np.where(np.abs(size) < 1e-9, np.inf, size)
    between = begin - start
    along = (between[..., 0] * turn[..., 1] - between[..., 1] * turn[..., 0]) / size
    across = (between[..., 0] * way[..., 1] - between[..., 1] * way[..., 0]) / size
    met = (along > 0) & (along <= 1) & (across > 0) & (across <= 1)
    points: Array = (start + along[..., None] * way)[met]
    return points
