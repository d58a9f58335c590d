"""django-helpdesk: a `TicketLog` of a ticket of that Django package, without importing Django."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, NamedTuple

from support_sla.errors import LogError
from support_sla.tickets.sources.django_follow_ups import (
    LABELS,
    TODAY,
    FollowUp,
    follow_ups_of,
    of,
)
from support_sla.tickets.sources.names import Departments, Ends, Names
from support_sla.tickets.sources.reading import (
    Written,
    instant,
    key_of,
    made,
    placed,
)
from support_sla.values.instants import read_zone

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from support_sla.tickets.log.log import TicketLog

_STATUSES = {1: "open", 2: "reopened", 3: "resolved", 4: "closed", 5: "duplicate"}
_OPENING = dt.timedelta(minutes=1)
"""How far the follow-up with the opening message may lie from the instant of its ticket."""


def _is_staff(user: Any) -> bool:  # noqa: ANN401  a user of a package that is not imported
    return bool(user.is_staff)


def from_helpdesk_ticket(  # noqa: PLR0913  how a product's data is read, by name
    ticket: Any,  # noqa: ANN401  a model of a package that is not imported
    *,
    department: str | Mapping[Any, str],
    channel: str = "ticket",
    statuses: Mapping[int, str] | None = None,
    priorities: Mapping[int, str | None] | None = None,
    resolved: Collection[int] = (3,),
    closed: Collection[int] = (4, 5),
    first_status: int = 1,
    hold: str = "on_hold",
    labels: Mapping[str, str | None] | None = None,
    is_agent: Callable[[Any], bool] = _is_staff,
    submitted_at: dt.datetime | str | None = None,
    trust_modified: bool = False,
    timezone: str | dt.tzinfo | None = None,
) -> TicketLog:
    """Return the log of a django-helpdesk `Ticket`, of its follow-ups and their changes.

    `department` is one name, or a name by id of the queue, and then a change of queue moves the
    ticket. `statuses` and `priorities` give the policy's names for the numbers, None for a priority
    that does not count; without them statuses are `open`, `reopened`, `resolved`, `closed` and
    `duplicate`, and priorities `1` to `5`. A status among `resolved` resolves, one among `closed`
    closes, and a change from there to another one reopens. A ticket begins in `first_status`.

    A follow-up with a comment is a message, public or private; one without, as putting on hold,
    assigning or closing writes it, is none, unless it came by mail. Who has a user is of the desk if
    `is_agent` says so, by default who is staff; a mail, and a comment without a user, are the
    customer's. Automatic is what has neither a user nor a mail but changes a priority, as an
    escalation does. The first follow-up is the opening message if it repeats the description within
    a minute of `created`, or is at most a minute earlier: it is the submission itself, the desk's if
    a member of the desk wrote it.

    Changed fields have labels in the language of who changed them: `labels` give for each one
    "on_hold", "priority", "queue", or None if it has no clock; without it they are in English. A
    ticket on hold is paused for `hold`, one of the policy's statuses. The priority and the queue at
    first are what the first change says, or today's.

    Boards, bulk edits, merges and the API change a ticket without a follow-up. If follow-ups do not
    lead to what the ticket is in, it is refused, unless `trust_modified=True` takes the change at its
    latest: before the next follow-up that tells, or at `modified`. An import sets `created` anew:
    give `submitted_at`. `timezone` is for a site without `USE_TZ`, whose times have no zone.

    Not known is a status that changed without a follow-up and changed back, a reply of the desk by
    mail, which is kept as anybody's mail, and which follow-ups a merge brought from another ticket.
    Dropped are owners, titles, due dates, checklists, custom fields named in `labels`, time spent
    and attachments without a comment.

    Raises `LogError`, with the place of the follow-up: for a label or name that nothing is given
    for, for what is no ticket of django-helpdesk, and as said; and for times that are no instants
    what `compute_deadline` raises.

    >>> from types import SimpleNamespace as Fake
    >>> none = Fake(all=list)
    >>> ticket = Fake(
    ...     id=7, queue_id=1, status=1, priority=3, on_hold=False, description="Help", followup_set=none,
    ...     created="2026-09-07T09:00:00Z", modified="2026-09-07T09:00:00Z",
    ... )
    >>> from_helpdesk_ticket(ticket, department="help").events[0].status
    'open'
    """
    zone = None if timezone is None else read_zone(timezone)
    created = submitted_at if submitted_at is not None else of(ticket, "created")
    at = instant("created", created, zone, asks_zone=True)
    follow_ups = follow_ups_of(ticket, LABELS if labels is None else labels, is_agent, zone)
    replay = _Replay(
        Names("statuses", _STATUSES if statuses is None else statuses),
        Names("priorities", priorities, may_drop=True),
        Departments(department),
        channel,
        Ends.read(resolved, closed, "{3}"),
        hold,
        {
            "status": key_of(first_status),
            "on_hold": "False",
            "priority": _first("priority", follow_ups, ticket),
            "queue": _first("queue", follow_ups, ticket),
        },
    )
    line = replay.departments.of("queue", replay.now["queue"])
    opening = _opening(follow_ups, at, key_of(of(ticket, "description")))
    sent = replay.sent(opening.by if opening else "customer")
    written = [Written(0, "ticket", {"at": at, **sent})]
    for each in follow_ups:
        with placed(each.place, each.where):
            events = [] if each is opening or not each.is_message else [each.message]
            events += replay.read(each, has_gaps=trust_modified)
        written += [Written(each.place, each.where, {"at": each.at, **event}) for event in events]
    today = {field: key_of(of(ticket, name)) for field, name in TODAY.items()}
    modified = (
        instant("modified", of(ticket, "modified"), zone, asks_zone=True)
        if trust_modified
        else None
    )
    last = written[-1].event["at"]
    for event in replay.end(today, trusted=trust_modified):
        written.append(Written(0, "ticket", {"at": max(modified or last, last), **event}))
    name = key_of(of(ticket, "id"))
    return made(written, department=line, channel=channel, ticket=name)


def _first(field: str, follow_ups: list[FollowUp], ticket: object) -> str:
    """Return the first value of a field: from its first change, or today's if it has none."""
    changes = (change for each in follow_ups for change in each.changes if change.field == field)
    first = next(changes, None)
    return key_of(of(ticket, TODAY[field])) if first is None else first.before


