"""A local clock reads every local time as Python's `datetime` does, or says why it cannot."""

from __future__ import annotations

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

import pytest

from support_sla.strategies import ZONES

np = pytest.importorskip("numpy")

from looked_up import looked_up  # noqa: E402  needs numpy
from support_sla.bulk.lookup.local import LocalClock  # noqa: E402
from support_sla.bulk.lookup.lookup import Lookup  # noqa: E402
from support_sla.bulk.lookup.rows import REPEATED, SKIPPED  # noqa: E402

WALL = dt.datetime(1970, 1, 1)
SECOND = dt.timedelta(seconds=1)
YEARS = 2005, 2030
START, END = (int((dt.datetime(year, 1, 1) - WALL) / SECOND) for year in (YEARS[0], YEARS[1] + 1))

EVERY = [
    pytest.param(name, marks=() if name in ZONES else pytest.mark.slow)
    for name in sorted(available_timezones() | {*ZONES})
]


def times_around_changes(clock: LocalClock) -> Any:
    """Return local times before, at and after both readings of each change of a clock."""
    changes = np.concatenate([clock.starts + offset for offset in np.unique(clock.offsets)])
    near = np.concatenate([changes + move for move in (-3_601, -1, 0, 1, 1_799, 3_599)])
    return np.unique(near[(near >= START) & (near < END)])


def read(zone: dt.tzinfo, number: int, fold: int | None) -> tuple[int | None, int]:
    """Return the instant of a local time and what is told of it, by Python."""
    local = (WALL + number * SECOND).replace(tzinfo=zone, fold=fold or 0)
    one, two = (local.replace(fold=each).utcoffset() or dt.timedelta(0) for each in (0, 1))
    if fold is None and one != two:
        return None, SKIPPED if one < two else REPEATED
    return int((local - dt.datetime(1970, 1, 1, tzinfo=dt.UTC)) / SECOND), 0


@pytest.mark.parametrize("name", EVERY)
def test_local_times_around_every_change_are_read_as_by_python(name: str) -> None:
    zone = ZoneInfo(name)
    for fold in (None, 0, 1):
        clock = LocalClock.of(zone, *YEARS, "s", fold)
        at = times_around_changes(clock)
        found = looked_up(Lookup.of([clock.to_utc(START, END)]), at)
        expected = [read(zone, number, fold) for number in at.tolist()]
        got = [(None if told < 0 else instant, told) for instant, told in found]
        assert got == expected


@pytest.mark.parametrize("name", ZONES)
def test_instants_around_every_change_are_shown_as_by_python(name: str) -> None:
    zone = ZoneInfo(name)
    clock = LocalClock.of(zone, *YEARS, "s")
    near = np.concatenate([clock.starts + move for move in (-1, 0, 1)])
    at = near[(near >= START) & (near < END)]
    found = [row[0] for row in looked_up(Lookup.of([clock.to_local(START, END)]), at)]
    expected = [
        int((dt.datetime.fromtimestamp(number, zone).replace(tzinfo=None) - WALL) / SECOND)
        for number in at.tolist()
    ]
    assert found == expected
