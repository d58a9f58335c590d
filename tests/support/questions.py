"""Desks with one line, and requests to them, for every test of explanations."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from builders import calendar_data, policy, rule_data, when
from support_sla import Deadline, Policy, compute_deadline, load_policy
from support_sla.strategies import policies, questions

AZDIGI = load_policy("azdigi")
OFFICE = "Mo-Fr 08:00-17:00"
NEW_YORK = "America/New_York"  # forward 2026-03-08 02:00 EST, back 2026-11-01 02:00 EDT


def line(*rules: dict[str, Any], hours: str = OFFICE, **changes: Any) -> Policy:
    """Return a desk with these hours; the days of `known`, or of `calendars`, are observed."""
    days = changes.pop("known", None)
    if days is not None:
        changes["calendars"] = {"known": calendar_data(*days)}
    channel = {
        "hours": {"schedule": "office", "observes": list(changes.get("calendars", ()))},
        "first_response": list(rules) or [rule_data()],
    }
    return policy(**{"channel": channel, "schedules": {"office": hours}, **changes})


def relaxed(crossing: str = "submission", *days: str, **changes: Any) -> Policy:
    """Return a desk that promises 12 hours on Sundays (or `days`), 3 on others, round the clock."""
    return line(
        when(*(days or ("Su",)), name="relaxed", within="12h", counted_in="calendar_time"),
        rule_data(name="usual", within="3h", counted_in="calendar_time"),
        **{"hours": "24/7", "crossing": crossing, **changes},
    )


def ask(made: Policy, text: str, **names: Any) -> Deadline:
    """Return the deadline of a request sent at this time of Vietnam, or with an offset of its own."""
    at = text if text[-6] in "+-" else f"{text}+07:00"
    return compute_deadline(made, at, **{"department": "desk", **names})


@st.composite
def deadlines(draw: st.DrawFn) -> Deadline:
    """Generate deadlines of every kind of line, priority, plan and instant."""
    made = draw(policies())
    line = "desk", draw(st.sampled_from(sorted(made.departments["desk"].channels)))
    asked = draw(questions(made, line=line, metric="first_response"))
    return compute_deadline(made, **asked._asdict())
