"""What an answer of WHMCS becomes: times of its server, replies, and what nobody knows."""

from __future__ import annotations

import json
from typing import Any

import pytest

from places import CASES
from support_sla import InstantError, LogError, TicketLog, ZoneError, load_policy, track
from support_sla.tickets.sources import from_whmcs_ticket

SAMPLE = json.loads((CASES / "tickets" / "whmcs_ticket.json").read_text("utf-8"))
OPENED = {"tid": "1", "date": "2026-09-07 09:00:00", "status": "Open", "admin": "", "replies": ""}


def told(log: TicketLog) -> list[tuple[Any, ...]]:
    """Return the events of a log as '7 09:00', the kind, and what they say."""
    return [
        (
            f"{each.at.day} {each.at:%H:%M}",
            *(v for k, v in each.to_dict().items() if k not in {"at", "id"}),
        )
        for each in log.events
    ]


def read(*replies: Any, **changes: Any) -> TicketLog:
    options: dict[str, Any] = {"timezone": "Asia/Ho_Chi_Minh", "department": "help"}
    named = ("timezone", "department", "priorities", "automatic", "closed", "closed_at", "channel")
    options |= {key: changes.pop(key) for key in named if key in changes}
    ticket = {**OPENED, "replies": {"reply": list(replies)}, **changes}
    return from_whmcs_ticket(ticket, **options)


def reply(number: int | str, time: str, admin: str = "Bob") -> dict[str, Any]:
    return {"replyid": number, "date": f"2026-09-07 {time}", "admin": admin}


def test_a_whole_answer_is_read_newest_first_too() -> None:
    log = from_whmcs_ticket(
        SAMPLE,
        timezone="Asia/Ho_Chi_Minh",
        department={2: "technical"},
        priorities={"High": "urgent"},
        automatic={"System"},
    )
    assert told(log) == [
        ("7 09:00", "submitted", "customer", "urgent"),
        ("7 09:00", "replied", "agent", True),
        ("7 10:00", "replied", "customer"),
        ("7 10:30", "replied", "agent", False),
        ("7 11:00", "replied", "agent"),
    ]
    assert (log.department, log.ticket) == ("technical", "482913")
    assert log.events[0].at.isoformat() == "2026-09-07T09:00:00+07:00"


def test_a_rule_that_pauses_is_refused_because_no_status_is_known() -> None:
    rule = {"within": "8h", "counted_in": "calendar_time", "pauses_on": ["hold"]}
    line = {"hours": {"schedule": "always"}, "resolution": [rule]}
    policy = load_policy(
        {
            "name": "desk",
            "timezone": "UTC",
            "statuses": ["hold"],
            "schedules": {"always": "24/7"},
            "departments": {"help": {"channels": {"ticket": line}}},
        }
    )
    with pytest.raises(LogError, match="no history of statuses"):
        track(policy, read(), "2026-09-07T10:00:00Z")


def test_replies_of_one_second_are_told_apart_by_their_numbers() -> None:
    log = read(reply(2, "10:00:00", ""), reply("1", "10:00:00"))
    assert [each.by for each in log.events[1:]] == ["agent", "customer"]


def test_replies_without_numbers_keep_their_order() -> None:
    first, second = reply("", "10:00:00"), reply("", "10:00:00", "")
    assert [each.by for each in read(first, second).events[1:]] == ["agent", "customer"]


def test_a_ticket_opened_by_an_admin_is_the_desks() -> None:
    assert read(reply(0, "09:00:00"), admin="Bob").events[0].by == "agent"


@pytest.mark.parametrize("replies", ["", [], {}, {"reply": ""}, None])
def test_php_writes_no_replies_in_many_ways(replies: Any) -> None:
    assert told(read(replies=replies)) == [("7 09:00", "submitted", "customer")]


@pytest.mark.parametrize("box", [[reply(1, "10:00:00")], {"reply": reply(1, "10:00:00")}])
def test_php_writes_one_reply_in_many_ways(box: Any) -> None:
    assert told(read(replies=box))[1:] == [("7 10:00", "replied", "agent")]


def test_a_closed_ticket_is_closed_when_somebody_says() -> None:
    log = read(reply(1, "10:00:00"), status="Closed", closed_at="2026-09-07 12:00:00")
    assert told(log)[-1] == ("7 12:00", "closed")


@pytest.mark.parametrize(("replies", "at"), [([reply(1, "10:00:00")], "10:00"), ([], "09:00")])
def test_a_closed_ticket_may_be_taken_as_closed_at_the_last_reply(
    replies: list[Any], at: str
) -> None:
    notes = {"note": {"noteid": "1", "date": "2026-09-07 13:00:00", "admin": "Bob"}}
    log = read(*replies, status="Closed", closed_at="last_reply", notes=notes)
    assert (f"7 {at}", "closed") in told(log)


def test_a_closed_ticket_without_its_instant_is_refused() -> None:
    with pytest.raises(LogError, match="status is 'Closed' has no 'closed_at'"):
        read(status="Closed")


def test_a_time_that_comes_twice_is_taken_the_first_time() -> None:
    log = read(date="2026-10-25 02:30:00", timezone="Europe/Paris")
    assert log.events[0].at.isoformat() == "2026-10-25T02:30:00+02:00"


@pytest.mark.parametrize("date", ["2026-03-29 02:30:00", "0001-01-01 00:00:00", "yesterday"])
def test_a_time_that_never_was_is_refused(date: str) -> None:
    with pytest.raises(InstantError, match="date="):
        read(date=date, timezone="Europe/Paris")


REFUSED: list[tuple[str, list[Any], dict[str, Any], str]] = [
    ("an error", [], {"result": "error", "message": "Ticket ID Not Found"}, "'Ticket ID Not Found'"),
    ("no date", [], {"date": None}, "no 'date'"),
    ("zeros", [], {"date": "0000-00-00 00:00:00"}, "date='0000-00-00"),
    ("a day", [], {"date": "2026-09-07"}, "a date with its time"),
    ("zeros of a reply", [reply(1, "10:00:00"), {"replyid": 2, "date": "0000-00-00 00:00:00"}], {}, r"^replies\[1\]: date="),
    ("a text", [], {"replies": "none"}, "replies='none'"),
    ("no row", [], {"replies": {"reply": ["Hello"]}}, r"^replies\[0\]: reply='Hello'"),
    ("no list", [], {"replies": {"reply": "Hello"}}, "replies='Hello'"),
    ("a priority", [], {"priority": "High", "priorities": {"Low": "low"}}, "priorities={'High'"),
    ("no department", [], {"deptid": "9", "department": {"1": "help"}}, "department={'9'"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("replies", "changes", "match"),
    [each[1:] for each in REFUSED],
    ids=[each[0] for each in REFUSED],
)
def test_answers_that_cannot_be_read_are_refused(
    replies: list[Any], changes: dict[str, Any], match: str
) -> None:
    with pytest.raises(LogError, match=match):
        read(*replies, **changes)


def test_a_zone_that_is_none_is_refused() -> None:
    with pytest.raises(ZoneError, match="Saigon"):
        read(timezone="Saigon")


def test_a_row_of_gettickets_is_refused_for_it_has_no_replies() -> None:
    row = {key: value for key, value in OPENED.items() if key != "replies"}
    with pytest.raises(LogError, match="not a row of GetTickets"):
        from_whmcs_ticket(row, timezone="UTC", department="help")


def test_capitals_of_a_closing_status_do_not_matter() -> None:
    assert read(status="CLOSED", closed_at="2026-09-08 09:00:00").events[-1].kind == "closed"
