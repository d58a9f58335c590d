"""What a feed may write otherwise than RFC 5545 says: read and noted, or refused with both readings."""

from __future__ import annotations

import pickle

import pytest

from builders import fault
from feed_texts import calendar, dates, event, feed
from support_sla import HolidayCalendar

DATE = "DTSTART;VALUE=DATE:20260310"
DAILY = "RRULE:FREQ=DAILY;COUNT=4"


def notes(*lines: str, timezone: str | None = None) -> tuple[str, ...]:
    return calendar(event(*lines), timezone=timezone).feed_notes


def march(*days: int) -> list[str]:
    return [f"2026-03-{day:02}" for day in days]


READ = [
    # A rule of whole dates that ends at a time
    ((DATE, "RRULE:FREQ=DAILY;UNTIL=20260312T000000Z"), march(10, 11, 12), "UNTIL 20260312T000000Z is read as the date 2026-03-12"),
    ((DATE, "RRULE:FREQ=DAILY;UNTIL=20260312T095959Z"), march(10, 11, 12), "as the date 2026-03-12"),
    ((DATE, "RRULE:FREQ=DAILY;UNTIL=20260312T235900Z"), march(10, 11, 12), "as the date 2026-03-12"),
    ((DATE, "RRULE:FREQ=DAILY;UNTIL=20260312T235959Z"), march(10, 11, 12), "as the date 2026-03-12"),
    ((DATE, "RRULE:FREQ=DAILY;UNTIL=20260312T170000"), march(10, 11, 12), "as the date 2026-03-12"),
    # The 17th is a turn and the 18th is none, so it does not matter which of both is meant.
    ((DATE, "RRULE:FREQ=WEEKLY;UNTIL=20260317T170000Z"), march(10, 17), "as the date 2026-03-17"),
    # Exceptions, additions and changed instances at midnight
    ((DATE, DAILY, "EXDATE:20260311T000000"), march(10, 12, 13), "EXDATE 20260311T000000 is read as the date 2026-03-11"),
    ((DATE, DAILY, "EXDATE;TZID=Asia/Ho_Chi_Minh:20260311T000000"), march(10, 12, 13), "as the date 2026-03-11"),
    ((DATE, DAILY, "EXDATE:20260311T000000Z"), march(10, 12, 13), "as the date 2026-03-11"),
    ((DATE, DAILY, "EXDATE:20260311T050000Z"), march(10, 12, 13), "as the date 2026-03-11"),
    ((DATE, DAILY, "EXDATE:20260311T095959Z"), march(10, 12, 13), "as the date 2026-03-11"),
    ((DATE, DAILY, "EXDATE:20260311T000000,20260312T000000"), march(10, 13), "as the date 2026-03-11, and 1 more so"),
    ((DATE, "RDATE:20260312T000000"), march(10, 12), "RDATE 20260312T000000 is read as the date 2026-03-12"),
    # An end with a time
    ((DATE, "DTEND:20260310T000000"), march(10), "DTEND 20260310T000000 is read as the date 2026-03-10"),
    ((DATE, "DTEND:20260312T000000"), march(10, 11), "as the date 2026-03-12"),
    ((DATE, "DTEND;TZID=Asia/Ho_Chi_Minh:20260312T000000"), march(10, 11), "as the date 2026-03-12"),
    ((DATE, "DTEND:20260312T000000Z"), march(10, 11), "as the date 2026-03-12"),
    ((DATE, "DTEND:20260311T235900"), march(10, 11), "DTEND 20260311T235900 is read as the date 2026-03-12"),
    ((DATE, "DTEND:20260311T235959"), march(10, 11), "as the date 2026-03-12"),
    # What closes nothing
    (("DTSTART:20260310T080000",), [], "event 'Closed' (UID 'u1') closes nothing, for it ends when it begins"),
    (("DTSTART:20260310T080000", "DTEND:20260310T080000"), [], "closes nothing, for it ends when it begins"),
    (("DTSTART:20260310T080000", "DURATION:PT0S", "RRULE:FREQ=DAILY"), [], "closes nothing, for it ends when it begins"),
    (("DTSTART:20260310T080000", "DTEND:20260310T080001"), march(10), None),
    ((DATE,), march(10), None),
    ((DATE, "DTEND;VALUE=DATE:20260310"), march(10), None),
]  # fmt: skip


@pytest.mark.parametrize(("lines", "expected", "note"), READ)
def test_what_has_one_meaning_is_read_and_noted(
    lines: tuple[str, ...], expected: list[str], note: str | None
) -> None:
    found = calendar(event(*lines))
    assert expected == dates(found)
    if note is None:
        assert () == found.feed_notes
        return
    (only,) = found.feed_notes
    assert only.startswith("event 'Closed' (UID 'u1')")
    assert only.endswith(note)


