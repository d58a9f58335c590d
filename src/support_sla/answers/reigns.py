"""Which rule holds for submissions when: the reigns of a line's rules, one after another."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from support_sla.calendars.opening_hours import special_days
from support_sla.values.dates import date_of, weekday_of, year_days
from support_sla.values.units import DAY, SECOND

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Set as AbstractSet

    from support_sla.answers.line import Line
    from support_sla.clock.wall_clock import WallClock

NO_RULE = -1
"""No rule matches the submissions."""

BEYOND = -2
"""A calendar does not cover the submission's year, or the answer reaches past what is known."""


class Reigns(NamedTuple):
    """`edges[i]` is the instant from which rule `in_force[i]` holds for submissions."""

    edges: tuple[int, ...]
    in_force: tuple[int, ...]

    def at(self, instant: int) -> int:
        """Return the rule that holds for a submission at an instant; `NO_RULE` for none."""
        return self.in_force[bisect_right(self.edges, instant) - 1]

    def between(self, start: int, end: int) -> set[int]:
        """Return what holds at some instant from `start` to before `end`."""
        first = bisect_right(self.edges, start) - 1
        return {*self.in_force[first : bisect_left(self.edges, end)]}


def reigns_of(line: Line, wall: WallClock, first_year: int, last_year: int) -> Reigns:
    """Return the reigns of some whole local years."""
    judge = _Judge(line, first_year, last_year)
    rules = [line.rules[at] for at in line.held]
    if any(rule.times is not None or rule.open is not None for rule in rules):
        return _joined(_within_dates(line, judge, wall, first_year, last_year))
    first, _ = year_days(first_year, last_year)
    in_force = judge.by_date(first)
    before, changes = None, []
    for number, rule in enumerate(in_force, start=first):
        if rule != before:
            changes.append((wall.midnight(number), rule))
            before = rule
    return _joined(changes)


def _joined(changes: list[tuple[int, int]]) -> Reigns:
    """Return the reigns of (instant, rule) in order; of one instant the last holds."""
    edges: list[int] = []
    in_force: list[int] = []
    for edge, rule in changes:
        if edges and edges[-1] == edge:  # a date that a jump skips has no instant
            edges.pop()
            in_force.pop()
        if not in_force or in_force[-1] != rule:
            edges.append(edge)
            in_force.append(rule)
    return Reigns(tuple(edges), tuple(in_force))


def _within_dates(
    line: Line, judge: _Judge, wall: WallClock, first_year: int, last_year: int
) -> list[tuple[int, int]]:
    """Return (instant, rule) at each midnight, each time that a rule names, and each opening."""
    starts = judge.starts
    first, last = year_days(first_year, last_year)
    marks = [
        (wall.instant((number * DAY + start) * SECOND), number, place)
        for number in range(first, last + 1)
        for place, start in enumerate(starts)
    ]
    opens = list(_openings(line, first_year, last_year)) if judge.asks_open else []
    found: list[tuple[int, int]] = []
    number, place, is_open, at_open = first, 0, False, 0
    for at, of_date, of_place in marks:
        while at_open < len(opens) and opens[at_open][0] < at:
            instant, is_open = opens[at_open]
            at_open += 1
            found.append((instant, judge.rule(number, place, is_open=is_open)))
        while at_open < len(opens) and opens[at_open][0] == at:
            is_open = opens[at_open][1]
            at_open += 1
        number, place = of_date, of_place
        found.append((at, judge.rule(number, place, is_open=is_open)))
    for instant, opened in opens[at_open:]:
        if instant < wall.midnight(last + 1):
            found.append((instant, judge.rule(number, place, is_open=opened)))
    return found


def _openings(line: Line, first_year: int, last_year: int) -> Iterator[tuple[int, bool]]:
    """Yield (instant, whether the line is open from then on), in order, as far as it is known."""
    known = line.hours.hours.coverage
    first, last = max(first_year, known.first), min(last_year, known.last)
    if first <= last:
        timeline = line.hours.window(first, last).timeline
        pairs = zip(timeline.opens, timeline.closes, strict=True)
        yield from chain.from_iterable(((opens, True), (closes, False)) for opens, closes in pairs)


class _Judge:
    """Says which rule matches on a date, at a part of it, by what its calendars say."""

    def __init__(self, line: Line, first_year: int, last_year: int) -> None:
        self._line = line
        rules = [line.rules[at] for at in line.held]
        edges = {edge for rule in rules for span in rule.times or () for edge in span}
        self.starts = sorted({0, *(edge for edge in edges if edge < DAY)})
        self.asks_open = any(rule.open is not None for rule in rules)
        self._judged = {year: line.judged_in(year) for year in range(first_year, last_year + 1)}
        self._closed_by = self._read(first_year, last_year)
        self._known: dict[object, int] = {}

    def _read(self, first_year: int, last_year: int) -> dict[int, frozenset[str]]:
        """Return, by day number, the calendars that the rules name and that close some of the date."""
        known_from = self._line.hours.hours.coverage.first
        found: dict[int, set[str]] = {}
        for name, calendar in self._line.asked:
            first, last = calendar.covered_years
            years = range(max(first, first_year), min(last, last_year) + 1)
            for number, said in special_days(
                ((name, calendar),), years, known_from=known_from
            ).items():
                if any(each.day.closure for each in said):
                    found.setdefault(number, set()).add(name)
        return {number: frozenset(names) for number, names in found.items()}

    def by_date(self, first: int) -> list[int]:
        """Return the rule of each date of the years, of which `first` is the number of the first."""
        by_year = {
            judged: [self._match(judged, day, frozenset(), 0, is_open=False) for day in range(7)]
            for judged in {*self._judged.values()}
        }
        found: list[int] = []
        for year, judged in self._judged.items():
            start, end = year_days(year, year)
            by_weekday = by_year[judged]
            found += [by_weekday[weekday_of(number)] for number in range(start, end + 1)]
        for number, names in self._closed_by.items():
            judged, weekday = self._judged[date_of(number).year], weekday_of(number)
            found[number - first] = self._match(judged, weekday, names, 0, is_open=False)
        return found

    def rule(self, number: int, place: int, *, is_open: bool) -> int:
        """Return the rule that holds on a date in one of its parts, while the line is open or not."""
        judged = self._judged[date_of(number).year]
        names = self._closed_by.get(number, frozenset())
        key = judged, weekday_of(number), names, place, is_open
        found = self._known.get(key)
        if found is None:
            second = self.starts[place]
            found = self._match(judged, key[1], names, second, is_open=is_open)
            self._known[key] = found
        return found

    def _match(
        self, judged: int, weekday: int, names: AbstractSet[str], second: int, *, is_open: bool
    ) -> int:
        """Return the first rule that matches, if those up to it can be judged."""
        line = self._line
        for place, at in enumerate(line.held):
            if place == judged:
                return BEYOND
            if line.rules[at].matches(weekday, names, second, is_open=is_open):
                return at
        return NO_RULE
