"""Defects seen in other libraries and helpdesks, one test each; every one is a case users try."""

from __future__ import annotations

import copy
import os
import pickle
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from threading import Barrier
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from builders import (
    READ,
    Counted,
    Stamp,
    calendar,
    calendar_data,
    day_data,
    fault,
    faults,
    policy,
    rule_data,
    when,
)
from support_sla import (
    Clock,
    HolidayCalendar,
    InstantError,
    InstantOutOfRangeError,
    Policy,
    Schedule,
    Timeline,
    YearsNotCoveredError,
    compute_deadline,
    load_policy,
)

HOUR = timedelta(hours=1)
SECOND = timedelta(seconds=1)
MICROSECOND = timedelta(microseconds=1)


def clock(hours: str, *calendars: HolidayCalendar, zone: str = "UTC") -> Clock:
    return Clock(Schedule(hours), timezone=zone, calendars=calendars)


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}+00:00")


def shown(instant: datetime | None) -> str | None:
    return None if instant is None else instant.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S")


# --- Hours ---


def test_a_shift_past_midnight_is_counted_and_belongs_to_the_day_it_starts_on() -> None:
    # biz, businesstimedelta and others refuse it, count nothing, or hang. 2 March 2026 is a Monday.
    night = clock("Mo 22:00-06:00")
    assert 8 * HOUR == night.between(at("2026-03-01 00:00"), at("2026-03-08 00:00"))
    assert "2026-03-03 02:00:00" == shown(night.add(at("2026-03-02 12:00"), 4 * HOUR))
    assert (True, False, False) == tuple(
        night.is_open(at(f"2026-03-0{day} 05:59")) for day in (3, 2, 4)
    )


def test_a_line_open_around_the_clock_loses_no_minute_at_midnight() -> None:
    # Zammad and spatie lose one; workclock invents a close a year ahead.
    always = clock("24/7")
    assert timedelta(days=900) == always.between(
        at("2026-01-01 00:00"), at("2026-01-01 00:00") + timedelta(days=900)
    )
    assert all(always.is_open(at("2026-03-02 00:00") + step * SECOND) for step in (-1, 0, 1))
    assert None is always.next_close(at("2026-03-02 00:00"))


def test_a_line_that_never_opens_is_refused_when_read_and_named() -> None:
    # businesstimedelta, GLPI, Zammad and Frappe hang or overflow.
    found = fault(lambda: policy(schedules={"office": "off"}))
    assert "line_never_opens" == found.slug
    assert "line desk/ticket" in found.message


def test_a_line_that_its_calendar_closes_for_ever_is_refused_when_read() -> None:
    days = [day_data(str(date(2026, 1, 1) + timedelta(days=step))) for step in range(365)]
    line = {"hours": {"schedule": "office", "observes": ["shut"]}, "first_response": [rule_data()]}
    found = fault(lambda: policy(channel=line, calendars={"shut": calendar_data(*days)}))
    assert "line_never_opens" == found.slug


def test_a_far_opening_is_found_and_no_look_ahead_gives_a_wrong_date() -> None:
    # osTicket looks 72 hours ahead, RT 30 days, timegrid 7 days; Odoo answers False.
    known = calendar(day_data("2045-05-05", open="08:00-10:00"), years=[2026, 2050])
    rare = clock("off", known)
    assert "2045-05-05 08:00:00" == shown(rare.next_open(at("2026-01-05 00:00")))
    assert "2045-05-05 09:30:00" == shown(rare.add(at("2026-01-05 00:00"), 1.5 * HOUR))
    with pytest.raises(YearsNotCoveredError, match="2051 .* covered year 2050"):
        rare.next_open(at("2045-05-05 10:00"))
    with pytest.raises(YearsNotCoveredError):
        rare.add(at("2026-01-05 00:00"), 3 * HOUR)


