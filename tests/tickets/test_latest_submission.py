"""By when to write to be answered by an instant: read off the table, and true on both sides."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import calendar_data, channel_data, day_data, policy, rule_data, when
from support_sla import (
    InstantOutOfRangeError,
    NaiveInstantError,
    NoTargetError,
    Policy,
    UnknownAttributeError,
    YearsNotCoveredError,
    compute_deadline,
    latest_submission,
    load_policy,
)
from support_sla.strategies import policies, submissions
from support_sla.values.instants import since_epoch

AZDIGI = load_policy("azdigi")
MICROSECOND = dt.timedelta(microseconds=1)


def latest(made: Policy, by: str, **names: Any) -> str:
    return latest_submission(made, by, **{"department": "desk", **names}).isoformat()


@pytest.mark.parametrize(
    ("by", "sent"),
    [  # one business hour, Monday to Saturday 08:00 to 17:00
        ("2026-01-12T08:59:59+07:00", "2026-01-10T16:59:59+07:00"),
        ("2026-01-12T09:00:00+07:00", "2026-01-12T08:00:00+07:00"),
        ("2026-01-12T09:00:01+07:00", "2026-01-12T08:00:01+07:00"),
        ("2026-01-12T17:00:00+07:00", "2026-01-12T16:00:00+07:00"),
        ("2026-01-13T07:00:00+07:00", "2026-01-12T16:00:00+07:00"),
        ("2026-02-21T08:00:00+07:00", "2026-02-14T16:00:00+07:00"),  # over Tết
    ],
)
def test_a_request_sent_by_then_is_answered_by_then(by: str, sent: str) -> None:
    assert sent == latest(AZDIGI, by, department="billing")


@pytest.mark.parametrize(
    ("by", "sent"),
    [  # the next business day by its close
        ("2026-09-08T16:59:59+07:00", "2026-09-06T23:59:59.999999+07:00"),
        ("2026-09-08T17:00:00+07:00", "2026-09-07T23:59:59.999999+07:00"),
        ("2026-09-08T17:00:01+07:00", "2026-09-07T23:59:59.999999+07:00"),
    ],
)
def test_a_promise_in_days_is_asked_for_by_midnight(by: str, sent: str) -> None:
    assert sent == latest(policy({"within": "1 business day", "by": "close"}), by)


def test_a_cut_off_is_the_last_instant() -> None:
    made = policy({"within": "0 business days", "by": "close", "cutoff": "16:00"})
    assert "2026-09-08T16:00:00+07:00" == latest(made, "2026-09-08T17:00:00+07:00")


def test_the_answer_may_lie_years_before() -> None:
    closed = [day_data(f"{year}-01-01", name="closed") for year in (2026,)]
    years = {"recurring": [{"name": "closed", "on": "02-02..12-31"}], "years": [2024, 2028]}
    observing = channel_data(hours={"schedule": "office", "observes": ["own"]})
    made = policy(channel=observing, calendars={"own": calendar_data(*closed) | years})
    # Thursday 1 January 2026 is closed, and so are all days back to Friday 31 January 2025.
    assert "2025-01-31T16:00:00+07:00" == latest(made, "2026-01-02T07:00:00+07:00")


@pytest.mark.parametrize(
    ("years", "sent"),
    [(29, "1997"), (30, "1996"), (31, None)],
)
def test_it_looks_back_thirty_years(years: int, sent: str | None) -> None:
    made = policy(rule_data(within=f"{years * 8766}h", counted_in="calendar_time"))
    by = "2026-09-08T12:00:00+07:00"
    if sent is None:
        with pytest.raises(InstantOutOfRangeError, match="too early: no request of the years 1996"):
            latest(made, by)
    else:
        assert latest(made, by).startswith(sent)


def test_no_request_of_the_known_years_is_answered_before_the_first_opening() -> None:
    observing = channel_data(hours={"schedule": "office", "observes": ["own"]})
    made = policy(channel=observing, calendars={"own": {"years": [2026, 2026]}})
    with pytest.raises(YearsNotCoveredError, match="before the first covered year 2026"):
        latest(made, "2026-01-01T08:00:00+07:00")


def test_it_is_asked_with_a_priority_and_attributes() -> None:
    made = policy(
        when(priority=("high",), within="1h", counted_in="calendar_time"),
        {"when": {"attributes": {"plan": ["gold"]}}, **rule_data(within="2h")},
        rule_data(within="4h"),
        priorities=["high"],
        attributes={"plan": ["gold"]},
    )
    by = "2026-09-08T12:00:00+07:00"
    assert "2026-09-08T11:00:00+07:00" == latest(made, by, priority="high")
    assert "2026-09-08T10:00:00+07:00" == latest(made, by, attributes={"plan": "gold"})
    assert "2026-09-08T08:00:00+07:00" == latest(made, by)


def test_a_line_that_promises_nothing_and_names_that_are_none_are_refused() -> None:
    by = "2026-09-08T12:00:00+07:00"
    with pytest.raises(NoTargetError, match="billing/chat"):
        latest(AZDIGI, by, department="billing", channel="chat")
    with pytest.raises(UnknownAttributeError, match="'plan'"):
        latest(AZDIGI, by, department="billing", attributes={"plan": "gold"})
    with pytest.raises(NaiveInstantError, match="answered_by"):
        latest(AZDIGI, "2026-09-08T12:00:00", department="billing")


@given(st.data())
def test_it_is_answered_in_time_and_one_microsecond_later_is_not(data: st.DataObject) -> None:
    """The due of what it gives is not after the instant, and that of the next request is."""
    made = data.draw(policies())
    by = data.draw(submissions(made, line=("desk", "ticket")))
    try:
        sent = latest_submission(made, by, department="desk")
    except (YearsNotCoveredError, InstantOutOfRangeError):
        return
    due = compute_deadline(made, sent, department="desk").due_at
    assert since_epoch(due) <= since_epoch(by)
    after = sent.astimezone(dt.UTC) + MICROSECOND
    try:
        due_after = compute_deadline(made, after, department="desk").due_at
    except YearsNotCoveredError:  # by a rule whose calendar starts later, or ends before the answer
        return
    if since_epoch(after) <= since_epoch(by):
        assert since_epoch(due_after) > since_epoch(by)


def test_a_request_whose_answer_the_calendars_leave_unknown_is_passed_over() -> None:
    """The default's calendar starts in 2026; before that only mornings have an answer."""
    early = rule_data(when={"time": "00:00-12:00"}, hours={"schedule": "always"})
    observing = channel_data(
        hours={"schedule": "office", "observes": ["own"]}, first_response=[early, rule_data()]
    )
    made = policy(
        channel=observing,
        calendars={"own": {"years": [2026, 2026]}},
        schedules={"office": "Mo-Fr 08:00-17:00", "always": "24/7"},
    )
    sent = latest(made, "2026-01-01T00:30:00+07:00")
    assert sent.startswith("2025-12-31T11:59:59.999999")
    with pytest.raises(YearsNotCoveredError):
        compute_deadline(made, "2025-12-31T12:00:00+07:00", department="desk")