TWO_MEANINGS = [
    ((DATE, "RRULE:FREQ=DAILY;UNTIL=20260312T100000Z"), "2026-03-12 in UTC, or 2026-03-13 where it is midnight"),
    ((DATE, "RRULE:FREQ=DAILY;UNTIL=20260312T100001Z"), "UNTIL=20260312 or 20260313"),
    ((DATE, "RRULE:FREQ=DAILY;UNTIL=20260312T235859Z"), "2026-03-12 in UTC, or 2026-03-13 where it is midnight"),
    ((DATE, DAILY, "EXDATE:20260310T170000Z"), "2026-03-10 in UTC, but 2026-03-11 where it is midnight"),
    ((DATE, DAILY, "EXDATE:20260310T100000Z"), "2026-03-10 in UTC, but 2026-03-11 where it is midnight"),
    ((DATE, DAILY, "EXDATE:20260311T080000"), "the date 2026-03-11, or an instance at 08:00:00 that there is not"),
    ((DATE, DAILY, "EXDATE:20260311T000001"), "the date 2026-03-11, or an instance at 00:00:01"),
    ((DATE, "DTEND:20260311T000001"), "ends on 2026-03-11 at 00:00:01, or with that whole date"),
    ((DATE, "DTEND:20260311T170000Z"), "ends on 2026-03-11 at 17:00:00, or with that whole date"),
    ((DATE, "DTEND:20260311T235859"), "ends on 2026-03-11 at 23:58:59, or with that whole date"),
]  # fmt: skip


@pytest.mark.parametrize(("lines", "both"), TWO_MEANINGS)
def test_what_has_two_meanings_is_refused_with_both(lines: tuple[str, ...], both: str) -> None:
    found = fault(lambda: calendar(event(*lines)))
    assert "ics_event_invalid" == found.slug
    assert found.message.startswith("event 'Closed' (UID 'u1') has ")
    assert both in found.message
    assert "; write " in found.message


@pytest.mark.parametrize("at", ["20260311T000000", "20260311T000000Z", "20260311T050000Z"])
def test_a_changed_instance_of_a_date_may_be_named_by_its_midnight(at: str) -> None:
    changed = event(f"RECURRENCE-ID:{at}", "DTSTART;VALUE=DATE:20260320", summary="Moved")
    found = calendar(changed, event(DATE, DAILY, summary="Fair"))
    assert march(10, 12, 13, 20) == dates(found)
    said = f"event 'Fair' (UID 'u1'): RECURRENCE-ID {at} is read as the date 2026-03-11"
    assert (said,) == found.feed_notes


def test_a_changed_instance_that_is_two_dates_is_refused_by_its_series() -> None:
    changed = event("RECURRENCE-ID:20260310T170000Z", "DTSTART:20260320", summary="Moved")
    found = fault(lambda: calendar(changed, event(DATE, DAILY, summary="Fair")))
    assert found.message.startswith("event 'Fair' (UID 'u1') has RECURRENCE-ID 20260310T170000Z")
    assert "2026-03-11 where it is midnight" in found.message


@pytest.mark.parametrize(
    ("until", "last"), [("20260312T075959", 11), ("20260312T080000", 12), ("20260312T080001", 12)]
)
def test_a_rule_with_times_ends_at_its_until_to_the_second(until: str, last: int) -> None:
    rule = f"RRULE:FREQ=DAILY;UNTIL={until}"
    found = calendar(event("DTSTART:20260310T080000", "DURATION:PT1H", rule))
    assert march(*range(10, last + 1)) == dates(found)
    assert () == found.feed_notes


@pytest.mark.parametrize("size", [254, 255, 256])
def test_a_summary_names_days_with_its_first_255_characters_at_the_most(size: int) -> None:
    found = calendar(event(DATE, summary="x" * size))
    (name,) = [day.name for day in found.special_days(2026)]
    if size <= 255:
        assert ("x" * size, ()) == (name, found.feed_notes)
        return
    assert "x" * 254 + "…" == name
    (note,) = found.feed_notes
    assert "SUMMARY is read to its first 254 characters" in note


def test_notes_stand_in_the_feeds_order_and_those_of_a_union_follow() -> None:
    parts = [event("DTSTART:20260310T080000", summary=name, uid=name) for name in "ba"]
    parts.append(event(DATE))
    own, other = feed(*parts), feed(event("DTSTART:20260310T080000", summary="c"), event(DATE))
    both = HolidayCalendar(
        feed=own, years=[2026, 2026], union=[{"feed": other, "years": [2026, 2026]}]
    )
    assert ["'b'", "'a'", "'c'"] == [note.split()[1] for note in both.feed_notes]
    assert both.feed_notes == pickle.loads(pickle.dumps(both)).feed_notes


def test_a_calendar_without_a_feed_has_no_notes() -> None:
    assert () == HolidayCalendar(years=[2026, 2026]).feed_notes


def test_an_event_that_closes_nothing_still_takes_the_place_of_an_instance() -> None:
    changed = event(
        "RECURRENCE-ID:20260311T080000", "DTSTART:20260311T090000", summary="Called off"
    )
    series = event("DTSTART:20260310T080000", "DURATION:PT1H", DAILY)
    found = calendar(series, changed)
    assert march(10, 12, 13) == dates(found)
    assert "'Called off'" in found.feed_notes[0]