def test_a_search_without_calendars_ends_too() -> None:
    with pytest.raises(InstantOutOfRangeError):
        clock("Mo 08:00-08:01").add(at("2026-01-05 00:00"), timedelta(days=100))


def test_overlapping_ranges_are_an_error_that_shows_both_and_are_not_counted_twice() -> None:
    # biz counts them twice.
    found = fault(lambda: Schedule("Mo 08:00-12:00,11:00-17:00"))
    assert "hours_overlap" == found.slug
    assert "08:00-12:00" in found.message
    assert "11:00-17:00" in found.message


def test_a_night_shift_that_runs_into_the_next_days_hours_is_an_error() -> None:
    assert "hours_overlap" == fault(lambda: Schedule("Mo 22:00-06:00; Tu 05:00-09:00")).slug


def test_shifts_are_matched_by_the_local_date_and_not_by_that_of_utc() -> None:
    # biz and opening_hours.js match them by UTC's. Monday 00:00 in Vietnam is Sunday 17:00 UTC.
    monday = clock("Mo 00:00-02:00", zone="Asia/Ho_Chi_Minh")
    assert [("2026-03-01 17:00:00", "2026-03-01 19:00:00")] == [
        (shown(opens), shown(closes))
        for opens, closes in monday.periods(at("2026-02-28 00:00"), at("2026-03-04 00:00"))
    ]


@pytest.mark.parametrize(
    ("hours", "day", "lasts"),
    [
        pytest.param("Sa 22:00-06:00", "2026-03-07", 7, id="forward"),
        pytest.param("Sa 22:00-06:00", "2026-10-31", 9, id="back"),
        pytest.param("Su 00:00-24:00", "2026-03-07", 23, id="a short day"),
        pytest.param("Su 00:00-24:00", "2026-10-31", 25, id="a long day"),
    ],
)
def test_a_clock_change_makes_a_shift_longer_or_shorter(hours: str, day: str, lasts: int) -> None:
    # Business::Hours, GLPI and pandas subtract wall-clock times or take a day for 86,400 seconds.
    start = at(f"{day} 12:00")
    line = clock(hours, zone="America/New_York")
    assert lasts * HOUR == line.between(start, start + timedelta(days=3))


def test_lunch_breaks_and_half_day_holidays_are_possible() -> None:
    # Chatwoot, Frappe, GLPI and ERPNext have neither.
    known = calendar(day_data("2026-03-03", name="half a day", closed="12:00-24:00"))
    line = clock("Mo-Fr 08:00-12:00,13:00-17:00", known)
    assert "2026-03-02 14:00:00" == shown(line.add(at("2026-03-02 11:00"), 2 * HOUR))
    assert "2026-03-04 09:00:00" == shown(line.add(at("2026-03-03 11:00"), 2 * HOUR))
    assert 4 * HOUR == line.between(at("2026-03-03 00:00"), at("2026-03-04 00:00"))


def test_seconds_and_fractions_are_neither_dropped_nor_rounded() -> None:
    # biz drops weekly seconds, Zammad counts minutes, ServiceNow shows 99.951 % as breached.
    line = clock("Mo 08:00:01-08:00:03")
    assert 2 * SECOND == line.between(at("2026-03-02 00:00"), at("2026-03-03 00:00"))
    due = line.add(at("2026-03-02 08:00:02.999999"), 2 * MICROSECOND)
    assert at("2026-03-09 08:00:01.000001") == due
    target = policy(rule_data(within="0.000001s"))
    found = compute_deadline(target, at("2026-03-02 02:00:00.000001"), department="desk")
    assert at("2026-03-02 02:00:00.000002") == found.due_at


# --- Holidays ---


def test_a_holiday_asked_from_another_zone_is_closed() -> None:
    # bizdurr and opening-hours-rs compare the caller's date. 3 March in Tokyo begins at 15:00 UTC.
    line = clock("24/7", calendar(day_data("2026-03-03")), zone="Asia/Tokyo")
    new_york = ZoneInfo("America/New_York")
    asked = ["2026-03-02 14:59", "2026-03-02 15:00", "2026-03-03 14:59", "2026-03-03 15:00"]
    assert [True, False, False, True] == [
        line.is_open(at(text).astimezone(new_york)) for text in asked
    ]


