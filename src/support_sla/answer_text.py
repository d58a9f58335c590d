"""An answer table as a page that a person can read, one line a row."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from datetime import timedelta
from typing import TYPE_CHECKING

from support_sla.durations import format_duration
from support_sla.instants import from_micros, read_zone
from support_sla.notation import WEEKDAYS

if TYPE_CHECKING:
    from support_sla.answers import AnswerTable

_NANOSECONDS_IN = {"s": 1_000_000_000, "ms": 1_000_000, "us": 1_000, "ns": 1}
_NO_ANSWER = {-1: "no rule matches", -2: "reaches past the covered years"}

_HEAD = """\
{line}, submissions from {start} to {end}
Times are those of {zone}; a day's rule is judged as crossing = {crossing!r}.
Each row holds from its own instant to the next row's. '+3h' counts from the submission;
'We 09:00, then +1h' stands still at We 09:00 until the submission itself, plus 1h, is later.
"""


def describe(table: AnswerTable, start: int, end: int) -> str:
    """Return the rows that answer submissions from `start` to before `end`, in the table's unit."""
    said = [("from", "rule", "counting starts", "earliest", "due")]
    first, last = bisect_right(table.begins, start) - 1, bisect_left(table.begins, end)
    for row in range(first, last):
        begin = max(table.begins[row], start)
        stop = table.begins[row + 1] if row + 1 < last else end
        said.append(_line(table, row, begin, stop))
    widths = [max(map(len, column)) for column in zip(*said, strict=True)]
    lines = ("  ".join(map(str.ljust, cells, widths)).rstrip() for cells in said)
    priority = f" with priority {table.priority!r}" if table.priority else ""
    head = _HEAD.format(
        line=f"{table.department}/{table.channel}{priority}",
        start=_moment(table, start),
        end=_moment(table, end),
        zone=table.zone,
        crossing=table.crossing,
    )
    return "\n".join([head, *lines])


def _line(table: AnswerTable, row: int, begin: int, stop: int) -> tuple[str, str, str, str, str]:
    """Return the cells of one row, for submissions from `begin` to before `stop`."""
    rule = table.rules[row]
    if rule < 0:
        return (_moment(table, begin), _NO_ANSWER[rule], "", "", "")
    earliest, after = table.earliest_from[row], table.earliest_after[row]
    return (
        _moment(table, begin),
        table.targets[rule],
        _said(table, table.starts_from[row], 0, begin, stop),
        "-" if earliest is None else _said(table, earliest, after or 0, begin, stop),
        _said(table, table.due_from[row], table.due_after[row], begin, stop),
    )


def _said(table: AnswerTable, wait: int, after: int, begin: int, stop: int) -> str:
    """Return max(t, wait) + after in words, for t from `begin` to before `stop`."""
    rising = f"+{_amount(table, after)}" if after else "at once"
    if wait <= begin:
        return rising
    still = _moment(table, wait + after)
    return still if wait >= stop - 1 else f"{still}, then {rising}"


def _amount(table: AnswerTable, count: int) -> str:
    micros, nanos = divmod(count * _NANOSECONDS_IN[table.unit], 1_000)
    text = format_duration(timedelta(microseconds=micros))
    return f"{text} and {nanos}ns" if nanos else text


def _moment(table: AnswerTable, at: int) -> str:
    """Return an instant as 'We 2026-02-18 09:00', with as much of the seconds as there is."""
    micros, nanos = divmod(at * _NANOSECONDS_IN[table.unit], 1_000)
    local = from_micros(micros, read_zone(table.zone))
    text = f"{WEEKDAYS[local.weekday()]} {local:%Y-%m-%d %H:%M}"
    if nanos:
        return f"{text}:{local:%S.%f}{nanos:03d}"
    if local.microsecond:
        return f"{text}:{local:%S.%f}"
    return f"{text}:{local:%S}" if local.second else text
