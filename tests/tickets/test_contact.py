"""`contact_options`: which ways to the desk are there, by hand at every boundary and by counting."""

from __future__ import annotations

import copy
import json
import pickle
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import oracle
from builders import calendar, calendar_data, channel_data, day_data, policy
from in_oracle_words import MICROSECOND, desk_of, utc, years_around
from support_sla import (
    Clock,
    InstantError,
    InstantOutOfRangeError,
    NaiveInstantError,
    NotAModelError,
    NotAnInstantError,
    Policy,
    SupportSlaError,
    UnknownChannelError,
    UnknownDepartmentError,
    YearsNotCoveredError,
    load_policy,
)
from support_sla.strategies import policies, submissions
from support_sla.tickets.contact import contact_options
from support_sla.tickets.contact_options import ContactOption, ContactOptions

if TYPE_CHECKING:
    from collections.abc import Callable

AZDIGI = load_policy("azdigi")
HOUR = timedelta(hours=1)


def at(text: str, step: int = 0) -> datetime:
    """Return an instant of Vietnam in 2026, or so many microseconds beside it."""
    return datetime.fromisoformat(f"2026-{text}+07:00") + step * MICROSECOND


def shown(instant: datetime | None) -> str | None:
    """Return an instant of Vietnam in 2026, whose clocks repeat no hour, so that nothing is hidden."""
    if instant is None:
        return None
    return instant.isoformat(" ").removeprefix("2026-").removesuffix("+07:00")


def ask(
    sent: datetime | str | None, now: datetime | str, line: Policy = AZDIGI, **changes: Any
) -> ContactOptions:
    return contact_options(line, sent, now, **{"department": "technical", **changes})


def option(found: ContactOptions, name: str) -> ContactOption:
    (only,) = [each for each in found if name == f"{each.department}/{each.channel}"]
    return only


def hotline(sent: datetime | None, now: datetime, **changes: Any) -> ContactOption:
    return option(ask(sent, now, **changes), "billing/phone")


# --- Which options there are ---


def test_a_technical_ticket_has_its_own_lines_and_then_the_hotline_of_billing() -> None:
    found = ask(at("02-14 10:00"), at("02-14 14:00"))
    assert ["technical/ticket", "technical/chat", "billing/phone"] == [
        f"{each.department}/{each.channel}" for each in found
    ]


def test_a_billing_ticket_has_the_lines_of_billing_in_the_order_of_the_file() -> None:
    found = ask(at("02-14 10:00"), at("02-14 14:00"), department="billing")
    assert ["billing/ticket", "billing/chat", "billing/phone"] == [
        f"{each.department}/{each.channel}" for each in found
    ]


def test_the_answer_says_what_was_asked_in_the_zone_of_the_policy() -> None:
    found = ask("2026-02-14T03:00:00Z", "2026-02-14T07:00:00Z", answered_at="2026-02-14T04:00:00Z")
    assert ("technical", "ticket", "02-14 10:00:00", "02-14 11:00:00", "02-14 14:00:00") == (
        found.department,
        found.channel,
        shown(found.submitted_at),
        shown(found.answered_at),
        shown(found.now),
    )


def test_the_advice_and_the_labels_are_the_policy_s_texts() -> None:
    technical, billing = (
        ask(None, at("02-14 14:00"), department=name) for name in ("technical", "billing")
    )
    phone = AZDIGI.departments["billing"].channels["phone"]
    assert AZDIGI.departments["technical"].advice is technical.advice
    assert None is billing.advice
    assert (phone.label, phone.advice) == (
        option(technical, "billing/phone").label,
        option(technical, "billing/phone").advice,
    )


def test_a_line_without_texts_has_none() -> None:
    (only,) = contact_options(policy(), None, at("03-02 09:00"), department="desk")
    assert (None, None) == (only.label, only.advice)


# --- From when the hotline may be called: Mo-Sa 09:00-17:00, five hours after the ticket ---

# Saturday 14 February 2026 is followed by a Sunday and by Tet, Monday 16 to Friday 20 February.
# Sunday 26 April was the Hung Kings' day, so Monday 27 was off; Thursday 30 April and Friday 1 May
# are holidays. Sunday 7 June lies among ordinary days.


