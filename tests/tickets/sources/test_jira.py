"""What a Jira issue, its changelog and its comments become, and which of them are refused."""

from __future__ import annotations

import json
from typing import Any

import pytest

from places import CASES
from support_sla import LogError, NaiveInstantError, TicketLog
from support_sla.tickets.sources import from_jira_issue

SAMPLE = json.loads((CASES / "tickets" / "jira_issue.json").read_text("utf-8"))
ANN = {"accountId": "ann", "accountType": "customer"}
BOB = {"accountId": "bob", "accountType": "atlassian"}


def told(log: TicketLog) -> list[tuple[Any, ...]]:
    """Return the events of a log as '7 09:00', the kind, and what they say."""
    return [
        (
            f"{each.at.day} {each.at:%H:%M}",
            *(v for k, v in each.to_dict().items() if k not in {"at", "id"}),
        )
        for each in log.events
    ]


def at(minute: int) -> str:
    return f"2026-09-07T09:{minute:02}:00.000+0000"


def item(field: str, before: str | None, after: str | None, **more: Any) -> dict[str, Any]:
    return {"field": field, "fromString": before, "toString": after, **more}


def history(minute: int, *items: dict[str, Any], **changes: Any) -> dict[str, Any]:
    return {"created": at(minute), "items": list(items), **changes}


def comment(minute: int, author: Any = BOB, **changes: Any) -> dict[str, Any]:
    return {"created": at(minute), "author": author, "jsdPublic": True, **changes}


def read(
    *histories: Any, comments: Any = (), fields: dict[str, Any] | None = None, **options: Any
) -> TicketLog:
    known = {"created": at(0), "reporter": ANN, "status": {"name": "Open"}, **(fields or {})}
    issue = {"key": "HELP-1", "fields": known}
    given = {"histories": histories, "comments": comments, "department": "help", **options}
    return from_jira_issue(issue, **given)


def test_a_whole_issue_is_read_with_the_resolution_as_its_end() -> None:
    log = from_jira_issue(SAMPLE, department={"HELP": "help"}, channel="portal")
    assert told(log) == [
        ("7 11:00", "submitted", "customer", "Medium", "Waiting for support"),
        ("7 11:00", "replied", "agent", True),
        ("7 11:30", "replied", "agent", False),
        ("7 12:00", "replied", "agent"),
        ("7 12:00", "priority", "Highest"),
        ("7 13:00", "resolved"),
        ("7 13:00", "status", "Done"),
        ("8 09:00", "reopened"),
        ("8 09:00", "status", "In Progress"),
        ("8 12:00", "resolved"),
        ("8 12:00", "status", "Done"),
    ]
    assert (log.department, log.channel, log.ticket) == ("help", "portal", "HELP-7")


def test_statuses_that_end_an_issue_are_named_by_the_caller() -> None:
    log = from_jira_issue(SAMPLE, department="help", resolved={"Done"})
    ends = [each for each in told(log) if each[1] in {"resolved", "reopened", "closed", "status"}]
    assert ends == [
        ("7 13:00", "resolved", "Done"),
        ("8 09:00", "reopened", "In Progress"),
        ("8 12:00", "resolved", "Done"),
    ]


def test_an_issue_resolved_and_then_closed_is_both() -> None:
    log = read(
        history(1, item("status", "Open", "Done")),
        history(2, item("status", "Done", "Closed")),
        fields={"status": {"name": "Closed"}},
        resolved={"Done"},
        closed={"Closed"},
    )
    assert told(log)[1:] == [("7 09:01", "resolved", "Done"), ("7 09:02", "closed", "Closed")]


def test_the_status_of_an_issue_that_never_changed_is_todays() -> None:
    assert told(read()) == [("7 09:00", "submitted", "customer", "Open")]


