"""The strategies of schedules: all is valid, shrinks as written, and nasty cases are found."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given

from searches import minimal, some
from support_sla import (
    Schedule,
)
from support_sla.strategies import (
    schedules,
)
from support_sla.values.units import DAY

if TYPE_CHECKING:
    from collections.abc import Callable

SCHEDULES = schedules()


def ranges(schedule: Schedule) -> list[tuple[int, int]]:
    return [hours for day in schedule.week for hours in day]


@given(schedules())
def test_every_schedule_is_read_back_from_its_notation(schedule: Schedule) -> None:
    assert schedule == Schedule(str(schedule))


@given(schedules(closed=False))
def test_a_schedule_that_may_not_be_closed_has_hours(schedule: Schedule) -> None:
    assert ranges(schedule)


@given(schedules(overnight=False))
def test_a_schedule_without_nights_ends_each_day_by_midnight(schedule: Schedule) -> None:
    assert all(end <= DAY for _, end in ranges(schedule))


def test_a_schedule_shrinks_to_no_hours_at_all() -> None:
    assert Schedule("off") == minimal(schedules())
    assert Schedule("off") == minimal(schedules(overnight=False))


def test_a_schedule_with_hours_shrinks_to_a_minute_of_monday() -> None:
    assert Schedule("Mo 00:00-00:01") == minimal(schedules(closed=False))


@pytest.mark.parametrize(
    "wanted",
    [
        pytest.param(lambda s: not ranges(s), id="a closed week"),
        pytest.param(lambda s: s.is_always_open, id="24/7"),
        pytest.param(lambda s: any(end > DAY for _, end in ranges(s)), id="a night shift"),
        pytest.param(
            lambda s: any(end == DAY for _, end in ranges(s)) and not s.is_always_open,
            id="an end at 24:00",
        ),
        pytest.param(lambda s: any(start == 0 for start, _ in ranges(s)), id="a start at midnight"),
        pytest.param(lambda s: any(len(day) == 3 for day in s.week), id="three ranges a day"),
        pytest.param(lambda s: any(end % 60 for _, end in ranges(s)), id="seconds"),
        pytest.param(lambda s: any(not day for day in s.week) and ranges(s), id="a closed day"),
        pytest.param(
            lambda s: any(end > DAY for _, end in s.week[6]), id="a Sunday night into Monday"
        ),
    ],
)
def test_every_kind_of_schedule_is_found(wanted: Callable[[Schedule], bool]) -> None:
    assert wanted(some(SCHEDULES, wanted))
