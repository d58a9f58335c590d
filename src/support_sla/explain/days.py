"""The dates on the way to a due in business days: counted or why not, and as runs for a reader."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, NamedTuple

from support_sla.explain.steps import Reason, ReasonKind
from support_sla.explain.stretches import SHUT, Stretch, closing
from support_sla.values.amounts.business_days import BusinessDays
from support_sla.values.dates import date_of
from support_sla.values.units import DAY, SECOND

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator

    from support_sla.clock.window import Window
    from support_sla.explain.steps import Step
    from support_sla.explain.stretches import HoursReader
    from support_sla.policy.target import Target


def days_of(
    reader: HoursReader, target: Target, window: Window, start: int, due: int
) -> Iterator[Stretch]:
    """Yield a stretch for each date from a submission to its due; the counted ones are numbered."""
    wall, within = window.wall, target.within
    count = within.count if isinstance(within, BusinessDays) else 0
    numbers = window.business_dates().numbers
    place = bisect_left(numbers, wall.day(start))
    sent = number = wall.day(start)
    is_received = target.cutoff is None
    counted, at = 0, start
    while at < due:
        midnight = wall.midnight(number + 1)
        stop = min(due, midnight)
        if at >= stop:
            number += 1
            continue
        is_business = place < len(numbers) and numbers[place] == number
        place += is_business
        is_counted = False
        if not is_business:
            reasons = _off(reader, number)
        elif not is_received:
            is_received = _in_time(
                window, number, target.cutoff or 0, max(start, wall.midnight(number))
            )
            kind: ReasonKind = "received" if is_received else "after_cutoff"
            reasons = (Reason(kind, date=date_of(number)),)
        elif number == sent:
            reasons = (Reason("sent", date=date_of(number)),)
        elif counted < count:
            counted, is_counted = counted + 1, True
            reasons = (Reason("business_day", date=date_of(number), number=counted, of=count),)
        else:
            reasons = (Reason("due_day", date=date_of(number)),)
        yield Stretch(at, stop, is_counted, reasons)
        at, number = stop, number + 1


def _in_time(window: Window, number: int, cutoff: int, at: int) -> bool:
    """Whether a request is received on a business date: up to the cut-off, and before closing."""
    dates = window.business_dates()
    end = dates.ends[bisect_left(dates.numbers, number)]
    closes = window.timeline.earliest(window.timeline.reading(end))
    sent_by = window.wall.instant((number * DAY + cutoff) * SECOND)
    return at <= sent_by and (closes is None or at < closes)


def _off(reader: HoursReader, number: int) -> tuple[Reason, ...]:
    """Return why a date is no business day."""
    read = reader.date(number)
    if read.shut is not SHUT and not read.hours:
        return read.shut
    holidays = tuple(closing(said) for said in read.special if said.is_whole_day_off)
    gives_way = read.own is None or read.own.gives_way
    closures = tuple(
        closing(said) for said in read.special if said.closure and not said.is_whole_day_off
    )
    return (holidays if gives_way else ()) or closures or read.shut


class DayRun(NamedTuple):
    """Dates that follow each other for the same reasons; counted ones are numbered on."""

    first: dt.date
    last: dt.date
    reasons: tuple[Reason, ...]
    last_number: int | None
    """The number of the last date, if the dates are counted."""


def day_runs(steps: Iterable[Step]) -> Iterator[DayRun]:
    """Yield the runs of dates of a deadline's steps; steps that are no dates are left out."""
    held: DayRun | None = None
    for step in steps:
        if not step.duration or step.reasons[0].kind == "later_request":
            continue
        number = step.reasons[0].number
        date = step.reasons[0].date or step.start.date()
        if held and date == held.last:
            continue  # a change of the clocks parts a date into two steps
        if held and _said(held.reasons) == _said(step.reasons):
            held = held._replace(last=date, last_number=number)
            continue
        if held:
            yield held
        held = DayRun(date, date, step.reasons, number)
    if held:
        yield held


def _said(reasons: Iterable[Reason]) -> list[tuple[object, ...]]:
    """Return what reasons say of any date, whatever its number or its own date is."""
    return [
        (each.kind, each.calendar, each.day and (each.day.name, each.day.source))
        for each in reasons
    ]
