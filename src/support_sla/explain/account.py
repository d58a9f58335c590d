"""`Account`: a deadline with everything that explains it: steps, choice, readings, plain data."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass, field
from typing import Any

from support_sla.answers.compiled_line import Asked, asked_of
from support_sla.answers.question import Question
from support_sla.explain.choice import Choice, Reading, choice_of, readings_of
from support_sla.explain.reasons import steps_of
from support_sla.explain.steps import Step
from support_sla.policy.metrics import Metric
from support_sla.policy.policy import Crossing, Policy
from support_sla.policy.target import Target
from support_sla.values.amounts.durations import format_duration
from support_sla.values.instants import ComparesInstants, to_micros
from support_sla.values.week import format_clock_time

FORMAT = "support_sla.deadline/1"


@dataclass(frozen=True, slots=True, eq=False)
class Account(ComparesInstants):
    """What a deadline is, and all that explains it, before it is put into words.

    The explanations are written from it; `Deadline` is an account that also has the words.
    """

    submitted_at: dt.datetime
    starts_at: dt.datetime
    earliest_at: dt.datetime | None
    due_at: dt.datetime
    target: Target
    _question: Question = field(repr=False)

    @property
    def department(self) -> str:
        """The department the request was sent to."""
        return self._question.department

    @property
    def channel(self) -> str:
        """The channel it was sent on."""
        return self._question.channel

    @property
    def priority(self) -> str | None:
        """The priority it was sent with, if any."""
        return self._question.priority

    @property
    def attributes(self) -> dict[str, str]:
        """The attributes it was sent with, of those that some rule of the line asks for."""
        return dict(self._question.attributes)

    @property
    def metric(self) -> Metric:
        """Which of the line's promises it is."""
        return self._question.metric

    @property
    def timezone(self) -> str:
        """The zone of the desk: the department's own, else the policy's."""
        return self.policy.zone_of(self.department)

    @property
    def crossing(self) -> Crossing:
        """The reading of crossings under which the answer holds."""
        return self._question.policy.crossing

    @property
    def policy(self) -> Policy:
        """The policy it was asked of, as it was then."""
        return self._question.policy

    @property
    def steps(self) -> tuple[Step, ...]:
        """The stretches from submission to due, in order and without a gap; empty if both are one.

        The counted ones add up to the target's `within`. Worked out when asked for.
        """
        at, due = to_micros(self.submitted_at), to_micros(self.due_at)
        return steps_of(self._asked, self.target, at, due)

    @property
    def choice(self) -> Choice:
        """Which rule matched the submission and why, and which were passed over."""
        return choice_of(self._asked, self.submitted_at)

    @property
    def readings(self) -> tuple[Reading, ...]:
        """What each of the three readings of crossings gives, the policy's own among them."""
        return readings_of(self._asked, self.submitted_at)

    @property
    def _asked(self) -> Asked:
        return asked_of(self._question)

    def to_dict(self) -> dict[str, Any]:
        """Return the deadline and its proof as plain data, ready for JSON.

        Instants are ISO 8601 texts with the offset of the policy's zone.
        """
        target, policy = self.target, self.policy
        earliest = None if self.earliest_at is None else self.earliest_at.isoformat()
        return {
            "format": FORMAT,
            "policy": {"name": policy.name, "version": policy.version, "timezone": self.timezone},
            "department": self.department,
            "channel": self.channel,
            "priority": self.priority,
            **({"attributes": self.attributes} if self.attributes else {}),
            **({} if self.metric == "first_response" else {"metric": self.metric}),
            "submitted_at": self.submitted_at.isoformat(),
            "starts_at": self.starts_at.isoformat(),
            "earliest_at": earliest,
            "due_at": self.due_at.isoformat(),
            "target": {
                "rule": target.name,
                "earliest": None if target.earliest is None else format_duration(target.earliest),
                "within": target.within_text(),
                **({"by": target.by} if target.by is not None else {}),
                **(
                    {"cutoff": format_clock_time(target.cutoff)}
                    if target.cutoff is not None
                    else {}
                ),
                "counted_in": target.counted_in,
            },
            "crossing": self.crossing,
            "choice": self.choice.to_dict(),
            "readings": [reading.to_dict() for reading in self.readings],
            "steps": [step.to_dict() for step in self.steps],
        }

    def to_json(self) -> str:
        """Return `to_dict` as JSON text."""
        return json.dumps(self.to_dict(), ensure_ascii=False, indent=2)
