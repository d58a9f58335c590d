"""`Choice`: which rule matched a submission, what in its `when` held, and what was passed over."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, get_args

from support_sla.answers.compiled_line import Asked
from support_sla.clock.wall_clock import WallClock, local_year
from support_sla.errors import InstantOutOfRangeError, YearsNotCoveredError
from support_sla.explain.steps import Reason, ReasonKind
from support_sla.policy.policy import Crossing
from support_sla.policy.target import Target
from support_sla.policy.when import When
from support_sla.values.dates import date_of, day_number
from support_sla.values.instants import ComparesInstants, to_micros
from support_sla.values.units import DAY, SECOND
from support_sla.values.week import WEEKDAYS, format_day


@dataclass(frozen=True, slots=True)
class PassedOver:
    """An earlier rule of the line that did not match, and the keys of its `when` that failed."""

    target: Target
    failed: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        """Return the rule's name and what failed, as plain data."""
        return {"rule": self.target.name, "failed": list(self.failed)}


@dataclass(frozen=True, slots=True, eq=False)
class Reading(ComparesInstants):
    """What one reading of crossings gives: the due instant, and the rule that gives it.

    Both are None if the answer lies past the years that the calendars cover, or that can be
    served at all. Equal by value, comparing instants as instants; hashable.
    """

    crossing: Crossing
    due_at: dt.datetime | None
    target: Target | None

    def to_dict(self) -> dict[str, Any]:
        """Return the reading as plain data."""
        return {
            "crossing": self.crossing,
            "due_at": None if self.due_at is None else self.due_at.isoformat(),
            "rule": None if self.target is None else self.target.name,
        }


@dataclass(frozen=True, slots=True)
class Choice:
    """How the rule of a deadline was chosen.

    `date` is the local date that the submission is judged by, `matched` the rule that holds on it
    and `because` what in its `when` matched (empty for a rule without one). `passed_over` are the
    earlier rules of the line.
    """

    date: dt.date
    matched: Target
    because: tuple[Reason, ...]
    passed_over: tuple[PassedOver, ...]

    def to_dict(self) -> dict[str, Any]:
        """Return the choice as plain data."""
        return {
            "date": self.date.isoformat(),
            "matched": self.matched.name,
            "because": [reason.to_dict() for reason in self.because],
            "passed_over": [rule.to_dict() for rule in self.passed_over],
        }


def choice_of(asked: Asked, submitted_at: dt.datetime) -> Choice:
    """Return how the rule for a submission on a line was chosen."""
    judge = _Judge.of(asked, submitted_at)
    passed: list[PassedOver] = []
    for target in asked.question.targets:
        because = tuple(judge.because(target.when))
        failed = judge.failed(target.when, because)
        if not failed:
            return Choice(judge.date, target, because, tuple(passed))
        passed.append(PassedOver(target, failed))
    raise AssertionError("a deadline has a rule that matched")


def readings_of(asked: Asked, submitted_at: dt.datetime) -> tuple[Reading, ...]:
    """Return what each reading of crossings gives for a submission on a line."""
    at, line = to_micros(submitted_at), asked.line
    found = []
    for crossing in get_args(Crossing):
        try:
            answer, _ = asked.answered(at, crossing)
        except (YearsNotCoveredError, InstantOutOfRangeError):
            found.append(Reading(crossing, None, None))
        else:
            due = line.instant(answer.due_at)
            found.append(Reading(crossing, due, line.target(answer.rule)))
    return tuple(found)


def local_date(at: dt.datetime, zone: dt.tzinfo) -> dt.date:
    """Return the last local date begun by an instant in a zone.

    That is the date on the wall clock, or the next one if a clock set back repeats the old date.
    """
    year = at.astimezone(zone).year
    wall = WallClock.of(zone, year, year)
    return date_of(wall.day(to_micros(at)))


@dataclass(frozen=True, slots=True)
class _Judge:
    """One submission, before which the conditions of rules are held."""

    asked: Asked
    at: int
    date: dt.date

    @classmethod
    def of(cls, asked: Asked, submitted_at: dt.datetime) -> _Judge:
        """Return the judge of a submission, which knows its local date."""
        date = local_date(submitted_at, asked.line.line.zone)
        return cls(asked, to_micros(submitted_at), date)

    def because(self, when: When | None) -> Iterator[Reason]:
        """Yield what in a condition matches."""
        if when is None:
            return
        yield from self._days(when.days or ())
        asked = self.asked.question
        if when.priority is not None and asked.priority in when.priority:
            yield Reason("priority", priority=asked.priority)
        for name, value in asked.attributes:
            if value in when.attributes.get(name, ()):
                yield Reason("attribute", attribute=(name, value))
        if when.open is not None and self._is_open() is when.open:
            yield Reason("line_open" if when.open else "line_closed")
        if when.time is not None and self._lies_in(when.time):
            yield Reason("time", time=format_day(when.time))

    def _days(self, days: Iterable[str]) -> Iterator[Reason]:
        calendars, line = self.asked.question.policy.calendars, self.asked.line.line
        eve = self.date.year != line.hours.hours.coverage.first
        for day in days:
            if day in WEEKDAYS:
                if WEEKDAYS[self.date.weekday()] == day:
                    yield Reason("weekday", date=self.date)
                continue
            first, last = calendars[day].covered_years
            known = first <= self.date.year <= last  # else the request excludes the rule anyway
            for special in calendars[day].on(self.date, eve=eve) if known else ():
                if special.closure:
                    kind: ReasonKind = "holiday" if special.is_whole_day_off else "closure"
                    yield Reason(kind, day=special, calendar=day)

    def _is_open(self) -> bool | None:
        """Whether the line's own hours are open; None in a year that they are not known for."""
        hours, year = self.asked.line.line.hours, local_year(self.asked.line.line.zone, self.at)
        known = hours.hours.coverage
        if not known.first <= year <= known.last:
            return None
        return hours.windows.covering(year, year).timeline.is_open(self.at)

    def _lies_in(self, times: Iterable[tuple[int, int]]) -> bool:
        """Whether the submission lies in ranges of its date, each boundary counting the first time."""
        wall = WallClock.of(self.asked.line.line.zone, self.date.year, self.date.year)
        midnight = day_number(self.date) * DAY
        spans = ((midnight + start, midnight + end) for start, end in times)
        return any(
            wall.instant(start * SECOND) <= self.at < wall.instant(end * SECOND)
            for start, end in spans
        )

    def failed(self, when: When | None, because: Sequence[Reason]) -> tuple[str, ...]:
        """Return the keys of a condition that do not hold."""
        if when is None:
            return ()
        held = {_KEY_OF.get(reason.kind, "days") for reason in because}
        keys = [key for key in _KEYS if getattr(when, key) is not None and key not in held]
        named = {reason.attribute[0] for reason in because if reason.attribute}
        return (*keys, *(["attributes"] if when.attributes.keys() - named else []))


_KEYS = ("days", "priority", "open", "time")
_KEY_OF = {
    "priority": "priority",
    "attribute": "attributes",
    "line_open": "open",
    "line_closed": "open",
    "time": "time",
}
"""Which key of a condition a reason is about; all others are about its days."""
