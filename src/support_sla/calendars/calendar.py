"""`HolidayCalendar`: named special dates, and the years it knows. Data only.

A calendar never answers for a year it does not cover: that would call a holiday a working day.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, ClassVar, TypeAlias

from pydantic import (
    AfterValidator,
    ConfigDict,
    Field,
    StrictBool,
    StrictInt,
    field_validator,
    model_validator,
)

from support_sla.calendars import checks
from support_sla.calendars.combined import Combined, Source
from support_sla.calendars.sources.country import Country, CountryDays
from support_sla.calendars.sources.ics.filter import FeedFilter
from support_sla.calendars.sources.lunar_festivals import Festival
from support_sla.calendars.sources.recurring import Recurring
from support_sla.calendars.special_day import Date, Move, SpecialDay, Weekday
from support_sla.errors import (
    InstantError,
    InstantOutOfRangeError,
    YearsNotCoveredError,
    shown,
)
from support_sla.values.dates import FIRST_YEAR, LAST_YEAR, read_date
from support_sla.values.instants import read_zone
from support_sla.values.model import Model, fault
from support_sla.values.names import SomeNames, Zone, no_repeats, whole_text
from support_sla.values.one_line import Part, Room, counted, fitted, parts_of
from support_sla.values.one_line import years as span_of
from support_sla.values.week import WEEKDAYS
from support_sla.values.whole_numbers import read_whole

if TYPE_CHECKING:
    from support_sla.calendars.sources.ics.feed import FeedDays

Years: TypeAlias = tuple[StrictInt, StrictInt]

_NOUNS = {
    "festivals": "festival",
    "recurring": "recurring day",
    "union": "calendar",
    "days": "day",
    "removed": "removed date",
    "moved": "moved day",
}
"""What the collections of a calendar are made of, as it shows itself."""


class HolidayCalendar(Model):
    """Named special dates with the years they are known for, from one or several sources.

    - `country`: the public days of an ISO 3166 code, copied out of python-holidays; of a
      `subdivision`, in some `categories`, without days off for holidays on a weekend if
      `observed` is false. `rest_days` names the desk's days of rest: compensation days are then
      those for holidays that fall on one of them. `swaps` takes in swap days, off and worked, for
      Vietnam also those the package lacks. `language` names the days (default: the country's own;
      the machine's locale is not used).
    - `festivals`: lunar festivals by offset from their first day. `recurring`: days that come
      again by a rule. `feed`: the text of an iCalendar file, its timed events read on the wall
      clock of `timezone`; of its events those that `only` names, if it is there, and `except` (in
      Python `except_`) does not. `union`: whole other calendars.
    - `days`: dates written here, each instead of whatever the sources say of its date;
      `removed` dates are ordinary again; `moved` days are on another date.

    `years` is the first and last covered year; by default what the sources know in common, else
    the years of `days`. If several sources say something of a date, all of it holds: the first to
    give hours decides them, closures add up.

    Compares, hashes and dumps by what was written. Raises `pydantic.ValidationError` for a
    calendar that says nothing, covers nothing or contradicts itself.

    >>> calendar = HolidayCalendar(country="VN", rest_days=["Su"])
    >>> [day.name for day in calendar.special_days(2026)][1:3]
    ['Giao thừa Tết Nguyên Đán', 'Tết Nguyên Đán']
    """

    model_config: ClassVar[ConfigDict] = ConfigDict(validate_by_name=True, validate_by_alias=True)

    country: str | None = None
    subdivision: str | None = None
    categories: SomeNames | None = None
    observed: StrictBool = True
    language: str | None = None
    rest_days: Annotated[tuple[Weekday, ...], AfterValidator(no_repeats)] | None = None
    swaps: StrictBool = False
    festivals: tuple[Festival, ...] = ()
    recurring: tuple[Recurring, ...] = ()
    feed: Annotated[str, AfterValidator(whole_text)] | None = None
    timezone: Zone | None = None
    only: FeedFilter | None = None
    except_: FeedFilter | None = Field(None, alias="except")
    union: tuple[HolidayCalendar, ...] = ()
    years: Years | None = None
    days: tuple[SpecialDay, ...] = ()
    removed: Annotated[tuple[Date, ...], AfterValidator(no_repeats)] = ()
    moved: tuple[Move, ...] = ()

    @field_validator("years", mode="before")
    @classmethod
    def _first_and_last(cls, years: object) -> object:
        if years is None or (isinstance(years, (list, tuple)) and len(years) == 2):
            return years
        message = f"years {shown(years)} are no span; write [first, last], e.g. [2026, 2026]"
        raise fault("years_invalid", message)

    @field_validator("years")
    @classmethod
    def _real_years(cls, years: Years | None) -> Years | None:
        if years and not FIRST_YEAR <= years[0] <= years[1] <= LAST_YEAR:
            message = f"years {list(years)} are no span; write [first, last], e.g. [2020, 2035]"
            raise fault("years_invalid", message)
        return years

    @model_validator(mode="after")
    def _consistent(self) -> HolidayCalendar:
        checks.refuse_lonely_keys({key: getattr(self, key) for key in self.model_fields_set})
        checks.refuse_unknown_years(self._combined, self.years)
        first, last = self.covered_years
        if self.feed is not None:  # one that cannot be read is refused now, not when it is asked
            self._feed_days(self.feed).refuse_years(first, last)
        checks.refuse_contradictions(self._combined, first, last)
        checks.refuse_rules_that_never_come(self.recurring, first, last)
        return self

    @property
    def covered_years(self) -> tuple[int, int]:
        """The first and last year the calendar knows; other years are an error, not a 'no'."""
        return self.once("covered years", lambda: self.years or self._combined.known_years())

    @property
    def sources(self) -> tuple[str, ...]:
        """Where the days come from, for an audit: packages with their versions, feeds by digest."""
        return self._combined.origins()

    @property
    def feed_notes(self) -> tuple[str, ...]:
        """What was read in the feed otherwise than it is written, and which event closes nothing.

        Each sentence names the event; empty without a feed. Those of a `union` follow.
        """
        own = () if self.feed is None else self._feed_days(self.feed).feed.notes
        return (*own, *(note for calendar in self.union for note in calendar.feed_notes))

    def special_days(self, year: int, *, eve: bool = True) -> tuple[SpecialDay, ...]:
        """Return the special days of one covered year, by date; empty when it has none.

        Each date is there at most once with hours, once as closed wholly, and with windows that do
        not overlap: a closure past midnight is a window of both its dates, and windows that fill a
        date close it wholly. Closures of 31 December run into the year if the calendar covers the
        year before; without `eve` they are left out. Raises `YearsNotCoveredError` for a year
        outside `covered_years`, and `NotAnInstantError` for what is no whole number.
        """
        read_whole("year", year)
        eve = eve and self.covered_years[0] < year
        return self.once(("special days", year, eve), lambda: self._special_days(year, eve=eve))

    def _special_days(self, year: int, *, eve: bool) -> tuple[SpecialDay, ...]:
        self._check(year)
        return self._combined.special_days(year, eve=eve)

    def _check(self, year: int) -> None:
        first, last = self.covered_years
        if not first <= year <= last:
            named = self.country or ", ".join(self.sources)
            raise YearsNotCoveredError.of(named, year, first, last)

    def on(self, date: dt.date, *, eve: bool = True) -> tuple[SpecialDay, ...]:
        """Return what the calendar says of one date; empty for an ordinary one.

        `eve` is as in `special_days`. Raises `NotAnInstantError` for what is no date, and
        `YearsNotCoveredError` for one outside the covered years.

        >>> from datetime import date
        >>> HolidayCalendar(country="VN").on(date(2026, 2, 17))[0].name
        'Tết Nguyên Đán'
        """
        year = read_date("date", date).year
        by_date = self.once(("by date", year, eve), lambda: self._by_date(year, eve=eve))
        return by_date.get(date, ())

    def _by_date(self, year: int, *, eve: bool) -> dict[dt.date, tuple[SpecialDay, ...]]:
        found: dict[dt.date, tuple[SpecialDay, ...]] = {}
        for day in self.special_days(year, eve=eve):
            found[day.date] = (*found.get(day.date, ()), day)
        return found

    def between(self, first: dt.date, last: dt.date) -> tuple[SpecialDay, ...]:
        """Return the special days from `first` to `last`, both included.

        Raises `InstantError` if `last` comes before `first`, and as `on` does.
        """
        if read_date("last", last) < read_date("first", first):
            raise InstantError.order("first", first, "last", last)
        years = range(first.year, last.year + 1)
        days = (day for year in years for day in self.special_days(year))
        return tuple(day for day in days if first <= day.date <= last)

    def next_after(self, date: dt.date) -> SpecialDay | None:
        """Return the first special day after a date; None if the covered years have no more.

        Raises as `on` does.
        """
        self._check(read_date("date", date).year)
        for year in range(date.year, self.covered_years[1] + 1):
            for day in self.special_days(year):
                if day.date > date:
                    return day
        return None

    def freeze(self, first_year: int, last_year: int) -> HolidayCalendar:
        """Return the same days as plain data for these years, independent of every package.

        Each day keeps its source. Raises `YearsNotCoveredError` beyond the covered years,
        `InstantOutOfRangeError` for years in the wrong order, and as `special_days` does.
        """
        for year in (first_year, last_year):
            self.special_days(year)
        if last_year < first_year:
            raise InstantOutOfRangeError.reversed(first_year, last_year)
        years = range(first_year, last_year + 1)
        days = tuple(day for year in years for day in self.special_days(year))
        return HolidayCalendar(years=(first_year, last_year), days=days)

    def make_up_days(self, year: int) -> tuple[SpecialDay, ...]:
        """Return the dates of a year that the country works in exchange for days off.

        `swaps` does not matter. Empty without a country. They are what the country says, before
        `days`, `removed` and `moved` are applied.
        """
        read_whole("year", year)
        if self.country is None:
            return ()
        self._check(year)
        with_swaps = CountryDays(replace(self._country, swaps=True))
        return tuple(day for day in with_swaps.special_days(year) if day.works_as)

    def __str__(self) -> str:
        """Return what it is made of and the years it covers, on one line; no day is read."""

        def said(room: Room) -> str:
            made_of = ["a feed"] if self.feed is not None else []
            if self.country is not None:
                made_of.insert(0, room.name(self.country))
            for key, noun in _NOUNS.items():
                parts = getattr(self, key)
                made_of += [counted(len(parts), noun)] if parts else []
            return (
                f"calendar of {', '.join(made_of) or 'no days'} for {span_of(*self.covered_years)}"
            )

        return fitted(said)

    def __repr_args__(self) -> list[tuple[str, object]]:
        """Return what `repr` shows of the keys that were written: of collections how many."""
        written = [key for key in type(self).model_fields if key in self.model_fields_set]
        parts = [Part(key, getattr(self, key), _NOUNS.get(key, key)) for key in written]
        return parts_of(type(self).__name__, parts)

    @property
    def _combined(self) -> Combined:
        return self.once("combined", self._combine)

    def _combine(self) -> Combined:
        country = None if self.country is None else CountryDays(self._country)
        by_year: dict[int, list[SpecialDay]] = {}
        for day in self.days:
            by_year.setdefault(day.date.year, []).append(day)
        sources: list[Source] = [country] if country else []
        sources += [*self.festivals, *self.recurring]
        if self.feed is not None:
            sources.append(self._feed_days(self.feed))
        sources += self.union
        return Combined(tuple(sources), country, by_year, self.removed, self.moved)

    def _feed_days(self, feed: str) -> FeedDays:
        from support_sla.calendars.sources.ics.feed import FeedDays  # noqa: PLC0415  only a calendar with a feed needs it

        zone = None if self.timezone is None else read_zone(self.timezone)
        return self.once("feed", lambda: FeedDays(feed, zone, self.only, self.except_))

    @property
    def _country(self) -> Country:
        rest = self.rest_days
        return Country(
            code=self.country or "",
            language=self.language,
            subdivision=self.subdivision,
            categories=self.categories,
            observed=self.observed,
            rest_days=None if rest is None else tuple(map(WEEKDAYS.index, rest)),
            swaps=self.swaps,
        )