def _opening(follow_ups: list[FollowUp], at: dt.datetime, description: str) -> FollowUp | None:
    """Return the follow-up that is the opening message, if there is one.

    Mail is kept just before the ticket that is made of it, a form just after.
    """
    if not follow_ups or not follow_ups[0].is_message or follow_ups[0].status:
        return None
    first = follow_ups[0]
    repeats = first.text.strip() == description.strip() and at <= first.at <= at + _OPENING
    return first if repeats or at - _OPENING <= first.at < at else None


class _Replay(NamedTuple):
    """Reads follow-ups one by one, in order; `now` is what the ticket is in after them."""

    statuses: Names
    priorities: Names
    departments: Departments
    channel: str
    ends: Ends
    hold: str
    now: dict[str, str]

    def sent(self, by: str) -> dict[str, Any]:
        """Return the submission."""
        status = self.statuses.needed("status", self.now["status"])
        priority = self.priorities.of("priority", self.now["priority"])
        return {"kind": "submitted", "by": by, "status": status, "priority": priority}

    def read(self, follow_up: FollowUp, *, has_gaps: bool) -> list[dict[str, Any]]:
        """Return the events of what a follow-up changed; raise if a change before it is missing."""
        events = self._changed("status", follow_up.status) if follow_up.status else []
        for field, before, after in follow_up.changes:
            if not has_gaps and self._is_other(field, before):
                meant = f"a follow-up for each change: before this one it was {self.now[field]!r}"
                raise LogError.value(field, before, f"{meant}, or trust_modified=True")
            events += self._changed(field, after)
        return events

    def end(self, today: Mapping[str, str], *, trusted: bool) -> list[dict[str, Any]]:
        """Return the events of what changed after the last follow-up; raise if they are not trusted."""
        events = []
        for field, value in today.items():
            if self._is_other(field, value):
                if not trusted:
                    meant = f"a follow-up for each change: they end in {self.now[field]!r}"
                    raise LogError.value(field, value, f"{meant}, or trust_modified=True")
                events += self._changed(field, value)
        return events

    def _is_other(self, field: str, value: str) -> bool:
        """Return whether a field now has another value, as the policy sees it."""
        now = self.now[field]
        if field == "priority":
            return self.priorities.of(field, now) != self.priorities.of(field, value)
        if field == "queue":
            return self.departments.of(field, now) != self.departments.of(field, value)
        return now != value

    def _changed(self, field: str, value: str) -> list[dict[str, Any]]:
        """Return the event of a change, none if it changes nothing that has a clock."""
        before, is_other = self.now[field], self._is_other(field, value)
        self.now[field] = value
        if not is_other:
            return []
        if field == "status":
            name = self.statuses.needed(field, value)
            return [self.ends.changed(before, value, name)]
        if field == "priority":
            return [{"kind": "priority", "to": self.priorities.of(field, value)}]
        if field == "on_hold":
            kind = "paused" if value == "True" else "resumed"
            return [{"kind": kind, "reason": self.hold}]
        line = {"department": self.departments.of(field, value), "channel": self.channel}
        return [{"kind": "moved", **line}]
