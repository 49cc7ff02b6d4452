"""The seats of the negotiating table: lanes of kinds and sides become columns and rows with a place for each node."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import ceil

import numpy as np

from visualizer.boxes import GAP, Box

Array = np.ndarray[tuple[int, ...], np.dtype[np.float64]]
# The stage of a window of 1440 by 900 and of a phone of 390 by 844, in pixels.
WIDE_FRAME = (1190.0, 820.0)
NARROW_FRAME = (390.0, 640.0)
# Columns are shifted against their neighbours by this part of a cell, so that level lines find a way between glyphs.
SHIFT = 0.25
TOP_TO_BOTTOM = (
    *("left organisations", "left people", "third", "spine", "flank"),
    *("issues", "right people", "right organisations"),
)


@dataclass(frozen=True)
class Guest:
    """A node to be seated: its lane of the table, its box, its time as the ordinal of a day.

    Lanes: `left people`, `left organisations` and the same right; `spine` for talks and what came of them, by day; `flank`
    for what happened around them; `third` above, any other lane below.
    """

    id: str
    lane: str
    box: Box
    time: float | None = None


@dataclass
class Plan:
    """A picture's seats: `positions` (n, 2) of guests, `size`, and by lane the indices of guests who may change places."""

    positions: Array
    size: tuple[float, float] = (0.0, 0.0)
    groups: dict[str, list[int]] = field(default_factory=dict)


@dataclass(frozen=True)
class _Shape:
    """A way to divide a wide picture: columns of the spine and of each flank, rows of the middle."""

    spine: int
    flank: int
    rows: int


def lanes_of(guests: Sequence[Guest]) -> dict[str, list[int]]:
    """Return the indices of guests by lane, those with a time in its order and before the others."""
    lanes: dict[str, list[int]] = {}
    for index in sorted(range(len(guests)), key=lambda at: (guests[at].time is None, guests[at].time or 0, guests[at].id)):
        lanes.setdefault(guests[index].lane, []).append(index)
    return lanes


def cell_of(guests: Sequence[Guest]) -> tuple[float, float]:
    """Return width and height of a seat that holds any of the guests."""
    return max(guest.box.width for guest in guests) + GAP, max(guest.box.height for guest in guests) + GAP


def narrow_plan(guests: Sequence[Guest]) -> Plan:
    """Seat guests in rows from top to bottom: the left side, third parties, talks, what happened around, issues, the right side.

    Tries three to six seats a row and keeps what is drawn largest in the frame.
    """
    plans = [_narrow(guests, columns) for columns in range(3, 7)]
    return max(plans, key=lambda plan: min(NARROW_FRAME[0] / plan.size[0], NARROW_FRAME[1] / plan.size[1]))


def _narrow(guests: Sequence[Guest], columns: int) -> Plan:
    lanes, cell = lanes_of(guests), cell_of(guests)
    width = columns * cell[0]
    plan, top = Plan(np.zeros((len(guests), 2))), 0.0
    for name in (*TOP_TO_BOTTOM, *(lane for lane in lanes if lane not in TOP_TO_BOTTOM)):
        top = _rows(plan, (name, lanes.get(name, [])), (0.0, width), top, cell)
    plan.size = (width, top)
    return _stretched(plan, NARROW_FRAME)


def wide_plan(guests: Sequence[Guest]) -> Plan:
    """Seat guests at a table: the sides in columns left and right, organisations outside, talks down the middle by day.

    Tries every division of the middle and keeps the one that is drawn largest in the frame; one column of talks is worth a
    tenth of that, since it reads as a line of time.
    """
    lanes, cell = lanes_of(guests), cell_of(guests)
    spine, flank = len(lanes.get("spine", [])), len(lanes.get("flank", []))
    sides = max((len(members) for name, members in lanes.items() if name.startswith(("left ", "right "))), default=1)
    shapes = [
        _Shape(columns if spine else 0, flanks, max(ceil(spine / columns), ceil(flank / (2 * max(flanks, 1))), min(5, sides)))
        for columns in range(1, 7 if spine else 2)
        for flanks in (range(1, 7) if flank else (0,))
    ]
    plans = [_wide(lanes, cell, len(guests), shape) for shape in shapes]
    drawn = [min(WIDE_FRAME[0] / plan.size[0], WIDE_FRAME[1] / plan.size[1]) for plan in plans]
    return max(zip(plans, shapes, drawn, strict=True), key=lambda one: one[2] * (1.1 if one[1].spine == 1 else 1.0))[0]


