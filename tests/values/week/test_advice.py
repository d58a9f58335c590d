"""The way out of a refusal, followed, gives what was written: hours as people write them."""

from __future__ import annotations

import datetime as dt
import json
import re
import tomllib
from itertools import groupby
from typing import Any, NamedTuple

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from pydantic_core import PydanticCustomError

from builders import DAY, parser_fault
from places import CASES
from support_sla import Clock, Policy, Schedule
from support_sla.strategies import schedules
from support_sla.values.amounts.durations import parse_duration
from support_sla.values.week import (
    WEEKDAYS,
    Week,
    format_week,
    parse_day,
    parse_week,
    parse_weekdays,
)

REAL = (CASES / "opening_hours.txt").read_text("utf-8").splitlines()
FACTS = [
    json.loads(line)
    for line in (CASES / "opening_hours_facts.jsonl").read_text("utf-8").splitlines()[1:]
]
BY_TEXT = [(text, list(rows)) for text, rows in groupby(FACTS, lambda row: row["text"])]


class Followed(NamedTuple):
    """What a message says to write: weekly hours, keys of a calendar and of the line's hours."""

    hours: str
    calendar: dict[str, Any]
    seasons: list[dict[str, Any]]
    schedules: dict[str, str]


def followed(message: str) -> Followed | None:
    """Return what a message says to write; None if it only says where such things go."""
    said = re.search(r"; (?:for whole days )?write (?:'([^']*)'|\"([^\"]*)\")( here.*)?", message)
    if not said:
        return None
    keys = re.findall(r"((?:recurring|days) = \[.*?\](?= and|, one|$))", said[3] or "")
    line = re.search(r"seasons = (\[.*?\]), with (.*?) under 'schedules'", said[3] or "")
    seasons = tomllib.loads(f"seasons = {line[1]}")["seasons"] if line else []
    schedules = tomllib.loads(re.sub('" and (?=[a-z])', '"\n', line[2])) if line else {}
    return Followed(said[1] or said[2], tomllib.loads("\n".join(keys)), seasons, schedules)


def written_out(text: str) -> Followed:
    """Return the hours of a text, or of what its refusal says to write instead."""
    message = refusal(text)
    found = followed(message) if message else Followed(text, {}, [], {})
    assert found, message
    return found


def refusal(text: str) -> str:
    """Return the message with which hours are refused; empty if they are read."""
    try:
        parse_week(text)
    except PydanticCustomError as error:
        return error.message()
    return ""


def clock_of(found: Followed) -> Clock:
    calendar = {"known": {"years": (2015, 2028), **found.calendar}} if found.calendar else {}
    if not calendar and not found.seasons:
        return Clock(Schedule(found.hours), timezone="UTC")
    hours = {"schedule": "here", "observes": list(calendar), "seasons": found.seasons}
    line = Policy.model_validate(
        {
            "name": "a shop",
            "timezone": "UTC",
            "calendars": calendar,
            "schedules": {"here": found.hours, **found.schedules},
            "departments": {"shop": {"channels": {"door": {"hours": hours}}}},
        }
    )
    return Clock.of(line, department="shop", channel="door")


def stretches(found: Followed, monday: dt.datetime) -> list[tuple[dt.datetime, dt.datetime]]:
    start = monday.replace(tzinfo=dt.UTC)
    periods = clock_of(found).periods(start, start + dt.timedelta(7))
    return [(opens.replace(tzinfo=None), closes.replace(tzinfo=None)) for opens, closes in periods]


def known(row: dict[str, Any], monday: dt.datetime) -> list[tuple[dt.datetime, dt.datetime]]:
    """Return the stretches that the other program gives for a week, touching ones joined."""
    found: list[tuple[dt.datetime, dt.datetime]] = []
    for opens, closes in row["open"]:
        start = max(dt.datetime.fromisoformat(opens), monday)
        end = min(dt.datetime.fromisoformat(closes), monday + dt.timedelta(7))
        if found and found[-1][1] == start:
            start = found.pop()[0]
        found.append((start, end))
    return found


# --- Hours of real shops and offices ---