def test_names_of_the_policy_take_the_place_of_those_of_jira() -> None:
    log = read(
        history(1, item("status", "Open", "Waiting"), item("priority", "Low", "High")),
        fields={"status": {"name": "Waiting"}, "priority": {"name": "High"}},
        statuses={"Open": "open", "Waiting": "pending"},
        priorities={"Low": None, "High": "urgent"},
    )
    assert told(log) == [
        ("7 09:00", "submitted", "customer", "open"),
        ("7 09:01", "status", "pending"),
        ("7 09:01", "priority", "urgent"),
    ]


def test_a_renamed_status_is_the_same_one_by_its_id() -> None:
    log = read(
        history(1, item("status", "Open", "Waiting", **{"from": "1", "to": "2"})),
        fields={"status": {"id": "2", "name": "On hold"}},
    )
    assert told(log)[1:] == [("7 09:01", "status", "Waiting")]


def test_another_resolution_changes_nothing() -> None:
    log = read(
        history(1, item("resolution", None, "Done")),
        history(2, item("resolution", "Done", "Declined")),
        fields={"resolution": {"name": "Declined"}},
    )
    assert told(log)[1:] == [("7 09:01", "resolved")]


@pytest.mark.parametrize(
    ("options", "fields"),
    [({}, {"resolution": {"name": "Done"}}), ({"resolved": {"Open"}}, {})],
)
def test_an_issue_created_as_resolved_is_resolved_at_once(
    options: dict[str, Any], fields: dict[str, Any]
) -> None:
    assert [each.kind for each in read(fields=fields, **options).events] == [
        "submitted",
        "resolved",
    ]


PEOPLE: list[tuple[dict[str, Any], dict[str, Any], tuple[str, bool]]] = [
    (ANN, {}, ("customer", False)),
    ({"accountId": "cy", "accountType": "customer"}, {}, ("customer", False)),
    (BOB, {}, ("agent", False)),
    ({"accountId": "app", "accountType": "app"}, {}, ("agent", True)),
    ({"name": "bob"}, {}, ("agent", False)),
    ({"key": "JIRAUSER1", "name": "bob"}, {"bots": {"JIRAUSER1"}}, ("agent", True)),
    (BOB, {"agents": {"dee"}}, ("customer", False)),
    (BOB, {"agents": {"bob"}}, ("agent", False)),
    ({"accountType": "unknown"}, {"agents": {"bob"}}, ("customer", False)),
]


@pytest.mark.parametrize(("author", "options", "expected"), PEOPLE)
def test_who_writes_is_the_reporter_or_what_the_account_says(
    author: dict[str, Any], options: dict[str, Any], expected: tuple[str, bool]
) -> None:
    said = read(comments=[comment(1, author)], **options).events[1]
    assert (said.by, said.automatic) == expected


@pytest.mark.parametrize(
    ("creator", "by"),
    [(ANN, "customer"), (BOB, "agent"), ({"accountId": "x", "accountType": "app"}, "customer")],
)
def test_an_issue_is_submitted_by_who_created_it(creator: dict[str, Any], by: str) -> None:
    assert read(fields={"creator": creator}).events[0].by == by


def test_an_issue_without_a_reporter_has_no_account_for_the_customer() -> None:
    log = read(comments=[comment(1, {"displayName": "?"})], fields={"reporter": None})
    assert told(log)[1:] == [("7 09:01", "replied", "agent")]


INTERNAL = [{"key": "other"}, {"key": "sd.public.comment", "value": {"internal": True}}]
OPEN = [{"key": "sd.public.comment", "value": {"internal": False}}]


@pytest.mark.parametrize(
    ("keys", "options", "public"),
    [
        ({"jsdPublic": False}, {}, False),
        ({"jsdPublic": None, "properties": INTERNAL}, {}, False),
        ({"jsdPublic": None, "properties": OPEN}, {}, True),
        ({"jsdPublic": None}, {"assume_public": True}, True),
        ({"jsdPublic": None, "visibility": {"type": "role"}}, {"assume_public": True}, False),
    ],
)
def test_a_comment_is_public_if_it_says_so(
    keys: dict[str, Any], options: dict[str, Any], public: bool
) -> None:
    assert read(comments=[comment(1, **keys)], **options).events[1].public is public


