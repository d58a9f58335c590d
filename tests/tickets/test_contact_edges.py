"""Contact options at clock changes, past the covered years, and for what is refused."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

import pytest

from builders import calendar, calendar_data, day_data, policy
from support_sla import (
    InstantError,
    InstantOutOfRangeError,
    NaiveInstantError,
    NotAModelError,
    NotAnInstantError,
    SupportSlaError,
    UnknownChannelError,
    UnknownDepartmentError,
    YearsNotCoveredError,
)
from support_sla.tickets.contact import contact_options

if TYPE_CHECKING:
    from collections.abc import Callable
from contacts import NOW, SENT, ask, at, desks, option, shown

# --- Clock changes ---


@pytest.mark.parametrize(
    ("sent", "usable_from"),
    [
        ("2026-03-08T00:00:00-05:00", "2026-03-08T06:00:00-04:00"),
        ("2026-11-01T00:00:00-04:00", "2026-11-01T04:00:00-05:00"),
    ],
)
def test_the_wait_is_real_time_over_a_clock_change(sent: str, usable_from: str) -> None:
    line = desks(timezone="America/New_York")
    found = option(ask(sent, sent, line, department="desk"), "desk/phone").usable_from
    assert usable_from == (found and found.isoformat())


@pytest.mark.parametrize(
    ("now", "usable"),
    [
        ("2026-11-01T01:29:00-04:00", False),
        ("2026-11-01T01:30:00-04:00", True),
        ("2026-11-01T01:15:00-05:00", True),
    ],
)
def test_in_a_repeated_hour_the_second_reading_is_later(now: str, usable: bool) -> None:
    line = desks(timezone="America/New_York", wait="1h")
    found = ask("2026-11-01T00:30:00-04:00", now, line, department="desk")
    assert usable == option(found, "desk/phone").is_usable


def test_answers_at_the_two_readings_of_a_repeated_hour_differ() -> None:
    line = desks(timezone="America/New_York")
    first, second = (
        ask(None, f"2026-11-01T01:30:00{offset}", line, department="desk")
        for offset in ("-04:00", "-05:00")
    )
    assert first.now == second.now
    assert first != second
    assert first.options[0] != second.options[0]


def test_answers_while_closed_at_the_two_readings_of_a_repeated_hour_differ_by_now_alone() -> None:
    chat = {"hours": {"schedule": "office"}}
    line = policy(channel=chat, timezone="America/New_York")  # Mo-Fr; 1 November 2026 is a Sunday
    first, second = (
        ask(None, f"2026-11-01T01:30:00{offset}", line, department="desk")
        for offset in ("-04:00", "-05:00")
    )
    assert first.options == second.options
    assert first != second


# --- Beyond the years that the calendars know ---


KNOWN: dict[str, Any] = {
    "calendars": {"known": calendar_data()}
}  # all of 2026, without any special day


@pytest.mark.parametrize(
    ("now", "step", "opens", "closes"),
    [
        # Thursday 31 December 2026.
        ("12-31 17:00", -1, "12-31 16:59:59.999999", "12-31 17:00:00"),
        ("12-31 17:00", 0, None, None),
        ("12-31 17:00", 1, None, None),
    ],
)
def test_a_line_opens_no_more_in_the_years_it_knows_and_says_which_is_the_last(
    now: str, step: int, opens: str | None, closes: str | None
) -> None:
    line = desks(hours="Mo-Fr 09:00-17:00", **KNOWN)
    found = option(ask(at("12-30 10:00"), at(now, step), line, department="desk"), "desk/phone")
    assert (opens, closes, 2026, opens is not None, "12-30 15:00:00") == (
        shown(found.opens_at),
        shown(found.closes_at),
        found.last_known_year,
        found.is_usable,
        shown(found.usable_from),
    )


@pytest.mark.parametrize(
    ("step", "usable_from"),
    [(-1, "12-31 23:59:59.999999"), (0, None), (1, None)],
)
def test_a_wait_that_ends_beyond_the_known_years_ends_in_no_instant(
    step: int, usable_from: str | None
) -> None:
    sent = at("12-31 19:00", step)
    found = option(ask(sent, sent, desks(**KNOWN), department="desk"), "desk/phone")
    assert (usable_from, 2026, None) == (
        shown(found.usable_from),
        found.last_known_year,
        found.closes_at,
    )


@pytest.mark.parametrize(
    ("sent", "now"),
    [
        pytest.param(None, "2027-01-01T00:00:00+07:00", id="now after them"),
        pytest.param(None, "2025-12-31T23:59:59+07:00", id="now before them"),
        pytest.param(
            "2025-12-31T18:59:59+07:00", "2026-01-01T00:00:00+07:00", id="a wait that ends before"
        ),
    ],
)
def test_a_question_outside_the_known_years_is_refused_by_the_calendar_s_name(
    sent: str | None, now: str
) -> None:
    with pytest.raises(YearsNotCoveredError, match="'known'") as caught:
        ask(sent, now, desks(**KNOWN), department="desk")
    assert (2026, 2026) == (caught.value.first, caught.value.last)


def test_a_wait_that_began_before_the_known_years_may_end_in_them() -> None:
    found = ask(
        "2025-12-31T19:00:00+07:00",
        "2026-01-01T00:00:00+07:00",
        desks(**KNOWN),
        department="desk",
    )
    assert "01-01 00:00:00" == shown(option(found, "desk/phone").usable_from)


def test_a_submission_before_the_known_years_of_a_line_without_a_wait_is_refused() -> None:
    line = policy(channel={"hours": {"schedule": "office", "observes": ["known"]}}, **KNOWN)
    with pytest.raises(YearsNotCoveredError, match="'known'"):
        ask("2025-12-31T10:00:00+07:00", at("01-02 10:00"), line, department="desk")


def test_a_line_of_one_special_day_is_offered_after_it_too() -> None:
    line = policy(
        channel={"hours": {"schedule": "never", "observes": ["own"]}},
        schedules={"never": "off"},
        calendars={"own": calendar(day_data(open="09:00-12:00"))},
    )
    (before,), (after,) = (
        contact_options(line, None, at(now), department="desk").options
        for now in ("05-04 10:00", "05-06 10:00")
    )
    assert ("05-05 09:00:00", None) == (shown(before.opens_at), shown(after.opens_at))


def test_a_wait_that_no_calendar_can_count_is_never_over() -> None:
    found = ask(at("06-08 10:00"), at("06-08 10:00"), desks(wait="99999999h"), department="desk")
    phone = option(found, "desk/phone")
    assert (None, None, False) == (phone.usable_from, phone.next_usable_at, phone.is_usable)


def test_a_line_that_opens_only_after_the_last_year_there_is_opens_no_more() -> None:
    chat = policy(channel={"hours": {"schedule": "office"}}, timezone="UTC")
    (found,) = ask(None, "9997-12-31T21:59:59Z", chat, department="desk")
    assert (None, None) == (found.opens_at, found.usable_from)


# --- What is refused ---


@pytest.mark.parametrize(
    ("sent", "answered", "now", "shown_text"),
    [
        pytest.param(
            SENT, None, at("06-08 10:00", -1), "now=2026-06-08 09:59:59.999999", id="now first"
        ),
        pytest.param(
            SENT, at("06-08 10:00", -1), NOW, "is before submitted_at=2026", id="answered first"
        ),
        pytest.param(
            SENT, at("06-08 12:00", 1), NOW, "is before answered_at=2026", id="answered later"
        ),
        pytest.param(None, SENT, NOW, "given without submitted_at", id="answered, never sent"),
    ],
)
def test_instants_that_cannot_follow_each_other_are_refused(
    sent: Any, answered: Any, now: Any, shown_text: str
) -> None:
    with pytest.raises(InstantError, match=shown_text) as caught:
        ask(sent, now, answered_at=answered)
    assert isinstance(caught.value, ValueError)


@pytest.mark.parametrize("answered", [None, SENT])
def test_all_may_happen_at_one_instant(answered: datetime | None) -> None:
    assert SENT == ask(SENT, SENT, answered_at=answered).now


def test_the_order_is_that_of_instants_and_not_of_wall_clocks() -> None:
    line = desks(timezone="America/New_York")
    first, second = "2026-11-01T01:30:00-04:00", "2026-11-01T01:15:00-05:00"
    assert ask(first, second, line, department="desk").options
    with pytest.raises(InstantError, match="now="):
        ask(second, first, line, department="desk")


@pytest.mark.parametrize(
    ("make", "error", "match"),
    [
        (lambda: ask(datetime(2026, 6, 8), NOW), NaiveInstantError, "submitted_at="),
        (lambda: ask(SENT, datetime(2026, 6, 8)), NaiveInstantError, "now="),
        (
            lambda: ask(SENT, NOW, answered_at=datetime(2026, 6, 8)),
            NaiveInstantError,
            "answered_at=",
        ),
        (lambda: ask(SENT, "soon"), InstantError, "now='soon'"),
        (lambda: ask(SENT, None), NotAnInstantError, "now is no instant"),  # type: ignore[arg-type]
        (lambda: ask(3, NOW), NotAnInstantError, "submitted_at is no instant"),  # type: ignore[arg-type]
        (lambda: ask(SENT, NOW, department="sales"), UnknownDepartmentError, "'sales'"),
        (lambda: ask(None, NOW, department=["sales"]), UnknownDepartmentError, "sales"),
        (lambda: ask(SENT, NOW, channel="phone"), UnknownChannelError, "its advice: Technical"),
        (lambda: ask(SENT, NOW, "azdigi"), NotAModelError, "load it first"),  # type: ignore[arg-type]
        (lambda: ask("0001-01-01T00:00:00+23:00", NOW), InstantOutOfRangeError, "instant=-6"),
        (lambda: ask(None, "9999-12-31T23:59:59-23:00"), InstantOutOfRangeError, "instant=2"),
    ],
)
def test_what_is_no_question_is_refused_as_a_deadline_s_is(
    make: Callable[[], object], error: type[SupportSlaError], match: str
) -> None:
    with pytest.raises(error, match=match):
        make()


def test_without_a_ticket_its_channel_is_not_read() -> None:
    line = policy(departments={"desk": {"channels": {"chat": {"hours": {"schedule": "office"}}}}})
    found = contact_options(line, None, NOW, department="desk")
    assert (None, ["chat"]) == (found.channel, [each.channel for each in found])
