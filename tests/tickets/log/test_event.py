"""One event of a ticket's log: which keys each kind has, and how it reads and dumps them."""

from __future__ import annotations

import copy
import datetime as dt
import pickle
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from support_sla import Event
from support_sla.tickets.log.event import read_event
from tickets import at

AT = at("7 09:00")
TEXT = "2026-09-07T09:00:00+00:00"


def read(**keys: Any) -> Event:
    return read_event({"at": TEXT, **keys})


# --- What each kind reads ---


EVERY: list[tuple[dict[str, Any], Event]] = [
    ({"kind": "submitted"}, Event(AT, "submitted", by="customer")),
    (
        {
            "kind": "submitted",
            "by": "agent",
            "priority": "low",
            "status": "open",
            "attributes": {"b": "2", "a": "1"},
        },
        Event(
            AT,
            "submitted",
            "agent",
            priority="low",
            status="open",
            attributes=(("a", "1"), ("b", "2")),
        ),
    ),
    ({"kind": "replied", "by": "customer"}, Event(AT, "replied", by="customer")),
    (
        {"kind": "replied", "by": "agent", "public": False, "automatic": True},
        Event(AT, "replied", by="agent", public=False, automatic=True),
    ),
    ({"kind": "status", "to": "pending"}, Event(AT, "status", to="pending")),
    ({"kind": "paused", "reason": "held"}, Event(AT, "paused", reason="held")),
    ({"kind": "resumed", "reason": "held"}, Event(AT, "resumed", reason="held")),
    ({"kind": "priority", "to": "low"}, Event(AT, "priority", to="low")),
    ({"kind": "priority", "to": None}, Event(AT, "priority")),
    ({"kind": "attributes", "to": {}}, Event(AT, "attributes")),
    (
        {"kind": "attributes", "to": {"plan": "gold", "impact": None}},
        Event(AT, "attributes", attributes=(("impact", None), ("plan", "gold"))),
    ),
    (
        {"kind": "moved", "department": "desk", "channel": "chat"},
        Event(AT, "moved", department="desk", channel="chat"),
    ),
    ({"kind": "assigned"}, Event(AT, "assigned")),
    (
        {"kind": "assigned", "department": "desk", "channel": "team"},
        Event(AT, "assigned", department="desk", channel="team"),
    ),
    ({"kind": "resolved"}, Event(AT, "resolved")),
    ({"kind": "reopened", "status": "open"}, Event(AT, "reopened", status="open")),
    (
        {"kind": "closed", "status": "merged", "id": "e1"},
        Event(AT, "closed", status="merged", id="e1"),
    ),
]
every = pytest.mark.parametrize(("keys", "event"), EVERY)


@every
def test_an_event_is_read_from_its_keys(keys: dict[str, Any], event: Event) -> None:
    assert read(**keys) == event


@every
def test_an_event_is_read_again_from_itself_and_from_its_dump(
    keys: dict[str, Any], event: Event
) -> None:
    assert read_event(event) == event
    assert read_event(read(**keys).to_dict()) == event


@every
def test_an_event_keeps_its_value_in_a_copy_and_a_pickle(
    keys: dict[str, Any], event: Event
) -> None:
    made = read(**keys)
    for again in (copy.copy(made), copy.deepcopy(made), pickle.loads(pickle.dumps(made))):
        assert (again, hash(again)) == (event, hash(event))


