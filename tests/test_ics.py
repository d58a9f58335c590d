"""`read_feed` and `Feed`: which dates and hours an iCalendar text closes, and what it is refused for."""

from __future__ import annotations

import datetime as dt
import pickle
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from unicodedata import normalize
from zoneinfo import ZoneInfo

import pytest

from builders import parser_fault
from support_sla import SpecialDay
from support_sla.calendars.sources import ics
from support_sla.values.week import format_day

CASES = Path(__file__).parent / "cases"
PARIS, HANOI, NEW_YORK = map(ZoneInfo, ("Europe/Paris", "Asia/Ho_Chi_Minh", "America/New_York"))


def event(*lines: str, summary: str = "Closed", uid: str = "u1") -> str:
    """Return a VEVENT with these lines; without a summary or UID where that is empty."""
    named = [f"{key}:{text}" for key, text in (("SUMMARY", summary), ("UID", uid)) if text]
    return "\r\n".join(["BEGIN:VEVENT", *named, *lines, "END:VEVENT", ""])


def feed(*parts: str) -> str:
    return "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n" + "".join(parts) + "END:VCALENDAR\r\n"


def closed(
    text: str, first: int = 2026, last: int | None = None, zone: dt.tzinfo | None = None
) -> dict[str, str]:
    """Return what a feed closes: date -> hours, 'all' for a whole date."""
    days = ics.read_feed(text, source="f").special_days(first, last or first, zone)
    assert [day.date for day in days] == sorted({day.date for day in days})
    return {
        str(day.date): "all" if day.is_whole_day_off else format_day(day.closure) for day in days
    }


def one(*lines: str, first: int = 2026, last: int = 2026, zone: dt.tzinfo | None = None) -> object:
    return closed(feed(event(*lines)), first, last, zone)


def dates(*lines: str, first: int = 2026, last: int = 2026) -> list[str]:
    return list(closed(feed(event(*lines)), first, last))


def names(text: str, year: int = 2026, zone: dt.tzinfo | None = None) -> dict[str, str]:
    days = ics.read_feed(text, source="f").special_days(year, year, zone)
    return {str(day.date): day.name for day in days}


def refused(text: str) -> tuple[str, str]:
    found = parser_fault(lambda: ics.read_feed(text, source="f"))
    assert found.message[0].islower()
    assert not found.message.endswith(".")
    assert "; " in found.message
    return found.slug, found.message


# --- a feed as it is published ---


def test_a_published_feed_closes_what_a_reader_of_it_would_close() -> None:
    text = (CASES / "public_holidays.ics").read_text(encoding="utf-8")
    days = ics.read_feed(text, source="holidays.ics").special_days(2026, 2026, None)
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
    read = ics.read_feed(feed(event("DTSTART:20260101")), source="f")
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
    read = ics.read_feed(feed(event(*lines, summary="Stocktaking")), source="f")
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


def series(*changed: str) -> str:
    rule = event("DTSTART;VALUE=DATE:20260310", "RRULE:FREQ=DAILY;COUNT=3", summary="Fair")
    return feed(*changed, rule)


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
    assert [normalize("NFC", each).casefold() for each in ics.CLOCK_CHANGES] == list(
        ics.CLOCK_CHANGES
    )


# --- names, and several events on one date ---


@pytest.mark.parametrize(
    ("summary", "name"),
    [
        ("", "unnamed event"),
        ("  ", "unnamed event"),
        ("  Tết  ", "Tết"),
        (r"Closed\; back\, we hope\, soon\n\nat nine", "Closed; back, we hope, soon at nine"),
        ("Clo\r\n sed", "Closed"),
        ("Clo\r\n\tsed", "Closed"),
    ],
)
def test_a_name_is_its_summary_trimmed_and_unescaped(summary: str, name: str) -> None:
    assert {"2026-03-10": name} == names(feed(event("DTSTART:20260310", summary=summary)))


def test_names_of_one_date_are_joined_in_the_feeds_order_each_once() -> None:
    order = "Zeta", "Alpha", "Zeta"
    text = feed(*(event("DTSTART:20260310", summary=name) for name in order))
    assert {"2026-03-10": "Zeta; Alpha"} == names(text)


