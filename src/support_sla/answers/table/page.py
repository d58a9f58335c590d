"""Rows of an answer table as a page that a person can read, one line for each row."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from support_sla.answers.reigns import BEYOND, NO_RULE
from support_sla.values.amounts.durations import format_duration
from support_sla.values.instants import from_micros
from support_sla.values.units import NANOSECONDS_IN
from support_sla.values.week import WEEKDAYS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from support_sla.answers.table.rows import Row

_NO_ANSWER = {NO_RULE: "no rule matches", BEYOND: "reaches past the covered years"}

_HEAD = """\
{line}, submissions from {start} to {end}
Times are those of {zone}; a day's rule is judged as crossing = {crossing!r}.
Each row holds from its own instant to the next row's. '+3h' counts from the submission;
'We 09:00, then +1h' stands still at We 09:00 until the submission itself, plus 1h, is later.
"""


@dataclass(frozen=True, slots=True)
class Page:
    """What rows are written with: their line, the reading of crossings, unit, zone and targets."""

    line: str
    crossing: str
    unit: str
    zone: dt.tzinfo
    targets: tuple[str, ...]

    def written(self, rows: Iterable[Row], start: int, end: int) -> str:
        """Return the rows in words; the first one begins at `start`, the last ends at `end`."""
        cells = self.cells(list(rows), start, end)
        widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
        lines = ("  ".join(map(str.ljust, each, widths)).rstrip() for each in cells)
        head = _HEAD.format(
            line=self.line,
            start=self._moment(start),
            end=self._moment(end),
            zone=self.zone,
            crossing=self.crossing,
        )
        return "\n".join([head, *lines])

    def cells(self, rows: list[Row], start: int, end: int) -> list[tuple[str, ...]]:
        """Return the heads of the columns, then the columns of each row in words."""
        begins = [start, *(row.begin for row in rows[1:])]
        found: list[tuple[str, ...]] = [("from", "rule", "counting starts", "earliest", "due")]
        for row, begin, stop in zip(rows, begins, [*begins[1:], end], strict=True):
            found.append(self._line(row, begin, stop))
        return found

    def _line(self, row: Row, begin: int, stop: int) -> tuple[str, str, str, str, str]:
        """Return the columns of one row, for submissions from `begin` to before `stop`."""
        if row.rule < 0:
            return (self._moment(begin), _NO_ANSWER[row.rule], "", "", "")
        earliest, after = row.earliest_from, row.earliest_after or 0
        return (
            self._moment(begin),
            self.targets[row.rule],
            self._instant(row.starts_from, 0, begin, stop),
            "-" if earliest is None else self._instant(earliest, after, begin, stop),
            self._instant(row.due_from, row.due_after, begin, stop),
        )

    def _instant(self, wait: int, after: int, begin: int, stop: int) -> str:
        """Return max(t, wait) + after in words, for t from `begin` to before `stop`."""
        rising = f"+{self._amount(after)}" if after else "at once"
        if wait <= begin:
            return rising
        still = self._moment(wait + after)
        return still if wait >= stop - 1 else f"{still}, then {rising}"

    def _amount(self, count: int) -> str:
        micros, nanos = divmod(count * NANOSECONDS_IN[self.unit], 1_000)
        text = format_duration(dt.timedelta(microseconds=micros))
        return f"{text} and {nanos}ns" if nanos else text

    def _moment(self, at: int) -> str:
        """Return an instant as 'We 2026-02-18 09:00', with as much of the seconds as there is."""
        micros, nanos = divmod(at * NANOSECONDS_IN[self.unit], 1_000)
        local = from_micros(micros, self.zone)
        text = f"{WEEKDAYS[local.weekday()]} {local:%Y-%m-%d %H:%M}"
        if nanos:
            return f"{text}:{local:%S.%f}{nanos:03d}"
        if local.microsecond:
            return f"{text}:{local:%S.%f}"
        return f"{text}:{local:%S}" if local.second else text
