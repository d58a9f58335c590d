"""Courses of several legs, over pauses and resolved time; each status here proves itself."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from support_sla import load_policy, track
from tickets import AROUND, HOURS, at, desk, event, log, only, proved, short, status

HOUR = dt.timedelta(hours=1)
LOW = {"when": {"priority": ["low"]}, **HOURS}
URGENT = {"when": {"priority": ["urgent"]}, "within": "2h", "counted_in": "business_time"}


def kinds(found: Any) -> list[tuple[str, str | None, str | None]]:
    return [(each.kind, short(each.start), short(each.end)) for each in only(found).stretches]


def test_a_change_while_resolved_parts_what_is_carried_there() -> None:
    line = {"resolution": [URGENT, LOW], "changes": "carry"}
    talk: list[Any] = ["7 10:00 resolved", event("7 11:00 priority", to="low"), "7 12:00 reopened"]
    found = status(desk(line), "7 13:00", *talk, priority="urgent")
    assert kinds(found) == [
        ("running", "7 09:00", "7 10:00"),
        ("resolved", "7 10:00", "7 11:00"),
        ("resolved", "7 11:00", "7 12:00"),
        ("running", "7 12:00", "7 13:00"),
    ]
    assert only(found).elapsed == 2 * HOUR


def test_a_restart_leaves_out_all_that_lies_before_it() -> None:
    line = {"resolution": [URGENT, LOW], "changes": "restart"}
    talk: list[Any] = ["7 09:30 resolved", "7 10:00 reopened", event("7 11:00 priority", to="low")]
    found = status(desk(line), "7 13:00", *talk, priority="urgent")
    assert kinds(found) == [("running", "7 11:00", "7 13:00")]


def test_a_restart_while_resolved_begins_with_resolved_time() -> None:
    line = {"resolution": [URGENT, LOW], "changes": "restart"}
    talk: list[Any] = ["7 10:00 resolved", event("7 11:00 priority", to="low"), "7 12:00 reopened"]
    found = status(desk(line), "7 13:00", *talk, priority="urgent")
    assert kinds(found) == [("resolved", "7 11:00", "7 12:00"), ("running", "7 12:00", "7 13:00")]


def test_a_change_back_to_what_held_from_the_start_forgets_what_was_carried() -> None:
    back = {"resolution": [LOW], "hours": {"schedule": "office"}, "changes": "from_start"}
    data = desk({"resolution": [LOW], "changes": "carry"}).model_dump()
    data["departments"]["desk"]["channels"]["ticket"] = back
    data["departments"]["desk"]["channels"]["other"] = {
        "resolution": [LOW],
        "hours": {"schedule": "late"},
        "changes": "carry",
    }
    moves = [
        event("7 11:00 moved", department="desk", channel="other"),
        event("7 13:00 moved", department="desk", channel="ticket"),
    ]
    found = proved(track(load_policy(data), log(*moves, priority="low"), at("7 14:00")))
    assert kinds(found) == [("running", "7 09:00", "7 14:00")]
    assert only(found).elapsed == 5 * HOUR


def test_no_promise_from_the_start_is_another_one_than_no_promise_carried_on() -> None:
    data = desk({"resolution": [URGENT], "changes": "carry"}).model_dump()
    channels = data["departments"]["desk"]["channels"]
    channels["other"] = {**channels["ticket"], "changes": "from_start"}
    lowered = event("7 10:00 priority", to="low")
    moved = event("7 11:00 moved", department="desk", channel="other")
    found = proved(track(load_policy(data), log(lowered, moved, priority="urgent"), at("7 12:00")))
    assert kinds(found) == [("unpromised", "7 09:00", "7 12:00")]
    assert only(found).elapsed == 0 * HOUR


@pytest.mark.parametrize("changes", ["from_start", "carry"])
def test_a_promise_that_is_alike_is_carried_on_as_one(changes: str) -> None:
    sundays = {"when": {"priority": ["low"], "days": ["Su"]}, **AROUND}
    line = {"resolution": [sundays, HOURS], "changes": changes}
    found = status(desk(line), "7 12:00", event("7 10:00 priority", to="low"))
    assert kinds(found) == [("running", "7 09:00", "7 12:00")]


def test_a_change_of_what_no_rule_asks_for_changes_nothing() -> None:
    line = {"resolution": [HOURS], "changes": "restart"}
    found = status(desk(line), "7 12:00", event("7 10:00 attributes", to={"plan": "gold"}))
    assert short(only(found).started_at) == "7 09:00"


def test_a_change_after_the_stop_leaves_a_round_as_it_was() -> None:
    line = {"first_response": [URGENT, LOW]}
    talk: list[Any] = ["7 10:00 agent", event("7 11:00 priority", to="low")]
    found = only(status(desk(line), "7 12:00", *talk, priority="urgent"))
    assert (found.amount, found.state) == (2 * HOUR, "met")


def test_of_several_changes_those_up_to_the_stop_decide() -> None:
    line = {"first_response": [URGENT, LOW]}
    talk: list[Any] = [
        event("7 10:00 priority", to="low"),
        "7 10:30 agent",
        event("7 11:00 priority", to="urgent"),
    ]
    found = only(status(desk(line), "7 12:00", *talk, priority="urgent"))
    assert (found.amount, found.state) == (8 * HOUR, "met")


def test_a_warning_before_the_due_of_a_carried_promise_may_lie_in_the_first_leg_or_before_all() -> (
    None
):
    rules = [{**URGENT, "warn_at": ["2h before"]}, {**LOW, "warn_at": ["6h before", "8h before"]}]
    line = {"resolution": rules, "changes": "carry"}
    lowered = event("7 13:00 priority", to="low")
    found = only(status(desk(line), "7 14:00", lowered, priority="urgent"))
    assert [short(each.at) for each in found.warnings] == ["7 11:00", "7 09:00"]


def test_the_same_status_again_is_no_new_state() -> None:
    line = {"resolution": [{**HOURS, "pauses_on": ["pending"]}]}
    talk = [event("7 10:00 status", to="pending"), event("7 11:00 status", to="pending")]
    assert kinds(status(desk(line), "7 12:00", *talk)) == [
        ("running", "7 09:00", "7 10:00"),
        ("paused", "7 10:00", "7 12:00"),
    ]


def test_of_several_states_in_one_instant_the_last_holds() -> None:
    line = {"resolution": [{**HOURS, "pauses_on": ["pending"]}]}
    talk = [event("7 10:00 status", to="pending"), event("7 10:00 status", to="open")]
    assert kinds(status(desk(line), "7 12:00", *talk)) == [("running", "7 09:00", "7 12:00")]


def test_a_due_far_ahead_lies_in_a_later_year() -> None:
    line = {"resolution": [{**HOURS, "within": "3000h", "warn_at": ["2900h before", "50 %"]}]}
    found = only(status(desk(line), "7 10:00"))
    assert found.due_at is not None
    assert (found.due_at.year, found.elapsed) == (2028, HOUR)
    assert found.warnings[1].at is not None
    assert found.warnings[1].at.year == 2027


def test_a_warning_before_a_due_years_ahead_is_found_from_its_due_back() -> None:
    line = {"resolution": [{**HOURS, "within": "10000h", "warn_at": ["8h before"]}]}
    found = only(status(desk(line), "7 10:00"))
    # 10,000 hours are 1,250 days of 8 hours, 250 weeks: closing on a Friday.
    assert found.due_at == dt.datetime(2031, 6, 20, 17, tzinfo=dt.UTC)
    # The last of the days is left from its opening on.
    assert found.warnings[0].at == dt.datetime(2031, 6, 20, 9, tzinfo=dt.UTC)


def test_a_warning_after_the_hours_that_an_earlier_ticket_had_compiled_is_found_too() -> None:
    policy = desk({"resolution": [{**HOURS, "warn_at": ["4h before"]}]})
    ends_of_years = [
        ("2026-12-31", "2027-01-01"),
        ("2027-12-31", "2028-01-03"),
        ("2028-12-29", "2029-01-01"),
        ("2029-12-31", "2030-01-01"),
        ("2030-12-31", "2031-01-01"),
        ("2031-12-31", "2032-01-01"),
    ]
    for last, next_day in ends_of_years:
        sent = dt.datetime.fromisoformat(f"{last}T16:00+00:00")
        found = only(track(policy, log({"at": sent, "kind": "submitted"}), sent))
        # One hour is left of the day, and three before the last four of the next are open.
        assert found.warnings[0].at == dt.datetime.fromisoformat(f"{next_day}T12:00+00:00")


def test_calendar_time_has_its_warnings_and_its_far_dues_too() -> None:
    rule = {**AROUND, "warn_at": ["1h before", "12h before", "1h after"], "pauses_on": ["on_hold"]}
    found = only(
        status(desk({"resolution": [rule]}), "7 13:00", "7 11:00 paused", "7 12:00 resumed")
    )
    assert [short(each.at) for each in found.warnings] == ["7 17:00", "7 09:00", "7 19:00"]
    far = {**AROUND, "warn_at": ["80000000h after"]}
    assert only(status(desk({"resolution": [far]}), "7 13:00")).warnings[0].at is None


def test_before_the_first_opening_nothing_is_counted() -> None:
    calendars = {"off": {"days": [{"date": "2026-12-25", "name": "off"}], "years": [2026, 2027]}}
    line = {"hours": {"schedule": "office", "observes": ["off"]}, "resolution": [HOURS]}
    early = {"at": dt.datetime(2026, 1, 1, 0, 30, tzinfo=dt.UTC), "kind": "submitted"}
    policy = desk(line, calendars=calendars)
    now = dt.datetime(2026, 1, 1, 8, tzinfo=dt.UTC)
    assert only(proved(track(policy, log(early), now))).elapsed == 0 * HOUR
    first = dt.datetime(2026, 1, 1, 10, tzinfo=dt.UTC)
    assert only(proved(track(policy, log(early), first))).elapsed == HOUR


def test_openings_past_the_years_known_are_not_awaited() -> None:
    calendars = {"off": {"days": [{"date": "2026-12-31", "name": "off"}], "years": [2026, 2026]}}
    line = {"hours": {"schedule": "office", "observes": ["off"]}, "resolution": [HOURS]}
    sent = {"at": dt.datetime(2026, 12, 30, 9, tzinfo=dt.UTC), "kind": "submitted"}
    now = dt.datetime(2026, 12, 30, 18, tzinfo=dt.UTC)
    policy = desk(line, calendars=calendars)
    assert track(policy, log(sent), now, openings=True).changes_at is None
    assert only(proved(track(policy, log(sent), now))).elapsed == 8 * HOUR


def test_a_round_without_a_rule_shows_itself_without_a_due() -> None:
    found = only(status(desk({"resolution": [URGENT]}), "7 10:00"))
    assert str(found) == "resolution round 1 none, Mon 2026-09-07 09:00+00:00"


def test_a_promise_that_is_past_when_it_comes_while_resolved_breaks_at_the_reopening() -> None:
    at_once = {"when": {"priority": ["urgent"]}, "within": "0m", "counted_in": "business_time"}
    line = {"resolution": [at_once, LOW], "changes": "carry"}
    talk: list[Any] = [
        "7 10:00 resolved",
        event("7 11:00 priority", to="urgent"),
        "7 12:00 reopened",
    ]
    found = only(status(desk(line), "7 13:00", *talk, priority="low"))
    assert short(found.breached_at) == "7 12:00"


def test_of_several_broken_promises_the_first_is_told() -> None:
    line = {"resolution": [URGENT, LOW]}
    talk = [event("7 12:00 priority", to="low"), event("7 13:00 priority", to="urgent")]
    found = only(status(desk(line), "8 12:00", *talk, priority="urgent"))
    assert short(found.breached_at) == "7 11:00:00.000001"


@pytest.mark.parametrize(
    ("when", "then"), [("7 23:59:59.999999", "8 00:00"), ("8 00:00", "8 01:00:00.000001")]
)
def test_a_calendar_clock_of_a_later_request_begins_to_tick_with_it(when: str, then: str) -> None:
    monday = {"when": {"days": ["Mo"]}, "within": "30h", "counted_in": "calendar_time"}
    line = {"resolution": [monday, {"within": "1h", "counted_in": "calendar_time"}]}
    policy = desk(line, crossing="in_order")
    found = proved(track(policy, log(), at(when), openings=True))
    assert (only(found).ticking, short(found.changes_at)) == (when == "8 00:00", then)
