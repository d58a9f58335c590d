"""The doors of whole files: policies in TOML and JSON, policies as mappings, and iCalendar feeds."""

from __future__ import annotations

import atexit
import json
import tomllib
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from doors.door import Door
from places import CASES
from support_sla import (
    HolidayCalendar,
    Policy,
    SupportSlaError,
    compute_deadline,
    load_policy,
)

POLICY = """
name = "Desk"
timezone = "Europe/Paris"
crossing = "overlap"
priorities = ["high", "low"]
statuses = ["open", "pending"]

[attributes]
plan = ["gold", "basic"]

[calendars.own]
years = [2025, 2027]
days = [{ date = 2026-06-08, name = "Picnic", closed = "12:00-17:00" }, { date = "2026-06-09", name = "Inventory" }]
recurring = [{ name = "Year's end", on = "12-24..01-01" }, { name = "Payday", rrule = "FREQ=MONTHLY;BYDAY=-1FR", open = "10:00-12:00" }]
festivals = [{ name = "tet", days = [-1, 4] }]
removed = ["2026-12-26"]

[calendars.both]
union = [{ country = "VN", rest_days = ["Su"] }, { years = [1990, 2090], days = [] }]

[schedules]
office = "Mo-Fr 09:00-12:30,13:00-17:00"
short = { "Mo-Fr" = "10:00-12:00", Sa = ["10:00-11:00"] }
always = "24/7"

[[rules.usual]]
name = "urgent"
when = { days = ["Su", "own"], priority = ["high"], attributes = { plan = ["gold"] }, open = false, time = "00:00-13:00" }
hours = { schedule = "always" }
earliest = "30m"
within = "1h30m"
counted_in = "business_time"
pauses_on = ["pending"]
warn_at = ["75 %", { name = "lead", at = "15m before" }]

[[rules.usual]]
within = "2 business days"
by = "close"
cutoff = "15:00"

[departments.help]
label = { en = "Help", vi = "Hỗ trợ" }
timezone = "Asia/Ho_Chi_Minh"

[departments.help.channels.ticket]
advice = { en = "Write to us." }
hours = { schedule = "office", observes = ["own", "both"], on_holidays = { own = "short" }, seasons = [{ from = "07-01", to = "08-31", schedule = "short" }] }
first_response = "usual"
reopened = "new"

[departments.help.channels.phone]
hours = { schedule = "office" }
requires = { channel = "ticket", unanswered_for = "5h" }

[labels.priority]
high = { en = "High" }

[[accept]]
code = "due_while_closed"
at = "rules.usual"
reason = "known"
"""
SMALL = """
name = 'small'
timezone = "UTC"
schedules.desk = "Mo-Fr 09:00-17:00"
[departments.desk.channels.ticket]
hours.schedule = "desk"
first_response = [{ within = "1h", counted_in = "calendar_time" }]
"""
WITH_FEED = (
    f'{SMALL}[calendars.own]\nfeed = "days.ics"\nyears = [2026, 2026]\ntimezone = "Europe/Paris"\n'
)
FEED = (CASES / "public_holidays.ics").read_text("utf-8")
SERIES = """BEGIN:VCALENDAR
VERSION:2.0
BEGIN:VEVENT
UID:1
SUMMARY:Closed
DTSTART;TZID=Europe/Paris:20260105T090000
DURATION:PT2H30M
RRULE:FREQ=WEEKLY;BYDAY=MO;COUNT=20
EXDATE;TZID=Europe/Paris:20260112T090000
RDATE:20260201T090000Z
END:VEVENT
BEGIN:VEVENT
UID:1
RECURRENCE-ID:20260119T080000Z
DTSTART:20260120T080000Z
DTEND:20260120T093000Z
SUMMARY:Moved
END:VEVENT
END:VCALENDAR
""".replace("\n", "\r\n")
AT = "2026-06-08T10:00:00+07:00"
_FOLDER = TemporaryDirectory()
atexit.register(_FOLDER.cleanup)


def _used(policy: Policy) -> None:
    """Ask a policy that was read: its text, itself read again, and an answer of its first line."""
    assert str(policy)
    again = Policy.model_validate(policy.model_dump())
    assert again == policy
    assert policy.model_dump_json()
    department, found = next(iter(policy.departments.items()))
    for channel in found.channels:
        try:
            answer = compute_deadline(policy, AT, department=department, channel=channel)
        except SupportSlaError:
            continue
        assert answer.explain()
        assert answer.to_json()


def _file(suffix: str, text: str | bytes) -> None:
    path = Path(_FOLDER.name) / f"policy.{suffix}"
    content = text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass")
    path.write_bytes(content)
    _used(load_policy(path))


def _toml(text: str | bytes) -> None:
    _file("toml", text)


def _json(text: str | bytes) -> None:
    _file("json", text)


def _own_json(text: str) -> None:
    _used(Policy.model_validate_json(text))


def _mapping(data: Any) -> None:
    _used(load_policy(data))


def _feed(text: str) -> None:
    calendar = HolidayCalendar(feed=text, years=(2025, 2027), timezone="Europe/Paris")
    assert str(calendar)
    for year in (2025, 2026, 2027):
        calendar.special_days(year)


def _feed_file(text: str) -> None:
    folder = Path(_FOLDER.name)
    (folder / "days.ics").write_bytes(text.encode("utf-8", "surrogatepass"))
    (folder / "with_feed.toml").write_text(WITH_FEED, encoding="utf-8")
    load_policy(folder / "with_feed.toml")


def _calendar(data: Any) -> None:
    calendar = HolidayCalendar.model_validate(data)
    first, last = calendar.covered_years
    for year in {first, last, 2026} & {*range(first, last + 1)}:
        calendar.special_days(year)
    assert HolidayCalendar.model_validate(calendar.model_dump()) == calendar


def _plain(text: str) -> Any:
    return json.loads(json.dumps(tomllib.loads(text), default=str))


TOML = (POLICY, SMALL, SMALL)
DATA = tuple(map(_plain, (POLICY, SMALL)))
JSON = tuple(json.dumps(data, ensure_ascii=False, indent=1) for data in DATA)
PARTS = ("Mo-Fr 09:00-17:00", "3h", "2 business days", "12-24..01-01", "75 %", "2026-02-17", "FREQ=DAILY;COUNT=3", "own", "VN")  # fmt: skip
CALENDARS = (
    *DATA[0]["calendars"].values(),
    {"country": "DE", "subdivision": "BY", "categories": ["public"], "language": "de", "moved": [{"date": "2026-01-06", "to": "2026-01-07"}]},
    {"feed": FEED, "years": [2025, 2027], "timezone": "Europe/Paris", "only": {"summary": ["*Day*"]}, "except": {"summary": ["May Day"]}},
)  # fmt: skip

FILE_DOORS = (
    Door("a policy in TOML", _toml, TOML, weight=8, asks=True),
    Door("a policy in JSON", _json, JSON, weight=8, asks=True),
    Door("a policy in JSON, by pydantic", _own_json, JSON, weight=8, asks=True),
    Door("a policy as a mapping", _mapping, DATA, PARTS, weight=8, asks=True),
    Door("a calendar as a mapping", _calendar, CALENDARS, PARTS, weight=3),
    Door("an iCalendar feed", _feed, (FEED, SERIES, SERIES), weight=3),
    Door("an iCalendar feed beside a policy", _feed_file, (FEED, SERIES), weight=3),
)
