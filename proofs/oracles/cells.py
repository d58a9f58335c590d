"""An oracle that marks cells of time open or closed and counts them: for thousands of instants at once.

What a local clock has shown so far carries it: a boundary has happened once the clock has read it or
more, so hours and dates are those of the *latest reading shown*, which stands still while clocks
repeat an hour.
"""

from __future__ import annotations

from math import gcd
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from oracles.plain_desks import DAY, NotCountedError

if TYPE_CHECKING:
    from collections.abc import Collection

    from numpy.typing import NDArray

    from oracles.plain_desks import Week

    Numbers: TypeAlias = NDArray[np.int64]

SECOND = 1_000_000
THURSDAY = 3
"""The weekday of 1 January 1970, if Monday is 0."""


def latest_shown(seconds: Numbers, offsets: Numbers) -> Numbers:
    """Return the latest reading that a clock has shown up to each of some seconds since 1970."""
    return np.maximum.accumulate(seconds + offsets)


def open_cells(shown: Numbers, width: int, week: Week, closed: Collection[int]) -> NDArray[np.bool]:
    """Return whether each cell is open, given what the clock has shown at its beginning.

    Raises `NotCountedError` if an edge of the hours could fall inside a cell of `width` seconds.
    """
    edges = [edge for day in week for span in day for edge in span]
    if gcd(width, *edges) != width or np.any(shown % width):
        raise NotCountedError(f"hours or a clock that turn inside a cell of {width} s")
    marks = np.zeros(7 * DAY // width, dtype=np.bool)
    for weekday, ranges in enumerate(week):
        for start, end in ranges:
            cells = np.arange(start // width, end // width) + weekday * DAY // width
            marks[cells % len(marks)] = True
    found = marks[(shown + THURSDAY * DAY) % (7 * DAY) // width]
    return found & ~np.isin(shown // DAY, [*closed])


class Cells:
    """Cells of `width` microseconds from `begin` on; instants are microseconds since 1970.

    Raises `IndexError` for a question that reaches past the cells: no answer is made up.
    """

    def __init__(self, begin: int, width: int, is_open: NDArray[np.bool]) -> None:
        self.begin, self.width, self._open = begin, width, is_open
        self._before = np.concatenate([[0], np.cumsum(is_open, dtype=np.int64)])

    def is_open(self, at: Numbers) -> NDArray[np.bool]:
        """Return whether it is open at each instant."""
        return self._open[self._cell(at)]

    def open_time(self, at: Numbers) -> Numbers:
        """Return the open time from the first cell to each instant."""
        cell = self._cell(at)
        into = np.where(self._open[cell], (at - self.begin) % self.width, 0)
        return self._before[cell] * self.width + into

    def next_open(self, at: Numbers) -> Numbers:
        """Return the earliest open instants at or after `at`."""
        cell = self._cell(at)
        following = self._found(np.searchsorted(self._before, self._before[cell] + 1) - 1)
        return np.where(self._open[cell], at, self.begin + following * self.width)

    def add(self, at: Numbers, amount: int) -> Numbers:
        """Return the earliest instants by which so much open time has passed since `at`."""
        if not amount:
            return at
        wanted = self.open_time(at) + amount
        # The last cell before which too little has passed: it is open, and the rest is in it.
        cell = self._found(np.searchsorted(self._before, -(-wanted // self.width)) - 1)
        return self.begin + cell * self.width + wanted - self._before[cell] * self.width

    def subtract(self, at: Numbers, amount: int) -> Numbers:
        """Return the latest instants from which so much open time passes until `at`."""
        if not amount:
            return at
        wanted = self.open_time(at) - amount
        if np.any(wanted < 0):
            raise IndexError("before the first cell")
        # The last cell up to which not too much has passed: more has after it, so it is open.
        cell = self._found(np.searchsorted(self._before, wanted // self.width, side="right") - 1)
        return self.begin + cell * self.width + wanted - self._before[cell] * self.width

    def _cell(self, at: Numbers) -> Numbers:
        return self._found((at - self.begin) // self.width)

    def _found(self, cell: Numbers) -> Numbers:
        if np.any(cell < 0) or np.any(cell >= len(self._open)):
            raise IndexError("past the cells")
        return cell
