"""What starts, pauses, stops and re-arms each clock of a ticket, and what `track` refuses."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from typing import Any

import pytest

from support_sla import (
    InstantError,
    LogError,
    NaiveInstantError,
    NotAModelError,
    Policy,
    PolicyHistory,
    TicketLog,
    UnknownAttributeError,
    UnknownChannelError,
    UnknownDepartmentError,
    UnknownPriorityError,
    UnknownStatusError,
    YearsNotCoveredError,
    compute_deadline,
    load_policy,
    track,
)
from tickets import AROUND, HOURS, at, desk, event, log, only, proved, rounds, short, status

ALL = {
    "first_response": [HOURS],
    "next_response": [HOURS],
    "update_every": [HOURS],
    "resolution": [HOURS],
}
FIRST = {"first_response": [HOURS]}
NEXT = {"first_response": [HOURS], "next_response": [HOURS]}
UPDATES = {"update_every": [HOURS]}
SOLVED = {"resolution": [HOURS]}


def ending(policy: Policy, *events: Any, **sent: Any) -> Any:
    """Return how a ticket stands at the last of its events."""
    made = log(*events, **sent)
    return proved(track(policy, made, made.events[-1].at))


# --- The first response ---


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        (["7 10:00 agent"], ("met", "7 09:00", "7 10:00")),
        ([event("7 10:00 agent", public=False)], ("running", "7 09:00", None)),
        ([event("7 10:00 agent", automatic=True)], ("running", "7 09:00", None)),
        (["7 10:00 customer"], ("running", "7 09:00", None)),
        ([event("7 10:00 status", to="pending")], ("running", "7 09:00", None)),
        (["7 10:00 assigned"], ("running", "7 09:00", None)),
        (["7 10:00 resolved"], ("met", "7 09:00", "7 10:00")),
        (["7 10:00 closed"], ("met", "7 09:00", "7 10:00")),
        (["7 10:00 agent", "7 11:00 agent"], ("met", "7 09:00", "7 10:00")),
    ],
)
def test_the_first_response_is_stopped_by_a_public_reply_of_a_person_or_the_end(
    events: list[Any], expected: tuple[str, str, str | None]
) -> None:
    assert rounds(ending(desk(FIRST), *events), "first_response") == [expected]


def test_the_first_response_to_a_ticket_of_the_desk_starts_at_the_first_message() -> None:
    sent = event("7 09:00 submitted", by="agent")
    found = ending(desk(FIRST), sent, "7 10:00 agent", "7 11:00 customer", "7 12:00 customer")
    assert rounds(found, "first_response") == [("running", "7 11:00", None)]


def test_nothing_is_owed_for_a_ticket_of_the_desk_until_the_customer_writes() -> None:
    found = ending(desk(ALL), event("7 09:00 submitted", by="agent"), "7 10:00 agent")
    assert found.first_response is None
    assert found.state("first_response") == "waiting"


def test_an_automatic_message_of_the_customer_starts_nothing() -> None:
    sent = event("7 09:00 submitted", by="agent")
    found = ending(desk(FIRST), sent, event("7 10:00 customer", automatic=True))
    assert found.rounds == ()


def test_the_first_response_is_owed_once_also_after_a_reopening() -> None:
    found = ending(desk(NEXT), "7 10:00 resolved", "7 11:00 reopened", "7 12:00 customer")
    assert rounds(found, "first_response") == [("met", "7 09:00", "7 10:00")]
    assert rounds(found, "next_response") == [("running", "7 12:00", None)]


def test_a_ticket_resolved_before_the_customer_wrote_owes_no_first_response_later() -> None:
    sent = event("7 09:00 submitted", by="agent")
    found = ending(desk(NEXT), sent, "7 10:00 resolved", "7 11:00 reopened", "7 12:00 customer")
    assert found.first_response is None
    assert rounds(found, "next_response") == [("running", "7 12:00", None)]


# --- The next response ---


def test_the_next_response_waits_for_the_first() -> None:
    found = ending(desk(NEXT), "7 10:00 customer")
    assert (found.state("first_response"), found.state("next_response")) == ("running", "waiting")


def test_the_oldest_unanswered_message_decides() -> None:
    found = ending(desk(NEXT), "7 10:00 agent", "7 11:00 customer", "7 12:00 customer")
    assert rounds(found, "next_response") == [("running", "7 11:00", None)]


def test_each_answered_message_has_a_round_of_its_own() -> None:
    talk = [
        "7 10:00 agent",
        "7 11:00 customer",
        "7 12:00 agent",
        "7 13:00 agent",
        "7 14:00 customer",
    ]
    found = ending(desk(NEXT), *talk)
    expected = [("met", "7 11:00", "7 12:00"), ("running", "7 14:00", None)]
    assert rounds(found, "next_response") == expected
    assert [each.number for each in found.rounds_of("next_response")] == [1, 2]


def test_a_line_that_promises_no_first_response_owes_the_next_from_the_submission() -> None:
    found = ending(desk({"next_response": [HOURS]}), "7 10:00 customer", "7 11:00 agent")
    assert rounds(found, "next_response") == [("met", "7 09:00", "7 11:00")]


def test_a_resolution_stops_the_next_response() -> None:
    found = ending(desk(NEXT), "7 10:00 agent", "7 11:00 customer", "7 12:00 resolved")
    assert rounds(found, "next_response") == [("met", "7 11:00", "7 12:00")]
    assert found.next_response.stopped_by == "resolved"


@pytest.mark.parametrize(
    ("meanwhile", "expected"),
    [
        (["7 11:00 customer"], [("running", "7 13:00", None)]),
        (["7 11:00 customer", "7 12:00 agent"], []),
        (["7 11:00 agent", "7 12:00 customer"], [("running", "7 13:00", None)]),
        ([], []),
    ],
)
def test_a_message_while_resolved_is_owed_an_answer_from_the_reopening_on(
    meanwhile: list[str], expected: list[Any]
) -> None:
    found = ending(desk(NEXT), "7 10:00 resolved", *meanwhile, "7 13:00 reopened")
    assert rounds(found, "next_response") == expected


@pytest.mark.parametrize(
    ("sent", "changed", "expected"),
    [
        ("urgent", None, "waiting"),
        ("low", None, "running"),
        ("urgent", event("7 10:00 priority", to="low"), "running"),
        ("low", event("7 10:00 priority", to="urgent"), "running"),
    ],
)
def test_a_ticket_that_is_promised_no_first_response_is_owed_the_next_since_its_message(
    sent: str, changed: dict[str, Any] | None, expected: str
) -> None:
    line = {"first_response": [URGENT], "next_response": [HOURS]}
    found = status(desk(line), "7 11:00", *([changed] if changed else []), priority=sent)
    assert found.state("next_response") == expected
    if found.next_response is not None:
        assert found.next_response.started_at == at("7 09:00")


URGENT = {"when": {"priority": ["urgent"]}, **HOURS}


def test_a_ticket_moved_to_a_line_without_a_first_response_is_owed_the_next_since_its_message() -> (
    None
):
    moved = event("7 11:00 moved", department="desk", channel="other")
    policy = with_other(desk(NEXT), {"next_response": [HOURS]})
    found = ending(policy, moved)
    assert rounds(found, "next_response") == [("running", "7 09:00", None)]


# --- Updates ---


def test_an_update_is_owed_after_each_public_reply_of_a_person() -> None:
    talk = [
        "7 10:00 agent",
        "7 11:00 customer",
        event("7 12:00 agent", public=False),
        "7 13:00 agent",
    ]
    found = ending(desk(UPDATES), *talk)
    expected = [("met", "7 10:00", "7 13:00"), ("running", "7 13:00", None)]
    assert rounds(found, "update_every") == expected


def test_no_update_is_owed_before_the_first_reply() -> None:
    assert ending(desk(UPDATES), "7 10:00 customer").state("update_every") == "waiting"


# --- The resolution, and reopening ---


def test_replies_never_touch_the_resolution_and_closing_a_resolved_ticket_keeps_its_figures() -> (
    None
):
    found = ending(desk(SOLVED), "7 10:00 agent", "7 11:00 resolved", "8 11:00 closed")
    assert rounds(found, "resolution") == [("met", "7 09:00", "7 11:00")]
    assert (found.resolution.stopped_by, found.resolution.elapsed) == (
        "resolved",
        dt.timedelta(hours=2),
    )


@pytest.mark.parametrize(
    ("reopened", "expected"),
    [
        ("resume", [("running", "7 09:00", None)]),
        ("new", [("met", "7 09:00", "7 10:00"), ("running", "7 12:00", None)]),
        ("final", [("met", "7 09:00", "7 10:00")]),
    ],
)
def test_a_reopened_ticket_resumes_starts_anew_or_stays_as_it_was(
    reopened: str, expected: list[Any]
) -> None:
    found = ending(desk({**SOLVED, "reopened": reopened}), "7 10:00 resolved", "7 12:00 reopened")
    assert rounds(found, "resolution") == expected


def test_the_time_for_which_a_ticket_was_resolved_is_cut_out_and_is_no_pause() -> None:
    found = status(desk(SOLVED), "7 14:00", "7 10:00 resolved", "7 12:00 reopened").resolution
    assert found is not None
    assert (found.elapsed, found.paused_for) == (dt.timedelta(hours=3), dt.timedelta(0))
    assert short(found.due_at) == "8 11:00"


def test_reopening_twice_cuts_out_both_times() -> None:
    talk = ["7 10:00 resolved", "7 12:00 reopened", "7 13:00 closed", "7 15:00 reopened"]
    found = status(desk(SOLVED), "7 16:00", *talk).resolution
    assert found is not None
    assert found.elapsed == dt.timedelta(hours=3)


@pytest.mark.parametrize(
    ("reopened", "expected"),
    [
        ("resume", [("running", "7 10:00", None)]),
        ("new", [("met", "7 10:00", "7 11:00"), ("running", "7 12:00", None)]),
        ("final", [("met", "7 10:00", "7 11:00")]),
    ],
)
def test_updates_go_on_after_a_reopening_as_the_resolution_does(
    reopened: str, expected: list[Any]
) -> None:
    line = {**UPDATES, "reopened": reopened}
    found = ending(desk(line), "7 10:00 agent", "7 11:00 resolved", "7 12:00 reopened")
    assert rounds(found, "update_every") == expected


def test_an_update_given_while_resolved_makes_the_next_one_due_from_the_reopening() -> None:
    talk = ["7 10:00 agent", "7 11:00 resolved", "7 12:00 agent", "7 13:00 reopened"]
    expected = [("met", "7 10:00", "7 11:00"), ("running", "7 13:00", None)]
    assert rounds(ending(desk(UPDATES), *talk), "update_every") == expected
    without = ["7 11:00 resolved", "7 12:00 agent", "7 13:00 reopened"]
    assert rounds(ending(desk(UPDATES), *without), "update_every") == [("running", "7 13:00", None)]


def test_no_update_is_owed_any_more_once_reopening_is_final() -> None:
    line = {**UPDATES, "reopened": "final"}
    found = ending(desk(line), "7 10:00 resolved", "7 11:00 reopened", "7 12:00 agent")
    assert found.rounds == ()


def test_what_changes_nothing_is_accepted() -> None:
    same = event("7 10:00 moved", department="desk", channel="ticket")
    twice = ["7 10:30 resolved", "7 11:00 resolved", "7 12:00 reopened", "7 13:00 reopened"]
    found = ending(desk(SOLVED), same, *twice)
    assert rounds(found, "resolution") == [("running", "7 09:00", None)]


# --- Pauses ---

PAUSING = {"resolution": [{**HOURS, "pauses_on": ["pending", "on_hold"]}]}


@pytest.mark.parametrize(
    ("events", "elapsed", "paused_for"),
    [
        ([], "3h", "0h"),
        ([event("7 10:00 status", to="pending")], "1h", "2h"),
        ([event("7 10:00 status", to="pending"), event("7 11:00 status", to="open")], "2h", "1h"),
        (["7 10:00 paused", "7 11:00 resumed"], "2h", "1h"),
        (
            [
                event("7 10:00 status", to="pending"),
                "7 10:30 paused",
                event("7 11:00 status", to="open"),
            ],
            "1h",
            "2h",
        ),
        ([event("7 10:00 status", to="open")], "3h", "0h"),
    ],
)
def test_a_pause_is_in_force_while_any_of_its_reasons_is(
    events: list[Any], elapsed: str, paused_for: str
) -> None:
    found = only(status(desk(PAUSING), "7 12:00", *events))
    hours = [int(text[:-1]) for text in (elapsed, paused_for)]
    assert [found.elapsed, found.paused_for] == [dt.timedelta(hours=each) for each in hours]


def test_a_ticket_created_in_a_pausing_status_is_paused_from_the_start() -> None:
    found = only(status(desk(PAUSING), "7 12:00", status="pending"))
    assert (found.state, found.elapsed) == ("paused", dt.timedelta(0))


def test_a_pause_outside_the_hours_takes_no_time() -> None:
    pause = ["7 18:00 paused", "8 08:00 resumed"]
    found = only(status(desk(PAUSING), "8 10:00", *pause))
    assert (found.paused_for, short(found.due_at)) == (dt.timedelta(0), "7 17:00")


@pytest.mark.parametrize(
    ("when", "due", "projected"),
    [("7 10:00", "7 17:00", True), ("7 11:00", "8 10:00", True), ("8 09:00", "8 16:00", True)],
)
def test_the_due_of_a_paused_round_is_where_it_would_be_if_it_went_on_now(
    when: str, due: str, *, projected: bool
) -> None:
    found = only(status(desk(PAUSING), when, "7 10:00 paused"))
    assert (short(found.due_at), found.projected) == (due, projected)


def test_a_breach_stays_while_paused() -> None:
    found = only(status(desk(PAUSING), "8 10:00", "8 09:30 paused"))
    assert (found.state, found.paused, found.projected) == ("breached", True, False)
    assert short(found.breached_at) == "7 17:00:00.000001"


def test_a_rule_pauses_on_nothing_unless_it_says_so() -> None:
    found = only(status(desk(SOLVED), "7 12:00", "7 10:00 paused"))
    assert (found.state, found.elapsed) == ("running", dt.timedelta(hours=3))


# --- The verdict ---


@pytest.mark.parametrize(
    ("when", "state", "changes"),
    [
        ("7 16:59:59.999999", "running", "7 17:00:00.000001"),
        ("7 17:00", "running", "7 17:00:00.000001"),
        ("7 17:00:00.000001", "breached", None),
    ],
)
def test_a_promise_is_kept_at_its_due_and_broken_one_microsecond_later(
    when: str, state: str, changes: str | None
) -> None:
    found = status(desk(FIRST), when)
    assert (only(found).state, short(found.changes_at)) == (state, changes)


@pytest.mark.parametrize(
    ("answered", "state"),
    [("7 16:59:59.999999", "met"), ("7 17:00", "met"), ("7 17:00:00.000001", "met_late")],
)
def test_an_answer_at_the_due_is_in_time(answered: str, state: str) -> None:
    assert only(ending(desk(FIRST), f"{answered} agent")).state == state


def test_a_late_answer_outside_the_hours_has_no_overrun() -> None:
    found = only(ending(desk(FIRST), "7 20:00 agent"))
    assert (found.state, found.overrun, found.remaining) == (
        "met_late",
        dt.timedelta(0),
        dt.timedelta(0),
    )


def test_a_zero_promise_is_due_at_its_start_and_all_of_it_has_passed() -> None:
    found = only(status(desk({"resolution": [{**HOURS, "within": "0m"}]}), "7 09:00"))
    assert (short(found.due_at), found.percent, found.state) == ("7 09:00", Fraction(1), "running")


@pytest.mark.parametrize(
    ("when", "ticking"), [("7 08:00", False), ("7 09:00", True), ("7 17:00", False)]
)
def test_a_clock_ticks_within_its_hours_alone_and_runs_outside_them_too(
    when: str, *, ticking: bool
) -> None:
    found = only(status(desk(FIRST), when, event("7 07:00 submitted")))
    assert (found.state, found.ticking) == ("running", ticking)


def test_a_clock_of_calendar_time_always_ticks() -> None:
    assert only(status(desk({"resolution": [AROUND]}), "7 09:00")).ticking


# --- Changes on the way ---

BY_PRIORITY = [
    {"when": {"priority": ["urgent"]}, "within": "2h", "counted_in": "business_time"},
    {"when": {"priority": ["low"]}, **HOURS},
]


@pytest.mark.parametrize(
    ("changes", "started", "due", "elapsed"),
    [
        ("from_start", "7 09:00", "7 17:00", 4),
        ("carry", "7 09:00", "7 17:00", 4),
        ("restart", "7 12:00", "8 12:00", 1),
    ],
)
def test_a_change_of_priority_measures_from_the_start_or_from_the_change(
    changes: str, started: str, due: str, elapsed: int
) -> None:
    line = {"resolution": BY_PRIORITY, "changes": changes}
    lowered = event("7 12:00 priority", to="low")
    found = only(status(desk(line), "7 13:00", lowered, priority="urgent"))
    assert (short(found.started_at), short(found.due_at)) == (started, due)
    assert found.elapsed == dt.timedelta(hours=elapsed)


@pytest.mark.parametrize("changes", ["from_start", "carry", "restart"])
def test_a_promise_broken_while_it_was_in_force_stays_broken(changes: str) -> None:
    line = {"resolution": BY_PRIORITY, "changes": changes}
    lowered = event("7 12:00 priority", to="low")
    found = only(status(desk(line), "7 13:00", lowered, priority="urgent"))
    assert (found.state, short(found.breached_at)) == ("breached", "7 11:00:00.000001")


def test_a_promise_that_is_past_when_it_comes_into_force_is_broken_then() -> None:
    raised = event("7 12:00 priority", to="urgent")
    found = only(status(desk({"resolution": BY_PRIORITY}), "7 13:00", raised, priority="low"))
    assert (short(found.due_at), short(found.breached_at)) == ("7 11:00", "7 12:00")


def test_no_rule_any_more_is_no_error() -> None:
    changed = event("7 12:00 priority", to=None)
    found = only(status(desk({"resolution": BY_PRIORITY}), "7 13:00", changed, priority="low"))
    assert (found.state, found.target, found.due_at, found.percent) == ("none", None, None, None)
    again = [changed, event("7 12:30 priority", to="low")]
    found = only(status(desk({"resolution": BY_PRIORITY}), "7 13:00", *again, priority="low"))
    assert (found.state, short(found.due_at)) == ("running", "7 17:00")


def with_other(policy: Policy, line: dict[str, Any]) -> Policy:
    """Return a policy with a line `desk/other` on the late hours."""
    data = policy.model_dump()
    data["departments"]["desk"]["channels"]["other"] = {"hours": {"schedule": "late"}, **line}
    return load_policy(data)


@pytest.mark.parametrize(
    ("changes", "elapsed", "due"),
    [("from_start", 2, "7 20:00"), ("carry", 5, "7 17:00"), ("restart", 2, "7 20:00")],
)
def test_a_hand_over_counts_in_the_new_hours_or_each_stretch_in_its_own(
    changes: str, elapsed: int, due: str
) -> None:
    policy = with_other(desk(SOLVED), {**SOLVED, "changes": changes})
    moved = event("7 12:00 moved", department="desk", channel="other")
    found = status(policy, "7 14:00", moved)
    assert (found.channel, only(found).elapsed) == ("other", dt.timedelta(hours=elapsed))
    assert short(only(found).due_at) == due


def test_attributes_change_the_rule_as_a_priority_does() -> None:
    gold = {
        "when": {"attributes": {"plan": ["gold"]}},
        "within": "2h",
        "counted_in": "business_time",
    }
    policy = desk({"resolution": [gold, HOURS]})
    upgraded = event("7 10:00 attributes", to={"plan": "gold"})
    assert short(only(status(policy, "7 10:00", upgraded)).due_at) == "7 11:00"
    back = [upgraded, event("7 10:30 attributes", to={"plan": None})]
    found = status(policy, "7 10:30", *back, attributes={"plan": "basic"})
    assert (short(only(found).due_at), found.attributes) == ("7 17:00", {})


# --- Internal lines ---


def assigned(text: str, channel: str | None = "team") -> dict[str, Any]:
    line = {} if channel is None else {"department": "desk", "channel": channel}
    return event(f"{text} assigned", **line)


def test_an_internal_line_runs_from_its_assignment_to_the_next_one_or_the_end() -> None:
    policy = desk(SOLVED)
    found = ending(policy, assigned("7 10:00"), assigned("7 11:00"), assigned("7 12:00", None))
    (team,) = found.internal
    assert rounds(proved(team), "resolution") == [("met", "7 10:00", "7 12:00")]
    assert (team.department, team.channel, team.resolution.stopped_by) == (
        "desk",
        "team",
        "assigned",
    )
    assert rounds(found, "resolution") == [("running", "7 09:00", None)]
    found = ending(policy, assigned("7 10:00"), "7 11:00 resolved")
    assert rounds(found.internal[0], "resolution") == [("met", "7 10:00", "7 11:00")]


def test_an_assignment_while_resolved_begins_at_the_reopening() -> None:
    talk = ["7 10:00 resolved", assigned("7 11:00"), "7 12:00 reopened"]
    assert rounds(ending(desk(SOLVED), *talk).internal[0], "resolution") == [
        ("running", "7 12:00", None)
    ]
    talk = ["7 10:00 resolved", assigned("7 11:00"), assigned("7 12:00", None)]
    assert ending(desk(SOLVED), *talk).internal == ()


def test_an_internal_line_takes_over_what_the_ticket_is_in() -> None:
    data = desk(SOLVED).model_dump()
    data["departments"]["desk"]["channels"]["team"]["resolution"] = PAUSING["resolution"]
    found = track(load_policy(data), log("7 09:30 paused", assigned("7 10:00")), at("7 12:00"))
    assert only(found.internal[0]).paused
    assert found.holds == ("on_hold",)


# --- Warnings and what comes next ---


def test_the_next_change_is_the_next_warning_or_the_due() -> None:
    line = {"resolution": [{**HOURS, "warn_at": ["50 %", "1h before", "2h after"]}]}
    seen = [
        short(status(desk(line), when).changes_at) for when in ("7 09:00", "7 13:00", "7 16:00")
    ]
    assert seen == ["7 13:00", "7 16:00", "7 17:00:00.000001"]
    assert short(status(desk(line), "7 18:00").changes_at) == "8 11:00"
    assert status(desk(line), "8 11:00").changes_at is None


def test_while_paused_nothing_changes_by_itself() -> None:
    line = {"resolution": [{**PAUSING["resolution"][0], "warn_at": ["50 %"]}]}
    assert status(desk(line), "7 12:00", "7 10:00 paused").changes_at is None
    reached = status(desk(line), "7 17:00", "7 17:00 paused")
    assert short(reached.changes_at) == "7 17:00:00.000001"


@pytest.mark.parametrize(
    ("when", "changes"),
    [("7 08:00", "7 09:00"), ("7 09:00", "7 17:00"), ("7 17:30", "8 09:00")],
)
def test_openings_and_closings_count_on_request(when: str, changes: str) -> None:
    policy = desk({"resolution": [{**HOURS, "within": "40h"}]})
    made = log(event("7 07:00 submitted"))
    assert short(track(policy, made, at(when), openings=True).changes_at) == changes


def test_without_an_end_of_the_hours_no_closing_is_awaited() -> None:
    policy = desk({"resolution": [AROUND]})
    assert (
        short(track(policy, log(), at("7 10:00"), openings=True).changes_at) == "7 17:00:00.000001"
    )


# --- Versions ---


def test_the_version_in_force_at_the_submission_decides_unless_another_is_asked_for() -> None:
    old, new = desk(SOLVED), desk({"resolution": [{**HOURS, "within": "2h"}]})
    history = PolicyHistory([(at("1 00:00"), old), (at("7 09:30"), new)])
    found = track(history, log(), at("7 10:00"))
    later = track(history, log(), at("7 10:00"), as_of=at("7 10:00"))
    assert [short(only(each).due_at) for each in (found, later)] == ["7 17:00", "7 11:00"]


def test_another_version_is_asked_for_of_a_history_alone() -> None:
    with pytest.raises(InstantError, match="PolicyHistory"):
        track(desk(SOLVED), log(), at("7 10:00"), as_of=at("7 10:00"))


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        ([], False),
        (["7 10:00 resolved"], True),
        (["7 10:00 closed", "7 11:00 customer"], True),
        (["7 10:00 resolved", "7 11:00 reopened"], False),
    ],
)
def test_a_status_says_whether_the_ticket_is_resolved(events: list[str], *, expected: bool) -> None:
    found = status(desk({}), "7 12:00", *events)
    assert (found.is_resolved, found.to_dict()["is_resolved"]) == (expected, expected)
    assert ("resolved" in str(found).splitlines()[0]) is expected


def test_a_ticket_is_told_in_the_zone_of_the_department_that_it_is_with() -> None:
    data = desk(SOLVED).model_dump()
    line = {"hours": {"schedule": "office"}, **SOLVED}
    data["departments"]["abroad"] = {"timezone": "Asia/Ho_Chi_Minh", "channels": {"ticket": line}}
    moved = event("7 10:00 moved", department="abroad", channel="ticket")
    policy = load_policy(data)
    before = track(policy, log(moved), at("7 09:30"))
    after = proved(track(policy, log(moved), at("7 11:00")))
    assert (str(before.now.tzinfo), str(after.now.tzinfo)) == ("UTC", "Asia/Ho_Chi_Minh")
    assert only(after).started_at == at("7 09:00")
    assert str(only(after).started_at.tzinfo) == "Asia/Ho_Chi_Minh"
    assert "time zone Asia/Ho_Chi_Minh" in after.explain()


# --- What is refused ---


def test_events_after_now_are_not_looked_at() -> None:
    made = log("7 10:00 agent", "7 11:00 resolved")
    assert rounds(track(desk(ALL), made, at("7 10:30")), "resolution") == [
        ("running", "7 09:00", None)
    ]
    assert rounds(track(desk(ALL), made, at("7 11:00")), "resolution") == [
        ("met", "7 09:00", "7 11:00")
    ]


REFUSED: list[tuple[str, list[Any], type[Exception], str]] = [
    ("a priority", [event("7 10:00 priority", to="high")], UnknownPriorityError, "events[1]"),
    ("a status", [event("7 10:00 status", to="waiting")], UnknownStatusError, "events[1]"),
    ("a hold", [event("7 10:00 paused", reason="parts")], UnknownStatusError, "events[1]"),
    (
        "an attribute",
        [event("7 10:00 attributes", to={"tier": "1"})],
        UnknownAttributeError,
        "events[1]",
    ),
    (
        "an attribute taken away",
        [event("7 10:00 attributes", to={"plam": None})],
        UnknownAttributeError,
        "events[1]",
    ),
    (
        "a value",
        [event("7 10:00 attributes", to={"plan": "1"})],
        UnknownAttributeError,
        "events[1]",
    ),
    (
        "a line",
        [event("7 10:00 moved", department="desk", channel="fax")],
        UnknownChannelError,
        "events[1]",
    ),
    (
        "a move inside",
        [event("7 10:00 moved", department="desk", channel="team")],
        LogError,
        "internal",
    ),
    ("an assignment out", [assigned("7 10:00", "ticket")], LogError, "not internal"),
    ("an unknown team", [assigned("7 10:00", "night")], UnknownChannelError, "events[1]"),
    (
        "a sent priority",
        [event("7 09:00 submitted", priority="high")],
        UnknownPriorityError,
        "events[0]",
    ),
    ("a sent status", [event("7 09:00 submitted", status="new")], UnknownStatusError, "events[0]"),
]


@pytest.mark.parametrize(
    ("events", "error", "said"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED]
)
def test_names_that_the_policy_does_not_have_are_refused_with_their_event(
    events: list[Any], error: type[Exception], said: str
) -> None:
    with pytest.raises(error) as raised:
        ending(desk(ALL), *events)
    assert said in str(raised.value)
    assert raised.value.index in {0, 1}  # type: ignore[attr-defined]


def test_a_policy_that_declares_no_statuses_reads_none() -> None:
    policy = desk(SOLVED, statuses=[])
    assert status(policy, "7 10:00", status="anything").status == "anything"


def test_a_log_of_another_policy_s_line_is_refused() -> None:
    with pytest.raises(UnknownDepartmentError):
        track(desk(), TicketLog("sales", "ticket", [event("7 09:00 submitted")]), at("7 10:00"))
    with pytest.raises(UnknownChannelError):
        track(desk(), TicketLog("desk", "fax", [event("7 09:00 submitted")]), at("7 10:00"))
    with pytest.raises(LogError, match="internal"):
        track(desk(), TicketLog("desk", "team", [event("7 09:00 submitted")]), at("7 10:00"))


def test_now_may_be_the_submission_and_not_before_it() -> None:
    assert only(status(desk(SOLVED), "7 09:00")).elapsed == dt.timedelta(0)
    with pytest.raises(InstantError, match="before submitted_at"):
        status(desk(SOLVED), "7 08:59:59.999999")


def test_what_is_no_policy_no_log_and_no_instant_is_refused() -> None:
    with pytest.raises(NotAModelError):
        track("azdigi", log(), at("7 10:00"))  # type: ignore[arg-type]
    with pytest.raises(LogError, match="no TicketLog"):
        track(desk(), {"events": []}, at("7 10:00"))  # type: ignore[arg-type]
    with pytest.raises(NaiveInstantError):
        track(desk(), log(), "2026-09-07T10:00:00")


def test_a_log_without_statuses_is_refused_where_a_rule_pauses_unless_it_is_assumed_unpaused() -> (
    None
):
    made = TicketLog("desk", "ticket", [event("7 09:00 submitted")], has_statuses=False)
    with pytest.raises(LogError, match="assume_unpaused=True"):
        track(desk(PAUSING), made, at("7 10:00"))
    found = only(track(desk(PAUSING), made, at("7 10:00"), assume_unpaused=True))
    assert (found.state, found.assumed_unpaused) == ("running", True)
    assert not only(track(desk(SOLVED), made, at("7 10:00"))).assumed_unpaused


def test_a_due_past_the_years_of_the_calendars_is_refused() -> None:
    calendars = {
        "off": {"days": [{"date": "2026-01-01", "name": "New Year"}], "years": [2026, 2026]}
    }
    line = {
        "hours": {"schedule": "office", "observes": ["off"]},
        "resolution": [{**HOURS, "within": "2000h"}],
    }
    with pytest.raises(YearsNotCoveredError):
        status(desk(line, calendars=calendars), "7 10:00")


@pytest.mark.parametrize(
    "metric", ["first_response", "next_response", "update_every", "resolution"]
)
def test_a_round_that_runs_undisturbed_has_the_figures_of_a_deadline(metric: Any) -> None:
    line = {metric: [{"within": "1 business day", "by": "12:00"}]}
    events = ["7 10:00 agent"] if metric == "update_every" else []
    policy = desk(line)
    found = only(status(policy, "8 10:00", *events))
    deadline = compute_deadline(policy, found.started_at, department="desk", metric=metric)
    now = at("8 10:00")
    assert (found.due_at, found.starts_at) == (deadline.due_at, deadline.starts_at)
    assert (found.elapsed, found.remaining) == (deadline.elapsed(now), deadline.remaining(now))
    assert (found.state == "breached") is deadline.is_late(now)