def test_a_question_past_the_last_listed_holiday_is_an_error_naming_calendar_and_years() -> None:
    # businesstimedelta crashes, python-holidays says "no holiday".
    billing = Clock.of(load_policy("azdigi"), department="billing")
    with pytest.raises(YearsNotCoveredError) as caught:
        billing.is_open("2150-01-01T09:00:00+07:00")
    assert ("public_holidays", 1901, 2100) == (
        caught.value.calendar,
        caught.value.first,
        caught.value.last,
    )
    assert all(word in str(caught.value) for word in ("2150", "'public_holidays'", "1901 to 2100"))


@pytest.mark.parametrize("text", ["2026-02-29", "2026-02-30", "2026-04-31", "2026-13-01", "29 Feb"])
def test_a_date_that_does_not_exist_is_refused(text: str) -> None:
    # opening-hours-py and the OCA helpdesk take "29 Feb" or compare the day of the month alone.
    with pytest.raises(ValueError, match="date"):
        calendar(day_data(text))


def test_a_holiday_falls_on_its_date_and_not_on_its_day_of_every_month() -> None:
    line = clock("24/7", calendar(day_data("2026-03-03")))
    closed = [
        at("2026-01-01 12:00") + timedelta(days=day)
        for day in range(365)
        if not line.is_open(at("2026-01-01 12:00") + timedelta(days=day))
    ]
    assert [at("2026-03-03 12:00")] == closed


@pytest.mark.parametrize("run", range(1, 11))
def test_a_run_of_holidays_is_skipped_whole(run: int) -> None:
    # SimpleSLACalc skips one of two holidays in a row.
    first = date(2026, 3, 2)
    days = [day_data(str(first + timedelta(days=step))) for step in range(run)]
    line = clock("Mo-Su 09:00-17:00", calendar(*days))
    opens = first + timedelta(days=run)
    assert f"{opens} 10:00:00" == shown(line.add(at("2026-03-01 17:00"), HOUR))


@pytest.mark.parametrize("day", range(2, 9))
def test_the_weekend_is_the_weekend_from_every_weekday(day: int) -> None:
    # sla-calculator is off by one. 2 to 8 March 2026 are Monday to Sunday.
    following = {2: 3, 3: 4, 4: 5, 5: 6, 6: 9, 7: 9, 8: 9}[day]
    line = clock("Mo-Fr 09:00-17:00")
    assert f"2026-03-{following:02d} 10:00:00" == shown(
        line.add(at(f"2026-03-{day:02d} 17:00"), HOUR)
    )


# --- One table ---


def test_elapsed_time_and_deadline_agree() -> None:
    # GLPI counts them by two routines.
    line = clock("Mo-Fr 08:00-12:00,13:00-17:00", calendar(day_data("2026-03-03")))
    for step in range(200):
        start, amount = at("2026-03-01 00:00") + step * 47 * MICROSECOND * 10**8, step * HOUR / 3
        assert amount == line.between(start, line.add(start, amount))


def test_more_closed_time_never_makes_a_deadline_sooner() -> None:
    # In django-helpdesk exclusions make an escalation come sooner.
    free = clock("Mo-Fr 08:00-17:00", calendar())
    shut = clock("Mo-Fr 08:00-17:00", calendar(day_data("2026-03-03"), day_data("2026-03-06")))
    for step in range(24 * 9):
        start = at("2026-02-28 00:00") + step * HOUR
        assert free.add(start, 5 * HOUR) <= shut.add(start, 5 * HOUR)


