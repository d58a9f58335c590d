"""`HolidayCalendar`: named special dates, and the years it knows. Data only.

A calendar never answers for a year it does not cover: that would call a holiday a working day.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from pydantic import (
    AfterValidator,
    StrictInt,
    field_validator,
    model_validator,
)

from support_sla import country as countries
from support_sla import notation
from support_sla._model import Model, fault, shown
from support_sla.country import Country, PublicDay
from support_sla.errors import YearsNotCoveredError
from support_sla.names import no_repeats
from support_sla.special_day import FIRST_YEAR, LAST_YEAR, Date, SpecialDay, Weekday

if TYPE_CHECKING:
    import datetime as dt


class HolidayCalendar(Model):
    """Named special dates with the years they are known for.

    A calendar is a country's public days (`country`, an ISO 3166 code; copied out of
    python-holidays), its own `days`, or both; a day of one's own takes the place of the country's
    on that date, and `removed` dates are ordinary again.

    `rest_days` names the desk's days of rest: the country's compensation days are then those for
    holidays that fall on one of them. `swaps` takes in its swap days, off and worked. `language`
    is one of the codes in which python-holidays names the country's days (default: the country's
    own); the machine's locale has no say. `years` is the first and last covered year; by default
    those of the country's data, else those of `days`.

    Compares, hashes and dumps by what was written. Raises `pydantic.ValidationError` for a
    calendar that says nothing, covers nothing or contradicts itself.

    >>> calendar = HolidayCalendar(country="VN", rest_days=["Su"])
    >>> [day.name for day in calendar.special_days(2026)][1:3]
    ['Giao thừa Tết Nguyên Đán', 'Tết Nguyên Đán']
    """

    country: str | None = None
    language: str | None = None
    rest_days: Annotated[tuple[Weekday, ...], AfterValidator(no_repeats)] | None = None
    swaps: bool = False
    years: tuple[StrictInt, StrictInt] | None = None
    days: tuple[SpecialDay, ...] = ()
    removed: Annotated[tuple[Date, ...], AfterValidator(no_repeats)] = ()

    @field_validator("swaps", mode="before")
    @classmethod
    def _plain_bool(cls, value: Any) -> Any:  # noqa: ANN401  pydantic's own signature
        if isinstance(value, bool):
            return value
        raise fault("swaps_invalid", f"swaps = {shown(value)} is neither true nor false; write one")

    @field_validator("years")
    @classmethod
    def _real_years(cls, years: tuple[int, int] | None) -> tuple[int, int] | None:
        if years and not FIRST_YEAR <= years[0] <= years[1] <= LAST_YEAR:
            message = f"years {list(years)} are no span; write [first, last], e.g. [2020, 2035]"
            raise fault("years_invalid", message)
        return years

    @model_validator(mode="after")
    def _consistent(self) -> HolidayCalendar:
        if self.country is None:
            self._refuse_country_options()
            if not self.days and self.years is None:
                message = "calendar has no country, no days and no years; give one of them"
                raise fault("calendar_empty", message)
        self._refuse_uncovered_years()
        self._refuse_misplaced_days()
        return self

    def _refuse_country_options(self) -> None:
        for key in ("language", "rest_days", "swaps"):
            if getattr(self, key) not in (None, False):
                message = f"{key} = {getattr(self, key)!r} means nothing without a country; add one"
                raise fault("country_missing", message)

    def _refuse_uncovered_years(self) -> None:
        if self.country is None or self.years is None:
            return
        known = countries.covered_years(self._country)
        if not known[0] <= self.years[0] <= self.years[1] <= known[1]:
            message = (
                f"years {list(self.years)} reach beyond the days of country {self.country!r}; "
                f"{countries.source()} has {known[0]} to {known[1]}"
            )
            raise fault("years_not_covered", message)

    def _refuse_misplaced_days(self) -> None:
        first, last = self.covered_years
        own: set[dt.date] = set()
        for day in self.days:
            if day.date in own:
                message = f"date {day.date} is given twice; write one entry with all it says"
                raise fault("date_repeated", message)
            own.add(day.date)
        for date in (*own, *self.removed):
            if not first <= date.year <= last:
                message = f"date {date} lies outside the calendar's years {first} to {last}; "
                raise fault("date_not_covered", message + "extend years, or drop the date")
        for date in self.removed:
            if date in own:
                message = f"date {date} is both given and removed; drop one of the two"
                raise fault("date_repeated", message)
            if date not in self._country_days(date.year):
                message = f"removed date {date} is no day of the country's; drop it"
                raise fault("removed_nothing", message)

    @property
    def _country(self) -> Country:
        rest = self.rest_days
        rest_days = None if rest is None else tuple(map(notation.WEEKDAYS.index, rest))
        return Country(self.country or "", self.language, rest_days, self.swaps)

    def _country_days(self, year: int) -> dict[dt.date, PublicDay]:
        if self.country is None:
            return {}
        return {day.date: day for day in countries.public_days(self._country, year)}

    @property
    def covered_years(self) -> tuple[int, int]:
        """The first and last year the calendar speaks for; other years are an error, not a 'no'."""
        if self.years is not None:
            return self.years
        if self.country is not None:
            return countries.covered_years(self._country)
        return min(self._own_days()), max(self._own_days())

    def special_days(self, year: int) -> tuple[SpecialDay, ...]:
        """Return the special days of one covered year, by date; empty when it has none.

        Raises `YearsNotCoveredError` for a year outside `covered_years`.
        """
        memo = self.memo()
        if year not in memo:
            first, last = self.covered_years
            if not first <= year <= last:
                named = self.country or "days written here"
                raise YearsNotCoveredError.of(named, year, first, last)
            memo[year] = self._special_days(year)
        found: tuple[SpecialDay, ...] = memo[year]
        return found

    def _special_days(self, year: int) -> tuple[SpecialDay, ...]:
        found = {date: _as_special(day) for date, day in self._country_days(year).items()}
        for date in self.removed:
            found.pop(date, None)
        found |= {day.date: day for day in self._own_days().get(year, ())}
        return tuple(found[date] for date in sorted(found))

    def _own_days(self) -> dict[int, list[SpecialDay]]:
        memo = self.memo()
        if "own days" not in memo:
            by_year: dict[int, list[SpecialDay]] = {}
            for day in self.days:
                by_year.setdefault(day.date.year, []).append(day)
            memo["own days"] = by_year
        own: dict[int, list[SpecialDay]] = memo["own days"]
        return own


def _as_special(day: PublicDay) -> SpecialDay:
    made: dict[str, Any] = {"date": day.date, "name": day.name, "source": countries.source()}
    if day.works_as is not None:
        made["works_as"] = notation.WEEKDAYS[day.works_as]
    return SpecialDay.model_construct(**made)
