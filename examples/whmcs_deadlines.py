"""Print the deadline of every ticket in a WHMCS GetTickets export.

WHMCS stores dates in its server's time zone and does not name it: here it is named once, and the
answers are printed in it. A row without a usable date or department is reported, never dropped.
"""

from __future__ import annotations

import argparse
import json
import os
import reprlib
import sys
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

from support_sla import Policy, SupportSlaError, compute_deadline, load_policy

DEFAULT_DEPARTMENTS = ("1=billing", "2=technical")
HEADINGS = ("ticket", "department", "submitted", "target", "earliest", "due")
FOOTNOTE = "* clocks went back over this time, so it came twice: taken at its first reading"


class ExportError(Exception):
    """The run cannot start: its file, policy, zone or one of its options cannot be used."""


class RowError(Exception):
    """One row of the export cannot be used."""


class Desk(NamedTuple):
    """What every row is measured against."""

    policy: Policy
    zone: ZoneInfo
    departments: Mapping[str, str]
    priorities: Mapping[str, str]


def read_rows(path: Path) -> list[object]:
    """Return the rows of an export: a GetTickets answer, a bare list, or a single ticket."""
    where = f"file {str(path)!r}"
    try:
        export: object = json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise ExportError(f"{where} cannot be read ({error.strerror}); check the path") from error
    except (ValueError, RecursionError) as error:
        raise ExportError(f"{where} is no JSON ({error}); save the export again") from error
    if isinstance(export, dict) and export.get("result") == "error":
        raise ExportError(f"{where} holds an error, {export.get('message')!r}; export it again")
    rows = rows_of(export)
    if rows is None:
        raise ExportError(f"{where} has no tickets; save the answer of WHMCS GetTickets")
    return rows


def rows_of(export: object) -> list[object] | None:
    """Return the rows, wherever this kind of export has them; None for one that has no place."""
    match export:
        case {"tickets": {"ticket": list(rows)}} | {"tickets": list(rows)} | list(rows):
            return rows
        case {"tickets": {"ticket": dict(only)}}:  # one ticket, or a PHP array whose keys had gaps
            return list(only.values()) if all(map(str.isdecimal, only)) else [only]
        case {"tickets": _}:
            return None
        case {"tid": _}:
            return [export]
    return None


def read_pairs(option: str, pairs: Iterable[str], known: Collection[str]) -> dict[str, str]:
    """Return the policy's name for each of WHMCS's, from texts like '2=technical'."""
    names: dict[str, str] = {}
    for pair in pairs:
        theirs, _, ours = (part.strip() for part in pair.partition("="))
        if not theirs or not ours:
            raise ExportError(f"{option} {pair!r} is malformed; write WHMCS=POLICY, like 1=billing")
        if theirs in names:
            raise ExportError(f"{option} {pair!r} is repeated; give {theirs!r} one name")
        if ours not in known:
            way_out = f"use one of {', '.join(known)}" if known else "it has none, so leave it out"
            raise ExportError(f"{option} {pair!r} is not in the policy; {way_out}")
        names[theirs] = ours
    return names


def read_desk(options: argparse.Namespace) -> Desk:
    """Return what the options name: the policy, its departments, and the zone of the export."""
    try:
        policy = load_policy(options.policy)
    except SupportSlaError as error:
        one_line = " ".join(line.strip() for line in str(error).splitlines())
        raise ExportError(one_line) from error
    name = policy.timezone if options.timezone is None else options.timezone
    try:
        zone = ZoneInfo(name)
    except (KeyError, ValueError, OSError) as error:
        raise ExportError(f"time zone {name!r} is not known; use one like 'Asia/Tokyo'") from error
    option = "--department" if options.department else "the default --department"
    pairs = options.department or DEFAULT_DEPARTMENTS
    departments = read_pairs(option, pairs, policy.departments)
    priorities = read_pairs("--priority", options.priority, policy.priorities)
    return Desk(policy, zone, departments, priorities)


def comes_twice(local: datetime) -> bool:
    """Return whether clocks go back over this local time, so that it names two instants."""
    return local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset()


def read_date(ticket: Mapping[str, object], zone: ZoneInfo) -> datetime:
    """Return the ticket's local date in `zone`; the first reading of one that comes twice."""
    if "date" not in ticket:
        raise RowError("key 'date' is missing; export the ticket again with its date")
    shown = f"date {reprlib.repr(ticket['date'])}"
    if ticket["date"] in (None, "", "0000-00-00 00:00:00"):
        raise RowError(f"{shown} means that WHMCS has none; give the ticket a date there")
    try:
        local = datetime.strptime(str(ticket["date"]), "%Y-%m-%d %H:%M:%S").replace(tzinfo=zone)
        existing = local.astimezone(UTC).astimezone(zone)
    except (ValueError, OverflowError) as error:
        raise RowError(f"{shown} is no usable date; correct it to YYYY-MM-DD HH:MM:SS") from error
    if existing.replace(tzinfo=None) != local.replace(tzinfo=None):
        raise RowError(f"{shown} was skipped by the clocks of {zone.key}; check --timezone")
    return local


