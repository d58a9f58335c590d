"""Eight tickets whose figures were worked by hand, as `docs/how-to/eight-tickets.md` shows them.

The policy is read from the page, so the page and the test cannot part. 7 September 2026 is a Monday,
and Tuesday the 15th is off.
"""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from typing import Any

import pytest

from places import ROOT
from support_sla import Policy, Round, TicketLog, TicketStatus, languages, load_policy, track

PAGE = (ROOT / "docs" / "how-to" / "eight-tickets.md").read_text("utf-8")
HOUR = dt.timedelta(hours=1)
TICK = dt.timedelta(microseconds=1)
CUSTOMER, AGENT = {"by": "customer"}, {"by": "agent"}


def policy_of_page(**channel: str) -> Policy:
    """Return the policy of the page, with other keys of its line for tickets."""
    match = re.search(r'TEXT = """\n(.*?)"""', PAGE, re.DOTALL)
    assert match is not None
    data = tomllib.loads(match[1])
    data["departments"]["help"]["channels"]["ticket"].update(channel)
    return load_policy(data)


POLICY = policy_of_page()


def at(text: str) -> dt.datetime:
    """Return an instant of September 2026 on the desk's clock, from `day hh:mm`."""
    day, time = text.split()
    return dt.datetime.fromisoformat(f"2026-09-{day}T{time}+02:00")


def log(line: str, *rows: tuple[str, str, dict[str, Any]]) -> TicketLog:
    department, channel = line.split("/")
    events = [{"at": at(when), "kind": kind, **rest} for when, kind, rest in rows]
    return TicketLog(department, channel, events)


def stand(told: TicketLog, now: str, policy: Policy = POLICY) -> TicketStatus:
    """Return the status, proved, and told in every language."""
    status = track(policy, told, at(now))
    assert status.verify()
    assert status.verify(status.to_dict())
    for language in languages():
        assert status.explain(language)
        assert status.explain(language, long=True)
    assert str(status)
    return status


def figures(each: Round | None) -> dict[str, Any]:
    assert each is not None
    return {
        "state": each.state,
        "due": each.due_at,
        "used": each.elapsed,
        "left": each.remaining,
        "paused_for": each.paused_for,
        "breached": each.breached_at,
    }


def expected(
    state: str,
    due: str,
    used: float,
    left: float,
    *,
    paused_for: float = 0,
    breached: str | None = None,
) -> dict[str, Any]:
    return {
        "state": state,
        "due": at(due),
        "used": used * HOUR,
        "left": left * HOUR,
        "paused_for": paused_for * HOUR,
        "breached": None if breached is None else at(breached) + TICK,
    }


def warned(each: Round | None) -> list[tuple[str, dt.datetime | None, bool]]:
    assert each is not None
    return [(warning.name, warning.at, warning.passed) for warning in each.warnings]


def test_ticket_1_a_first_response_is_given_the_next_morning() -> None:
    told = log(
        "help/ticket",
        ("07 16:30", "submitted", {"priority": "normal"}),
        ("08 11:00", "replied", AGENT),
    )
    status = stand(told, "08 12:00")
    # half an hour of Monday, and three and a half of Tuesday
    assert figures(status.first_response) == expected("met", "08 12:30", 2.5, 1.5)
    assert warned(status.first_response) == [("75 %", at("08 11:30"), False)]
    # 16 hours: half an hour, eight, seven and a half
    assert figures(status.resolution) == expected("running", "09 16:30", 3.5, 12.5)
    assert warned(status.resolution) == [
        ("50 %", at("08 16:30"), False),
        ("1h before", at("09 15:30"), False),
    ]
    assert status.changes_at == at("08 16:30")
    assert status.next_response is None
    assert status.state("next_response") == "waiting"


PAUSED = log(
    "help/ticket",
    ("10 15:00", "submitted", {"priority": "normal", "status": "open"}),
    ("11 10:30", "replied", AGENT),
    ("11 14:00", "replied", AGENT),
    ("11 14:00", "status", {"to": "pending"}),
    ("14 10:00", "replied", CUSTOMER),
    ("14 10:00", "status", {"to": "open"}),
    ("14 11:00", "replied", AGENT),
)