@pytest.mark.parametrize(
    ("second", "expected"),
    [
        (("DTSTART:20260310",), "all"),
        (("DTSTART:20260310T115959", "DTEND:20260310T140000"), "08:00-14:00"),
        (("DTSTART:20260310T120000", "DTEND:20260310T140000"), "08:00-14:00"),
        (("DTSTART:20260310T120001", "DTEND:20260310T140000"), "08:00-12:00,12:00:01-14:00"),
        (("DTSTART:20260309T230000", "DTEND:20260310T080000"), "00:00-12:00"),
    ],
)
def test_windows_of_one_date_are_united_and_a_whole_day_holds(
    second: tuple[str, ...], expected: str
) -> None:
    first = event("DTSTART:20260310T080000", "DTEND:20260310T120000")
    assert expected == closed(feed(first, event(*second)))["2026-03-10"]
    assert expected == closed(feed(event(*second), first))["2026-03-10"]


def test_windows_that_fill_a_date_close_it_wholly() -> None:
    parts = ("000000", "20260310T120000"), ("120000", "20260311T000000")
    text = feed(*(event(f"DTSTART:20260310T{start}", f"DTEND:{end}") for start, end in parts))
    assert {"2026-03-10": "all"} == closed(text)


# --- refusals ---


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ((), "has no DTSTART"),
        (("DTSTART:",), "DTSTART ''"),
        (("DTSTART:20260230",), "DTSTART '20260230'"),
        (("DTSTART:2026-03-10",), "DTSTART '2026-03-10'"),
        (("DTSTART:20260310T240000",), "'20260310T240000'"),
        (("DTSTART:20260310T0800",), "'20260310T0800'"),
        (("DTSTART;VALUE=DATE:20260310T080000",), "DTSTART;VALUE=DATE '20260310T080000'"),
        (("DTSTART;VALUE=DATE-TIME:20260310",), "DTSTART;VALUE=DATE-TIME '20260310'"),
        (("DTSTART;VALUE=PERIOD:20260310",), "DTSTART;VALUE=PERIOD '20260310'"),
        (("DTSTART:00021231",), "years 3 to 9997"),
        (("DTSTART:99980101",), "years 3 to 9997"),
        (("DTSTART:20260310", "DTSTART:20260311"), "DTSTART 2 times"),
        (("DTSTART;TZID=Mars/Base:20260310T080000",), "TZID 'Mars/Base'"),
        (("DTSTART;TZID=/a/Mars/Base:20260310T080000",), "TZID '/a/Mars/Base'"),
        (("DTSTART;TZID=Europe/Paris:20260310T080000Z",), "both in UTC and in TZID 'Europe/Paris'"),
        (("DTSTART:20260310", "DTEND:20260309"), "DTEND 20260309 before its DTSTART"),
        (("DTSTART:20260310T080000", "DTEND:20260310T075959"), "before its DTSTART"),
        (("DTSTART:20260310", "DTEND:20260310T080000"), "ends on 2026-03-10 at 08:00:00, or with that whole date"),
        (("DTSTART:20260310T080000", "DTEND:20260311"), "DTEND as a date, but DTSTART as a local time"),
        (("DTSTART:20260310T080000", "DTEND:20260310T090000Z"), "DTEND as a time in a zone"),
        (("DTSTART:20260310", "DTEND:20260311", "DURATION:P1D"), "both DTEND and DURATION"),
        *(
            (("DTSTART:20260310", f"DURATION:{text}"), f"DURATION '{text}'")
            for text in ("PT24H", "-P1D", "P", "1D", "P1Y")
        ),
        *(
            (("DTSTART:20260310T080000", f"DURATION:{text}"), f"DURATION '{text}'")
            for text in ("-PT1H", "PT", "P1WT1H", "P1DT")
        ),
        (("DTSTART:20260310", "DURATION:P9999W", "RRULE:FREQ=YEARLY"), "lasts 69993 days"),
        (("DTSTART:20260310", "DURATION:P367D", "RDATE:20300101"), "at most 366 can be read"),
        (("DTSTART:99970310", "DURATION:P298D"), "at most 297 can be read"),
        (("DTSTART:20260310", "EXRULE:FREQ=DAILY"), "has EXRULE"),
        (("DTSTART:20260310", "RDATE;VALUE=PERIOD:20260101T000000Z/PT1H"), "RDATE;VALUE=PERIOD"),
        (("DTSTART:20260310", "RDATE:20260101T080000"), "RDATE 20260101T080000 beside a DTSTART that is a date"),
        (("DTSTART:20260310T080000Z", "EXDATE:20260310"), "EXDATE as a date"),
        (("DTSTART:20260310", "RRULE:FREQ=DAILY;UNTIL=20300101T170000Z"), "UNTIL 20300101T170000Z beside a DTSTART that is a date"),
        (("DTSTART:20260310T080000Z", "RRULE:FREQ=YEARLY;UNTIL=20300101T000000"), "UNTIL as a local"),
        (("DTSTART:20260310", "RECURRENCE-ID;RANGE=THISANDFUTURE:20260310"), "RANGE"),
        (("DTSTART:20260310", "no property at all"), "the line 'no property at all'"),
        (("DTSTART;VALUE:20260310",), "the line 'DTSTART;VALUE:20260310'"),
    ],
)  # fmt: skip
def test_a_broken_event_is_refused_by_name(lines: tuple[str, ...], said: str) -> None:
    good = event("DTSTART:20260101", summary="New Year", uid="good")
    slug, message = refused(feed(good, event(*lines, summary="Fair", uid="bad@x")))
    assert "ics_event_invalid" == slug
    assert message.startswith("event 'Fair' (UID 'bad@x') ")
    assert said in message


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        *((f"FREQ={freq}", f"FREQ={freq}") for freq in ("SECONDLY", "MINUTELY", "HOURLY")),
        ("FREQ=DAILY;BYHOUR=9", "BYHOUR"),
        ("FREQ=DAILY;COUNT=2;UNTIL=20300101", "COUNT beside UNTIL"),
        ("FREQ=DAILY;UNTIL=20300101;COUNT=2", "COUNT beside UNTIL"),
        ("FREQ=WEEKLY;BYDAY=1MO", "the n-th weekday of WEEKLY"),
        ("BYDAY=1MO;FREQ=WEEKLY", "the n-th weekday of WEEKLY"),
        ("FREQ=YEARLY;BYWEEKNO=1;BYDAY=1MO", "the n-th weekday of a week"),
        ("FREQ=MONTHLY;BYDAY=5MO,-6MO", "a sixth weekday of a month"),
        ("BYMONTH=1;BYDAY=10MO;FREQ=YEARLY", "a sixth weekday of a month"),
        ("FREQ=YEARLY;BYWEEKNO=1", "BYWEEKNO without BYDAY"),
        ("FREQ=MONTHLY;BYYEARDAY=1", "BYYEARDAY in less than a year"),
        ("FREQ=WEEKLY;BYMONTHDAY=1", "BYMONTHDAY in a week"),
        ("FREQ=MONTHLY;BYSETPOS=1", "BYSETPOS alone"),
        ("", "''"),
        ("BYDAY=MO", "no FREQ"),
        ("FREQ=SOMETIMES", "'FREQ=SOMETIMES'"),
        ("FREQ=DAILY;FREQ=DAILY", "FREQ twice"),
        ("FREQ=DAILY;RSCALE=CHINESE", "'RSCALE=CHINESE'"),
        ("FREQ=DAILY;INTERVAL=0", "'INTERVAL=0'"),
        ("FREQ=DAILY;COUNT=0", "'COUNT=0'"),
        ("FREQ=DAILY;UNTIL=soon", "'UNTIL=SOON'"),
        ("FREQ=DAILY;UNTIL=20300230", "UNTIL '20300230'"),
        ("FREQ=DAILY;BYMONTH=13", "'BYMONTH=13'"),
        ("FREQ=DAILY;BYMONTHDAY=0", "'BYMONTHDAY=0'"),
        ("FREQ=DAILY;BYMONTHDAY=32", "'BYMONTHDAY=32'"),
        ("FREQ=YEARLY;BYYEARDAY=000", "'BYYEARDAY=000'"),
        ("FREQ=YEARLY;BYYEARDAY=-367", "'BYYEARDAY=-367'"),
        ("FREQ=YEARLY;BYDAY=54MO", "'BYDAY=54MO'"),
        ("FREQ=YEARLY;BYDAY=", "'BYDAY='"),
    ],
)
def test_a_rule_is_refused_by_what_is_wrong_with_it(rule: str, said: str) -> None:
    slug, message = refused(feed(event("DTSTART:20260310", f"RRULE:{rule}")))
    assert "ics_event_invalid" == slug
    assert said in message


