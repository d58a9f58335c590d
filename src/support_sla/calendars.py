"""`HolidayCalendar`: named special dates, and the years it knows. Data only.

A calendar never answers for a year it does not cover: that would call a holiday a working day.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Annotated, Any, TypeAlias

from pydantic import (
    AfterValidator,
    Field,
    StrictBool,
    StrictInt,
    field_validator,
    model_validator,
)

from support_sla import calendar_checks, notation
from support_sla import country as countries
from support_sla._model import Model, fault
from support_sla.country import Country, PublicDay
from support_sla.errors import YearsNotCoveredError
from support_sla.festivals import Festival
from support_sla.instants import read_zone
from support_sla.names import SomeNames, Zone, no_repeats
from support_sla.recurring import Recurring
from support_sla.special_day import FIRST_YEAR, LAST_YEAR, Date, SpecialDay, Weekday
from support_sla.state_schedule import StateDay, state_swaps

if TYPE_CHECKING:
    from support_sla.ics import Feed

Years: TypeAlias = tuple[StrictInt, StrictInt]


class Move(Model):
    """A country's day moved to another date: 'off on Monday instead of Saturday'."""

    date: Date = Field(description="the date the country has")
    to: Date = Field(description="the date this desk is off instead")
    source: str | None = None


class HolidayCalendar(Model):
    """Named special dates with the years they are known for, from one or several sources.

    - `country`: the public days of an ISO 3166 code, copied out of python-holidays; of a
      `subdivision`, in some `categories`, without days off for holidays on a weekend where
      `observed` is false. `rest_days` names the desk's days of rest: compensation days are then
      those for holidays that fall on one of them. `swaps` takes in swap days, off and worked, for
      Vietnam also those the package lacks. `language` names the days (default: the country's own;
      the machine's locale has no say).
    - `festivals`: lunar festivals by offset from their first day. `recurring`: days that come
      again by a rule. `feed`: the text of an iCalendar file, its timed events read on the wall
      clock of `timezone`. `union`: whole other calendars.
    - `days`: dates written here, each in the place of whatever the sources say of its date;
      `removed` dates are ordinary again; `moved` ones lie elsewhere.

    `years` is the first and last covered year; by default what the sources know in common, else
    the years of `days`. Where several sources have something to say of a date, all of it holds: the
    first to give hours decides them, closures add up.

    Compares, hashes and dumps by what was written. Raises `pydantic.ValidationError` for a
    calendar that says nothing, covers nothing or contradicts itself.

    >>> calendar = HolidayCalendar(country="VN", rest_days=["Su"])
    >>> [day.name for day in calendar.special_days(2026)][1:3]
    ['Giao thừa Tết Nguyên Đán', 'Tết Nguyên Đán']
    """

    country: str | None = None
    subdivision: str | None = None
    categories: SomeNames | None = None
    observed: StrictBool = True
    language: str | None = None
    rest_days: Annotated[tuple[Weekday, ...], AfterValidator(no_repeats)] | None = None
    swaps: StrictBool = False
    festivals: tuple[Festival, ...] = ()
    recurring: tuple[Recurring, ...] = ()
    feed: str | None = None
    timezone: Zone | None = None
    union: tuple[HolidayCalendar, ...] = ()
    years: Years | None = None
    days: tuple[SpecialDay, ...] = ()
    removed: Annotated[tuple[Date, ...], AfterValidator(no_repeats)] = ()
    moved: tuple[Move, ...] = ()

    @field_validator("years")
    @classmethod
    def _real_years(cls, years: Years | None) -> Years | None:
        if years and not FIRST_YEAR <= years[0] <= years[1] <= LAST_YEAR:
            message = f"years {list(years)} are no span; write [first, last], e.g. [2020, 2035]"
            raise fault("years_invalid", message)
        return years

    @model_validator(mode="after")
    def _consistent(self) -> HolidayCalendar:
        calendar_checks.refuse_contradictions(self)
        if self.feed is not None:  # a feed that cannot be read is told now, not when it is asked
            first, last = self.covered_years
            self._read_feed().special_days(first, last, self._zone)
        return self

    @property
    def covered_years(self) -> tuple[int, int]:
        """The first and last year the calendar speaks for; other years are an error, not a 'no'."""
        memo = self.memo()
        if "covered" not in memo:
            memo["covered"] = self.years or self.known_years()
        covered: tuple[int, int] = memo["covered"]
        return covered

    def known_years(self) -> tuple[int, int]:
        """Return the years that all sources know; those of `days` where there is no other."""
        spans = [calendar.covered_years for calendar in self.union]
        spans += [festival.covered_years for festival in self.festivals]
        if self.country is not None:
            spans.append(countries.covered_years(self._country))
        if not spans:
            spans = [(min(self._own_days()), max(self._own_days()))]
        return max(first for first, _ in spans), min(last for _, last in spans)

    @property
    def sources(self) -> tuple[str, ...]:
        """Where the days come from, for an audit: packages with their versions, feeds by digest."""
        found = [] if self.country is None else [countries.source()]
        if self.country == "VN" and self.swaps:
            found.append("the state's official letters")
        found += [f"{countries.source()}, lunar calendar"] if self.festivals else []
        found += [self._feed_source()] if self.feed is not None else []
        found += [source for calendar in self.union for source in calendar.sources]
        found += ["written here"] if self.days or self.recurring or self.moved else []
        return tuple(dict.fromkeys(found))

    def special_days(self, year: int) -> tuple[SpecialDay, ...]:
        """Return the special days of one covered year, by date; empty when it has none.

        A date of which several sources speak stands there several times, in their order. Raises
        `YearsNotCoveredError` for a year outside `covered_years`.
        """
        memo = self.memo()
        if year not in memo:
            first, last = self.covered_years
            if not first <= year <= last:
                named = self.country or ", ".join(self.sources)
                raise YearsNotCoveredError.of(named, year, first, last)
            memo[year] = self._special_days(year)
        found: tuple[SpecialDay, ...] = memo[year]
        return found

    def on(self, date: dt.date) -> tuple[SpecialDay, ...]:
        """Return what the calendar says of one date; empty for an ordinary one.

        >>> HolidayCalendar(country="VN").on(dt.date(2026, 2, 17))[0].name
        'Tết Nguyên Đán'
        """
        memo = self.memo()
        key = "by date", date.year
        if key not in memo:
            by_date: dict[dt.date, tuple[SpecialDay, ...]] = {}
            for day in self.special_days(date.year):
                by_date[day.date] = (*by_date.get(day.date, ()), day)
            memo[key] = by_date
        found: tuple[SpecialDay, ...] = memo[key].get(date, ())
        return found

    def between(self, first: dt.date, last: dt.date) -> tuple[SpecialDay, ...]:
        """Return the special days from `first` to `last`, both included; empty when reversed."""
        years = range(first.year, last.year + 1)
        days = (day for year in years for day in self.special_days(year))
        return tuple(day for day in days if first <= day.date <= last)

    def next_after(self, date: dt.date) -> SpecialDay | None:
        """Return the first special day after a date; None where the covered years have no more."""
        for year in range(date.year, self.covered_years[1] + 1):
            for day in self.special_days(year):
                if day.date > date:
                    return day
        return None

    def freeze(self, first_year: int, last_year: int) -> HolidayCalendar:
        """Return the same days as plain data for these years, independent of every package.

        Each day keeps its source. Raises `YearsNotCoveredError` beyond the covered years.
        """
        days = self.between(dt.date(first_year, 1, 1), dt.date(last_year, 12, 31))
        return HolidayCalendar(years=(first_year, last_year), days=calendar_checks.folded(days))

    def _special_days(self, year: int) -> tuple[SpecialDay, ...]:
        """Return a year's days: the sources', without what is removed or moved, then one's own."""
        own = self._own_days().get(year, [])
        replaced = {day.date for day in own} | set(self.removed)
        replaced |= {move.date for move in self.moved}
        found = [day for day in self.from_sources(year) if day.date not in replaced]
        found += [day for move in self.moved if move.to.year == year for day in self._moved(move)]
        return tuple(sorted(found + own, key=lambda day: day.date))

    def from_sources(self, year: int) -> list[SpecialDay]:
        """Return what the sources say of a year, before anything is removed, moved or replaced."""
        found = self.country_days(year)
        for festival in self.festivals:
            found += festival.special_days(year, year)
        for rule in self.recurring:
            found += rule.special_days(year, year)
        if self.feed is not None:
            found += self._read_feed().special_days(year, year, self._zone)
        for calendar in self.union:
            found += calendar.special_days(year)
        return found

    def country_days(self, year: int) -> list[SpecialDay]:
        """Return the country's days of a year, before anything is removed, moved or replaced."""
        if self.country is None:
            return []
        days = countries.public_days(self._country, year)
        found = [_special(day, countries.source()) for day in days]
        if self.swaps and self.country == "VN":
            found += [_special(day, day.source) for day in state_swaps(year)]
        return found

    def _moved(self, move: Move) -> list[SpecialDay]:
        days = [day for day in self.country_days(move.date.year) if day.date == move.date]
        source = move.source or "written here"
        return [day.model_copy(update={"date": move.to, "source": source}) for day in days]

    def _own_days(self) -> dict[int, list[SpecialDay]]:
        memo = self.memo()
        if "own days" not in memo:
            by_year: dict[int, list[SpecialDay]] = {}
            for day in self.days:
                by_year.setdefault(day.date.year, []).append(day)
            memo["own days"] = by_year
        own: dict[int, list[SpecialDay]] = memo["own days"]
        return own

    def _read_feed(self) -> Feed:
        from support_sla.ics import read_feed  # noqa: PLC0415  only a calendar with a feed needs it

        memo = self.memo()
        if "feed" not in memo:
            memo["feed"] = read_feed(self.feed or "", source=self._feed_source())
        feed: Feed = memo["feed"]
        return feed

    def _feed_source(self) -> str:
        return calendar_checks.digest_of(self.feed or "")

    @property
    def _zone(self) -> dt.tzinfo | None:
        return None if self.timezone is None else read_zone(self.timezone)

    @property
    def _country(self) -> Country:
        rest = self.rest_days
        return Country(
            code=self.country or "",
            language=self.language,
            subdivision=self.subdivision,
            categories=self.categories,
            observed=self.observed,
            rest_days=None if rest is None else tuple(map(notation.WEEKDAYS.index, rest)),
            swaps=self.swaps,
        )


def _special(day: PublicDay | StateDay, source: str) -> SpecialDay:
    made: dict[str, Any] = {"date": day.date, "name": day.name, "source": source}
    if day.works_as is not None:
        made["works_as"] = notation.WEEKDAYS[day.works_as]
    return SpecialDay.model_construct(**made)