def test_most_real_texts_are_read_and_each_other_one_is_told_what_to_write() -> None:
    refused = [message for text in REAL if (message := refusal(text))]
    assert (312, 37) == (len(REAL), len(refused))
    assert [] == [message for message in refused if not followed(message)]


@pytest.mark.parametrize(("text", "rows"), BY_TEXT, ids=[text for text, _ in BY_TEXT])
def test_hours_read_or_written_as_told_are_those_another_program_gives(
    text: str, rows: list[dict[str, Any]]
) -> None:
    found = written_out(text)
    agrees = []
    for row in rows:
        monday = dt.datetime.fromisoformat(row["from"])
        agrees.append(known(row, monday) == stretches(found, monday))
    assert ("why" not in rows[0]) is all(agrees)


def test_a_text_is_told_at_once_what_it_uses_and_where_that_goes() -> None:
    message = parser_fault(lambda: parse_week("Mo-Fr 08:00-17:00; Dec 25 off; PH off")).message
    assert "use holidays (PH, SH)" in message
    assert "write 'Mo-Fr 08:00-17:00' here" in message
    assert 'recurring = [{ on = "12-25", name = "Dec 25" }]' in message
    assert message.endswith("observe a calendar of the public holidays, which closes them")


@pytest.mark.parametrize(
    ("text", "way_out"),
    [
        ("Mo-Su,PH 10:00-22:00", "let the line observe no calendar of public holidays"),
        ("Mo-Fr,PH 08:00-12:00", 'on_holidays = { CALENDAR = "holidays" } in its hours'),
        ("Mo-Fr 08:00-12:00; SH off", "a calendar of the school holidays, which closes them"),
        ("Mo-Fr 08:00-12:00; PH,SH off", "the public holidays and school holidays"),
        ('Mo 08:00-12:00 "by app"', "put the comment under the channel's advice"),
        ("week 1-10 08:00-12:00", "list the dates under a calendar"),
        ("easter off", "list the dates under a calendar"),
        ("2026-2027 08:00-12:00", "list the dates under a calendar"),
        ("sunrise-sunset", "write clock times"),
        ("Mo 08:00-12:00 || 10:00-14:00", "write the hours that each weekday has most of the time"),
        (
            "Mar-Oct Mo-Fr 09:00-17:00 || Mo-Fr 10:00-16:00",
            "in the line's hours when it holds: seasons = [{",
        ),
        ("Jan-Mar We[1] 08:00-12:00", "in the line's hours when it holds: seasons = [{"),
        ("Mo-Su Dec 24 off", "in the line's hours when it holds: seasons = [{"),
        ("Feb 30 off", "in the line's hours when it holds: seasons = [{"),
        ("2026 Dec 24-26 off", "list the dates under a calendar that the line observes"),
        ("Mo[6] 08:00-12:00", "these under a calendar that the line observes"),
        ("Mo[1] 08:00-12:00; Mo 09:00-10:00", "these under a calendar that the line observes"),
        ("Jan,Feb", "in the line's hours when it holds: seasons = [{"),
        ("; Jan 08:00-12:00", "in the line's hours when it holds: seasons = [{"),
        ("Jan @ Mo 08:00-12:00", "in the line's hours when it holds: seasons = [{"),
        (
            "; ".join(
                f"{month} 08:{at}0-09:00"
                for at, month in enumerate(["Jan", "Mar", "May", "Jul", "Sep", "Nov"])
            ),
            "in the line's hours when it holds: seasons = [{",
        ),
        (f"Mo-Fr 08:00-12:00; {'Jan,' * 80}Feb off", "in the line's hours when it holds: seasons"),
    ],
)
def test_what_weekly_hours_leave_out_is_told_its_own_place(text: str, way_out: str) -> None:
    found = parser_fault(lambda: parse_week(text))
    assert "notation_unsupported" == found.slug
    assert way_out in found.message


