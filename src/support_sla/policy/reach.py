"""Which rules of a line can match: each in its turn, without the data of any calendar.

Of a date only its weekday and the calendars that close it matter. More calendars only help the
earlier rules, so it suffices to try dates that no calendar closes, and dates that one does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from support_sla.values.week import WEEKDAYS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_ANY = -1
"""The set of all priorities, also of those that no rule has named yet, as bits."""

_MOST_LOOKED_AT = 20
"""Earlier rules that are looked at to say which one hides another."""


class Condition(Protocol):
    """What a rule asks for: any of these days, any of these priorities; None asks for nothing."""

    @property
    def days(self) -> tuple[str, ...] | None:
        """Weekdays and names of calendars."""

    @property
    def priority(self) -> tuple[str, ...] | None:
        """Names of priorities."""


class Reach:
    """What the rules so far have taken.

    A set of priorities is the bits of an int, so a rule costs a step for each name it writes, and
    not one for each pair of a day and a priority.
    """

    def __init__(self, priorities: Iterable[str]) -> None:
        self._bit_of: dict[str | None, int] = {}
        self._known = self._bits((*priorities, None))
        self._on_weekday = dict.fromkeys(WEEKDAYS, 0)
        self._on_calendar: dict[str, int] = {}
        self._rules: list[tuple[frozenset[str] | None, int]] = []
        self._naming: dict[str | None, list[int]] = {}

    def takes(self, when: Condition | None) -> bool:
        """Whether some date and priority reach the next rule; it takes them from the later ones."""
        days = when.days if when else None
        asked = self._bits(when.priority) if when and when.priority else _ANY
        wanted = asked if asked != _ANY else self._known
        everywhere = _ANY
        for taken in self._on_weekday.values():
            everywhere &= taken
        free = wanted & ~everywhere
        weekdays = [day for day in (WEEKDAYS if days is None else days) if day in self._on_weekday]
        calendars = [day for day in days or () if day not in self._on_weekday]
        can = any(wanted & ~self._on_weekday[day] for day in weekdays) or any(
            free & ~self._on_calendar.get(day, 0) for day in calendars
        )
        for day in weekdays:
            self._on_weekday[day] |= asked
        for day in calendars:
            self._on_calendar[day] = self._on_calendar.get(day, 0) | asked
        named: tuple[str | None, ...] = (None,) if days is None else days
        for name in named:
            self._naming.setdefault(name, []).append(len(self._rules))
        self._rules.append((None if days is None else frozenset(days), asked))
        return can

    def hides(self, at: int) -> int | None:
        """Return the first rule that alone takes all of rule `at`, as far as a short look finds it."""
        days, asked = self._rules[at]
        wanted = asked if asked != _ANY else self._known
        first_day = WEEKDAYS[0] if days is None else min(days)
        named = [
            self._naming.get(day, [])[:_MOST_LOOKED_AT] for day in (None, first_day, *WEEKDAYS)
        ]
        for before in sorted({each for some in named for each in some}):
            other, taken = self._rules[before]
            if before < at and not wanted & ~taken and _covers(other, days):
                return before
        return None

    def _bits(self, names: Sequence[str | None]) -> int:
        """Return the set of these names, made in one piece: a shift for each would cost their square."""
        places = [self._bit_of.setdefault(name, len(self._bit_of)) for name in names]
        written = bytearray(max(places) // 8 + 1)
        for place in places:
            written[place // 8] |= 1 << place % 8
        return int.from_bytes(written, "little")


def _covers(other: frozenset[str] | None, days: frozenset[str] | None) -> bool:
    """Whether the days of one rule have every date of the other's."""
    if other is None or other.issuperset(WEEKDAYS):
        return True
    return days is not None and days <= other
