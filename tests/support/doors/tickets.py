"""The doors of tickets: logs, tables, what four products answer, and dumps that are read back."""

from __future__ import annotations

import json
from collections.abc import Iterable
from types import SimpleNamespace
from typing import Any

from doors.door import Door
from doors.texts import AT, DEADLINE, DESK, NOW
from places import CASES
from support_sla import AnswerTable, SupportSlaError, TicketLog, compare_submissions, track
from support_sla.tickets.sources import (
    from_helpdesk_ticket,
    from_jira_issue,
    from_rows,
    from_whmcs_ticket,
    from_zendesk_audits,
)

LOG: dict[str, Any] = {
    "format": "support_sla.ticket_log/1",
    "department": "help",
    "channel": "ticket",
    "ticket": "4711",
    "events": [
        {"at": AT, "kind": "submitted", "by": "customer", "priority": "high", "status": "open"},
        {
            "at": "2026-06-08T10:01:00Z",
            "kind": "replied",
            "by": "agent",
            "public": False,
            "id": "2",
        },
        {"at": "2026-06-08T10:10:00Z", "kind": "replied", "by": "agent", "automatic": True},
        {"at": "2026-06-08T10:20:00Z", "kind": "status", "to": "pending"},
        {"at": "2026-06-08T11:00:00Z", "kind": "paused", "reason": "open"},
        {"at": "2026-06-08T11:10:00Z", "kind": "resumed", "reason": "open"},
        {"at": "2026-06-08T11:20:00Z", "kind": "priority", "to": "low"},
        {"at": "2026-06-08T11:30:00Z", "kind": "attributes", "to": {"plan": "gold"}},
        {"at": "2026-06-08T11:40:00Z", "kind": "moved", "department": "help", "channel": "ticket"},
        {"at": "2026-06-08T12:00:00Z", "kind": "resolved", "status": "open"},
        {"at": "2026-06-08T13:00:00Z", "kind": "reopened"},
    ],
}
STATUS = track(DESK, TicketLog.from_dict(LOG), NOW)
TABLE = AnswerTable.of(DESK, department="help", first_year=2026, last_year=2026).to_dict()
SHORT = {**TABLE, **{key: value[:4] for key, value in TABLE.items() if isinstance(value, list) and key != "targets"}}  # fmt: skip
ZENDESK = json.loads((CASES / "tickets" / "zendesk_audits.json").read_text("utf-8"))
JIRA = json.loads((CASES / "tickets" / "jira_issue.json").read_text("utf-8"))
WHMCS = json.loads((CASES / "tickets" / "whmcs_ticket.json").read_text("utf-8"))
CSV = (
    (CASES / "tickets" / "events.csv").read_text("utf-8"),
    'ticket,at,kind,value,attributes,public\n1,2026-06-08T10:00Z,submitted,customer,,\n1,2026-06-08T10:05Z,replied,"agent",,1\n',
)
HELPDESK: dict[str, Any] = {
    "id": 7, "queue_id": 1, "status": 1, "priority": 3, "on_hold": True, "description": "It is down",
    "created": AT, "modified": NOW,
    "followup_set": [
        {
            "id": 1, "date": "2026-06-08T11:00:00Z", "comment": "We look into it", "public": True, "user": {"is_staff": True},
            "message_id": None, "new_status": None, "ticketchange_set": [{"field": "On Hold", "old_value": "False", "new_value": "True"}],
        },
        {
            "id": 2, "date": "2026-06-08T12:00:00Z", "comment": "", "public": False, "user": None, "message_id": "<1@x>",
            "new_status": None, "ticketchange_set": [{"field": "Priority", "old_value": "2", "new_value": "3"}],
        },
    ],
}  # fmt: skip
SUBMISSIONS = [
    {"submitted_at": AT, "department": "help", "channel": "ticket", "priority": "high", "attributes": {"plan": "gold"}, "metric": "resolution"},
    {"submitted_at": NOW, "department": "help"},
]  # fmt: skip


def _used(logs: Iterable[TicketLog]) -> None:
    """Ask about logs that were read: themselves read again, and how their tickets stand."""
    for log in logs:
        assert str(log)
        assert TicketLog.from_json(log.to_json()) == log
        try:
            status = track(DESK, log, NOW)
        except SupportSlaError:
            continue
        assert str(status)
        assert status.explain()
        assert status.to_json()


