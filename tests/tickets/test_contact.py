"""Which ways to the desk there are, whom they serve, and from when the hotline may be called."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from builders import channel_data, policy
from contacts import AZDIGI, ask, at, desks, option, shown
from support_sla.tickets.contact import contact_options
from support_sla.tickets.contact_options import ContactOption

HOUR = timedelta(hours=1)


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