@pytest.mark.parametrize("department", ["billing", "technical"])
@pytest.mark.parametrize(
    ("sent", "step", "usable_from"),
    [
        pytest.param("02-14 10:00", 0, "02-14 15:00:00", id="five hours later, the same day"),
        pytest.param("06-05 04:00", -1, "06-05 09:00:00", id="just before it opens"),
        pytest.param("06-05 04:00", 0, "06-05 09:00:00", id="as it opens"),
        pytest.param("06-05 04:00", 1, "06-05 09:00:00.000001", id="just after it has opened"),
        pytest.param("02-14 12:00", -1, "02-14 16:59:59.999999", id="just before it closes"),
        pytest.param("02-14 12:00", 0, "02-21 09:00:00", id="as it closes for Tet"),
        pytest.param("02-14 12:00", 1, "02-21 09:00:00", id="just after it has closed for Tet"),
        pytest.param("02-14 12:30", 0, "02-21 09:00:00", id="on the evening before Tet"),
        pytest.param("02-17 10:00", 0, "02-21 09:00:00", id="on a day of Tet"),
        pytest.param("02-20 23:00", 0, "02-21 09:00:00", id="on the last night of Tet"),
        pytest.param("02-21 04:00", 1, "02-21 09:00:00.000001", id="on the first day after Tet"),
        pytest.param("06-03 22:00", 0, "06-04 09:00:00", id="at night"),
        pytest.param("06-06 13:00", 0, "06-08 09:00:00", id="before a Sunday"),
        pytest.param("06-07 03:00", 0, "06-08 09:00:00", id="on a Sunday"),
        pytest.param("04-25 13:00", 0, "04-28 09:00:00", id="before a compensation day"),
        pytest.param("04-29 13:00", 0, "05-02 09:00:00", id="before two holidays"),
    ],
)
def test_the_hotline_may_be_called_from_its_first_hour_after_five_hours(
    department: str, sent: str, step: int, usable_from: str
) -> None:
    instant = at(sent, step)
    found = hotline(instant, instant, department=department)
    assert (5 * HOUR, usable_from) == (found.waits_for, shown(found.usable_from))


@pytest.mark.parametrize(("step", "usable"), [(-1, False), (0, True), (1, True)])
def test_the_hotline_may_be_called_at_the_very_end_of_the_five_hours(
    step: int, usable: bool
) -> None:
    found = hotline(at("02-14 10:00"), at("02-14 15:00", step))
    assert (True, usable, "02-14 15:00:00") == (
        found.is_open,
        found.is_usable,
        shown(found.usable_from),
    )


@pytest.mark.parametrize(
    ("now", "step", "usable", "opens", "closes"),
    [
        # A ticket of Saturday 6 June, 13:00: the hotline opens for it on Monday 8 June.
        ("06-08 09:00", -1, False, "06-08 09:00:00", "06-08 17:00:00"),
        ("06-08 09:00", 0, True, "06-08 09:00:00", "06-08 17:00:00"),
        ("06-08 09:00", 1, True, "06-08 09:00:00.000001", "06-08 17:00:00"),
        ("06-08 17:00", -1, True, "06-08 16:59:59.999999", "06-08 17:00:00"),
        ("06-08 17:00", 0, False, "06-09 09:00:00", "06-09 17:00:00"),
        ("06-08 17:00", 1, False, "06-09 09:00:00", "06-09 17:00:00"),
    ],
)
def test_the_hotline_is_usable_at_its_opening_and_not_at_its_closing(
    now: str, step: int, usable: bool, opens: str, closes: str
) -> None:
    found = hotline(at("06-06 13:00"), at(now, step))
    assert (usable, usable, opens, closes, "06-08 09:00:00") == (
        found.is_open,
        found.is_usable,
        shown(found.opens_at),
        shown(found.closes_at),
        shown(found.usable_from),
    )


@pytest.mark.parametrize("department", ["billing", "technical"])
@pytest.mark.parametrize(
    ("answered", "step", "usable_from"),
    [
        ("02-14 15:00", -1, None),
        ("02-14 15:00", 0, None),
        ("02-14 15:00", 1, None),
        ("02-14 16:00", -1, None),
        ("02-14 16:00", 0, None),
        (None, 0, "02-14 15:00:00"),
    ],
)
def test_an_answer_up_to_now_ends_the_right_to_call(
    department: str, answered: str | None, step: int, usable_from: str | None
) -> None:
    said = None if answered is None else at(answered, step)
    found = hotline(at("02-14 10:00"), at("02-14 16:00"), answered_at=said, department=department)
    assert (True, usable_from is not None, usable_from) == (
        found.is_open,
        found.is_usable,
        shown(found.usable_from),
    )


