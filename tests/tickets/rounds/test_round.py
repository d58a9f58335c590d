"""A round's figures, warnings, stretches and steps, and how it shows itself."""

from __future__ import annotations

import datetime as dt
import json
import pickle
from fractions import Fraction
from typing import Any

import pytest

from support_sla import compute_deadline
from tickets import AROUND, HOURS, at, desk, event, only, short, status

HOLDING = {**HOURS, "pauses_on": ["on_hold"]}
HOUR = dt.timedelta(hours=1)


def warned(
    when: str, *points: Any, events: tuple[Any, ...] = (), **rule: Any
) -> list[tuple[Any, ...]]:
    """Return the warnings of a resolution at an instant: name, instant, whether passed, whether at its start."""
    line = {"resolution": [{**HOURS, "warn_at": points, **rule}]}
    found = only(status(desk(line), when, *events))
    return [(each.name, short(each.at), each.passed, each.at_start) for each in found.warnings]


@pytest.mark.parametrize(
    ("point", "instant"),
    [
        ("0 %", "7 09:00"),
        ("50 %", "7 13:00"),
        ("100 %", "7 17:00"),
        ("125 %", "8 11:00"),
        ("0m before", "7 17:00"),
        ("1h before", "7 16:00"),
        ("8h before", "7 09:00"),
        ("0m after", "7 17:00"),
        ("1h after", "8 10:00"),
    ],
)
def test_a_warning_lies_at_a_share_or_beside_the_due_in_the_rule_s_own_time(
    point: str, instant: str
) -> None:
    assert warned("7 09:00", point) == [(point, instant, instant == "7 09:00", False)]


@pytest.mark.parametrize(
    ("when", "passed"),
    [("7 12:59:59.999999", False), ("7 13:00", True), ("7 13:00:00.000001", True)],
)
def test_a_warning_is_passed_from_its_instant_on(when: str, *, passed: bool) -> None:
    assert warned(when, "50 %") == [("50 %", "7 13:00", passed, False)]


def test_a_warning_before_the_start_is_passed_at_once_and_says_so() -> None:
    assert warned("7 09:00", "9h before") == [("9h before", "7 09:00", True, True)]


def test_a_warning_before_a_due_at_an_opening_is_on_the_evening_before() -> None:
    late = event("7 16:30 submitted")
    found = warned("7 16:30", "30m before", "45m before", events=(late,), within="1h")
    assert [each[1] for each in found] == ["8 09:00", "7 16:45"]


def test_warnings_move_with_the_due_of_a_paused_round() -> None:
    found = warned(
        "7 15:00", "50 %", "1h before", events=("7 11:00 paused",), pauses_on=["on_hold"]
    )
    assert [each[1] for each in found] == ["7 17:00", "8 12:00"]


def test_a_warning_walks_back_over_a_pause() -> None:
    pause = ("7 16:00 paused", "8 10:00 resumed")
    found = warned("8 10:00", "90m before", "1h before", events=pause, pauses_on=["on_hold"])
    assert [each[1] for each in found] == ["7 15:30", "8 10:00"]


def test_a_warning_past_the_years_known_has_no_instant() -> None:
    calendars = {
        "off": {"days": [{"date": "2026-01-01", "name": "New Year"}], "years": [2026, 2026]}
    }
    line: dict[str, Any] = {"hours": {"schedule": "office", "observes": ["off"]}}
    line["resolution"] = [{**HOURS, "warn_at": ["2000h after"]}]
    found = only(status(desk(line, calendars=calendars), "7 09:00"))
    assert (found.warnings[0].at, found.warnings[0].passed, found.next_warning) == (
        None,
        False,
        None,
    )
    assert "'at': None" in str(found.warnings[0].to_dict())


def test_the_next_warning_is_the_first_to_come_whatever_the_order_of_the_rule() -> None:
    line = {"resolution": [{**HOURS, "warn_at": ["1h before", "25 %", "50 %"]}]}
    seen = []
    for when in ("7 09:00", "7 12:00", "7 16:00"):
        ahead = only(status(desk(line), when)).next_warning
        seen.append(None if ahead is None else ahead.name)
    assert seen == ["25 %", "50 %", None]
    stopped = only(status(desk(line), "7 10:00", "7 10:00 resolved"))
    assert stopped.next_warning is None


