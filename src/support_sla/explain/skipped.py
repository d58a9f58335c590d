"""What was not counted on the way to a deadline, for a customer: days that belong together as one.

Dates with one name and one kind that follow each other are one run. Ordinary dates without hours
(a weekend) between two days off of one name are inside their run; those beside it are told apart,
each by its weekday, for that is why they are not counted, until three or more follow each other.
"""

from __future__ import annotations

import datetime as dt
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from support_sla.explain.language import on_one_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from support_sla.calendars.special_day import SpecialDay
    from support_sla.explain.steps import ReasonKind, Step

Dates: TypeAlias = dict[dt.date, list[str]]
"""Dates of one kind with the names they have."""

_DAY = dt.timedelta(days=1)
_ORDINARY_RUN = 3


class Run(NamedTuple):
    """Dates of one kind that follow each other, and the names that all of them have."""

    kind: ReasonKind
    first: dt.date
    last: dt.date
    names: tuple[str, ...] = ()


class Skipped(NamedTuple):
    """What is not counted: nights and breaks, each once, and the days by their dates."""

    shut: tuple[ReasonKind, ...]
    runs: tuple[Run, ...]


def skipped(steps: Iterable[Step], name_of: Callable[[SpecialDay], str] | None = None) -> Skipped:
    """Return what some steps do not count, days in their order, by the names that `name_of` gives."""
    shut: dict[ReasonKind, None] = {}
    kinds: dict[ReasonKind, Dates] = {}
    for step in steps:
        for reason in step.reasons if not step.counted else ():
            if reason.kind in {"night", "break"}:
                shut[reason.kind] = None
            elif reason.kind == "weekday" and reason.date is not None and len(step.reasons) == 1:
                kinds.setdefault(reason.kind, {}).setdefault(reason.date, [])
            elif reason.day is not None:
                names = kinds.setdefault(reason.kind, {}).setdefault(reason.day.date, [])
                name = name_of(reason.day) if name_of else on_one_line(reason.day.name)
                names += [] if name in names else [name]
    ordinary = kinds.pop("weekday", {})
    runs = [run for kind, dates in kinds.items() for run in _named(kind, dates, ordinary)]
    inside = {
        date for run in runs if run.kind == "holiday" for date in _between(run.first, run.last)
    }
    runs += _ordinary(sorted(ordinary.keys() - inside))
    return Skipped(tuple(shut), tuple(sorted(runs, key=lambda run: run.first)))


def _named(kind: ReasonKind, dates: Dates, ordinary: Dates) -> Iterator[Run]:
    """Yield the runs of a kind, longer ones by their names, then the single dates by theirs."""
    between = ordinary if kind == "holiday" else {}
    by_span: dict[tuple[dt.date, dt.date], list[str]] = {}
    of_names: dict[str, list[dt.date]] = {}
    for date, names in dates.items():
        for name in names:
            of_names.setdefault(name, []).append(date)
    for name, of_name in of_names.items():
        for first, last in _spans(sorted(of_name), between):
            by_span.setdefault((first, last), []).append(name)
    for (first, last), names in by_span.items():
        yield Run(kind, first, last, tuple(names))


def _spans(dates: list[dt.date], between: Dates) -> Iterator[tuple[dt.date, dt.date]]:
    """Yield the first and last of dates that follow each other, over those that lie between."""
    first = dates[0]
    for one, two in pairwise(dates):
        if not all(date in between for date in _between(one, two)):
            yield first, one
            first = two
    yield first, dates[-1]


def _between(one: dt.date, two: dt.date) -> Iterator[dt.date]:
    """Yield the dates between two others, without both."""
    return (one + _DAY * step for step in range(1, (two - one).days))


def _ordinary(dates: list[dt.date]) -> Iterator[Run]:
    """Yield ordinary dates without hours, each for itself unless many follow each other."""
    for first, last in _spans(dates, {}) if dates else ():
        days = (last - first).days + 1
        if days >= _ORDINARY_RUN:
            yield Run("weekday", first, last)
        else:
            yield from (
                Run("weekday", first + _DAY * step, first + _DAY * step) for step in range(days)
            )
