"""`compute_deadline` by its public face: answers worked by hand at their boundaries."""

from __future__ import annotations

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest

from builders import (
    policy,
    rule_data,
)
from support_sla import (
    compute_deadline,
    load_policy,
)
from vietnam_desk import (
    AZDIGI,
    ask,
    at,
    business_time,
    calendar_time,
    due,
    shown,
)

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")


# --- The face ---


def test_the_five_lines_of_the_face_answer() -> None:
    policy = load_policy("azdigi")
    deadline = compute_deadline(
        policy, "2026-02-15T22:10:00+07:00", department="technical", channel="ticket"
    )
    assert (
        "2026-02-15T22:10:00+07:00",
        "2026-02-15T22:40:00+07:00",
        "2026-02-16T10:10:00+07:00",
        "relaxed_days",
    ) == (
        deadline.starts_at.isoformat(),
        deadline.earliest_at.isoformat() if deadline.earliest_at else None,
        deadline.due_at.isoformat(),
        deadline.target.name,
    )
    assert (
        "is promised an answer by Monday 16 February 2026 at 10:10 at the latest"
        in deadline.explain()
    )
    assert "must be answered by Monday 16 February 2026 at 10:10" in deadline.explain(long=True)


def test_a_deadline_says_what_was_asked() -> None:
    line = policy(rule_data(), priorities=["low", "high"], crossing="overlap")
    found = ask(line, "2026-03-02T02:00:00Z", priority="high")
    assert ("desk", "ticket", "high", "overlap", "2026-03-02 09:00:00") == (
        found.department,
        found.channel,
        found.priority,
        found.crossing,
        shown(found.submitted_at),
    )
    assert line.departments["desk"].channels["ticket"].first_response[0] is found.target
    assert (VIETNAM,) * 3 == (
        found.submitted_at.tzinfo,
        found.starts_at.tzinfo,
        found.due_at.tzinfo,
    )


def test_the_channel_is_the_ticket_unless_told_otherwise() -> None:
    one = compute_deadline(AZDIGI, at("2026-03-02 09:00"), department="technical")
    two = compute_deadline(AZDIGI, at("2026-03-02 09:00"), department="technical", channel="ticket")
    assert one == two


def test_each_channel_and_department_has_its_own_answer() -> None:
    channels = {
        name: {"hours": {"schedule": "office"}, "first_response": [business_time(name, within)]}
        for name, within in (("ticket", "1h"), ("chat", "5m"))
    }
    line = policy(departments={"desk": {"channels": channels}, "lab": {"channels": channels}})
    monday = at("2026-03-02 09:00")
    assert ("2026-03-02 10:00:00", "ticket") == due(line, monday)
    assert ("2026-03-02 09:05:00", "chat") == due(line, monday, channel="chat")
    assert "lab" == ask(line, monday, department="lab").department


# --- One target, at its boundaries ---


OFFICE = policy(rule_data(name="one hour", earliest="30m"))  # Mo-Fr 08:00-17:00, in business time


@pytest.mark.parametrize(
    ("text", "step", "starts", "earliest", "answer"),
    [
        # Friday 6 March 2026 is followed by a closed weekend.
        ("2026-03-06 08:00", -1, "03-06 08:00:00", "03-06 08:30:00", "03-06 09:00:00"),
        ("2026-03-06 08:00", 0, "03-06 08:00:00", "03-06 08:30:00", "03-06 09:00:00"),
        (
            "2026-03-06 08:00",
            1,
            "03-06 08:00:00.000001",
            "03-06 08:30:00.000001",
            "03-06 09:00:00.000001",
        ),
        (
            "2026-03-06 16:00",
            -1,
            "03-06 15:59:59.999999",
            "03-06 16:29:59.999999",
            "03-06 16:59:59.999999",
        ),
        ("2026-03-06 16:00", 0, "03-06 16:00:00", "03-06 16:30:00", "03-06 17:00:00"),
        (
            "2026-03-06 16:00",
            1,
            "03-06 16:00:00.000001",
            "03-06 16:30:00.000001",
            "03-09 08:00:00.000001",
        ),
        (
            "2026-03-06 17:00",
            -1,
            "03-06 16:59:59.999999",
            "03-09 08:29:59.999999",
            "03-09 08:59:59.999999",
        ),
        ("2026-03-06 17:00", 0, "03-09 08:00:00", "03-09 08:30:00", "03-09 09:00:00"),
        ("2026-03-06 17:00", 1, "03-09 08:00:00", "03-09 08:30:00", "03-09 09:00:00"),
    ],
)
def test_business_time_counts_from_the_next_opening_and_is_due_at_closing(
    text: str, step: int, starts: str, earliest: str, answer: str
) -> None:
    found = ask(OFFICE, at(text, step))
    assert tuple(f"2026-{each}" for each in (starts, earliest, answer)) == (
        shown(found.starts_at),
        shown(found.earliest_at),
        shown(found.due_at),
    )