def test_amounts_add_up_and_the_share_is_exact() -> None:
    found = only(status(desk({"resolution": [{**HOURS, "within": "7h"}]}), "7 10:00"))
    assert found.amount == found.elapsed + (found.remaining or HOUR * 0)
    assert (found.percent, found.overrun) == (Fraction(1, 7), HOUR * 0)
    late = only(status(desk({"resolution": [HOURS]}), "8 11:00"))
    assert (late.percent, late.overrun, late.remaining) == (Fraction(10, 8), 2 * HOUR, -2 * HOUR)


def test_a_promise_in_business_days_is_the_open_time_until_its_due() -> None:
    days = {"within": "1 business day", "by": "12:00", "pauses_on": ["on_hold"]}
    found = only(status(desk({"resolution": [days]}), "7 13:00"))
    assert (short(found.due_at), found.amount) == ("8 12:00", 11 * HOUR)
    paused = only(
        status(desk({"resolution": [days]}), "7 13:00", "7 10:00 paused", "7 12:00 resumed")
    )
    assert (short(paused.due_at), paused.elapsed) == ("8 14:00", 2 * HOUR)


@pytest.mark.parametrize("crossing", ["submission", "overlap", "in_order"])
def test_the_promise_of_a_crossing_is_that_of_a_deadline(crossing: str) -> None:
    monday = {"when": {"days": ["Mo"]}, "within": "30h", "counted_in": "calendar_time"}
    rest = {"within": "1h", "counted_in": "business_time"}
    policy = desk({"first_response": [{**monday, "earliest": "30m"}, rest]}, crossing=crossing)
    found = only(status(policy, "7 16:00"))
    deadline = compute_deadline(policy, at("7 09:00"), department="desk")
    assert (found.due_at, found.earliest_at) == (deadline.due_at, deadline.earliest_at)
    assert (found.elapsed, found.target) == (deadline.elapsed(at("7 16:00")), deadline.target)


@pytest.mark.parametrize(
    ("earliest", "events", "expected"),
    [
        ("0m", [], "7 09:00"),
        ("1h", [], "7 10:00"),
        ("8h", [], "7 17:00"),
        ("2h", ["7 10:00 paused", "7 12:00 resumed"], "7 13:00"),
        (None, [], None),
    ],
)
def test_the_earliest_answer_moves_with_a_pause_as_the_due_does(
    earliest: str | None, events: list[str], expected: str | None
) -> None:
    rule = {**HOLDING, **({} if earliest is None else {"earliest": earliest})}
    found = only(status(desk({"first_response": [rule]}), "7 14:00", *events))
    assert short(found.earliest_at) == expected


def test_stretches_tile_a_round_and_name_its_pauses() -> None:
    line = {"resolution": [{**HOURS, "pauses_on": ["on_hold", "pending"]}]}
    talk: list[Any] = ["7 10:00 paused", event("7 11:00 status", to="pending"), "7 12:00 resumed"]
    talk += [event("7 13:00 status", to="open"), "7 14:00 resolved", "7 15:00 reopened"]
    found = only(status(desk(line), "7 16:00", *talk))
    assert [
        (each.kind, each.names, short(each.start), short(each.end)) for each in found.stretches
    ] == [
        ("running", (), "7 09:00", "7 10:00"),
        ("paused", ("on_hold",), "7 10:00", "7 11:00"),
        ("paused", ("on_hold", "pending"), "7 11:00", "7 12:00"),
        ("paused", ("pending",), "7 12:00", "7 13:00"),
        ("running", (), "7 13:00", "7 14:00"),
        ("resolved", (), "7 14:00", "7 15:00"),
        ("running", (), "7 15:00", "7 16:00"),
    ]
    assert {each.target for each in found.stretches} == {found.target}


def test_steps_say_why_and_their_counted_ones_are_what_has_elapsed() -> None:
    talk = ["7 16:00 paused", "8 10:00 resumed", "8 11:00 resolved", "8 12:00 reopened"]
    found = only(status(desk({"resolution": [{**HOLDING, "within": "9h"}]}), "8 13:00", *talk))
    told = [(step.counted, [reason.kind for reason in step.reasons]) for step in found.steps]
    assert told == [
        (True, ["business_hours"]),
        (False, ["paused"]),
        (True, ["business_hours"]),
        (False, ["resolved"]),
        (True, ["business_hours"]),
    ]
    assert found.steps[1].reasons[0].statuses == ("on_hold",)
    counted = [step.duration for step in found.steps if step.counted]
    assert sum(counted, HOUR * 0) == found.elapsed