@pytest.mark.parametrize("answered", [at("02-14 10:00"), at("02-14 15:00")], ids=shown)
def test_an_answer_at_the_submission_or_at_the_end_of_the_wait_is_in_time(
    answered: datetime,
) -> None:
    assert None is hotline(at("02-14 10:00"), at("02-14 15:00"), answered_at=answered).usable_from


def test_an_answered_ticket_leaves_the_other_lines_as_they_are() -> None:
    sent, now = at("02-14 10:00"), at("02-14 14:00")
    before, after = ask(sent, now), ask(sent, now, answered_at=at("02-14 11:00"))
    assert before.options[:2] == after.options[:2]
    assert before.options[2] != after.options[2]


def test_without_a_ticket_the_hotline_may_not_be_called() -> None:
    found = hotline(None, at("06-08 10:00"))
    assert (True, False, None, 5 * HOUR) == (
        found.is_open,
        found.is_usable,
        found.usable_from,
        found.waits_for,
    )


def test_a_chat_is_no_ticket_left_unanswered() -> None:
    sent, now = at("06-08 10:00"), at("06-08 16:00")
    assert None is hotline(sent, now, channel="chat").usable_from
    assert "06-08 15:00:00" == shown(hotline(sent, now, channel="ticket").usable_from)


# --- Lines that require nothing ---


@pytest.mark.parametrize(
    ("now", "step", "is_open", "opens", "closes"),
    [
        # Chat is open from Monday 00:00 to Saturday 24:00: closed on Sunday 7 June.
        ("06-07 00:00", -1, True, "06-06 23:59:59.999999", "06-07 00:00:00"),
        ("06-07 00:00", 0, False, "06-08 00:00:00", "06-14 00:00:00"),
        ("06-07 00:00", 1, False, "06-08 00:00:00", "06-14 00:00:00"),
        ("06-08 00:00", -1, False, "06-08 00:00:00", "06-14 00:00:00"),
        ("06-08 00:00", 0, True, "06-08 00:00:00", "06-14 00:00:00"),
        ("06-08 00:00", 1, True, "06-08 00:00:00.000001", "06-14 00:00:00"),
        ("02-17 12:00", 0, False, "02-21 00:00:00", "02-22 00:00:00"),
    ],
)
@pytest.mark.parametrize("name", ["technical/chat", "billing/chat"])
def test_a_chat_around_the_clock_is_closed_on_sundays_and_holidays(
    name: str, now: str, step: int, is_open: bool, opens: str, closes: str
) -> None:
    found = option(ask(None, at(now, step), department=name.partition("/")[0]), name)
    assert (is_open, is_open, opens, closes, opens, None) == (
        found.is_open,
        found.is_usable,
        shown(found.opens_at),
        shown(found.closes_at),
        shown(found.usable_from),
        found.waits_for,
    )


@pytest.mark.parametrize(
    ("sent", "usable_from", "usable"),
    [
        (None, "06-09 10:00:00", True),
        ("06-09 09:00", "06-09 09:00:00", True),
        ("06-07 09:00", "06-08 00:00:00", True),
        ("06-07 00:00", "06-08 00:00:00", True),
        ("06-06 23:59", "06-06 23:59:00", True),
    ],
)
def test_a_line_that_requires_nothing_may_be_used_from_its_first_opening_on(
    sent: str | None, usable_from: str, usable: bool
) -> None:
    submitted = None if sent is None else at(sent)
    found = option(ask(submitted, at("06-09 10:00"), department="billing"), "billing/chat")
    assert (usable_from, usable) == (shown(found.usable_from), found.is_usable)


@pytest.mark.parametrize(
    ("now", "step", "is_open"),
    [
        ("06-08 08:00", -1, False),
        ("06-08 08:00", 0, True),
        ("06-06 17:00", -1, True),
        ("06-06 17:00", 0, False),
        ("06-07 12:00", 0, False),
    ],
)
def test_a_line_that_promises_an_answer_takes_requests_also_while_nobody_works_there(
    now: str, step: int, is_open: bool
) -> None:
    found = option(ask(None, at(now, step), department="billing"), "billing/ticket")
    assert (is_open, True, True) == (found.is_open, found.takes_requests, found.is_usable)
    assert (at(now, step), at(now, step)) == (found.usable_from, found.next_usable_at)


