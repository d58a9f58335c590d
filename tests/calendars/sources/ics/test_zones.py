"""Zones that a feed names in its own way: Windows' display names, and a VTIMEZONE of the feed."""

from __future__ import annotations

import datetime as dt
import pickle
import re
from zoneinfo import ZoneInfo

import pytest

from builders import fault
from feed_texts import calendar, event, feed
from support_sla.calendars.sources.ics.text import parts_of
from support_sla.calendars.sources.ics.zones import CHANGES, DISPLAY_NAMES, FileZone, Zones
from support_sla.values.week import format_day

BANGKOK = "(UTC+07:00) Bangkok, Hanoi, Jakarta"


def observance(kind: str, *lines: str) -> str:
    return "\r\n".join([f"BEGIN:{kind}", *lines, f"END:{kind}", ""])


def zone(name: str, *observances: str) -> str:
    return f"BEGIN:VTIMEZONE\r\nTZID:{name}\r\n{''.join(observances)}END:VTIMEZONE\r\n"


def offsets(before: str, after: str) -> tuple[str, str]:
    return f"TZOFFSETFROM:{before}", f"TZOFFSETTO:{after}"


FIXED = observance("STANDARD", "DTSTART:16010101T000000", *offsets("+0700", "+0700"))
EUROPE = (
    observance("STANDARD", "DTSTART:16010101T030000", *offsets("+0200", "+0100"), "RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=10"),
    observance("DAYLIGHT", "DTSTART:16010101T020000", *offsets("+0100", "+0200"), "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3"),
)  # fmt: skip
NEW_YORK = (
    observance("DAYLIGHT", "DTSTART:20070311T020000", *offsets("-0500", "-0400"), "RRULE:FREQ=YEARLY;BYDAY=2SU;BYMONTH=3"),
    observance("STANDARD", "DTSTART:20071104T020000", *offsets("-0400", "-0500"), "RRULE:FREQ=YEARLY;BYDAY=1SU;BYMONTH=11"),
    observance("DAYLIGHT", "DTSTART:19870405T020000", *offsets("-0500", "-0400"), "RRULE:FREQ=YEARLY;BYDAY=1SU;BYMONTH=4;UNTIL=20060402T070000Z"),
    observance("STANDARD", "DTSTART:19871025T020000", *offsets("-0400", "-0500"), "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10;UNTIL=20061029T060000Z"),
)  # fmt: skip


def own_zone(*observances: str, name: str = "Ours") -> FileZone:
    found, said = Zones(parts_of(feed(zone(name, *observances)))).named(name)
    assert isinstance(found, FileZone)
    assert "by the VTIMEZONE of the feed" == said
    return found


def hours(name: str, *parts: str) -> dict[str, str]:
    lines = f"DTSTART;TZID={name}:20260310T080000", "DURATION:PT1H"
    found = calendar(*parts, event(*lines), timezone="UTC")
    return {str(day.date): format_day(day.closure) for day in found.special_days(2026)}


@pytest.mark.parametrize(("name", "known"), DISPLAY_NAMES.items())
def test_a_display_name_has_the_standard_offset_of_its_zone(name: str, known: str) -> None:
    """Windows writes the offset without summer time, whichever half of the year has it."""
    there = ZoneInfo(known)
    found = [f"{dt.datetime(2026, month, 1, tzinfo=there):%z}" for month in (1, 7)]
    match = re.match(r"\(UTC(?:([+-])(\d\d):(\d\d))?\) ", name)
    assert match
    sign, hour, minute = match.groups(default="")
    assert (f"{sign}{hour}{minute}" or "+0000") == min(found, key=int)


def test_a_display_name_means_the_zone_that_icalendar_knows_by_windows_own_name() -> None:
    from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

    def year(name: str) -> list[dt.timedelta | None]:
        days = (dt.datetime(2026, 1, 1, 12) + dt.timedelta(day) for day in range(365))
        return [day.replace(tzinfo=ZoneInfo(name)).utcoffset() for day in days]

    theirs = [year(name) for name in {*WINDOWS_TO_OLSON.values()}]
    assert [] == [name for name, known in DISPLAY_NAMES.items() if year(known) not in theirs]