def test_an_until_past_all_years_is_no_end() -> None:
    rule = "RRULE:FREQ=YEARLY;UNTIL=99991231T235959Z"
    assert ["2030-03-10"] == dates("DTSTART:20260310", rule, first=2030, last=2030)


def test_a_changed_instance_must_say_whose_it_is_and_be_written_like_it() -> None:
    slug, message = refused(feed(event("RECURRENCE-ID:20260310", "DTSTART:20260310", uid="")))
    assert ("ics_event_invalid", True) == (slug, "no UID" in message)
    changed = event("RECURRENCE-ID:20260310T080000", "DTSTART:20260310", summary="Moved")
    slug, message = refused(series(changed))
    assert "ics_event_invalid" == slug
    assert "'Fair' (UID 'u1') has RECURRENCE-ID 20260310T080000 beside a DTSTART" in message


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "no calendar"),
        ("\r\n \r\n", "no calendar"),
        ("tests/cases/public_holidays.ics", "'tests/cases/public_holidays.ics'"),
        ("<!DOCTYPE html>\n<html></html>", "'<!DOCTYPE html>'"),
        (event("DTSTART:20260310"), "'BEGIN:VEVENT'"),
        ("END:VCALENDAR", "'END:VCALENDAR'"),
        (feed(event("DTSTART:20260310"))[:-16], "ends inside VCALENDAR"),
        (feed(event("DTSTART:20260310"))[:-30], "ends inside VEVENT"),
        (feed(feed(event("DTSTART:20260310"))), "'BEGIN:VCALENDAR'"),
        ("BEGIN:VCALENDAR\nBEGIN:VEVENT\nEND:VCALENDAR\n", "'END:VCALENDAR'"),
        (feed() + "and more", "'and more'"),
    ],
)
def test_a_text_that_is_no_whole_calendar_is_refused(text: str, said: str) -> None:
    slug, message = refused(text)
    assert "ics_invalid" == slug
    assert said in message


