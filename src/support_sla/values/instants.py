"""Aware datetimes and ISO 8601 texts in, integer microseconds since 1970 UTC inside, and back."""

from __future__ import annotations

import datetime as dt
import re
from contextlib import suppress
from dataclasses import fields
from pickle import PicklingError
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from support_sla.errors import (
    AmountError,
    InstantError,
    NaiveInstantError,
    NotAnInstantError,
    ZoneError,
)
from support_sla.values.units import MICROSECOND

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")

EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
WALL_EPOCH = dt.datetime(1970, 1, 1)  # noqa: DTZ001  a wall-clock time; its zone is added later

_INSTANT = re.compile(
    r"(?:[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{8}|[0-9]{4}-W[0-9]{2}-[1-7])"
    r"(?:[T ](?:[0-9]{2}(?::[0-9]{2})?|[0-9]{2}:[0-9]{2}(?::[0-9]{2}(?P<fraction>[.,][0-9]+)?)?"
    r"|[0-9]{4}(?:[0-9]{2}(?P<digits>[.,][0-9]+)?)?)"
    r"(?:Z|[+-](?:[01][0-9]|2[0-3])(?::?[0-5][0-9](?::?[0-5][0-9])?)?)?)?"
)
"""What is read of ISO 8601: `datetime.fromisoformat` takes more, and reads some of it wrongly."""

_LONGEST_NAME = 64
"""Twice the longest IANA name; zoneinfo recurses once for each part of a name."""

_NOT_IANA = re.compile(r"localtime|posixrules|Factory|(?:posix|right)/.*")


def read_instant(name: str, value: dt.datetime | str, zone: dt.tzinfo | None = None) -> dt.datetime:
    """Return `value` as an aware datetime, in the zone it was given in.

    `name` is the caller's argument and `zone` that of the policy, for messages. Raises
    `NotAnInstantError` for other types, `InstantError` for a text that is no instant, for a zone
    that cannot say its offset and for digits below the microsecond, which a datetime would drop in
    silence, and `NaiveInstantError` if the zone is missing.
    """
    read = _parsed(name, value) if isinstance(value, str) else value
    if not isinstance(read, dt.datetime):
        raise NotAnInstantError.of(name, value)
    try:
        is_missing = read != read  # noqa: PLR0124  pandas' NaT is a datetime that equals nothing
        offset = read.utcoffset()
    except Exception as error:
        raise InstantError.zone(name, read, error) from error
    if is_missing:
        raise NotAnInstantError.missing(name, value)
    if offset is None:
        raise NaiveInstantError.of(name, value, zone)
    if getattr(read, "nanosecond", 0):
        raise InstantError.too_fine(name, value)
    return read if type(read) is dt.datetime else _plain_datetime(read)


def _plain_datetime(at: dt.datetime) -> dt.datetime:
    """Return the instant of a subclass as a datetime, so that no subclass does the arithmetic."""
    date = (at.year, at.month, at.day)
    time = (at.hour, at.minute, at.second, at.microsecond)
    return dt.datetime(*date, *time, tzinfo=at.tzinfo, fold=at.fold)


def _parsed(name: str, text: str) -> dt.datetime:
    plain = str.__str__(text).strip().upper()
    match = _INSTANT.fullmatch(plain)
    try:
        read = dt.datetime.fromisoformat(plain) if match else None
    except ValueError:
        read = None
    if match is None or read is None:
        raise InstantError.unparseable(name, text)
    if (match["fraction"] or match["digits"] or "")[7:].strip("0"):
        raise InstantError.too_fine(name, text)
    return read


def to_micros(at: dt.datetime) -> int:
    """Return the microseconds from 1970 UTC to an aware datetime, honouring its `fold`."""
    return (at - EPOCH) // MICROSECOND


def from_micros(at: int, zone: dt.tzinfo) -> dt.datetime:
    """Return the aware datetime of an instant in `zone`, with `fold` set in a repeated hour."""
    return (EPOCH + at * MICROSECOND).astimezone(zone)


def since_epoch(at: dt.datetime) -> dt.timedelta:
    """Return the time from 1970 UTC to an aware datetime, honouring its `fold`."""
    return at - EPOCH


class ComparesInstants:
    """A base for dataclasses that are equal by value, comparing instants as instants.

    Python compares two datetimes of one zone by what the wall clock shows, so it takes the two
    instants of a repeated time for one. Every field is compared.
    """

    __slots__ = ()

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, ComparesInstants) or other.__class__ is not self.__class__:
            return NotImplemented
        return self._compared() == other._compared()

    def __hash__(self) -> int:
        return hash(self._compared())

    def __reduce__(self) -> tuple[Any, ...]:
        """Return what a pickle holds: below protocol 4 one of a datetime alone forgets its `fold`."""
        return _rebuilt, (type(self), tuple(map(_packed, self._values())))

    def _values(self) -> list[Any]:
        return [getattr(self, each.name) for each in fields(self)]  # type: ignore[arg-type]

    def _compared(self) -> tuple[Any, ...]:
        values = self._values()
        return tuple(since_epoch(v) if isinstance(v, dt.datetime) else v for v in values)


class _Packed(NamedTuple):
    """An instant in UTC, where no hour comes twice, and the zone it is told in."""

    at: dt.datetime
    zone: dt.tzinfo | None


def _packed(value: object) -> object:
    if not isinstance(value, dt.datetime) or value.tzinfo is None:
        return value
    return _Packed(value.astimezone(dt.UTC), value.tzinfo)


def _rebuilt(kind: Callable[..., T], values: tuple[Any, ...]) -> T:
    return kind(*(v.at.astimezone(v.zone) if isinstance(v, _Packed) else v for v in values))


def read_amount(name: str, value: dt.timedelta) -> int:
    """Return the microseconds of a `timedelta`; raise `AmountError` for anything else."""
    if not isinstance(value, dt.timedelta):
        raise AmountError.of(name, value)
    if getattr(value, "nanoseconds", 0):
        raise InstantError.too_fine(name, value)
    return plain_amount(value) // MICROSECOND


def plain_amount(value: dt.timedelta) -> dt.timedelta:
    """Return the amount of a subclass as a timedelta, so that no subclass does the arithmetic."""
    return dt.timedelta(value.days, value.seconds, value.microseconds)


def read_zone(value: object) -> dt.tzinfo:
    """Return the IANA zone of this name, or a `ZoneInfo` or fixed `timezone` as it is.

    Raises `ZoneError` for a name that cannot be loaded, and for zones of other packages, which
    cannot be compared or pickled by their rules.
    """
    if isinstance(value, ZoneInfo):
        return _shared(value)
    if isinstance(value, dt.timezone):
        return value
    if isinstance(value, str):
        if len(value) <= _LONGEST_NAME and not _NOT_IANA.fullmatch(value):
            with suppress(ZoneInfoNotFoundError, ValueError, OSError):
                return ZoneInfo(str.__str__(value))
        from support_sla.values.near_zones import zones_meant  # noqa: PLC0415  only a refusal needs it

        raise ZoneError.of(value, zones_meant(value))
    raise ZoneError.of(value)


def _shared(zone: ZoneInfo) -> ZoneInfo:
    """Return the one object of the zone's name: others of that name are not equal to it.

    A zone read from somebody's own file has no such object; it cannot be pickled either.
    """
    try:
        zone.__reduce__()
    except PicklingError:
        return zone
    return ZoneInfo(zone.key)
