"""`PlainDesk`: a policy as the proof of a ticket asks it, each line and its hours read once."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from support_sla.proof.plain_line import PlainLine

if TYPE_CHECKING:
    from support_sla.policy.metrics import Metric
    from support_sla.policy.policy import Policy
    from support_sla.proof.plain_hours import PlainHours
    from support_sla.proof.plain_moments import Moment


@dataclass(frozen=True, slots=True)
class PlainDesk:
    """A policy, with what has been read of it for one proof."""

    policy: Policy
    _lines: dict[Any, PlainLine] = field(default_factory=dict)
    _hours: dict[Any, PlainHours] = field(default_factory=dict)

    def line(self, now: Moment, metric: Metric) -> PlainLine:
        """Return the line that a ticket is on, asked for a metric as the ticket asks it."""
        asked = now.department, now.channel, now.priority, now.attributes, metric
        if asked not in self._lines:
            names, given = asked[:3], dict(now.attributes)
            self._lines[asked] = PlainLine.of(self.policy, *names, given, metric, self._hours)
        return self._lines[asked]
