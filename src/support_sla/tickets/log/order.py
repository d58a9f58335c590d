"""The order of a log: by instant, once each, and nothing that contradicts what came before."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from support_sla.errors import LogError
from support_sla.values.instants import since_epoch

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from support_sla.tickets.log.event import Event


class Row(NamedTuple):
    """An event with its place among those that were given."""

    place: int
    event: Event

    @property
    def instant(self) -> dt.timedelta:
        """When it happened, as time since 1970 UTC."""
        return since_epoch(self.event.at)

    def __str__(self) -> str:
        return f"events[{self.place}] {self.event}"


def in_order(events: Iterable[Event]) -> tuple[Event, ...]:
    """Return the events of a log in order, each once; raise `LogError` for a contradiction.

    They are sorted by instant and keep their order within one; a submission comes first in its own.
    Rows that descend throughout, as exports that begin with the newest do, are turned around before.
    """
    rows = [Row(at, event) for at, event in enumerate(events)]
    steps = [(one.instant, two.instant) for one, two in pairwise(rows)]
    if any(one > two for one, two in steps) and all(one >= two for one, two in steps):
        rows.reverse()
    rows.sort(key=lambda row: (row.instant, row.event.kind != "submitted"))
    kept = _once_each(rows)
    _check_submission(kept)
    _check_holds(kept)
    return tuple(row.event for row in kept)


def _once_each(rows: list[Row]) -> list[Row]:
    """Return the rows without those given twice: with one id, or alike one after the other.

    Without an id, events that are alike but not neighbours may both have happened: a status that
    went there and back within one second of the clock.
    """
    kept: list[Row] = []
    by_id: dict[str, Row] = {}
    for row in rows:
        name = row.event.id
        if name is not None:
            first = by_id.setdefault(name, row)
            if first is not row:
                if first.event != row.event:
                    raise LogError.one_id(str(first), str(row), name).at(row.place)
                continue
        elif kept and kept[-1].event == row.event:
            continue
        kept.append(row)
    return kept


def _check_submission(rows: list[Row]) -> None:
    sent = [row for row in rows if row.event.kind == "submitted"]
    if not sent:
        raise LogError.no_submission()
    if len(sent) > 1:
        raise LogError.second_submission(str(sent[0]), str(sent[1])).at(sent[1].place)
    if rows[0] is not sent[0]:
        raise LogError.before_submission(str(rows[0]), str(sent[0])).at(rows[0].place)


def _check_holds(rows: list[Row]) -> None:
    """Raise for a hold that ends without having begun."""
    held: set[str] = set()
    ended: dict[str, Row] = {}
    for row in rows:
        reason = row.event.reason
        if reason is None:
            continue
        if row.event.kind == "paused":
            held.add(reason)
        elif reason in held:
            held.remove(reason)
            ended[reason] = row
        else:
            before = ended.get(reason)
            said = None if before is None else str(before)
            raise LogError.not_paused(str(row), reason, said).at(row.place)
