"""Ways to a desk asked in short, for tests of contact options."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from builders import policy
from in_oracle_words import MICROSECOND
from support_sla import (
    Policy,
    load_policy,
)
from support_sla.tickets.contact import contact_options
from support_sla.tickets.contact_options import ContactOption, ContactOptions

AZDIGI = load_policy("azdigi")


def at(text: str, step: int = 0) -> datetime:
    """Return an instant of Vietnam in 2026, or so many microseconds beside it."""
    return datetime.fromisoformat(f"2026-{text}+07:00") + step * MICROSECOND


def shown(instant: datetime | None) -> str | None:
    """Return an instant of Vietnam in 2026, whose clocks repeat no hour, so that nothing is hidden."""
    if instant is None:
        return None
    return instant.isoformat(" ").removeprefix("2026-").removesuffix("+07:00")


def ask(
    sent: datetime | str | None, now: datetime | str, line: Policy = AZDIGI, **changes: Any
) -> ContactOptions:
    return contact_options(line, sent, now, **{"department": "technical", **changes})


def option(found: ContactOptions, name: str) -> ContactOption:
    (only,) = [each for each in found if name == f"{each.department}/{each.channel}"]
    return only


# --- Whom a line serves ---


def desks(
    *,
    served: list[str] | None = None,
    channel: str = "ticket",
    wait: str = "5h",
    hours: str = "24/7",
    **changes: Any,
) -> Policy:
    """Return a policy of desk, shop and lab, each with a ticket and a chat, and of desk/phone."""
    line = {"hours": {"schedule": "always"}}
    both = {"ticket": line, "chat": line}
    requires: dict[str, Any] = {"channel": channel, "unanswered_for": wait}
    if served is not None:
        requires["departments"] = served
    observes = list(changes.get("calendars", ()))
    phone = {"hours": {"schedule": "phone", "observes": observes}, "requires": requires}
    departments = {
        "desk": {"channels": {**both, "phone": phone}},
        "shop": {"channels": both},
        "lab": {"channels": both},
    }
    schedules = {"always": "24/7", "phone": hours}
    return policy(departments=departments, schedules=schedules, **changes)


# --- What is refused ---


SENT, NOW = at("06-08 10:00"), at("06-08 12:00")
