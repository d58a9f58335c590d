"""`CompiledLine`: what a policy keeps for requests that hold the same rules, and `Asked` for each."""

from __future__ import annotations

from bisect import bisect_right
from threading import Lock
from typing import TYPE_CHECKING

from support_sla.answers.anchored_rows import NO_ROWS, AnchoredRow, AnchoredRows
from support_sla.answers.counting.counting import counting_of, stands_still
from support_sla.answers.line import Line, hours_of
from support_sla.answers.promise import Answer, Promise, promises_of
from support_sla.answers.reigns import NO_RULE
from support_sla.answers.table.build import rows_for
from support_sla.clock.wall_clock import WallClock, local_year
from support_sla.errors import NoTargetError, YearsNotCoveredError
from support_sla.values.amounts.durations import format_duration
from support_sla.values.instants import EPOCH, from_micros
from support_sla.values.texts import text_in
from support_sla.values.units import MICROSECOND

if TYPE_CHECKING:
    import datetime as dt

    from support_sla.answers.question import Question
    from support_sla.clock.window import LineHours, Window
    from support_sla.policy.policy import Crossing
    from support_sla.policy.target import Target

MAX_PREPARED_YEARS = 64
"""The most years whose anchored rows are kept: some 20 MB if every row has been asked for."""

MAX_REACH = 7
"""How many years an answer may lie ahead to have an anchored row. One that lies further, or that is
not known, is read off the timeline by itself, so it cannot make others of its year dear or refused."""


class CompiledLine:
    """Compiles the years of a line when they are first asked about, and keeps them.

    Threads share it: one of them builds the new rows and publishes them by one assignment.
    """

    __slots__ = ("_building", "_policy", "_promises", "_targets", "line", "rows")

    def __init__(self, question: Question) -> None:
        self.line: Line = Line.of(question)
        self.rows: AnchoredRows = NO_ROWS
        self._building = Lock()
        self._policy = question.policy
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
        wall = self._promises.covering(year, year).wall
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
        wall = self._promises.covering(year, year).wall
        return AnchoredRows.of(year, [*rows], made_from.end, wall)

    def answered(self, at: int, crossing: Crossing | None = None) -> tuple[Answer, Promise]:
        """Return the answer read off the timeline, and the promise that it was read off.

        This holds for every instant and under any reading of crossings; `crossing` is the
        policy's unless given. Raises `NoTargetError` if no rule matches, and
        `YearsNotCoveredError` if the answer lies past the calendars.
        """

        def ask(promise: Promise) -> tuple[Answer, Promise] | None:
            if promise.rule_at(at) == NO_RULE:
                raise _NoRuleError
            answer = promise.answer(at, crossing)
            return None if answer is None else (answer, promise)

        year = local_year(self.line.zone, at)
        return self._promises.search(year, year, ask)

    def window(self, target: Target, first: int, last: int) -> Window:
        """Return the hours that a target is counted on, from one instant to another.

        Raises as `answered` does if they are not known so far.
        """
        years = (local_year(self.line.zone, at) for at in (first, max(first, last - 1)))
        return self.hours(target).windows.covering(*years)

    def hours(self, target: Target) -> LineHours:
        """Return the hours that a target is counted on."""
        return hours_of(self._policy, target, self.line.hours, self.line.zone)

    def counted(self, target: Target, start: int, end: int) -> int:
        """Return how much of the time between two instants counts for a target, in order."""
        if not stands_still(target):
            for at in (start, max(start, end - 1)):
                local_year(self.line.zone, at)  # which refuses what no clock can show
            return end - start
        return self.window(target, start, end).timeline.between(start, end)

    def passed(self, target: Target, at: int, amount: int) -> int:
        """Return the earliest instant at which an amount of a target's time has passed since `at`."""
        if not stands_still(target) or not amount:
            local_year(self.line.zone, at + amount)  # which refuses what no clock can show
            return at + amount
        year = local_year(self.line.zone, at)
        return self.hours(target).windows.search(
            year, year, lambda window: counting_of(target, window).passed(at, amount)
        )

    def counted_from(self, at: int, due: int) -> int:
        """Return the instant from which the answer to a submission is counted, known by its due."""
        return min(self.answered(at)[1].counted_from(at), due)

    def instant(self, at: int) -> dt.datetime:
        """Return an instant as a datetime on the line's clock."""
        return from_micros(at, self.line.zone)

    def target(self, rule: int) -> Target:
        """Return the target of a rule, given by its place."""
        return self._targets[rule]


class _NoRuleError(Exception):
    """No rule matches a submission; told in full to whoever asked."""


class Asked:
    """One question to a policy, with the line that is compiled for all that hold the same rules."""

    __slots__ = ("line", "question")

    def __init__(self, question: Question, line: CompiledLine) -> None:
        self.question: Question = question
        self.line: CompiledLine = line

    def answered(self, at: int, crossing: Crossing | None = None) -> tuple[Answer, Promise]:
        """Return the answer read off the timeline; raises as `CompiledLine.answered` does."""
        try:
            return self.line.answered(at, crossing)
        except _NoRuleError:
            raise self._no_target(at) from None

    def wall(self, at: int, due: int) -> WallClock:
        """Return the line's wall clock over the years from one instant to another."""
        zone = self.line.line.zone
        years = (local_year(zone, each) for each in (at, max(at, due - 1)))
        return WallClock.of(zone, *years)

    def _no_target(self, at: int) -> NoTargetError:
        from support_sla.clock.clock import Clock  # noqa: PLC0415  only a refusal needs it

        asked = self.question
        channel, name = asked.line, self.line.line.name
        clock = Clock.of(asked.policy, department=asked.department, channel=asked.channel)
        try:
            opens = clock.next_open(EPOCH + at * MICROSECOND)
        except YearsNotCoveredError:
            opens = None
        if asked.targets:
            given, known = dict(asked.attributes), asked.other_priorities()
            missing = asked.missing_attributes()
            return NoTargetError.for_request(
                name, asked.priority, given, known, opens, missing=missing
            )
        waits = format_duration(channel.requires.unanswered_for) if channel.requires else None
        advice = text_in(channel.advice, "en")
        return NoTargetError.of(
            name, opens, unanswered_for=waits, advice=advice, metric=asked.unpromised
        )


def asked_of(question: Question) -> Asked:
    """Return what a policy keeps for a question, in its own memo, which lives as long as it does."""
    policy = question.policy

    def make() -> Asked:
        key = question.department, question.channel, question.metric, question.held
        return Asked(question, policy.once((CompiledLine, *key), lambda: CompiledLine(question)))

    return policy.once(question.key, make)
