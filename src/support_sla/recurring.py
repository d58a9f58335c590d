"""`Recurring`: a named day that comes again, as a month and day or as an RFC 5545 rule. Data only.

A rule is read strictly: what dateutil would skip or take for something else is refused by name.
"""

from __future__ import annotations

import datetime as dt
import re
from calendar import isleap
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from pydantic import Field, ValidationInfo, field_validator, model_validator

from support_sla._model import Model, fault, nearest
from support_sla.errors import shown
from support_sla.special_day import Date, DayHours, Name, SpecialDay, Weekday

if TYPE_CHECKING:
    from collections.abc import Iterator

_REFUSED = (
    (r"\bDTSTART\b", "DTSTART", "write the first date under 'start'"),
    (r"\bUNTIL\b", "UNTIL", "write the last date under 'until'"),
    (r"\b(RDATE|EXDATE|EXRULE)\b", r"\1", "write single dates as days of their own"),
    (r"\bBY(HOUR|MINUTE|SECOND)\b|[0-9]T[0-9]", "a time of day", "use 'closed' or 'open'"),
    (r"\bFREQ=(HOURLY|MINUTELY|SECONDLY)\b", r"\g<0>", "use DAILY, WEEKLY, MONTHLY or YEARLY"),
    (r"^(?!.*\bFREQ=)", "no FREQ", "begin it like FREQ=YEARLY"),
    (r"\b([A-Z]+)=.*;\1=", r"\1 twice", "give it once"),
    (r"^(?=.*Q=(DAILY|WEEKLY)).*\bBYDAY=[^;]*[0-9]", r"the n-th weekday of \1", "use MONTHLY"),
    (r"^(?=.*\bBYWEEKNO=).*\bBYDAY=[^;]*[0-9]", "the n-th weekday of a week", "drop the number"),
    (
        r"^(?=.*(?:Q=MONTHLY|\bBYMONTH=)).*\bBYDAY=[^;]*(?<![0-9])0?(?:[6-9]|[1-5][0-9])[A-Z]",
        "a sixth weekday of a month",
        "count to 5 at the most",
    ),
    (r"^(?!.*\bBYDAY=).*\bBYWEEKNO=", "BYWEEKNO alone", "name the weekdays with BYDAY"),
    (r"^(?!.*Q=YEARLY).*\bBY(WEEKNO|YEARDAY)=", r"BY\1 in less than a year", "use FREQ=YEARLY"),
    (r"^(?=.*Q=WEEKLY).*\bBYMONTHDAY=", "BYMONTHDAY in a week", "use FREQ=MONTHLY"),
    (r"^(?!.*\bBY(?!SETPOS)).*\bBYSETPOS=", "BYSETPOS alone", "add BYDAY or BYMONTHDAY"),
)
"""What is no whole date, what RFC 5545 forbids, and what dateutil takes for something else."""

_DAY_NAME, _TO_31 = "(MO|TU|WE|TH|FR|SA|SU)", "(0?[1-9]|[12][0-9]|3[01])"
_TO_53 = "(0?[1-9]|[1-4][0-9]|5[0-3])"
_TO_366 = "(0{0,2}[1-9]|0?[1-9][0-9]|[12][0-9]{2}|3[0-5][0-9]|36[0-6])"
_PARTS = {
    "FREQ": ("DAILY|WEEKLY|MONTHLY|YEARLY", "YEARLY"),
    "INTERVAL": ("[1-9][0-9]{0,3}", "2"),
    "COUNT": ("[1-9][0-9]{0,4}", "10"),
    "WKST": (_DAY_NAME, "MO"),
    "BYDAY": (f"([+-]?{_TO_53})?{_DAY_NAME}", "MO,-1FR"),
    "BYMONTH": ("0?[1-9]|1[0-2]", "1,12"),
    "BYMONTHDAY": (f"[+-]?{_TO_31}", "1,-1"),
    "BYYEARDAY": (f"[+-]?{_TO_366}", "100,-1"),
    "BYWEEKNO": (f"[+-]?{_TO_53}", "1,53"),
    "BYSETPOS": (f"[+-]?{_TO_366}", "1,-1"),
}
_MONTH_DAYS = [f"{dt.date(2000, 1, 1) + dt.timedelta(day):%m-%d}" for day in range(366)]


def _parts(text: str) -> dict[str, str]:
    """Return the parts of an RFC 5545 rule of whole dates; raise for any other."""
    rule, said = text.upper().removeprefix("RRULE:"), f"rrule {shown(text)}"
    for pattern, what, way_out in _REFUSED:
        if found := re.search(pattern, rule):
            raise fault("rrule_unsupported", f"{said} has {found.expand(what)}; {way_out}")
    parts: dict[str, str] = {}
    for part in rule.split(";"):
        key, _, value = part.partition("=")
        if key not in _PARTS:
            way_out = nearest(key, list(_PARTS))
            raise fault("rrule_invalid", f"{said} has the unknown part {part!r}; {way_out}")
        pattern, example = _PARTS[key]
        values = value.split(",") if key.startswith("BY") else [value]
        if not all(re.fullmatch(pattern, each) for each in values):
            message = f"{said} has {part!r}, which is not understood; write it like {key}={example}"
            raise fault("rrule_invalid", message)
        parts[key] = value
    return parts


def _month_days(on: str) -> list[str]:
    """Return each month and day that `on` names, through the year; 29 February is one of them."""
    first, dots, last = on.partition("..")
    last = last if dots else first
    if first not in _MONTH_DAYS or last not in _MONTH_DAYS:
        message = f"on = {shown(on)} is no month and day of any year"
        raise fault("on_invalid", f"{message}; write '12-25' or '12-24..01-02'")
    if first <= last:
        return [day for day in _MONTH_DAYS if first <= day <= last]
    return [day for day in _MONTH_DAYS if day <= last or first <= day]


