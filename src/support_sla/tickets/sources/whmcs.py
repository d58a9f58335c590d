"""WHMCS: a `TicketLog` of an answer of the API call GetTicket."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from support_sla.errors import LogError
from support_sla.tickets.sources.names import Departments, Names, folded
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
from support_sla.values.instants import read_zone

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection, Mapping

    from support_sla.tickets.log.log import TicketLog

_NO_DATE = "0000-00-00 00:00:00"
_LAST = "last_reply"


def from_whmcs_ticket(  # noqa: PLR0913  how a product's data is read, by name
    ticket: Mapping[str, Any],
    *,
    timezone: str | dt.tzinfo,
    department: str | Mapping[Any, str],
    channel: str = "ticket",
    priorities: Mapping[str, str | None] | None = None,
    automatic: Collection[str] = (),
    closed: Collection[str] = ("Closed",),
    closed_at: dt.datetime | str | None = None,
) -> TicketLog:
    """Return the log of a WHMCS ticket, an answer of `GetTicket`; it has no history of statuses.

    `timezone` is the zone of the server, whose dates name none; a time that comes twice, as clocks
    go back, is taken the first time. `department` is one name, or a name by `deptid`. `priorities`
    give the policy's names for `Low`, `Medium` and `High`, None for one that does not count; without
    them WHMCS's are taken.

    Read are the date, the department and the priority of the ticket, its replies in either order of
    `repliessort`, and its notes as private replies. A reply with an `admin` is the desk's, and one
    of an admin among `automatic` is automatic; a ticket with an `admin` was opened by the desk. The
    opening message, which stands among the replies as number 0, is the submission itself.

    Not known is what changed, and when: priority and department are today's, and of the status only
    today's is in the answer. So the log has `has_statuses=False`, and `track` refuses it where a
    rule pauses, unless told to assume no pause. A ticket whose status is among `closed` needs
    `closed_at`: an instant known from elsewhere, in the server's zone if it names none, or
    "last_reply" to take the last reply's. Reopenings are not seen. Dropped are subjects, texts,
    ratings, attachments, flags, services and all of the client.

    Raises `ZoneError` for what is no zone; `LogError`, with the place of the reply, for an answer
    that is an error, a date that WHMCS does not have, a closed ticket without `closed_at`, and a name
    that nothing is given for; and what `compute_deadline` raises for a date that is no instant.

    >>> log = from_whmcs_ticket(
    ...     {"tid": "516757", "date": "2026-09-07 09:00:00", "status": "Open", "replies": ""},
    ...     timezone="Asia/Ho_Chi_Minh",
    ...     department="billing",
    ... )
    >>> log.events[0].at.isoformat(), log.has_statuses
    ('2026-09-07T09:00:00+07:00', False)
    """
    zone = read_zone(timezone)
    row = mapping("ticket", ticket)
    if row.get("result") == "error":
        raise LogError.value("message", row.get("message"), "an answer of GetTicket with a ticket")
    robots = keys_of("automatic", automatic, "{'System'}")
    ends = keys_of("closed", closed, "{'Closed'}")
    if "replies" not in row:  # else nobody would have answered it
        meant = "the answer of GetTicket, not a row of GetTickets"
        raise LogError.missing("replies", "the ticket", meant)
    at = _date("date", needed("the ticket", row, "date", "when it was opened"), zone)
    opened = {
        "at": at,
        "kind": "submitted",
        "by": "agent" if row.get("admin") else "customer",
        "priority": Names("priorities", priorities, may_drop=True).of(
            "priority", row.get("priority")
        ),
    }
    said = _said(row, "replies", "reply", robots, zone) + _said(row, "notes", "note", robots, zone)
    written = [Written(0, "ticket", opened)]
    written += [each.written for each in sorted(said, key=lambda each: (each.at, each.number))]
    if key_of(row.get("status")).casefold() in folded(ends):
        replies = [each.at for each in said if each.written.event["public"]]
        at = max([at, *replies]) if closed_at == _LAST else _closed(row, closed_at, zone)
        written.append(Written(0, "ticket", {"at": at, "kind": "closed"}))
    return made(
        written,
        department=Departments(department).of("deptid", row.get("deptid")),
        channel=channel,
        ticket=key_of(row.get("tid") or row.get("ticketid")) or None,
        has_statuses=False,
    )


class _Said(NamedTuple):
    """A reply or a note; the numbers of those of one second tell their order."""

    at: dt.datetime
    number: int
    written: Written


def _said(
    ticket: Mapping[str, Any], many: str, one: str, robots: frozenset[str], zone: dt.tzinfo
) -> list[_Said]:
    """Return the replies or the notes of a ticket without its opening message.

    PHP writes an empty list as a text or a list, and a list of one as the one.
    """
    box = ticket.get(many) or {}
    rows = box if isinstance(box, list) else mapping(many, box).get(one) or []
    found: list[_Said] = []
    for place, each in enumerate([rows] if isinstance(rows, dict) else rows_of(many, rows)):
        where = f"{many}[{place}]"
        with placed(place, where):
            row = mapping(one, each)
            number = key_of(row.get(f"{one}id"))
            if (many, number) == ("replies", "0"):
                continue
            at = _date("date", needed(f"the {one}", row, "date", "when it was written"), zone)
            admin = key_of(row.get("admin"))
            event = {
                "at": at,
                "kind": "replied",
                "by": "agent" if admin else "customer",
                "public": many == "replies",
                "automatic": admin in robots,
                **({"id": f"{one} {number}"} if number else {}),
            }
            is_number = number.isdecimal() and len(number) < _MOST_DIGITS
            order = int(number) if is_number else place
            found.append(_Said(at, order, Written(place, where, event)))
    return found


_MOST_DIGITS = 20
"""Of a number that WHMCS gives to what is written: 64 bits have no more."""


def _date(name: str, value: object, zone: dt.tzinfo) -> dt.datetime:
    if value == _NO_DATE:
        raise LogError.value(name, value, "its date in WHMCS, which has none for it")
    return instant(name, value, zone)


def _closed(ticket: Mapping[str, Any], given: object, zone: dt.tzinfo) -> dt.datetime:
    if given is None:
        of = f"a ticket whose status is {ticket['status']!r}"
        meant = f"the instant at which it was closed, or closed_at={_LAST!r}"
        raise LogError.missing("closed_at", of, meant)
    return instant("closed_at", given, zone)
