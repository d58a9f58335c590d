"""From hours, calendars and a zone to segments: the zone's own rules, and the edges of the years."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

import pytest

from builders import calendar, day_data, week
from support_sla import HolidayCalendar, InstantOutOfRangeError
from support_sla.calendars.opening_hours import OpeningHours
from support_sla.clock.wall_clock import WallClock, local_year
from support_sla.clock.window import Window, compile_window
from support_sla.values.dates import day_number
from support_sla.values.units import DAY_MICROS, SECOND

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
HOUR = 3_600 * SECOND
NEW_YORK = ZoneInfo("America/New_York")
PHOENIX = ZoneInfo("America/Phoenix")


def micros(text: str) -> int:
    return (datetime.fromisoformat(text) - EPOCH) // MICROSECOND


def wall(text: str) -> int:
    return micros(f"{text}+00:00")


def shown(at: int) -> str:
    return (EPOCH + at * MICROSECOND).isoformat()


def number(text: str) -> int:
    return day_number(date.fromisoformat(text))


def window(
    hours: str,
    *calendars: HolidayCalendar,
    zone: tzinfo = UTC,
    years: tuple[int, int] = (2026, 2026),
) -> Window:
    named = tuple((f"calendar {at}", each) for at, each in enumerate(calendars))
    return compile_window(OpeningHours(week(hours), named), zone, *years)


def segments(compiled: Window) -> list[tuple[str, str]]:
    timeline = compiled.timeline
    pairs = zip(timeline.opens, timeline.closes, strict=True)
    return [(shown(opens), shown(closes)) for opens, closes in pairs]


# --- The wall clock of a zone ---


@pytest.mark.parametrize(
    ("reading", "instant"),
    [
        # Eastern Standard Time is UTC-5; at 02:00 clocks jump to 03:00 (07:00 UTC), then UTC-4.
        pytest.param("2026-03-08T01:59:59.999999", "2026-03-08T06:59:59.999999", id="before a gap"),
        pytest.param("2026-03-08T02:00", "2026-03-08T07:00", id="the start of the gap"),
        pytest.param("2026-03-08T02:30", "2026-03-08T07:00", id="inside the gap: at the jump"),
        pytest.param("2026-03-08T02:59:59.999999", "2026-03-08T07:00", id="the end of the gap"),
        pytest.param("2026-03-08T03:00", "2026-03-08T07:00", id="the first reading after it"),
        pytest.param("2026-03-08T03:00:00.000001", "2026-03-08T07:00:00.000001", id="after it"),
        # Until 02:00 daylight time (06:00 UTC) at UTC-4, then 01:00 to 02:00 again at UTC-5.
        pytest.param("2026-11-01T00:59:59.999999", "2026-11-01T04:59:59.999999", id="before twice"),
        pytest.param("2026-11-01T01:00", "2026-11-01T05:00", id="twice: the first time"),
        pytest.param(
            "2026-11-01T01:30", "2026-11-01T05:30", id="in the middle of what comes twice"
        ),
        pytest.param(
            "2026-11-01T01:59:59.999999", "2026-11-01T05:59:59.999999", id="last of twice"
        ),
        pytest.param("2026-11-01T02:00", "2026-11-01T07:00", id="after both"),
    ],
)
def test_a_boundary_is_the_first_instant_that_reads_it_or_later(reading: str, instant: str) -> None:
    found = WallClock.of(NEW_YORK, 2026, 2026).instant(wall(reading))
    assert micros(f"{instant}+00:00") == found


@pytest.mark.parametrize(
    ("at", "hours"),
    [
        ("2026-03-08T06:59:59.999999+00:00", -5),
        ("2026-03-08T07:00+00:00", -4),
        ("2026-03-08T07:00:00.000001+00:00", -4),
        ("2026-11-01T05:59:59.999999+00:00", -4),
        ("2026-11-01T06:00+00:00", -5),
        ("2026-11-01T06:00:00.000001+00:00", -5),
    ],
)
def test_the_offset_changes_at_the_instant_of_the_change(at: str, hours: int) -> None:
    assert hours * HOUR == WallClock.of(NEW_YORK, 2026, 2026).offset(micros(at))


def test_a_zone_without_changes_is_one_run() -> None:
    clock = WallClock.of(ZoneInfo("Asia/Ho_Chi_Minh"), 2026, 2030)
    assert ((7 * HOUR,), ()) == (clock.offsets, clock.reached)


def test_a_year_without_a_change_adds_no_run() -> None:
    starts = WallClock.of(NEW_YORK, 2026, 2026).starts
    assert [
        "2025-01-01T00:00:00+00:00",
        "2025-03-09T07:00:00+00:00",
        "2025-11-02T06:00:00+00:00",
        "2026-03-08T07:00:00+00:00",
        "2026-11-01T06:00:00+00:00",
        "2027-03-14T07:00:00+00:00",
        "2027-11-07T06:00:00+00:00",
    ] == list(map(shown, starts))


def test_a_change_at_the_first_instant_of_a_utc_year_is_found() -> None:
    # Lisbon left its mean time (UTC-0:36:45) for UTC at 00:00 UTC on 1 January 1912.
    clock = WallClock.of(ZoneInfo("Europe/Lisbon"), 1912, 1912)
    new_year = micros("1912-01-01T00:00+00:00")
    mean_time = -(36 * 60 + 45) * SECOND
    assert (mean_time, 0, 0) == (
        clock.offset(new_year - 1),
        clock.offset(new_year),
        clock.offset(new_year + 1),
    )


def test_the_shortest_spell_of_any_zone_is_found() -> None:
    # In 1939 Freetown put its clocks 20 minutes ahead of UTC-1 from 1 to 5 September only.
    zone = ZoneInfo("Africa/Freetown")
    clock = WallClock.of(zone, 1939, 1939)
    days = [datetime(1939, 8, 25, tzinfo=UTC) + timedelta(hours=step) for step in range(24 * 20)]
    offsets = [(at.astimezone(zone).utcoffset() or timedelta(0)) // MICROSECOND for at in days]
    assert offsets == [clock.offset((at - EPOCH) // MICROSECOND) for at in days]


@pytest.mark.parametrize(
    ("at", "day"),
    [
        # Newfoundland 2006: at 00:01 on 29 October (02:31 UTC) clocks go back to 23:01 on the 28th.
        pytest.param("2006-10-29T02:29:59.999999+00:00", "2006-10-28", id="before midnight"),
        pytest.param("2006-10-29T02:30:00+00:00", "2006-10-29", id="at midnight"),
        pytest.param("2006-10-29T02:30:59.999999+00:00", "2006-10-29", id="before the change"),
        pytest.param("2006-10-29T02:31:00+00:00", "2006-10-29", id="back at 23:01 of the old date"),
        pytest.param("2006-10-29T03:29:59.999999+00:00", "2006-10-29", id="second 23:59:59"),
        pytest.param("2006-10-29T03:30:00+00:00", "2006-10-29", id="second midnight"),
        pytest.param("2006-10-30T03:30:00+00:00", "2006-10-30", id="the next midnight"),
    ],
)
def test_an_instant_belongs_to_the_last_date_begun(at: str, day: str) -> None:
    clock = WallClock.of(ZoneInfo("America/St_Johns"), 2006, 2006)
    assert number(day) == clock.day(micros(at))


def test_a_skipped_date_begins_and_ends_at_the_jump() -> None:
    clock = WallClock.of(ZoneInfo("Pacific/Apia"), 2011, 2011)
    jump = micros("2011-12-30T10:00+00:00")  # the end of 29 December at UTC-10
    assert (jump, jump) == (
        clock.midnight(number("2011-12-30")),
        clock.midnight(number("2011-12-31")),
    )
    assert (number("2011-12-29"), number("2011-12-31")) == (clock.day(jump - 1), clock.day(jump))


def test_spans_that_never_come_are_gone_and_spans_a_jump_joins_are_one() -> None:
    clock = WallClock.of(NEW_YORK, 2026, 2026)
    day = number("2026-03-08") * 86_400
    gap = (day + 2 * 3_600 + 600, day + 2 * 3_600 + 1_200)  # 02:10-02:20
    before = (day, day + 2 * 3_600)  # 00:00-02:00
    after = (day + 3 * 3_600, day + 4 * 3_600)  # 03:00-04:00
    midnight = micros("2026-03-08T05:00+00:00")
    assert [] == clock.spans([gap])
    assert [(midnight, midnight + 3 * HOUR)] == clock.spans([before, gap, after])
    assert [(midnight + 2 * HOUR, midnight + 3 * HOUR)] == clock.spans([gap, after])


def test_a_fixed_offset_is_a_zone_too() -> None:
    clock = WallClock.of(timezone(timedelta(hours=5, minutes=45)), 2026, 2026)
    assert micros("2026-05-05T09:00+05:45") == clock.instant(wall("2026-05-05T09:00"))


class Silent(tzinfo):
    """A zone that does not say its offset when asked for a converted instant."""

    def utcoffset(self, _: datetime | None) -> timedelta | None:
        return None

    def dst(self, _: datetime | None) -> timedelta | None:
        return None

    def tzname(self, _: datetime | None) -> str:
        return "silent"

    def fromutc(self, at: datetime) -> datetime:
        return at


def test_a_zone_without_an_offset_is_read_as_utc() -> None:
    assert (0,) == WallClock.of(Silent(), 2026, 2026).offsets


# --- The local year of an instant ---


@pytest.mark.parametrize(
    ("zone", "at", "year"),
    [
        pytest.param(UTC, "2025-12-31T23:59:59.999999+00:00", 2025, id="UTC before"),
        pytest.param(UTC, "2026-01-01T00:00+00:00", 2026, id="UTC at"),
        pytest.param(UTC, "2026-01-01T00:00:00.000001+00:00", 2026, id="UTC after"),
        pytest.param(NEW_YORK, "2026-01-01T04:59:59.999999+00:00", 2025, id="New York before"),
        pytest.param(NEW_YORK, "2026-01-01T05:00+00:00", 2026, id="New York at"),
        pytest.param(NEW_YORK, "2026-01-01T05:00:00.000001+00:00", 2026, id="New York after"),
        # Arizona left war time (UTC-6) at 00:01 on New Year's Day 1944, for 23:01 the evening before.
        pytest.param(PHOENIX, "1944-01-01T05:59:59.999999+00:00", 1943, id="Phoenix before"),
        pytest.param(PHOENIX, "1944-01-01T06:00+00:00", 1944, id="Phoenix at"),
        pytest.param(PHOENIX, "1944-01-01T06:01+00:00", 1944, id="Phoenix reads 1943 again"),
        pytest.param(PHOENIX, "1944-01-01T07:00+00:00", 1944, id="Phoenix reads 1944 again"),
    ],
)
def test_the_year_is_that_of_the_last_local_date_begun(zone: tzinfo, at: str, year: int) -> None:
    assert year == local_year(zone, micros(at))


@pytest.mark.parametrize(
    ("at", "year"),
    [("0003-01-01T00:00+00:00", 3), ("9997-12-31T23:59:59.999999+00:00", 9997)],
)
def test_the_first_and_last_instants_that_can_be_served(at: str, year: int) -> None:
    assert year == local_year(UTC, micros(at))
    assert year == window("24/7", years=(year, year)).first_year


@pytest.mark.parametrize(
    "at", ["0002-12-30T23:59:59.999999+00:00", "9998-01-02T00:00+00:00", "0001-01-01T00:00+00:00"]
)
def test_instants_beyond_are_refused_and_shown(at: str) -> None:
    with pytest.raises(InstantOutOfRangeError, match="outside the years 3 to 9997") as caught:
        local_year(UTC, micros(at))
    assert at[:10] in str(caught.value)


def test_the_first_instant_served_is_the_last_day_before_the_years_in_any_zone() -> None:
    first = micros("0002-12-31T00:00+00:00")
    assert local_year(UTC, first) == 2
    with pytest.raises(InstantOutOfRangeError, match=r"instant=0002-12-30 23:59:59\.999999\+00:00"):
        local_year(UTC, first - 1)


# --- Hours over whole years ---


def test_a_window_covers_whole_local_years() -> None:
    compiled = window("24/7", zone=NEW_YORK, years=(2026, 2027))
    assert [("2026-01-01T05:00:00+00:00", "2028-01-01T05:00:00+00:00")] == segments(compiled)
    assert (2026, 2027) == (compiled.first_year, compiled.last_year)


def test_a_year_has_all_its_opening_hours() -> None:
    # 2026 has 52 Mondays; five hours each.
    assert 52 * 5 * HOUR == window("Mo 08:00-13:00").timeline.totals[-1]


def test_a_leap_day_is_open_as_its_weekday_is() -> None:
    # 29 February 2028 is a Tuesday.
    timeline = window("Tu 08:00-09:00", years=(2028, 2028)).timeline
    assert timeline.is_open(micros("2028-02-29T08:00+00:00"))


def test_a_shift_over_new_year_is_cut_at_the_window_and_counted_in_both_years() -> None:
    hours = "We 22:00-06:00"  # 31 December 2025 is a Wednesday
    old, new = window(hours, years=(2025, 2025)), window(hours, years=(2026, 2026))
    assert ("2025-12-31T22:00:00+00:00", "2026-01-01T00:00:00+00:00") == segments(old)[-1]
    assert ("2026-01-01T00:00:00+00:00", "2026-01-01T06:00:00+00:00") == segments(new)[0]


def test_a_shift_of_two_days_over_new_year_is_whole() -> None:
    # Tuesday 30 December 2025, 23:00 to 47:00 is until Wednesday 23:00: none of it in 2026.
    assert "2026-01-06T23:00:00+00:00" == segments(window("Tu 23:00-47:00"))[0][0]
    # Wednesday 31 December, 23:00 to 47:00 is until New Year's Day 23:00.
    assert (
        "2026-01-01T00:00:00+00:00",
        "2026-01-01T23:00:00+00:00",
    ) == segments(window("We 23:00-47:00"))[0]


@pytest.mark.parametrize("years", [[2025, 2026], [2026, 2026]])
def test_a_holiday_on_new_year_cuts_the_shift_that_began_in_the_old_year(years: list[int]) -> None:
    new_year = calendar(day_data("2026-01-01"), years=years)
    assert "2026-01-07T22:00:00+00:00" == segments(window("We 22:00-06:00", new_year))[0][0]


def test_hours_given_to_new_years_eve_run_on_where_its_year_is_covered() -> None:
    eve = calendar(day_data("2025-12-31", open="20:00-26:00"), years=[2025, 2026])
    assert (
        "2026-01-01T00:00:00+00:00",
        "2026-01-01T02:00:00+00:00",
    ) == segments(window("Mo 08:00-09:00", eve))[0]


def test_the_eve_of_the_first_covered_year_has_the_hours_of_its_weekday() -> None:
    known = calendar(day_data("2026-05-05"))
    assert (
        "2026-01-01T00:00:00+00:00",
        "2026-01-01T06:00:00+00:00",
    ) == segments(window("We 22:00-06:00", known))[0]


def test_a_year_that_only_one_of_two_calendars_covers_gives_no_special_days() -> None:
    eve = calendar(day_data("2025-12-31", open="20:00-26:00"), years=[2025, 2026])
    known = calendar(day_data("2026-05-05"))
    assert "2026-01-05T08:00:00+00:00" == segments(window("Mo 08:00-09:00", eve, known))[0][0]


def test_the_last_instant_of_the_years_is_their_end() -> None:
    timeline = window("24/7", zone=NEW_YORK).timeline
    assert micros("2027-01-01T00:00-05:00") == timeline.end
    assert 365 * DAY_MICROS == timeline.totals[-1]
