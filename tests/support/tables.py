"""Answer tables made and read in short."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from support_sla import (
    AnswerTable,
    Policy,
    load_policy,
)
from support_sla.answers.promise import Answer

AZDIGI = load_policy("azdigi")


ZONES = {  # each with the year that shows most of what its clock does
    "America/New_York": 2026,
    "Australia/Lord_Howe": 2026,
    "Africa/Cairo": 2024,
    "Pacific/Apia": 2011,
    "America/Santiago": 2024,
    "America/St_Johns": 2006,
}


ZONE_YEARS = [
    pytest.param(zone, year, marks=() if year == most else pytest.mark.slow)
    for zone, most in ZONES.items()
    for year in (2006, 2011, 2024, 2026)
]


def reading(policy: Policy, **changes: Any) -> Policy:
    return Policy.model_validate({**policy.model_dump(), **changes})


# --- Equal to its meaning ---


def instant(micros: int) -> datetime:
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=micros)


# --- Each boundary rule, by name ---


def on_schedule(hours: str, rules: Any, **changes: Any) -> Policy:
    channel = {"hours": {"schedule": "hours"}, "first_response": rules}
    return load_policy(
        {
            "name": "made",
            "timezone": "UTC",
            "schedules": {"hours": hours},
            "departments": {"desk": {"channels": {"ticket": channel}}},
            **changes,
        }
    )


def micros(text: str) -> int:
    return (datetime.fromisoformat(text) - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(
        microseconds=1
    )


def answered(table: AnswerTable, at: int) -> Answer:
    found = table.answer(at)
    assert found is not None
    return found


def due(table: AnswerTable, at: int) -> int:
    return answered(table, at).due_at
