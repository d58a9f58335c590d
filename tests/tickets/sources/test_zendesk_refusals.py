"""Which audits of a Zendesk ticket are refused, and where they say it is wrong."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from support_sla import LogError, NaiveInstantError
from support_sla.tickets.sources import from_zendesk_audits
from zendesk_audits import (
    AGENT,
    CUSTOMER,
    SAMPLE,
    audit,
    change,
    comment,
    created,
    read,
)

LATER = audit(3, 1, comment(4, AGENT))
REFUSED: list[tuple[str, list[Any], dict[str, Any], str]] = [
    ("no audits", [], {}, "audits=\\[\\]"),
    ("no creation", [LATER], {}, r"audits\[0\]: the first audit has no 'Create'"),
    ("no instant", [created(created_at=None)], {}, "no 'created_at'"),
    ("no id", [{**created(), "id": None}], {}, "no 'id'"),
    ("no events", [{**created(), "events": None}], {}, "no 'events'"),
    ("no type", [audit(1, 0, {"id": 2})], {}, "no 'type'"),
    ("a list as a type", [audit(1, 0, {"id": 2, "type": ["Comment"]})], {}, r"type=\['Comment'\]"),
    ("no event", [{**created(), "events": ["Comment"]}], {}, "event='Comment'"),
    ("no list", [{**created(), "events": "Comment"}], {}, "events='Comment'"),
    ("another ticket", [created(ticket_id=6)], {}, "ticket_id='6'"),
    ("a stranger", [created(), audit(3, 1, comment(4, 12))], {}, r"audits\[1\]: author_id=12"),
    ("neither", [created(), audit(3, 1, comment(4, AGENT, public=None))], {}, "public=None"),
    ("a gap", [created(), audit(3, 1, change("status", "open", "hold"))], {}, "it was 'new'"),
    ("a chat", [created(), audit(3, 1, {"type": "ChatEndedEvent"})], {}, "from_rows"),
    ("a status", [created()], {"statuses": {}}, "statuses={'new'"),
    ("a priority", [created(comment(2, CUSTOMER), change("priority", None, "low", "Create"))], {"priorities": {}}, "priorities={'low'"),
    ("a group", [created()], {"department": {30: "first"}}, "department={None"),
    ("another group", [created(), audit(3, 1, change("group_id", None, "9"))], {"department": {None: "first"}}, "department={'9'"),
    ("no department", [created()], {"department": 3}, "department=3"),
    ("no names", [created()], {"statuses": ["new"]}, "statuses="),
    ("no name", [created()], {"statuses": {"new": None}}, "statuses=None"),
    ("a text", [created()], {"resolved": "solved"}, "resolved='solved'"),
    ("a closed text", [created()], {"closed": "closed"}, "closed='closed'"),
    ("no bots", [created()], {"bots": 77}, "bots=77"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("audits", "options", "match"),
    [each[1:] for each in REFUSED],
    ids=[each[0] for each in REFUSED],
)
def test_audits_that_cannot_be_read_are_refused(
    audits: list[Any], options: dict[str, Any], match: str
) -> None:
    with pytest.raises(LogError, match=match):
        read(*audits, **options)


def test_an_error_has_the_place_of_its_audit() -> None:
    with pytest.raises(LogError) as caught:
        read(audit(3, 5, comment(4, 12)), created())
    assert caught.value.index == 0


@pytest.mark.parametrize(
    "more", [{"next_page": "page 2"}, {"meta": {"has_more": True}}, {"audits": None}]
)
def test_an_answer_with_pages_to_come_or_without_audits_is_refused(more: dict[str, Any]) -> None:
    with pytest.raises(LogError, match="audits"):
        from_zendesk_audits(SAMPLE["ticket"], {**SAMPLE["answer"], **more}, department="help")


@pytest.mark.parametrize("role", [["agent"], {"name": "agent"}])
def test_a_role_that_is_no_text_is_refused_with_its_user(role: Any) -> None:
    with pytest.raises(LogError, match=r"users\[0\]: role="):
        from_zendesk_audits(
            SAMPLE["ticket"], SAMPLE["answer"], [{"id": 1, "role": role}], department="help"
        )


def test_a_field_that_is_no_text_is_none_that_counts() -> None:
    odd = {**change("status", "new", "hold"), "field_name": ["status"]}
    assert read(created(), audit(3, 1, odd)).events == read(created()).events


@pytest.mark.parametrize("status", [["new"], {"new": 1}])
def test_a_row_whose_status_is_no_text_is_refused(status: Any) -> None:
    with pytest.raises(LogError, match="status="):
        read(created(), ticket={"id": 5, "requester_id": CUSTOMER, "status": status})


def test_audits_that_do_not_lead_to_the_status_of_the_row_are_refused() -> None:
    with pytest.raises(LogError, match="which end in 'new'"):
        read(created(), ticket={"id": 5, "requester_id": CUSTOMER, "status": "open"})


@pytest.mark.parametrize(
    ("users", "match"),
    [
        ([{"id": 1}], r"users\[0\]: the user has no 'role'"),
        ([{"id": 1, "role": "robot"}], "role='robot'"),
        ([{"role": "agent"}], "no 'id'"),
        (["agent"], "user='agent'"),
    ],
)
def test_users_without_a_role_are_refused(users: Any, match: str) -> None:
    with pytest.raises(LogError, match=match):
        from_zendesk_audits({"id": 5}, [created()], users, department="help")


def test_what_contradicts_in_a_log_is_told_with_its_audit() -> None:
    double = copy.deepcopy(comment(2, AGENT))
    with pytest.raises(LogError, match=r"^audits\[1\]: .* has the id '2'"):
        read(created(comment(9, CUSTOMER), comment(2, CUSTOMER)), audit(3, 1, double))


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(NaiveInstantError, match=r"^audits\[0\]: created_at="):
        read(created(created_at="2026-09-07T09:00:00"))


def test_what_is_no_ticket_is_refused() -> None:
    with pytest.raises(LogError, match="ticket=5"):
        from_zendesk_audits(5, [created()], department="help")  # type: ignore[arg-type]
