"""What lint looks at: the lines of a policy, each compiled once for all checks."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from support_sla.answers.line import Line
from support_sla.answers.question import Question, questions
from support_sla.answers.table.table import AnswerTable, answer_table
from support_sla.calendars.coverage import Coverage
from support_sla.clock.wall_clock import local_year
from support_sla.deadline import compute_deadline
from support_sla.policy.metrics import METRICS
from support_sla.review.finding import moment, spoken
from support_sla.values.dates import day_number
from support_sla.values.instants import from_micros
from support_sla.values.spans import subtract

if TYPE_CHECKING:
    from collections.abc import Iterator

    from support_sla.answers.table.rows import Row
    from support_sla.answers.table.table import AnswerTable
    from support_sla.calendars.calendar import HolidayCalendar
    from support_sla.clock.timeline import Timeline
    from support_sla.clock.wall_clock import WallClock
    from support_sla.deadline import Deadline
    from support_sla.policy.metrics import Metric
    from support_sla.policy.policy import Policy
    from support_sla.policy.target import Target
    from support_sla.values.spans import Span


@dataclass(frozen=True, slots=True)
class Surveyed:
    """One promise of a line over some local years: what it answers, and when the line is open.

    `leads` says that it is the first of its line, so that what is found in the line's hours is told
    once. `tables` are its answers, one without a priority and one for each that its rules name; empty if
    it has no target. `hours` begin with the year before, if the calendars cover it, and reach to
    the last instant of any answer.
    """

    question: Question
    years: range
    line: Line
    tables: tuple[AnswerTable, ...]
    hours: Timeline
    wall: WallClock
    leads: bool

    @classmethod
    def of(
        cls, question: Question, years: range, tables: list[AnswerTable], *, leads: bool = True
    ) -> Surveyed:
        """Return a line with its tables, and its hours as far as the tables' answers reach."""
        line = Line.of(question)
        dues = [due(row, end - 1) for table in tables for _, end, row in answered(table)]
        reached = local_year(line.zone, max(dues)) if dues else years[-1]
        known = line.hours.hours.coverage
        first = max(years[0] - 1, known.first)
        window = line.hours.window(first, min(max(reached, years[-1]), known.last))
        return cls(question, years, line, tuple(tables), window.timeline, window.wall, leads)

    @property
    def policy(self) -> Policy:
        """The policy that the line is a part of."""
        return self.question.policy

    @property
    def targets(self) -> tuple[Target, ...]:
        """The rules of the line as they are written."""
        return self.question.targets

    @property
    def path(self) -> str:
        """Where the line is written."""
        return f"departments.{self.question.department}.channels.{self.question.channel}"

    def path_of_rule(self, rule: int) -> str:
        """Return where a rule of the line is written: there, or under the policy's rules."""
        return f"{self.path_of_rules}[{rule}]"

    @property
    def path_of_rules(self) -> str:
        """Where the rules of the line are written."""
        listed = getattr(self.question.line, self.question.metric)
        is_named = isinstance(listed, str)
        return f"rules.{listed}" if is_named else f"{self.path}.{self.question.metric}"

    @property
    def calendars(self) -> dict[str, HolidayCalendar]:
        """Every calendar that the line's hours, its rules or their hours name."""
        hours = [self.line.hours, *(rule.hours for rule in self.line.rules)]
        named = [pair for each in hours for pair in each.hours.calendars]
        return dict([*named, *self.line.asked])

    @property
    def start(self) -> int:
        """The instant at which the years begin."""
        return self.wall.midnight(day_number(dt.date(self.years[0], 1, 1)))

    @property
    def end(self) -> int:
        """The instant at which the years end."""
        return self.wall.midnight(day_number(dt.date(self.years[-1] + 1, 1, 1)))

    def closures(self) -> list[Span]:
        """Return the spans in which the line is closed, clipped to the years."""
        open_spans = self.hours.segments(self.start, self.end)
        return subtract([(self.start, self.end)], open_spans)

    def cuts(self, closure: Span) -> tuple[bool, bool]:
        """Whether the years cut a closure at its begin, and at its end, so that it may be longer.

        They do not where the line is known to be open on the other side.
        """
        begin, end = closure
        return (
            begin == self.start and not self.hours.is_open(begin - 1),
            end == self.end and not self.hours.is_open(end),
        )

    def is_closed_on(self, date: int) -> bool:
        """Whether the line has no open time on the date with this day number."""
        return not self.hours.segments(self.wall.midnight(date), self.wall.midnight(date + 1))

    def case_of_date(self, date: int) -> tuple[Deadline, ...]:
        """Return the answers at the first instants of a date and of the next one."""
        return self.case(self.wall.midnight(date), self.wall.midnight(date + 1))

    def case(self, *instants: int) -> tuple[Deadline, ...]:
        """Return the answers to submissions from the first table that answers most of them."""
        found = (deadlines(self.policy, table, *instants) for table in self.tables)
        return max(found, key=len, default=())

    def moment(self, at: int) -> str:
        """Return an instant in words, on the policy's clock."""
        return moment(from_micros(at, self.line.zone))

    def spoken(self, at: int) -> str:
        """Return when a request was sent in words, on the policy's clock."""
        return spoken(from_micros(at, self.line.zone))


