"""Which dates and hours an iCalendar text closes, by whole days, timed events and rules."""

from __future__ import annotations

import datetime as dt
from unicodedata import normalize
from zoneinfo import ZoneInfo

import pytest

from builders import parser_fault
from feed_texts import event, feed
from places import CASES
from read_feeds import HANOI, NEW_YORK, PARIS, closed, dates, names, series
from support_sla import SpecialDay
from support_sla.calendars.sources.ics.events import CLOCK_CHANGES
from support_sla.calendars.sources.ics.feed import read_feed


def one(*lines: str, first: int = 2026, last: int = 2026, zone: dt.tzinfo | None = None) -> object:
    return closed(feed(event(*lines)), first, last, zone)


# --- a feed as it is published ---


def test_a_published_feed_closes_what_a_reader_of_it_would_close() -> None:
    text = (CASES / "public_holidays.ics").read_text(encoding="utf-8")
    days = read_feed(text, source="holidays.ics").special_days(2026, 2026, None)
    tet = "Tết Nguyên Đán, mồng một đến mồng năm"
    expected = [
        ("2026-01-01", "New Year's Day", None),
        *((f"2026-02-{day}", tet, None) for day in range(16, 21)),
        ("2026-05-04", "May Day", None),
        ("2026-12-24", "Christmas Eve", "12:00-24:00"),
    ]
    written = [
        {"date": date, "name": name, "source": "holidays.ics"}
        | ({"closed": hours} if hours else {})
        for date, name, hours in expected
    ]
    assert tuple(SpecialDay(**each) for each in written) == days


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_line_endings_and_a_byte_order_mark_change_nothing(ending: str) -> None:
    text = (CASES / "public_holidays.ics").read_text(encoding="utf-8")
    assert closed(text) == closed("\ufeff" + text.replace("\n", ending) + ending)


def test_several_calendars_in_one_text_are_all_read() -> None:
    first, second = event("DTSTART:20260101"), event("DTSTART:20260102")
    assert {"2026-01-01": "all", "2026-01-02": "all"} == closed(feed(first) + feed(second))


# --- whole days ---


@pytest.mark.parametrize(
    ("lines", "last"),
    [
        (("DTSTART;VALUE=DATE:20260310",), 10),
        (("DTSTART:20260310",), 10),
        (("DTSTART;VALUE=DATE;TZID=Nowhere:20260310",), 10),
        (("DTSTART;VALUE=DATE:20260310", "DTEND;VALUE=DATE:20260310"), 10),
        (("DTSTART;VALUE=DATE:20260310", "DTEND;VALUE=DATE:20260311"), 10),
        (("DTSTART;VALUE=DATE:20260310", "DTEND;VALUE=DATE:20260312"), 11),
        (("DTSTART;VALUE=DATE:20260310", "DURATION:P0D"), 10),
        (("DTSTART;VALUE=DATE:20260310", "DURATION:P1D"), 10),
        (("DTSTART;VALUE=DATE:20260310", "DURATION:P2D"), 11),
        (("DTSTART;VALUE=DATE:20260310", "DURATION:+P1W"), 16),
        (("DTSTART;VALUE=DATE:20260310", "TRANSP:TRANSPARENT"), 10),
    ],
)
def test_a_whole_day_event_closes_each_date_before_its_end(
    lines: tuple[str, ...], last: int
) -> None:
    assert {f"2026-03-{day}": "all" for day in range(10, last + 1)} == one(*lines)


def test_only_the_asked_years_are_returned_of_an_event_over_new_year() -> None:
    lines = "DTSTART;VALUE=DATE:20251231", "DTEND;VALUE=DATE:20270102"
    assert ["2025-12-31"] == dates(*lines, first=2025, last=2025)
    assert 365 == len(dates(*lines, first=2026, last=2026))
    assert ["2027-01-01"] == dates(*lines, first=2027, last=2027)
    assert [] == dates(*lines, first=2024, last=2024) == dates(*lines, first=2028, last=2028)


