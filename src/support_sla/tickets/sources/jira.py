"""Jira: a `TicketLog` of an issue with its changelog and its comments, service project or not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from support_sla.errors import LogError, shown
from support_sla.tickets.sources.jira_comments import People, account_of, comment_event
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
    from collections.abc import Collection, Iterable, Mapping

    from support_sla.tickets.log.log import TicketLog

_FIELDS = ("status", "priority", "resolution")


def from_jira_issue(  # noqa: PLR0913  how a product's data is read, by name
    issue: Mapping[str, Any],
    *,
    department: str | Mapping[Any, str],
    channel: str = "ticket",
    histories: Iterable[Mapping[str, Any]] | None = None,
    comments: Iterable[Mapping[str, Any]] | None = None,
    statuses: Mapping[str, str] | None = None,
    priorities: Mapping[str, str | None] | None = None,
    resolved: Collection[str] | None = None,
    closed: Collection[str] = (),
    agents: Collection[str] | None = None,
    bots: Collection[str] = (),
    assume_public: bool = False,
) -> TicketLog:
    """Return the log of a Jira issue, fetched with `expand=changelog` and its comments.

    A changelog or comments of which a page is missing are refused: fetch their pages, and give all
    of them as `histories` or `comments`, in any order. `department` is one name, or a name by key of
    the project. `statuses` and `priorities` give the policy's names for those of Jira, None for a
    priority that does not count; without them Jira's are taken. With `resolved` and `closed` a
    change to one of these statuses resolves or closes, and a change away from them reopens; without
    `resolved` the resolution field does.

    Read are `created`; status, priority and resolution with their changes, the first of each being
    what the first change changed `from`, or today's if it never changed; and comments. The
    reporter is the customer, also of issues that somebody else created; of others an account of type
    `customer` is one, and every other account the desk. With `agents`, account ids or names, these
    are the desk and all others customers. Automatic are comments of apps and of `bots`. A comment is
    public if `jsdPublic` says so, or the property `sd.public.comment` of Jira Data Center; one that
    says neither is refused unless `assume_public=True`, which takes it as public if its
    `visibility` is not restricted.

    Not known is what a status was called when it was not yet renamed, beside the names in the
    changelog; who was reporter before the one of today; and comments that were deleted or whose
    privacy was edited, because there is no history of them. Dropped are assignees, moves between
    projects, flags, links, fields, worklogs, approvals and SLA cycles.

    Raises `LogError`, with the place of the history or comment: for a missing page, a changelog with
    a gap (a change from what the issue was not in, or an end that is not the issue's), for a comment
    without its author or privacy, and a name that nothing is given for; and for a `created` that is
    no instant what `compute_deadline` raises.

    >>> done = {"field": "status", "fromString": "Open", "toString": "Done"}
    >>> log = from_jira_issue(
    ...     {
    ...         "key": "IT-1",
    ...         "fields": {
    ...             "created": "2026-09-07T09:00:00.000+0200",
    ...             "status": {"name": "Done"},
    ...             "comment": {"comments": [], "total": 0},
    ...         },
    ...         "changelog": {
    ...             "total": 1,
    ...             "histories": [{"created": "2026-09-07T11:00:00.000+0200", "items": [done]}],
    ...         },
    ...     },
    ...     department="help",
    ...     resolved={"Done"},
    ... )
    >>> [(event.kind, event.status) for event in log.events]
    [('submitted', 'Open'), ('resolved', 'Done')]
    """
    row = mapping("issue", issue)
    fields = mapping("fields", needed("the issue", row, "fields", "its fields"))
    people = People(
        account_of(fields.get("reporter")),
        None if agents is None else keys_of("agents", agents, "{'5b10a28'}"),
        keys_of("bots", bots, "{'5b10a28'}"),
    )
    names = {
        "status": Names("statuses", statuses),
        "priority": Names("priorities", priorities, may_drop=True),
    }
    ends = None if resolved is None else Ends.read(resolved, closed, "{'Done'}")
    changes = _changes(row, histories)
    first = {field: _first(field, changes, fields) for field in _FIELDS}
    created = instant("created", needed("the issue", fields, "created", "its instant"), None)
    replay = _Replay(names, ends, [])
    replay.begin(created, first, people.submitter(fields.get("creator")))
    for place, each in enumerate(_comments(fields, comments)):
        where = f"comments[{place}]"
        with placed(place, where):
            said = comment_event(mapping("comment", each), people, assume_public=assume_public)
            replay.written.append(Written(place, where, said))
    for change in changes:
        with placed(change.place, f"histories[{change.place}]"):
            replay.read(change)
    project = fields.get("project") or {}
    return made(
        sorted(replay.written, key=lambda each: each.event["at"]),
        department=Departments(department).of("project", mapping("project", project).get("key")),
        channel=channel,
        ticket=key_of(row.get("key")) or None,
    )


class _Value(NamedTuple):
    """A value of a field: its id, which a new name leaves as it is, and its name at that time."""

    id: str
    name: str

    def __str__(self) -> str:
        return self.name or "none"

    def is_other(self, than: _Value) -> bool:
        """Return whether it is another one, by id if both have one."""
        if self.id and than.id:
            return self.id != than.id
        return self.name != than.name


class _Change(NamedTuple):
    """A change of one field, with the place of its history among those given."""

    place: int
    at: dt.datetime
    history: str
    field: str
    before: _Value
    after: _Value


def _changes(issue: Mapping[str, Any], given: object) -> list[_Change]:
    """Return the changes that matter, by instant; raise if a page of the changelog is missing."""
    if given is None:
        meant = "it, fetched with expand=changelog, or all histories"
        log = mapping("changelog", needed("the issue", issue, "changelog", meant))
        given = _whole(log, "histories")
    found: list[_Change] = []
    for place, each in enumerate(rows_of("histories", given)):
        with placed(place, f"histories[{place}]"):
            history = mapping("history", each)
            at = instant("created", needed("the history", history, "created", "its instant"), None)
            items = rows_of("items", needed("the history", history, "items", "its list of items"))
            for item in items:
                field = key_of(mapping("item", item).get("fieldId") or item.get("field")).lower()
                if field in _FIELDS:
                    before = _Value(key_of(item.get("from")), key_of(item.get("fromString")))
                    after = _Value(key_of(item.get("to")), key_of(item.get("toString")))
                    name = key_of(history.get("id"))
                    found.append(_Change(place, at, name, field, before, after))
    return sorted(found, key=lambda change: (change.at, len(change.history), change.history))


def _whole(page: Mapping[str, Any], key: str) -> list[Any]:
    """Return all rows of a page; raise if there are more than it has."""
    rows = rows_of(key, needed("the page", page, key, "its rows"))
    total = page.get("total", len(rows))
    if total != len(rows):
        meant = f"all of them: fetch every page, and pass {key}=[...]"
        raise LogError.value(key, f"{len(rows)} of {shown(total)}", meant)
    return rows


def _first(field: str, changes: list[_Change], fields: Mapping[str, Any]) -> _Value:
    """Return the first value of a field; raise if its changes do not lead to today's."""
    today = _Value("", "")
    if fields.get(field) is not None:
        value = mapping(field, fields[field])
        today = _Value(key_of(value.get("id")), key_of(value.get("name")))
    mine = [change for change in changes if change.field == field]
    now = first = mine[0].before if mine else today
    for change in mine:
        if change.before.is_other(now):
            meant = f"the whole changelog: before this history it was {str(now)!r}"
            with placed(change.place, f"histories[{change.place}]"):
                raise LogError.value(f"from of {field}", str(change.before), meant)
        now = change.after
    if field in fields and now.is_other(today):
        meant = f"the issue and its whole changelog, which ends in {str(now)!r}"
        raise LogError.value(field, str(today), meant)
    return first


class _Replay(NamedTuple):
    """Writes the events of an issue, from its creation on."""

    names: Mapping[str, Names]
    ends: Ends | None
    """The statuses that end it, None if the resolution does."""
    written: list[Written]

    def begin(self, at: dt.datetime, first: Mapping[str, _Value], by: str) -> None:
        """Write the submission, and that it was resolved with it if it was."""
        status = self.names["status"].needed("status", first["status"].name)
        priority = self.names["priority"].of("priority", first["priority"].name)
        keys = {"by": by, "status": status, "priority": priority}
        self._write(0, "fields", {"at": at, "kind": "submitted", **keys})
        if self.ends is None and first["resolution"].name:
            self._write(0, "fields", {"at": at, "kind": "resolved"})
        if self.ends is not None and self.ends.is_end(first["status"].name):
            ended = self.ends.changed(None, first["status"].name, status)
            self._write(0, "fields", {"at": at, **ended})

    def read(self, change: _Change) -> None:
        """Write the event of a change, if it is one."""
        event = self._event(change)
        if event is not None:
            self._write(change.place, f"histories[{change.place}]", {"at": change.at, **event})

    def _write(self, place: int, where: str, event: dict[str, Any]) -> None:
        self.written.append(Written(place, where, event))

    def _event(self, change: _Change) -> dict[str, Any] | None:
        before, after = change.before.name, change.after.name
        if change.field == "priority":
            return {"kind": "priority", "to": self.names["priority"].of("priority", after)}
        if change.field == "status":
            name = self.names["status"].needed("status", after)
            if self.ends is None:
                return {"kind": "status", "to": name}
            return self.ends.changed(before, after, name)
        if self.ends is not None or bool(before) is bool(after):
            return None
        return {"kind": "resolved" if after else "reopened"}


def _comments(fields: Mapping[str, Any], given: object) -> list[Any]:
    if given is not None:
        return rows_of("comments", given)
    meant = "them: fetch the field 'comment', or pass comments=[...]"
    page = mapping("comment", needed("the issue's fields", fields, "comment", meant))
    return _whole(page, "comments")
