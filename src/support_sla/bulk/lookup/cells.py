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
    """`count` cells of one `width` for each line, from `starts` on, and one more for what lies outside.

    `steps` is the most rows that begin inside a cell of any line, after its left edge. A grid may
    begin one unit after its rows and end before them; what it leaves out must be searched for.
    """

    starts: tuple[int, ...]
    width: int
    count: int
    steps: int

    @classmethod
    def of(cls, lines: Sequence[Rows]) -> tuple[Grid, list[Rows]]:
        """Return the widest grid for lines that begin and end together, and their rows on it."""
        start, end = int(lines[0].begins[0]), lines[0].end
        most = max(min(MOST_CELLS, MOST_CELLS_OF_ALL // len(lines)), 2)
        width, starts, on_grid = end - start, [], []
        for rows in lines:
            width, origin, begins = _widest(rows, width)
            starts.append(origin)
            on_grid.append(rows.taken(np.arange(len(rows)), begins))
        if width >= 2 and (end - start) // width <= most:
            return cls(tuple(starts), width, (end - max(starts)) // width, 0), on_grid
        gaps = min(int(np.diff(rows.begins, append=end).min()) for rows in lines)
        width = max(gaps, -(-(end - start) // most), 2)
        steps = max(_most_inside(rows.begins - start, width) for rows in lines)
        return cls((start,) * len(lines), width, (end - start) // width, steps), list(lines)

    def holds(self, first: int, last: int) -> bool:
        """Whether two instants lie in the cells of every line."""
        end = min(self.starts) + self.count * self.width
        return max(self.starts) <= first and last < end

    def is_row_by_row(self, start: int, end: int) -> bool:
        """Whether from `start` to before `end` each cell lies in one row, and nothing is left out."""
        whole = {*self.starts} == {start} and start + self.count * self.width == end
        return whole and not self.steps

    def edges(self, line: int) -> Int64s:
        """Return the left edge of each cell of a line."""
        return self.starts[line] + self.width * np.arange(self.count, dtype=np.int64)

    def first_rows(self, line: int, rows: Rows) -> Int64s:
        """Return the row at the left edge of each cell of a line, and that of what lies outside."""
        from_cell = -((self.starts[line] - rows.begins) // self.width)
        edges = np.append(np.clip(from_cell, 0, self.count), self.count)
        return np.append(np.repeat(np.arange(len(rows)), edges[1:] - edges[:-1]), len(rows))


def _widest(rows: Rows, width: int) -> tuple[int, int, Int64s]:
    """Return the widest cells that no row cuts and that divide `width`, their start, and the rows' begins.

    Most corners of a due instant lie one unit after those of a calendar: a grid may begin there too.
    """
    start, span = int(rows.begins[0]), rows.end - int(rows.begins[0])
    best = 0, start, rows.begins
    for origin in (start, start + 1):
        for begins in (rows.begins, _moved(rows, origin, -1), _moved(rows, origin, 1)):
            found = int(np.gcd.reduce(begins[1:] - origin, initial=width))
            if found > best[0] and (origin == start or span // found >= FEWEST_CELLS):
                best = found, origin, begins
    return best


def _most_inside(corners: Int64s, width: int) -> int:
    """Return the most corners that lie inside one cell, not at its left edge."""
    return int(np.bincount(corners[corners % width > 0] // width, minlength=1).max())


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