# --- Other spellings ---


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Mon-Fri 09:00-17:00", "Mo-Fr 09:00-17:00"),
        ("Monday to Friday 9:00-17:00", "Mo-Fr 09:00-17:00"),
        ("Tuesdays & Thursdays 9:00-17:00", "Tu,Th 09:00-17:00"),
        ("Mo-Fr: 09:00-17:00", "Mo-Fr 09:00-17:00"),
        ("Mo 09.00-17.30", "Mo 09:00-17:30"),
        ("Mo 9h30-17h", "Mo 09:30-17:00"),
        ("Mo 9-12,13-17", "Mo 09:00-12:00,13:00-17:00"),
        ("Mo 9am-5:30pm", "Mo 09:00-17:30"),
        ("Mo 1am-1pm", "Mo 01:00-13:00"),
        ("Mo 9AM-5PM", "Mo 09:00-17:00"),
        ("Mo 12 p.m.-12 a.m.", "Mo 12:00-24:00"),
        ("Mo 08:00\u201317:00", "Mo 08:00-17:00"),
        ("Mo 8:30-12-30", "Mo 08:30-12:30"),
        ("Mo 08:00 to 12:00 and 13:00 to 17:00", "Mo 08:00-12:00,13:00-17:00"),
        ("Mo 08:00-17:00;; Tu 08:00-12:00;", "Mo 08:00-17:00; Tu 08:00-12:00"),
        ("Sa-Su", "Sa-Su 00:00-24:00"),
    ],
)
def test_another_spelling_is_told_the_notation_s(text: str, meant: str) -> None:
    message = parser_fault(lambda: parse_week(text)).message
    found = followed(message)
    assert found, message
    assert parse_week(meant) == parse_week(found.hours)


@pytest.mark.parametrize(
    "text",
    [
        "Mo 9am-25pm",
        "Mo 9am-13pm",
        "Mo 13pm-14pm",
        "Mo 0am-9am",
        "Mo 08:00-17:00 or so",
        "Mo 08:60-17:00;",
        "-",
    ],
)
def test_no_spelling_is_told_that_would_not_be_read(text: str) -> None:
    assert followed(parser_fault(lambda: parse_week(text)).message) is None


def test_the_hours_of_a_date_are_told_another_spelling_too() -> None:
    found = parser_fault(lambda: parse_day("8.00-12.00"))
    assert ("notation_invalid", True) == (found.slug, "write '8:00-12:00'" in found.message)


FULL = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@given(schedules(), st.sampled_from([str.lower, str.upper, str.title]), st.booleans())
def test_capitals_spaces_and_one_digit_change_no_hours(
    schedule: Schedule, change: Any, comma: bool
) -> None:
    text = change(str(schedule)).replace("; ", ", " if comma else " ;").replace("-", " - ")
    assert schedule.week == parse_week(re.sub(r"(?<![0-9:])0(?=[0-9]:)", "", text))


@given(schedules(closed=False), st.sampled_from(["full", "short", "dots", "dash", "end", "colon"]))
def test_another_spelling_followed_gives_the_same_hours(schedule: Schedule, kind: str) -> None:
    text = str(schedule)
    assume("24/7" not in text)
    for short, full in zip(WEEKDAYS, FULL, strict=True):
        long = {"full": full, "short": full[:3], "colon": f"{short}:"}.get(kind, short)
        text = re.sub(rf"\b{short}\b(?!-)" if kind == "colon" else short, long, text)
    text = (
        text.replace(":00", ".00")
        if kind == "dots" and text.count(":") == text.count(":00")
        else text
    )
    text = text.replace("-", "\u2013") if kind == "dash" else text
    text = f"{text};" if kind == "end" else text
    assume(len(text) <= 250)
    assert schedule.week == parse_week(written_out(text).hours)


# --- Hours that were understood and do not fit ---


@pytest.mark.parametrize("start", ["00:00", "09:00", "23:59"])
def test_hours_from_a_time_to_itself_are_told_both_readings(start: str) -> None:
    message = parser_fault(lambda: parse_week(f"Mo {start}-{start}")).message
    assert "may mean no time or 24 hours" in message
    day_long = re.findall(r"[0-9:]+-[0-9:]+", message.partition("; ")[2])[0]
    ((opens, closes),) = parse_day(day_long)
    assert (f"{opens // 3600:02d}:{opens // 60 % 60:02d}", DAY) == (start, closes - opens)


