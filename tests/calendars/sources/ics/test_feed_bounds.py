"""What a feed may cost: bounds with their numbers, and work that grows with the feed, once."""

from __future__ import annotations

import datetime as dt

import pytest

from builders import fault
from feed_texts import calendar, event, feed
from support_sla import HolidayCalendar
from support_sla.calendars.sources import rrule_turns
from support_sla.calendars.sources.ics import events as ics_events
from support_sla.calendars.sources.ics import feed as ics_feed
from support_sla.calendars.sources.ics.feed import EVENTS, LIMIT, LOOKS, YEARS
from support_sla.calendars.sources.ics.values import Moment


def one_each(number: int, *lines: str) -> list[str]:
    """Return events on the first dates from March 2020 on."""
    first = dt.date(2020, 3, 1)
    days = (first + dt.timedelta(at) for at in range(number))
    return [event(f"DTSTART:{day:%Y%m%d}", *lines, uid=str(day)) for day in days]


def test_the_bounds_are_the_documented_ones() -> None:
    assert (8 * 1024 * 1024, 20_000, 400, 1_000_000) == (LIMIT, EVENTS, YEARS, LOOKS)


@pytest.mark.parametrize("last", [2424, 2425, 2426])
def test_a_calendar_with_a_feed_covers_at_most_400_years(last: int) -> None:
    if last <= 2425:
        assert (2026, last) == calendar(event("DTSTART:20260310"), years=(2026, last)).covered_years
        return
    found = fault(lambda: calendar(event("DTSTART:20260310"), years=(2026, last)))
    assert "ics_too_many_years" == found.slug
    assert "[2026, 2426] of a calendar with a feed are 401, more than 400; " in found.message


@pytest.mark.parametrize("bound", [9, 10, 11])
def test_a_feed_has_so_many_events_and_no_more(monkeypatch: pytest.MonkeyPatch, bound: int) -> None:
    monkeypatch.setattr(ics_feed, "EVENTS", bound)
    if bound >= 10:
        assert calendar(*one_each(10))
        return
    found = fault(lambda: calendar(*one_each(10)))
    assert ("ics_too_many_events", True) == (
        found.slug,
        "10 events, more than 9; " in found.message,
    )


@pytest.mark.parametrize(
    ("lines", "years", "looks"),
    [
        # a date closed
        (("DTSTART:20260310",), (2026, 2026), 1),
        (("DTSTART:20260310", "DTEND:20260313"), (2026, 2026), 3),
        (("DTSTART:20200310", "DTEND:90000313"), (2026, 2027), 730),
        (("DTSTART:20260310T080000", "DURATION:PT1H"), (2026, 2026), 2),
        (("DTSTART:20260310",), (2027, 2027), 0),
        # a period and each date that is tried in it, besides: two days before and three after count
        (("DTSTART:20200101", "RRULE:FREQ=DAILY"), (2026, 2026), 365 + 2 * (365 + 3 + 3)),
        (("DTSTART:20200710", "RRULE:FREQ=YEARLY"), (2026, 2026), 1 + 3 * 2),
        (("DTSTART:20200101", "RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30"), (2026, 2026), 2 * 371),
        (("DTSTART:20250101", "RRULE:FREQ=DAILY;COUNT=10"), (2026, 2026), 0),
    ],
)  # fmt: skip
def test_the_dates_that_an_event_looks_at_are_counted(
    monkeypatch: pytest.MonkeyPatch, lines: tuple[str, ...], years: tuple[int, int], looks: int
) -> None:
    if "COUNT" in lines[-1]:  # it is counted once, when the feed is read
        monkeypatch.setattr(ics_feed, "LOOKS", 20)
        assert calendar(event(*lines), years=years)
        return
    for bound in (looks, looks + 1):
        monkeypatch.setattr(ics_feed, "LOOKS", bound)
        assert calendar(event(*lines), years=years)
    monkeypatch.setattr(ics_feed, "LOOKS", looks - 1)
    found = fault(lambda: calendar(event(*lines), years=years))
    assert "ics_too_many_dates" == found.slug
    assert f"more than {looks - 1} dates in {years[0]} to {years[1]}; write fewer" in found.message


