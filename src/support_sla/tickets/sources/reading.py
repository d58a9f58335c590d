"""What all readers share: plain data checked, times of a server's clock, errors with their place."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NamedTuple

from support_sla.errors import InstantError, LogError, NaiveInstantError, SupportSlaError
from support_sla.tickets.log.log import TicketLog
from support_sla.values.instants import read_instant

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_DATE = 10
"""The length of a date without a time, as '2026-09-07'."""


class Written(NamedTuple):
    """An event as a mapping, with the place of the row that it was read from."""

    place: int
    where: str
    event: dict[str, Any]


@contextmanager
def placed(place: int, where: str) -> Iterator[None]:
    """Tell what is wrong with a row with its place among the rows of the source."""
    try:
        yield
    except SupportSlaError as error:
        raise error.at(place, where) from None


def mapping(name: str, value: object) -> Mapping[str, Any]:
    """Return a mapping, as JSON has objects; raise `LogError` for what is none."""
    if isinstance(value, Mapping):
        return value
    raise LogError.value(name, value, "a mapping of its fields, as the JSON has it")


def rows_of(name: str, value: object) -> list[Any]:
    """Return the rows of a list; raise `LogError` for what is none."""
    if isinstance(value, Iterable) and not isinstance(value, (str, bytes, Mapping)):
        return list(value)
    raise LogError.value(name, value, "a list, as the JSON has it")


def needed(of: str, data: Mapping[str, Any], key: str, meant: str) -> Any:  # noqa: ANN401  as it is
    """Return the value of a key; raise `LogError`, which says what is meant, if there is none."""
    if data.get(key) is None:
        raise LogError.missing(key, of, meant)
    return data[key]


def key_of(value: object) -> str:
    """Return an identifier as a text: products write one as a number here and as a text there.

    Raises `LogError` for what cannot be written: data nested too deeply, a number without end.
    """
    try:
        return "" if value is None else str(value)
    except (RecursionError, ValueError):
        raise LogError.value("a name", value, "a text or a number") from None


def keys_of(option: str, values: object, example: str) -> frozenset[str]:
    """Return the identifiers or names that an option lists; raise `LogError` for no list of them."""
    if isinstance(values, Iterable) and not isinstance(values, (str, bytes, Mapping)):
        return frozenset(key_of(value) for value in values)
    raise LogError.value(option, values, f"a set of them, e.g. {option}={example}")


def instant(
    name: str, value: object, zone: dt.tzinfo | None, *, asks_zone: bool = False
) -> dt.datetime:
    """Return an instant; one that names no zone is on the clock of `zone`.

    `asks_zone` says that the reader takes a `timezone`, which is then the way out.

    A time that comes twice, as clocks go back, is taken the first time. Raises as `compute_deadline`
    does for what is no instant, and `InstantError` for a time that the clocks of the zone skipped.
    """
    try:
        return read_instant(name, value)  # type: ignore[arg-type]
    except NaiveInstantError:
        if zone is None and asks_zone:
            raise NaiveInstantError.of_source(name, value) from None
        if zone is None:
            raise
    if isinstance(value, str) and len(value.strip()) <= _DATE:
        raise LogError.value(name, value, "a date with its time")
    read = dt.datetime.fromisoformat(value.strip().upper()) if isinstance(value, str) else value
    local: dt.datetime = read.replace(tzinfo=zone, fold=0)  # type: ignore[attr-defined]
    try:
        shown = local.astimezone(dt.UTC).astimezone(zone)
    except OverflowError:
        shown = None
    if shown is None or shown.replace(tzinfo=None) != local.replace(tzinfo=None):
        raise InstantError.unparseable(name, str(local.replace(tzinfo=None)))
    return read_instant(name, local)


def made(
    written: Sequence[Written],
    *,
    department: str,
    channel: str,
    ticket: str | None,
    has_statuses: bool = True,
) -> TicketLog:
    """Return the log of events; what contradicts in it is told with the place of its row."""
    events = [each.event for each in written]
    try:
        return TicketLog(department, channel, events, ticket=ticket, has_statuses=has_statuses)
    except SupportSlaError as error:
        if error.index is None:
            raise
        found = written[error.index]
        raise error.at(found.place, found.where) from None
