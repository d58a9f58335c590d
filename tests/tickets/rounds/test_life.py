"""What starts and stops a clock after a reopening, and what a promise carried back and forth counts."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from support_sla import load_policy, track
from tickets import HOURS, at, desk, event, log, only, proved, rounds, short, status

HOUR = dt.timedelta(hours=1)
ONE_HOUR = {"within": "1h", "counted_in": "business_time"}
URGENT = {"when": {"priority": ["urgent"]}, **HOURS, "earliest": "2h"}


def test_a_ticket_once_reopened_for_good_starts_nothing_on_another_line_either() -> None:
    data = desk({"resolution": [HOURS], "reopened": "final"}).model_dump()
    channels = data["departments"]["desk"]["channels"]
    channels["chat"] = {**channels["ticket"], "reopened": "new"}
    talk: list[Any] = ["7 10:00 resolved", "7 11:00 reopened"]
    talk += [event("7 12:00 moved", department="desk", channel="chat")]
    talk += ["7 13:00 resolved", "7 14:00 reopened"]
    found = proved(track(load_policy(data), log(*talk), at("7 15:00")))
    assert rounds(found, "resolution") == [("met", "7 09:00", "7 10:00")]


def test_a_message_that_waited_for_the_reopening_is_broken_from_its_due_on() -> None:
    talk = ["7 10:00 resolved", "7 10:30 customer", "7 11:00 reopened"]
    _, found = status(desk({"next_response": [ONE_HOUR]}), "7 14:00", *talk).rounds
    assert (short(found.started_at), short(found.due_at)) == ("7 11:00", "7 12:00")
    assert short(found.breached_at) == "7 12:00:00.000001"


def test_an_earliest_answer_that_is_carried_leaves_out_what_no_rule_promised() -> None:
    line = {"first_response": [URGENT], "changes": "carry"}
    talk = [event("7 10:00 priority", to="low"), event("7 11:00 priority", to="urgent")]
    found = only(status(desk(line), "7 11:30", *talk, priority="urgent"))
    assert (short(found.earliest_at), found.elapsed) == ("7 12:00", 1.5 * HOUR)


def test_the_earliest_answer_of_a_due_that_is_shared_moves_with_a_pause() -> None:
    monday = {"when": {"days": ["Mo"]}, "within": "30h", "counted_in": "calendar_time"}
    later = {"within": "3h", "counted_in": "business_time"}
    rules = [{**each, "pauses_on": ["on_hold"], "earliest": "2h"} for each in (monday, later)]
    policy = desk({"first_response": rules}, crossing="in_order")
    talk = ["7 09:30 paused", "7 10:30 resumed"]
    found = only(status(policy, "7 16:00", *talk))
    assert (short(found.due_at), short(found.earliest_at)) == ("8 12:00", "7 12:00")


def test_instants_of_a_far_year_are_exact_to_the_microsecond() -> None:
    rule = {**HOURS, "earliest": "1h", "warn_at": ["50 %", "1h before", "1h after"]}
    sent = dt.datetime(9001, 1, 5, 9, 0, 0, 1, tzinfo=dt.UTC)
    assert sent.strftime("%a") == "Mon"
    policy = desk({"first_response": [rule]})
    found = only(proved(track(policy, log({"at": sent, "kind": "submitted"}), sent)))
    night = dt.timedelta(hours=16)
    assert found.earliest_at == sent + HOUR
    assert found.due_at == sent + 8 * HOUR + night
    assert [each.at for each in found.warnings] == [
        sent + 4 * HOUR,
        sent + 7 * HOUR,
        sent + 9 * HOUR + night,
    ]
    assert found.steps == ()


@pytest.mark.parametrize(
    ("when", "breached"),
    [
        ("7 09:59:59.999999", "7 10:00:00.000001"),
        ("7 10:00:00.000001", "7 10:00:00.000001"),
        ("7 11:00", "7 11:00"),
    ],
)
def test_a_message_whose_clock_is_armed_by_a_move_waits_since_it_was_sent(
    when: str, breached: str
) -> None:
    data = desk({"first_response": [HOURS]}).model_dump()
    channels = data["departments"]["desk"]["channels"]
    channels["chat"] = {"hours": {"schedule": "office"}, "next_response": [ONE_HOUR]}
    moved = event(f"{when} moved", department="desk", channel="chat")
    found = proved(track(load_policy(data), log(moved), at("7 12:00")))
    (waits,) = found.rounds_of("next_response")
    assert (short(waits.started_at), short(waits.due_at)) == ("7 09:00", "7 10:00")
    assert short(waits.breached_at) == breached
