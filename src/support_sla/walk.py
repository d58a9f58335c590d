"""Every line of a policy that answers, and the answer tables to walk along: where proofs start."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from support_sla.answers import AnswerTable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from support_sla.policy import Policy
    from support_sla.rows import Row


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
    """Yield each line with a target; once for each priority where its rules tell them apart."""
    for name, department in policy.departments.items():
        for channel, line in department.channels.items():
            if not line.first_response:
                continue
            yield Asked(name, channel, None)
            if any(rule.when and rule.when.priority for rule in line.first_response):
                yield from (Asked(name, channel, priority) for priority in policy.priorities)


def stretches(table: AnswerTable) -> Iterator[tuple[int, int, Row]]:
    """Yield (begin, end, row): the submissions that each row of a table answers, in order."""
    ends = (*table.begins[1:], table.end)
    yield from zip(table.begins, ends, table.rows(), strict=True)
