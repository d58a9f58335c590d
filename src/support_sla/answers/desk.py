"""`Desk`: one line of a policy for one priority, with what has been compiled of it so far."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING

from support_sla.answers.anchored_rows import NOTHING_YET, Book, Cell
from support_sla.answers.line import Line, Rule
from support_sla.answers.promise import Answer, Promise
from support_sla.answers.table.build import rows_for
from support_sla.clock.compiled_years import Growing
from support_sla.clock.wall_clock import local_year
from support_sla.errors import (
    NotAModelError,
    NoTargetError,
    UnknownPriorityError,
    YearsNotCoveredError,
)
from support_sla.explain.reasons import Kept, steps_of
from support_sla.policy.policy import Policy, text_in
from support_sla.values.durations import format_duration
from support_sla.values.instants import EPOCH, from_micros
from support_sla.values.units import MICROSECOND

if TYPE_CHECKING:
    import datetime as dt

    from support_sla.explain.steps import Step
    from support_sla.policy.policy import Crossing, Target

MAX_BOOK_YEARS = 64
"""The most years a desk keeps ready: some 20 MB where every row has been asked for."""


@dataclass(frozen=True, slots=True)
class Question:
    """What a deadline was asked of, apart from the instant."""

    policy: Policy
    department: str
    channel: str
    priority: str | None

    @property
    def rules(self) -> tuple[Target, ...]:
        """The targets of the line, in order."""
        return self.policy.channel(self.department, self.channel).first_response


class Desk:
    """Compiles a line's years when they are first asked about, and keeps them.

    Threads share it: one of them builds a whole new book and publishes it by an assignment.
    """

    __slots__ = ("_building", "_line", "_promises", "_targets", "book", "kept", "question")

    def __init__(self, question: Question) -> None:
        policy, priority = question.policy, question.priority
        line = Line.of(policy, question.department, question.channel)
        if priority is not None and priority not in policy.priorities:
            raise UnknownPriorityError.of(priority, policy.priorities)
        self.question: Question = question
        self.book: Book = NOTHING_YET
        self.kept: Kept = Kept()
        self._building = Lock()
        self._line = line
        self._targets = question.rules
        self._promises = Growing(
            lambda first, last: Promise.of(line, priority, first, last), line.coverage
        )

    def cell_of(self, elapsed: dt.timedelta) -> Cell | None:
        """Return the cell for a submission, this long after 1970 UTC.

        Compiles its year when it is the first one in it. None where the cell of a row cannot
        hold: near clock changes, and where there is no answer to give.
        """
        year = local_year(self._line.zone, elapsed // MICROSECOND)
        book = self.book
        if not book.first_year <= year <= book.last_year:
            with self._building:
                book = self.book
                if not book.first_year <= year <= book.last_year:
                    book = self.book = self._with_year(book, year)
        index = bisect_right(book.begins, elapsed) - 1
        wall = self._promises.covering(year, year).window.wall
        return book.fill(index, self._line.zone, wall, self._targets)

    def _with_year(self, book: Book, year: int) -> Book:
        """Return the book with a year more, and all between; the year alone when it is too far."""
        first, last = min(year, book.first_year), max(year, book.last_year)
        if book is NOTHING_YET or last - first >= MAX_BOOK_YEARS:
            return self._book_of(year)
        for each in range(book.first_year - 1, first - 1, -1):
            book = self._book_of(each).joined(book)
        for each in range(book.last_year + 1, last + 1):
            book = book.joined(self._book_of(each))
        return book

    def _book_of(self, year: int) -> Book:
        self._line.coverage.check(year)
        rows, source = rows_for(self._promises.covering, self._line.coverage, year, year)
        wall = self._promises.covering(year, year).window.wall
        return Book.of(year, rows, source.end, wall)

    def read_off_the_timeline(self, at: int, crossing: Crossing | None = None) -> Answer:
        """Return the answer the long way, which holds for every instant, under any reading.

        `crossing` is the policy's unless given. Raises `NoTargetError` where no rule matches, and
        `YearsNotCoveredError` where the answer lies past the calendars.
        """
        return self._answered(at, crossing)[0]

    def steps(self, target: Target, at: int, due: int) -> tuple[Step, ...]:
        """Return the steps from a submission to the instant at which a target makes it due."""
        promise = self._answered(at, None)[1]
        if due > promise.window.timeline.end:  # an altered deadline: nothing else is due so late
            years = local_year(self._line.zone, at), local_year(self._line.zone, due)
            promise = self._promises.covering(*years)
        return steps_of(self._line, promise, Rule.of(target), at, due, self.kept)

    def _answered(self, at: int, crossing: Crossing | None) -> tuple[Answer, Promise]:
        first = last = local_year(self._line.zone, at)
        while True:
            promise = self._promises.covering(first, last)
            if promise.rule_at(at) < 0:
                raise self._no_target(at)
            answer = promise.answer(at, crossing)
            if answer is not None:
                return answer, promise
            first, last = self._promises.beyond(first, last, forward=True)

    @property
    def line(self) -> Line:
        """The line as it is compiled: its week, its calendars, its rules."""
        return self._line

    def instant(self, at: int) -> dt.datetime:
        """Return an instant as a datetime in the policy's zone."""
        return from_micros(at, self._line.zone)

    def target(self, rule: int) -> Target:
        """Return the target of a rule's place."""
        return self._targets[rule]

    def _no_target(self, at: int) -> NoTargetError:
        from support_sla.clock.clock import Clock  # noqa: PLC0415  only a refusal needs it

        asked = self.question
        channel = asked.policy.channel(asked.department, asked.channel)
        clock = Clock.of(asked.policy, department=asked.department, channel=asked.channel)
        try:
            opens = clock.next_open(EPOCH + at * MICROSECOND)
        except YearsNotCoveredError:
            opens = None
        if channel.first_response:
            by_priority = any(rule.priorities for rule in self._line.rules)
            known = asked.policy.priorities if by_priority else ()
            return NoTargetError.for_priority(self._line.name, asked.priority, known, opens)
        waits = format_duration(channel.requires.unanswered_for) if channel.requires else None
        advice = text_in(channel.advice, "en")
        return NoTargetError.of(self._line.name, opens, unanswered_for=waits, advice=advice)


def desk_of(policy: Policy, department: str, channel: str, priority: str | None) -> Desk:
    """Return the desk kept in the policy's own memo, which lives as long as the policy does."""
    if not isinstance(policy, Policy):
        raise NotAModelError.policy(policy)
    memo, key = policy.memo(), (department, channel, priority)
    try:
        found: Desk | None = memo.get(key)
    except TypeError:  # not even hashable, so no name of anything; told below
        found = None
    if found is None:
        found = memo.setdefault(key, Desk(Question(policy, department, channel, priority)))
    return found