def show(instant: datetime | None, zone: ZoneInfo) -> str:
    """Return the local time in `zone`, with its offset where it comes twice; '-' for None."""
    if instant is None:
        return "-"
    local = instant.astimezone(zone)
    reading = local if comes_twice(local) else local.replace(tzinfo=None)
    return f"{local:%a} {reading.isoformat(' ')}"


def ticket_number(row: object) -> str:
    """Return the number by which people know the ticket; '-' where the row has none."""
    number = str(row.get("tid") or "-") if isinstance(row, Mapping) else "-"
    return number if number.isprintable() else repr(number)


def answer(row: object, desk: Desk) -> tuple[str, ...]:
    """Return the row's line of the table, one cell for each heading."""
    if not isinstance(row, Mapping):
        raise RowError(f"{reprlib.repr(row)} is no ticket; a row must be a JSON object")
    local = read_date(row, desk.zone)
    department = desk.departments.get(str(row.get("deptid")))
    if department is None:
        raise RowError(f"deptid {row.get('deptid')!r} has no department; list it in --department")
    priority = desk.priorities.get(str(row.get("priority")))
    if desk.priorities and priority is None:
        raise RowError(f"priority {row.get('priority')!r} has no name; list it in --priority")
    try:
        deadline = compute_deadline(
            desk.policy, local, department=department, channel="ticket", priority=priority
        )
    except SupportSlaError as error:
        raise RowError(str(error)) from error
    submitted = show(local, desk.zone) + ("*" if comes_twice(local) else "")
    earliest, due = (show(at, desk.zone) for at in (deadline.earliest_at, deadline.due_at))
    return (ticket_number(row), department, submitted, deadline.target.name, earliest, due)


def report(rows: Sequence[object], desk: Desk) -> str:
    """Return the table of answers, then each row that could not be used, then the counts."""
    table: list[tuple[str, ...]] = [HEADINGS]
    unusable: list[str] = []
    for position, row in enumerate(rows, start=1):
        try:
            table.append(answer(row, desk))
        except RowError as error:
            unusable.append(f"row {position}, ticket {ticket_number(row)}: {error}")
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    lines = [f"{desk.policy.name}, local times in {desk.zone.key}", ""]
    lines += ["  ".join(map(str.ljust, cells, widths)).rstrip() for cells in table]
    lines += ["", FOOTNOTE] if any(cells[2].endswith("*") for cells in table) else []
    lines += ["", "Not usable:", *unusable] if unusable else []
    counts = f"{len(table) - 1} answered, {len(unusable)} not usable"
    tickets = "1 ticket" if len(rows) == 1 else f"{len(rows)} tickets"
    return "\n".join([*lines, "", f"{tickets}: {counts}"])


def read_options(arguments: Sequence[str] | None) -> argparse.Namespace:
    """Return the command line, read."""
    parser = argparse.ArgumentParser(description=__doc__)
    add = parser.add_argument
    shipped = Path(__file__).with_name("whmcs_tickets.json")
    add("file", metavar="FILE", type=Path, nargs="?", default=shipped, help="default: made-up data")
    ids = "the policy's department for a WHMCS deptid; repeatable; default: 1=billing, 2=technical"
    add("--department", metavar="ID=NAME", action="append", help=ids)
    levels = "the policy's priority for one of WHMCS; repeatable; default: none counts"
    add("--priority", metavar="WHMCS=NAME", action="append", default=[], help=levels)
    add("--policy", metavar="NAME_OR_PATH", default="azdigi", help="default: %(default)s")
    add("--timezone", metavar="ZONE", help="zone of the WHMCS server; default: the policy's")
    return parser.parse_args(arguments)


def main(arguments: Sequence[str] | None = None) -> int:
    """Return 0 when every row was answered or reported, 2 when the run could not start."""
    try:
        options = read_options(arguments)
        print(report(read_rows(options.file), read_desk(options)), flush=True)
    except ExportError as error:
        print(f"whmcs_deadlines: {error}", file=sys.stderr)
        return 2
    except BrokenPipeError:
        # Python flushes once more on its way out; let that go nowhere instead of failing again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
