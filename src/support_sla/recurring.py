"""`Recurring`: a named day that comes again, as a month and day or as an RFC 5545 rule. Data only.

A rule is read strictly: what dateutil would skip, reinterpret or never end is refused by name.
"""

from __future__ import annotations

import datetime as dt
import re
from calendar import isleap
from collections.abc import Iterator  # noqa: TC003
from contextlib import suppress
from typing import Annotated, Any, TypeAlias

from pydantic import AfterValidator, Field, WithJsonSchema, model_validator

from support_sla._model import Model, fault, nearest, shown
from support_sla.special_day import Date, DayHours, Name, SpecialDay, Weekday

_LEFT_OUT = (
    (r"\bDTSTART\b", "write the first date under 'start'"),
    (r"\b(?:RDATE|EXDATE|EXRULE)\b", "write single dates as days of their own"),
    (r"\bBY(?:HOUR|MINUTE|SECOND)\b|\b[0-9]{8}T[0-9]{6}Z?", "write hours under 'closed' or 'open'"),
    (r"\bFREQ=(?:HOURLY|MINUTELY|SECONDLY)\b", "use DAILY, WEEKLY, MONTHLY or YEARLY"),
)

_DAY_NAME = "(?:MO|TU|WE|TH|FR|SA|SU)"
_TO_31, _TO_53 = "(?:0?[1-9]|[12][0-9]|3[01])", "(?:0?[1-9]|[1-4][0-9]|5[0-3])"
_TO_366 = "(?:0{0,2}[1-9]|0?[1-9][0-9]|[12][0-9]{2}|3[0-5][0-9]|36[0-6])"
_PARTS = {
    "FREQ": ("DAILY|WEEKLY|MONTHLY|YEARLY", "YEARLY"),
    "INTERVAL": ("[1-9][0-9]{0,3}", "2"),
    "COUNT": ("[1-9][0-9]{0,4}", "10"),
    "UNTIL": ("[0-9]{8}", "20301231"),
    "WKST": (_DAY_NAME, "MO"),
    "BYDAY": (f"(?:[+-]?{_TO_53})?{_DAY_NAME}", "MO,-1FR"),
    "BYMONTH": ("0?[1-9]|1[0-2]", "1,12"),
    "BYMONTHDAY": (f"[+-]?{_TO_31}", "1,-1"),
    "BYYEARDAY": (f"[+-]?{_TO_366}", "100,-1"),
    "BYWEEKNO": (f"[+-]?{_TO_53}", "1,53"),
    "BYSETPOS": (f"[+-]?{_TO_366}", "1,-1"),
}
_ONLY_ONE = ("FREQ", "INTERVAL", "COUNT", "UNTIL", "WKST")
_NAMING_A_DAY = ("BYDAY", "BYMONTHDAY", "BYYEARDAY", "BYWEEKNO")
_ON = re.compile(r"([0-9]{2})-([0-9]{2})(?:\.\.([0-9]{2})-([0-9]{2}))?")
_LEAP_YEAR = [dt.date(2000, 1, 1) + dt.timedelta(day) for day in range(366)]
_MONTH_DAYS = [(date.month, date.day) for date in _LEAP_YEAR]


def _parts(text: str) -> dict[str, str]:
    """Return the parts of an RFC 5545 rule that names whole dates; raise for any other."""
    rule, said = text.upper().removeprefix("RRULE:"), f"rrule {shown(text)}"
    for pattern, way_out in _LEFT_OUT:
        if found := re.search(pattern, rule):
            raise fault("rrule_unsupported", f"{said} uses {found[0]}, left out here; {way_out}")
    parts: dict[str, str] = {}
    for part in rule.split(";"):
        key, _, value = part.partition("=")
        if key not in _PARTS:
            way_out = nearest(key, list(_PARTS))
            raise fault("rrule_invalid", f"{said} has an unknown part {key!r}; {way_out}")
        if key in parts:
            raise fault("rrule_invalid", f"{said} gives {key} twice; give it once")
        pattern, example = _PARTS[key]
        values = [value] if key in _ONLY_ONE else value.split(",")
        if not all(re.fullmatch(pattern, each) for each in values):
            message = f"{said} has {part!r}, which is not understood"
            raise fault("rrule_invalid", f"{message}; write it like {key}={example}")
        parts[key] = value
    if "FREQ" not in parts:
        raise fault("rrule_invalid", f"{said} has no FREQ; begin it like FREQ=YEARLY")
    for misread, what, way_out in _misread(parts):
        if misread:
            raise fault("rrule_invalid", f"{said} {what}; {way_out}")
    return parts


def _misread(parts: dict[str, str]) -> Iterator[tuple[bool, str, str]]:
    """Yield what RFC 5545 forbids and dateutil takes for something else."""
    freq, weeks = parts["FREQ"], "BYWEEKNO" in parts
    counted = re.search("[0-9]", parts.get("BYDAY", "")) is not None
    below_month, others = freq in ("DAILY", "WEEKLY"), {key for key in parts if key[:2] == "BY"}
    yield "COUNT" in parts and "UNTIL" in parts, "ends twice", "give COUNT or UNTIL"
    yield counted and below_month, f"counts weekdays in FREQ={freq}", "use MONTHLY or YEARLY"
    yield counted and weeks, "counts weekdays inside a week", "name the weekdays alone"
    yield weeks and "BYDAY" not in parts, "names a week but no day of it", "add BYDAY"
    yield weeks and freq != "YEARLY", f"has BYWEEKNO with FREQ={freq}", "use FREQ=YEARLY"
    yield "BYYEARDAY" in parts and freq != "YEARLY", f"has BYYEARDAY with FREQ={freq}", "use YEARLY"
    yield "BYMONTHDAY" in parts and freq == "WEEKLY", "has BYMONTHDAY with WEEKLY", "use MONTHLY"
    yield others == {"BYSETPOS"}, "picks by BYSETPOS from nothing", "add BYDAY or BYMONTHDAY"


def _read_rule(text: str) -> str:
    _until_of(_parts(text))
    return text


def _until_of(parts: dict[str, str]) -> dt.date | None:
    written = parts.get("UNTIL")
    try:
        return dt.date.fromisoformat(written) if written else None
    except ValueError:
        message = f"date {written!r} in UNTIL does not exist; check its month and day"
        raise fault("date_not_real", message) from None


def _month_days(on: str) -> list[tuple[int, int]]:
    """Return each month and day that `on` names, through the year; 29 February is one of them."""
    match = _ON.fullmatch(on)
    if not match:
        message = f"on = {shown(on)} is no month and day; write '12-25' or '12-24..01-02'"
        raise fault("on_invalid", message)
    month, day, last_month, last_day = (int(number or 0) for number in match.groups())
    first, last = (month, day), (last_month, last_day) if match[3] else (month, day)
    for end in (first, last):
        if end not in _MONTH_DAYS:
            message = f"date '{end[0]:02d}-{end[1]:02d}' exists in no year; check its month and day"
            raise fault("date_not_real", message)
    if first <= last:
        return [each for each in _MONTH_DAYS if first <= each <= last]
    return [each for each in _MONTH_DAYS if each <= last or first <= each]