def test_a_line_that_requires_an_unanswered_ticket_takes_no_requests_of_its_own() -> None:
    phone = channel_data(requires={"channel": "ticket", "unanswered_for": "5h"})
    line = policy(departments={"desk": {"channels": {"ticket": channel_data(), "phone": phone}}})
    found = option(ask(None, at("06-09 10:00"), line, department="desk"), "desk/phone")
    assert (False, False) == (found.takes_requests, found.is_usable)


@pytest.mark.parametrize(
    ("now", "next_usable"),
    [
        ("06-06 13:59", "06-06 15:00:00"),
        ("06-06 15:00", "06-06 15:00:00"),
        ("06-06 16:00", "06-06 16:00:00"),
        ("06-06 17:00", "06-08 09:00:00"),
    ],
)
def test_a_line_may_next_be_used_once_the_wait_is_over_and_it_is_open(
    now: str, next_usable: str
) -> None:
    found = hotline(at("06-06 10:00"), at(now))
    assert ("06-06 15:00:00", next_usable) == (
        shown(found.usable_from),
        shown(found.next_usable_at),
    )


def test_the_technical_ticket_line_never_closes() -> None:
    found = option(ask(None, at("02-17 12:00")), "technical/ticket")
    assert (True, True, "02-17 12:00:00", None, None) == (
        found.is_open,
        found.is_usable,
        shown(found.opens_at),
        found.closes_at,
        found.last_known_year,
    )


def test_a_line_with_calendars_says_how_far_they_reach() -> None:
    assert 2100 == hotline(None, at("02-17 12:00")).last_known_year


# --- Whom a line serves ---


def desks(
    *,
    served: list[str] | None = None,
    channel: str = "ticket",
    wait: str = "5h",
    hours: str = "24/7",
    **changes: Any,
) -> Policy:
    """Return a policy of desk, shop and lab, each with a ticket and a chat, and of desk/phone."""
    line = {"hours": {"schedule": "always"}}
    both = {"ticket": line, "chat": line}
    requires: dict[str, Any] = {"channel": channel, "unanswered_for": wait}
    if served is not None:
        requires["departments"] = served
    observes = list(changes.get("calendars", ()))
    phone = {"hours": {"schedule": "phone", "observes": observes}, "requires": requires}
    departments = {
        "desk": {"channels": {**both, "phone": phone}},
        "shop": {"channels": both},
        "lab": {"channels": both},
    }
    schedules = {"always": "24/7", "phone": hours}
    return policy(departments=departments, schedules=schedules, **changes)


@pytest.mark.parametrize(
    ("served", "offered", "usable"),
    [
        pytest.param(None, {"desk"}, {"desk"}, id="no departments named"),
        pytest.param([], {"desk"}, {"desk"}, id="an empty list"),
        pytest.param(["desk"], {"desk"}, {"desk"}, id="its own"),
        pytest.param(
            ["desk", "shop"], {"desk", "shop"}, {"desk", "shop"}, id="its own and another"
        ),
        pytest.param(["lab"], {"desk", "lab"}, {"lab"}, id="only another"),
    ],
)
def test_a_line_serves_the_tickets_of_the_departments_it_names(
    served: list[str] | None, offered: set[str], usable: set[str]
) -> None:
    line = desks(served=served)
    found = {
        name: ask(at("06-08 10:00"), at("06-08 15:00"), line, department=name)
        for name in ("desk", "shop", "lab")
    }
    phones = {
        name: each for name, asked in found.items() for each in asked if each.channel == "phone"
    }
    assert (offered, usable) == (set(phones), {name for name in phones if phones[name].is_usable})


def test_a_line_may_require_another_channel_than_the_ticket() -> None:
    line = desks(channel="chat", served=["shop"])
    sent, now = at("06-08 10:00"), at("06-08 15:00")
    usable = {
        channel: option(
            ask(sent, now, line, department="shop", channel=channel), "desk/phone"
        ).is_usable
        for channel in ("ticket", "chat")
    }
    assert {"ticket": False, "chat": True} == usable


def test_a_wait_of_no_time_is_over_at_once() -> None:
    sent = at("06-08 10:00")
    found = option(ask(sent, sent, desks(wait="0m"), department="desk"), "desk/phone")
    assert (sent, True, timedelta(0)) == (found.usable_from, found.is_usable, found.waits_for)


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

