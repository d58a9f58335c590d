"""What an event of a ticket's log refuses, and what to write instead."""

from __future__ import annotations

from typing import Any

import pytest

from support_sla import Event, LogError, SupportSlaError
from support_sla.tickets.log.event import read_event
from tickets import at

AT = at("7 09:00")
TEXT = "2026-09-07T09:00:00+00:00"


def read(**keys: Any) -> Event:
    return read_event({"at": TEXT, **keys})


def refused(value: Any) -> str:
    with pytest.raises(SupportSlaError) as caught:
        read_event(value)
    return str(caught.value)


@pytest.mark.parametrize(
    ("value", "message"),
    [
        (5, "the event is no mapping: 5 is of type int; write its keys"),
        ({}, "the event has no 'kind'; give the kind of the event, e.g. kind = 'replied'"),
        ({"kind": "reply"}, "kind='reply' is no kind of event; did you mean 'replied'?"),
        ({"kind": None}, "kind=None is no kind of event; use one of 'assigned', 'attributes', "),
        ({"kind": ["status"]}, "kind=['status'] is no kind of event; did you mean 'status'?"),
        (
            {"kind": "resolved"},
            "the event 'resolved' has no 'at'; give an aware datetime or an ISO",
        ),
        ({"kind": "status", "at": AT}, "the event 'status' has no 'to'; give the name of a status"),
        (
            {"kind": "priority", "at": AT},
            "has no 'to'; give the name of a priority, or None for none",
        ),
        ({"kind": "attributes", "at": AT}, "has no 'to'; give a mapping of texts, e.g. {'plan': "),
        (
            {"kind": "paused", "at": AT},
            "the event 'paused' has no 'reason'; give the name of the hold",
        ),
        (
            {"kind": "resumed", "at": AT},
            "the event 'resumed' has no 'reason'; give the name of the ",
        ),
        ({"kind": "replied", "at": AT}, "has no 'by'; give by = 'customer' or by = 'agent'"),
        (
            {"kind": "moved", "at": AT},
            "the event 'moved' has no 'department'; give the name of a dep",
        ),
        (
            {"kind": "resolved", "at": AT, "by": "agent"},
            "key 'by' is none of an event 'resolved'; use",
        ),
        (
            {"kind": "resolved", "at": AT, 5: 5},
            "key 5 is none of an event 'resolved'; use one of 'at'",
        ),
        ({"kind": "replied", "at": AT, "by": "agent", "publc": 1}, "did you mean 'public'?"),
    ],
)
def test_what_an_event_lacks_or_does_not_know_is_told_by_its_name(value: Any, message: str) -> None:
    assert message in refused(value)


WRONG: list[tuple[dict[str, Any], str]] = [
    ({"kind": "submitted", "by": "bot"}, "by='bot' is not what it should be; give by = 'customer'"),
    ({"kind": "replied", "by": None}, "by=None is not what"),
    (
        {"kind": "replied", "by": "agent", "public": "yes"},
        "public='yes' is not what it should be; give true",
    ),
    ({"kind": "replied", "by": "agent", "public": 1}, "public=1 is not what"),
    ({"kind": "replied", "by": "agent", "automatic": None}, "automatic=None is not what"),
    ({"kind": "status", "to": None}, "to=None is not what it should be; give the name of a status"),
    ({"kind": "status", "to": ""}, "to='' is not what it should be; give the name of a status"),
    ({"kind": "status", "to": 5}, "to=5 is not what it should be; give the name of a status"),
    (
        {"kind": "priority", "to": 5},
        "to=5 is not what it should be; give the name of a priority, or",
    ),
    (
        {"kind": "priority", "to": ""},
        "to='' is not what it should be; give the name of a priority, or",
    ),
    (
        {"kind": "paused", "reason": None},
        "reason=None is not what it should be; give the name of the hold",
    ),
    ({"kind": "paused", "reason": ""}, "reason='' is not what"),
    (
        {"kind": "submitted", "priority": ""},
        "priority='' is not what it should be; give the name of a priority",
    ),
    (
        {"kind": "submitted", "status": 5},
        "status=5 is not what it should be; give the name of a status",
    ),
    (
        {"kind": "submitted", "attributes": "gold"},
        "attributes='gold' is not what it should be; give a mapping",
    ),
    ({"kind": "submitted", "attributes": {"plan": 5}}, "attributes={'plan': 5} is not what"),
    ({"kind": "submitted", "attributes": {5: "gold"}}, "attributes={5: 'gold'} is not what"),
    (
        {"kind": "attributes", "to": None},
        "to=None is not what it should be; give a mapping of texts",
    ),
    (
        {"kind": "attributes", "to": "gold"},
        "to='gold' is not what it should be; give a mapping of texts",
    ),
    ({"kind": "moved", "department": None, "channel": None}, "department=None is not what"),
    ({"kind": "moved", "department": "desk", "channel": None}, "channel=None is not what"),
    ({"kind": "moved", "department": "", "channel": "chat"}, "department='' is not what"),
    ({"kind": "assigned", "department": 5, "channel": "team"}, "department=5 is not what"),
    (
        {"kind": "assigned", "department": "desk"},
        "department='desk' and channel=None are half of a line",
    ),
    (
        {"kind": "assigned", "channel": "team"},
        "department=None and channel='team' are half of a line",
    ),
    ({"kind": "closed", "status": ""}, "status='' is not what"),
    ({"kind": "closed", "id": 5}, "id=5 is not what it should be; give a text, or leave it out"),
    ({"kind": "closed", "id": ""}, "id='' is not what"),
]


