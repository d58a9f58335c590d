"""Which rules of a line can match: each in its turn, without the data of any calendar.

Of a date only its weekday and the calendars that close it matter. More calendars only help the
earlier rules, so it suffices to try dates that no calendar closes, and dates that one does. What
else a rule may ask for (a priority, attributes, a time of the date, an open line) has few values:
each combination of them is a cell, and what rules have taken is a set of cells.
"""

from __future__ import annotations

from math import prod
from typing import TYPE_CHECKING, NamedTuple

from support_sla.policy.when import When
from support_sla.values.units import DAY
from support_sla.values.week import WEEKDAYS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from typing import Any

_MOST_LOOKED_AT = 20
"""Earlier rules that are looked at to say which one hides another."""

_MOST_CELLS = 2**18
"""Cells of a line; with more, a rule that asks for more than days and a priority hides no other."""


class _Asked(NamedTuple):
    """What a rule takes from later ones: dates by these names (None: all), and a set of cells."""

    days: frozenset[str] | None
    cells: int


class Reach:
    """What the rules so far have taken.

    A set of cells is the bits of an int, so a rule costs a step for each name it writes, and not
    one for each pair of a day and a priority.
    """

    def __init__(
        self,
        priorities: Iterable[str],
        whens: Iterable[When | None] = (),
        attributes: Mapping[str, Sequence[str] | None] | None = None,
        *,
        always_open: bool = False,
    ) -> None:
        self._cells = _Cells(priorities, whens, attributes or {}, always_open=always_open)
        self._on_weekday = dict.fromkeys(WEEKDAYS, 0)
        self._on_calendar: dict[str, int] = {}
        self._rules: list[_Asked] = []
        self._naming: dict[str | None, list[int]] = {}

    def takes(self, when: When | None) -> bool:
        """Whether some request reaches the next rule; it takes those from the later ones."""
        days = when.days if when else None
        wanted, asked = self._cells.wanted(when), self._cells.taken(when)
        everywhere = -1
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
        self._rules.append(_Asked(None if days is None else frozenset(days), asked))
        return can

    def hides(self, at: int) -> int | None:
        """Return the first rule that alone takes all of rule `at`, as far as a short look finds it."""
        days, asked = self._rules[at]
        wanted = asked & self._cells.known
        first_day = WEEKDAYS[0] if days is None else min(days)
        named = [
            self._naming.get(day, [])[:_MOST_LOOKED_AT] for day in (None, first_day, *WEEKDAYS)
        ]
        for before in sorted({each for some in named for each in some}):
            other, taken = self._rules[before]
            if before < at and not wanted & ~taken and _covers(other, days):
                return before
        return None


class _Cells:
    """The combinations of what rules ask for beside days, as bits.

    The first dimension are priorities, whose bits are given when they are first named; then come
    the attributes that some rule names, the parts of a date, and whether the line is open.
    """

    def __init__(
        self,
        priorities: Iterable[str],
        whens: Iterable[When | None],
        attributes: Mapping[str, Sequence[str] | None],
        *,
        always_open: bool,
    ) -> None:
        asked = [when for when in whens if when is not None]
        named = {name: values for when in asked for name, values in when.attributes.items()}
        edges = sorted({0, *(edge for when in asked for span in when.time or () for edge in span)})
        self._starts = [edge for edge in edges if edge < DAY]
        self._values = {
            name: (None, *dict.fromkeys((*(attributes.get(name) or ()), *_named(asked, name))))
            for name in named
        }
        self._bit_of: dict[str | None, int] = {}
        known = [*priorities, None]
        size = len({*known, *(name for when in asked for name in when.priority or ())})
        sizes = (*map(len, self._values.values()), len(self._starts), 2)
        self._is_coarse = prod(sizes) * size > _MOST_CELLS
        self._has_more = prod(sizes) > 2 or any(when.open is not None for when in asked)
        self._size = size
        self._can_be_open = (True,) if always_open else (True, False)
        self.known = self._of(self._bits(known), None)

    def wanted(self, when: When | None) -> int:
        """Return the cells of the requests there are that a rule asks for."""
        asked = self._asked(when)
        return self.known if asked == -1 else asked

    def taken(self, when: When | None) -> int:
        """Return the cells that a rule takes from later ones, also of priorities not named yet."""
        if self._is_coarse and when and (when.attributes or when.time or when.open is not None):
            return 0
        if when is None or (not self._has_more and not when.priority):
            return -1
        return self._asked(when)

    def _asked(self, when: When | None) -> int:
        if when is None:
            return -1
        row = self._bits(when.priority) if when.priority else -1
        if self._is_coarse:
            return row
        if row == -1 and self._has_more:
            row = (1 << self._size) - 1
        return self._of(row, when)

    def _of(self, row: int, when: When | None) -> int:
        """Return the cells of some priorities under what else a rule asks for."""
        if not self._has_more or self._is_coarse or row == -1:
            return row
        cells, width = row, self._size
        for name, values in self._values.items():
            asked = when.attributes.get(name) if when else None
            places = [at for at, each in enumerate(values) if asked is None or each in asked]
            cells, width = _repeated(cells, width, places), width * len(values)
        times = when.time if when else None
        places = [
            at
            for at, start in enumerate(self._starts)
            if times is None or any(first <= start < last for first, last in times)
        ]
        cells, width = _repeated(cells, width, places), width * len(self._starts)
        asks_open = when.open if when else None
        opens = [each for each in self._can_be_open if asks_open is None or each is asks_open]
        return _repeated(cells, width, [int(each) for each in opens])

    def _bits(self, names: Sequence[str | None]) -> int:
        """Return the set of these names, made in one piece: a shift for each would cost their square."""
        places = [self._bit_of.setdefault(name, len(self._bit_of)) for name in names]
        written = bytearray(max(places) // 8 + 1)
        for place in places:
            written[place // 8] |= 1 << place % 8
        return int.from_bytes(written, "little")


def _named(whens: Iterable[When], attribute: str) -> list[str]:
    return [value for when in whens for value in when.attributes.get(attribute, ())]


def _repeated(cells: int, width: int, places: Iterable[int]) -> int:
    """Return the same cells at each of some places of a further dimension."""
    found = 0
    for place in places:
        found |= cells << (place * width)
    return found


def _covers(other: frozenset[str] | None, days: frozenset[str] | None) -> bool:
    """Whether the days of one rule have every date of the other's."""
    if other is None or other.issuperset(WEEKDAYS):
        return True
    return days is not None and days <= other


def reachable(
    whens: Sequence[Mapping[str, Any] | None],
    priorities: Sequence[str],
    attributes: Mapping[str, Sequence[str] | None] | None = None,
    *,
    always_open: bool = False,
) -> list[Any]:
    """Return the conditions, in order, without those that earlier ones leave nothing to match."""
    read = [None if when is None else When.model_validate(when) for when in whens]
    reach = Reach(priorities, read, attributes, always_open=always_open)
    return [when for when, asked in zip(whens, read, strict=True) if reach.takes(asked)]
