"""Packs rectangles around the first and largest, each at the free spot that is nearest to the middle of the frame."""

from collections.abc import Sequence

import numpy as np

from visualizer.seats import Array

Grid = np.ndarray[tuple[int, ...], np.dtype[np.bool_]]
# The longer way of the grid on which free spots are looked for, and how much larger than all rectangles together it is.
CELLS, SPARE = 110, 3.0


def pack(sizes: Sequence[tuple[float, float]], frame: tuple[float, float]) -> list[tuple[float, float]]:
    """Return the corner (left, top) of each rectangle (width, height); none lies on another, all together look like the frame.

    The first stays in the middle, so that it should be the largest. Each other looks at every spot of a grid, which has a
    fixed number of cells: the time is linear in their number.
    """
    if not sizes:
        return []
    cell, shape = _grid(sizes, frame)
    taken: Grid = np.zeros(shape, dtype=bool)
    distance = _distances(shape)
    corners = []
    for width, height in sizes:
        rows, columns = (min(limit, max(1, int(np.ceil(side / cell)))) for limit, side in zip(shape, (height, width), strict=True))
        row, column = _nearest(taken, distance, (rows, columns))
        taken[row : row + rows, column : column + columns] = True
        corners.append((column * cell + (columns * cell - width) / 2, row * cell + (rows * cell - height) / 2))
    return corners


def _grid(sizes: Sequence[tuple[float, float]], frame: tuple[float, float]) -> tuple[float, tuple[int, int]]:
    """Return the side of a cell, and rows and columns of a grid in the frame's proportions that surely has room for all."""
    area = sum(width * height for width, height in sizes)
    ratio = frame[0] / frame[1]
    widest, highest = max(width for width, _ in sizes), max(height for _, height in sizes)
    height = max((SPARE * area / ratio) ** 0.5, highest, widest / ratio)
    cell = max(height, height * ratio) / CELLS
    # Rectangles grow to whole cells, thin ones by much: with rows for each of them beside the rest nothing can be left over.
    needed = sum(np.ceil(width / cell) * np.ceil(height / cell) for width, height in sizes)
    growth = max(1.0, float(SPARE * needed / CELLS**2 * max(ratio, 1 / ratio)) ** 0.5)
    return cell, (int(np.ceil(growth * height / cell)) + 2, int(np.ceil(growth * height * ratio / cell)) + 2)


def _distances(shape: tuple[int, int]) -> Array:
    """How far each cell's corner is from the middle, measured so that the frame's edges are all equally far."""
    rows, columns = (np.abs(np.arange(count) - (count - 1) / 2) / count for count in shape)
    found: Array = np.hypot(rows[:, None], columns[None])
    return found


def _nearest(taken: Grid, distance: Array, size: tuple[int, int]) -> tuple[int, int]:
    """Return the free spot of this size whose middle is nearest to the grid's; the grid has room by its making."""
    rows, columns = size
    sums = np.zeros((taken.shape[0] + 1, taken.shape[1] + 1), dtype=np.int64)
    sums[1:, 1:] = taken.cumsum(axis=0).cumsum(axis=1)
    used = sums[rows:, columns:] - sums[:-rows, columns:] - sums[rows:, :-columns] + sums[:-rows, :-columns]
    middles = distance[(rows - 1) // 2 :, (columns - 1) // 2 :][: used.shape[0], : used.shape[1]]
    at = int(np.where(used == 0, middles, np.inf).argmin())
    return at // used.shape[1], at % used.shape[1]