@pytest.mark.parametrize(("keys", "message"), WRONG)
def test_a_value_that_a_key_cannot_have_is_refused_with_what_it_should_be(
    keys: dict[str, Any], message: str
) -> None:
    assert refused({"at": TEXT, **keys}).startswith(message)


@pytest.mark.parametrize("given", [None, 5, "soon", "2026-09-07T09:00:00", AT.replace(tzinfo=None)])
def test_an_instant_that_is_none_is_refused_as_everywhere(given: Any) -> None:
    assert refused({"at": given, "kind": "resolved"}).startswith("at")


WRONG_EVENTS: list[tuple[Any, str]] = [
    (Event(AT, "solved"), "kind='solved' is no kind of event; did you mean 'resolved'?"),  # type: ignore[arg-type]
    (Event(AT, ["solved"]), "kind=['solved'] is no kind of event"),  # type: ignore[arg-type]
    (Event(AT, "replied"), "by=None is not what"),
    (Event(AT, "replied", "agent", to="pending"), "key 'to' is none of an event 'replied'"),
    (Event(AT, "status", to="pending", public=False), "key 'public' is none of an event 'status'"),
    (Event(AT, "status"), "to=None is not what"),
    (Event(AT, "moved"), "department=None is not what"),
    (Event(AT, "attributes", to="gold"), "to='gold' is not what it should be; give a mapping"),
    (Event(AT, "submitted", attributes=5), "attributes=5 is not what"),  # type: ignore[arg-type]
    (Event(AT, "submitted", attributes=(("plan",),)), "attributes=(('plan',),) is not what"),  # type: ignore[arg-type]
    (Event(None, "resolved"), "at is no instant: None"),  # type: ignore[arg-type]
]


@pytest.mark.parametrize(("event", "message"), WRONG_EVENTS)
def test_an_event_that_was_made_wrong_is_refused_as_its_mapping_would_be(
    event: Event, message: str
) -> None:
    assert refused(event).startswith(message)
    with pytest.raises(SupportSlaError):
        event.to_dict()


def test_a_value_of_any_length_leaves_a_message_that_can_be_read() -> None:
    long = "x" * 100_000
    wrong: list[Any] = [
        {"kind": long},
        {"kind": "resolved", "at": AT, long: 1},
        {"kind": "replied", "at": AT, "by": long},
        {"kind": "assigned", "at": AT, "department": long},
        Event(AT, long),  # type: ignore[arg-type]
    ]
    assert all(len(refused(each)) < 400 for each in wrong)


def test_the_way_out_of_each_wrong_value_leads_out() -> None:
    mended: list[dict[str, Any]] = [
        {"kind": "status", "to": "pending"},
        {"kind": "priority", "to": None},
        {"kind": "assigned", "department": "desk", "channel": "team"},
        {"kind": "assigned"},
        {"kind": "closed"},
        {"kind": "submitted", "attributes": {"plan": "gold"}},
    ]
    assert [read(**each).kind for each in mended] == [each["kind"] for each in mended]


def test_an_error_of_an_event_is_a_log_error() -> None:
    with pytest.raises(LogError):
        read(kind="solved")
