"""django-helpdesk: the follow-ups of a ticket, who wrote them and which fields they changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from support_sla.errors import LogError, listed
from support_sla.tickets.sources.reading import instant, key_of, placed, rows_of

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Mapping

LABELS: Mapping[str, str | None] = {
    "On Hold": "on_hold",
    "Priority": "priority",
    "Queue": "queue",
    "Title": None,
    "Status": None,
    "Owner": None,
    "Due on": None,
}
"""What the label of a changed field means in English, None for one that has no clock."""

TODAY = {"status": "status", "on_hold": "on_hold", "priority": "priority", "queue": "queue_id"}
"""The field of a ticket that holds today's value of each."""
_CHANGED = ("on_hold", "priority", "queue")


class FollowUp(NamedTuple):
    """A follow-up of a ticket, by its place in their order, and the fields that it changed."""

    place: int
    where: str
    at: dt.datetime
    by: str
    automatic: bool
    public: bool
    is_message: bool
    text: str
    status: str
    changes: list[Change]

    @property
    def message(self) -> dict[str, Any]:
        """The event of its comment."""
        keys = {"by": self.by, "public": self.public, "automatic": self.automatic}
        return {"kind": "replied", **keys}


class Change(NamedTuple):
    """What a follow-up changed, with values as texts."""

    field: str
    before: str
    after: str


def of(thing: object, name: str) -> Any:  # noqa: ANN401  a field of a package that is not imported
    """Return a field of a model; raise `LogError` if it has none of that name."""
    try:
        return getattr(thing, name)
    except AttributeError:
        of = f"the {type(thing).__name__}"
        raise LogError.missing(name, of, "a ticket of django-helpdesk, as its models are") from None


def follow_ups_of(
    ticket: object,
    labels: Mapping[str, str | None],
    is_agent: Callable[[Any], bool],
    zone: dt.tzinfo | None,
) -> list[FollowUp]:
    """Return the follow-ups of a ticket in order."""
    rows = rows_of("followup_set", of(ticket, "followup_set").all())
    read: list[tuple[dt.datetime, str, Any]] = []
    for row in rows:
        where = f"follow-up {of(row, 'id')}"
        with placed(len(read), where):
            read.append((instant("date", of(row, "date"), zone, asks_zone=True), where, row))
    read.sort(key=lambda each: (each[0], of(each[2], "id")))
    found = []
    for place, (at, where, row) in enumerate(read):
        with placed(place, where):
            changes = _changes(row, labels)
            user, mail = of(row, "user"), bool(of(row, "message_id"))
            text = key_of(of(row, "comment"))
            is_robot = user is None and not mail and any(c.field == "priority" for c in changes)
            is_desk = is_robot or (user is not None and not mail and is_agent(user))
            found.append(
                FollowUp(
                    place,
                    where,
                    at,
                    "agent" if is_desk else "customer",
                    is_robot,
                    bool(of(row, "public")),
                    bool(text.strip()) or mail,
                    text,
                    key_of(of(row, "new_status")),
                    changes,
                )
            )
    return found


def _changes(follow_up: object, labels: Mapping[str, str | None]) -> list[Change]:
    """Return what a follow-up changed of what has a clock; raise for a label that is not known."""
    found = []
    for row in rows_of("ticketchange_set", of(follow_up, "ticketchange_set").all()):
        label = key_of(of(row, "field"))
        if label.startswith("["):  # a task of the checklist named there
            continue
        if label not in labels:
            meant = f"what it is, in labels={{{label!r}: ...}}: one of {listed(_CHANGED)} or None"
            raise LogError.value("field", label, meant)
        field = labels[label]
        if field is not None:
            before, after = key_of(of(row, "old_value")), key_of(of(row, "new_value"))
            if field not in _CHANGED or (field == "on_hold" and after not in {"True", "False"}):
                raise LogError.value(
                    label, after, f"a label in labels for one of {listed(_CHANGED)}"
                )
            found.append(Change(field, before, after))
    return found