@pytest.mark.parametrize(
    ("keys", "dumped"),
    [
        ({"kind": "submitted"}, {"by": "customer"}),
        (
            {"kind": "submitted", "attributes": {"a": None}},
            {"by": "customer", "attributes": {"a": None}},
        ),
        ({"kind": "replied", "by": "agent", "public": True}, {"by": "agent"}),
        ({"kind": "replied", "by": "agent", "public": False}, {"by": "agent", "public": False}),
        ({"kind": "replied", "by": "agent", "automatic": True}, {"by": "agent", "automatic": True}),
        ({"kind": "priority", "to": None}, {"to": None}),
        ({"kind": "attributes", "to": {}}, {"to": {}}),
        ({"kind": "assigned", "department": None, "channel": None}, {}),
        ({"kind": "resolved", "status": None, "id": "e1"}, {"id": "e1"}),
    ],
)
def test_an_event_dumps_the_keys_that_it_needs(
    keys: dict[str, Any], dumped: dict[str, Any]
) -> None:
    assert read(**keys).to_dict() == {"at": TEXT, "kind": keys["kind"], **dumped}


def test_an_event_without_a_side_is_a_submission_of_the_customer() -> None:
    for given in (Event(AT, "submitted"), {"at": TEXT, "kind": "submitted", "by": None}):
        assert read_event(given).by == "customer"


def test_an_event_may_be_made_with_an_instant_as_text_and_attributes_as_a_mapping() -> None:
    at_text: Any = TEXT
    given: Any = {"plan": "gold"}
    made = read_event(Event(at_text, "submitted", attributes=given))
    assert (made.at, made.attributes) == (AT, (("plan", "gold"),))


def test_what_a_log_keeps_of_texts_is_plain() -> None:
    class Word(StrEnum):
        KIND = "submitted"
        SIDE = "agent"
        GOLD = "gold"
        PLAN = "plan"

    made = read(kind=Word.KIND, by=Word.SIDE, priority=Word.GOLD, attributes={Word.PLAN: Word.GOLD})
    (pair,) = made.attributes
    assert {type(text) for text in (made.kind, made.by, made.priority, *pair)} == {str}


def test_events_at_one_instant_in_two_zones_are_equal() -> None:
    there = AT.astimezone(ZoneInfo("Asia/Ho_Chi_Minh"))
    assert Event(AT, "resolved") == Event(there, "resolved")
    assert Event(AT, "resolved") != Event(AT, "closed")


# --- What an event is ---


@pytest.mark.parametrize(
    ("keys", "is_answer", "is_message"),
    [
        ({"kind": "replied", "by": "agent"}, True, False),
        ({"kind": "replied", "by": "agent", "public": False}, False, False),
        ({"kind": "replied", "by": "agent", "automatic": True}, False, False),
        ({"kind": "replied", "by": "customer"}, False, True),
        ({"kind": "replied", "by": "customer", "public": False}, False, True),
        ({"kind": "replied", "by": "customer", "automatic": True}, False, False),
        ({"kind": "submitted", "by": "agent"}, False, False),
        ({"kind": "submitted", "by": "customer"}, False, False),
    ],
)
def test_an_answer_is_a_public_reply_of_a_person_and_a_message_one_of_the_customer(
    keys: dict[str, Any], is_answer: bool, is_message: bool
) -> None:
    found = read(**keys)
    assert (found.is_answer, found.is_message) == (is_answer, is_message)


def test_an_event_says_its_kind_and_its_instant() -> None:
    assert str(Event(AT, "resolved")) == f"'resolved' at {TEXT}"


def test_an_event_of_odd_parts_still_says_what_it_is() -> None:
    odd: Any = "soon"
    assert str(Event(odd, "resolved")) == "'resolved' at 'soon'"


def test_an_instant_in_a_zone_that_cannot_be_pickled_keeps_its_offset() -> None:
    class Odd(dt.tzinfo):
        def utcoffset(self, _: dt.datetime | None) -> dt.timedelta:
            return dt.timedelta(hours=3)

        def dst(self, _: dt.datetime | None) -> None:
            return None

        def tzname(self, _: dt.datetime | None) -> str:
            return "odd"

    read = read_event({"at": dt.datetime(2026, 9, 7, 9, tzinfo=Odd()), "kind": "submitted"})
    assert read.at.isoformat() == "2026-09-07T09:00:00+03:00"
    assert pickle.loads(pickle.dumps(read)) == read
