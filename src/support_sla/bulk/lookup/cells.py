"""How the span of rows is cut into cells of one width, so that a division finds the row.

If every row begins on one grid, each cell lies in one row. Else a cell names the row at its left
edge, and as many steps as rows begin inside one cell lead to the right one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from support_sla.bulk.lookup.rows import Int64s, Rows

if TYPE_CHECKING:
    from collections.abc import Sequence

MOST_CELLS = 2**20
"""The most cells of a line: 8 MB, which still lie in a large cache."""

MOST_CELLS_OF_ALL = 2**22
"""The most cells of all lines together."""

FEWEST_CELLS = 256
"""With fewer cells, one that is left out at the end would be too much of the span."""


@dataclass(frozen=True, slots=True)
class Grid:
    """Cells of one `width` from `start` on: `count` of them, and one more for what lies outside.

    `steps` is the most rows that begin inside a cell of any line, after its left edge. A grid may
    begin one unit after the rows and end a cell before them; what it leaves out must be searched for.
    """

    start: int
    width: int
    count: int
    steps: int
    is_whole: bool
    """Whether no row begins inside a cell and no cell is left out."""

    @classmethod
    def of(cls, lines: Sequence[Rows]) -> tuple[Grid, list[Rows]]:
        """Return the widest grid for lines that begin and end together, and their rows on it."""
        start, end = int(lines[0].begins[0]), lines[0].end
        most = max(min(MOST_CELLS, MOST_CELLS_OF_ALL // len(lines)), 2)
        best, on_best = 1, list(lines)
        best_origin = start
        for origin in (start, start + 1):
            width, on_grid = _common_width(lines, origin)
            count = (end - origin) // width
            if width > best and count <= most and (origin == start or count >= FEWEST_CELLS):
                best, best_origin, on_best = width, origin, on_grid
        if best > 1:
            count = (end - best_origin) // best
            return cls(best_origin, best, count, 0, best_origin == start), on_best
        gaps = min(int(np.diff(rows.begins, append=end).min()) for rows in lines)
        width = max(gaps, -(-(end - start) // most), 2)
        steps = max(_most_inside(np.append(rows.begins, end) - start, width) for rows in lines)
        return cls(start, width, -(-(end - start) // width), steps, is_whole=False), list(lines)

    @property
    def edges(self) -> Int64s:
        """The left edge of each cell."""
        return self.start + self.width * np.arange(self.count, dtype=np.int64)

    def first_rows(self, rows: Rows) -> Int64s:
        """Return the row at the left edge of each cell, and that of what lies outside."""
        return np.append(rows.begins.searchsorted(self.edges, "right") - 1, len(rows))


def _most_inside(corners: Int64s, width: int) -> int:
    """Return the most corners that lie inside one cell, not at its left edge."""
    return int(np.bincount(corners[corners % width > 0] // width, minlength=1).max())


def _common_width(lines: Sequence[Rows], origin: int) -> tuple[int, list[Rows]]:
    """Return the widest cells from `origin` on that no row of any line cuts, and rows that fit them."""
    width, found = lines[0].end - int(lines[0].begins[0]), []
    for rows in lines:
        ways = [rows.begins, *(_moved(rows, origin, move) for move in (-1, 1))]
        widths = [int(np.gcd.reduce(begins[1:] - origin, initial=width)) for begins in ways]
        width = max(widths)
        found.append(rows.taken(np.arange(len(rows)), ways[widths.index(width)]))
    return width, found


def _moved(rows: Rows, origin: int, move: int) -> Int64s:
    """Return where rows may begin as well: a unit earlier (-1) or later (1), if that is rounder.

    A due instant jumps just after an instant, a rule takes over at one. Where two rows agree on the
    unit beside their corner it does not matter which of them answers it.
    """
    begins, span = rows.begins, rows.end - rows.begins[0]
    at, moved = begins[1:] + min(move, 0), begins[1:] + move
    room = np.diff(begins, append=rows.end) > 1
    agree = (rows.told[1:] == rows.told[:-1]) & room[1:] & room[:-1]
    for wait, after in zip(rows.waits, rows.afters, strict=True):
        agree &= np.maximum(at, wait[1:]) + after[1:] == np.maximum(at, wait[:-1]) + after[:-1]
    may = np.flatnonzero(agree)
    rounder = np.gcd(moved[may] - origin, span) > np.gcd(begins[1:][may] - origin, span)
    found = begins.copy()
    found[1:][may[rounder]] = moved[may[rounder]]
    return found