def test_the_first_and_the_last_year_can_be_asked() -> None:
    lines = "DTSTART:00030101", "DTEND:99971231"
    assert "0003-01-01" == dates(*lines, first=3, last=3)[0]
    assert "9997-12-30" == dates(*lines, first=9997, last=9997)[-1]


@pytest.mark.parametrize("years", [(2, 2026), (2026, 9998), (2026, 2025)])
def test_years_that_are_no_span_are_refused(years: tuple[int, int]) -> None:
    read = read_feed(feed(event("DTSTART:20260101")), source="f")
    found = parser_fault(lambda: read.special_days(*years, None))
    assert "years_invalid" == found.slug
    assert str(list(years)) in found.message


# --- timed events ---


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (("DTSTART:20260310T080000", "DTEND:20260310T120000"), {"10": "08:00-12:00"}),
        (("DTSTART:20260310T080000", "DURATION:PT4H"), {"10": "08:00-12:00"}),
        (("DTSTART:20260310T080000", "DURATION:P1DT1H1M1S"), {"10": "08:00-24:00", "11": "00:00-09:01:01"}),
        (("DTSTART:20260310T220000", "DTEND:20260310T235959"), {"10": "22:00-23:59:59"}),
        (("DTSTART:20260310T220000", "DTEND:20260311T000000"), {"10": "22:00-24:00"}),
        (("DTSTART:20260310T220000", "DTEND:20260311T000001"), {"10": "22:00-24:00", "11": "00:00-00:00:01"}),
        (("DTSTART:20260310T000000", "DTEND:20260311T000000"), {"10": "all"}),
        (("DTSTART:20260310T000001", "DTEND:20260311T000000"), {"10": "00:00:01-24:00"}),
        (("DTSTART:20260309T120000", "DTEND:20260311T120000"), {"09": "12:00-24:00", "10": "all", "11": "00:00-12:00"}),
        (("DTSTART:20260310T080000", "DTEND:20260310T080000"), {}),
        (("DTSTART:20260310T080000",), {}),
        (("DTSTART:20260310T080000", "DTEND:20260310T120000", "TRANSP:TRANSPARENT"), {}),
    ],
)  # fmt: skip
def test_a_timed_event_closes_its_part_of_each_date(
    lines: tuple[str, ...], expected: dict[str, str]
) -> None:
    assert {f"2026-03-{day}": hours for day, hours in expected.items()} == one(*lines)


@pytest.mark.parametrize(
    ("start", "end", "zone", "expected"),
    [
        # 01:00 to 10:00 UTC is 08:00 to 17:00 in Vietnam (UTC+7).
        (":20260310T010000Z", ":20260310T100000Z", HANOI, {"2026-03-10": "08:00-17:00"}),
        (";TZID=UTC:20260310T010000Z", ":20260310T100000Z", HANOI, {"2026-03-10": "08:00-17:00"}),
        # 17:00 UTC is midnight there: the whole next date.
        (":20260310T170000Z", ":20260311T170000Z", HANOI, {"2026-03-11": "all"}),
        # Seen from UTC-4 (summer time from 8 March on) it is the afternoon and the next morning.
        (":20260310T170000Z", ":20260311T170000Z", NEW_YORK, {"2026-03-10": "13:00-24:00", "2026-03-11": "00:00-13:00"}),
        (";TZID=Europe/Paris:20260310T090000", ";TZID=Europe/Paris:20260310T100000", HANOI, {"2026-03-10": "15:00-16:00"}),
        (";TZID=Europe/Paris:20260310T090000", ":20260310T090000Z", PARIS, {"2026-03-10": "09:00-10:00"}),
        (';TZID="W. Europe Standard Time":20260310T090000', ":20260310T090000Z", PARIS, {"2026-03-10": "09:00-10:00"}),
        (";TZID=/example.org/2026_1/Europe/Paris:20260310T090000", ":20260310T090000Z", PARIS, {"2026-03-10": "09:00-10:00"}),
        (":20260310T080000", ":20260310T090000", HANOI, {"2026-03-10": "08:00-09:00"}),
        # New Year's Eve in New York is New Year's Day in Vietnam.
        (";TZID=America/New_York:20251231T120000", ";TZID=America/New_York:20251231T180000", HANOI, {"2026-01-01": "00:00-06:00"}),
    ],
)  # fmt: skip
def test_a_timed_event_is_read_by_the_calendars_own_clock(
    start: str, end: str, zone: ZoneInfo, expected: dict[str, str]
) -> None:
    assert expected == one(f"DTSTART{start}", f"DTEND{end}", zone=zone)


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        # Paris, 25 October 2026: 01:00 UTC is 02:00 again, after 02:59:59; so 02:00 to 03:00 comes twice.
        ("000000", "003000", "02:00-02:30"),
        ("000000", "005900", "02:00-02:59"),
        ("000000", "010000", "02:00-03:00"),
        ("003000", "013000", "02:30-03:00"),
        ("003030", "013030", "02:30:30-03:00"),
        ("013000", "020000", "02:30-03:00"),
        ("013000", "023000", "02:30-03:30"),
    ],
)
def test_an_hour_that_comes_twice_is_closed_until_the_event_is_over(
    start: str, end: str, expected: str
) -> None:
    lines = f"DTSTART:20261025T{start}Z", f"DTEND:20261025T{end}Z"
    assert {"2026-10-25": expected} == one(*lines, zone=PARIS)


