"""The others who add business hours, each called in the way that costs it least.

A package that is not installed is None here and 'not installed' in the table.
"""

from __future__ import annotations

import datetime as dt
import importlib
import operator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from inputs import Desk

_DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class Adder:
    """How one library adds: `call(instant(at), amount(span))`, both made ready before timing.

    Without `takes_any_zone` it reads the hours on the wall clock of the instant it is given.
    """

    call: Callable[..., Any]
    instant: Callable[[dt.datetime], Any] = lambda at: at
    amount: Callable[[dt.timedelta], Any] = lambda span: span
    takes_any_zone: bool = True


class DayLoop:
    """What a careful person writes in an afternoon: walk the days, use up each day's window.

    Right wherever no clock change falls inside the opening hours.
    """

    def __init__(self, desk: Desk) -> None:
        self.zone = desk.zone
        self.working_days = frozenset(desk.working_days)
        self.holidays = frozenset(desk.holidays)
        self.opens, self.closes = desk.opens, desk.closes

    def add(self, at: dt.datetime, amount: dt.timedelta) -> dt.datetime:
        """Return the instant by which `amount` of open time has passed since `at`."""
        local = at.astimezone(self.zone)
        date = local.date()
        while True:
            if date.weekday() in self.working_days and date not in self.holidays:
                opens = dt.datetime.combine(date, self.opens, self.zone)
                closes = dt.datetime.combine(date, self.closes, self.zone)
                begin = max(local, opens)
                if begin < closes:
                    left = closes - begin
                    if amount <= left:
                        return begin + amount
                    amount -= left
            date += _DAY


def support_sla(desk: Desk) -> Adder:
    """Return this library's clock."""
    return Adder(desk.clock().add)


def day_loop(desk: Desk) -> Adder:
    """Return the hand-written loop."""
    return Adder(DayLoop(desk).add)


def workclock(desk: Desk) -> Adder | None:
    """Return workclock's schedule (Rust)."""
    package = _package("workclock")
    if package is None:
        return None
    hours = package.WorkDay(desk.opens, desk.closes, days=desk.working_days)
    rules = [hours, package.Holidays(desk.holidays)]
    return Adder(package.Schedule(rules, time_zone=desk.timezone).add)


def timegrid(desk: Desk) -> Adder | None:
    """Return timegrid's calendar (Rust), which knows no zones: it is asked on the wall clock."""
    package = _package("timegrid")
    if package is None:
        return None
    calendar, days = package.TimeGridCalendar(), package.DayOfWeek
    of_week = (days.Monday, days.Tuesday, days.Wednesday, days.Thursday, days.Friday, days.Saturday)
    for number in desk.working_days:
        calendar.AddOpenRule(of_week[number], desk.opens, desk.closes)
    for date in desk.holidays:
        calendar.AddHoliday(date)
    return Adder(
        calendar.AddWorkDuration,
        instant=lambda at: at.replace(tzinfo=None),
        takes_any_zone=False,
    )


def pandas(desk: Desk) -> Adder | None:
    """Return pandas' CustomBusinessHour, which adds whole hours to a Timestamp of the zone."""
    package = _package("pandas")
    if package is None:
        return None
    names = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat")

    def amount(span: dt.timedelta) -> object:
        return package.offsets.CustomBusinessHour(
            span // dt.timedelta(hours=1),
            weekmask=" ".join(names[number] for number in desk.working_days),
            holidays=list(desk.holidays),
            start=desk.opens,
            end=desk.closes,
        )

    return Adder(operator.add, instant=package.Timestamp, amount=amount, takes_any_zone=False)


def businesstimedelta(desk: Desk) -> Adder | None:
    """Return businesstimedelta's rules (pure Python, zones by pytz)."""
    package, pytz = _package("businesstimedelta"), _package("pytz")
    if package is None or pytz is None:
        return None
    zone = pytz.timezone(desk.timezone)
    hours = package.WorkDayRule(
        start_time=desk.opens, end_time=desk.closes, working_days=list(desk.working_days), tz=zone
    )
    rules = package.Rules([hours, package.HolidayRule(set(desk.holidays), tz=zone)])

    def amount(span: dt.timedelta) -> object:
        return package.BusinessTimeDelta(rules, timedelta=span)

    return Adder(operator.add, amount=amount)


OURS = "support_sla `Clock.add`"
WORKCLOCK = "workclock `Schedule.add` (Rust)"

ADDERS: dict[str, Callable[[Desk], Adder | None]] = {
    OURS: support_sla,
    WORKCLOCK: workclock,
    "timegrid (Rust, naive only)": timegrid,
    "hand-written day loop": day_loop,
    "pandas `CustomBusinessHour` (whole hours)": pandas,
    "businesstimedelta": businesstimedelta,
}


class DisagreementError(Exception):
    """Two libraries gave different answers, so their times say nothing."""


def agree(
    desk: Desk, adders: dict[str, Adder], instants: list[dt.datetime], span: dt.timedelta
) -> None:
    """Raise `DisagreementError` unless the answers to every question are the same instant."""
    amounts = {name: adder.amount(span) for name, adder in adders.items()}
    for at in instants:
        found = {
            name: _in_utc(adder.call(adder.instant(at), amounts[name]), desk)
            for name, adder in adders.items()
        }
        if len(set(found.values())) > 1:
            answers = "\n".join(f"  {name}: {answer}" for name, answer in found.items())
            message = f"{span} after {at} at the desk in {desk.name}, answers in UTC:\n{answers}"
            raise DisagreementError(message)


def _in_utc(answer: Any, desk: Desk) -> dt.datetime:
    if answer.tzinfo is None:
        answer = answer.replace(tzinfo=desk.zone)
    plain = getattr(answer, "to_pydatetime", lambda: answer)()
    utc: dt.datetime = plain.astimezone(dt.UTC)
    return utc


def _package(name: str) -> Any:
    try:
        return importlib.import_module(name)
    except ImportError:
        return None
