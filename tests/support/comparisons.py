"""Two versions of a policy in short, for tests of comparisons."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from builders import channel_data, policy, rule_data
from in_oracle_words import utc
from support_sla import (
    Policy,
    SupportSlaError,
    compute_deadline,
    load_policy,
)
from support_sla.policy.metrics import Metric
from support_sla.review.comparison import Comparison, Difference

AZDIGI = load_policy("azdigi")


NONE = timedelta(0)


HOUR = timedelta(hours=1)


CALENDAR = {"counted_in": "calendar_time"}


def changed(base: Policy, **changes: Any) -> Policy:
    return Policy.model_validate({**base.model_dump(), **changes})


def around_the_clock(*rules: dict[str, Any], **changes: Any) -> Policy:
    """One line, always open, answering in calendar time."""
    given = list(rules) or [rule_data(within="3h")]
    line = channel_data(*({**rule, **CALENDAR} for rule in given))
    return policy(channel=line, schedules={"office": "24/7"}, **changes)


Asked = tuple[str, str, str | None, tuple[tuple[str, str], ...], Metric]
"""Whom a request is sent to, what it has, and what is promised: priority, attributes and metric."""


def instants(base: Policy, at: datetime, line: Asked) -> Any:
    """The answer to a submission as instants of UTC; None where there is none."""
    try:
        found = compute_deadline(base, at, **named(base, line))
    except SupportSlaError:
        return None
    return utc(found.starts_at), utc(found.earliest_at), utc(found.due_at)


def named(base: Policy, line: Asked) -> dict[str, Any]:
    """The names with which a version is asked; it never hears of attributes it does not declare."""
    department, channel, priority, attributes, metric = line
    known = {name: value for name, value in attributes if name in base.attributes}
    return {
        "department": department,
        "channel": channel,
        "priority": priority,
        "attributes": known,
        "metric": metric,
    }


def only(found: Comparison) -> Difference:
    (difference,) = found
    return difference
