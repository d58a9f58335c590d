"""Every zone, every quarter of an hour around its changes."""

from __future__ import annotations

from datetime import UTC

import pytest

from builders import policy, rule_data
from support_sla import Clock, compute_deadline
from zone_changes import (
    APIA,
    BEIRUT,
    CAIRO,
    HOUR,
    LORD_HOWE,
    NEW_YORK,
    SANTIAGO,
    ST_JOHNS,
    around,
)

CHANGES = {
    NEW_YORK: ("2026-03-08 07:00", "2026-11-01 06:00"),
    LORD_HOWE: ("2026-04-04 15:00", "2026-10-03 15:30"),
    CAIRO: ("2024-04-25 22:00", "2024-10-31 21:00"),
    BEIRUT: ("2026-03-28 22:00", "2026-10-24 21:00"),
    SANTIAGO: ("2026-04-05 03:00", "2026-09-06 04:00"),
    APIA: ("2011-09-24 14:00", "2011-12-30 10:00"),
    ST_JOHNS: ("2006-04-02 03:31", "2006-10-29 02:31"),
}


@pytest.mark.parametrize("zone", CHANGES)
@pytest.mark.parametrize("which", [0, 1])
def test_a_deadline_near_a_change_is_what_the_lines_clock_says(zone: str, which: int) -> None:
    line = policy(
        rule_data(earliest="30m", within="5h"),
        timezone=zone,
        schedules={"office": "Mo-Su 00:00-00:45,01:15-01:45,02:15-09:00,22:15-23:45"},
    )
    hours = Clock.of(line, department="desk")
    for at in around(CHANGES[zone][which]):
        found = compute_deadline(line, at, department="desk")
        assert found.earliest_at is not None
        opens, due = hours.next_open(at), hours.add(at, 5 * HOUR)
        assert opens is not None
        assert (at, opens.astimezone(UTC), due.astimezone(UTC)) == (
            found.submitted_at.astimezone(UTC),
            found.starts_at.astimezone(UTC),
            found.due_at.astimezone(UTC),
        )
        earliest = max(hours.add(at, HOUR / 2).astimezone(UTC), opens.astimezone(UTC))
        assert earliest == found.earliest_at.astimezone(UTC)
        assert (due.isoformat(), due.fold) == (found.due_at.isoformat(), found.due_at.fold)


@pytest.mark.parametrize("zone", CHANGES)
@pytest.mark.parametrize("which", [0, 1])
def test_calendar_time_over_a_change_is_physical_time(zone: str, which: int) -> None:
    line = policy(rule_data(earliest="1h", within="3h", counted_in="calendar_time"), timezone=zone)
    for at in around(CHANGES[zone][which]):
        found = compute_deadline(line, at, department="desk")
        assert found.earliest_at is not None
        assert [at, at, at + HOUR, at + 3 * HOUR] == [
            each.astimezone(UTC)
            for each in (found.submitted_at, found.starts_at, found.earliest_at, found.due_at)
        ]
