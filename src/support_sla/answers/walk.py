"""Every line of a policy that answers, and the answer tables to walk along: where proofs start."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from support_sla.answers.table.table import AnswerTable
from support_sla.calendars.coverage import Coverage
from support_sla.clock.compiled_years import MAX_YEARS
from support_sla.errors import InstantOutOfRangeError, NotAnInstantError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from support_sla.answers.table.rows import Row
    from support_sla.policy.policy import Policy


class Asked(NamedTuple):
    """A line of a policy, and the priority it is asked with."""

    department: str
    channel: str
    priority: str | None

    def table(self, policy: Policy, first_year: int, last_year: int) -> AnswerTable:
        """Return the line's answers to every microsecond of some local years."""
        return AnswerTable.of(
            policy,
            department=self.department,
            channel=self.channel,
            priority=self.priority,
            first_year=first_year,
            last_year=last_year,
        )


def lines(policy: Policy) -> Iterator[Asked]:
    """Yield each line with a target: without a priority, and with each that its rules name.

    Every other priority is answered like none.
    """
    for name, department in policy.departments.items():
        for channel, line in department.channels.items():
            if not line.first_response:
                continue
            yield Asked(name, channel, None)
            whens = [rule.when for rule in line.first_response]
            named = {each for when in whens if when for each in when.priority or ()}
            yield from (Asked(name, channel, each) for each in policy.priorities if each in named)


def read_years(years: object) -> tuple[int, int]:
    """Return the first and the last year of a walk; raise for what is none, and for too many."""
    if not (isinstance(years, (tuple, list)) and [*map(type, years)] == [int, int]):
        raise NotAnInstantError.years(years)
    first, last = years
    if last < first:
        raise InstantOutOfRangeError.reversed(first, last)
    if last - first >= MAX_YEARS:
        raise InstantOutOfRangeError.span(first, last, MAX_YEARS)
    for year in (first, last):
        Coverage.of(()).check(year)
    return first, last


def stretches(table: AnswerTable) -> Iterator[tuple[int, int, Row]]:
    """Yield (begin, end, row): the submissions that each row of a table answers, in order."""
    ends = (*table.begins[1:], table.end)
    yield from zip(table.begins, ends, table.rows(), strict=True)