def test_an_hour_that_never_comes_is_left_as_written() -> None:
    paris = ";TZID=Europe/Paris:20260329T"
    lines = f"DTSTART{paris}023000", f"DTEND{paris}033000"
    assert {"2026-03-29": "02:30-03:30"} == one(*lines, zone=PARIS)


def test_days_of_a_duration_follow_the_wall_clock_and_hours_follow_time() -> None:
    start = "DTSTART;TZID=Europe/Paris:20260329T000000"  # a date of 23 hours
    assert {"2026-03-29": "all"} == one(start, "DURATION:P1D", zone=PARIS)
    by_hours = {"2026-03-29": "all", "2026-03-30": "00:00-01:00"}
    assert by_hours == one(start, "DURATION:PT24H", zone=PARIS)


def test_a_time_in_a_zone_needs_the_calendars_own() -> None:
    lines = "DTSTART:20200310T010000Z", "DTEND:20200310T020000Z"
    read = read_feed(feed(event(*lines, summary="Stocktaking")), source="f")
    found = parser_fault(lambda: read.special_days(2026, 2026, None))
    assert "zone_needed" == found.slug
    for part in ("'Stocktaking'", "'u1'", "'UTC'", "timezone = 'Europe/Paris'"):
        assert part in found.message


# --- rules ---


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        # From Tuesday, 10 March 2026.
        ("FREQ=DAILY;COUNT=3", ["10", "11", "12"]),
        ("FREQ=DAILY;INTERVAL=7;UNTIL=20260323", ["10", "17"]),
        ("FREQ=DAILY;INTERVAL=7;UNTIL=20260324", ["10", "17", "24"]),
        ("FREQ=DAILY;INTERVAL=7;UNTIL=20260325;", ["10", "17", "24"]),
        ("freq=weekly;byday=tu,th;count=3", ["10", "12", "17"]),
        ("FREQ=WEEKLY;INTERVAL=2;UNTIL=20260331", ["10", "24"]),
        ("FREQ=MONTHLY;BYDAY=2TU,-1FR;COUNT=2", ["10", "27"]),
        ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1;COUNT=1", ["10", "31"]),
        ("FREQ=MONTHLY;BYDAY=05TU;COUNT=1", ["10", "31"]),
        ("FREQ=YEARLY;BYDAY=10TU,13TU;COUNT=2", ["10", "31"]),
        ("FREQ=YEARLY;COUNT=1", ["10"]),
        ("FREQ=YEARLY;BYYEARDAY=69,70;COUNT=2", ["10", "11"]),
        ("FREQ=YEARLY;BYWEEKNO=11;BYDAY=TU;WKST=MO;COUNT=1", ["10"]),
        ("FREQ=YEARLY;UNTIL=20260101", ["10"]),
    ],
)
def test_a_rule_closes_its_dates_and_always_the_first(rule: str, expected: list[str]) -> None:
    found = dates("DTSTART;VALUE=DATE:20260310", f"RRULE:{rule}")
    assert [f"2026-03-{day}" for day in expected] == found


