"""A clock at the ends of its years: what it answers with, it also takes; what is too far is refused."""

from __future__ import annotations

import datetime as dt
import pickle
from zoneinfo import ZoneInfo

import pytest

from builders import calendar
from support_sla import (
    Clock,
    InstantOutOfRangeError,
    NeverOpensError,
    Schedule,
    YearsNotCoveredError,
)

HOUR = dt.timedelta(hours=1)
MICROSECOND = dt.timedelta(microseconds=1)
ENDS = dt.datetime(2027, 1, 1, tzinfo=dt.UTC)
UNTIL_2026 = Clock(Schedule("24/7"), timezone="UTC", calendars=[calendar(years=[2025, 2026])])


def test_the_end_of_the_covered_years_is_an_answer_and_a_question() -> None:
    assert ENDS == UNTIL_2026.add(ENDS - HOUR, HOUR)
    assert HOUR == UNTIL_2026.between(ENDS - HOUR, ENDS)
    assert -HOUR == UNTIL_2026.between(ENDS, ENDS - HOUR)
    assert dt.timedelta(0) == UNTIL_2026.between(ENDS, ENDS)
    assert ENDS - HOUR == UNTIL_2026.subtract(ENDS, HOUR)
    assert ((ENDS - HOUR, ENDS),) == UNTIL_2026.periods(ENDS - HOUR, ENDS)


@pytest.mark.parametrize("step", [dt.timedelta(0), MICROSECOND, HOUR])
def test_whether_it_is_open_at_the_end_of_the_covered_years_or_later_is_not_known(
    step: dt.timedelta,
) -> None:
    for question in (UNTIL_2026.is_open, UNTIL_2026.next_open, UNTIL_2026.next_close):
        with pytest.raises(YearsNotCoveredError):
            question(ENDS + step)


def test_an_instant_after_the_end_of_the_covered_years_is_refused() -> None:
    for ask in (UNTIL_2026.between, UNTIL_2026.periods):
        with pytest.raises(YearsNotCoveredError):
            ask(ENDS - HOUR, ENDS + MICROSECOND)
    with pytest.raises(YearsNotCoveredError):
        UNTIL_2026.subtract(ENDS + MICROSECOND, HOUR)
    with pytest.raises(YearsNotCoveredError):
        UNTIL_2026.add(ENDS - HOUR, HOUR + MICROSECOND)


@pytest.mark.parametrize("zone", ["Asia/Ho_Chi_Minh", "America/New_York", "Pacific/Apia"])
def test_the_end_of_the_covered_years_is_midnight_on_the_clock_s_own_wall(zone: str) -> None:
    clock = Clock(Schedule("24/7"), timezone=zone, calendars=[calendar(years=[2025, 2026])])
    ends = dt.datetime(2027, 1, 1, tzinfo=ZoneInfo(zone))
    assert ends == clock.add(ends - HOUR, HOUR)
    assert HOUR == clock.between(ends - HOUR, ends)


@pytest.mark.parametrize("sign", [1, -1])
def test_more_time_than_a_thousand_years_have_is_refused_before_anything_is_compiled(
    sign: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = Clock(Schedule("Mo-Fr 09:00-17:00"), timezone="UTC")
    monkeypatch.setattr(clock._years, "_build", None)
    with pytest.raises(InstantOutOfRangeError, match="more than 1000 at once"):
        clock.add(ENDS, sign * dt.timedelta(days=1_000_000))


def test_what_covers_less_is_said_by_the_calendar_s_name() -> None:
    with pytest.raises(YearsNotCoveredError, match="last covered year 2026"):
        UNTIL_2026.add(ENDS - HOUR, dt.timedelta(days=1_000_000))
    with pytest.raises(NeverOpensError):
        Clock(Schedule("off"), timezone="UTC").add(ENDS, HOUR)


def test_a_question_about_many_centuries_leaves_few_years_behind() -> None:
    clock = Clock(Schedule("Mo 00:00-00:01"), timezone="UTC")
    with pytest.raises(InstantOutOfRangeError):
        clock.add(ENDS, dt.timedelta(days=300))
    first, last, _ = clock._years._held or (0, 0, None)
    assert last - first <= 128


@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
def test_a_clock_of_a_zone_without_the_cache_is_its_own_pickle(protocol: int) -> None:
    clock = Clock(Schedule("24/7"), timezone=ZoneInfo.no_cache("Europe/Paris"))
    copy = pickle.loads(pickle.dumps(clock, protocol))
    assert (clock, hash(clock)) == (copy, hash(copy))
    assert clock == Clock(Schedule("24/7"), timezone="Europe/Paris")