@pytest.mark.parametrize(
    ("text", "one"),
    [
        ("08:00-12:00,11:00-13:00", "08:00-13:00"),
        ("08:00-12:00,09:00-10:00", "08:00-12:00"),
        ("14:00-18:00,17:00-09:00", "14:00-09:00"),
    ],
)
def test_overlapping_ranges_are_told_the_one_that_has_both(text: str, one: str) -> None:
    assert f"write one range, {one}" in parser_fault(lambda: parse_day(text)).message


@pytest.mark.parametrize(
    ("second", "way_out"),
    [
        ("05:00-07:00", "end the first at 05:00"),
        ("05:00-06:00", "end the first at 05:00"),
        ("05:00-05:59", "leave the second out, the first has it in"),
    ],
)
def test_a_night_that_meets_the_next_day_is_told_to_leave_no_time_out(
    second: str, way_out: str
) -> None:
    found = parser_fault(lambda: parse_week(f"Mo 22:00-06:00; Tu {second}"))
    assert found.message.endswith(way_out)


def test_a_range_on_the_next_date_is_told_how_it_is_written_there() -> None:
    assert "as 01:00-02:00" in parser_fault(lambda: parse_day("25:00-26:00")).message


@pytest.mark.parametrize("text", ["Mo-", "Mo,", "-Fr", "We-off", "Mo-,Fr 08:00-12:00"])
def test_a_range_of_weekdays_has_two_ends(text: str) -> None:
    parse = parse_weekdays if text[-1] in "-,r" else parse_week
    found = parser_fault(lambda: parse(text))
    assert "weekday_unknown" == found.slug
    assert "name one at both ends of a range" in found.message


# --- Durations ---


@pytest.mark.parametrize(
    ("text", "first", "second"),
    [
        ("1d", "'24h'", "'8h'"),
        ("2 days", "'48h'", "'16h'"),
        ("P3D", "'72h'", "'24h'"),
        ("1w", "'168h'", "'40h'"),
        ("2 weeks", "'336h'", "'80h'"),
        ("1d12h", "hours, 24 for each day", "hours, 8 for each day"),
        ("99999d", "hours, 24 for each day", "hours, 8 for each day"),
    ],
)
def test_days_are_told_what_to_write_for_both_readings(text: str, first: str, second: str) -> None:
    message = parser_fault(lambda: parse_duration(text)).message
    assert f"write {first} for the former" in message
    assert f"is open, {second} if a" in message


@pytest.mark.parametrize(
    ("text", "meant"),
    [("3 hours", "3h"), ("3H", "3h"), ("1.5h", "1h30m"), ("1 hr 30 min", "1h30m"), (".5 h", "30m")],
)
def test_a_duration_in_another_spelling_is_told_ours(text: str, meant: str) -> None:
    assert f"write '{meant}'" in parser_fault(lambda: parse_duration(text)).message
    assert parse_duration(meant)


# --- Months: what is told equals the notation, read date by date ---

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
HOURS = ("08:00-12:00", "09:00-17:00", "20:00-24:00", "off")


class Rule(NamedTuple):
    """A rule of the notation, as drawn: from a month and day to another, weekdays, hours."""

    first: tuple[int, int] | None
    last: tuple[int, int] | None
    weekdays: tuple[int, int]
    hours: str

    def text(self) -> str:
        dates = ""
        if self.first and self.last:
            dates = " - ".join(
                f"{MONTHS[month - 1]} {day:02d}" for month, day in (self.first, self.last)
            )
        days = "-".join(WEEKDAYS[day] for day in dict.fromkeys(self.weekdays))
        return f"{dates} {days} {self.hours}".strip()

    def names(self, date: dt.date) -> bool:
        first, last = self.weekdays
        if (date.weekday() - first) % 7 > (last - first) % 7:
            return False
        if not self.first or not self.last:
            return True
        at = (date.month, date.day)
        if self.first <= self.last:
            return self.first <= at <= self.last
        return at >= self.first or at <= self.last