def test_a_rule_without_end_reaches_every_year_asked() -> None:
    lines = "DTSTART:20240229", "RRULE:FREQ=YEARLY"
    assert ["2028-02-29"] == dates(*lines, first=2025, last=2028)
    assert [] == dates(*lines, first=2100, last=2103)
    assert ["9996-02-29"] == dates(*lines, first=9996, last=9997)


@pytest.mark.parametrize("freq", ["DAILY", "WEEKLY", "MONTHLY", "YEARLY"])
def test_a_rule_without_end_ends_with_the_years(freq: str) -> None:
    last = dates("DTSTART:19701231", f"RRULE:FREQ={freq}", first=9997, last=9997)[-1]
    # 31 December 1970 was a Thursday; 31 December 9997 is a Wednesday.
    assert ("9997-12-25" if freq == "WEEKLY" else "9997-12-31") == last


def test_a_rule_that_runs_from_the_first_year_gives_each_date_of_a_late_one_once() -> None:
    assert 365 == len(dates("DTSTART:00030101", "RRULE:FREQ=DAILY"))
    every_other = dates("DTSTART:20250101", "RRULE:FREQ=DAILY;INTERVAL=2", first=2026, last=2026)
    assert ["2026-01-01", "2026-01-03"] != every_other[:2] == ["2026-01-02", "2026-01-04"]


@pytest.mark.parametrize(
    "rule", ["DAILY;BYMONTH=2;BYMONTHDAY=30", "MONTHLY;BYDAY=5MO;BYMONTHDAY=1"]
)
def test_a_rule_that_never_comes_leaves_the_first_date(rule: str) -> None:
    lines = "DTSTART:20260310", f"RRULE:FREQ={rule}"
    assert ["2026-03-10"] == dates(*lines, first=2020, last=2030)


def test_a_rule_that_runs_out_of_years_is_over() -> None:
    assert [] == dates("DTSTART:99970310", "RRULE:FREQ=YEARLY;INTERVAL=9999", first=2026)
    assert ["9997-03-10"] == dates(
        "DTSTART:99970310", "RRULE:FREQ=DAILY;INTERVAL=9999", first=9997, last=9997
    )
    assert [] == dates("DTSTART:20260310", "RRULE:FREQ=DAILY;UNTIL=20260401", first=2030, last=2030)


def test_single_dates_are_added_and_taken_out() -> None:
    found = dates(
        "DTSTART;VALUE=DATE:20260310",
        "RRULE:FREQ=DAILY;COUNT=4",
        "RDATE;VALUE=DATE:20260101,20260501",
        "RDATE;VALUE=DATE:20260502",
        "EXDATE;VALUE=DATE:20260310, 20260312",
        "EXDATE;VALUE=DATE:20260502",
    )
    assert ["2026-01-01", "2026-03-11", "2026-03-13", "2026-05-01"] == found


def test_dates_alone_repeat_an_event_without_a_rule() -> None:
    lines = "DTSTART:20240310", "RDATE:20260311"
    assert ["2024-03-10", "2026-03-11"] == dates(*lines, first=2020, last=2030)
    assert ["2026-03-11"] == dates(*lines, first=2026, last=2026)


def test_a_timed_rule_keeps_its_wall_clock_over_a_clock_change() -> None:
    paris = ";TZID=Europe/Paris:202603"
    lines = (
        f"DTSTART{paris}28T220000",
        f"DTEND{paris}29T060000",
        "RRULE:FREQ=DAILY;UNTIL=20260330T200000Z",  # 22:00 in Paris, by then at UTC+2
        "EXDATE:20260328T210000Z",  # 22:00 in Paris, still at UTC+1
    )
    expected = {
        "2026-03-29": "22:00-24:00",
        "2026-03-30": "00:00-06:00,22:00-24:00",
        "2026-03-31": "00:00-06:00",
    }
    assert expected == one(*lines, zone=PARIS)
    # In Vietnam the same nights are 5 hours ahead in summer time: 03:00 to 11:00.
    in_hanoi = {"2026-03-30": "03:00-11:00", "2026-03-31": "03:00-11:00"}
    assert in_hanoi == one(*lines, zone=HANOI)


