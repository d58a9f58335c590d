"""`Question`: what a policy is asked, apart from the instant; and every question that it answers."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from support_sla.policy.policy import Channel, Metric, Policy, Target


@dataclass(frozen=True, slots=True)
class Question:
    """Which promise of a policy is meant: a line, a priority and a metric.

    With `key`, a policy keeps what has been compiled for the question.
    """

    policy: Policy
    department: str
    channel: str
    priority: str | None = None
    metric: Metric = "first_response"

    @property
    def key(self) -> tuple[Any, ...]:
        """What tells the question apart from the others that its policy can be asked."""
        return self.department, self.channel, self.priority, self.metric

    @property
    def line(self) -> Channel:
        """The line as the policy has it; raises for a department or channel it does not have."""
        return self.policy.channel(self.department, self.channel)

    @property
    def targets(self) -> tuple[Target, ...]:
        """The targets of the line for the metric, in order."""
        return self.line.targets(self.metric)

    def asked_of(self, policy: Policy) -> Question:
        """Return the same question, asked of another policy."""
        return replace(self, policy=policy)


def questions(policy: Policy) -> Iterator[Question]:
    """Yield every line with a target: without a priority, and with each that its rules name.

    Every other priority is answered like none.
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
