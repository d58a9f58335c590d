"""Contact options as values, and what asking for them costs."""

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
from builders import policy
from in_oracle_words import MICROSECOND, line_desk, utc, years_around
from support_sla import (
    Clock,
    Policy,
    load_policy,
)
from support_sla.policy.metrics import METRICS
from support_sla.strategies import policies, submissions
from support_sla.tickets.contact import contact_options
from support_sla.tickets.contact_options import ContactOptions

if TYPE_CHECKING:
    from collections.abc import Callable
from contacts import AZDIGI, NOW, SENT, ask, at, option

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
        years = years_around(now, calendars)
        desk = line_desk(line, each.channel, years, department=each.department)
        start = sent or now
        if channel.requires is not None:
            serves = channel.requires.departments or (each.department,)
            unanswered = sent is not None and found.answered_at is None
            right = found.department in serves and found.channel == channel.requires.channel
            start = sent + channel.requires.unanswered_for if unanswered and right else None
        assert oracle.is_open(desk, now) == each.is_open
        promised = any(getattr(channel, metric) for metric in METRICS)
        takes = promised and channel.requires is None
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
    first = utc(draw(submissions(line, line=(department, channel))))
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
