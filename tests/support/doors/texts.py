"""The doors of single texts: hours, amounts, instants, dates, rules, names and zones."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from doors.door import FAMILY, Door
from support_sla import (
    Clock,
    Festival,
    HolidayCalendar,
    PolicyHistory,
    Recurring,
    Schedule,
    Season,
    SpecialDay,
    Target,
    TicketLog,
    WarnAt,
    When,
    compute_deadline,
    latest_submission,
    load_policy,
    track,
)

AT, NOW = "2026-06-08T10:00:00+00:00", "2026-06-09T10:00:00+00:00"
DESK = load_policy(
    {
        "name": "Desk",
        "timezone": "Europe/Paris",
        "priorities": ["high", "low"],
        "attributes": {"plan": ["gold", "basic"]},
        "statuses": ["open", "pending"],
        "calendars": {"own": {"years": [2020, 2035]}},
        "schedules": {"office": "Mo-Fr 09:00-17:00"},
        "departments": {
            "help": {
                "channels": {
                    "ticket": {
                        "hours": {"schedule": "office", "observes": ["own"]},
                        "first_response": [{"within": "2h", "counted_in": "business_time"}],
                        "resolution": [
                            {
                                "within": "2 business days",
                                "by": "close",
                                "pauses_on": ["pending"],
                                "warn_at": ["75 %"],
                            }
                        ],
                    }
                }
            }
        },
    }
)
DEADLINE = compute_deadline(DESK, AT, department="help")
CLOCK = Clock(
    Schedule("Mo-Fr 09:00-17:00"), timezone="UTC", calendars=[HolidayCalendar(years=(2020, 2035))]
)


def _schedule(text: str) -> None:
    read = Schedule(text)
    assert Schedule(str(read)) == read
    clock = Clock(read, timezone="UTC")
    if any(read.week):
        clock.next_open(AT)
    clock.next_close(AT)


def _within(text: str) -> None:
    read = Target(within=text, by="close", cutoff="16:00") if "day" in text else _hours(text)
    assert read.model_dump_json()
    read.within_text()


def _hours(text: str) -> Target:
    return Target(within=text, earliest="0m", counted_in="calendar_time")


def _by(text: str) -> None:
    Target(within="1 business day", by=text, cutoff="16:00")
    if text != "close":
        Target(within="1 business day", by="close", cutoff=text)


def _instant(text: str) -> None:
    compute_deadline(DESK, text, department="help").explain()


def _instants(text: str) -> None:
    CLOCK.periods(AT, text)
    DEADLINE.remaining(text)
    latest_submission(DESK, text, department="help")
    PolicyHistory([(text, DESK)])


def _happened(text: str) -> None:
    submitted: dict[str, Any] = {"at": AT, "kind": "submitted"}
    log = TicketLog("help", "ticket", [submitted, {"at": text, "kind": "resolved"}])
    track(DESK, log, text).explain()


def _date(text: str) -> None:
    day = SpecialDay(date=text, name=text)
    calendar = HolidayCalendar(days=[day], removed=[])
    calendar.special_days(day.date.year)


def _closed(text: str) -> None:
    day = SpecialDay(date="2026-06-08", name="x", closed=text)
    Clock(
        Schedule("24/7"),
        timezone="UTC",
        calendars=[HolidayCalendar(days=[day], years=(2026, 2026))],
    ).is_open(AT)


def _season(text: str) -> None:
    first, _, last = text.partition(" to ")
    season = Season(from_=first, to=last, schedule="summer")
    assert season.span


def _on(text: str) -> None:
    Recurring(name="x", on=text).special_days(2026, 2027)


def _rule(text: str) -> None:
    for day in (
        Recurring(name="x", rrule=text),
        Recurring(name="x", rrule=text, start="2020-01-01", until="2030-12-31"),
    ):
        day.special_days(2026, 2027)
        HolidayCalendar(recurring=[day], years=(2026, 2027)).special_days(2026)


def _warning(text: str) -> None:
    read = WarnAt.model_validate(text)
    assert read.point
    Target(within="3h", counted_in="business_time", warn_at=[text])


def _share(text: str) -> None:
    DEADLINE.at_share(text)


def _zone(text: str) -> None:
    Clock(Schedule("24/7"), timezone=text).is_open(AT)


def _time(text: str) -> None:
    When(time=text)


def _names(text: str) -> None:
    """Read the names of a request, the words of a language and the days of a country, all this text."""
    for ask in (
        lambda: compute_deadline(DESK, AT, department=text),
        lambda: compute_deadline(DESK, AT, department="help", channel=text),
        lambda: compute_deadline(DESK, AT, department="help", priority=text),
        lambda: compute_deadline(DESK, AT, department="help", attributes={text: text}),
        lambda: compute_deadline(DESK, AT, department="help", metric=text),  # type: ignore[arg-type]
        lambda: DEADLINE.explain(text),
        lambda: HolidayCalendar(country=text),
        lambda: HolidayCalendar(country="DE", subdivision=text),
        lambda: HolidayCalendar(country="DE", language=text),
        lambda: HolidayCalendar(country="DE", categories=[text]),
        lambda: Festival(name=text),
        lambda: load_policy(text),
    ):
        with suppress(*FAMILY):
            ask()


HOURS = ("Mo-Fr 09:00-17:00", "Mo-Sa 08:00-12:00,13:00-17:00; Su off", "24/7", "Fr 22:00-06:00", "Su-Tu 00:00-24:00", "Mo,We,Fr 8:00-26:00")  # fmt: skip
RANGES = ("08:00-12:00", "22:00-30:00", "00:00-24:00", "08:00-12:00,13:00-17:00", "9:30-10:00")
AMOUNTS = (
    "3h",
    "30m",
    "1h30m",
    "2 business days",
    "0 business days",
    "PT3H",
    "10s",
    "1 business day",
)
INSTANTS = (AT, "2026-02-15T22:10:00Z", "20260215T221000+0700", "2026-W07-7T22:10+07", "2026-02-15 22:10:00.000001-03:30", "2026-10-25T02:30:00+01:00", "2034-12-30T23:59:59Z", "2020-01-02T00:00:00Z")  # fmt: skip
LATER = (
    "2026-06-08T10:00:00Z",
    "20260608T170000+0700",
    "2026-W24-1T11:10+01",
    "2026-10-25T02:30:00+01:00",
)
DATES = ("2026-02-17", "2024-02-29", "0003-01-01", "9997-12-31")
RULES = ("FREQ=MONTHLY;BYDAY=-1FR", "FREQ=YEARLY;BYMONTH=5;BYDAY=1MO", "FREQ=DAILY", "FREQ=WEEKLY;BYDAY=MO,WE;WKST=SU", "FREQ=YEARLY;BYWEEKNO=53;BYDAY=MO", "FREQ=YEARLY;BYYEARDAY=-1,366", "RRULE:FREQ=MONTHLY;BYMONTHDAY=31;BYSETPOS=-1;BYDAY=MO,TU")  # fmt: skip
ZONES = ("Europe/Paris", "Asia/Ho_Chi_Minh", "UTC", "America/Argentina/Ushuaia", "Etc/GMT+12")
NAMES = ("help", "ticket", "high", "plan", "gold", "en", "vi", "DE", "BY", "public", "tet", "azdigi", "policy.toml", "resolution")  # fmt: skip

TEXT_DOORS = (
    Door("weekly hours", _schedule, HOURS),
    Door("the time of a promise", _within, AMOUNTS),
    Door("a time of day", _by, ("close", "16:00", "9:05", "24:00", "00:00", "16:00:30")),
    Door("an instant", _instant, INSTANTS),
    Door("other instants", _instants, INSTANTS[:6]),
    Door("when something happened to a ticket", _happened, LATER, weight=2),
    Door("a date", _date, DATES),
    Door("the hours of a date", _closed, RANGES),
    Door("a season", _season, ("07-01 to 08-31", "12-20 to 01-05", "2026-07-01 to 2026-08-31")),
    Door("a day of each year", _on, ("12-25", "12-24..01-02", "02-29", "02-28..03-01")),
    Door("a recurring rule", _rule, RULES, weight=2),
    Door("a point to warn at", _warning, ("75 %", "15m before", "4h after", "33.3%", "0 %")),
    Door("a share", _share, ("75 %", "0.75", "3/4", "12,5 %", "150%")),
    Door("a time zone", _zone, ZONES, weight=10),
    Door("times of day of a rule", _time, ("00:00-13:00", "13:00-24:00", "9:00-9:01")),
    Door("a name", _names, NAMES, weight=10),
)
