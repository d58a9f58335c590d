"""`CompiledLine`: what a policy keeps for one question: its promises and its anchored rows."""

from __future__ import annotations

from bisect import bisect_right
from threading import Lock
from typing import TYPE_CHECKING

from support_sla.answers.anchored_rows import NO_ROWS, AnchoredRow, AnchoredRows
from support_sla.answers.counting.counting import counting_of
from support_sla.answers.line import Line
from support_sla.answers.promise import Answer, Promise, promises_of
from support_sla.answers.question import Question
from support_sla.answers.table.build import rows_for
from support_sla.clock.timeline import Timeline
from support_sla.clock.wall_clock import local_year
from support_sla.errors import NoTargetError, YearsNotCoveredError
from support_sla.policy.policy import text_in
from support_sla.values.durations import format_duration
from support_sla.values.instants import EPOCH, from_micros
from support_sla.values.units import MICROSECOND

if TYPE_CHECKING:
    import datetime as dt

    from support_sla.policy.policy import Crossing, Policy, Target

MAX_PREPARED_YEARS = 64
"""The most years whose anchored rows are kept: some 20 MB if every row has been asked for."""

NO_HOURS = Timeline.of((), start=0, end=0)
"""The timeline of a target that does not ask for hours."""

MAX_REACH = 7
"""How many years an answer may lie ahead to have an anchored row. One that lies further, or that is
not known, is read off the timeline by itself, so it cannot make others of its year dear or refused."""


class CompiledLine:
    """Compiles a question's years when they are first asked about, and keeps them.

    Threads share it: one of them builds the new rows and publishes them by one assignment.
    """

    __slots__ = ("_building", "_promises", "_targets", "line", "question", "rows")

    def __init__(self, question: Question) -> None:
        self.question: Question = question
        self.line: Line = Line.of(question)
        self.rows: AnchoredRows = NO_ROWS
        self._building = Lock()
        self._targets = question.targets
        self._promises = promises_of(question)

    def row_of(self, elapsed: dt.timedelta) -> AnchoredRow | None:
        """Return the anchored row for a submission, given as time since 1970 UTC.

        Compiles a year at the first submission in it. Returns None if no anchor can hold: near
        clock changes, and if there is no answer to give.
        """
        year = local_year(self.line.zone, elapsed // MICROSECOND)
        rows = self.rows
        if not rows.first_year <= year <= rows.last_year:
            with self._building:
                rows = self.rows
                if not rows.first_year <= year <= rows.last_year:
                    rows = self.rows = self._with_year(rows, year)
        index = bisect_right(rows.begins, elapsed) - 1
        wall = self._promises.covering(year, year).window.wall
        return rows.fill(index, self.line.zone, wall, self._targets)

    def _with_year(self, rows: AnchoredRows, year: int) -> AnchoredRows:
        """Return the rows with a year and all years between; that year alone if it is too far."""
        first, last = min(year, rows.first_year), max(year, rows.last_year)
        if rows is NO_ROWS or last - first >= MAX_PREPARED_YEARS:
            return self._rows_of(year)
        for each in range(rows.first_year - 1, first - 1, -1):
            rows = self._rows_of(each).joined(rows)
        for each in range(rows.last_year + 1, last + 1):
            rows = rows.joined(self._rows_of(each))
        return rows

    def _rows_of(self, year: int) -> AnchoredRows:
        self._promises.coverage.check(year)
        rows, made_from = rows_for(self._promises, year, year, reach=MAX_REACH)
        wall = self._promises.covering(year, year).window.wall
        return AnchoredRows.of(year, rows, made_from.end, wall)

    def promise(self, first_year: int, last_year: int) -> Promise:
        """Return the promise for at least these years, which the line's calendars must cover."""
        return self._promises.covering(first_year, last_year)

    def answered(self, at: int, crossing: Crossing | None = None) -> tuple[Answer, Promise]:
        """Return the answer read off the timeline, and the promise that it was read off.

        This holds for every instant and under any reading of crossings; `crossing` is the
        policy's unless given. Raises `NoTargetError` if no rule matches, and
        `YearsNotCoveredError` if the answer lies past the calendars.
        """

        def ask(promise: Promise) -> tuple[Answer, Promise] | None:
            if promise.rule_at(at) < 0:
                raise self._no_target(at)
            answer = promise.answer(at, crossing)
            return None if answer is None else (answer, promise)

        year = local_year(self.line.zone, at)
        return self._promises.search(year, year, ask)

    def counted(self, target: Target, start: int, end: int) -> int:
        """Return how much of the time between two instants counts for a target, in order."""
        counting = counting_of(target)
        years = (local_year(self.line.zone, at) for at in (start, max(start, end - 1)))
        timeline = self.promise(*years).window.timeline if counting.stands_still else NO_HOURS
        return counting.counted(timeline, start, end)

    def passed(self, target: Target, at: int, amount: int) -> int:
        """Return the earliest instant at which an amount of a target's time has passed since `at`."""
        counting = counting_of(target)
        if not counting.stands_still or not amount:
            local_year(self.line.zone, at + amount)  # which refuses what no clock can show
            return at + amount
        year = local_year(self.line.zone, at)
        return self._promises.search(
            year, year, lambda promise: counting.passed(promise.window.timeline, at, amount)
        )

    def counted_from(self, at: int, due: int) -> int:
        """Return the instant from which the answer to a submission is counted, known by its due."""
        return min(self.answered(at)[1].counted_from(at), due)

    def instant(self, at: int) -> dt.datetime:
        """Return an instant as a datetime in the policy's zone."""
        return from_micros(at, self.line.zone)

    def target(self, rule: int) -> Target:
        """Return the target of a rule, given by its place."""
        return self._targets[rule]

    def _no_target(self, at: int) -> NoTargetError:
        from support_sla.clock.clock import Clock  # noqa: PLC0415  only a refusal needs it

        asked = self.question
        channel = asked.line
        clock = Clock.of(asked.policy, department=asked.department, channel=asked.channel)
        try:
            opens = clock.next_open(EPOCH + at * MICROSECOND)
        except YearsNotCoveredError:
            opens = None
        if self._targets:
            by_priority = any(rule.priorities for rule in self.line.rules)
            known = asked.policy.priorities if by_priority else ()
            return NoTargetError.for_priority(self.line.name, asked.priority, known, opens)
        waits = format_duration(channel.requires.unanswered_for) if channel.requires else None
        advice = text_in(channel.advice, "en")
        return NoTargetError.of(self.line.name, opens, unanswered_for=waits, advice=advice)


def compiled_line(
    policy: Policy, department: str, channel: str, priority: str | None
) -> CompiledLine:
    """Return the compiled line kept in the policy's own memo, which lives as long as the policy."""
    question = Question.of(policy, department, channel, priority)
    memo = question.policy.memo()
    try:
        found: CompiledLine | None = memo.get(question.key)
    except TypeError:  # not hashable, so it names nothing; refused below
        found = None
    if found is None:
        found = memo.setdefault(question.key, CompiledLine(question))
    return found