def test_asking_later_for_one_target_is_never_due_sooner() -> None:
    line = policy(timezone="UTC")
    starts = [at("2026-02-27 12:00") + step * HOUR / 4 for step in range(400)]
    dues = [compute_deadline(line, start, department="desk").due_at for start in starts]
    assert all(one <= two for one, two in pairwise(dues))


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"business_hours_only": True}, id="the policy"),
        pytest.param({"departments": {"desk": {"business_hours_only": True}}}, id="a department"),
    ],
)
def test_a_key_that_means_nothing_is_an_error(changes: dict[str, Any]) -> None:
    # In Chatwoot "business hours only" was stored and ignored.
    found = faults(lambda: policy(**changes))
    assert ("key_unknown", "business_hours_only") in [(each.slug, each.place[-1]) for each in found]


def test_a_key_that_means_nothing_in_a_rule_is_an_error() -> None:
    assert "key_unknown" == fault(lambda: policy(rule_data(business_hours_only=True))).slug


def test_a_rule_that_could_never_be_used_is_an_error() -> None:
    assert "rule_unreachable" == fault(lambda: policy(rule_data(), when("Su"))).slug


def test_the_explanation_names_the_day_and_the_calendar_it_came_from() -> None:
    # In Zammad, osTicket and Frappe the date is right and nobody can see why.
    found = compute_deadline(
        load_policy("azdigi"), "2026-09-02T10:00:00+07:00", department="technical"
    )
    for word in ("2 September 2026", "Quốc khánh", "public_holidays", "python-holidays 0."):
        assert word in found.explain(long=True)
    assert "because 2 September 2026 is Quốc khánh." in found.explain()


# --- Values ---


@pytest.mark.parametrize(
    "value",
    [Stamp(2026, 3, 2, 9, tzinfo=UTC), "2026-03-02T09:00:00.000000001Z"],
    ids=["scalar", "text"],
)
def test_nanoseconds_are_refused_and_not_dropped(value: datetime | str) -> None:
    # workclock drops them in silence.
    with pytest.raises(InstantError, match="below the microsecond, which would be lost"):
        clock("24/7").add(value, HOUR)
    with pytest.raises(InstantError, match=r"round it first, e\.g\. with Timestamp\.floor"):
        compute_deadline(policy(), value, department="desk")


def test_equal_schedules_are_equal_hashable_and_picklable() -> None:
    # workclock's and timegrid's are none of these.
    one = Schedule("Mo-Fr 08:00-12:00,12:00-17:00")
    two = Schedule({"Fr": "08:00-17:00", "Mo-Th": ["12:00-17:00", "08:00-12:00"]})
    assert (one, hash(one), {one}) == (two, hash(two), {two})
    assert [one, one, one] == [pickle.loads(pickle.dumps(two)), copy.copy(two), copy.deepcopy(two)]
    lines = [Clock(each, timezone="UTC") for each in (one, two)]
    assert (lines[0], hash(lines[0])) == (lines[1], hash(lines[1]))


ASKED = """
from support_sla import compute_deadline, load_policy
for department in ("billing", "technical"):
    found = compute_deadline(load_policy("azdigi"), "2026-02-14T16:30:00+07:00", department=department)
    print(found.due_at.isoformat(), found.explain(), found.explain("vi", long=True))
"""


def test_the_time_zone_and_locale_of_the_process_have_no_say() -> None:
    # business_time and dayjs have a global configuration; RT reads TZ.
    said = {
        subprocess.run(
            [sys.executable, "-X", "utf8", "-c", ASKED],
            capture_output=True,
            check=True,
            env={**os.environ, "TZ": zone, "LANG": locale, "LC_ALL": locale},
        ).stdout
        for zone, locale in (
            ("UTC", "C"),
            ("America/New_York", "en_US.UTF-8"),
            ("Asia/Tokyo", "de"),
        )
    }
    (answer,) = said
    assert b"2026-02-21T08:30:00+07:00" in answer


# --- Cost, counted ---


