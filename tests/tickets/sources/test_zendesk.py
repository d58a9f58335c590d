"""What the audits of a Zendesk ticket become."""

from __future__ import annotations

from typing import Any

import pytest

from support_sla import TicketLog, load_policy, track
from support_sla.tickets.sources import from_zendesk_audits
from zendesk_audits import (
    AGENT,
    CUSTOMER,
    LIGHT,
    SAMPLE,
    audit,
    change,
    comment,
    created,
    read,
)


def told(log: TicketLog) -> list[tuple[Any, ...]]:
    """Return the events of a log as '7 09:00', the kind, and what they say."""
    return [
        (
            f"{each.at.day} {each.at:%H:%M}",
            *(v for k, v in each.to_dict().items() if k not in {"at", "id"}),
        )
        for each in log.events
    ]


def sample(**changes: Any) -> TicketLog:
    options = {"department": {30: "first", 31: "second"}, **changes}
    return from_zendesk_audits(SAMPLE["ticket"], SAMPLE["answer"], **options)


def test_a_whole_ticket_is_read_from_its_row_and_audits() -> None:
    assert told(sample()) == [
        ("7 09:00", "submitted", "customer", "normal", "new"),
        ("7 09:00", "replied", "agent", True),
        ("7 09:20", "replied", "agent", False),
        ("7 09:20", "priority", "urgent"),
        ("7 09:20", "moved", "second", "ticket"),
        ("7 09:40", "replied", "agent"),
        ("7 09:40", "status", "pending"),
        ("7 11:00", "replied", "customer"),
        ("7 11:00", "status", "open"),
        ("7 12:00", "replied", "agent"),
        ("7 12:00", "resolved", "solved"),
        ("8 08:00", "replied", "customer"),
        ("8 08:00", "reopened", "open"),
        ("8 09:00", "resolved", "solved"),
        ("12 09:00", "closed", "closed"),
    ]
    assert (sample().department, sample().ticket) == ("first", "4711")


def test_the_first_response_is_the_public_reply_of_a_person() -> None:
    line = {
        "hours": {"schedule": "office"},
        "first_response": [{"within": "1h", "counted_in": "business_time"}],
    }
    policy = load_policy(
        {
            "name": "desk",
            "timezone": "UTC",
            "priorities": ["normal", "urgent"],
            "schedules": {"office": "Mo-Fr 09:00-17:00"},
            "departments": {name: {"channels": {"ticket": line}} for name in ("first", "second")},
        }
    )
    found = track(policy, sample(), "2026-09-12T10:00:00Z").first_response
    assert found is not None
    assert found.stopped_at is not None
    assert f"{found.stopped_at:%H:%M}" == "09:40"


def test_names_of_the_policy_take_the_place_of_those_of_zendesk() -> None:
    log = read(
        created(comment(2, CUSTOMER), change("priority", None, "low", "Create")),
        audit(3, 1, change("status", "new", "hold"), change("priority", "low", "urgent")),
        statuses={"new": "open", "hold": "on_hold"},
        priorities={"low": None, "urgent": "high"},
        channel="mail",
    )
    assert told(log) == [
        ("7 09:00", "submitted", "customer", "open"),
        ("7 09:01", "status", "on_hold"),
        ("7 09:01", "priority", "high"),
    ]
    assert log.channel == "mail"


def test_a_priority_taken_away_is_none() -> None:
    log = read(
        created(comment(2, CUSTOMER), change("priority", None, "low", "Create")),
        audit(3, 1, change("priority", "low", None)),
    )
    assert told(log)[1:] == [("7 09:01", "priority", None)]


def test_audits_may_come_in_any_order_and_twice() -> None:
    audits = SAMPLE["answer"]["audits"]
    turned = from_zendesk_audits(
        SAMPLE["ticket"],
        [*audits[::-1], *audits[:3]],
        SAMPLE["answer"]["users"],
        department={30: "first", 31: "second"},
    )
    assert turned == sample()


def test_a_trigger_that_answers_at_once_changes_the_status_of_the_creation() -> None:
    log = read(created(comment(2, CUSTOMER), change("status", "new", "open")))
    assert told(log)[1:] == [("7 09:00", "status", "open")]


