"""Questions to a desk in Vietnam and their answers as short texts, for tests of deadlines."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from builders import (
    rule_data,
    when,
)
from support_sla import (
    Deadline,
    Policy,
    compute_deadline,
    load_policy,
)

MICROSECOND = timedelta(microseconds=1)


AZDIGI = load_policy("azdigi")


def at(text: str, step: int = 0) -> datetime:
    """Return an instant of Vietnam, or so many microseconds beside it."""
    return datetime.fromisoformat(f"{text}+07:00") + step * MICROSECOND


def shown(instant: datetime | None) -> str | None:
    """Return an instant of Vietnam, whose clocks repeat no hour, so that nothing is hidden."""
    return None if instant is None else instant.isoformat(" ").removesuffix("+07:00")


def ask(line: Policy, instant: datetime | str, **names: Any) -> Deadline:
    return compute_deadline(line, instant, **{"department": "desk", **names})


def due(line: Policy, instant: datetime | str, **names: Any) -> tuple[str | None, str]:
    found = ask(line, instant, **names)
    return shown(found.due_at), found.target.name


def calendar_time(name: str, within: str, *days: str, **changes: Any) -> dict[str, Any]:
    return rule(name, within, "calendar_time", *days, **changes)


def business_time(name: str, within: str, *days: str, **changes: Any) -> dict[str, Any]:
    return rule(name, within, "business_time", *days, **changes)


def rule(name: str, within: str, counted_in: str, *days: str, **changes: Any) -> dict[str, Any]:
    """Return a rule for any of these days, or without a condition where none is given."""
    made = {"name": name, "within": within, "counted_in": counted_in, **changes}
    return when(*days, **made) if days or "priority" in made else rule_data(**made)


MONDAY = at("2026-03-02 09:00")
