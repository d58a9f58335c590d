"""Steps told in short, for tests of reasons."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from builders import rule_data
from questions import line
from support_sla import Deadline, Policy, Reason

MICROSECOND = timedelta(microseconds=1)


def told(deadline: Deadline) -> list[tuple[str, str, bool, list[str]]]:
    """Return the steps as (start, end, counted, what each reason says), short enough to compare."""
    return [
        (
            f"{step.start:%d %H:%M}",
            f"{step.end:%d %H:%M}",
            step.counted,
            [_said(reason) for reason in step.reasons],
        )
        for step in deadline.steps
    ]


def _said(reason: Reason) -> str:
    about = reason.day.name if reason.day else reason.date or reason.change or ""
    return f"{reason.kind} {about}".strip()


def changing(zone: str, hours: str, **changes: Any) -> Policy:
    return line(rule_data(**{"within": "2h", **changes}), hours=hours, timezone=zone)


def _kinds(deadline: Deadline) -> set[str]:
    return {reason.kind for step in deadline.steps for reason in step.reasons}