def test_a_round_that_has_lasted_no_time_has_no_steps() -> None:
    assert only(status(desk({"resolution": [HOURS]}), "7 09:00")).steps == ()


def test_time_without_a_rule_is_a_step_of_its_own() -> None:
    urgent = {"when": {"priority": ["urgent"]}, **AROUND}
    line = {"resolution": [urgent], "changes": "carry"}
    talk = [event("7 10:00 priority", to="low"), event("7 11:00 priority", to="urgent")]
    found = only(status(desk(line), "7 12:00", *talk, priority="urgent"))
    assert [step.reasons[0].kind for step in found.steps] == [
        "calendar_time",
        "unpromised",
        "calendar_time",
    ]
    assert found.elapsed == 2 * HOUR


def test_the_time_before_a_later_request_of_the_same_due_is_a_step_of_its_own() -> None:
    monday = {"when": {"days": ["Mo"]}, "within": "30h", "counted_in": "calendar_time"}
    policy = desk(
        {"resolution": [monday, {"within": "1h", "counted_in": "business_time"}]},
        crossing="in_order",
    )
    found = only(status(policy, "8 09:30"))
    kinds = [step.reasons[0].kind for step in found.steps]
    assert kinds == ["later_request", "night", "business_hours"]
    assert found.elapsed == HOUR / 2


@pytest.mark.parametrize("earliest", ["0m", "30m", "1h"])
def test_the_earliest_answer_of_a_due_that_is_shared_is_that_of_a_deadline(earliest: str) -> None:
    monday = {"when": {"days": ["Mo"]}, "within": "30h", "counted_in": "calendar_time"}
    later = {"within": "1h", "counted_in": "business_time", "earliest": earliest}
    policy = desk({"first_response": [monday, later]}, crossing="in_order")
    found = only(status(policy, "8 09:30"))
    deadline = compute_deadline(policy, at("7 09:00"), department="desk", channel="ticket")
    assert (found.due_at, found.earliest_at) == (deadline.due_at, deadline.earliest_at)


def test_a_round_shows_itself_and_pickles_equal() -> None:
    line = {"resolution": [{**HOURS, "warn_at": ["50 %"]}]}
    found = only(status(desk(line), "7 12:00"))
    assert str(found) == (
        "resolution round 1 running, Mon 2026-09-07 09:00+00:00, "
        "due Mon 2026-09-07 17:00+00:00 by 'default'"
    )
    assert repr(found).startswith("Round(metric='resolution', number=1, state='running', ")
    assert repr(found.warnings[0]).startswith("RoundWarning(name='50 %', at='2026-09-07T13:00")
    assert repr(found.stretches[0]).startswith("Stretch(kind='running', names=[], start=")
    again = pickle.loads(pickle.dumps(found))
    assert (again, hash(again)) == (found, hash(found))
    assert json.loads(json.dumps(found.to_dict())) == found.to_dict()
    stopped = only(status(desk(line), "7 12:00", "7 11:00 resolved"))
    assert " -> Mon 2026-09-07 11:00" in str(stopped)


def test_a_round_as_data_has_signed_amounts_and_says_what_is_not_usual() -> None:
    late = only(
        status(desk({"resolution": [{**HOURS, "warn_at": ["9h before"]}]}), "8 10:00")
    ).to_dict()
    assert (late["remaining"], late["overrun"], late["percent"]) == ("-1h", "1h", "9/8")
    assert late["warnings"] == [
        {"name": "9h before", "at": "2026-09-07T09:00:00+00:00", "passed": True, "at_start": True}
    ]
    none = {"when": {"priority": ["urgent"]}, **HOURS}
    nothing = only(status(desk({"resolution": [none]}), "7 10:00")).to_dict()
    assert [nothing[key] for key in ("state", "rule", "due_at", "amount", "percent")] == [
        "none",
        None,
        None,
        None,
        None,
    ]


@pytest.mark.parametrize("when", ["7 17:00", "7 18:00", "8 09:00", "8 12:00", "8 17:00", "9 10:00"])
def test_no_warning_comes_while_a_round_is_paused(when: str) -> None:
    rule = {"within": "16h", "pauses_on": ["on_hold"]}
    found = warned(when, "8h before", "50 %", events=("7 17:00 paused",), **rule)
    assert [(each[0], each[2]) for each in found] == [("8h before", False), ("50 %", True)]
