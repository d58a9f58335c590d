"""Audits of a Zendesk ticket, made by hand, and a whole one as the product answers it."""

from __future__ import annotations

import json
from typing import Any

from places import CASES
from support_sla import TicketLog
from support_sla.tickets.sources import from_zendesk_audits

SAMPLE = json.loads((CASES / "tickets" / "zendesk_audits.json").read_text("utf-8"))
CUSTOMER, AGENT, LIGHT = 900, 502, 501
USERS = {CUSTOMER: "end-user", AGENT: "agent", LIGHT: "agent"}


def audit(number: int, minute: int, *events: dict[str, Any], **changes: Any) -> dict[str, Any]:
    at = f"2026-09-07T09:{minute:02}:00Z"
    return {"id": number, "created_at": at, "author_id": AGENT, "events": list(events), **changes}


def comment(number: int, author: int, **changes: Any) -> dict[str, Any]:
    return {"id": number, "type": "Comment", "author_id": author, "public": True, **changes}


def change(field: str, before: Any, after: Any, kind: str = "Change") -> dict[str, Any]:
    return {"type": kind, "field_name": field, "previous_value": before, "value": after}


def created(*events: dict[str, Any], status: str = "new", **changes: Any) -> dict[str, Any]:
    first = change("status", None, status, "Create")
    return audit(1, 0, *(events or (comment(2, CUSTOMER),)), first, **changes)


def read(
    *audits: dict[str, Any], ticket: dict[str, Any] | None = None, **options: Any
) -> TicketLog:
    row = {"id": 5, "requester_id": CUSTOMER} if ticket is None else ticket
    return from_zendesk_audits(row, audits, USERS, **{"department": "help", **options})