def test_histories_may_come_in_any_order() -> None:
    first, second = (
        history(1, item("status", "Open", "Wait")),
        history(2, item("status", "Wait", "Open")),
    )
    assert read(second, first) == read(first, second)


PAGED = {"total": 3, "histories": [history(1, item("status", "Open", "Done"))]}


def test_a_changelog_of_which_a_page_is_missing_is_refused_with_what_to_do() -> None:
    issue = {**SAMPLE, "changelog": PAGED}
    with pytest.raises(LogError, match=r"histories='1 of 3' .* pass histories=\[\.\.\.\]"):
        from_jira_issue(issue, department="help")


def test_comments_of_which_a_page_is_missing_are_refused_with_what_to_do() -> None:
    page = {"total": 90, "comments": []}
    with pytest.raises(LogError, match=r"comments='0 of 90' .* pass comments=\[\.\.\.\]"):
        read(comments=None, fields={"comment": page})


def test_a_count_of_more_digits_than_python_writes_is_no_whole_changelog() -> None:
    issue = {**SAMPLE, "changelog": {**PAGED, "total": 10**5000}}
    with pytest.raises(LogError, match="histories='1 of a int too long to show'"):
        from_jira_issue(issue, department="help")


REFUSED: list[tuple[str, list[Any], dict[str, Any], str]] = [
    ("no changelog", [], {"histories": None}, "expand=changelog"),
    ("no comments", [], {"comments": None}, "no 'comment'"),
    ("no rows", [], {"comments": None, "fields": {"comment": {}}}, "no 'comments'"),
    ("a gap", [history(1, item("status", "Open", "A")), history(2, item("status", "B", "C"))], {}, r"histories\[1\]: from of status='B'"),
    ("another end", [history(1, item("status", "New", "Done"))], {}, "status='Open'"),
    ("no end", [history(1, item("priority", None, "High"))], {"fields": {"priority": None}}, "priority='none'"),
    ("no items", [{"created": at(1)}], {}, "no 'items'"),
    ("no instant", [{"items": []}], {}, "no 'created'"),
    ("no author", [], {"comments": [comment(1, None)]}, r"comments\[0\]: the comment has no 'author'"),
    ("no account", [], {"comments": [comment(1, {"accountId": "x", "accountType": "unknown"})]}, "agents="),
    ("no privacy", [], {"comments": [comment(1, jsdPublic=None)]}, "assume_public=True"),
    ("no list of properties", [], {"comments": [comment(1, properties=1.5)]}, r"comments\[0\]: properties=1.5"),
    ("no status", [], {"fields": {"status": None}}, "status='' is not"),
    ("a status", [], {"statuses": {"New": "open"}}, "statuses={'Open'"),
    ("agents as a text", [], {"agents": "bob"}, "agents='bob'"),
    ("no project", [], {"department": {"HELP": "help"}}, "department={None"),
    ("before the issue", [history(1), history(0)], {"comments": [{**comment(1), "created": "2026-09-06T09:00:00Z"}]}, r"^comments\[0\]: .* comes before"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("histories", "options", "match"),
    [each[1:] for each in REFUSED],
    ids=[each[0] for each in REFUSED],
)
def test_issues_that_cannot_be_read_are_refused(
    histories: list[Any], options: dict[str, Any], match: str
) -> None:
    with pytest.raises(LogError, match=match):
        read(*histories, **options)


def test_an_issue_without_fields_is_refused() -> None:
    with pytest.raises(LogError, match="no 'fields'"):
        from_jira_issue({}, department="help")


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(NaiveInstantError, match="created="):
        read(fields={"created": "2026-09-07T09:00:00"})
