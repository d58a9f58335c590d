"""What a ticket of django-helpdesk becomes; the objects here are as its models, without Django."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace as Fake
from typing import Any

import pytest

from support_sla import LogError, NaiveInstantError, TicketLog
from support_sla.tickets.sources import from_helpdesk_ticket

AGENT, CUSTOMER = Fake(is_staff=True), Fake(is_staff=False)


def told(log: TicketLog) -> list[tuple[Any, ...]]:
    """Return the events of a log as '7 09:00', the kind, and what they say."""
    return [
        (f"{each.at.day} {each.at:%H:%M}", *(v for k, v in each.to_dict().items() if k != "at"))
        for each in log.events
    ]


def at(text: str) -> dt.datetime:
    """Return an instant of that Monday, given as '09:00'."""
    return dt.datetime.fromisoformat(f"2026-09-07T{text}+00:00")


def said(time: str, comment: str | None = "Text", *changes: Any, **fields: Any) -> Fake:
    """Return a follow-up of the desk; changes are given as a label and two values."""
    rows = [Fake(field=field, old_value=old, new_value=new) for field, old, new in changes]
    known = {"user": AGENT, "public": True, "message_id": None, "new_status": None, "id": 1}
    found = {"date": at(time), "comment": comment, **known, **fields}
    return Fake(**found, ticketchange_set=Fake(all=lambda: rows))


def held(time: str, new: str = "True", label: str = "On Hold") -> Fake:
    """Return the follow-up that putting on hold writes."""
    return said(time, None, (label, "False" if new == "True" else "True", new))


def ticket(*follow_ups: Fake, **fields: Any) -> Fake:
    known = {"id": 7, "queue_id": 1, "status": 1, "priority": 3, "on_hold": False}
    times = {"created": at("09:00"), "modified": at("16:00"), "description": "It is down"}
    return Fake(**{**known, **times, **fields}, followup_set=Fake(all=lambda: follow_ups))


def read(*follow_ups: Fake, ticket_: Any = None, **options: Any) -> TicketLog:
    made = ticket(*follow_ups) if ticket_ is None else ticket_
    return from_helpdesk_ticket(made, **{"department": "help", **options})


def rest(*follow_ups: Fake, options: dict[str, Any] | None = None, **fields: Any) -> list[Any]:
    """Return what happened after the submission."""
    return told(read(ticket_=ticket(*follow_ups, **fields), **(options or {})))[1:]


def test_a_ticket_begins_in_the_default_status_with_its_priority() -> None:
    log = read()
    assert told(log) == [("7 09:00", "submitted", "customer", "3", "open")]
    assert (log.ticket, log.department) == ("7", "help")


def test_putting_on_hold_is_a_pause_and_no_reply() -> None:
    expected = [("7 10:00", "paused", "on_hold"), ("7 11:00", "resumed", "on_hold")]
    assert rest(held("10:00"), held("11:00", "False")) == expected


def test_the_hold_has_the_name_that_the_policy_gives_it() -> None:
    options = {"hold": "parked", "labels": {"Zurückgehalten": "on_hold"}}
    found = rest(held("10:00", label="Zurückgehalten"), options=options, on_hold=True)
    assert found == [("7 10:00", "paused", "parked")]


WROTE: list[tuple[dict[str, Any], tuple[Any, ...]]] = [
    ({}, ("replied", "agent")),
    ({"public": False}, ("replied", "agent", False)),
    ({"user": CUSTOMER}, ("replied", "customer")),
    ({"user": None, "message_id": "<1@x>"}, ("replied", "customer")),
    ({"user": None}, ("replied", "customer")),
]


@pytest.mark.parametrize(("fields", "expected"), WROTE)
def test_a_comment_is_a_message_of_who_wrote_it(
    fields: dict[str, Any], expected: tuple[Any, ...]
) -> None:
    assert rest(said("10:00", **fields)) == [("7 10:00", *expected)]


@pytest.mark.parametrize("comment", [None, "", "  "])
def test_a_follow_up_without_a_comment_is_no_message(comment: str | None) -> None:
    assert rest(said("10:00", comment)) == []


def test_a_mail_without_a_text_is_a_message() -> None:
    found = rest(said("10:00", "", user=None, message_id="<1@x>"))
    assert found == [("7 10:00", "replied", "customer")]


def test_who_is_of_the_desk_may_be_told() -> None:
    found = rest(said("10:00", user=CUSTOMER), options={"is_agent": lambda user: not user.is_staff})
    assert found == [("7 10:00", "replied", "agent")]


def test_an_escalation_is_automatic() -> None:
    escalated = said("10:00", "Escalated", ("Priority", "3", "2"), user=None)
    expected = [("7 10:00", "replied", "agent", True), ("7 10:00", "priority", "2")]
    assert rest(escalated, priority=2) == expected


def test_statuses_resolve_close_and_reopen() -> None:
    found = rest(
        said("10:00", "Done", new_status=3),
        said("11:00", None, new_status=4),
        said("12:00", "No", user=None, message_id="<1@x>", new_status=2),
        said("13:00", "No", user=None, message_id="<2@x>", new_status=2),
        status=2,
    )
    assert found == [
        ("7 10:00", "replied", "agent"),
        ("7 10:00", "resolved", "resolved"),
        ("7 11:00", "closed", "closed"),
        ("7 12:00", "replied", "customer"),
        ("7 12:00", "reopened", "reopened"),
        ("7 13:00", "replied", "customer"),
    ]


def test_the_first_priority_and_queue_are_the_old_values_of_the_first_change() -> None:
    change = said("10:00", None, ("Priority", "4", "1"), ("Queue", "2", "1"), ("Title", "a", "b"))
    log = read(
        ticket_=ticket(change, priority=1),
        department={1: "web", 2: "it"},
        priorities={4: "low", 1: "urgent"},
    )
    assert log.department == "it"
    assert told(log) == [
        ("7 09:00", "submitted", "customer", "low", "open"),
        ("7 10:00", "priority", "urgent"),
        ("7 10:00", "moved", "web", "ticket"),
    ]


def test_queues_of_one_department_move_nothing() -> None:
    assert rest(said("10:00", None, ("Queue", "2", "1"))) == []


def test_tasks_of_checklists_have_no_clock() -> None:
    assert rest(said("10:00", None, ("[Setup] Call", "To do", "Completed"))) == []


@pytest.mark.parametrize("fields", [{}, {"user": CUSTOMER}])
def test_a_follow_up_that_repeats_the_description_is_the_submission(fields: dict[str, Any]) -> None:
    by = "agent" if not fields else "customer"
    log = read(said("09:00:01", "It is down\n", **fields))
    assert told(log) == [("7 09:00", "submitted", by, "3", "open")]


def test_a_mail_just_before_its_ticket_is_the_submission() -> None:
    mail = said("08:59:59.9", "It is down. Ann, 555-1234", user=None, message_id="<1@x>")
    assert told(read(mail)) == [("7 09:00", "submitted", "customer", "3", "open")]


@pytest.mark.parametrize(
    "follow_up",
    [
        said("09:00:01", "Other"),
        said("09:01:01", "It is down"),
        said("09:00:01", "It is down", new_status=1),
    ],
)
def test_another_first_follow_up_is_a_reply(follow_up: Fake) -> None:
    assert [each[1] for each in rest(follow_up)] == ["replied"]


def test_follow_ups_are_read_by_date_and_number() -> None:
    found = rest(said("10:00", id=2, user=CUSTOMER), said("10:00", id=1), said("09:30", id=3))
    assert [each[2] for each in found] == ["agent", "agent", "customer"]


def test_an_import_is_submitted_when_it_is_said() -> None:
    log = read(said("08:00"), submitted_at="2026-09-07T07:30:00Z")
    assert [each[0] for each in told(log)] == ["7 07:30", "7 08:00"]


def test_names_of_the_policy_take_the_place_of_the_numbers() -> None:
    log = read(statuses={1: "new"}, priorities={3: None})
    assert told(log) == [("7 09:00", "submitted", "customer", "new")]


GAPS: list[tuple[dict[str, Any], tuple[Any, ...]]] = [
    ({"status": 4}, ("closed", "closed")),
    ({"on_hold": True}, ("paused", "on_hold")),
]


@pytest.mark.parametrize(("fields", "event"), GAPS)
def test_a_change_without_a_follow_up_is_refused_unless_modified_is_trusted(
    fields: dict[str, Any], event: tuple[Any, ...]
) -> None:
    with pytest.raises(LogError, match="trust_modified=True"):
        rest(said("10:00"), **fields)
    found = rest(said("10:00"), options={"trust_modified": True}, **fields)
    assert found == [("7 10:00", "replied", "agent"), ("7 16:00", *event)]


def test_a_change_without_a_follow_up_before_one_that_tells_is_taken_then() -> None:
    two = [said("10:00", None, ("Priority", "3", "2")), said("11:00", None, ("Priority", "4", "1"))]
    with pytest.raises(LogError, match="^follow-up 1: priority='4'.* it was '2'"):
        rest(*two, priority=1)
    found = rest(*two, options={"trust_modified": True}, priority=1)
    assert found == [("7 10:00", "priority", "2"), ("7 11:00", "priority", "1")]


def test_modified_does_not_come_before_the_last_follow_up() -> None:
    options = {"trust_modified": True}
    found = rest(said("10:00"), options=options, modified=at("09:30"), status=4)
    assert found[-1] == ("7 10:00", "closed", "closed")


def test_times_of_a_site_without_zones_are_on_the_clock_that_is_named() -> None:
    naive = ticket(created=dt.datetime(2026, 9, 7, 9))
    with pytest.raises(NaiveInstantError, match="created="):
        read(ticket_=naive)
    log = read(ticket_=naive, timezone="Europe/Berlin")
    assert log.events[0].at.isoformat() == "2026-09-07T09:00:00+02:00"


REFUSED: list[tuple[str, Any, dict[str, Any], str]] = [
    ("a label", held("10:00", label="Angehalten"), {}, "labels={'Angehalten'"),
    ("no use", held("10:00"), {"labels": {"On Hold": "pause"}}, "On Hold='True'"),
    ("no hold", held("10:00", "perhaps"), {}, "On Hold='perhaps'"),
    ("a status", said("10:00", new_status=9), {}, "statuses={'9'"),
    ("a priority", said("10:00", None, ("Priority", "3", "9")), {"priorities": {3: "low"}}, "priorities={'9'"),
    ("a queue", said("10:00", None, ("Queue", "1", "9")), {"department": {1: "web"}}, "department={'9'"),
    ("before", said("08:00"), {}, "comes before"),
    ("no follow-up", Fake(id=1, date=at("10:00")), {}, "the SimpleNamespace has no 'ticketchange_set'"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("follow_up", "options", "match"),
    [each[1:] for each in REFUSED],
    ids=[each[0] for each in REFUSED],
)
def test_follow_ups_that_cannot_be_read_are_refused_with_their_place(
    follow_up: Any, options: dict[str, Any], match: str
) -> None:
    with pytest.raises(LogError, match=f"^follow-up 1: .*{match}") as caught:
        read(follow_up, **options)
    assert caught.value.index == 0


def test_what_is_no_ticket_of_helpdesk_is_refused() -> None:
    with pytest.raises(LogError, match="the int has no 'created'"):
        from_helpdesk_ticket(5, department="help")
