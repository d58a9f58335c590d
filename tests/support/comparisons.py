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


def instants(base: Policy, at: datetime, line: tuple[str, str, str | None]) -> Any:
    """The answer to a submission as instants of UTC; None where there is none."""
    try:
        found = compute_deadline(base, at, department=line[0], channel=line[1], priority=line[2])
    except SupportSlaError:
        return None
    return utc(found.starts_at), utc(found.earliest_at), utc(found.due_at)


def only(found: Comparison) -> Difference:
    (difference,) = found
    return difference
