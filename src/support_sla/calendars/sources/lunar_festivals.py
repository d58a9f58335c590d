"""`Festival`: days counted from a lunar festival's first day, because names do not identify them.

"Tết" is also in the name of 1 January, and "29 Tết" lacks the festival's; an offset is exact.
"""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, TypeAlias

from pydantic import BeforeValidator, Field, StrictInt, WithJsonSchema, field_validator

from support_sla.calendars.sources import country as countries
from support_sla.calendars.sources.country import Country
from support_sla.calendars.special_day import Name, SpecialDay
from support_sla.errors import YearsNotCoveredError, shown
from support_sla.values.model import Model, fault, nearest
from support_sla.values.whole_numbers import read_whole

_FIRST_DAYS = {"tet": "Tết Nguyên Đán", "hung_kings": "Ngày Giỗ Tổ Hùng Vương"}
"""The name that python-holidays gives the first day of each festival, and no other day."""

_HUNG_KINGS_SINCE = 2007
"""The first year with the holiday, and so with its date in the package."""

_LOWEST, _HIGHEST = -30, 60
"""Enough for any break, and never past the festival's own year: both festivals end by April."""

_NUMBERS = ("một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười")


def _read_festival(value: object) -> str:
    if value in list(_FIRST_DAYS):  # a list also takes what cannot be hashed
        return str(value)
    message = f"festival {shown(value)} is not one that can be counted from"
    raise fault("festival_unknown", f"{message}; {nearest(value, list(_FIRST_DAYS))}")


FestivalName: TypeAlias = Annotated[
    str, BeforeValidator(_read_festival), WithJsonSchema({"enum": list(_FIRST_DAYS)})
]


class Festival(Model):
    """Days of Vietnam's Tết (`tet`) or Hùng Kings' festival (`hung_kings`), closed all day.

    `days` is the first and the last day as offsets from the festival's first day, both included:
    [-1, 4] is the eve of Tết to mùng năm. `label` is what the desk calls these days; without it
    they have their Vietnamese names.

    >>> [(str(day.date), day.name) for day in Festival(name="tet", days=(-1, 0)).special_days(2026, 2026)]
    [('2026-02-16', 'Giao thừa Tết Nguyên Đán'), ('2026-02-17', 'Mùng một Tết Nguyên Đán')]
    """

    name: FestivalName = Field(description="tet or hung_kings")
    days: tuple[StrictInt, StrictInt] = (0, 0)
    label: Name | None = None
    source: str | None = None

    @field_validator("days")
    @classmethod
    def _real_days(cls, days: tuple[int, int]) -> tuple[int, int]:
        if _LOWEST <= days[0] <= days[1] <= _HIGHEST:
            return days
        message = f"days {list(days)} are no span of offsets from {_LOWEST} to {_HIGHEST}"
        raise fault("days_invalid", f"{message}; write [first, last], e.g. [-1, 4]")

    @property
    def covered_years(self) -> tuple[int, int]:
        """The first and last year whose days are all known: those of python-holidays' lunar data.

        Days before Tết that may lie in December are unknown in the last year of the data.
        """
        first, last = countries.covered_years(_VIETNAM)
        if self.name == "hung_kings":
            first = max(first, _HUNG_KINGS_SINCE)
        return first, last - self._years_ahead

    @property
    def _years_ahead(self) -> int:
        # Tết is 21 January at the earliest, so 20 days before it are still in its own year.
        return int(self.name == "tet" and self.days[0] < -20)

    @property
    def sources(self) -> tuple[str, ...]:
        """Where the days come from: the package and its version."""
        return (f"{countries.source()}, lunar calendar",)

    def special_days(self, first_year: int, last_year: int | None = None) -> tuple[SpecialDay, ...]:
        """Return the days of a year, or of all up to `last_year`, by date.

        A day belongs to the year of its own date, even if the festival is in the next one.
        Raises `YearsNotCoveredError` if a year is outside `covered_years`.
        """
        known, last_year = self.covered_years, first_year if last_year is None else last_year
        for year in (first_year, last_year):
            if not known[0] <= read_whole("year", year) <= known[1]:
                raise YearsNotCoveredError.of(self.name, year, *known)
        return tuple(
            day
            for year in range(first_year, last_year + 1 + self._years_ahead)
            for day in self._days_around(_first_day(self.name, year))
            if first_year <= day.date.year <= last_year
        )

    def _days_around(self, first_day: dt.date) -> list[SpecialDay]:
        source = self.source or self.sources[0]
        made: list[dict[str, Any]] = [
            {"date": first_day + dt.timedelta(offset), "name": self._called(offset)}
            for offset in range(self.days[0], self.days[1] + 1)
        ]
        return [SpecialDay.model_construct(**day, source=source) for day in made]

    def _called(self, offset: int) -> str:
        if self.label is None:
            return _tet_day(offset) if self.name == "tet" else _hung_kings_day(offset)
        first, last = self.days
        return self.label if first == last else f"{self.label}, ngày thứ {offset - first + 1}"


_VIETNAM = Country("VN", "vi")


def _first_day(name: str, year: int) -> dt.date:
    days = countries.public_days(_VIETNAM, year)
    return next(day.date for day in days if _FIRST_DAYS[name] in day.name.split("; "))


def _tet_day(offset: int) -> str:
    if offset < -1:
        return f"Trước Tết Nguyên Đán {-offset} ngày"
    if offset == -1:
        return "Giao thừa Tết Nguyên Đán"
    number = _NUMBERS[offset] if offset < len(_NUMBERS) else offset + 1
    return f"Mùng {number} Tết Nguyên Đán"


def _hung_kings_day(offset: int) -> str:
    if offset == 0:
        return "Ngày Giỗ Tổ Hùng Vương"
    side = "Trước" if offset < 0 else "Sau"
    return f"{side} Giỗ Tổ Hùng Vương {abs(offset)} ngày"
