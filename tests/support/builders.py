"""One builder per model with sane defaults, and the two ways to catch a fault."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from hypothesis import settings
from pydantic import ValidationError
from pydantic_core import PydanticCustomError

from support_sla import HolidayCalendar, Policy, SpecialDay, Target
from support_sla.values.week import parse_week

if TYPE_CHECKING:
    from collections.abc import Callable

    from support_sla.values.week import Week

EXAMPLES = settings().max_examples
"""How many examples of a law this run draws; a dear law takes a part of them."""

HOUR = 3_600
DAY = 24 * HOUR


class Fault(NamedTuple):
    """One line of a `ValidationError`, as far as tests care."""

    slug: str
    place: tuple[int | str, ...]
    message: str


def faults(make: Callable[[], object]) -> list[Fault]:
    """Return every fault with which `make` is refused."""
    with pytest.raises(ValidationError) as caught:
        make()
    return [Fault(line["type"], line["loc"], line["msg"]) for line in caught.value.errors()]


def fault(make: Callable[[], object]) -> Fault:
    """Return the only fault with which `make` is refused."""
    (only,) = faults(make)
    return only


def parser_fault(parse: Callable[[], object]) -> Fault:
    """Return the fault that a parser raises outside any model."""
    with pytest.raises(PydanticCustomError) as caught:
        parse()
    return Fault(caught.value.type, (), caught.value.message())


def day_data(date: str = "2026-05-05", **changes: Any) -> dict[str, Any]:
    """Return a special day as a file writes it: closed all day unless told otherwise."""
    return {"date": date, "name": "a day", **changes}


def special_day(date: str = "2026-05-05", **changes: Any) -> SpecialDay:
    """Return a special day: closed all day unless told otherwise."""
    return SpecialDay(**day_data(date, **changes))


def calendar_data(*days: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """Return a calendar of its own days for 2026."""
    return {"days": list(days), "years": [2026, 2026], **changes}


def calendar(*days: dict[str, Any], **changes: Any) -> HolidayCalendar:
    """Return a calendar of its own days for 2026."""
    return HolidayCalendar(**calendar_data(*days, **changes))


def rule_data(**changes: Any) -> dict[str, Any]:
    """Return a rule as a file writes it: one business hour, whenever."""
    return {"within": "1h", "counted_in": "business_time", **changes}


def target(**changes: Any) -> Target:
    """Return a rule: one business hour, whenever."""
    return Target(**rule_data(**changes))


def when(*days: str, priority: tuple[str, ...] = (), **changes: Any) -> dict[str, Any]:
    """Return a rule with a condition: any of these days, any of these priorities."""
    condition: dict[str, Any] = {}
    if days:
        condition["days"] = list(days)
    if priority:
        condition["priority"] = list(priority)
    return rule_data(when=condition, **changes)


def channel_data(*rules: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """Return a channel with office hours; one default rule unless told otherwise."""
    return {
        "hours": {"schedule": "office"},
        "first_response": list(rules) or [rule_data()],
        **changes,
    }


def policy_data(*rules: dict[str, Any], channel: Any = None, **changes: Any) -> dict[str, Any]:
    """Return a policy with one line, desk/ticket, that has these rules."""
    line = channel_data(*rules) if channel is None else channel
    return {
        "name": "a desk",
        "timezone": "Asia/Ho_Chi_Minh",
        "schedules": {"office": "Mo-Fr 08:00-17:00"},
        "departments": {"desk": {"channels": {"ticket": line}}},
        **changes,
    }


def policy(*rules: dict[str, Any], channel: Any = None, **changes: Any) -> Policy:
    """Return a policy with one line, desk/ticket, that has these rules."""
    return Policy.model_validate(policy_data(*rules, channel=channel, **changes))


def week(text: str) -> Week:
    """Return the week of a notation."""
    return parse_week(text)


def every(weekday: int, first: int, last: int) -> list[dict[str, Any]]:
    """Return every such weekday (Monday is 0) of the years, each closed all day."""
    start, end = dt.date(first, 1, 1), dt.date(last, 12, 31)
    dates = (start + dt.timedelta(days=step) for step in range((end - start).days + 1))
    return [day_data(str(date)) for date in dates if date.weekday() == weekday]


READ: list[int] = []
"""The years that any `Counted` calendar was asked for, until a test clears them."""


class Counted(HolidayCalendar):
    """A calendar that counts how often its days are read."""

    def special_days(self, year: int, *, eve: bool = True) -> Any:
        READ.append(year)
        return super().special_days(year, eve=eve)


class Stamp(dt.datetime):
    """A datetime as pandas makes them: with nanoseconds beside its microseconds."""

    nanosecond = 1


class NoOffset(dt.tzinfo):
    """A zone that knows no offset."""

    def utcoffset(self, _: dt.datetime | None) -> None:
        return None

    dst = utcoffset

    def tzname(self, _: dt.datetime | None) -> str:
        return "nowhere"
