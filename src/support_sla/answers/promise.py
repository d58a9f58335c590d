"""What a line promises for an instant, read straight off its timelines: this defines a deadline.

Integers only. The three `crossing` readings are stated here in the words of the policy model.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from support_sla.answers.counting.counting import Counting, counting_of
from support_sla.answers.line import Line
from support_sla.answers.reigns import BEYOND, NO_RULE, Reigns, reigns_of
from support_sla.clock.compiled_years import CompiledYears
from support_sla.clock.wall_clock import WallClock, local_year
from support_sla.policy.policy import check_policy
from support_sla.values.dates import year_days

if TYPE_CHECKING:
    from support_sla.answers.question import Question
    from support_sla.calendars.coverage import Coverage
    from support_sla.policy.policy import Crossing


class Answer(NamedTuple):
    """When counting starts, the earliest and the due instant, and the rule that gave it."""

    starts_at: int
    earliest_at: int | None
    due_at: int
    rule: int


class Counted(NamedTuple):
    """How a rule is counted over the years that it is known for, of those compiled.

    `is_all` says that more years would not help, for one of its calendars ends with the last.
    """

    counting: Counting
    first_year: int
    last_year: int
    is_all: bool
    coverage: Coverage

    def knows(self, at: int) -> bool:
        """Whether a submission lies in its years."""
        return self.counting.timeline.start <= at < self.counting.timeline.end

    def due(self, at: int) -> int | None:
        """Return the due of a submission; None if it lies outside the years."""
        if not self.knows(at):
            return None
        due = self.counting.due(at)
        return due if due is not None and due <= self.counting.timeline.end else None


@dataclass(frozen=True, slots=True)
class Promise:
    """A line's rules, for requests that hold the same of them, over some whole local years."""

    line: Line
    first_year: int
    last_year: int
    wall: WallClock
    start: int
    end: int
    reigns: Reigns
    counted: dict[int, Counted]
    """How each rule that reigns is counted; one is missing if its hours are known in no year."""
    crossing: Crossing

    @classmethod
    def of(cls, line: Line, first_year: int, last_year: int) -> Promise:
        """Return the promise of a line compiled for years in which some rule can answer."""
        known = line.hours.hours.coverage
        if known.first <= first_year and last_year <= known.last:
            wall = line.hours.window(first_year, last_year).wall
        else:
            wall = WallClock.of(line.zone, first_year, last_year)
        first, last = year_days(first_year, last_year)
        reigns = reigns_of(line, wall, first_year, last_year)
        counted = {
            at: found
            for at in {*reigns.in_force}
            if at >= 0 and (found := _counted(line, at, first_year, last_year))
        }
        return cls(
            line,
            first_year,
            last_year,
            wall,
            wall.midnight(first),
            wall.midnight(last + 1),
            reigns,
            counted,
            line.crossing,
        )

    def rule_at(self, at: int) -> int:
        """Return the rule that holds for a submission; `NO_RULE` or `BEYOND` for none."""
        return self.reigns.at(at)

    def answer(self, at: int, crossing: Crossing | None = None) -> Answer | None:
        """Return the answer to a submission at an instant of the years that a rule matches.

        Returns None if these years end before the answer is known: ask for more. Raises
        `YearsNotCoveredError` if no more years would help.
        """
        reading = crossing or self.crossing
        literal = self.rule_at(at)
        due = self._due(at, literal)
        if due is None or reading == "submission":
            return None if due is None else self._answer(at, literal, due)
        if reading == "overlap":
            return self._overlap(at, literal, due)
        return self._in_order(at, literal, due)

    def _overlap(self, at: int, literal: int, literal_due: int) -> Answer | None:
        """Return the latest due of the rules in whose reigns the literal rule's clock ticks."""
        candidates = self._rules_ticking(at, literal, literal_due) or [literal]
        if literal in candidates:  # on a tie the submission's own rule is named
            candidates.remove(literal)
            candidates.insert(0, literal)
        best: tuple[int, int] | None = None
        for rule in candidates:
            due = self._due(at, rule)
            if due is None:
                return None
            if best is None or due > best[0]:
                best = due, rule
        return self._answer(at, best[1], best[0]) if best else None

    def _rules_ticking(self, at: int, literal: int, due: int) -> list[int]:
        found: list[int] = []
        counting = self.counted[literal].counting
        edges, in_force = self.reigns
        piece = bisect_right(edges, at) - 1
        while piece < len(edges) and edges[piece] < due:
            start = max(at, edges[piece])
            end = min(due, edges[piece + 1]) if piece + 1 < len(edges) else due
            rule = in_force[piece]
            if rule != NO_RULE and rule not in found and counting.counted(start, end) > 0:
                if rule == BEYOND:
                    self._refuse(edges[piece], rule, None)
                found.append(rule)
            piece += 1
        return found

    def _in_order(self, at: int, literal: int, literal_due: int) -> Answer | None:
        """Return the smallest literal due of any submission from `at` on."""
        due, rule, _ = self._undercut(at, literal, literal_due)
        return self._answer(at, rule, due)

    def counted_from(self, at: int) -> int:
        """Return the submission that gave the due, from which the answer's time is counted.

        That is `at` itself, or with `in_order` the later submission that undercuts it. The years
        must reach to the answer.
        """
        literal = self.rule_at(at)
        due = self._due(at, literal)
        if self.crossing != "in_order" or due is None:
            return at
        return self._undercut(at, literal, due)[2]

    def _undercut(self, at: int, literal: int, literal_due: int) -> tuple[int, int, int]:
        """Return (due, rule, submission): the smallest literal due of any submission from `at` on.

        While one rule holds, a later submission is never due earlier, so only the instants at
        which another rule takes over can undercut; and none after the due itself can. Raises if
        one that could is not known.
        """
        found = literal_due, literal, at
        unknown: list[tuple[int, int]] = []
        edges, in_force = self.reigns
        piece = bisect_right(edges, at)
        while piece < len(edges) and edges[piece] < found[0]:
            edge, later = edges[piece], in_force[piece]
            if later != NO_RULE:
                counted = self.counted.get(later)
                later_due = counted.due(edge) if counted else None
                if later_due is None:
                    unknown.append((edge, later))
                elif later_due < found[0]:
                    found = later_due, later, edge
            piece += 1
        for edge, later in unknown:
            counted = self.counted.get(later)
            known_to = counted.counting.timeline.end if counted and counted.knows(edge) else edge
            if known_to < found[0]:  # not the end of the years compiled, which no due known passes
                self._refuse(edge, later, counted)
        return found

    def _due(self, at: int, rule: int) -> int | None:
        """Return the literal due of a rule; None if more years are needed, raise if none would do."""
        counted = self.counted.get(rule)
        due = counted.due(at) if counted else None
        if due is None:
            self._refuse(at, rule, counted)
        return due

    def _refuse(self, at: int, rule: int, counted: Counted | None) -> None:
        """Raise if a due is not known however many years are compiled."""
        year = local_year(self.line.zone, at)
        if rule == BEYOND:
            self.line.refuse(year)
        coverage = self.line.known(rule)
        coverage.check(year)
        if counted and counted.is_all:
            coverage.check_answer(counted.last_year + 1)

    def _answer(self, at: int, rule: int, due: int) -> Answer | None:
        counted = self.counted[rule]
        counting = counted.counting
        starts = counting.starts(at) if counted.knows(at) else None
        if starts is None:
            self._refuse(at, rule, counted)
            return None
        if self.line.rules[rule].target.earliest is None:
            return Answer(starts, None, due, rule)
        reached = counting.earliest(at)
        assert reached is not None, "no later than the rule's own due, which was found"
        return Answer(starts, min(max(reached, starts), due), due, rule)


def _counted(line: Line, rule: int, first_year: int, last_year: int) -> Counted | None:
    """Return how a rule is counted in the years that it is known for; None if in none."""
    hours, known = line.rules[rule].hours, line.known(rule)
    first, last = max(first_year, known.first), min(last_year, known.last)
    if first > last:
        return None
    counting = counting_of(line.rules[rule].target, hours.window(first, last))
    return Counted(counting, first, last, last == known.last, known)


def promises_of(question: Question) -> CompiledYears[Promise]:
    """Return the promises that a question's policy keeps, compiled when they are first asked for.

    Requests that hold the same rules share them. Raises for names that the policy does not have.
    """
    policy = check_policy(question.policy)

    def make() -> CompiledYears[Promise]:
        line = Line.of(question)
        return CompiledYears(lambda first, last: Promise.of(line, first, last), line.coverage)

    key = question.department, question.channel, question.metric, question.held
    return policy.once((Promise, *key), make)
