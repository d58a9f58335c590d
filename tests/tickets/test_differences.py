"""Where two statuses of one ticket differ: each figure of each round, as data and in words."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest

from support_sla import (
    LogError,
    NotAModelError,
    TicketLog,
    TicketStatus,
    compare_statuses,
    load_policy,
    track,
)
from support_sla.tickets.differences import FIGURES, StatusDifference
from tickets import HOURS, at, desk, event, log, status

SLOW = desk({"resolution": [HOURS]})
FAST = desk({"resolution": [{**HOURS, "within": "2h"}]})
DAY = "Mon 2026-09-07"
TEAM = {"department": "desk", "channel": "team"}


def differences(old: TicketStatus, new: TicketStatus) -> list[str]:
    return [str(each) for each in compare_statuses(old, new)]


def test_equal_statuses_differ_nowhere() -> None:
    assert compare_statuses(status(SLOW, "7 10:00"), status(SLOW, "7 10:00")) == ()


def test_a_status_in_another_zone_of_the_desk_differs_nowhere() -> None:
    abroad = desk({"resolution": [HOURS]}, timezone="Africa/Abidjan")
    assert compare_statuses(status(SLOW, "7 10:00"), status(abroad, "7 10:00")) == ()


def test_two_instants_differ_in_what_was_counted_between() -> None:
    found = differences(status(SLOW, "7 10:00"), status(SLOW, "7 10:30"))
    assert found == ["resolution round 1, elapsed: 1h30m instead of 1h"]


def test_two_versions_of_a_policy_differ_in_the_promise_and_what_follows() -> None:
    found = differences(status(SLOW, "7 12:00"), status(FAST, "7 12:00"))
    assert found == [
        "resolution round 1, state: breached instead of running",
        "resolution round 1, target: another default instead of default",
        f"resolution round 1, due_at: {DAY} 11:00+00:00 instead of {DAY} 17:00+00:00",
        f"resolution round 1, breached_at: {DAY} 11:00:00.000001+00:00 instead of none",
        "resolution round 1, amount: 2h instead of 8h",
    ]


def test_an_event_stops_a_round() -> None:
    found = differences(status(SLOW, "7 10:00"), status(SLOW, "7 10:00", "7 10:00 resolved"))
    assert found == [
        "resolution round 1, state: met instead of running",
        f"resolution round 1, stopped_at: {DAY} 10:00+00:00 instead of none",
    ]


def test_a_pause_differs_in_what_it_took() -> None:
    made = desk({"resolution": [{**HOURS, "pauses_on": ["on_hold"]}]})
    rows = ["7 10:00 paused", "7 11:00 resumed"]
    found = compare_statuses(status(made, "7 12:00"), status(made, "7 12:00", *rows))
    assert {each.figure: each.new for each in found} == {
        "due_at": at("8 10:00"),
        "elapsed": dt.timedelta(hours=2),
        "paused_for": dt.timedelta(hours=1),
    }


@pytest.mark.parametrize(("old", "new"), [(0, 1), (1, 0)])
def test_a_round_that_only_one_status_has_is_told_whole(old: int, new: int) -> None:
    made = desk({"update_every": [HOURS]})
    sides = [status(made, "7 10:00"), status(made, "7 10:00", "7 10:00 agent")]
    (only,) = compare_statuses(sides[old], sides[new])
    assert (only.metric, only.number, only.figure) == ("update_every", 1, "round")
    assert (only.old is None, only.new is None) == (old == 0, new == 0)
    there = f"update_every round 1 running, {DAY} 10:00+00:00, due Tue 2026-09-08 10:00+00:00"
    there += " by 'default'"
    assert only.to_dict() == {
        "metric": "update_every",
        "number": 1,
        "figure": "round",
        "old": there if old else None,
        "new": there if new else None,
    }
    assert str(only) == (
        f"update_every round 1, round: {there if new else 'none'} instead of "
        f"{there if old else 'none'}"
    )


def test_internal_promises_are_compared_line_by_line() -> None:
    rows = [event("7 10:00 assigned", **TEAM)]
    found = compare_statuses(status(desk(), "7 11:00", *rows), status(desk(), "7 11:30", *rows))
    assert [(each.line, each.figure) for each in found] == [("desk/team", "elapsed")]
    assert str(found[0]) == "resolution of desk/team round 1, elapsed: 1h30m instead of 1h"
    assert found[0].to_dict()["line"] == "desk/team"


@pytest.mark.parametrize(("old", "new"), [(0, 1), (1, 0)])
def test_an_assignment_that_only_one_status_has_is_told(old: int, new: int) -> None:
    sides = [status(desk(), "7 11:00", *rows) for rows in ([], [event("7 10:00 assigned", **TEAM)])]
    (only,) = compare_statuses(sides[old], sides[new])
    assert (only.line, only.figure, only.old is None) == ("desk/team", "round", old == 0)


def test_every_figure_that_is_compared_can_be_written() -> None:
    made = desk({"resolution": [{**HOURS, "pauses_on": ["on_hold"]}]})
    (one,) = status(made, "9 10:00", "7 10:00 paused", "7 11:00 resumed", "8 12:00 resolved").rounds
    told = [
        StatusDifference("resolution", 1, figure, None, getattr(one, figure)).to_dict()
        for figure in FIGURES
    ]
    assert {each["figure"]: each["new"] for each in told} == {
        "state": "met_late",
        "target": "default",
        "started_at": "2026-09-07T09:00:00+00:00",
        "due_at": "2026-09-08T10:00:00+00:00",
        "stopped_at": "2026-09-08T12:00:00+00:00",
        "breached_at": "2026-09-08T10:00:00.000001+00:00",
        "amount": "8h",
        "elapsed": "10h",
        "paused_for": "1h",
    }
    assert json.loads(json.dumps(told)) == told


def test_differences_are_values() -> None:
    one, same = (compare_statuses(status(SLOW, "7 12:00"), status(FAST, "7 12:00")) for _ in "ab")
    assert (one, hash(one)) == (same, hash(same))


@pytest.mark.parametrize(
    "other",
    [
        TicketLog("desk", "ticket", log().events, ticket="T-2"),
        TicketLog("desk", "other", log().events),
        log(event("7 08:59:59.999999 submitted")),
    ],
    ids=["name", "line", "instant"],
)
def test_statuses_of_two_tickets_are_not_compared(other: TicketLog) -> None:
    line = {"hours": {"schedule": "office"}, "resolution": [HOURS]}
    data = desk(line).model_dump()
    channels = {**data["departments"]["desk"]["channels"], "other": line}
    made = load_policy({**data, "departments": {"desk": {"channels": channels}}})
    one, two = (track(made, each, at("7 10:00")) for each in (log(), other))
    for sides in ((one, two), (two, one)):
        with pytest.raises(LogError, match="is not the ticket that .* is; compare two statuses of"):
            compare_statuses(*sides)


@pytest.mark.parametrize("odd", [None, 5, "open", SLOW])
def test_what_is_no_status_is_refused(odd: Any) -> None:
    right = track(SLOW, log(), at("7 10:00"))
    for sides in ((odd, right), (right, odd)):
        with pytest.raises(
            NotAModelError, match="status is no TicketStatus: .* get one from track"
        ):
            compare_statuses(*sides)


def test_statuses_of_two_tickets_are_refused() -> None:
    later = event("7 09:30 submitted")
    with pytest.raises(LogError, match="compare two statuses of one"):
        compare_statuses(status(SLOW, "7 10:00"), status(SLOW, "7 10:00", later))