SENT, NOW = at("06-08 10:00"), at("06-08 12:00")


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


# --- Values ---


def test_plain_data_holds_all_of_the_answer() -> None:
    found = ask(at("06-06 13:00"), at("06-06 16:00"))
    plain = found.to_dict()
    assert plain == json.loads(json.dumps(plain))
    options = plain.pop("options")
    assert {
        "department": "technical",
        "channel": "ticket",
        "submitted_at": "2026-06-06T13:00:00+07:00",
        "answered_at": None,
        "now": "2026-06-06T16:00:00+07:00",
        "advice": dict(found.advice or {}),
    } == plain
    assert {
        "department": "billing",
        "channel": "phone",
        "label": {"en": "Phone", "vi": "Điện thoại"},
        "advice": dict(found.options[2].advice or {}),
        "is_open": True,
        "is_usable": False,
        "opens_at": "2026-06-06T16:00:00+07:00",
        "closes_at": "2026-06-06T17:00:00+07:00",
        "waits_for": "5h",
        "takes_requests": False,
        "usable_from": "2026-06-08T09:00:00+07:00",
        "next_usable_at": "2026-06-08T09:00:00+07:00",
        "last_known_year": 2100,
    } == options[2]
    assert (None, None, None) == tuple(
        options[0][key] for key in ("closes_at", "waits_for", "last_known_year")
    )


def test_texts_that_are_not_there_are_null_in_plain_data() -> None:
    plain = contact_options(policy(), None, NOW, department="desk").to_dict()
    assert (None, None, None) == (plain["advice"], plain["options"][0]["label"], plain["channel"])


@pytest.mark.parametrize(
    "duplicate", [copy.copy, copy.deepcopy, lambda found: pickle.loads(pickle.dumps(found))]
)
def test_answers_are_values(duplicate: Callable[[ContactOptions], ContactOptions]) -> None:
    found = ask(SENT, NOW)
    again = duplicate(found)
    assert (found, hash(found), found.options) == (again, hash(again), again.options)
    assert found.advice == again.advice
    assert found != ask(SENT, NOW + MICROSECOND)
    assert found != found.options
    assert found.options[0] != found
    assert 3 == len({*found, *again})


@pytest.mark.parametrize("name", ["department", "options", "other"])
def test_answers_do_not_change(name: str) -> None:
    found: Any = ask(SENT, NOW)
    for each in (found, found.options[0]):
        with pytest.raises((AttributeError, TypeError)):
            setattr(each, name, ())


def test_clocks_are_kept_with_the_policy() -> None:
    line = load_policy("azdigi")
    ask(SENT, NOW, line)
    kept = {key: made for key, made in line.memo().items() if isinstance(made, Clock)}
    ask(SENT, NOW, line)
    ask(SENT, NOW, line, department="billing")
    assert 3 == len(kept)
    assert all(line.memo()[key] is made for key, made in kept.items())


# --- Counting ---

LIMIT = 16
"""Days in which the oracle looks for an opening before it gives a case up."""


def is_what_counting_finds(line: Policy, found: ContactOptions) -> None:
    """Compare each option with the oracle, and whom it serves with the words of the policy."""
    sent, now = utc(found.submitted_at), utc(found.now)
    for each in found:
        channel = line.departments[each.department].channels[each.channel]
        calendars = [line.calendars[name] for name in channel.hours.observes]
        week = line.schedules[channel.hours.schedule].week
        desk = desk_of(week, calendars, line.timezone, years_around(now, calendars))
        start = sent or now
        if channel.requires is not None:
            serves = channel.requires.departments or (each.department,)
            unanswered = sent is not None and found.answered_at is None
            right = found.department in serves and found.channel == channel.requires.channel
            start = sent + channel.requires.unanswered_for if unanswered and right else None
        assert oracle.is_open(desk, now) == each.is_open
        takes = bool(channel.first_response) and channel.requires is None
        waited = start is not None and start <= now
        assert (takes, takes or (each.is_open and waited)) == (each.takes_requests, each.is_usable)
        is_first_opening(desk, now, utc(each.opens_at))
        is_first_closing(desk, now, utc(each.opens_at), utc(each.closes_at))
        if start is None:
            assert (None, None) == (each.usable_from, each.next_usable_at)
        elif takes:
            assert (start, now) == (utc(each.usable_from), utc(each.next_usable_at))
        else:
            is_first_opening(desk, start, utc(each.usable_from))
            is_first_opening(desk, max(start, now), utc(each.next_usable_at))