month_days = st.tuples(st.integers(1, 12), st.sampled_from([1, 2, 15, 28]))
dated = st.builds(
    Rule, month_days, month_days, st.tuples(*[st.integers(0, 6)] * 2), st.sampled_from(HOURS)
)
undated = st.builds(
    Rule, st.none(), st.none(), st.tuples(*[st.integers(0, 6)] * 2), st.sampled_from(HOURS)
)


@given(st.lists(undated, max_size=2), dated, st.lists(st.one_of(dated, undated), max_size=1))
def test_rules_with_months_written_as_told_open_each_date_as_the_notation_does(
    before: list[Rule], rule: Rule, after: list[Rule]
) -> None:
    rules = [*before, rule, *after]
    message = parser_fault(lambda: parse_week("; ".join(each.text() for each in rules))).message
    found = followed(message)
    if found is None:
        assert "in the line's hours when it holds: seasons = [{" in message
        return
    clock = clock_of(found)
    for number in range(366 + 59):
        date = dt.date(2023, 12, 31) + dt.timedelta(number)
        hours = next((each.hours for each in reversed(rules) if each.names(date)), "off")
        start = dt.datetime(date.year, date.month, date.day, tzinfo=dt.UTC)
        open_then = clock.between(start, start + dt.timedelta(1)).total_seconds()
        assert sum(end - begin for begin, end in parse_day(hours)) == open_then, date


def test_every_weekday_has_its_hours_in_the_week_that_is_told() -> None:
    week: Week = parse_week(written_out("Apr-Sep Tu 08:00-12:00; Oct-Mar Tu 08:00-12:00").hours)
    assert "Tu 08:00-12:00" == format_week(week)


@pytest.mark.parametrize(
    "text",
    [
        "Mo-Fr 9-5",
        "Mo-Fr 9 - 5",
        "Mo-Fr 9h-5h",
        "Mo-Fr 10-2",
        "Mo-Fr 8-12,1-5",
        "Mo-Fr 8-12; Sa 10-2",
        "Mo-Fr 13-17, 9-12",
    ],
)
def test_bare_hours_that_do_not_run_forward_are_given_no_spelling(text: str) -> None:
    """From nine to five is meant, and 9:00-5:00 would be open all night."""
    message = parser_fault(lambda: parse_week(text)).message
    assert "write ranges like" in message
    assert ":00-5:00" not in message


@pytest.mark.parametrize(
    ("text", "there"),
    [
        ("Mo-Fr 24:00-06:00", "00:00-06:00"),
        ("Mo-Fr 25:00-02:00", "01:00-02:00"),
        ("Sa 24:00-30:00", "00:00-06:00"),
    ],
)
def test_a_range_of_the_next_date_is_told_as_it_is_written_there(text: str, there: str) -> None:
    message = parser_fault(lambda: parse_week(text)).message
    assert message.endswith(f"write it there, as {there}")
    assert parse_week(f"Tu {there}")[1]


def test_no_overlap_is_told_a_range_longer_than_a_day() -> None:
    message = parser_fault(lambda: parse_week("Mo-Fr 12:00-11:00,10:00-13:00")).message
    assert message.endswith("one of them runs into the next date: are its ends swapped?")


@pytest.mark.parametrize(("length", "is_told"), [(249, True), (250, True), (251, False)])
@pytest.mark.parametrize(
    ("text", "told"),
    [("Mon 9-17", "write 'Mo 9:00-17:00'"), ("Mo 09:00-17:00; Dec 24 off", '"12-24"')],
)
def test_what_to_write_is_worked_out_for_texts_up_to_a_length(
    text: str, told: str, length: int, *, is_told: bool
) -> None:
    message = parser_fault(lambda: parse_week(text.ljust(length))).message
    assert (told in message) is is_told


def test_what_is_left_out_is_told_whatever_else_is_wrong() -> None:
    found = parser_fault(lambda: parse_week("Mo 08:00-49:00; PH off"))
    assert (found.slug, "use holidays (PH, SH)" in found.message) == ("notation_unsupported", True)