@pytest.mark.parametrize(
    "name", [BANGKOK, f'"{BANGKOK}"', '"(GMT+07:00) Bangkok, Hanoi, Jakarta"', '"(UTC+07:00)  Bangkok,  Hanoi, Jakarta"']
)  # fmt: skip
def test_a_display_name_of_windows_is_read_and_noted(name: str) -> None:
    quoted = name if name.startswith('"') else f'"{name}"'
    assert {"2026-03-10": "01:00-02:00"} == hours(quoted)


def test_a_zone_is_noted_once_for_all_events() -> None:
    lines = f'DTSTART;TZID="{BANGKOK}":20260310T080000', f'DTEND;TZID="{BANGKOK}":20260310T090000'
    events = [event(*lines, summary=name, uid=name) for name in "ab"]
    found = calendar(*events, timezone="Asia/Ho_Chi_Minh")
    said = f"event 'a' (UID 'a'): TZID '{BANGKOK}' is read as Asia/Bangkok, and 3 more so"
    assert (said,) == found.feed_notes


@pytest.mark.parametrize("name", ["Asia/Bangkok", "SE Asia Standard Time"])
def test_a_plain_name_is_not_noted(name: str) -> None:
    lines = f"DTSTART;TZID={name}:20260310T080000", "DURATION:PT1H"
    assert () == calendar(event(*lines), timezone="UTC").feed_notes
    assert {"2026-03-10": "01:00-02:00"} == hours(name)


def test_a_zone_of_the_feeds_own_is_read_and_noted() -> None:
    lines = "DTSTART;TZID=Custom:20260310T080000", "DURATION:PT1H"
    found = calendar(zone("Custom", FIXED), event(*lines), timezone="UTC")
    assert ("event 'Closed' (UID 'u1'): TZID 'Custom' is read by the VTIMEZONE of the feed",) == found.feed_notes  # fmt: skip
    assert {"2026-03-10": "01:00-02:00"} == hours("Custom", zone("Custom", FIXED))
    assert {"2026-03-10": "01:00-02:00"} == hours("Custom", zone("Custom", FIXED) * 2)


@pytest.mark.parametrize(
    ("own", "iana", "first", "last"),
    [(EUROPE, "Europe/Berlin", 1997, 2040), (NEW_YORK, "America/New_York", 1988, 2040)],
)
def test_a_zone_of_the_feeds_own_is_the_zone_it_describes(
    own: tuple[str, ...], iana: str, first: int, last: int
) -> None:
    """Walls and instants are read the same each half hour around every change, folds included."""
    mine, theirs = own_zone(*own), ZoneInfo(iana)
    for year in range(first, last):
        for month in (3, 4, 10, 11):
            at = dt.datetime(year, month, 1)
            for day in range(31):
                for hour in (0, 1, 2, 3, 4, 6):
                    wall = at + dt.timedelta(day, hours=hour, minutes=30)
                    for fold in (0, 1):
                        ours, known = (wall.replace(tzinfo=z, fold=fold) for z in (mine, theirs))
                        assert ours.utcoffset() == known.utcoffset(), (wall, fold)
                    instant = wall.replace(tzinfo=dt.UTC)
                    there, known = instant.astimezone(mine), instant.astimezone(theirs)
                    assert (there.replace(tzinfo=None), there.fold) == (
                        known.replace(tzinfo=None),
                        known.fold,
                    ), instant


def test_before_its_first_change_a_zone_has_the_offset_that_it_changes_from() -> None:
    late = own_zone(observance("STANDARD", "DTSTART:20300101T000000", *offsets("+0100", "+0300")))
    assert [1, 1, 3] == [
        dt.datetime(year, 1, 2, tzinfo=late).utcoffset() // dt.timedelta(hours=1)  # type: ignore[operator]
        for year in (3, 2029, 2030)
    ]
    assert 13 == dt.datetime(2029, 1, 1, 12, tzinfo=dt.UTC).astimezone(late).hour