def test_a_count_that_is_not_reached_in_all_bounds_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(ics_feed, "LOOKS", 19)
    found = fault(lambda: calendar(event("DTSTART:20260310", "RRULE:FREQ=DAILY;COUNT=10")))
    assert "ics_too_many_dates" == found.slug
    assert "more than 19 dates to find where they end; " in found.message


@pytest.mark.parametrize("looks", [LOOKS // 10, pytest.param(LOOKS, marks=pytest.mark.slow)])
@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30;COUNT=9",
        "FREQ=YEARLY;BYDAY=MO,TU,WE,TH,FR,SA,SU;BYSETPOS=" + ",".join(map(str, range(1, 200))),
        "FREQ=DAILY;COUNT=99999",
    ],
)
def test_a_thousand_costly_rules_are_refused_before_they_cost_more(
    monkeypatch: pytest.MonkeyPatch, rule: str, looks: int
) -> None:
    monkeypatch.setattr(ics_feed, "LOOKS", looks)
    events = [event("DTSTART:20260101", f"RRULE:{rule}", uid=str(at)) for at in range(1_000)]
    found = fault(lambda: calendar(*events, years=(2026, 2036)))
    assert "ics_too_many_dates" == found.slug


class Counted:
    """How often a feed is read, an event is read and a rule looks at a period or date."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.feeds = self.spans = self.tried = 0
        read, span = ics_feed.read_feed, ics_events.Event.span
        tried = rrule_turns.Turns._tried

        def reading(*args: object, **options: object) -> object:
            self.feeds += 1
            return read(*args, **options)  # type: ignore[arg-type]

        def spanning(*args: object) -> object:
            self.spans += 1
            return span(*args)  # type: ignore[arg-type]

        def trying(*args: object) -> object:
            self.tried += 1
            return tried(*args)  # type: ignore[arg-type]

        monkeypatch.setattr(ics_feed, "read_feed", reading)
        monkeypatch.setattr(ics_events.Event, "span", spanning)
        monkeypatch.setattr(rrule_turns.Turns, "_tried", trying)


def cost(monkeypatch: pytest.MonkeyPatch, number: int, removed: int) -> tuple[int, int, int]:
    """Return what it takes to make a calendar of yearly events and to ask it for ten years."""
    days = [str(dt.date(2020, 3, 1) + dt.timedelta(at)) for at in range(removed)]
    text = feed(*one_each(number, "RRULE:FREQ=YEARLY"))
    with monkeypatch.context() as patched:
        counted = Counted(patched)
        made = HolidayCalendar(feed=text, years=(2020, 2029), removed=days)
        for year in (*range(2020, 2030), *range(2020, 2030)):
            made.special_days(year)
    return counted.feeds, counted.spans, counted.tried


def test_a_feed_is_read_once_and_each_year_of_it_once_whatever_is_asked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    plain, changed = cost(monkeypatch, 100, 0), cost(monkeypatch, 100, 40)
    assert (1, 10 * 100) == plain[:2]
    assert plain == changed


def test_the_cost_of_a_feed_grows_with_its_events_and_no_faster(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    n, twice, four = (cost(monkeypatch, number, 10) for number in (50, 100, 200))
    assert (2 * n[1], 2 * n[2]) == twice[1:]
    assert (4 * n[1], 4 * n[2]) == four[1:]


def test_making_a_calendar_makes_none_of_its_days(monkeypatch: pytest.MonkeyPatch) -> None:
    daily = feed(event("DTSTART:20260101", "RRULE:FREQ=DAILY"))
    counted = Counted(monkeypatch)
    made = HolidayCalendar(feed=daily, years=(2026, 2425))
    assert 0 == counted.spans
    assert 365 == len(made.special_days(2026))
    assert counted.spans <= 371


def test_series_and_changes_of_one_uid_are_matched_once_not_each_with_each(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked = 0
    beside = Moment.beside

    def counted(*args: object) -> object:
        nonlocal asked
        asked += 1
        return beside(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(Moment, "beside", counted)
    series = [event("DTSTART:20260310", "RDATE:20260311") for _ in range(30)]
    changes = [event(f"RECURRENCE-ID:202603{day:02}", "DTSTART:20260401") for day in range(1, 31)]
    days = calendar(*series, *changes).special_days(2026)
    assert ["2026-04-01"] == [str(day.date) for day in days]
    assert 30 + 30 == asked
