"""`Question`: what a policy is asked, without the instant; and every question that it answers."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from support_sla.policy.policy import check_policy
from support_sla.values.names import plain_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from support_sla.policy.policy import Channel, Metric, Policy, Target


@dataclass(frozen=True, slots=True)
class Question:
    """Which promise of a policy is meant: a line, a priority and a metric.

    A policy keeps what was compiled for the question under its `key`.
    """

    policy: Policy
    department: str
    channel: str
    priority: str | None = None
    metric: Metric = "first_response"

    @classmethod
    def of(cls, policy: object, department: object, channel: object, priority: object) -> Question:
        """Return the question of a caller, whose texts become plain; it is checked when compiled."""
        names: Any = (plain_text(name) for name in (department, channel, priority))
        return cls(check_policy(policy), *names)

    @property
    def key(self) -> tuple[Any, ...]:
        """What distinguishes the question from all others to the same policy."""
        return self.department, self.channel, self.priority, self.metric

    @property
    def line(self) -> Channel:
        """The line in the policy; raises for a department or channel that it does not have."""
        return self.policy.channel(self.department, self.channel)

    @property
    def targets(self) -> tuple[Target, ...]:
        """The targets of the line for the metric, in order."""
        return self.line.targets(self.metric)

    def asked_of(self, policy: Policy) -> Question:
        """Return the same question to another policy."""
        return replace(self, policy=policy)


def questions(policy: Policy) -> Iterator[Question]:
    """Yield questions to each line with targets: with no priority, and with each its rules name.

    Every other priority gets the same answers as no priority.
    """
    for department, channel, line in policy.lines():
        targets = line.targets("first_response")
        if not targets:
            continue
        yield Question(policy, department, channel)
        whens = [target.when for target in targets]
        named = {each for when in whens if when for each in when.priority or ()}
        for priority in policy.priorities:
            if priority in named:
                yield Question(policy, department, channel, priority)
