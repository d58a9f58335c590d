"""Names of a feed, what it is refused for, and that it is read once for all threads."""

from __future__ import annotations

import datetime as dt
import pickle
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from builders import parser_fault
from feed_texts import event, feed
from places import CASES
from read_feeds import PARIS, closed, dates, names, series
from support_sla import SpecialDay
from support_sla.calendars.sources.ics import feed as feed_module
from support_sla.calendars.sources.ics.feed import read_feed


def refused(text: str) -> tuple[str, str]:
    found = parser_fault(lambda: read_feed(text, source="f"))
    assert found.message[0].islower()
    assert not found.message.endswith(".")
    assert "; " in found.message
    return found.slug, found.message


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
        monkeypatch.setattr(feed_module, "LIMIT", limit)
        assert ["2026-03-10"] == list(closed(text))
    for limit in (size - 1, len(text) - 1):
        monkeypatch.setattr(feed_module, "LIMIT", limit)
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
    read = read_feed((CASES / "public_holidays.ics").read_text("utf-8"), source="f")

    def ask(year: int) -> tuple[SpecialDay, ...]:
        return read.special_days(year, year, PARIS)

    years = [2020 + number % 20 for number in range(200)]
    with ThreadPoolExecutor(8) as pool:
        assert list(map(ask, years)) == list(pool.map(ask, years))
    copy = pickle.loads(pickle.dumps(read))
    assert (copy, hash(copy)) == (read, hash(read))
    with pytest.raises(AttributeError):
        read.source = "g"  # type: ignore[misc]
