"""Deadlines, their steps and ways to alter them, for tests of proofs."""

from __future__ import annotations

import copy
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from builders import calendar_data, day_data, rule_data, when
from questions import AZDIGI, NEW_YORK, ask, line, relaxed
from support_sla import Deadline
from support_sla.values.amounts.durations import format_duration

HOUR = timedelta(hours=1)


MICROSECOND = timedelta(microseconds=1)


TET = ask(AZDIGI, "2026-02-14T16:30", department="billing")


WAITING = ask(relaxed("in_order"), "2026-03-01T22:00")


OFFICE_WAITING = ask(
    line(
        when("Su", within="12h"),
        rule_data(within="3h"),
        hours="Mo-Su 08:00-17:00",
        crossing="in_order",
    ),
    "2026-03-01T16:00",
)


SPRING = ask(
    line(rule_data(within="2h"), hours="Mo-Su 09:00-17:00", timezone=NEW_YORK),
    "2026-03-07T16:00-05:00",
)


CLOSED = ask(
    line(
        rule_data(within="3h"),
        calendars={
            "sales": calendar_data(day_data("2026-03-07", name="Sale", open="09:00-12:00")),
            "works": calendar_data(
                day_data("2026-03-07", name="Move", closed="10:00-11:00", source="staff letter"),
                day_data("2026-03-08", name="Women's Day"),
            ),
        },
    ),
    "2026-03-07T09:30",
)


Steps = list[dict[str, Any]]


def plain(deadline: Deadline) -> Steps:
    """Return the steps as plain data, free to be altered."""
    steps: Steps = copy.deepcopy(deadline.to_dict()["steps"])
    return steps


# --- What proves ---


def others(value: Any) -> list[Any]:
    """Return values of every type that plain data has, none of them the same value again."""
    found: list[Any] = [None, True, False, 0, 1, -1, 1.0, "", "x", [], {}, [None], {"x": None}]
    if isinstance(value, str):
        found += [f"{value} ", value.upper(), value.swapcase(), value[:-1]]
    if isinstance(value, list):
        found += [value[1:], [*value, *value[-1:]], value[::-1], tuple(value)]
    if isinstance(value, dict):
        found += [{**value, "x": 1}, dict(list(value.items())[1:])]
    return [each for each in found if type(each) is not type(value) or each != value]


# --- What does not ---


def move(step: dict[str, Any], key: str, by: timedelta) -> None:
    """Move one edge of a step, which then lasts as long as it says."""
    edges = {each: datetime.fromisoformat(step[each]) for each in ("start", "end")}
    edges[key] += by
    step[key] = edges[key].isoformat()
    lasts = edges["end"].astimezone(UTC) - edges["start"].astimezone(UTC)
    step["duration"] = format_duration(lasts)


def shift(key: str, place: int, by: timedelta) -> Callable[[Steps], None]:
    """Return what moves one edge of one step."""
    return lambda steps: move(steps[place], key, by)


def night(steps: Steps) -> dict[str, Any]:
    """Return one night in the place of the two that a change of clocks cuts it into."""
    return {**steps[1], "end": steps[3]["end"], "duration": "15h"}
