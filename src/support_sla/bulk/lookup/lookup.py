"""`Lookup`: rows of one or more lines with cells, and the one kernel that answers columns from them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

import numpy as np

from support_sla.bulk.lookup.cells import Grid
from support_sla.bulk.lookup.rows import FOREVER, NEVER, OUTSIDE, Int64s, Rows

if TYPE_CHECKING:
    from collections.abc import Sequence

CHUNK = 32_768
"""How many instants are answered at once: what is worked out for them stays in a core's own cache."""

MOST_ROWS = 2**14
"""The most cells that have rows of their own, so that one look-up less is needed."""

Column: TypeAlias = "np.ndarray[Any, Any]"


class Refused(NamedTuple):
    """The places of instants without an answer, and what is told of each; nulls are not among them."""

    places: Int64s
    told: Int64s


class Scratch:
    """What one thread works in, so that no memory is asked for while a column is answered."""

    __slots__ = ("places", "values")

    def __init__(self, size: int = CHUNK) -> None:
        self.places: Int64s = np.empty(size, np.int64)
        self.values: Int64s = np.empty(size, np.int64)


@dataclass(frozen=True, slots=True)
class Output:
    """One output of every row as `max(t, waits) + afters`: a number stands for a column of it alone.

    `waits` is None where no answer waits, and both are where no answer has this output.
    """

    waits: Int64s | None
    afters: Int64s | int | None

    @classmethod
    def of(cls, waits: Int64s, afters: Int64s, told: Int64s) -> Output:
        """Return the output of rows; in those without an answer it may be anything."""
        answered = told >= 0
        some, added = waits[answered], afters[answered]
        if (some == FOREVER).all():
            return cls(None, None)
        once = int(added[0]) if (added == added[0]).all() and not (some == FOREVER).any() else None
        return cls(None if (some == NEVER).all() else waits, afters if once is None else once)

    def write(self, at: Int64s, places: Int64s, output: Column, values: Int64s) -> None:
        """Write the output of instants in rows; `values` is room for as many."""
        if self.afters is None:
            output.fill(NEVER)
            return
        base = at
        if self.waits is not None:
            base = output if isinstance(self.afters, int) else values
            self.waits.take(places, mode="clip", out=base)
            np.maximum(base, at, out=base)
        if isinstance(self.afters, np.ndarray):
            self.afters.take(places, mode="clip", out=output)
            np.add(output, base, out=output)
        elif self.afters or base is not output:
            np.add(base, np.int64(self.afters), out=output)