def test_ticket_2_a_pause_over_a_weekend_gives_back_its_open_time() -> None:
    status = stand(PAUSED, "16 10:00")
    assert figures(status.first_response) == expected("met", "11 11:00", 3.5, 0.5)
    assert figures(status.next_response) == expected("met", "14 12:00", 1, 1)
    assert figures(status.resolution) == expected("running", "16 11:00", 15, 1, paused_for=4)
    assert warned(status.resolution) == [
        ("50 %", at("14 11:00"), True),
        ("1h before", at("16 10:00"), True),
    ]
    assert status.changes_at == at("16 11:00") + TICK


def test_ticket_2_on_saturday_is_projected_as_if_it_were_resumed_now() -> None:
    status = stand(PAUSED, "12 12:00")
    assert figures(status.resolution) == expected("paused", "16 10:00", 7, 9, paused_for=3)
    assert status.resolution is not None
    assert status.resolution.projected
    assert status.changes_at is None


LOWERED = log(
    "help/ticket",
    ("07 09:00", "submitted", {"priority": "urgent"}),
    ("07 09:40", "replied", AGENT),
    ("07 15:00", "priority", {"to": "normal"}),
    ("08 16:00", "resolved", {}),
)


def test_ticket_3_a_lowered_priority_does_not_take_a_breach_back() -> None:
    before = stand(LOWERED, "07 14:00")
    assert figures(before.first_response) == expected("met", "07 10:00", 2 / 3, 1 / 3)
    assert figures(before.resolution) == expected(
        "breached", "07 13:00", 5, -1, breached="07 13:00"
    )
    lowered = stand(LOWERED, "08 12:00")
    assert figures(lowered.first_response) == figures(before.first_response)
    assert figures(lowered.resolution) == expected(
        "breached", "08 17:00", 11, 5, breached="07 13:00"
    )
    done = stand(LOWERED, "08 16:00")
    assert figures(done.resolution) == expected("met_late", "08 17:00", 15, 1, breached="07 13:00")


REOPENED = log(
    "help/ticket",
    ("09 10:00", "submitted", {"priority": "normal"}),
    ("09 10:30", "replied", AGENT),
    ("09 15:00", "resolved", {}),
    ("10 09:30", "replied", CUSTOMER),
    ("10 10:00", "reopened", {}),
    ("10 11:00", "replied", AGENT),
    ("10 16:00", "resolved", {}),
    ("11 09:00", "replied", CUSTOMER),
    ("11 09:00", "reopened", {}),
    ("11 09:30", "replied", AGENT),
    ("11 15:00", "resolved", {}),
)


def test_ticket_4_reopened_twice_goes_on_where_it_stopped() -> None:
    status = stand(REOPENED, "11 16:00")
    (only,) = status.rounds_of("resolution")
    assert figures(only) == expected("met_late", "11 14:00", 17, -1, breached="11 14:00")
    assert only.overrun == HOUR
    assert [(part.kind, part.start, part.end) for part in only.stretches] == [
        ("running", at("09 10:00"), at("09 15:00")),
        ("resolved", at("09 15:00"), at("10 10:00")),
        ("running", at("10 10:00"), at("10 16:00")),
        ("resolved", at("10 16:00"), at("11 09:00")),
        ("running", at("11 09:00"), at("11 15:00")),
    ]
    first, second = status.rounds_of("next_response")
    assert first.started_at == at("10 10:00")
    assert figures(first) == expected("met", "10 12:00", 1, 1)
    assert figures(second) == expected("met", "11 11:00", 0.5, 1.5)
    assert len(status.rounds_of("first_response")) == 1


def test_ticket_4_where_a_reopening_begins_a_round() -> None:
    status = stand(REOPENED, "11 16:00", policy_of_page(reopened="new"))
    rounds = [figures(each) for each in status.rounds_of("resolution")]
    assert rounds == [
        expected("met", "11 10:00", 5, 11),
        expected("met", "14 10:00", 6, 10),
        expected("met", "14 17:00", 6, 10),
    ]


def test_ticket_4_where_the_first_resolution_is_final() -> None:
    status = stand(REOPENED, "11 16:00", policy_of_page(reopened="final"))
    (only,) = status.rounds_of("resolution")
    assert figures(only) == expected("met", "11 10:00", 5, 11)


IMPATIENT = log(
    "help/ticket",
    ("14 09:00", "submitted", {"priority": "normal"}),
    ("14 09:30", "replied", AGENT),
    ("14 14:00", "replied", CUSTOMER),
    ("14 15:30", "replied", CUSTOMER),
    ("16 09:30", "replied", AGENT),
    ("16 09:45", "replied", AGENT),
    ("16 10:00", "replied", CUSTOMER),
)