@pytest.mark.parametrize("text", ["2026-03-06 12:00", "2026-03-07 12:00", "2026-12-31 23:30"])
def test_calendar_time_counts_from_the_submission_open_or_closed(text: str) -> None:
    found = ask(policy(calendar_time("plain", "3h", earliest="30m")), at(text))
    assert (timedelta(0), timedelta(minutes=30), timedelta(hours=3)) == tuple(
        instant - at(text)
        for instant in (found.starts_at, found.earliest_at, found.due_at)
        if instant
    )


def test_no_earliest_is_none() -> None:
    assert None is ask(policy(), at("2026-03-06 12:00")).earliest_at


@pytest.mark.parametrize(
    ("earliest", "within", "answer"),
    [
        pytest.param("0m", "1h", "2026-03-09 08:00:00", id="never before counting starts"),
        pytest.param("1h", "1h", "2026-03-09 09:00:00", id="at the due instant at the latest"),
        pytest.param("9h", "9h", "2026-03-09 17:00:00", id="at closing, as the due instant is"),
    ],
)
def test_the_earliest_instant_lies_between_start_and_due(
    earliest: str, within: str, answer: str
) -> None:
    line = policy(business_time("clamped", within, earliest=earliest))
    found = ask(line, at("2026-03-07 12:00"))  # a Saturday
    assert answer == shown(found.earliest_at)
    assert "2026-03-09 08:00:00" == shown(found.starts_at)
    assert found.earliest_at is not None
    assert found.starts_at <= found.earliest_at <= found.due_at


@pytest.mark.parametrize("crossing", ["submission", "overlap", "in_order"])
@pytest.mark.parametrize(
    ("text", "opens"),
    [
        pytest.param("2026-03-06 12:00", "2026-03-06 12:00:00", id="open"),
        pytest.param("2026-03-06 17:00", "2026-03-09 08:00:00", id="at closing"),
        pytest.param("2026-03-07 12:00", "2026-03-09 08:00:00", id="closed"),
    ],
)
def test_a_zero_target_is_due_at_the_submission_and_starts_at_tells_the_next_opening(
    crossing: str, text: str, opens: str
) -> None:
    found = ask(policy(business_time("at once", "0m", earliest="0m"), crossing=crossing), at(text))
    assert (opens, f"{text}:00", f"{text}:00") == (
        shown(found.starts_at),
        shown(found.earliest_at),
        shown(found.due_at),
    )


@pytest.mark.parametrize("crossing", ["submission", "overlap", "in_order"])
def test_a_zero_target_in_calendar_time_is_over_at_once(crossing: str) -> None:
    found = ask(policy(calendar_time("at once", "0m"), crossing=crossing), at("2026-03-07 12:00"))
    assert {"2026-03-07 12:00:00"} == {shown(found.starts_at), shown(found.due_at)}


def test_a_deadline_may_lie_in_another_year() -> None:
    # Friday 1 January 2027 is open: no calendar closes it.
    line = policy(business_time("long", "90h"))
    assert ("2027-01-12 17:00:00", "long") == due(line, at("2026-12-30 08:00"))
    short = policy(business_time("short", "1h"))
    assert ("2027-01-01 08:30:00", "short") == due(short, at("2026-12-31 16:30"))


def test_a_deadline_may_lie_many_years_off() -> None:
    # One hour on Mondays; 2026-03-02 is one, and 520 weeks later is 2036-02-18 ... a Monday.
    line = policy(business_time("slow", "521h"), schedules={"office": "Mo 08:00-09:00"})
    last = date(2026, 3, 2) + timedelta(weeks=520)
    assert (f"{last} 09:00:00", "slow") == due(line, at("2026-03-02 08:00"))