def _log_text(text: str) -> None:
    _used([TicketLog.from_json(text)])


def _log(data: Any) -> None:
    _used([TicketLog.from_dict(data)])


def _csv(text: str) -> None:
    _used(from_rows(text.splitlines(keepends=True), timezone="Europe/Paris", department="help"))


def _rows(data: Any) -> None:
    _used(from_rows(data, timezone="Europe/Paris", department="help"))


def _zendesk(data: Any) -> None:
    parts: Any = data if isinstance(data, dict) else {"ticket": data, "answer": data}
    _used([from_zendesk_audits(parts.get("ticket"), parts.get("answer"), department="help")])


def _jira(data: Any) -> None:
    _used([from_jira_issue(data, department="help", assume_public=True)])


def _whmcs(data: Any) -> None:
    _used([from_whmcs_ticket(data, timezone="Asia/Ho_Chi_Minh", department="help", closed_at="last_reply")])  # fmt: skip


def _helpdesk(data: Any) -> None:
    _used([from_helpdesk_ticket(_row(data), department="help", trust_modified=True)])


def _row(data: Any) -> Any:
    """Return a ticket of django-helpdesk as its models have it: rows have their fields, whatever is in them."""
    if not isinstance(data, dict):
        return SimpleNamespace(is_staff=False)
    fields = {str(key): value for key, value in data.items()}
    fields["user"] = _row(fields["user"]) if fields.get("user") else None
    for name in ("followup_set", "ticketchange_set"):
        rows = fields.get(name)
        tables = [each for each in rows if isinstance(each, dict)] if isinstance(rows, list) else []
        found = [_row({**each, "id": place}) for place, each in enumerate(tables)]
        fields[name] = SimpleNamespace(all=lambda found=found: found)
    return SimpleNamespace(**{"is_staff": True, **fields})


def _table(data: Any) -> None:
    table = AnswerTable.from_dict(data)
    assert AnswerTable.from_dict(table.to_dict()) == table
    assert str(table)
    for at in (table.start, (table.start + table.end) // 2, table.end - 1):
        table.answer(at)
    table.describe(AT, NOW)


def _proof(data: Any) -> None:
    assert DEADLINE.verify(data) in (True, False)


def _proof_of_ticket(data: Any) -> None:
    assert STATUS.verify(data) in (True, False)


def _submissions(data: Any) -> None:
    assert compare_submissions(DESK, DESK, data) == ()


def _plain(data: Any) -> Any:
    return json.loads(json.dumps(data, default=str))


def _texts(*data: Any) -> tuple[str, ...]:
    return tuple(json.dumps(each, indent=1, default=str) for each in data)


TIMES = (AT, "2026-09-07 09:00:00", "2026-09-07T11:00:00.000+0200", "agent", "open", "900")

TICKET_DOORS = (
    Door("a ticket log in JSON", _log_text, _texts(LOG), weight=4),
    Door("a ticket log as a mapping", _log, (LOG,), TIMES, weight=4),
    Door("a table of events in CSV", _csv, CSV, weight=4),
    Door(
        "a table of events",
        _rows,
        ([{"ticket": 1, **each} for each in LOG["events"]],),
        TIMES,
        weight=4,
    ),
    Door("the audits of Zendesk", _zendesk, (ZENDESK,), TIMES, weight=4),
    Door("an issue of Jira", _jira, (JIRA,), TIMES, weight=4),
    Door("an answer of WHMCS", _whmcs, (WHMCS,), TIMES, weight=4),
    Door("a ticket of django-helpdesk", _helpdesk, (HELPDESK,), TIMES, weight=4),
    Door("a dumped answer table", _table, (SHORT, TABLE), TIMES, weight=4),
    Door(
        "kept steps",
        _proof,
        (_plain(DEADLINE.to_dict()["steps"]), _plain(DEADLINE.to_dict())),
        TIMES,
        weight=4,
    ),
    Door("a kept status", _proof_of_ticket, (_plain(STATUS.to_dict()),), TIMES, weight=4),
    Door("submissions to compare", _submissions, (SUBMISSIONS,), TIMES, weight=4),
)
