"""`Recurring`: a named day that comes again, by month and day or by an RFC 5545 rule. Data only."""

from __future__ import annotations

import datetime as dt
import re
from calendar import isleap
from typing import TYPE_CHECKING, Any

from pydantic import Field, ValidationInfo, field_validator, model_validator

from support_sla.calendars.sources.rrule import (
    RecurrenceRule,
    UnreadableRuleError,
    UnsupportedRuleError,
)
from support_sla.calendars.special_day import Date, DayHours, Name, SpecialDay, Weekday
from support_sla.errors import shown
from support_sla.values.dates import read_year
from support_sla.values.model import Model, fault
from support_sla.values.texts import Texts

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from support_sla.calendars.sources.rrule_turns import Turns

_ELSEWHERE = (
    (r"\bDTSTART\b", "DTSTART", "write the first date under 'start'"),
    (r"\bUNTIL\b", "UNTIL", "write the last date under 'until'"),
    (r"[0-9]T[0-9]", "a time of day", "use 'closed' or 'open'"),
)
"""What a recurring day has its own keys for."""

_MONTH_DAYS = [f"{dt.date(2000, 1, 1) + dt.timedelta(day):%m-%d}" for day in range(366)]


def _read_rule(text: str) -> RecurrenceRule:
    """Return an RFC 5545 rule of whole dates; raise pydantic's custom error for any other."""
    rule, said = text.upper().removeprefix("RRULE:"), f"rrule {shown(text)}"
    for pattern, what, way_out in _ELSEWHERE:
        if re.search(pattern, rule):
            raise fault("rrule_unsupported", f"{said} has {what}; {way_out}")
    try:
        return RecurrenceRule.read(rule)
    except UnsupportedRuleError as error:
        is_read = not isinstance(error, UnreadableRuleError)
        slug = "rrule_unsupported" if is_read else "rrule_invalid"
        raise fault(slug, f"{said} has {error.what}; {error.way_out}") from None


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
    the last date on which the day may occur; `start` is also the rule's DTSTART, and needed if
    the dates depend on it. `closed`, `open`, `works_as` and `label` are as in `SpecialDay`.

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
    label: Texts | None = None
    source: str | None = None

    @field_validator("on", "rrule")
    @classmethod
    def _understood(cls, text: str | None, info: ValidationInfo) -> str | None:
        if text is not None:
            _ = _month_days(text) if info.field_name == "on" else _read_rule(text)
        return text

    @model_validator(mode="after")
    def _one_rule(self) -> Recurring:
        if (self.on is None) == (self.rrule is None):
            message = (
                f"{shown(self.name)} has {'both' if self.on else 'neither'} of 'on' and 'rrule'"
            )
            raise fault("recurring_ambiguous", f"{message}; give exactly one of them")
        rule = _read_rule(self.rrule) if self.rrule else None
        if rule and self.start is None and (reason := _needs_start(rule.parts)):
            message = f"rrule {shown(self.rrule)} {reason}, so its days depend on its first date"
            raise fault("start_missing", f"{message}; add start")
        if self.start and self.until and self.start > self.until:
            message = f"start {self.start} of {shown(self.name)} is after until {self.until}"
            raise fault("dates_reversed", f"{message}; correct one of them")
        return self

    @model_validator(mode="after")
    def _one_kind(self) -> Recurring:
        given = [key for key in ("closed", "open", "works_as") if getattr(self, key) is not None]
        if len(given) > 1:
            message = f"{' and '.join(given)} of {shown(self.name)} contradict each other; give one"
            raise fault("special_day_ambiguous", message)
        if () in (self.closed, self.open):
            message = f"{given[0]} = 'off' of {shown(self.name)} says no hours; "
            message += "leave the key out to close the whole date"
            raise fault("hours_empty", message)
        return self

    @property
    def covered_years(self) -> None:
        """None: a rule holds for any year, so the calendar has to say which."""
        return None

    @property
    def sources(self) -> tuple[str, ...]:
        """Nothing: the rule is written in the calendar itself."""
        return ()

    def special_days(self, first_year: int, last_year: int | None = None) -> tuple[SpecialDay, ...]:
        """Return the days of a year, or of all up to `last_year`, by date; possibly empty.

        January's days of a range over New Year are there in the first year too. The years must be
        in 3 to 9997, as in a calendar.
        """
        begins = read_year("first_year", first_year)
        ends = begins if last_year is None else read_year("last_year", last_year)
        keys = ("name", "closed", "open", "works_as", "label", "source")
        said: dict[str, Any] = {key: was for key in keys if (was := getattr(self, key)) is not None}
        if self.open is not None or self.works_as is not None:
            said["by_rule"] = True
        dates = self._dates(begins, ends)
        return tuple(SpecialDay.model_construct(date=date, **said) for date in dates)

    def comes(self, first_year: int, last_year: int) -> bool:
        """Whether the day has any date in these years, which must be in 3 to 9997."""
        begins, ends = read_year("first_year", first_year), read_year("last_year", last_year)
        return any(True for _ in self._dates(begins, ends))

    def _dates(self, first_year: int, last_year: int) -> Iterator[dt.date]:
        first = max(dt.date(first_year, 1, 1), self.start or dt.date.min)
        last = min(dt.date(last_year, 12, 31), self.until or dt.date.max)
        if first <= last:
            dates = _dates_on(self.on, first, last) if self.on else self._dates_by_rule(first, last)
            yield from (date for date in dates if first <= date <= last)

    def _dates_by_rule(self, first: dt.date, last: dt.date) -> Iterator[dt.date]:
        turns = self._turns(self.start or dt.date(first.year - 1, 1, 1))
        return map(dt.date.fromordinal, turns.dates(first.toordinal(), last.toordinal()))

    def _turns(self, begin: dt.date) -> Turns:
        def made() -> Turns:
            return _read_rule(self.rrule or "").turns_from(begin).ended()

        return self.once("turns", made) if self.start else made()


def _needs_start(parts: Mapping[str, str]) -> str:
    """Return why a rule without its first date could mean several things, or ''."""
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
