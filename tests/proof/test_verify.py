"""What proves an answer: its own steps, kept ones, dumped ones."""

from __future__ import annotations

import copy
import functools
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from altered import (
    CLOSED,
    OFFICE_WAITING,
    SPRING,
    TET,
    WAITING,
    others,
    plain,
)
from builders import calendar_data, day_data, rule_data, when
from questions import AZDIGI, NEW_YORK, ask, line, relaxed
from support_sla import Deadline

PROVED = {
    "Tet": TET,
    "calendar time": ask(AZDIGI, "2026-02-15T22:10", department="technical"),
    "a holiday by its rule": ask(AZDIGI, "2026-02-17T09:00", department="technical"),
    "a closed start": ask(line(), "2026-03-01T12:00"),
    "an earliest instant": ask(line(rule_data(earliest="30m", within="2h")), "2026-03-02T16:45"),
    "an earliest instant of zero, closed": ask(
        line(rule_data(earliest="0m", within="2h")), "2026-03-01T12:00"
    ),
    "zero, open": ask(line(rule_data(within="0m")), "2026-03-02T09:00"),
    "zero, closed": ask(line(rule_data(earliest="0m", within="0m")), "2026-03-01T09:00"),
    "due at closing": ask(line(), "2026-03-02T16:00"),
    "a break": ask(line(hours="Mo-Fr 08:00-12:00,13:00-17:00"), "2026-03-02T11:30"),
    "a night shift": ask(line(hours="22:00-06:00"), "2026-03-02T05:30"),
    "a weekend": ask(line(), "2026-03-06T16:30"),
    "closures and special hours": CLOSED,
    "a day that works as another": ask(
        line(known=[day_data("2026-03-07", works_as="Mo")]), "2026-03-07T07:00"
    ),
    "a night shift into a day that works as another": ask(
        line(
            rule_data(within="8h"),
            hours="Fr 22:00-06:00; Mo 08:00-17:00",
            known=[day_data("2026-03-07", works_as="Mo")],
        ),
        "2026-03-06T23:00",
    ),
    "a night shift into a day with hours of its own": ask(
        line(
            rule_data(within="8h"),
            hours="Fr 22:00-06:00; Mo 08:00-17:00",
            known=[day_data("2026-03-07", open="10:00-17:00")],
        ),
        "2026-03-06T23:00",
    ),
    "special hours on a holiday": ask(
        line(
            calendars={
                "holidays": calendar_data(day_data("2026-03-02", name="Holiday")),
                "sales": calendar_data(day_data("2026-03-02", name="Sale", open="09:00-12:00")),
            }
        ),
        "2026-03-02T11:30",
    ),
    "a closure inside a holiday": ask(
        line(
            calendars={
                "works": calendar_data(day_data("2026-03-03", name="Move", closed="10:00-13:00")),
                "holidays": calendar_data(day_data("2026-03-03", name="Holiday")),
            }
        ),
        "2026-03-02T16:30",
    ),
    "a date closed from 00:00 to 24:00": ask(
        line(known=[day_data("2026-03-03", closed="00:00-24:00")]), "2026-03-02T16:30"
    ),
    "the day after a closure until midnight, by its rule": ask(
        relaxed("submission", "known", known=[day_data("2026-06-08", closed="20:00-24:00")]),
        "2026-06-09T12:00",
    ),
    "the day after a closure past midnight, by its rule": ask(
        relaxed("submission", "known", known=[day_data("2026-06-08", closed="20:00-25:00")]),
        "2026-06-09T12:00",
    ),
    "the first covered day, by its rule": ask(
        relaxed("submission", "known", known=[day_data("2026-05-05")]), "2026-01-01T00:00"
    ),
    "a closure over midnight": ask(
        line(hours="24/7", known=[day_data("2026-03-03", closed="22:00-30:00")]), "2026-03-04T01:00"
    ),
    "in order, shared": WAITING,
    "in order, shared in business time": OFFICE_WAITING,
    "in order, not shared": ask(relaxed("in_order"), "2026-03-01T15:00"),
    "overlap, relaxed": ask(relaxed("overlap"), "2026-02-28T22:00"),
    "overlap, not reached": ask(relaxed("overlap"), "2026-02-28T21:00"),
    "overlap, a tie": ask(
        line(
            when("Su", within="3h", counted_in="calendar_time"),
            rule_data(within="3h", counted_in="calendar_time"),
            crossing="overlap",
        ),
        "2026-02-28T22:00",
    ),
    "overlap, closed on its own day": ask(
        line(when("Su", within="4h"), rule_data(within="2h"), crossing="overlap"),
        "2026-03-01T12:00",
    ),
    "a priority": ask(
        line(when(priority=("high",)), rule_data(within="9h"), priorities=["low", "high"]),
        "2026-03-02T16:30",
        priority="high",
    ),
    "another priority": ask(
        line(when(priority=("high",)), rule_data(within="9h"), priorities=["low", "high"]),
        "2026-03-02T16:30",
        priority="low",
    ),
    "clocks forward, closed": SPRING,
    "clocks forward, counted": ask(
        line(rule_data(within="2h"), hours="24/7", timezone=NEW_YORK), "2026-03-08T01:00-05:00"
    ),
    "clocks back, counted": ask(
        line(rule_data(within="2h"), hours="24/7", timezone=NEW_YORK), "2026-11-01T00:30-04:00"
    ),
    "clocks back, from the second reading": ask(
        line(rule_data(within="2h"), hours="24/7", timezone=NEW_YORK), "2026-11-01T01:30-05:00"
    ),
    "a skipped date": ask(
        line(rule_data(within="2h"), hours="Th,Sa 09:00-17:00", timezone="Pacific/Apia"),
        "2011-12-29T16:00-10:00",
    ),
    "a midnight that comes twice": ask(
        relaxed(timezone="America/St_Johns"), "2006-10-28T23:30-03:30"
    ),
    "the first covered day": ask(
        line(hours="22:00-06:00", known=[day_data("2026-05-05")]), "2026-01-01T00:00"
    ),
    "the last covered instant": ask(
        line(hours="24/7", known=[day_data("2026-05-05")]), "2026-12-31T23:00"
    ),
}


