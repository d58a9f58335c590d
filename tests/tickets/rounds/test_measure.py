"""The figures of a round at an instant: what moves on, what is assumed, and in whose zone it is told."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from support_sla import compute_deadline, track
from tickets import HOURS, at, desk, event, log, only, short, status

HOLDING = {**HOURS, "pauses_on": ["on_hold"]}


@pytest.mark.parametrize(
    ("when", "projected"),
    [("7 16:59:59.999999", True), ("7 17:00", False), ("7 17:00:00.000001", False)],
)
def test_a_due_that_is_reached_does_not_move_on_while_paused(when: str, *, projected: bool) -> None:
    found = only(status(desk({"resolution": [HOLDING]}), when, f"{when} paused"))
    assert (found.paused, found.projected) == (True, projected)


@pytest.mark.parametrize("has_statuses", [False, True])
@pytest.mark.parametrize("rule", [HOURS, HOLDING])
def test_a_rule_that_pauses_is_assumed_unpaused_where_nobody_knows(
    rule: dict[str, Any], *, has_statuses: bool
) -> None:
    sent = replace(log(), has_statuses=has_statuses)
    found = only(track(desk({"resolution": [rule]}), sent, at("7 12:00"), assume_unpaused=True))
    assumed = rule is HOLDING and not has_statuses
    assert found.assumed_unpaused is assumed
    assert found.to_dict().get("assumed_unpaused") == (True if assumed else None)


def test_a_round_does_not_show_which_ticket_its_promise_was_first_asked_for() -> None:
    one, two = (desk({"resolution": [HOURS]}) for _ in range(2))
    first = only(status(one, "7 12:00", priority="urgent", attributes={"plan": "gold"}))
    assert only(status(two, "7 12:00", priority="low")) == first
    assert only(status(one, "7 12:00", priority="low")) == first


def test_the_instants_of_a_round_are_in_the_zone_of_its_desk() -> None:
    rule = {**HOURS, "warn_at": ["50 %"], "earliest": "1h"}
    found = only(status(desk({"first_response": [rule]}, timezone="Asia/Tokyo"), "7 12:00"))
    instants = [found.started_at, found.starts_at, found.due_at, found.earliest_at]
    instants += [each.at for each in found.warnings]
    instants += [each.start for each in found.stretches] + [each.start for each in found.steps]
    assert {each.utcoffset() for each in instants if each} == {dt.timedelta(hours=9)}


SHARED = [
    {"when": {"days": ["Mo"]}, "within": "30h", "counted_in": "calendar_time"},
    {"within": "1h", "counted_in": "business_time", "warn_at": ["0 %", "50 %", "100 %"]},
]


def test_the_warnings_of_a_due_that_is_shared_are_those_of_the_later_request() -> None:
    found = only(status(desk({"resolution": SHARED}, crossing="in_order"), "7 16:00"))
    assert [short(each.at) for each in found.warnings] == ["8 00:00", "8 09:30", "8 10:00"]


def test_a_change_is_awaited_after_now_and_a_warning_of_now_has_come() -> None:
    policy = desk({"resolution": [{**HOURS, "warn_at": ["50 %", "75 %"]}]})
    seen = [
        short(track(policy, log(), at(when)).changes_at)
        for when in ("7 12:59:59.999999", "7 13:00", "7 15:00", "7 17:00", "7 17:00:00.000001")
    ]
    assert seen == ["7 13:00", "7 15:00", "7 17:00:00.000001", "7 17:00:00.000001", None]


def test_the_warnings_of_a_target_in_business_days_lie_in_its_open_time() -> None:
    days = {"within": "1 business day", "by": "12:00", "warn_at": ["50 %", "1h before"]}
    found = only(status(desk({"resolution": [days]}), "7 13:00"))
    # From Monday at nine to Tuesday at noon there are eleven open hours.
    assert [short(each.at) for each in found.warnings] == ["7 14:30", "8 11:00"]


def test_a_round_that_nothing_promises_is_parted_by_the_time_it_is_resolved() -> None:
    urgent = {"when": {"priority": ["urgent"]}, **HOURS}
    line = {"resolution": [urgent], "reopened": "resume"}
    talk = ["7 10:00 resolved", "7 11:00 reopened"]
    found = only(status(desk(line), "7 12:00", *talk, priority="low"))
    assert (found.state, [each.kind for each in found.stretches]) == (
        "none",
        ["unpromised", "resolved", "unpromised"],
    )


def test_what_begins_at_the_instant_asked_about_is_no_stretch_yet() -> None:
    found = only(status(desk({"resolution": [HOLDING]}), "7 10:00", "7 10:00 paused"))
    assert [each.kind for each in found.stretches] == ["running"]


def test_resolved_time_belongs_to_the_rule_in_force_then() -> None:
    rules = [{"when": {"priority": [name]}, "name": name, **HOURS} for name in ("urgent", "low")]
    line = {"resolution": rules, "changes": "carry", "reopened": "resume"}
    talk: list[Any] = ["7 10:00 resolved", event("7 11:00 priority", to="low"), "7 12:00 reopened"]
    found = only(status(desk(line), "7 13:00", *talk, priority="urgent"))
    targets = [None if each.target is None else each.target.name for each in found.stretches]
    assert targets == ["urgent", "urgent", "low", "low"]


def test_a_stopped_round_is_told_with_its_stop_and_its_due() -> None:
    found = only(status(desk({"resolution": [HOURS]}), "7 12:00", "7 11:00 resolved"))
    assert str(found) == (
        "resolution round 1 met, Mon 2026-09-07 09:00+00:00 -> Mon 2026-09-07 11:00+00:00, "
        "due Mon 2026-09-07 17:00+00:00 by 'default'"
    )


def test_the_repr_of_a_stretch_counts_names_that_are_many() -> None:
    holds = [f"hold number {n} of those there are, each with a long name" for n in range(9)]
    policy = desk({"resolution": [{**HOURS, "pauses_on": holds}]}, statuses=["open", *holds])
    talk = [event("7 10:00 paused", reason=each) for each in holds]
    (_, paused) = only(status(policy, "7 11:00", *talk)).stretches
    assert "names=[...9 names...]" in repr(paused)


def test_the_steps_of_a_round_are_those_of_the_dates_of_its_desk() -> None:
    policy = desk({"resolution": [{**HOURS, "within": "80h"}]}, timezone="Asia/Tokyo")
    sent = event("11 07:00 submitted")  # Friday at four in the afternoon in Tokyo
    found = only(status(policy, "14 01:00", sent))
    assert [(f"{step.start:%a %H:%M}", step.reasons[0].kind) for step in found.steps] == [
        ("Fri 16:00", "business_hours"),
        ("Fri 17:00", "night"),
        ("Sat 00:00", "weekday"),
        ("Sun 00:00", "weekday"),
        ("Mon 00:00", "night"),
        ("Mon 09:00", "business_hours"),
    ]


@pytest.mark.parametrize(
    ("when", "due"), [("15:59:59.999999", "16:59:59.999999"), ("16:00:00", "17:00:00")]
)
def test_a_due_at_the_closing_of_a_far_year_is_on_that_date(when: str, due: str) -> None:
    policy = desk({"resolution": [{**HOURS, "within": "1h"}]})
    for _ in range(2):
        sent = dt.datetime.fromisoformat(f"9001-01-05T{when}+00:00")
        found = only(track(policy, log({"at": sent, "kind": "submitted"}), sent))
        assert found.due_at == dt.datetime.fromisoformat(f"9001-01-05T{due}+00:00")


def test_a_breach_is_awaited_before_a_later_closing() -> None:
    policy = desk({"resolution": [{**HOURS, "within": "1h"}]})
    assert short(track(policy, log(), at("7 09:00"), openings=True).changes_at) == (
        "7 10:00:00.000001"
    )


@pytest.mark.parametrize("hour", range(4))
def test_a_round_near_a_change_of_clocks_is_due_as_a_deadline_is(hour: int) -> None:
    policy = desk(
        {"first_response": [{"within": "3h", "counted_in": "calendar_time"}]},
        timezone="Europe/Paris",
    )
    sent = dt.datetime(2026, 10, 24, 22 + hour % 2, 30, tzinfo=dt.UTC) + dt.timedelta(hours=hour)
    found = only(track(policy, log({"at": sent, "kind": "submitted"}), sent))
    assert found.due_at == compute_deadline(policy, sent, department="desk").due_at


def test_two_changes_of_one_instant_leave_no_stretch_between_them() -> None:
    rules = [{"when": {"priority": [name]}, **HOURS} for name in ("urgent", "low")]
    gold = {"when": {"attributes": {"plan": ["gold"]}}, **HOURS}
    policy = desk({"resolution": [gold, *rules], "changes": "carry"})
    talk = [
        event("7 10:00 priority", to="low"),
        event("7 10:00 attributes", to={"plan": "gold"}),
    ]
    found = only(status(policy, "7 12:00", *talk, priority="urgent"))
    assert [(short(each.start), short(each.end)) for each in found.stretches] == [
        ("7 09:00", "7 10:00"),
        ("7 10:00", "7 12:00"),
    ]


@pytest.mark.parametrize("when", ["8 10:00", "8 10:30", "8 11:00", "8 12:00"])
def test_a_warning_before_a_pause_stays_there_when_the_clock_has_gone_on(when: str) -> None:
    rule = {**HOLDING, "warn_at": ["90m before", "1h before", "30m before"]}
    pause = ("7 16:00 paused", "8 10:00 resumed")
    found = only(status(desk({"resolution": [rule]}), when, *pause))
    # Seven of the eight hours were counted before the pause, the last one from ten o'clock on.
    assert [short(each.at) for each in found.warnings] == ["7 15:30", "8 10:00", "8 10:30"]


def test_a_round_does_not_show_which_plan_its_promise_was_first_asked_for() -> None:
    rule = {"when": {"attributes": {"plan": ["gold", "basic"]}}, **HOURS}
    one, two = (desk({"resolution": [rule]}) for _ in range(2))
    first = only(status(one, "7 12:00", attributes={"plan": "gold"}))
    assert only(status(two, "7 12:00", attributes={"plan": "basic"})) == first


def test_every_change_of_clocks_in_a_round_of_years_is_a_step_of_no_time() -> None:
    rule = {"within": "1h", "counted_in": "calendar_time"}
    policy = desk({"resolution": [rule]}, timezone="Europe/Paris")
    sent = dt.datetime(2024, 1, 8, 9, tzinfo=dt.UTC)
    found = only(track(policy, log({"at": sent, "kind": "submitted"}), at("7 12:00")))
    changes = [step for step in found.steps if step.duration == dt.timedelta(0)]
    assert [f"{step.start:%Y-%m-%d} {step.reasons[0].kind}" for step in changes] == [
        "2024-03-31 clock_forward",
        "2024-10-27 clock_back",
        "2025-03-30 clock_forward",
        "2025-10-26 clock_back",
        "2026-03-29 clock_forward",
    ]