def test_a_calendar_without_events_is_refused() -> None:
    todo = "BEGIN:VTODO\r\nDTSTART:20260310\r\nEND:VTODO\r\n"
    assert "ics_empty" == refused(feed())[0] == refused(feed(todo))[0]


def test_a_text_past_the_limit_is_refused_unread(monkeypatch: pytest.MonkeyPatch) -> None:
    text = feed(event("DTSTART:20260310", summary="Tết"))
    size = len(text.encode())
    assert size == len(text) + 2
    for limit in (size, size + 1):
        monkeypatch.setattr(ics, "LIMIT", limit)
        assert ["2026-03-10"] == list(closed(text))
    for limit in (size - 1, len(text) - 1):
        monkeypatch.setattr(ics, "LIMIT", limit)
        assert "ics_too_large" == refused(text)[0]
        assert "ics_too_large" == refused("x" * size)[0]


def test_without_icalendar_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "icalendar", None)
    monkeypatch.delitem(sys.modules, "icalendar.parser", raising=False)
    slug, message = refused(feed(event("DTSTART:20260310")))
    assert "extra_missing" == slug
    assert "support-sla[ics]" in message


# --- size and sharing ---


def test_a_large_feed_splits_each_line_once(monkeypatch: pytest.MonkeyPatch) -> None:
    import icalendar.parser

    made = 0

    class Counted(icalendar.parser.Contentline):
        def parts(self) -> tuple[str, icalendar.parser.Parameters, str]:
            nonlocal made
            made += 1
            return super().parts()

    monkeypatch.setattr(icalendar.parser, "Contentline", Counted)
    first = dt.date(2000, 1, 1)
    days = [first + dt.timedelta(days=number) for number in range(3_000)]
    text = feed(*(event(f"DTSTART:{day:%Y%m%d}", f"X-NOTE:{day}", uid=str(day)) for day in days))
    assert [str(day) for day in days] == list(closed(text, 2000, 2030))
    assert 3 * len(days) == made


def test_a_feed_is_shared_between_threads_and_pickled_as_it_is() -> None:
    read = ics.read_feed((CASES / "public_holidays.ics").read_text("utf-8"), source="f")

    def ask(year: int) -> tuple[SpecialDay, ...]:
        return read.special_days(year, year, PARIS)

    years = [2020 + number % 20 for number in range(200)]
    with ThreadPoolExecutor(8) as pool:
        assert list(map(ask, years)) == list(pool.map(ask, years))
    copy = pickle.loads(pickle.dumps(read))
    assert (copy, hash(copy)) == (read, hash(read))
    with pytest.raises(AttributeError):
        read.source = "g"  # type: ignore[misc]
