"""A ticket's log: how it is given, dumped and read back, and what it refuses."""

from __future__ import annotations

import copy
import dataclasses
import json
import pickle
from typing import TYPE_CHECKING, Any

import pytest

from support_sla import Event, InstantError, LogError, SupportSlaError, TicketLog
from support_sla.values.instants import to_micros
from tickets import at, event

if TYPE_CHECKING:
    from collections.abc import Callable

SENT = event("7 09:00 submitted", priority="low")
ANSWERED = event("7 10:00 agent")
LOG = TicketLog("desk", "ticket", [SENT, ANSWERED], ticket="T-1")


def refused(make: Callable[[], object]) -> SupportSlaError:
    with pytest.raises(SupportSlaError) as caught:
        make()
    return caught.value


# --- How it is given ---


def test_events_may_be_given_as_mappings_as_events_or_as_any_iterable() -> None:
    made: list[Any] = [Event(at("7 09:00"), "submitted", priority="low"), ANSWERED]
    for events in (made, tuple(made), iter(made), (each for each in made)):
        assert TicketLog("desk", "ticket", events, ticket="T-1") == LOG


def test_a_log_is_of_the_channel_ticket_unless_told_otherwise() -> None:
    assert TicketLog("desk", events=[SENT]).channel == "ticket"


def test_a_log_knows_when_it_was_submitted_and_each_instant() -> None:
    assert LOG.submitted_at == at("7 09:00")
    assert LOG.instants == (to_micros(at("7 09:00")), to_micros(at("7 10:00")))


def test_logs_of_equal_events_are_equal_and_of_other_events_differ() -> None:
    same = TicketLog("desk", "ticket", [ANSWERED, SENT], ticket="T-1")
    assert (same, hash(same)) == (LOG, hash(LOG))
    others = [
        TicketLog("shop", "ticket", [SENT, ANSWERED], ticket="T-1"),
        TicketLog("desk", "chat", [SENT, ANSWERED], ticket="T-1"),
        TicketLog("desk", "ticket", [SENT], ticket="T-1"),
        TicketLog("desk", "ticket", [SENT, ANSWERED], ticket="T-2"),
        TicketLog("desk", "ticket", [SENT, ANSWERED], ticket="T-1", has_statuses=False),
    ]
    assert LOG not in others
    assert len({LOG, *others}) == 6


@pytest.mark.parametrize("protocol", range(2, pickle.HIGHEST_PROTOCOL + 1))
def test_a_log_comes_out_of_a_pickle_as_it_was(protocol: int) -> None:
    again = pickle.loads(pickle.dumps(LOG, protocol))
    assert (again, again.instants) == (LOG, LOG.instants)


def test_a_log_can_be_copied_and_replaced_in_part_but_not_changed() -> None:
    assert copy.deepcopy(LOG) == LOG
    assert dataclasses.replace(LOG, ticket="T-2").ticket == "T-2"
    assert dataclasses.replace(LOG, events=LOG.events[:1]).instants == LOG.instants[:1]
    changed: Any = LOG
    with pytest.raises(dataclasses.FrozenInstanceError):
        changed.ticket = "T-2"


@pytest.mark.parametrize(
    ("log", "said"),
    [
        (LOG, "T-1 to desk/ticket, submitted Mon 2026-09-07 09:00+00:00, 2 events"),
        (
            TicketLog("desk", "chat", [SENT]),
            "ticket to desk/chat, submitted Mon 2026-09-07 09:00+00:00, 1 event",
        ),
    ],
)
def test_a_log_says_itself_on_one_line(log: TicketLog, said: str) -> None:
    assert str(log) == said


def test_the_repr_of_a_log_names_its_ticket_if_it_has_one() -> None:
    shown = "TicketLog(department='desk', channel='ticket', {}events=[...{}...])"
    assert repr(LOG) == shown.format("ticket='T-1', ", "2 events")
    assert repr(TicketLog("desk", "ticket", [SENT])) == shown.format("", "1 event")


# --- Dumped and read back ---


@pytest.mark.parametrize(
    "log", [LOG, TicketLog("desk", "chat", [SENT], has_statuses=False)], ids=["whole", "bare"]
)
def test_a_log_is_read_back_from_its_dump(log: TicketLog) -> None:
    assert TicketLog.from_dict(log.to_dict()) == log
    assert TicketLog.from_json(log.to_json()) == log
    assert TicketLog.from_json(log.to_json().encode()) == log  # type: ignore[arg-type]


def test_a_dump_holds_what_was_given_and_its_format() -> None:
    submitted = {
        "at": "2026-09-07T09:00:00+00:00",
        "kind": "submitted",
        "by": "customer",
        "priority": "low",
    }
    answered = {"at": "2026-09-07T10:00:00+00:00", "kind": "replied", "by": "agent"}
    line = {"format": "support_sla.ticket_log/1", "department": "desk", "channel": "ticket"}
    assert LOG.to_dict() == {**line, "ticket": "T-1", "events": [submitted, answered]}
    bare = TicketLog("desk", "ticket", [SENT], has_statuses=False)
    assert bare.to_dict() == {**line, "has_statuses": False, "events": [submitted]}


