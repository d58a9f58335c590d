"""`SpecialDay`: one named date that differs from the week. Data only."""

from __future__ import annotations

import datetime as dt
import re
from typing import Annotated, TypeAlias

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    PlainSerializer,
    StrictBool,
    ValidationInfo,
    WithJsonSchema,
    model_validator,
)

from support_sla.errors import NotAModelError, shown
from support_sla.values.dates import FIRST_YEAR, LAST_YEAR
from support_sla.values.model import Model, fault
from support_sla.values.names import whole_text
from support_sla.values.texts import Texts
from support_sla.values.week import WEEKDAYS, WHOLE_DAY, Day, Week, format_day, parse_day


def _read_date(value: object) -> dt.date:
    if isinstance(value, str) and re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        try:
            value = dt.date.fromisoformat(value)
        except ValueError:
            message = f"date {shown(value)} does not exist; check its month and day"
            raise fault("date_not_real", message) from None
    if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
        if FIRST_YEAR <= value.year <= LAST_YEAR:
            return dt.date(value.year, value.month, value.day)  # no subclass's arithmetic
        message = f"date {value} is outside the years {FIRST_YEAR} to {LAST_YEAR}; drop it"
        raise fault("date_out_of_range", message)
    raise fault("date_invalid", f"{shown(value)} is no date; write it like 2026-02-17")


def _read_hours(value: object, info: ValidationInfo) -> Day:
    if isinstance(value, str):
        return parse_day(value, of=str(info.data.get("date", "a date")))
    way_out = "write '08:00-12:00,13:00-17:00', or leave 'closed' out to close the whole day"
    message = f"hours {shown(value)} are not understood; {way_out}"
    raise fault("notation_invalid", message)


def _read_weekday(value: object) -> str:
    if value not in WEEKDAYS:
        known = ", ".join(WEEKDAYS)
        raise fault("weekday_unknown", f"{shown(value)} is no weekday; use one of {known}")
    return str(value)


def _read_name(value: str) -> str:
    if not whole_text(value).strip():
        raise fault("name_empty", f"name {shown(value)} is empty; say what the day is")
    return value


Date: TypeAlias = Annotated[
    dt.date, BeforeValidator(_read_date), WithJsonSchema({"type": "string", "format": "date"})
]
DayHours: TypeAlias = Annotated[
    Day,
    BeforeValidator(_read_hours),
    PlainSerializer(format_day, return_type=str),
    WithJsonSchema({"type": "string", "examples": ["08:00-12:00,13:00-17:00"]}),
]
Weekday: TypeAlias = Annotated[
    str, BeforeValidator(_read_weekday), WithJsonSchema({"enum": list(WEEKDAYS)})
]
Name: TypeAlias = Annotated[str, AfterValidator(_read_name)]


class SpecialDay(Model):
    """One named date that differs from the week: closed, closed in part, or open otherwise.

    Without `closed`, `open` and `works_as` the whole local date is closed. `closed` gives windows
    that are cut out of whatever is open then; `open` gives the date's own hours (`off` is not one:
    leave it out to close); `works_as` gives the date another weekday's hours. Both replace the
    ranges that start on the date, and no whole-day holiday cuts them; with `by_rule` they come from
    a rule that nobody wrote for this very date, and give way to one. `label` is what customers read
    instead of `name`, by language.

    >>> SpecialDay(date="2026-12-31", name="New Year's Eve", closed="12:00-24:00").closed
    ((43200, 86400),)
    """

    date: Date = Field(description="the local date, like 2026-02-17")
    name: Name = Field(description="what the day is called")
    closed: DayHours | None = None
    open: DayHours | None = None
    works_as: Weekday | None = None
    by_rule: StrictBool = False
    label: Texts | None = None
    source: str | None = None

    @model_validator(mode="after")
    def _one_kind(self) -> SpecialDay:
        given = [key for key in ("closed", "open", "works_as") if getattr(self, key) is not None]
        if len(given) > 1:
            keys = " and ".join(given)
            message = f"{keys} of {self.date} contradict each other; give one of them"
            raise fault("special_day_ambiguous", message)
        for key in ("closed", "open"):
            if getattr(self, key) == ():
                message = f"{key} = 'off' on {self.date} says no hours; "
                message += "leave the key out to close the whole date"
                raise fault("hours_empty", message)
        if self.by_rule and self.closure:
            message = f"by_rule = true of {self.date} means nothing without hours"
            raise fault("hours_missing", f"{message}; add open or works_as, or drop it")
        return self

    @property
    def is_whole_day_off(self) -> bool:
        """Whether the whole local date is closed."""
        return self.closure == WHOLE_DAY

    @property
    def closure(self) -> Day:
        """The windows cut out of the date's open hours; empty for a day with hours of its own."""
        if self.open is not None or self.works_as is not None:
            return ()
        return WHOLE_DAY if self.closed is None else self.closed

    def hours(self, week: Week) -> Day | None:
        """Return the hours this date has instead of its weekday's, or None if it has none.

        `week` is that of a schedule; `NotAModelError` is raised for anything else.
        """
        if not isinstance(week, tuple) or len(week) != 7:
            raise NotAModelError.week(week)
        if self.works_as is not None:
            return week[WEEKDAYS.index(self.works_as)]
        return self.open


class Move(Model):
    """A country's day moved to another date: 'off on Monday instead of Saturday'."""

    date: Date = Field(description="the date the country has")
    to: Date = Field(description="the date this desk is off instead")
    source: str | None = None
