"""What a line promises for an instant, read straight off its timeline: this defines a deadline.

Integers only. The three `crossing` readings are stated here in the words of the policy model.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from support_sla.answers.line import Line, Rule
from support_sla.calendars.coverage import Coverage
from support_sla.calendars.opening_hours import special_days
from support_sla.clock.compiled_years import CompiledYears
from support_sla.policy.policy import check_policy
from support_sla.values.dates import weekday_of, year_days

if TYPE_CHECKING:
    from support_sla.answers.question import Question
    from support_sla.clock.window import Window
    from support_sla.policy.policy import Crossing


class Answer(NamedTuple):
    """When counting starts, the earliest and the due instant, and the rule that gave it."""

    starts_at: int
    earliest_at: int | None
    due_at: int
    rule: int


@dataclass(frozen=True, slots=True)
class Promise:
    """A line's rules for one priority over some whole local years.

    `edges[i]` is the instant from which rule `in_force[i]` holds for submissions (-1: no rule).
    """

    window: Window
    rules: tuple[Rule, ...]
    crossing: Crossing
    edges: tuple[int, ...]
    in_force: tuple[int, ...]

    @classmethod
    def of(cls, line: Line, first_year: int, last_year: int) -> Promise:
        """Return the promise of a line compiled for years that its calendars cover."""
        window = line.window(first_year, last_year)
        by_weekday = [_first_match(line, day, set()) for day in range(7)]
        closed_by = _closed_by(line, first_year, last_year)
        first, last = year_days(first_year, last_year)
        by_date = [by_weekday[weekday_of(number)] for number in range(first, last + 1)]
        for number, names in closed_by.items():
            weekday = weekday_of(number)
            by_date[number - first] = _first_match(line, weekday, names)
        edges: list[int] = []
        in_force: list[int] = []
        before = None
        for number, rule in enumerate(by_date, start=first):
            if rule == before:
                continue
            before = rule
            edge = window.wall.midnight(number)
            if edges and edges[-1] == edge:  # a date that a jump skips has no instant
                edges.pop()
                in_force.pop()
            if not in_force or in_force[-1] != rule:
                edges.append(edge)
                in_force.append(rule)
        return cls(window, line.rules, line.crossing, tuple(edges), tuple(in_force))

    def rules_in_force(self, start: int, end: int) -> set[int]:
        """Return the rules that hold at some instant from `start` to before `end`; -1 for none."""
        first = bisect_right(self.edges, start) - 1
        return {*self.in_force[first : bisect_left(self.edges, end)]}

    def rule_at(self, at: int) -> int:
        """Return the rule that holds for a submission at an instant of the window; -1 for none."""
        return self.in_force[bisect_right(self.edges, at) - 1]

    def answer(self, at: int, crossing: Crossing | None = None) -> Answer | None:
        """Return the answer to a submission at an instant of the window that a rule matches.

        Returns None if the window ends before the answer is known: ask a wider one.
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
        """Return the latest due of the rules on whose dates the literal rule's clock ticks."""
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
        counting = self.rules[literal].counting
        piece = bisect_right(self.edges, at) - 1
        while piece < len(self.edges) and self.edges[piece] < due:
            start = max(at, self.edges[piece])
            end = min(due, self.edges[piece + 1]) if piece + 1 < len(self.edges) else due
            ticks = counting.counted(self.window.timeline, start, end)
            rule = self.in_force[piece]
            if ticks > 0 and rule >= 0 and rule not in found:
                found.append(rule)
            piece += 1
        return found

    def _in_order(self, at: int, literal: int, literal_due: int) -> Answer | None:
        """Return the smallest literal due of any submission from `at` on."""
        due, rule, _ = self._undercut(at, literal, literal_due)
        return self._answer(at, rule, due)

    def counted_from(self, at: int) -> int:
        """Return the submission that gave the due, from which the answer's time is counted.

        That is `at` itself, or with `in_order` the later submission that undercuts it. The window
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
        which another rule takes over can undercut; and none after the due itself can.
        """
        found = literal_due, literal, at
        piece = bisect_right(self.edges, at)
        while piece < len(self.edges) and self.edges[piece] < found[0]:
            later = self.in_force[piece]
            later_due = self._due(self.edges[piece], later) if later >= 0 else None
            if later_due is not None and later_due < found[0]:
                found = later_due, later, self.edges[piece]
            piece += 1
        return found

    def _due(self, at: int, rule: int) -> int | None:
        """Return the literal due of a rule; None if it lies after the end of the window."""
        target = self.rules[rule]
        due = self._advanced(at, target, target.within)
        return due if due is not None and due <= self.window.timeline.end else None

    def _advanced(self, at: int, rule: Rule, amount: int) -> int | None:
        return rule.counting.passed(self.window.timeline, at, amount)

    def _answer(self, at: int, rule: int, due: int) -> Answer | None:
        target = self.rules[rule]
        starts = target.counting.starts(self.window.timeline, at)
        if starts is None:
            return None
        if target.earliest is None:
            return Answer(starts, None, due, rule)
        reached = self._advanced(at, target, target.earliest)
        assert reached is not None, "no later than the rule's own due, which was found"
        return Answer(starts, min(max(reached, starts), due), due, rule)


def _closed_by(line: Line, first_year: int, last_year: int) -> dict[int, set[str]]:
    """Return, by day number, the calendars that the rules name and that close some of the date."""
    years, known_from = range(first_year, last_year + 1), Coverage.of(line.observes).first
    found: dict[int, set[str]] = {}
    for number, days in special_days(line.asked, years, known_from=known_from).items():
        found[number] = {name for name, day in days if day.closure}
    return found


def _first_match(line: Line, weekday: int, names: set[str]) -> int:
    return next((at for at in line.held if line.rules[at].matches(weekday, names)), -1)


def promises_of(question: Question) -> CompiledYears[Promise]:
    """Return the promises that a question's policy keeps, compiled when they are first asked for.

    Raises for names that the policy does not have.
    """
    check_policy(question.policy)

    def make() -> CompiledYears[Promise]:
        line = Line.of(question)
        return CompiledYears(lambda first, last: Promise.of(line, first, last), line.coverage)

    return question.policy.once((Promise, *question.key), make)
