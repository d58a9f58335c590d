"""Clock changes that happened, each by name: hours, answers and dates around them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from builders import calendar, day_data, policy, rule_data, when
from support_sla import Clock, HolidayCalendar, Policy, Schedule, compute_deadline
from zone_changes import (
    APIA,
    BEIRUT,
    CAIRO,
    HOUR,
    LORD_HOWE,
    MICROSECOND,
    NEW_YORK,
    SANTIAGO,
    ST_JOHNS,
    instant,
)


def clock(hours: str, zone: str, *calendars: HolidayCalendar) -> Clock:
    return Clock(Schedule(hours), timezone=zone, calendars=calendars)


def utc(at: datetime | None) -> str | None:
    return None if at is None else at.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S")


def local(text: str, zone: str, *, fold: int = 0) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone), fold=fold)


def periods(line: Clock, start: str, end: str) -> list[tuple[str | None, str | None]]:
    found = line.periods(instant(start), instant(end))
    return [(utc(opens), utc(closes)) for opens, closes in found]


def relaxed(day: str, zone: str, **changes: object) -> Policy:
    """Return a policy that promises 12 hours on `day`, 3 on others, round the clock."""
    return policy(
        when(day, name="relaxed", within="12h", counted_in="calendar_time"),
        rule_data(name="ordinary", within="3h", counted_in="calendar_time"),
        timezone=zone,
        schedules={"office": "24/7"},
        **changes,
    )


def rule(line: Policy, at: datetime | str) -> str:
    return compute_deadline(line, at, department="desk").target.name


def rules_around(line: Policy, edge: str) -> tuple[str, str, str]:
    """Return the rules in force one microsecond before an instant, at it, and one after."""
    at = instant(edge)
    before, just, after = (rule(line, at + step * MICROSECOND) for step in (-1, 0, 1))
    return before, just, after


# --- America/New_York: forward 2026-03-08 02:00 (07:00 UTC), back 2026-11-01 02:00 (06:00 UTC) ---


NIGHT = clock("Mo-Su 22:00-06:00", NEW_YORK)


@pytest.mark.parametrize(
    ("start", "end", "opens", "closes", "hours"),
    [
        # 22:00 EST is 03:00 UTC; 06:00 EDT is 10:00 UTC: 7 hours.
        pytest.param(
            "2026-03-07 20:00",
            "2026-03-08 20:00",
            "2026-03-08 03:00:00",
            "2026-03-08 10:00:00",
            7,
            id="forward",
        ),
        # 22:00 EDT is 02:00 UTC; 06:00 EST is 11:00 UTC: 9 hours.
        pytest.param(
            "2026-10-31 20:00",
            "2026-11-01 20:00",
            "2026-11-01 02:00:00",
            "2026-11-01 11:00:00",
            9,
            id="back",
        ),
        # 22:00 EST is 03:00 UTC; 06:00 EST is 11:00 UTC: 8 hours.
        pytest.param(
            "2026-01-14 20:00",
            "2026-01-15 20:00",
            "2026-01-15 03:00:00",
            "2026-01-15 11:00:00",
            8,
            id="an ordinary night",
        ),
    ],
)
def test_a_night_shift_in_new_york_lasts_as_long_as_it_lasts(
    start: str, end: str, opens: str, closes: str, hours: int
) -> None:
    assert [(opens, closes)] == periods(NIGHT, start, end)
    assert hours * HOUR == NIGHT.between(instant(start), instant(end))


def test_eight_hours_of_the_short_night_end_in_the_next() -> None:
    # 7 hours until 10:00 UTC, the eighth from 22:00 EDT, 02:00 UTC, to 03:00 UTC.
    assert "2026-03-09 03:00:00" == utc(NIGHT.add(instant("2026-03-08 03:00"), 8 * HOUR))


def test_eight_hours_of_the_long_night_end_an_hour_before_it_does() -> None:
    # From 02:00 UTC: 10:00 UTC is 05:00 EST.
    assert "2026-11-01 10:00:00" == utc(NIGHT.add(instant("2026-11-01 02:00"), 8 * HOUR))


@pytest.mark.parametrize(
    ("hours", "found"),
    [
        pytest.param(
            # 02:30 does not come: opens at the jump, 07:00 UTC; 04:00 EDT is 08:00 UTC.
            "Su 02:30-04:00",
            [("2026-03-08 07:00:00", "2026-03-08 08:00:00")],
            id="an opening in the gap is at the jump",
        ),
        pytest.param(
            # 01:00 EST is 06:00 UTC; closes at the jump, 07:00 UTC.
            "Su 01:00-02:30",
            [("2026-03-08 06:00:00", "2026-03-08 07:00:00")],
            id="a closing in the gap is at the jump",
        ),
        pytest.param("Su 02:10-02:50", [], id="hours inside the gap never come"),
        pytest.param("Su 02:00-03:00", [], id="hours that are the gap never come"),
        pytest.param(
            # 01:00 EST is 06:00 UTC; 04:00 EDT is 08:00 UTC; nothing between is left of the break.
            "Su 01:00-02:00,03:00-04:00",
            [("2026-03-08 06:00:00", "2026-03-08 08:00:00")],
            id="hours around the gap join",
        ),
    ],
)
def test_boundaries_in_the_gap_of_new_york(hours: str, found: list[tuple[str, str]]) -> None:
    line = clock(hours, NEW_YORK)
    assert found == periods(line, "2026-03-08 00:00", "2026-03-09 00:00")


@pytest.mark.parametrize(
    ("hours", "found"),
    [
        pytest.param(
            # First 01:30 is EDT, 05:30 UTC; 03:00 EST is 08:00 UTC.
            "Su 01:30-03:00",
            [("2026-11-01 05:30:00", "2026-11-01 08:00:00")],
            id="an opening counts the first time",
        ),
        pytest.param(
            # 00:30 EDT is 04:30 UTC; first 01:30 is 05:30 UTC, and the second opens nothing.
            "Su 00:30-01:30",
            [("2026-11-01 04:30:00", "2026-11-01 05:30:00")],
            id="a closing counts the first time",
        ),
        pytest.param(
            # 01:15 and 01:45 EDT: 05:15 and 05:45 UTC.
            "Su 01:15-01:45",
            [("2026-11-01 05:15:00", "2026-11-01 05:45:00")],
            id="hours inside come once",
        ),
        pytest.param(
            # 01:00 EDT is 05:00 UTC; 02:00 is first read at EST, 07:00 UTC.
            "Su 01:00-02:00",
            [("2026-11-01 05:00:00", "2026-11-01 07:00:00")],
            id="the whole repeated hour is two hours",
        ),
        pytest.param(
            # Closes at the first 01:30 EDT, 05:30 UTC; 02:00 EST is 07:00 UTC, 03:00 is 08:00.
            "Su 01:00-01:30,02:00-03:00",
            [
                ("2026-11-01 05:00:00", "2026-11-01 05:30:00"),
                ("2026-11-01 07:00:00", "2026-11-01 08:00:00"),
            ],
            id="a break over the change",
        ),
    ],
)
def test_boundaries_in_the_repeated_hour_of_new_york(
    hours: str, found: list[tuple[str, str]]
) -> None:
    line = clock(hours, NEW_YORK)
    assert found == periods(line, "2026-11-01 00:00", "2026-11-02 00:00")


@pytest.mark.parametrize(
    ("fold", "submitted", "due"),
    [
        # 01:45 EDT is 05:45 UTC; 02:00 EST is 07:00 UTC, so 1 h 15 min are open until closing.
        pytest.param(0, "2026-11-01 05:45:00", "2026-11-01 06:45:00", id="fold=0"),
        # 01:45 EST is 06:45 UTC; 15 minutes until 07:00 UTC, 45 more on Monday from 13:00 UTC.
        pytest.param(1, "2026-11-01 06:45:00", "2026-11-02 13:45:00", id="fold=1"),
    ],
)
def test_the_two_readings_of_a_repeated_time_are_two_submissions(
    fold: int, submitted: str, due: str
) -> None:
    line = policy(timezone=NEW_YORK, schedules={"office": "Mo-Fr 08:00-17:00; Su 01:00-02:00"})
    at = local("2026-11-01 01:45", NEW_YORK, fold=fold)
    found = compute_deadline(line, at, department="desk")
    assert (submitted, submitted, due) == (
        utc(found.submitted_at),
        utc(found.starts_at),
        utc(found.due_at),
    )
    assert fold == found.submitted_at.fold


def test_a_due_time_in_a_repeated_hour_says_which_reading_it_is() -> None:
    line = clock("24/7", NEW_YORK)
    first = line.add(instant("2026-11-01 04:30"), HOUR)  # 05:30 UTC, 01:30 EDT
    second = line.add(instant("2026-11-01 05:30"), HOUR)  # 06:30 UTC, 01:30 EST
    assert ("2026-11-01T01:30:00-04:00", 0) == (first.isoformat(), first.fold)
    assert ("2026-11-01T01:30:00-05:00", 1) == (second.isoformat(), second.fold)


def test_a_time_the_clocks_skipped_is_read_with_the_offset_before_the_gap() -> None:
    # 02:30 with fold=0 has the offset of before, EST: 07:30 UTC, which reads 03:30 EDT.
    line = clock("24/7", NEW_YORK)
    assert (
        "2026-03-08T03:30:00-04:00"
        == line.add(local("2026-03-08 02:30", NEW_YORK), timedelta(0)).isoformat()
    )


def test_a_day_of_24_hours_is_not_a_day_of_the_calendar() -> None:
    # 12:00 EST on 7 March is 17:00 UTC; 24 hours later it is 13:00 EDT.
    line = clock("24/7", NEW_YORK)
    assert (
        "2026-03-08T13:00:00-04:00" == line.add(instant("2026-03-07 17:00"), 24 * HOUR).isoformat()
    )


# --- Australia/Lord_Howe: half an hour ---


@pytest.mark.parametrize(
    ("day", "hours", "found"),
    [
        pytest.param(
            # 01:00 at +11 is 14:00 UTC; 03:00 at +10:30 is 16:30 UTC: two and a half hours.
            "2026-04-04",
            "Su 01:00-03:00",
            [("2026-04-04 14:00:00", "2026-04-04 16:30:00")],
            id="over the repeated half hour",
        ),
        pytest.param(
            # The first 01:45 at +11 is 14:45 UTC; 02:00 is read first at +10:30, 15:30 UTC.
            "2026-04-04",
            "Su 01:45-02:00",
            [("2026-04-04 14:45:00", "2026-04-04 15:30:00")],
            id="from the first of two readings",
        ),
        pytest.param(
            # 01:00 at +10:30 is 14:30 UTC; 03:00 at +11 is 16:00 UTC: one and a half hours.
            "2026-10-03",
            "Su 01:00-03:00",
            [("2026-10-03 14:30:00", "2026-10-03 16:00:00")],
            id="over the skipped half hour",
        ),
        pytest.param(
            # 02:15 does not come: the jump, 15:30 UTC; 02:45 at +11 is 15:45 UTC.
            "2026-10-03",
            "Su 02:15-02:45",
            [("2026-10-03 15:30:00", "2026-10-03 15:45:00")],
            id="from inside the skipped half hour",
        ),
    ],
)
def test_half_hour_changes_of_lord_howe(day: str, hours: str, found: list[tuple[str, str]]) -> None:
    assert found == periods(clock(hours, LORD_HOWE), f"{day} 12:00", f"{day} 20:00")


@pytest.mark.parametrize(
    ("fold", "due"),
    [
        # 01:40 at +11 is 14:40 UTC; 10 minutes on is 14:50 UTC.
        pytest.param(0, "2026-04-04 14:50:00", id="fold=0"),
        # 01:40 at +10:30 is 15:10 UTC; 10 minutes on is 15:20 UTC.
        pytest.param(1, "2026-04-04 15:20:00", id="fold=1"),
    ],
)
def test_submissions_in_the_repeated_half_hour(fold: int, due: str) -> None:
    line = clock("Su 01:00-03:00", LORD_HOWE)
    at = local("2026-04-05 01:40", LORD_HOWE, fold=fold)
    assert due == utc(line.add(at, timedelta(minutes=10)))


# --- Africa/Cairo: forward 2024-04-26 00:00 to 01:00 (22:00 UTC), back at the end of 31 October ---


def test_a_date_without_a_midnight_begins_at_the_jump() -> None:
    assert ("ordinary", "relaxed", "relaxed") == rules_around(
        relaxed("Fr", CAIRO), "2024-04-25 22:00"
    )


def test_a_date_without_a_midnight_has_23_hours() -> None:
    # From the jump, 22:00 UTC, to midnight at +3, 21:00 UTC.
    assert [("2024-04-25 22:00:00", "2024-04-26 21:00:00")] == periods(
        clock("Fr 00:00-24:00", CAIRO), "2024-04-25 00:00", "2024-04-27 00:00"
    )


def test_a_night_shift_over_a_missing_midnight_is_an_hour_short() -> None:
    # Thursday 22:00 at +2 is 20:00 UTC; Friday 06:00 at +3 is 03:00 UTC: 7 hours.
    assert [("2024-04-25 20:00:00", "2024-04-26 03:00:00")] == periods(
        clock("Th 22:00-06:00", CAIRO), "2024-04-25 00:00", "2024-04-27 00:00"
    )


def test_an_hour_that_ends_at_24_00_before_a_gap_ends_at_the_jump() -> None:
    # Thursday 23:00 at +2 is 21:00 UTC; 24:00 is the jump, 22:00 UTC.
    assert [("2024-04-25 21:00:00", "2024-04-25 22:00:00")] == periods(
        clock("Th 23:00-24:00", CAIRO), "2024-04-25 00:00", "2024-04-27 00:00"
    )


def test_a_midnight_that_clocks_go_back_from_comes_an_hour_later() -> None:
    # The clock never shows 24:00 at +3; it first reads 00:00 of Friday at +2, 22:00 UTC.
    assert ("ordinary", "relaxed", "relaxed") == rules_around(
        relaxed("Fr", CAIRO), "2024-10-31 22:00"
    )
    assert [("2024-10-30 21:00:00", "2024-10-31 22:00:00")] == periods(
        clock("Th 00:00-24:00", CAIRO), "2024-10-30 00:00", "2024-11-01 00:00"
    )


def test_the_last_hour_of_a_long_date_is_two_hours() -> None:
    # The first 23:00 at +3 is 20:00 UTC; midnight at +2 is 22:00 UTC.
    assert [("2024-10-31 20:00:00", "2024-10-31 22:00:00")] == periods(
        clock("Th 23:00-24:00", CAIRO), "2024-10-31 00:00", "2024-11-01 12:00"
    )


# --- Asia/Beirut: forward 2026-03-29 00:00 (28 March, 22:00 UTC), back 2026-10-25 00:00 to 23:00 ---


@pytest.mark.parametrize(
    "edge",
    [
        pytest.param("2026-03-28 22:00", id="forward: Sunday begins at the jump"),
        # At 21:00 UTC 24:00 becomes 23:00; Sunday's midnight at +2 is 22:00 UTC.
        pytest.param("2026-10-24 22:00", id="back: Sunday begins after the second 23:00"),
        pytest.param("2026-01-10 22:00", id="an ordinary Sunday"),
    ],
)
def test_sunday_begins_in_beirut(edge: str) -> None:
    assert ("ordinary", "relaxed", "relaxed") == rules_around(relaxed("Su", BEIRUT), edge)


def test_both_readings_of_the_hour_before_midnight_are_saturday_in_beirut() -> None:
    line = relaxed("Su", BEIRUT)
    for fold, submitted in ((0, "2026-10-24 20:30:00"), (1, "2026-10-24 21:30:00")):
        at = local("2026-10-24 23:30", BEIRUT, fold=fold)
        found = compute_deadline(line, at, department="desk")
        assert (submitted, "ordinary") == (utc(found.submitted_at), found.target.name)


@pytest.mark.parametrize(
    ("start", "end", "hours"),
    [
        # Saturday midnight at +2 is Friday 22:00 UTC; Sunday's beginnings are above.
        pytest.param("2026-03-27 22:00", "2026-03-28 22:00", 24, id="the Saturday before forward"),
        pytest.param("2026-03-28 22:00", "2026-03-29 21:00", 23, id="the short Sunday"),
        pytest.param("2026-10-23 21:00", "2026-10-24 22:00", 25, id="the long Saturday"),
        pytest.param("2026-10-24 22:00", "2026-10-25 22:00", 24, id="the Sunday after back"),
    ],
)
def test_dates_in_beirut_are_as_long_as_they_are(start: str, end: str, hours: int) -> None:
    weekend = clock("Sa-Su 00:00-24:00", BEIRUT)
    assert hours * HOUR == weekend.between(instant(start), instant(end))
    assert utc(instant(end)) == utc(weekend.add(instant(start), hours * HOUR))


# --- America/Santiago: back at the end of Saturday 2026-04-04, forward on Sunday 2026-09-06 ---


@pytest.mark.parametrize(
    "edge",
    [
        pytest.param("2026-04-05 04:00", id="back: midnight is first read at -4"),
        pytest.param("2026-09-06 04:00", id="forward: at the jump"),
    ],
)
def test_sunday_begins_in_santiago(edge: str) -> None:
    assert ("ordinary", "relaxed", "relaxed") == rules_around(relaxed("Su", SANTIAGO), edge)


@pytest.mark.parametrize(
    ("start", "opens", "closes"),
    [
        # Saturday 22:00 at -3 is 01:00 UTC; Sunday 02:00 at -4 is 06:00 UTC: 5 hours.
        pytest.param("2026-04-05", "2026-04-05 01:00:00", "2026-04-05 06:00:00", id="back"),
        # Saturday 22:00 at -4 is 02:00 UTC; Sunday 02:00 at -3 is 05:00 UTC: 3 hours.
        pytest.param("2026-09-06", "2026-09-06 02:00:00", "2026-09-06 05:00:00", id="forward"),
    ],
)
def test_a_saturday_night_shift_in_santiago(start: str, opens: str, closes: str) -> None:
    assert [(opens, closes)] == periods(
        clock("Sa 22:00-02:00", SANTIAGO), f"{start} 00:00", f"{start} 12:00"
    )


# --- Pacific/Apia: from 29 December 2011 24:00 (-10) to 31 December 00:00 (+14), 10:00 UTC ---


JUMP = "2011-12-30 10:00"


def test_a_schedule_on_a_skipped_date_owns_no_time() -> None:
    friday = clock("Fr 00:00-24:00", APIA)
    # The Friday before is 23 December, until 24:00 at -10; the next is 6 January, from 00:00 at +14.
    assert [
        ("2011-12-23 10:00:00", "2011-12-24 10:00:00"),
        ("2012-01-05 10:00:00", "2012-01-06 10:00:00"),
    ] == periods(friday, "2011-12-20 00:00", "2012-01-10 00:00")


def test_a_night_shift_that_starts_on_a_skipped_date_begins_at_the_jump() -> None:
    # Friday 22:00 is read or passed at the jump; Saturday 06:00 at +14 is 16:00 UTC.
    assert [("2011-12-30 10:00:00", "2011-12-30 16:00:00")] == periods(
        clock("Fr 22:00-06:00", APIA), "2011-12-29 00:00", "2012-01-03 00:00"
    )


def test_a_shift_into_a_skipped_date_ends_at_the_jump() -> None:
    # Thursday 22:00 at -10 is 08:00 UTC; Friday 06:00 counts at the jump, 10:00 UTC.
    assert [("2011-12-30 08:00:00", "2011-12-30 10:00:00")] == periods(
        clock("Th 22:00-06:00", APIA), "2011-12-29 12:00", "2012-01-03 00:00"
    )


def test_a_rule_of_a_skipped_weekday_never_holds_that_week() -> None:
    assert ("ordinary",) * 3 == rules_around(relaxed("Fr", APIA), JUMP)


def test_the_rule_of_the_date_after_a_skipped_one_holds_from_the_jump() -> None:
    assert ("ordinary", "relaxed", "relaxed") == rules_around(relaxed("Sa", APIA), JUMP)
    assert ("relaxed", "ordinary", "ordinary") == rules_around(relaxed("Th", APIA), JUMP)


def test_a_holiday_on_a_skipped_date_closes_nothing() -> None:
    lost = calendar(day_data("2011-12-30"), years=[2011, 2012])
    assert [("2011-12-28 10:00:00", "2012-01-02 10:00:00")] == periods(
        clock("24/7", APIA, lost), "2011-12-28 10:00", "2012-01-02 10:00"
    )
    line = relaxed("lost", APIA, calendars={"lost": lost})
    assert ("ordinary",) * 3 == rules_around(line, JUMP)


def test_three_hours_over_the_date_line_are_three_hours() -> None:
    # Thursday 23:00 at -10 is 09:00 UTC; three hours later it is Saturday 02:00 at +14.
    found = clock("24/7", APIA).add(instant("2011-12-30 09:00"), 3 * HOUR)
    assert "2011-12-31T02:00:00+14:00" == found.isoformat()


# --- Kiritimati skipped the last date of a year: 1994-12-31, at 10:00 UTC of that date ---


def test_a_year_whose_last_date_is_skipped_ends_at_the_jump() -> None:
    line = relaxed("Sa", "Pacific/Kiritimati")  # 31 December 1994 would have been a Saturday
    assert ("ordinary",) * 3 == rules_around(line, "1994-12-31 10:00")
    assert ("ordinary", "relaxed", "relaxed") == rules_around(
        relaxed("Su", "Pacific/Kiritimati"), "1994-12-31 10:00"
    )


# --- America/St_Johns: 2006-10-29 00:01 (-2:30) back to 23:01 of the 28th (-3:30), 02:31 UTC ---


SUNDAY = "2006-10-29 02:30"


def test_the_repeated_evening_belongs_to_the_new_date_for_rules() -> None:
    line = relaxed("Su", ST_JOHNS)
    assert ("ordinary", "relaxed", "relaxed") == rules_around(line, SUNDAY)
    assert ("relaxed",) * 3 == rules_around(line, "2006-10-29 02:31")  # reads Saturday 23:01
    assert ("relaxed",) * 3 == rules_around(line, "2006-10-29 03:30")  # reads Sunday again


@pytest.mark.parametrize(
    ("fold", "submitted", "name"),
    [
        # 23:30 at -2:30 is 02:00 UTC, before Sunday began; at -3:30 it is 03:00 UTC, after.
        pytest.param(0, "2006-10-29 02:00:00", "ordinary", id="fold=0"),
        pytest.param(1, "2006-10-29 03:00:00", "relaxed", id="fold=1"),
    ],
)
def test_saturday_evening_read_twice_is_saturday_once(fold: int, submitted: str, name: str) -> None:
    at = local("2006-10-28 23:30", ST_JOHNS, fold=fold)
    found = compute_deadline(relaxed("Su", ST_JOHNS), at, department="desk")
    assert (submitted, name) == (utc(found.submitted_at), found.target.name)


def test_the_repeated_evening_belongs_to_the_new_date_for_holidays() -> None:
    # Sunday is closed from its first midnight, 02:30 UTC, to Monday's at -3:30, 03:30 UTC.
    sunday = calendar(day_data("2006-10-29"), years=[2006, 2006])
    assert [
        ("2006-10-28 00:00:00", "2006-10-29 02:30:00"),
        ("2006-10-30 03:30:00", "2006-10-31 00:00:00"),
    ] == periods(clock("24/7", ST_JOHNS, sunday), "2006-10-28 00:00", "2006-10-31 00:00")


def test_a_holiday_before_the_repeated_evening_ends_at_the_first_midnight() -> None:
    # Saturday's midnight at -2:30 is 02:30 UTC, and so is Sunday's first.
    saturday = calendar(day_data("2006-10-28"), years=[2006, 2006])
    assert [
        ("2006-10-27 00:00:00", "2006-10-28 02:30:00"),
        ("2006-10-29 02:30:00", "2006-10-31 00:00:00"),
    ] == periods(clock("24/7", ST_JOHNS, saturday), "2006-10-27 00:00", "2006-10-31 00:00")


def test_the_explanation_of_the_repeated_evening_names_the_new_date() -> None:
    at = local("2006-10-28 23:30", ST_JOHNS, fold=1)
    found = compute_deadline(relaxed("Su", ST_JOHNS), at, department="desk")
    assert "because 29 October 2006 is a Sunday" in found.explain()


# --- Asia/Ho_Chi_Minh: no clock change since 1975 ---


@pytest.mark.parametrize("day", ["2026-03-08", "2026-03-29", "2026-10-25", "2026-11-01"])
def test_nothing_happens_in_ho_chi_minh_city(day: str) -> None:
    # 22:00 at +7 is 15:00 UTC, 06:00 is 23:00 UTC: 8 hours, every night.
    assert [(f"{day} 15:00:00", f"{day} 23:00:00")] == periods(
        clock("Mo-Su 22:00-06:00", "Asia/Ho_Chi_Minh"), f"{day} 12:00", f"{day} 23:59"
    )


# --- Whose date it is ---


@pytest.mark.parametrize(
    "zone", ["UTC", "Asia/Ho_Chi_Minh", "Pacific/Kiritimati", "Pacific/Pago_Pago", NEW_YORK]
)
@pytest.mark.parametrize(
    ("at", "name"),
    [
        # Sunday 15 February 2026 in Vietnam: from Saturday 17:00 UTC to Sunday 17:00 UTC.
        pytest.param("2026-02-14 16:59:59.999999", "ordinary", id="before Sunday"),
        pytest.param("2026-02-14 17:00", "relaxed", id="Sunday begins"),
        pytest.param("2026-02-15 16:59:59.999999", "relaxed", id="before Monday"),
        pytest.param("2026-02-15 17:00", "ordinary", id="Monday begins"),
    ],
)
def test_the_date_is_that_of_the_policys_zone_whatever_zone_the_instant_comes_in(
    zone: str, at: str, name: str
) -> None:
    came = instant(at).astimezone(ZoneInfo(zone))
    found = compute_deadline(relaxed("Su", "Asia/Ho_Chi_Minh"), came, department="desk")
    assert (name, came.astimezone(UTC)) == (found.target.name, found.submitted_at.astimezone(UTC))
    assert ZoneInfo("Asia/Ho_Chi_Minh") is found.submitted_at.tzinfo
    assert timedelta(hours=7) == found.due_at.utcoffset()


def test_a_holiday_is_that_of_the_clocks_zone_whatever_zone_asks() -> None:
    # 4 July in New York (EDT) is from 04:00 UTC to 04:00 UTC of the 5th.
    line = clock("24/7", NEW_YORK, calendar(day_data("2026-07-04")))
    edges = ["2026-07-04 03:59:59", "2026-07-04 04:00", "2026-07-05 03:59:59", "2026-07-05 04:00"]
    for zone in ("Asia/Tokyo", "Pacific/Pago_Pago", NEW_YORK):
        asked = [line.is_open(instant(at).astimezone(ZoneInfo(zone))) for at in edges]
        assert [True, False, False, True] == asked


@pytest.mark.parametrize(
    "text",
    [
        "2026-02-15T22:10:00+07:00",
        "2026-02-15T15:10:00Z",
        "2026-02-15T15:10:00+00:00",
        "2026-02-15T10:10:00-05:00",
        "20260215T221000+0700",
        "  2026-02-15 22:10:00+07:00  ",
    ],
)
def test_texts_of_one_instant_have_one_answer(text: str) -> None:
    found = compute_deadline(relaxed("Su", "Asia/Ho_Chi_Minh"), text, department="desk")
    assert "2026-02-16T10:10:00+07:00" == found.due_at.isoformat()