def survey(policy: Policy, years: range) -> dict[str, list[Surveyed]]:
    """Return every promise of every line of a policy, by department, each compiled for the years.

    A line that promises nothing is there once, without a table.

    Raises what `AnswerTable.of` does for years outside the calendars of a line, with or without a
    target, before anything is compiled.
    """
    promises = [
        Question(policy, department, channel, metric=metric)
        for department, channel, line in policy.lines()
        for metric in [m for m in METRICS if getattr(line, m)] or METRICS[:1]
    ]
    for question in promises:
        _check_years(Line.of(question), years)
    tables: dict[tuple[str, str, Metric], list[AnswerTable]] = {}
    for question in questions(policy):
        table = answer_table(question, years[0], years[-1])
        tables.setdefault(_promise(question), []).append(table)
    found: dict[str, list[Surveyed]] = {}
    lines: set[tuple[str, str]] = set()
    for question in promises:
        line = question.department, question.channel
        of_promise = tables.get(_promise(question), [])
        seen = Surveyed.of(question, years, of_promise, leads=line not in lines)
        found.setdefault(question.department, []).append(seen)
        lines.add(line)
    return found


def _promise(question: Question) -> tuple[str, str, Metric]:
    return question.department, question.channel, question.metric


def _check_years(line: Line, years: range) -> None:
    """Raise if a calendar of the line, of its rules or of their hours does not cover the years."""
    of_hours = [each.hours.coverage for each in (line.hours, *(rule.hours for rule in line.rules))]
    for known in (*of_hours, Coverage.of(line.asked)):
        known.check(years[0])
        known.check(years[-1])


def answered(table: AnswerTable) -> Iterator[tuple[int, int, Row]]:
    """Yield (begin, end, row) for the submissions of a table that have a known answer."""
    return (stretch for stretch in table.stretches() if stretch[2].rule >= 0)


def due(row: Row, at: int) -> int:
    """Return the due instant of a submission that a row answers."""
    return max(at, row.due_from) + row.due_after


def deadlines(policy: Policy, table: AnswerTable, *instants: int) -> tuple[Deadline, ...]:
    """Return the answers to submissions, without those that have none or lie outside the table."""
    return tuple(
        compute_deadline(
            policy,
            from_micros(at, dt.UTC),
            department=table.department,
            channel=table.channel,
            priority=table.priority,
            attributes=dict(table.attributes),
            metric=table.metric,
        )
        for at in instants
        if table.start <= at < table.end and table.answer(at)
    )
