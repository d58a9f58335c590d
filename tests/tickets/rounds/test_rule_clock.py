"""The clock of a rule: its readings, the years it keeps, and where it begins and ceases to tick next."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from builders import calendar_data, policy, rule_data
from support_sla.answers.compiled_line import CompiledLine, asked_of
from support_sla.answers.question import Question
from support_sla.clock.timeline import Timeline
from support_sla.tickets.rounds.rule_clock import RuleClock, earliest, latest, reading
from support_sla.values.instants import to_micros

HOURS = Timeline.of([(2, 5), (8, 9), (12, 16)], start=0, end=20)


def test_a_reading_is_the_open_time_since_the_beginning() -> None:
    assert [reading(HOURS, at) for at in range(20)] == [HOURS.reading(at) for at in range(20)]
    assert [reading(None, at) for at in range(20)] == [*range(20)]


def test_the_earliest_instant_with_a_reading_is_where_it_has_just_been_counted() -> None:
    counted = HOURS.totals[-1]
    for wanted in range(1, counted + 1):
        found = earliest(HOURS, wanted)
        assert found is not None
        assert (reading(HOURS, found - 1), reading(HOURS, found)) == (wanted - 1, wanted)
    assert earliest(HOURS, counted + 1) is None
    assert earliest(None, 7) == 7


@pytest.mark.parametrize("end", range(6, 17))
def test_the_latest_instant_with_a_reading_is_the_last_before_more_is_counted(end: int) -> None:
    for wanted in range(HOURS.totals[-1]):
        still = [at for at in range(end + 1) if reading(HOURS, at) <= wanted]
        assert latest(HOURS, wanted, end) == still[-1]
        assert latest(None, wanted, end) == min(wanted, end)


def clock_of(zone: str, hours: str, rule: dict[str, Any], years: list[int]) -> RuleClock:
    made = policy(
        timezone=zone,
        schedules={"office": hours},
        calendars={"known": calendar_data(years=years)},
        channel={
            "hours": {"schedule": "office", "observes": ["known"]},
            "first_response": [rule],
        },
    )
    asked = asked_of(Question.of(made, "desk", "ticket", None, {}, "first_response"))
    line = asked.line
    assert isinstance(line, CompiledLine)
    return RuleClock(line, line.target(0))


def micros(text: str) -> int:
    return to_micros(dt.datetime.fromisoformat(text))


DAILY: dict[str, Any] = {"zone": "Asia/Tokyo", "hours": "Mo-Su 06:00-12:00", "rule": rule_data()}


@pytest.mark.parametrize(
    ("at", "opens", "closes"),
    [
        (
            "2026-12-31T11:59:59.999999+09:00",
            "2026-12-31T11:59:59.999999+09:00",
            "2026-12-31T12:00+09:00",
        ),
        ("2026-12-31T12:00+09:00", "2027-01-01T06:00+09:00", "2027-01-01T12:00+09:00"),
        ("2027-01-01T05:00+09:00", "2027-01-01T06:00+09:00", "2027-01-01T12:00+09:00"),
        ("2027-01-01T06:00+09:00", "2027-01-01T06:00+09:00", "2027-01-01T12:00+09:00"),
        ("2027-12-31T11:00+09:00", "2027-12-31T11:00+09:00", "2027-12-31T12:00+09:00"),
        ("2027-12-31T12:00+09:00", None, None),
    ],
)
def test_a_clock_ticks_again_and_stops_at_the_next_edges_as_far_as_is_known(
    at: str, opens: str | None, closes: str | None
) -> None:
    clock = clock_of(**DAILY, years=[2026, 2027])
    for when, expected in ((True, opens), (False, closes)):
        found = clock.next_edge(micros(at), opens=when)
        assert found == (None if expected is None else micros(expected))


@pytest.mark.parametrize(
    "always",
    [
        {**DAILY, "hours": "24/7"},
        {**DAILY, "rule": {"within": "1h", "counted_in": "calendar_time"}},
    ],
)
def test_a_clock_that_always_ticks_is_open_at_once_and_never_closes(always: Any) -> None:
    clock = clock_of(**always, years=[2026, 2027])
    at = micros("2026-05-05T05:00+09:00")
    assert (clock.next_edge(at, opens=True), clock.next_edge(at, opens=False)) == (at, None)
    assert clock.is_open(at)


@pytest.mark.parametrize(
    ("at", "is_open"),
    [
        ("2026-05-05T05:59:59.999999+09:00", False),
        ("2026-05-05T06:00+09:00", True),
        ("2026-05-05T11:59:59.999999+09:00", True),
        ("2026-05-05T12:00+09:00", False),
        ("2026-01-01T00:00+09:00", False),
    ],
)
def test_a_clock_ticks_from_an_opening_to_before_a_closing(at: str, *, is_open: bool) -> None:
    clock = clock_of(**DAILY, years=[2026, 2027])
    assert clock.is_open(micros(at)) is is_open


def test_a_clock_keeps_its_hours_until_it_is_asked_for_others() -> None:
    clock = clock_of(**DAILY, years=[2024, 2028])
    first = clock.over(micros("2026-05-05T00:00Z"), micros("2026-06-05T00:00Z"))
    assert first is not None
    assert clock.over(first.start, first.end) is first
    later = clock.over(first.start, first.end + 1)
    assert later is not None
    assert (later.start, later.end > first.end) == (first.start, True)
    earlier = clock.over(first.start - 1, first.start)
    assert earlier is not None
    assert earlier.start < first.start


def test_a_clock_is_read_at_the_ends_of_the_years_it_keeps_and_of_those_known() -> None:
    clock = clock_of(**DAILY | {"hours": "Mo-Su 00:00-12:00"}, years=[2026, 2027])
    kept = clock.over(micros("2026-05-05T00:00Z"), micros("2026-06-05T00:00Z"))
    assert kept is not None
    assert clock.is_open(kept.end) is True
    assert clock.is_open(micros("2027-12-31T23:59:59.999999+09:00")) is False
