"""A desk that promises everything, for types of which most drawn policies have none."""

from __future__ import annotations

from functools import cache
from typing import Any

from support_sla.policy.policy import Policy

_RULES = [
    {
        "name": "urgent",
        "when": {"priority": ["high"]},
        "within": "2h",
        "counted_in": "business_time",
        "pauses_on": ["pending"],
        "warn_at": ["75 %", "15m before"],
    },
    {
        "name": "on Saturdays",
        "when": {"days": ["Sa"]},
        "within": "12h",
        "counted_in": "calendar_time",
        "warn_at": ["1h after"],
    },
    {"name": "usual", "within": "5h", "counted_in": "business_time", "warn_at": ["50 %"]},
]


@cache
def sample(crossing: str = "submission") -> Policy:
    """Return a desk with every metric, warnings, pauses and an internal line."""
    line: dict[str, Any] = {"hours": {"schedule": "office", "observes": ["days off"]}}
    lists = {"next_response": _RULES, "update_every": _RULES, "resolution": _RULES}
    return Policy.model_validate(
        {
            "name": f"a sample desk, {crossing}",
            "timezone": "America/New_York",
            "crossing": crossing,
            "priorities": ["low", "high"],
            "statuses": ["open", "pending"],
            "calendars": {
                "days off": {
                    "years": [2024, 2028],
                    "days": [{"date": "2026-07-03", "name": "a day off"}],
                }
            },
            "schedules": {"office": "Mo-Sa 09:00-12:00,13:00-17:00"},
            "departments": {
                "desk": {
                    "channels": {
                        "ticket": {**line, "first_response": _RULES, **lists},
                        "phone": {
                            **line,
                            "requires": {"channel": "ticket", "unanswered_for": "5h"},
                        },
                        "inside": {**line, "internal": True, "resolution": _RULES},
                    }
                }
            },
        }
    )