@dataclass(frozen=True, slots=True)
class Lookup:
    """Functions of one or more lines over one span, as arrays that are safe to share and to pickle.

    The rows of line k stand from `bases[k]` on, followed by one for what lies outside, and as many
    more as a step may pass. `first` leads from a cell to a row; it is None where each cell has a row
    of its own. `is_whole` says that every instant of the grid has an answer; else `sure` is an output
    that shows which has. `shifts` takes an instant inside all grids to the cells of its line at once.
    """

    grid: Grid
    shifts: Int64s | None
    bases: Int64s
    first: Int64s | None
    begins: Int64s
    told: Column
    outputs: tuple[Output, ...]
    is_whole: bool
    sure: int | None

    @classmethod
    def of(cls, lines: Sequence[Rows]) -> Lookup:
        """Return the look-up of some lines with the same outputs."""
        start = min(int(rows.begins[0]) for rows in lines)
        end = max(rows.end for rows in lines)
        grid, on_grid = Grid.of([rows.reaching(start, end) for rows in lines])
        is_whole = all((rows.told >= 0).all() for rows in on_grid)
        is_row = grid.is_row_by_row(start, end) and (grid.count + 1) * len(lines) <= MOST_ROWS
        first, bases = [], [0]
        for at, rows in enumerate(on_grid):
            cells = grid.first_rows(at, rows)
            cut = rows.taken(cells[:-1], grid.edges(at)) if is_row else rows
            on_grid[at] = cut.reaching(start, end + 1)
            first.append(cells + bases[-1] + bool(grid.steps))
            bases.append(bases[-1] + len(on_grid[at]) + grid.steps)
        columns = [_padded(rows, grid.steps) for rows in on_grid]
        begins, told, *rest = (np.concatenate(column) for column in zip(*columns, strict=True))
        pairs = list(zip(rest[: len(rest) // 2], rest[len(rest) // 2 :], strict=True))
        shows = [
            at for at, (wait, _) in enumerate(pairs) if ((wait == FOREVER) == (told < 0)).all()
        ]
        sure = shows[0] if shows and not is_whole else None
        return cls(
            grid,
            _shifts(grid),
            np.array(bases),
            None if is_row else np.concatenate(first),
            begins,
            told.astype(np.int16),
            tuple(
                Output(*pair) if at == sure else Output.of(*pair, told)
                for at, pair in enumerate(pairs)
            ),
            is_whole,
            sure,
        )

    def answer(
        self,
        at: Int64s,
        line: Column | None,
        outputs: Sequence[Column],
        tell: Column | None,
        scratch: Scratch,
    ) -> Refused | None:
        """Write the outputs of instants, and what is told of them; return those without an answer.

        `line` is the place of each one's line, if there are several. An instant that is `NEVER`, which
        stands for null, has no outputs.
        """
        if not len(at):
            return None
        places, outside = self._places(at, line, scratch)
        self._write(at, places, outputs, tell, scratch.values[: len(at)])
        if not self.is_whole:
            outside = self.sure is None or outputs[self.sure].min() == NEVER
        return self._refused(at, places, outputs) if outside else None

    def search(
        self, at: Int64s, line: Column | None, outputs: Sequence[Column], tell: Column | None
    ) -> Refused | None:
        """Answer as `answer` does, also what its grid leaves out at either end."""
        lines = np.zeros(len(at), np.int64) if line is None else line
        places = np.empty(len(at), np.int64)
        for each in np.unique(lines).tolist():
            own = self.begins[self.bases[each] : self.bases[each + 1]]
            asked = np.flatnonzero(lines == each)
            places[asked] = self.bases[each] + own.searchsorted(at[asked], "right") - 1
            places[asked[at[asked] < own[0]]] = self.bases[each + 1] - 1
        self._write(at, places, outputs, tell, np.empty(len(at), np.int64))
        return self._refused(at, places, outputs)

    def answer_whole(
        self,
        at: Int64s,
        line: Column | None,
        outputs: Sequence[Column],
        scratch: Scratch,
        tell: Column | None = None,
    ) -> Refused | None:
        """Answer as `answer` does, and search for what the grid leaves out."""
        refused = self.answer(at, line, outputs, tell, scratch)
        return refused and self.search_for(refused, at, line, outputs, tell)

    def search_for(
        self,
        refused: Refused,
        at: Int64s,
        line: Column | None,
        outputs: Sequence[Column],
        tell: Column | None,
    ) -> Refused | None:
        """Answer again, by a search, what was told to lie outside; return what still has no answer."""
        places, told = refused.places, refused.told.copy()
        outside = np.flatnonzero(told == OUTSIDE)
        asked = places[outside]
        some = [np.empty(len(asked), np.int64) for _ in outputs]
        reasons = np.empty(len(asked), np.int16)
        self.search(at[asked], None if line is None else line[asked], some, reasons)
        for output, found in zip(outputs, some, strict=True):
            output[asked] = found
        if tell is not None:
            tell[asked] = reasons
        told[outside] = np.minimum(reasons, 0)
        left = told < 0
        return Refused(places[left], told[left]) if left.any() else None

    def _places(self, at: Int64s, line: Column | None, scratch: Scratch) -> tuple[Int64s, bool]:
        """Return the row of each instant, and whether some lie outside the grid, as `NEVER` does.

        What lies before the grid wraps around to the far end of 64 bits, so one comparison with the
        last cell tells what lies on either side.
        """
        size, grid = len(at), self.grid
        places, values = scratch.places[:size], scratch.values[:size]
        own = places if self.first is None else values
        cells, width = own.view(np.uint64), np.uint64(grid.width)
        if line is None or len(grid.starts) == 1:
            np.subtract(at, np.int64(grid.starts[0]), out=own)
            np.floor_divide(cells, width, out=cells)
            outside = bool(cells.max() >= grid.count)
        elif self.shifts is not None and grid.holds(int(at.min()), int(at.max())):
            np.subtract(at, self.shifts.take(line, mode="clip"), out=own)
            np.floor_divide(cells, width, out=cells)
            outside = False
        else:
            np.subtract(at, np.array(grid.starts).take(line, mode="clip"), out=own)
            np.floor_divide(cells, width, out=cells)
            np.minimum(cells, np.uint64(grid.count), out=cells)
            outside = bool(cells.max() == grid.count)
            np.add(own, np.multiply(line, np.int64(grid.count + 1)), out=own)
        if self.first is None:
            return places, outside  # one past the last is clipped to the row for what lies outside
        self.first.take(own, mode="clip", out=places)
        for step in range(grid.steps):  # each from the row after the one that was found so far
            if step:
                places += 1
            self.begins.take(places, mode="wrap", out=values)
            np.subtract(at, values, out=values)
            np.right_shift(values, 63, out=values)
            np.add(places, values, out=places)
        return places, outside

    def _write(
        self,
        at: Int64s,
        places: Int64s,
        outputs: Sequence[Column],
        tell: Column | None,
        values: Int64s,
    ) -> None:
        for each, output in zip(self.outputs, outputs, strict=True):
            each.write(at, places, output, values)
        if tell is not None:
            self.told.take(places, mode="clip", out=tell)

    def _refused(self, at: Int64s, places: Int64s, outputs: Sequence[Column]) -> Refused | None:
        """Empty the outputs of instants without an answer, and return those that are not null."""
        told = self.told.take(places, mode="clip")
        bad = np.flatnonzero(told < 0)
        for output in outputs:
            output[bad] = NEVER
        bad = bad[at[bad] != NEVER]
        return Refused(bad, told[bad]) if len(bad) else None


def _shifts(grid: Grid) -> Int64s | None:
    """Return what to subtract from instants of each line, so that dividing by the width gives its cell.

    The cells of line k are k times as many further on. None for one line, and for what 64 bits do not
    hold.
    """
    lines, cells = len(grid.starts), grid.count + 1
    if lines == 1 or lines * cells * grid.width >= FOREVER:
        return None
    shifts = [start - at * cells * grid.width for at, start in enumerate(grid.starts)]
    return np.array(shifts) if min(shifts) > NEVER else None


def _padded(rows: Rows, steps: int) -> list[Column]:
    """Return the columns of rows whose last one, for what lies outside, is there for each step too."""
    columns = [rows.begins, rows.told, *rows.waits, *rows.afters]
    padded = [np.append(column, np.full(steps, column[-1])) for column in columns]
    padded[0][len(rows) :] = FOREVER
    return padded
