"""What `compute_deadline` refuses, and what the refusal names."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest

from builders import (
    NoOffset,
    Stamp,
    policy,
    when,
)
from support_sla import (
    InstantError,
    NaiveInstantError,
    NotAModelError,
    NotAnInstantError,
    NoTargetError,
    SupportSlaError,
    UnknownChannelError,
    UnknownDepartmentError,
    UnknownPriorityError,
    compute_deadline,
)
from vietnam_desk import (
    AZDIGI,
    MONDAY,
    ask,
    at,
    business_time,
    due,
    shown,
)


def test_a_department_that_is_not_there_is_named_with_those_that_are() -> None:
    with pytest.raises(UnknownDepartmentError, match="'sales' .* 'billing', 'technical'") as caught:
        compute_deadline(AZDIGI, MONDAY, department="sales")
    assert isinstance(caught.value, LookupError)


def test_a_channel_that_is_not_there_is_named_with_those_that_are_and_the_advice() -> None:
    with pytest.raises(UnknownChannelError, match="'phone'; use one of 'ticket', 'chat'") as caught:
        compute_deadline(AZDIGI, MONDAY, department="technical", channel="phone")
    assert "its advice: Technical problems are not solved by phone" in str(caught.value)
    assert isinstance(caught.value, LookupError)


def test_a_channel_of_a_department_without_advice_is_refused_without_any() -> None:
    with pytest.raises(UnknownChannelError) as caught:
        ask(policy(), MONDAY, channel="fax")
    assert "advice" not in str(caught.value)


def test_a_priority_that_is_not_declared_is_named_with_those_that_are() -> None:
    with pytest.raises(UnknownPriorityError, match="'urgent' .* 'low', 'high'") as caught:
        ask(policy(priorities=["low", "high"]), MONDAY, priority="urgent")
    assert isinstance(caught.value, LookupError)
    with pytest.raises(UnknownPriorityError, match="leave it out, none is declared"):
        ask(policy(), MONDAY, priority="high")


@pytest.mark.parametrize("value", ["azdigi", {"name": "a desk"}, None])
def test_what_is_no_policy_is_refused_with_the_way_out(value: Any) -> None:
    with pytest.raises(NotAModelError, match="load it first with load_policy") as caught:
        ask(value, MONDAY)
    assert repr(value) in str(caught.value)
    assert isinstance(caught.value, TypeError)


@pytest.mark.parametrize("value", [[], {}, 7, None])
def test_a_name_of_a_wrong_type_is_a_name_that_is_not_there(value: Any) -> None:
    with pytest.raises(UnknownDepartmentError):
        compute_deadline(policy(), MONDAY, department=value)
    with pytest.raises(UnknownChannelError):
        ask(policy(), MONDAY, channel=value)


@pytest.mark.parametrize("value", [[], {}, 7, ""])
def test_a_priority_of_a_wrong_type_is_not_declared(value: Any) -> None:
    with pytest.raises(UnknownPriorityError):
        ask(policy(priorities=["low"]), MONDAY, priority=value)


@pytest.mark.parametrize(
    ("text", "opens"),
    [
        # Chat: Mo-Sa around the clock. Sunday 1 March opens on Monday; Tet 2026 on 21 February.
        pytest.param("2026-02-28 23:59", "2026-02-28 23:59:00", id="open: the submission itself"),
        pytest.param("2026-03-01 00:00", "2026-03-02 00:00:00", id="closed for a Sunday"),
        pytest.param("2026-02-16 12:00", "2026-02-21 00:00:00", id="closed for Tet"),
    ],
)
def test_a_line_without_a_target_says_so_and_when_it_opens(text: str, opens: str) -> None:
    with pytest.raises(NoTargetError, match="no published target") as caught:
        compute_deadline(AZDIGI, at(text), department="technical", channel="chat")
    assert opens == shown(caught.value.opens_at)
    assert f"it opens at {opens}+07:00" in str(caught.value)
    assert "its advice: Technical help by live chat is discouraged" in str(caught.value)
    assert isinstance(caught.value, LookupError)


def test_a_line_for_unanswered_tickets_says_how_long_they_wait() -> None:
    with pytest.raises(NoTargetError, match="for a ticket left unanswered for 5h"):
        compute_deadline(AZDIGI, MONDAY, department="billing", channel="phone")


def test_a_line_without_advice_gives_none() -> None:
    line = policy(channel={"hours": {"schedule": "office"}})
    with pytest.raises(
        NoTargetError, match=r"no deadline; it opens at 2026-03-02 09:00:00\+07:00$"
    ):
        ask(line, MONDAY)


def test_a_priority_without_a_rule_is_named_with_those_that_have_one() -> None:
    line = policy(when(priority=("high",), name="urgent"), priorities=["low", "high"])
    assert "urgent" == ask(line, MONDAY, priority="high").target.name
    for priority in ("low", None):
        with pytest.raises(
            NoTargetError, match=f"priority {priority!r}; .*pass one of 'high' as its"
        ) as caught:
            ask(line, at("2026-03-01 09:00"), priority=priority)
        assert "2026-03-02 08:00:00" == shown(caught.value.opens_at)


def test_a_date_without_a_rule_is_refused_with_a_way_out_that_exists() -> None:
    line = policy(business_time("sunday", "1h", "Su"))
    with pytest.raises(NoTargetError, match="no rule that matches") as caught:
        ask(line, MONDAY)
    assert "2026-03-02 09:00:00" == shown(caught.value.opens_at)
    assert "one of none" not in str(caught.value)


def test_the_same_line_refuses_and_answers_by_date() -> None:
    line = policy(business_time("sunday", "1h", "Su"))
    assert ("2026-03-02 09:00:00", "sunday") == due(line, at("2026-03-01 12:00"))
    with pytest.raises(NoTargetError):
        due(line, at("2026-03-02 00:00"))


class Whole(datetime):
    """A datetime whose nanoseconds are zero."""

    nanosecond = 0


@pytest.mark.parametrize(
    ("value", "error", "builtin", "says"),
    [
        pytest.param(
            datetime(2026, 3, 2, 9),
            NaiveInstantError,
            ValueError,
            r"submitted_at=datetime\(2026-03-02 09:00:00\) has no time zone; .*ZoneInfo",
            id="naive",
        ),
        pytest.param(
            datetime(2026, 3, 2, 9, tzinfo=NoOffset()),
            NaiveInstantError,
            ValueError,
            "has no time zone",
            id="a zone without an offset",
        ),
        pytest.param(
            Stamp(2026, 3, 2, 9), NaiveInstantError, ValueError, r"Stamp\(2026", id="naive subclass"
        ),
        pytest.param(
            "2026-03-02T09:00:00", NaiveInstantError, ValueError, "no offset", id="naive text"
        ),
        pytest.param("2026-03-02", NaiveInstantError, ValueError, "no offset", id="a date's text"),
        pytest.param("tomorrow", InstantError, ValueError, "'tomorrow' is not an ISO", id="words"),
        pytest.param("", InstantError, ValueError, "'' is not an ISO", id="nothing"),
        pytest.param("2026-02-30T09:00Z", InstantError, ValueError, "02-30", id="no such date"),
        pytest.param("2026-03-02T25:00Z", InstantError, ValueError, "T25", id="no such hour"),
        pytest.param(
            "2026-03-02T09:00:00.0000001Z",
            InstantError,
            ValueError,
            "below the microsecond",
            id="too many digits",
        ),
        pytest.param(
            Stamp(2026, 3, 2, 9, tzinfo=UTC),
            InstantError,
            ValueError,
            "below the microsecond",
            id="a nanosecond",
        ),
        pytest.param(date(2026, 3, 2), NotAnInstantError, TypeError, "type date", id="a date"),
        pytest.param(1_772_442_000, NotAnInstantError, TypeError, "type int", id="a number"),
        pytest.param(None, NotAnInstantError, TypeError, "type NoneType", id="None"),
        pytest.param(b"2026-03-02T09:00Z", NotAnInstantError, TypeError, "bytes", id="bytes"),
    ],
)
def test_what_is_no_instant_is_refused_by_name(
    value: Any, error: type[SupportSlaError], builtin: type[Exception], says: str
) -> None:
    with pytest.raises(error, match=says) as caught:
        ask(policy(), value)
    assert isinstance(caught.value, builtin)
    assert "submitted_at" in str(caught.value)


@pytest.mark.parametrize(
    "value",
    [
        "2026-03-02T09:00:00.000000000+07:00",
        "2026-03-02T09:00:00.000000+07:00",
        "2026-03-02T09+07:00",
        Whole(2026, 3, 2, 2, tzinfo=UTC),
        datetime(2026, 3, 2, 2, tzinfo=timezone(timedelta(0))),
    ],
    ids=repr,
)
def test_what_loses_nothing_is_an_instant(value: datetime | str) -> None:
    assert "2026-03-02 09:00:00" == shown(ask(policy(), value).submitted_at)
