"""Zendesk: a `TicketLog` of a ticket's audits, which hold every change and every comment of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from support_sla.errors import LogError
from support_sla.tickets.sources.names import Departments, Ends, Names
from support_sla.tickets.sources.reading import (
    Written,
    instant,
    key_of,
    keys_of,
    made,
    mapping,
    needed,
    placed,
    rows_of,
)

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection, Iterable

    from support_sla.tickets.log.log import TicketLog

_MESSAGES = frozenset(("Comment", "VoiceComment", "FacebookComment"))
_CHATS = frozenset(("ChatStartedEvent", "ChatEndedEvent"))
_AUTOMATIC = frozenset(
    ("rule", "8", "merge", "19", "automatic_solution_suggestions", "22", "system")
)
"""Channels of a `via`, by type and by id: triggers, automations, prepared texts of a merge."""
_SYSTEM = "-1"
_ROLES = {"end-user": "customer", "agent": "agent", "admin": "agent"}


def from_zendesk_audits(  # noqa: PLR0913  how a product's data is read, by name
    ticket: Mapping[str, Any],
    audits: Iterable[Mapping[str, Any]] | Mapping[str, Any],
    users: Iterable[Mapping[str, Any]] | Mapping[Any, str] = (),
    *,
    department: str | Mapping[Any, str],
    channel: str = "ticket",
    statuses: Mapping[str, str] | None = None,
    priorities: Mapping[str, str | None] | None = None,
    resolved: Collection[str] = ("solved",),
    closed: Collection[str] = ("closed", "deleted"),
    agents: Collection[int | str] = (),
    bots: Collection[int | str] = (),
) -> TicketLog:
    """Return the log of a Zendesk ticket: of its row and of all its audits, in any order.

    `audits` are a list, or the answer of the API for one ticket; an answer with pages to come is
    refused. `users` are the authors, as user objects or a role by id; those beside the audits in an
    answer (`include=users`) are read too. `department` is one name, or a name by group id, and then
    a change of group moves the ticket. `statuses` and `priorities` give the policy's names, None for
    a priority that does not count; without them Zendesk's are taken. A status among `resolved`
    resolves and one among `closed` closes; a change from there to another one reopens.

    Read are the first status and priority (from the audit that created the ticket, not from its row,
    which has today's), their changes, groups, and comments, calls among them. The requester of the
    time is the customer, whatever the role; others are what their role says. A comment counts as
    public if it was when it was written, and one made public later counts from then on. Automatic
    are comments of triggers, automations, merges, the system and `bots`. A status that a rule changes
    is a change of status and no reply.

    Not known is what somebody's role was then, because users have today's: name former agents as
    `agents`. Messages of chats are not in audits, so a ticket with a chat is refused. Dropped are
    tags, fields, assignees, notifications, satisfaction, sharing, tweets and what else has no clock.

    Raises `LogError`, with the place of the audit: for audits of another ticket, without the
    creation, with a gap (a change from what the ticket was not in), for a status that is not the
    row's, and for an author or a name that nothing is given for; and for a `created_at` that is no
    instant what `compute_deadline` raises.

    >>> created = [
    ...     {"id": 2, "type": "Comment", "public": True, "author_id": 7},
    ...     {"id": 3, "type": "Create", "field_name": "status", "value": "new"},
    ... ]
    >>> audits = [{"id": 1, "created_at": "2026-09-07T09:00:00Z", "author_id": 7, "events": created}]
    >>> log = from_zendesk_audits({"id": 5, "requester_id": 7}, audits, department="help")
    >>> log.events[0].status
    'new'
    """
    row = mapping("ticket", ticket)
    if "ticket" in row:
        row = mapping("ticket", row["ticket"])
    sides = _sides(audits.get("users", ()) if isinstance(audits, Mapping) else ())
    sides |= _sides(users) | dict.fromkeys(keys_of("agents", agents, "{123}"), "agent")
    departments = Departments(department)
    names = {
        "status": Names("statuses", statuses),
        "priority": Names("priorities", priorities, may_drop=True),
    }
    ends = Ends.read(resolved, closed, "{'solved'}")
    all_audits = _in_order(row, audits)
    with placed(all_audits[0].place, f"audits[{all_audits[0].place}]"):
        now = _created(all_audits, row)
        first = departments.of("group_id", now["group_id"])
    given = (sides, keys_of("bots", bots, "{123}"), departments, channel, names, ends)
    reader = _Reader(*given, _privacy(all_audits), now, [])
    for audit in all_audits:
        with placed(audit.place, f"audits[{audit.place}]"):
            reader.read(audit)
    if row.get("status") not in (None, now["status"]):
        meant = f"the row and all audits, which end in {now['status']!r}"
        raise LogError.value("status", row["status"], meant)
    name = key_of(row.get("id")) or None
    return made(reader.written, department=first, channel=channel, ticket=name)


class _Audit(NamedTuple):
    """One update of a ticket, with its place among those given."""

    place: int
    at: dt.datetime
    id: str
    data: Mapping[str, Any]
    events: list[Mapping[str, Any]]


def _in_order(ticket: Mapping[str, Any], audits: object) -> list[_Audit]:
    """Return the audits of a ticket by instant and id, each once; raise if there are more of them."""
    if isinstance(audits, Mapping):
        meta = audits.get("meta") or {}
        if audits.get("next_page") or mapping("meta", meta).get("has_more"):
            raise LogError.value("audits", "one page of several", "those of all pages as one list")
        audits = needed("the answer", audits, "audits", "the audits of the ticket")
    found: dict[str, _Audit] = {}
    for place, each in enumerate(rows_of("audits", audits)):
        with placed(place, f"audits[{place}]"):
            audit = _audit(place, mapping("audit", each))
            if "ticket_id" in audit.data and "id" in ticket:
                of, known = key_of(audit.data["ticket_id"]), key_of(ticket["id"])
                if of != known:
                    raise LogError.value("ticket_id", of, f"audits of ticket {known} alone")
            found.setdefault(audit.id, audit)
    if not found:
        raise LogError.value("audits", [], "all audits of the ticket, from its creation on")
    return sorted(found.values(), key=lambda audit: (audit.at, len(audit.id), audit.id))


def _audit(place: int, data: Mapping[str, Any]) -> _Audit:
    at = instant("created_at", needed("the audit", data, "created_at", "its instant"), None)
    name = key_of(needed("the audit", data, "id", "its number"))
    events = rows_of("events", needed("the audit", data, "events", "its list of events"))
    for event in events:
        kind = needed("the event", mapping("event", event), "type", "its type, as the audit has it")
        if not isinstance(kind, str):
            raise LogError.value("type", kind, "the type of the event, as the audit has it")
    return _Audit(place, at, name, data, events)


def _sides(users: object) -> dict[str, str]:
    """Return the side of each user, given as user objects or as roles by id."""
    if isinstance(users, Mapping):
        users = [{"id": name, "role": role} for name, role in users.items()]
    sides = {}
    for place, each in enumerate(rows_of("users", users)):
        with placed(place, f"users[{place}]"):
            user = mapping("user", each)
            role = key_of(needed("the user", user, "role", "'end-user', 'agent' or 'admin'"))
            if role not in _ROLES:
                raise LogError.value("role", role, "'end-user', 'agent' or 'admin'")
            sides[key_of(needed("the user", user, "id", "its number"))] = _ROLES[role]
    return sides


class _Reader(NamedTuple):
    """Reads audits one by one, in order; `now` is what the ticket is in after those read."""

    sides: Mapping[str, str]
    bots: frozenset[str]
    departments: Departments
    channel: str
    names: Mapping[str, Names]
    ends: Ends
    privacy: Mapping[str, bool]
    """Whether a comment was made public, by the first event that changed it."""
    now: dict[str, str]
    written: list[Written]

    def read(self, audit: _Audit) -> None:
        """Read one audit: its messages come before its changes, which have the same instant."""
        is_first = not self.written
        for event in audit.events:
            if event.get("type") == "Change" and event.get("field_name") == "requester_id":
                self.now["requester_id"] = key_of(event.get("value"))
        said = [self._message(audit, each) for each in audit.events if each["type"] in _MESSAGES]
        if is_first:
            self._submit(audit, said)
        for message in said:
            self._write(audit, message)
        if is_first and self.ends.is_end(self.now["status"]):
            self._status(audit, None, self.now["status"])
        for event in audit.events:
            self._change(audit, event)

    def _write(self, audit: _Audit, event: dict[str, Any], name: object = None) -> None:
        named = {} if name is None else {"id": key_of(name)}
        self.written.append(
            Written(audit.place, f"audits[{audit.place}]", {"at": audit.at, **event, **named})
        )

    def _submit(self, audit: _Audit, said: list[dict[str, Any]]) -> None:
        """Write the submission, which is the first message if the ticket began with one."""
        by = said.pop(0)["by"] if said else self._side(audit.data.get("author_id"))
        sent = {"kind": "submitted", "by": by, "status": self._named("status")}
        self._write(audit, {**sent, "priority": self._named("priority")}, audit.id)

    def _named(self, field: str) -> str | None:
        return self.names[field].of(field, self.now[field])

    def _side(self, author: object) -> str:
        name = key_of(author)
        if name == self.now["requester_id"]:
            return "customer"
        if name == _SYSTEM or name in self.bots:
            return "agent"
        if name not in self.sides:
            meant = f"a user for each author, e.g. users=[{{'id': {name}, 'role': 'agent'}}]"
            raise LogError.value("author_id", author, meant)
        return self.sides[name]

    def _message(self, audit: _Audit, event: Mapping[str, Any]) -> dict[str, Any]:
        """Return the message of a comment, public if it was when it was written."""
        author = event.get("author_id", audit.data.get("author_id"))
        via = event.get("via") or audit.data.get("via") or {}
        name = key_of(event.get("id"))
        was = not self.privacy[name] if name in self.privacy else event.get("public")
        if not isinstance(was, bool):
            raise LogError.value("public", was, "true or false, as the audit has it")
        by_machine = key_of(mapping("via", via).get("channel")) in _AUTOMATIC
        return {
            "kind": "replied",
            "by": self._side(author),
            "public": was,
            "automatic": by_machine or key_of(author) in self.bots | {_SYSTEM},
            **({"id": name} if name else {}),
        }

    def _change(self, audit: _Audit, event: Mapping[str, Any]) -> None:
        kind, field = event["type"], key_of(event.get("field_name"))
        if kind in _CHATS:
            meant = "a ticket without a chat; write one with its messages as rows, for from_rows"
            raise LogError.value("type", kind, meant)
        if kind == "CommentPrivacyChange" and event.get("public") is True:
            by = {"kind": "replied", "by": self._side(audit.data.get("author_id"))}
            self._write(audit, by, event.get("id"))
        if kind != "Change" or field not in {"status", "priority", "group_id"}:
            return
        before, after = key_of(event.get("previous_value")), key_of(event.get("value"))
        if before != self.now[field]:
            known = f"all audits: before this one it was {self.now[field]!r}"
            raise LogError.value(f"previous_value of {field}", before, known)
        self.now[field] = after
        if field == "status":
            self._status(audit, before, after, event.get("id"))
        elif field == "priority":
            to = self._named("priority")
            self._write(audit, {"kind": "priority", "to": to}, event.get("id"))
        elif self.departments.of(field, before) != self.departments.of(field, after):
            line = {"department": self.departments.of(field, after), "channel": self.channel}
            self._write(audit, {"kind": "moved", **line}, event.get("id"))

    def _status(self, audit: _Audit, before: str | None, after: str, name: object = None) -> None:
        to = self.names["status"].needed("status", after)
        self._write(audit, self.ends.changed(before, after, to), name)


def _created(audits: list[_Audit], ticket: Mapping[str, Any]) -> dict[str, str]:
    """Return what the first audit set; raise if it did not create the ticket.

    A requester that it does not name is the one before the first change, or the row's.
    """
    made_by = [each for each in audits[0].events if each["type"] == "Create"]
    fields = {key_of(each.get("field_name")): key_of(each.get("value")) for each in made_by}
    if "status" not in fields:
        meant = "all audits of the ticket, from the one that created it on"
        raise LogError.missing("Create", "the first audit", meant)
    changed = [
        each.get("previous_value")
        for audit in audits
        for each in audit.events
        if each["type"] == "Change" and each.get("field_name") == "requester_id"
    ]
    requester = key_of(changed[0] if changed else ticket.get("requester_id"))
    return {"priority": "", "group_id": "", "requester_id": requester, **fields}


def _privacy(audits: list[_Audit]) -> dict[str, bool]:
    """Return for each comment whose privacy was changed whether the first change made it public."""
    found: dict[str, bool] = {}
    for audit in audits:
        for event in audit.events:
            if event["type"] == "CommentPrivacyChange":
                found.setdefault(key_of(event.get("comment_id")), event.get("public") is True)
    return found