def test_ticket_5_the_oldest_message_that_waits_decides() -> None:
    late = stand(IMPATIENT, "14 16:30")
    assert figures(late.next_response) == expected(
        "breached", "14 16:00", 2.5, -0.5, breached="14 16:00"
    )
    status = stand(IMPATIENT, "16 10:30")
    first, second = status.rounds_of("next_response")
    assert figures(first) == expected("met_late", "14 16:00", 3.5, -1.5, breached="14 16:00")
    assert figures(second) == expected("running", "16 12:00", 0.5, 1.5)


def silent(channel: str) -> TicketLog:
    return log(
        f"help/{channel}",
        ("07 10:00", "submitted", {"status": "open"}),
        ("07 12:00", "replied", AGENT),
        ("07 18:00", "status", {"to": "pending"}),
        ("08 10:00", "status", {"to": "open"}),
        ("08 14:00", "replied", {"by": "agent", "automatic": True}),
        ("09 02:00", "replied", AGENT),
    )


def test_ticket_6_an_update_that_pauses_and_one_that_does_not() -> None:
    pausable, periodic = (stand(silent(line), "08 13:00") for line in ("project", "watch"))
    assert figures(pausable.update_every) == expected("running", "09 04:00", 9, 15, paused_for=16)
    assert figures(periodic.update_every) == expected(
        "breached", "08 12:00", 25, -1, breached="08 12:00"
    )
    pausable, periodic = (stand(silent(line), "09 03:00") for line in ("project", "watch"))
    first, second = pausable.rounds_of("update_every")
    assert figures(first) == expected("met", "09 04:00", 22, 2, paused_for=16)
    assert figures(second) == expected("running", "10 02:00", 1, 23)
    first, second = periodic.rounds_of("update_every")
    assert figures(first) == expected("met_late", "08 12:00", 38, -14, breached="08 12:00")
    assert figures(second) == expected("running", "10 02:00", 1, 23)


@pytest.mark.parametrize(
    ("channel", "due", "used", "left"),
    [
        ("recounted", "09 09:00", 10.5, 1.5),
        ("carried", "09 08:00", 11.5, 0.5),
        ("restarted", "10 11:00", 0.5, 11.5),
    ],
)
def test_ticket_7_is_handed_over_as_the_new_line_says(
    channel: str, due: str, used: float, left: float
) -> None:
    told = log(
        "help/ticket",
        ("07 13:00", "submitted", {"priority": "normal"}),
        ("07 14:00", "replied", AGENT),
        ("08 16:00", "moved", {"department": "workshop", "channel": channel}),
    )
    before = stand(told, "08 15:00")
    assert figures(before.resolution) == expected("running", "09 13:00", 10, 6)
    status = stand(told, "09 07:30")
    assert figures(status.first_response) == expected("met", "07 17:00", 1, 3)
    assert figures(status.resolution) == expected("running", due, used, left)
    assert status.resolution is not None
    is_anew = channel == "restarted"
    assert status.resolution.started_at == at("08 16:00" if is_anew else "07 13:00")
    assert status.resolution.started_by == ("moved" if is_anew else "submitted")


def test_ticket_8_a_business_day_and_a_promise_between_colleagues() -> None:
    told = log(
        "help/letter",
        ("14 10:00", "submitted", {}),
        ("14 11:00", "assigned", {"department": "workshop", "channel": "bench"}),
        ("14 14:00", "paused", {"reason": "on_hold"}),
        ("16 08:00", "resumed", {"reason": "on_hold"}),
        ("16 12:30", "assigned", {}),
        ("16 16:00", "replied", AGENT),
    )
    status = stand(told, "16 12:00")
    assert figures(status.first_response) == expected("running", "16 17:00", 10, 5)
    assert status.first_response is not None
    assert status.first_response.amount == 15 * HOUR
    assert warned(status.first_response) == [("50 %", at("16 09:30"), True)]
    (bench,) = status.internal
    assert figures(bench.resolution) == expected("running", "16 13:00", 7, 1, paused_for=2)
    assert status.changes_at == at("16 13:00") + TICK
    done = stand(told, "16 16:00")
    assert figures(done.first_response) == expected("met", "16 17:00", 14, 1)
    (bench,) = done.internal
    assert figures(bench.resolution) == expected("met", "16 13:00", 7.5, 0.5, paused_for=2)
    assert bench.resolution is not None
    assert bench.resolution.stopped_by == "assigned"
    assert "bench" not in done.explain()
    assert "bench" in done.explain(long=True)
