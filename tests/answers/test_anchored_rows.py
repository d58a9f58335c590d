"""Where rows have an anchor: never where the local clock changes before the answer, else always."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise, product
from zoneinfo import ZoneInfo

import pytest

from builders import rule_data
from support_sla import Target
from support_sla.answers.anchored_rows import NO_ROWS, AnchoredRows, _cut
from support_sla.answers.table.rows import Row
from support_sla.clock.wall_clock import WallClock

CLOCKS = {
    "no change": WallClock((-99,), (3,), ()),
    "forward": WallClock((-99, 12), (3, 6), (15,)),
    "back": WallClock((-99, 12), (3, 1), (15,)),
    "forward and back": WallClock((-99, 8, 14), (0, 2, 0), (8, 16)),
    "back and forward": WallClock((-99, 8, 14), (2, 0, 2), (10, 14)),
    "before": WallClock((-99, 2), (4, 0), (6,)),
    "before and after": WallClock((-99, 2, 9), (4, 0, 2), (6, 9)),
    "back twice": WallClock((-99, 7, 13), (6, 3, 1), (13, 16)),
    "forward twice": WallClock((-99, 7, 13), (0, 3, 5), (7, 16)),
    "from its first run on": WallClock((9,), (3,), ()),
}
ROWS = [
    Row(begin, rule, begin + starts, None, None, begin + due, after)
    for begin, rule, starts, due, after in product((5, 6), (0, -1), (0, 3), (-2, 0, 2), (0, 1, 4))
]


def holds(wall: WallClock, at: int, reach: int) -> bool:
    """Whether one offset holds from a submission as far as an answer reaches, and no hour is repeated."""
    if len({wall.offset(u) for u in range(at, at + reach + 1)}) > 1:
        return False
    shown = at + wall.offset(at)
    return not any(shown == u + wall.offset(u) for u in range(at - 30, at))


@pytest.mark.parametrize("wall", CLOCKS.values(), ids=CLOCKS)
def test_a_row_is_cut_where_its_anchor_begins_and_ceases_to_hold(wall: WallClock) -> None:
    for row, stop in product(ROWS, (7, 12, 20)):
        parts = _cut(row, stop, wall)
        assert parts[0][0] == row.begin
        assert all(one[0] <= two[0] for one, two in pairwise(parts))
        assert all(begin < stop for begin, _ in parts)
        furthest = max(max(row.begin, row.due_from) + row.due_after, row.starts_from)
        for at in range(row.begin, stop):
            (*_, anchored) = [anchored for begin, anchored in parts if begin <= at]
            assert anchored == (row.rule >= 0 and holds(wall, at, furthest - row.begin))


PARIS = ZoneInfo("Europe/Paris")
MICROS = 1_000_000
TARGET = Target(**rule_data(earliest="30m"))
HOUR = 3_600 * MICROS


def rows_of(year: int) -> tuple[AnchoredRows, WallClock]:
    """Return the rows of a local year, all due an hour after a submission, no earlier than half of one."""
    wall = WallClock.of(PARIS, year, year)
    start, end = (wall.midnight((dt.date(y, 1, 1) - EPOCH).days) for y in (year, year + 1))
    row = Row(start, 0, start, start, HOUR // 2, start, HOUR)
    return AnchoredRows.of(year, [row], end, wall), wall


EPOCH = dt.date(1970, 1, 1)


def test_the_rows_of_a_year_end_with_it_and_are_cut_at_its_two_changes() -> None:
    rows, _ = rows_of(2026)
    begins = [dt.datetime(1970, 1, 1) + begin for begin in rows.begins[1:]]
    assert begins == [
        dt.datetime(2025, 12, 31, 23),
        dt.datetime(2026, 3, 29),
        dt.datetime(2026, 3, 29, 1),
        dt.datetime(2026, 10, 25),
        dt.datetime(2026, 10, 25, 2),
        dt.datetime(2026, 12, 31, 23),
    ]
    assert [row is not None for row in rows.rows] == [False, True, False, True, False, True, False]
    assert (rows.first_year, rows.last_year, rows.anchored) == (2026, 2026, [None] * 7)


def test_joined_rows_are_those_of_both_years_without_the_end_between_them() -> None:
    (one, _), (two, _) = rows_of(2026), rows_of(2027)
    both = one.joined(two)
    assert (both.first_year, both.last_year) == (2026, 2027)
    assert both.begins == [*one.begins[:-1], *two.begins[1:]]
    assert both.rows == [*one.rows[:-1], *two.rows[1:]]
    assert len(both.anchored) == len(both.rows) == len(both.begins)
    assert NO_ROWS.begins == one.begins[:1]


def test_an_anchored_row_gives_local_instants_and_is_kept() -> None:
    rows, wall = rows_of(2026)
    assert rows.fill(0, PARIS, wall, [TARGET]) is None
    for place, offset in ((1, 1), (3, 2), (5, 1)):
        made = rows.fill(place, PARIS, wall, [TARGET])
        assert made is rows.anchored[place]
        assert made is not None
        anchor = dt.datetime(1970, 1, 1, offset, tzinfo=PARIS)
        half = dt.timedelta(minutes=30)
        assert (made.submitted, made.earliest, made.due) == (
            anchor,
            anchor + half,
            anchor + 2 * half,
        )
        assert made.target is TARGET