class Recurring(Model):
    """A named day that comes again, by exactly one of `on` and `rrule`.

    `on` is a month and day or a range of them, which may cross New Year; 02-29 is there in leap
    years only. `rrule` is an RFC 5545 rule of whole dates. `start` and `until` are the first and
    the last date on which the day may occur; `start` is also the rule's DTSTART, and needed where
    that decides. `closed`, `open` and `works_as` are as in `SpecialDay`.

    >>> year_end = Recurring(name="Year's end", on="12-31..01-01")
    >>> [str(day.date) for day in year_end.special_days(2026, 2026)]
    ['2026-01-01', '2026-12-31']
    """

    name: Name = Field(description="what the day is called")
    on: str | None = Field(None, examples=["12-25", "12-24..01-02"])
    rrule: str | None = Field(None, examples=["FREQ=MONTHLY;BYDAY=-1FR"])
    start: Date | None = None
    until: Date | None = None
    closed: DayHours | None = None
    open: DayHours | None = None
    works_as: Weekday | None = None
    source: str | None = None

    @field_validator("on", "rrule")
    @classmethod
    def _understood(cls, text: str | None, info: ValidationInfo) -> str | None:
        if text is not None:
            _ = _month_days(text) if info.field_name == "on" else _parts(text)
        return text

    @model_validator(mode="after")
    def _one_rule(self) -> Recurring:
        if (self.on is None) == (self.rrule is None):
            message = f"{self.name!r} has {'both' if self.on else 'neither'} of 'on' and 'rrule'"
            raise fault("recurring_ambiguous", f"{message}; give exactly one of them")
        parts = _parts(self.rrule) if self.rrule else {}
        if self.start is None and (reason := _needs_start(parts)):
            message = f"rrule {shown(self.rrule)} {reason}, so its days depend on its first date"
            raise fault("start_missing", f"{message}; add start")
        if self.start and self.until and self.start > self.until:
            message = f"start {self.start} of {self.name!r} is after until {self.until}"
            raise fault("dates_reversed", f"{message}; correct one of them")
        return self

    @model_validator(mode="after")
    def _one_kind(self) -> Recurring:
        given = [key for key in ("closed", "open", "works_as") if getattr(self, key) is not None]
        if len(given) > 1:
            message = f"{' and '.join(given)} of {self.name!r} contradict each other; give one"
            raise fault("special_day_ambiguous", message)
        if () in (self.closed, self.open):
            message = f"{given[0]} = 'off' of {self.name!r} says nothing; leave it out to close"
            raise fault("hours_empty", message)
        return self

    def special_days(self, first_year: int, last_year: int) -> tuple[SpecialDay, ...]:
        """Return the days that lie in these years, both included, by date; they may be none.

        January's days of a range over New Year are there in the first year too. The years are of
        3 to 9997, as in a calendar.
        """
        first = max(dt.date(first_year, 1, 1), self.start or dt.date.min)
        last = min(dt.date(last_year, 12, 31), self.until or dt.date.max)
        if first > last:
            return ()
        dates = _dates_on(self.on, first, last) if self.on else self._dates_by_rule(first, last)
        keys = ("name", "closed", "open", "works_as", "source")
        said: dict[str, Any] = {key: was for key in keys if (was := getattr(self, key)) is not None}
        return tuple(
            SpecialDay.model_construct(date=date, **said) for date in dates if first <= date <= last
        )

    def _dates_by_rule(self, first: dt.date, last: dt.date) -> Iterator[dt.date]:
        """Yield the rule's dates to `last`; those before `first` may be left out."""
        from dateutil.rrule import rrulestr  # noqa: PLC0415  only a calendar with rules needs it

        parts = _parts(self.rrule or "")
        began = self.start or dt.date(first.year - 1, 1, 1)
        step = {"DAILY": 1, "WEEKLY": 7}.get(parts["FREQ"], 0) * int(parts.get("INTERVAL", 1))
        if step and "COUNT" not in parts:  # then the rule may as well begin at a later turn
            began += dt.timedelta(max(0, (first - began).days // step - 1) * step)
        # dateutil looks for a next day up to year 9999, also where there is none. The calendar
        # repeats every 400 years to the weekday, so the rule is asked as near to that as can be.
        later = (9998 - last.year) // 400 * 400
        began_later = dt.datetime(began.year + later, began.month, began.day)  # noqa: DTZ001
        text = ";".join(f"{key}={value}" for key, value in parts.items())
        rule = rrulestr(text, dtstart=began_later)
        with suppress(ValueError):  # it fell off the end of year 9999, which is past `last`
            for moment in rule:
                date = moment.date().replace(year=moment.year - later)
                if date > last:
                    return
                yield date


def _needs_start(parts: dict[str, str]) -> str:
    """Return why a rule without its first date could be read in several ways, or ''."""
    if parts.get("INTERVAL", "1") != "1":
        return f"has INTERVAL={parts['INTERVAL']}"
    if "COUNT" in parts:
        return f"has COUNT={parts['COUNT']}"
    names_a_day = {"BYDAY", "BYMONTHDAY", "BYYEARDAY"} & parts.keys()
    return "" if names_a_day or parts.get("FREQ", "DAILY") == "DAILY" else "names no day"


def _dates_on(on: str, first: dt.date, last: dt.date) -> Iterator[dt.date]:
    for year in range(first.year, last.year + 1):
        for day in _month_days(on):
            if day != "02-29" or isleap(year):
                yield dt.date.fromisoformat(f"{year:04d}-{day}")
