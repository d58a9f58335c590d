"""Rows of a table, such as a CSV file: the events of many tickets, each row one event."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from itertools import chain, pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from support_sla.errors import LogError, SupportSlaError
from support_sla.tickets.sources.names import Names
from support_sla.tickets.sources.reading import (
    Written,
    instant,
    key_of,
    keys_of,
    made,
    mapping,
    needed,
    placed,
)
from support_sla.values.instants import read_zone, since_epoch

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection, Iterator

    from support_sla.tickets.log.log import TicketLog

_KEYS = (
    "ticket",
    "at",
    "kind",
    "value",
    "by",
    "public",
    "automatic",
    "to",
    "reason",
    "department",
    "channel",
    "priority",
    "status",
    "attributes",
    "id",
)
_VALUE = {
    "submitted": "by",
    "replied": "by",
    "status": "to",
    "priority": "to",
    "attributes": "to",
    "paused": "reason",
    "resumed": "reason",
    "resolved": "status",
    "reopened": "status",
    "closed": "status",
    "moved": "department",
    "assigned": "department",
}
"""The key of each kind of event that the column `value` writes."""
_FLAGS = {"true": True, "false": False, "1": True, "0": False}


def from_rows(  # noqa: PLR0913  how a table is read, by name
    rows: Iterable[Mapping[str, Any]] | Iterable[str],
    *,
    timezone: str | dt.tzinfo | None = None,
    department: str | None = None,
    channel: str = "ticket",
    columns: Mapping[str, str] | None = None,
    kinds: Mapping[str, str | Mapping[str, Any] | None] | None = None,
    ignore: Collection[str] = (),
    statuses: Mapping[str, str] | None = None,
    priorities: Mapping[str, str | None] | None = None,
    has_statuses: bool = True,
    delimiter: str = ",",
) -> Iterator[TicketLog]:
    """Yield a log for each ticket in a table of events, in the order in which tickets come first.

    `rows` are mappings, or the lines of an open CSV file, which begins with the names of its
    columns. A row has a `ticket`, an instant `at` and a `kind`, as an event has; `value` is what its
    kind says first: who wrote it, for `submitted` and `replied`; the status, priority, hold or
    department for others. Each key of an event may also be a column of its own. Beside `submitted`,
    `department` and `channel` are the line of the ticket, else those given here. Empty cells are not
    given, and rows of nothing but empty cells are left out; cells of true or false may be 1 or 0.

    `columns` give the key for a column of another name, `ignore` names columns that are not read, and
    `kinds` give a kind, or a mapping with it and other keys, for one of another name, or None for
    rows that are no events. `statuses`, which name holds too, and `priorities` give the policy's
    names. `has_statuses=False` says that the table has no history of statuses.

    Rows may be in any order; those of one second keep theirs, and a table that descends throughout
    is read from its end. A time without an offset needs `timezone`, and one that comes twice, as
    clocks go back, is taken the first time. Serial numbers and other dates of a spreadsheet, such as
    46272.375 or 7/9/2026, are refused, because they can be read in two ways: write ISO 8601.

    The whole table is read before the first log is made. Raises `LogError`, and for what is no
    instant what `compute_deadline` raises, with the place of the row among all, from 0, not counting
    the names of the columns.

    >>> table = [
    ...     "ticket,at,kind,value",
    ...     "17,2026-09-07 09:00:00,submitted,customer",
    ...     "17,2026-09-07 09:40:00,replied,agent",
    ... ]
    >>> [log] = from_rows(table, timezone="Europe/Paris", department="help")
    >>> log.ticket, [event.at.isoformat() for event in log.events]
    ('17', ['2026-09-07T09:00:00+02:00', '2026-09-07T09:40:00+02:00'])
    """
    names = {
        "status": Names("statuses", statuses),
        "priority": Names("priorities", priorities, may_drop=True),
    }
    reader = _Reader(
        None if timezone is None else read_zone(timezone),
        mapping("columns", {} if columns is None else columns),
        mapping("kinds", {} if kinds is None else kinds),
        keys_of("ignore", ignore, "{'subject'}"),
        channel,
        names,
    )
    read: list[_Row] = []
    for place, each in enumerate(_mappings(rows, delimiter)):
        with placed(place, f"rows[{place}]"):
            row = reader.read(place, each)
        if row is not None:
            read.append(row)
    for ticket, mine in _by_ticket(read).items():
        yield _log(ticket, mine, department, channel, has_statuses=has_statuses)


class _Row(NamedTuple):
    """One event of a ticket; a submission may say which line the ticket is sent to."""

    ticket: str
    written: Written
    department: str | None
    channel: str | None


class _Reader(NamedTuple):
    """Reads one row after the other as the options say."""

    zone: dt.tzinfo | None
    columns: Mapping[str, str]
    kinds: Mapping[str, Any]
    ignored: frozenset[str]
    channel: str
    names: Mapping[str, Names]

    def read(self, place: int, row: object) -> _Row | None:
        """Return the event of a row, None for a row without one."""
        cells = mapping("row", row).items()
        filled = {name: cell for name, cell in cells if not _is_empty(cell)}
        if not filled:
            return None
        event = self._cells(filled)
        ticket = key_of(needed("the row", event, "ticket", "what the ticket is called"))
        kind = key_of(needed("the row", event, "kind", "the kind of its event"))
        meant = self.kinds.get(kind, kind)
        if meant is None:
            return None
        event = {**(meant if isinstance(meant, Mapping) else {"kind": meant}), **_but_kind(event)}
        at = needed("the row", event, "at", "its instant")
        event["at"] = instant("at", at, self.zone, asks_zone=True)
        self._name_values(event)
        line: tuple[str | None, str | None] = (None, None)
        if event["kind"] == "submitted":
            line = event.pop("department", None), event.pop("channel", None)
        return _Row(ticket, Written(place, f"rows[{place}]", event), *line)

    def _cells(self, row: Mapping[str, Any]) -> dict[str, Any]:
        """Return the cells of a row by the key that each is for."""
        found: dict[str, Any] = {}
        for column, cell in row.items():
            if column is None:
                raise LogError.value("cells", cell, "as many cells as there are columns")
            if column in self.ignored:
                continue
            key = self.columns.get(column, column)
            if key not in _KEYS:
                meant = f"say what it is with columns={{{column!r}: ...}}, or name it in ignore"
                raise LogError.key(column, "a table of events", meant)
            if key in found:
                raise LogError.value(column, cell, f"one column for {key!r}")
            found[key] = cell.strip() if isinstance(cell, str) else cell
        return found

    def _name_values(self, event: dict[str, Any]) -> None:
        """Put what the column `value` says where the kind has it, by the names of the policy."""
        kind = event["kind"]
        if kind not in _VALUE:
            meant = f"a kind of event, or what it means in kinds={{{kind!r}: ...}}"
            raise LogError.value("kind", kind, meant)
        if "value" in event:
            if _VALUE[kind] in event:
                meant = f"either it or the column {_VALUE[kind]!r}"
                raise LogError.value("value", event["value"], meant)
            event[_VALUE[kind]] = event.pop("value")
        del event["ticket"]
        for key in ("public", "automatic"):
            if key in event:
                event[key] = _flag(key, event[key])
        for key, name in (("status", "status"), ("reason", "status"), ("priority", "priority")):
            if key in event:
                event[key] = self.names[name].of(key, event[key])
        if kind in self.names:
            event["to"] = self.names[kind].of("to", event.get("to"))
        if kind in {"moved", "assigned"} and "department" in event:
            event.setdefault("channel", self.channel)


def _is_empty(cell: object) -> bool:
    """Return whether there is nothing in a cell; a column of numbers has NaN there."""
    return cell is None or cell != cell or (isinstance(cell, str) and not cell.strip())  # noqa: PLR0124


def _but_kind(event: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in event.items() if key != "kind"}


def _flag(name: str, cell: object) -> bool:
    found = _FLAGS.get(key_of(cell).casefold())
    if found is None:
        raise LogError.value(name, cell, "true or false")
    return found


def _mappings(rows: object, delimiter: str) -> Iterator[Any]:
    """Yield rows as mappings, those of a CSV file by the names of its columns."""
    if not isinstance(rows, Iterable) or isinstance(rows, (str, bytes, Mapping)):
        raise LogError.value("rows", rows, "mappings, or an open CSV file and not its path")
    lines = iter(rows)
    first: object = next(lines, {})
    if not isinstance(first, str):
        yield from chain([first], lines)
        return
    start = first.removeprefix("\ufeff")
    try:
        yield from csv.DictReader(chain([start], lines), delimiter=delimiter, strict=True)
    except csv.Error as error:
        raise LogError.value("rows", str(error), "a CSV file with quotes in pairs") from None


def _by_ticket(rows: list[_Row]) -> dict[str, list[_Row]]:
    """Return the rows of each ticket, those of a table that descends throughout from its end."""
    instants = [since_epoch(row.written.event["at"]) for row in rows]
    steps = list(pairwise(instants))
    if any(one > two for one, two in steps) and all(one >= two for one, two in steps):
        rows.reverse()
    found: dict[str, list[_Row]] = {}
    for row in rows:
        found.setdefault(row.ticket, []).append(row)
    return found


def _log(
    ticket: str, rows: list[_Row], department: str | None, channel: str, *, has_statuses: bool
) -> TicketLog:
    """Return the log of a ticket's rows."""
    sent = next((row for row in rows if row.written.event["kind"] == "submitted"), rows[0])
    line = sent.department or department
    with placed(sent.written.place, f"rows[{sent.written.place}]"):
        if line is None:
            meant = "a column of that name, or department=..."
            raise LogError.missing("department", f"the submission of ticket {ticket!r}", meant)
    try:
        return made(
            [row.written for row in rows],
            department=line,
            channel=sent.channel or channel,
            ticket=ticket,
            has_statuses=has_statuses,
        )
    except SupportSlaError as error:
        if error.index is not None:
            raise
        raise error.at(rows[0].written.place, f"ticket {ticket!r}") from None