def test_a_dump_may_leave_out_its_format_and_its_channel() -> None:
    assert TicketLog.from_dict({"department": "desk", "events": [SENT]}).channel == "ticket"


def test_a_json_of_a_log_keeps_its_letters() -> None:
    log = TicketLog("kỹ thuật", "ticket", [SENT])
    assert "kỹ thuật" in log.to_json()
    assert json.loads(log.to_json()) == log.to_dict()


# --- What is refused ---


@pytest.mark.parametrize(
    ("keys", "message"),
    [
        ({"department": None}, "department=None is not what it should be; give a text"),
        ({"channel": 5}, "channel=5 is not what it should be; give a text"),
        ({"ticket": 5}, "ticket=5 is not what it should be; give a text"),
        ({"has_statuses": None}, "has_statuses=None is not what it should be; give true or false"),
        ({"has_statuses": 1}, "has_statuses=1 is not what"),
        ({"events": None}, "events=None are no list of events; give a list of mappings, each with"),
        ({"events": "text"}, "events='text' are no list"),
        ({"events": b"text"}, "events=b'text' are no list"),
        ({"events": SENT}, "events={'at': datetime"),
        ({"events": []}, "the log has no event of kind 'submitted'; add it, with its instant"),
        ({"format": None}, "format=None is not what it should be; give 'support_sla.ticket_log/1'"),
        ({"format": ["x"]}, "format=['x'] is not what"),
        ({"evnts": []}, "key 'evnts' is none of a ticket log; did you mean 'events'?"),
        ({5: 5}, "key 5 is none of a ticket log; use one of 'channel', 'department', 'events'"),
        ({"instants": (1,)}, "key 'instants' is none of a ticket log"),
    ],
)
def test_a_log_of_other_parts_is_refused_and_told_what_they_should_be(
    keys: dict[Any, Any], message: str
) -> None:
    data: dict[Any, Any] = {"department": "desk", "events": [SENT], **keys}
    error = refused(lambda: TicketLog.from_dict(data))
    assert isinstance(error, LogError)
    assert str(error).startswith(message)
    assert error.index is None


def test_the_constructor_refuses_as_the_dump_does() -> None:
    odd: Any = None
    assert "department=None" in str(refused(lambda: TicketLog(odd, "ticket", [SENT])))
    assert "channel=None" in str(refused(lambda: TicketLog("desk", odd, [SENT])))
    assert "events=None" in str(refused(lambda: TicketLog("desk", "ticket", odd)))
    assert "'submitted'" in str(refused(lambda: TicketLog("desk")))


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (None, "the log is no mapping: None is of type NoneType; write its keys"),
        ([SENT], "the log is no mapping: [{'at': datetime"),
        ({}, "the log has no 'department'; give its department"),
        ({"department": "desk"}, "the log has no 'events'; give its events"),
    ],
)
def test_what_is_no_dump_of_a_log_is_refused(data: Any, message: str) -> None:
    assert str(refused(lambda: TicketLog.from_dict(data))).startswith(message)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (None, "the text is no JSON, the JSON object must be str, bytes"),
        ("", "the text is no JSON, Expecting value"),
        ("{", "the text is no JSON, Expecting property name"),
        (b"\xff", "the text is no JSON, 'utf-8' codec"),
        ("[" * 100_000, "the text is no JSON, maximum recursion depth"),
        ("1" * 5_000, "the text is no JSON, Exceeds the limit"),
        ("[]", "the log is no mapping: [] is of type list"),
        ("NaN", "the log is no mapping: nan is of type float"),
    ],
    ids=["none", "empty", "half", "bytes", "deep", "digits", "list", "nan"],
)
def test_what_is_no_json_of_a_log_is_refused(text: Any, message: str) -> None:
    error = refused(lambda: TicketLog.from_json(text))
    assert isinstance(error, LogError)
    assert str(error).startswith(message)


@pytest.mark.parametrize("place", [0, 1, 2])
def test_a_row_that_is_wrong_is_told_with_its_place(place: int) -> None:
    rows: list[Any] = [SENT, ANSWERED, event("7 11:00 resolved")]
    rows[place] = {"kind": "solved"}
    error = refused(lambda: TicketLog("desk", "ticket", rows))
    assert (type(error), error.index) == (LogError, place)
    assert str(error).startswith(f"events[{place}]: kind='solved' is no kind of event")


def test_a_row_whose_instant_is_wrong_is_told_with_its_place() -> None:
    error = refused(lambda: TicketLog("desk", "ticket", [SENT, {**ANSWERED, "at": "soon"}]))
    assert (type(error), error.index) == (InstantError, 1)
    assert str(error).startswith("events[1]: at='soon' is not an ISO 8601")


@pytest.mark.parametrize(
    "name", ["x" * 400, "a\nb\r\n# c\u2028d\x85e", "\x00" * 60], ids=["long", "lines", "zeros"]
)
def test_whatever_a_log_holds_it_is_one_short_line(name: str) -> None:
    rows = [SENT, *({**ANSWERED, "id": f"{name}{at}"} for at in range(100))]
    made = TicketLog(name, name, rows, ticket=name)
    for said, most in ((str(made), 200), (repr(made), 300)):
        assert (len(said.splitlines()), len(said) <= most) == (1, True)
    assert len(str(made.events[-1]).splitlines()) == 1