def is_first_opening(desk: oracle.Desk, after: datetime, opens: datetime | None) -> None:
    counted = oracle.next_open(desk, after, LIMIT)
    if counted is None:
        assert opens is None or opens >= after + timedelta(days=LIMIT)
    else:
        assert counted == opens


def is_first_closing(
    desk: oracle.Desk, now: datetime, opens: datetime | None, closes: datetime | None
) -> None:
    """Check that all is open from the opening to the closing, and nothing at the closing."""
    horizon = now + timedelta(days=LIMIT)
    if opens is None or opens >= horizon:
        assert closes is None or closes > horizon
        return
    end = horizon if closes is None else min(closes, horizon)
    assert oracle.between(desk, opens, end) == (end - opens) // MICROSECOND
    assert end == horizon or not oracle.is_open(desk, end)


@st.composite
def lines(draw: st.DrawFn) -> Policy:
    """Generate a policy of two departments, one of which has a phone for unanswered requests."""
    made = draw(policies())
    data = made.model_dump()
    channels = data["departments"]["desk"]["channels"]
    asked = draw(st.sampled_from(sorted(channels)))
    requires: dict[str, Any] = {
        "channel": asked,
        "unanswered_for": draw(st.timedeltas(timedelta(0), timedelta(days=4))),
    }
    served = draw(st.sampled_from([None, [], ["desk"], ["shop"], ["desk", "shop"]]))
    if served is not None:
        requires["departments"] = served
    phone = {"hours": channels[asked]["hours"], "requires": requires}
    owner = draw(st.sampled_from(["desk", "shop"]))
    departments = {name: {"channels": dict(channels)} for name in ("desk", "shop")}
    departments[owner]["channels"]["phone"] = phone
    return Policy.model_validate({**data, "departments": departments})


@st.composite
def questions(draw: st.DrawFn, line: Policy) -> ContactOptions:
    """Generate a ticket, answered or not, and an instant after it: often the end of a wait."""
    department = draw(st.sampled_from(sorted(line.departments)))
    names = [name for name in line.departments[department].channels if name != "phone"]
    channel = draw(st.sampled_from(names))
    first = utc(draw(submissions(line, department=department, channel=channel)))
    waits = [
        each.requires.unanswered_for
        for other in line.departments.values()
        for each in other.channels.values()
        if each.requires is not None
    ]
    passed = draw(st.timedeltas(timedelta(0), timedelta(days=9)))
    edge = draw(st.sampled_from(waits)) + draw(st.sampled_from([-1, 0, 1])) * MICROSECOND
    now = first + max(draw(st.sampled_from([passed, edge])), timedelta(0))
    sent = draw(st.sampled_from([first, first, None]))
    answered = None
    if sent is not None and draw(st.booleans()):
        answered = sent + draw(st.sampled_from([0, 1, 2])) * (now - sent) / 2
    return contact_options(
        line, sent, now, department=department, channel=channel, answered_at=answered
    )


@given(lines(), st.data())
def test_oracle_every_option_is_what_counting_finds(line: Policy, data: st.DataObject) -> None:
    """Openings, closings and the first usable instant are what counting cell by cell finds."""
    is_what_counting_finds(line, data.draw(questions(line)))


@given(st.data())
def test_oracle_the_reference_policy_s_options_are_what_counting_finds(
    data: st.DataObject,
) -> None:
    is_what_counting_finds(AZDIGI, data.draw(questions(AZDIGI)))


@given(lines(), st.data())
def test_what_is_usable_while_open_stays_so_until_it_closes_or_an_answer_comes(
    line: Policy, data: st.DataObject
) -> None:
    found = data.draw(questions(line))
    for each in found:
        if each.is_usable and not each.takes_requests and each.closes_at is not None:
            last = each.closes_at.astimezone(UTC) - MICROSECOND
            later = contact_options(
                line,
                found.submitted_at,
                last,
                department=found.department,
                channel=found.channel or "ticket",
                answered_at=found.answered_at,
            )
            name = f"{each.department}/{each.channel}"
            assert option(later, name).is_usable
