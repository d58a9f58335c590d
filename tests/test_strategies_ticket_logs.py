"""The strategies of ticket logs: all is valid, shrinks as written, and nasty cases are found."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import policy
from searches import minimal, some
from support_sla import (
    Event,
    Policy,
    TicketLog,
    UnknownChannelError,
    UnknownDepartmentError,
    track,
)
from support_sla.strategies import (
    EVENT_KINDS,
    policies,
    ticket_logs,
)
from ticket_desks import DESKS
from zone_changes import MICROSECOND, reads

if TYPE_CHECKING:
    from collections.abc import Callable

ALWAYS = policy(timezone="UTC", schedules={"office": "24/7"})


TRACKED = DESKS[1]
LOGS = ticket_logs(TRACKED)
PLAIN = policy(timezone="UTC")


@given(policies(), st.data())
def test_every_ticket_log_is_read_back_and_can_be_followed(
    made: Policy, data: st.DataObject
) -> None:
    log = data.draw(ticket_logs(made))
    assert log == TicketLog.from_dict(log.to_dict())
    status = track(made, log, log.events[-1].at)
    assert log.events[-1].at.astimezone(dt.UTC) == status.now.astimezone(dt.UTC)
    assert not made.channel(log.department, log.channel).internal


@given(ticket_logs(TRACKED, kinds=["replied", "resumed"], max_events=3, within=dt.timedelta(1)))
def test_a_ticket_log_keeps_to_what_is_possible(log: TicketLog) -> None:
    assert {"submitted", "replied"} >= {event.kind for event in log.events}
    assert 4 >= len(log.events)
    sent, last = (at.astimezone(dt.UTC) for at in (log.submitted_at, log.events[-1].at))
    assert dt.timedelta(1) >= last - sent


def test_a_ticket_log_may_be_asked_of_one_line() -> None:
    log = minimal(ticket_logs(TRACKED, line=("desk", "quiet")))
    assert ("desk", "quiet") == (log.department, log.channel)


def test_a_line_that_is_not_there_or_internal_has_no_ticket_logs() -> None:
    with pytest.raises(UnknownDepartmentError):
        minimal(ticket_logs(PLAIN, line=("sales", "ticket")))
    with pytest.raises(UnknownChannelError):
        minimal(ticket_logs(PLAIN, line=("desk", "fax")))
    with pytest.raises(ValueError, match="line other/deeper is internal"):
        minimal(ticket_logs(TRACKED, line=("other", "deeper")))


def test_a_ticket_log_shrinks_to_a_submission_at_the_first_instant_of_the_years() -> None:
    log = minimal(LOGS)
    (sent,) = log.events
    assert ("submitted", "customer", None, None) == (sent.kind, sent.by, sent.priority, sent.status)
    assert dt.datetime(2025, 1, 2, tzinfo=dt.UTC) == sent.at
    assert not sent.attributes


def test_a_desk_without_edges_or_names_to_change_to_has_ticket_logs_too() -> None:
    logs = ticket_logs(ALWAYS, kinds=["resumed", "priority", "attributes"], within=dt.timedelta(0))
    drawn: list[TicketLog] = []

    def is_enough(log: TicketLog) -> bool:
        drawn.append(log)
        return len(drawn) >= 30  # asked once more about the one that was enough

    some(logs, is_enough)
    assert {1} == {len(log.events) for log in drawn}


def any_event(kind: str, **keys: Any) -> Callable[[TicketLog], bool]:
    def is_it(event: Event) -> bool:
        return event.kind == kind and all(getattr(event, k) == v for k, v in keys.items())

    return lambda log: any(is_it(event) for event in log.events)


def any_instant(wanted: Callable[[dt.datetime], bool]) -> Callable[[TicketLog], bool]:
    return lambda log: any(wanted(event.at) for event in log.events[1:])


def is_due(log: TicketLog, after: dt.timedelta = dt.timedelta(0)) -> bool:
    """Whether something happens at the due of a log's first response, or so much after it."""
    first = track(TRACKED, log, log.submitted_at).first_response
    due = first.due_at if first else None
    return due is not None and any(event.at == due + after for event in log.events[1:])


@pytest.mark.slow
@pytest.mark.parametrize(
    "wanted",
    [
        *[pytest.param(any_event(kind), id=kind) for kind in EVENT_KINDS],
        pytest.param(any_event("submitted", by="agent"), id="an agent's ticket"),
        pytest.param(any_event("submitted", priority="high"), id="a priority from the start"),
        pytest.param(any_event("submitted", status="pending"), id="a status from the start"),
        pytest.param(any_event("submitted", attributes=(("plan", "gold"),)), id="a plan"),
        pytest.param(any_event("replied", by="customer"), id="a message"),
        pytest.param(any_event("replied", by="agent", automatic=True), id="an automatic reply"),
        pytest.param(any_event("replied", by="agent", public=False), id="a private note"),
        pytest.param(any_event("priority", to=None), id="no priority any more"),
        pytest.param(any_event("attributes", attributes=(("plan", None),)), id="one taken away"),
        pytest.param(any_event("assigned", department=None), id="assigned to nobody"),
        pytest.param(any_event("assigned", channel="deeper"), id="assigned to an internal line"),
        pytest.param(any_event("reopened", status="open"), id="reopened with a status"),
        pytest.param(lambda log: len(log.events) > 8, id="many events"),
        pytest.param(
            lambda log: any(a.at == b.at for a, b in pairwise(log.events[1:])), id="a tie"
        ),
        pytest.param(any_instant(lambda at: reads(at, 9)), id="an event at an opening"),
        pytest.param(any_instant(lambda at: reads(at + MICROSECOND, 17)), id="before a closing"),
        pytest.param(any_instant(lambda at: reads(at, 0)), id="an event at midnight"),
        pytest.param(is_due, id="at a due"),
        pytest.param(lambda log: is_due(log, MICROSECOND), id="just after a due"),
    ],
)
def test_every_kind_of_ticket_log_is_found(wanted: Callable[[TicketLog], bool]) -> None:
    assert wanted(some(LOGS, wanted))


@pytest.mark.parametrize("kind", ["replied", "paused", "reopened", "assigned"])
def test_some_kinds_of_events_are_found(kind: str) -> None:
    """Every kind of log there is takes too long for every day."""
    log = some(LOGS, any_event(kind))
    assert kind in {event.kind for event in log.events}