def test_a_zone_ends_with_its_dates_and_its_rules() -> None:
    once = own_zone(
        observance("STANDARD", "DTSTART:20200101T000000", *offsets("+0000", "+0100")),
        observance("DAYLIGHT", "DTSTART:20200601T000000", *offsets("+0100", "+0200"), "RDATE:20220601T000000", "RRULE:FREQ=YEARLY;UNTIL=20210601T000000"),
        observance("STANDARD", "DTSTART:20200901T000000", *offsets("+0200", "+013015"), "RDATE:20210901T000000,20220901T000000"),
    )  # fmt: skip
    found = [dt.datetime(year, 7, 1, tzinfo=once).utcoffset() for year in (2021, 2022, 2023)]
    two = dt.timedelta(hours=2)
    assert [two, two, dt.timedelta(hours=1, minutes=30, seconds=15)] == found
    assert None is once.utcoffset(None) is once.dst(None)
    assert "Ours" == str(once) == once.tzname(None)


@pytest.mark.parametrize("number", [199, 200, 201])
def test_the_zones_of_a_feed_have_so_many_changes_and_no_more(number: int) -> None:
    days = (dt.datetime(2000, 1, 1) + dt.timedelta(day) for day in range(number - 1))
    listed = ",".join(f"{day:%Y%m%dT%H%M%S}" for day in days)
    lines = "DTSTART:19990101T000000", *offsets("+0700", "+0700"), f"RDATE:{listed}"
    own = zone("Custom", observance("STANDARD", *lines))
    if number <= CHANGES:
        assert {"2026-03-10": "01:00-02:00"} == hours("Custom", own)
        return
    found = fault(lambda: hours("Custom", own))
    assert "more than 200 changes; use an IANA name" in found.message


def test_a_zone_is_equal_by_what_it_says_and_pickles() -> None:
    one, other = own_zone(*EUROPE), own_zone(*EUROPE)
    assert (one, hash(one)) == (other, hash(other))
    assert one == pickle.loads(pickle.dumps(one))


def rule(text: str) -> str:
    return observance("STANDARD", "DTSTART:20200101T000000", *offsets("+0100", "+0200"), f"RRULE:{text}")  # fmt: skip


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        ((), "which is no known zone"),
        ((zone("Other", FIXED),), "which is no known zone"),
        ((zone("Custom"),), "whose VTIMEZONE cannot be read"),
        ((zone("Custom", observance("STANDARD", "DTSTART:20200101T000000")),), "cannot be read"),
        ((zone("Custom", observance("STANDARD", *offsets("+0100", "+0200"))),), "cannot be read"),
        ((zone("Custom", observance("STANDARD", "DTSTART:20200230T000000", *offsets("+0100", "+0200"))),), "cannot be read"),
        ((zone("Custom", observance("STANDARD", "DTSTART:20200101T000000", *offsets("1", "+0200"))),), "cannot be read"),
        ((zone("Custom", FIXED, rule("FREQ=MONTHLY")),), "cannot be read"),
        ((zone("Custom", rule("FREQ=YEARLY;INTERVAL=2")),), "cannot be read"),
        ((zone("Custom", rule("FREQ=YEARLY;COUNT=2")),), "cannot be read"),
        ((zone("Custom", rule("FREQ=YEARLY;BYDAY=1SU")),), "cannot be read"),
        ((zone("Custom", rule("FREQ=YEARLY;BYDAY=1SU;BYMONTH=3,10")),), "cannot be read"),
        ((zone("Custom", rule("FREQ=SOMETIMES")),), "cannot be read"),
        ((zone("Custom", rule("FREQ=YEARLY;UNTIL=20200230")),), "cannot be read"),
        ((zone("Custom", FIXED), zone("Custom", *EUROPE)), "for which the feed has 2 different VTIMEZONE"),
    ],
)  # fmt: skip
def test_a_zone_that_is_not_known_for_sure_is_refused(parts: tuple[str, ...], said: str) -> None:
    found = fault(lambda: hours("Custom", *parts))
    assert "ics_event_invalid" == found.slug
    assert "has DTSTART in TZID 'Custom', " in found.message
    assert found.message.endswith(f"{said}; use an IANA name")