def _wide(lanes: dict[str, list[int]], cell: tuple[float, float], count: int, shape: _Shape) -> Plan:
    flank = lanes.get("flank", [])
    half = ceil(len(flank) / 2)
    blocks = [
        *((name, lanes.get(name, []), 0) for name in ("left organisations", "left people")),
        ("flank", flank[:half], shape.flank),
        ("spine", lanes.get("spine", []), shape.spine),
        ("flank", flank[half:], shape.flank),
        *((name, lanes.get(name, []), 0) for name in ("right people", "right organisations")),
    ]
    wide = [columns or ceil(len(members) / shape.rows) for _, members, columns in blocks]
    width = max(sum(wide), 3) * cell[0]
    plan = Plan(np.zeros((count, 2)))
    top = _rows(plan, ("third", lanes.get("third", [])), (0.0, width), 0.0, cell)
    height = (shape.rows + 2 * SHIFT) * cell[1]
    left = (width - sum(wide) * cell[0]) / 2
    for (name, members, _), columns in zip(blocks, wide, strict=True):
        _columns(plan, (name, members), columns, (left, top), (cell[0], height))
        left += columns * cell[0]
    top += height
    for name in sorted(set(lanes) - {name for name, _, _ in blocks} - {"third"}):
        top = _rows(plan, (name, lanes[name]), (0.0, width), top, cell)
    plan.size = (width, top)
    return _stretched(plan, WIDE_FRAME)


def _columns(plan: Plan, lane: tuple[str, list[int]], columns: int, corner: tuple[float, float], size: tuple[float, float]) -> None:
    """Seat a lane row by row in columns from a corner on, each column spread over the height; sizes are a column's."""
    name, members = lane
    width, height = size
    for column in range(columns):
        seated = members[column::columns]
        slack = 2 * SHIFT * height / (max(len(seated), 1) + 2 * SHIFT)
        shift = slack / 2 if columns == 1 else slack * (column % 2)
        for row, index in enumerate(seated):
            plan.positions[index] = (corner[0] + (column + 0.5) * width, corner[1] + shift + (row + 0.5) * (height - slack) / len(seated))
    if members:
        plan.groups.setdefault(name, []).extend(members)


def _rows(plan: Plan, lane: tuple[str, list[int]], span: tuple[float, float], top: float, cell: tuple[float, float]) -> float:
    """Seat a lane in rows from `top` on, spread over the width `span` (left, right); return where the next begins."""
    name, members = lane
    if not members:
        return top
    count = ceil(len(members) / max(1, int((span[1] - span[0] + 1) // cell[0])))
    share = ceil(len(members) / count)
    for row in range(count):
        seated = members[row * share : (row + 1) * share]
        for column, index in enumerate(seated):
            x = span[0] + (column + 0.5) * (span[1] - span[0]) / len(seated)
            plan.positions[index] = (x, top + (row + 0.5) * cell[1])
    plan.groups[name] = members
    return top + count * cell[1]


def _stretched(plan: Plan, frame: tuple[float, float]) -> Plan:
    """Give the picture the frame's proportions by spreading it along the shorter way, so that no box comes closer to another."""
    width, height = plan.size
    ratio = frame[0] / frame[1]
    spread = np.clip([height * ratio / width, width / ratio / height], 1.0, 1.6)
    plan.positions = plan.positions * spread
    plan.size = (float(width * spread[0]), float(height * spread[1]))
    return plan