def test_a_night_that_begins_in_the_year_before_closes_its_morning() -> None:
    lines = "DTSTART:20250101T220000", "DURATION:PT8H", "RRULE:FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=31"
    assert {"2026-01-01": "00:00-06:00", "2026-12-31": "22:00-24:00"} == one(*lines)


# --- changed and ignored ones ---


def test_a_changed_instance_takes_the_place_of_its_own_only() -> None:
    lines = "RECURRENCE-ID;VALUE=DATE:20260311", "DTSTART:20260320T080000", "DTEND:20260320T090000"
    text = series(event(*lines, summary="Fair, moved"))
    assert {"2026-03-10": "all", "2026-03-12": "all", "2026-03-20": "08:00-09:00"} == closed(text)
    assert ["Fair", "Fair", "Fair, moved"] == list(names(text).values())


@pytest.mark.parametrize("line", ["STATUS:CANCELLED", "status:cancelled"])
def test_a_cancelled_instance_is_gone(line: str) -> None:
    cancelled = event("RECURRENCE-ID:20260311", "DTSTART:20260311", line)
    assert ["2026-03-10", "2026-03-12"] == list(closed(series(cancelled)))


def test_a_changed_instance_is_found_in_another_zone() -> None:
    rule = event(
        "DTSTART;TZID=Europe/Paris:20260310T080000", "DURATION:PT1H", "RRULE:FREQ=DAILY;COUNT=2"
    )
    changed = event("RECURRENCE-ID:20260311T070000Z", "DTSTART:20260312T090000Z", "DURATION:PT1H")
    expected = {"2026-03-10": "08:00-09:00", "2026-03-12": "10:00-11:00"}
    assert expected == closed(feed(rule, changed), zone=PARIS)


def test_a_changed_instance_stands_alone_without_its_series() -> None:
    lone = event("RECURRENCE-ID:20260311", "DTSTART:20260320", uid="other")
    assert 4 == len(closed(series(lone)))
    cancelled = event("DTSTART:20260310", "RRULE:FREQ=DAILY", "STATUS:CANCELLED")
    changed = event("RECURRENCE-ID:20260311", "DTSTART:20260320")
    assert ["2026-03-20"] == list(closed(feed(cancelled, changed)))


def test_an_ignored_event_is_not_read_further() -> None:
    broken = event("DTSTART:soon", "STATUS:CANCELLED"), event(summary="Clocks go back")
    assert {} == closed(feed(*broken))


@pytest.mark.parametrize(
    "summary",
    [
        "Daylight Saving Time starts",
        "British Summer Time begins",
        "Clocks  go\\nforward 1 hour",
        "Zeitumstellung (Sommerzeit)",
        "Beginn der Sommerzeit",
        "Passage à l\u2019heure d\u2019été",
        normalize("NFD", "Début de l'heure d'été"),
        "CAMBIO DE HORA",
        "Giờ mùa hè bắt đầu",
    ],
)
def test_a_note_that_clocks_change_closes_nothing(summary: str) -> None:
    assert {} == closed(feed(event("DTSTART:20260329", summary=summary)))


@pytest.mark.parametrize(
    "summary", ["Summer Bank Holiday", "Cambio de horario", "Sommerzeit", "Đổi giờ làm việc"]
)
def test_a_name_that_only_resembles_such_a_note_closes(summary: str) -> None:
    assert {"2026-03-29": summary} == names(feed(event("DTSTART:20260329", summary=summary)))


def test_the_phrases_are_written_as_they_are_looked_for() -> None:
    assert [normalize("NFC", each).casefold() for each in CLOCK_CHANGES] == list(CLOCK_CHANGES)