class Probe(int):
    """An instant that counts how often it is compared."""

    compared = 0

    def __lt__(self, other: int) -> bool:
        Probe.compared += 1
        return int(self) < other

    def __gt__(self, other: int) -> bool:
        Probe.compared += 1
        return int(self) > other


def test_twenty_thousand_holidays_are_read_once_and_not_at_every_question() -> None:
    # biz gives no answer in ten seconds.
    first = date(2000, 1, 1)
    days = [
        {"date": first + timedelta(days=step), "name": "shut"}
        for step in range(28_100)
        if (first + timedelta(days=step)).weekday() < 5
    ]
    known = Counted.model_validate({"days": days, "years": (2000, 2080)})
    assert len(known.days) > 20_000
    line = clock("Mo-Su 09:00-17:00", known)
    READ.clear()
    assert "2026-03-07 10:00:00" == shown(line.add(at("2026-03-02 00:00"), HOUR))
    for step in range(200):
        line.add(at("2026-01-05 00:00") + step * HOUR, HOUR)
    assert len(READ) <= 2  # the year asked about, and the one before for its last night shift


def test_a_thousand_times_the_breaks_cost_ten_more_comparisons() -> None:
    # biz is 27 times slower with 120 breaks.
    def comparisons(breaks: int) -> int:
        spans = [(10 * each, 10 * each + 9) for each in range(breaks)]
        timeline = Timeline.of(spans, start=0, end=10 * breaks)
        Probe.compared = 0
        for instant in range(0, 10 * breaks, breaks):
            timeline.is_open(Probe(instant))
        return Probe.compared // 10

    assert comparisons(100) > 0
    assert comparisons(100_000) <= comparisons(100) + 11


def test_a_calendar_read_by_many_threads_at_once_is_whole_for_each() -> None:
    # python-holidays' objects fill themselves when read, and lose days under threads.
    fresh, start = HolidayCalendar(country="DE"), Barrier(8)

    def worker(turn: int) -> dict[int, Any]:
        start.wait()
        years = sorted(range(1995, 2060), key=lambda year: (year * (turn + 3)) % 67)
        return {year: fresh.special_days(year) for year in years}

    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(worker, range(8)))
    expected = {year: HolidayCalendar(country="DE").special_days(year) for year in found[0]}
    assert [expected] * 8 == found


# --- Where others disagree, and what holds here. 6 March 2026 is a Friday. ---


def test_a_target_ending_at_closing_time_is_due_at_closing_time() -> None:
    # pandas and biz agree with us; others move it to the next opening.
    line = clock("Mo-Fr 09:00-17:00")
    assert "2026-03-06 17:00:00" == shown(line.add(at("2026-03-06 16:00"), HOUR))
    office = policy(timezone="UTC")
    found = compute_deadline(office, at("2026-03-06 16:00"), department="desk")
    assert "2026-03-06 17:00:00" == shown(found.due_at)


def test_the_closing_instant_is_closed() -> None:
    assert not clock("Mo-Fr 09:00-17:00").is_open(at("2026-03-06 17:00"))


def test_the_next_opening_of_an_open_instant_is_that_instant() -> None:
    line = clock("Mo-Fr 09:00-17:00")
    for text in ("2026-03-06 09:00:00", "2026-03-06 12:34:56"):
        assert text == shown(line.next_open(at(text)))


def test_time_between_reversed_instants_is_negative() -> None:
    line = clock("Mo-Fr 09:00-17:00")
    assert -HOUR == line.between(at("2026-03-09 09:30"), at("2026-03-06 16:30"))


def test_a_policy_that_was_asked_is_the_policy_that_was_read() -> None:
    asked, fresh = load_policy("azdigi"), load_policy("azdigi")
    compute_deadline(asked, "2026-03-02T09:00:00+07:00", department="technical")
    assert (fresh, hash(fresh)) == (asked, hash(asked))
    assert fresh == Policy.model_validate(asked.model_dump())
