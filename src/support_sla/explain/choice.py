"""`Choice`: which rule matched a submission, what in its `when` held, and what was passed over."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, get_args

from support_sla.calendars.coverage import Coverage
from support_sla.clock.wall_clock import WallClock
from support_sla.errors import InstantOutOfRangeError, YearsNotCoveredError
from support_sla.explain.steps import Reason, ReasonKind
from support_sla.policy.policy import Crossing
from support_sla.values.dates import date_of
from support_sla.values.instants import ComparesInstants, read_zone, to_micros
from support_sla.values.week import WEEKDAYS

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from support_sla.answers.compiled_line import CompiledLine
    from support_sla.answers.question import Question
    from support_sla.policy.policy import Target
    from support_sla.policy.when import When


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


def choice_of(question: Question, submitted_at: dt.datetime) -> Choice:
    """Return how the rule for a submission on a line was chosen."""
    policy = question.policy
    date = local_date(submitted_at, read_zone(policy.timezone))
    passed: list[PassedOver] = []
    for target in question.targets:
        because = tuple(_because(target.when, date, question))
        failed = _failed(target.when, because)
        if not failed:
            return Choice(date, target, because, tuple(passed))
        passed.append(PassedOver(target, failed))
    raise AssertionError("a deadline has a rule that matched")


def readings_of(line: CompiledLine, submitted_at: dt.datetime) -> tuple[Reading, ...]:
    """Return what each reading of crossings gives for a submission on a line."""
    at = to_micros(submitted_at)
    found = []
    for crossing in get_args(Crossing):
        try:
            answer, _ = line.answered(at, crossing)
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


def _because(when: When | None, date: dt.date, question: Question) -> Iterator[Reason]:
    """Yield what in a condition matches."""
    calendars, priority = question.policy.calendars, question.priority
    observed = tuple((name, calendars[name]) for name in question.line.hours.observes)
    eve = date.year > Coverage.of(observed).first
    for day in (when and when.days) or ():
        if day not in WEEKDAYS:
            for special in calendars[day].on(date, eve=eve):
                if special.closure:
                    kind: ReasonKind = "holiday" if special.is_whole_day_off else "closure"
                    yield Reason(kind, day=special, calendar=day)
        elif WEEKDAYS[date.weekday()] == day:
            yield Reason("weekday", date=date)
    if when is not None and when.priority is not None and priority in when.priority:
        yield Reason("priority", priority=priority)


def _failed(when: When | None, because: tuple[Reason, ...]) -> tuple[str, ...]:
    """Return the keys of a condition that nothing matches."""
    if when is None:
        return ()
    held = {"priority" if reason.kind == "priority" else "days" for reason in because}
    return tuple(
        key for key in ("days", "priority") if getattr(when, key) is not None and key not in held
    )