def test_a_ticket_created_as_solved_is_resolved_at_once() -> None:
    log = read(created(comment(2, AGENT), status="solved"))
    assert told(log) == [
        ("7 09:00", "submitted", "agent", "solved"),
        ("7 09:00", "resolved", "solved"),
    ]


def test_a_second_comment_of_the_creation_is_a_reply() -> None:
    log = read(created(comment(2, CUSTOMER), comment(3, AGENT)))
    assert told(log)[1:] == [("7 09:00", "replied", "agent")]


@pytest.mark.parametrize(
    ("author", "by"), [(CUSTOMER, "customer"), (AGENT, "agent"), (-1, "agent"), (77, "agent")]
)
def test_a_ticket_without_a_comment_is_submitted_by_the_author_of_its_creation(
    author: int, by: str
) -> None:
    log = read(created({"type": "Notification"}, author_id=author), bots={77})
    assert told(log) == [("7 09:00", "submitted", by, "new")]


def test_the_requester_is_the_customer_whatever_the_role() -> None:
    log = read(
        created(comment(2, AGENT), change("requester_id", None, str(AGENT), "Create")),
        audit(3, 1, comment(4, AGENT), change("requester_id", AGENT, CUSTOMER)),
    )
    assert told(log) == [
        ("7 09:00", "submitted", "customer", "new"),
        ("7 09:01", "replied", "agent"),
    ]


def test_the_first_requester_is_the_one_before_the_first_change() -> None:
    log = read(created(comment(2, LIGHT)), audit(3, 1, change("requester_id", LIGHT, CUSTOMER)))
    assert told(log) == [("7 09:00", "submitted", "customer", "new")]


def test_a_former_agent_is_named() -> None:
    log = read(created(), audit(3, 1, comment(4, 12)), agents={12})
    assert told(log)[1:] == [("7 09:01", "replied", "agent")]


@pytest.mark.parametrize("via", [{"channel": "rule"}, {"channel": 8}, {"channel": "merge"}])
def test_comments_of_rules_and_merges_are_automatic(via: dict[str, Any]) -> None:
    log = read(
        created(), audit(3, 1, comment(4, AGENT, via=via)), audit(5, 2, comment(6, 77)), bots={77}
    )
    assert [each.automatic for each in log.events] == [False, True, True]


def test_a_call_is_a_message() -> None:
    log = read(created(), audit(3, 1, comment(4, AGENT, type="VoiceComment")))
    assert told(log)[1:] == [("7 09:01", "replied", "agent")]


@pytest.mark.parametrize(
    ("public", "expected"),
    [
        (False, [("7 09:01", "replied", "agent")]),
        (True, [("7 09:01", "replied", "agent", False), ("7 09:02", "replied", "agent")]),
    ],
)
def test_a_comment_counts_as_it_was_written_and_from_when_it_is_made_public(
    public: bool, expected: list[Any]
) -> None:
    made = {"id": 6, "type": "CommentPrivacyChange", "comment_id": 4, "public": public}
    log = read(created(), audit(3, 1, comment(4, AGENT, public=public)), audit(5, 2, made))
    assert told(log)[1:] == expected


def test_groups_of_one_department_move_nothing_and_no_group_has_the_key_none() -> None:
    groups = {None: "first", 30: "first", 31: "second"}
    log = read(
        created(),
        audit(3, 1, change("group_id", None, "30")),
        audit(4, 2, change("group_id", "30", "31")),
        department=groups,
    )
    assert log.department == "first"
    assert told(log)[1:] == [("7 09:02", "moved", "second", "ticket")]


def test_a_ticket_without_an_id_has_no_name() -> None:
    assert read(created(), ticket={"requester_id": CUSTOMER}).ticket is None


def test_the_body_of_an_answer_is_read_as_its_ticket() -> None:
    body = {"ticket": SAMPLE["ticket"]}
    department = {30: "first", 31: "second"}
    assert from_zendesk_audits(body, SAMPLE["answer"], department=department) == sample()


def test_capitals_of_a_resolving_status_do_not_matter() -> None:
    solved = audit(3, 10, change("status", "new", "solved"))
    assert read(created(), solved, resolved={"Solved"}).events[-1].kind == "resolved"
