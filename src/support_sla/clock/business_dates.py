"""`BusinessDates`: the local dates on which a line opens, and when each begins and ends."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from support_sla.values.dates import weekday_of
from support_sla.values.units import DAY, SECOND

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from support_sla.calendars.opening_hours import OpeningHours, Said
    from support_sla.clock.wall_clock import WallClock


@dataclass(frozen=True, slots=True)
class BusinessDates:
    """The dates on which a range that was written for them is open at some instant of the date.

    `numbers` are their day numbers, in order, and `ends` the instants at which the last range of
    each ends, whether something cuts it or not. A night shift belongs to the date it starts on, so
    such an end may lie on the next date.
    """

    numbers: tuple[int, ...]
    ends: tuple[int, ...]
    wall: WallClock

    @classmethod
    def of(
        cls,
        hours: OpeningHours,
        special: Mapping[int, Sequence[Said]],
        wall: WallClock,
        first: int,
        last: int,
    ) -> BusinessDates:
        """Return the business dates from two days before `first` to `last`, as day numbers.

        Those before matter because a date is never due before an earlier one.
        """
        numbers: list[int] = []
        ends: list[int] = []
        instant, has_seasons = wall.instant, bool(hours.seasons)
        for number in range(first - 2, last + 1):
            said = special.get(number, ())
            if not said and not has_seasons:
                ranges = inside = hours.week[weekday_of(number)]
            else:
                ranges = hours.written_for(number, said)[0]
                inside = tuple(hours.open_on(number, said))
            midnight = number * DAY
            if inside and any(
                start < DAY
                and instant((midnight + start) * SECOND)
                < instant((midnight + min(end, DAY)) * SECOND)
                for start, end in inside
            ):
                numbers.append(number)
                ends.append(instant((midnight + ranges[-1][1]) * SECOND))
        return cls(tuple(numbers), tuple(ends), wall)