@pytest.mark.parametrize("deadline", PROVED.values(), ids=PROVED.keys())
def test_the_steps_of_a_deadline_prove_it(deadline: Deadline) -> None:
    assert [True, True, True, True] == [
        deadline.verify(),
        deadline.verify(deadline.steps),
        deadline.verify(plain(deadline)),
        deadline.verify(json.loads(deadline.to_json())["steps"]),
    ]


def test_steps_may_be_objects_and_plain_data_at_once() -> None:
    assert TET.verify([*TET.steps[:3], *plain(TET)[3:]])


@pytest.mark.parametrize("key", ["start", "end"])
def test_an_instant_written_in_another_zone_is_an_alteration(key: str) -> None:
    steps = plain(TET)
    steps[1][key] = datetime.fromisoformat(steps[1][key]).astimezone(UTC).isoformat()
    assert not TET.verify(steps)


def leaves(data: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Yield the path of every value in plain data, containers included."""
    yield path
    pairs: Any = ()
    if isinstance(data, dict):
        pairs = data.items()
    elif isinstance(data, list):
        pairs = enumerate(data)
    for key, value in pairs:
        yield from leaves(value, (*path, key))


def replaced(data: Any, path: tuple[Any, ...], value: Any) -> Any:
    """Return plain data with another value at a path."""
    if not path:
        return value
    copied = copy.copy(data)
    copied[path[0]] = replaced(data[path[0]], path[1:], value)
    return copied


@pytest.mark.parametrize(
    "deadline", [TET, WAITING], ids=["business time over Tet", "calendar time"]
)
def test_whatever_is_altered_in_a_dump_makes_it_prove_nothing(deadline: Deadline) -> None:
    dump = json.loads(deadline.to_json())
    assert deadline.verify(dump)
    for path in list(leaves(dump))[1:]:
        value = functools.reduce(lambda data, key: data[key], path, dump)
        for other in others(value):
            assert not deadline.verify(replaced(dump, path, other)), (path, other)
