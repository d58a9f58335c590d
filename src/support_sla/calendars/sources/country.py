"""A country's public days, copied out of python-holidays into plain, frozen facts.

The package's objects fill themselves when read, and follow the machine's locale if given no
language; so a fresh one is made for each year, read once in this thread, and dropped.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from functools import lru_cache
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from support_sla.calendars.sources.country_names import country_meant, part_meant
from support_sla.calendars.sources.vietnam_swaps import make_up_name, state_swaps
from support_sla.calendars.special_day import SpecialDay
from support_sla.errors import shown
from support_sla.values.model import fault
from support_sla.values.week import WEEKDAYS

if TYPE_CHECKING:
    from support_sla.calendars.sources.vietnam_swaps import StateDay


@dataclass(frozen=True, slots=True)
class Country:
    """Which public days are meant: whose, in which language, and for which desk."""

    code: str
    language: str | None = None
    subdivision: str | None = None
    categories: tuple[str, ...] | None = None
    observed: bool = True
    rest_days: tuple[int, ...] | None = None
    swaps: bool = False


@dataclass(frozen=True, slots=True)
class PublicDay:
    """A day off, or with `works_as` a rest day worked instead of that weekday."""

    date: dt.date
    name: str
    works_as: int | None = None


@dataclass(frozen=True, slots=True)
class CountryDays:
    """A country's public days as one source of a calendar, with the swap days that it asks for."""

    country: Country

    @property
    def covered_years(self) -> tuple[int, int]:
        """The years the package has data for; raises as the function of this name does."""
        return covered_years(self.country)

    @property
    def sources(self) -> tuple[str, ...]:
        """The package with its version, and whose swap days are added to it."""
        return (source(), "the state's official letters") if self._adds_swaps else (source(),)

    @property
    def _adds_swaps(self) -> bool:
        return self.country.swaps and self.country.code == "VN"

    def special_days(self, year: int) -> list[SpecialDay]:
        """Return the days of one covered year: the package's, then the swap days it lacks."""
        found = [_special(day, source()) for day in public_days(self.country, year)]
        if self._adds_swaps:
            found += [
                _special(day, day.source)
                for day in state_swaps(year, self.country.language or "vi")
            ]
        return found


def _special(day: PublicDay | StateDay, origin: str) -> SpecialDay:
    made: dict[str, Any] = {"date": day.date, "name": day.name, "source": origin}
    if day.works_as is not None:
        made["works_as"] = WEEKDAYS[day.works_as]
    return SpecialDay.model_construct(**made)


@lru_cache(maxsize=1)
def source() -> str:
    """Return the package and version that the days come from."""
    return f"python-holidays {version('holidays')}"


@lru_cache(maxsize=256)
def covered_years(country: Country) -> tuple[int, int]:
    """Return the first and last year python-holidays has data for.

    Raises pydantic custom errors for a country, language, subdivision or category it does not
    have, and for rest days if it marks no compensation days that they could select.
    """
    import holidays  # noqa: PLC0415  takes longer to import than all the rest, so only when asked

    known = holidays.list_supported_countries(include_aliases=False)
    if country.code not in known:
        message = f"country {shown(country.code)} has no public days in {source()}"
        message = f"{message}; {country_meant(country.code, list(known))}"
        raise fault("country_unknown", message, "country")
    plain = holidays.country_holidays(country.code, expand=False)
    asked = (
        ("language", "language", [country.language], plain.supported_languages),
        ("subdivision", "subdivision", [country.subdivision], plain.subdivisions),
        ("category", "categories", country.categories or (), plain.supported_categories),
    )
    for kind, key, names, there_are in asked:
        for name in names:
            if name is not None and name not in there_are:
                message = f"{kind} {shown(name)} is not one that {source()} has for {country.code}"
                message = f"{message}; {part_meant(plain, kind, name)}"
                raise fault(f"{kind}_unknown", message, key)
    empty = _fresh(country)
    if country.rest_days is not None and not (_labels(empty) and country.observed):
        message = (
            f"rest_days of {country.code} cannot be honoured: {source()} marks no compensation "
            "days for it; leave rest_days out"
        )
        raise fault("rest_days_useless", message, "rest_days")
    return empty.start_year, empty.end_year


@lru_cache(maxsize=4096)
def public_days(country: Country, year: int) -> tuple[PublicDay, ...]:
    """Return the public days of one covered year, in order; `year` must be a covered one."""
    days = _fresh(country, year) if country.rest_days is None else _compensated(country, year)
    names = {date: list(days.get_list(date)) for date in days}
    if not country.swaps:
        for swap in _swaps_in(days):
            names[swap.off].remove(swap.name)
    off = [PublicDay(date, "; ".join(known)) for date, known in names.items() if known]
    return tuple(sorted((*off, *_worked_instead(country, year)), key=lambda day: day.date))


def _worked_instead(country: Country, year: int) -> list[PublicDay]:
    """Return the rest days of a year worked for a day off, which may lie in a year beside it."""
    if not country.swaps:
        return []
    around = [_fresh(country, near) for near in (year - 1, year, year + 1)]
    language = around[0].language
    swaps = (swap for days in around for swap in _swaps_in(days))
    return [
        PublicDay(swap.worked, make_up_name(swap.off, language), works_as=swap.off.weekday())
        for swap in swaps
        if swap.worked and swap.worked.year == year
    ]


def _fresh(country: Country, year: int | None = None) -> Any:  # noqa: ANN401  untyped in part
    import holidays  # noqa: PLC0415  takes longer to import than all the rest, so only when asked

    made = holidays.country_holidays(country.code, expand=False)
    return holidays.country_holidays(
        country.code,
        subdiv=country.subdivision,
        years=year,
        language=country.language or made.default_language,
        categories=country.categories,
        observed=country.observed,
        expand=False,
    )


def _labels(days: Any) -> tuple[str, ...]:  # noqa: ANN401
    """Return the endings or beginnings by which the names of compensation days are known."""
    names = ("observed_label", "observed_label_before", "observed_estimated_label")
    written = (days.tr(getattr(days, name)) for name in names if getattr(days, name, None))
    return tuple(label.replace("%s", "").strip() for label in written if label.strip() != "%s")


def _compensated(country: Country, year: int) -> Any:  # noqa: ANN401
    """Return the package's object for a year, compensating holidays on the desk's days of rest.

    A holiday on a day of the country's weekend on which the desk works is not compensated, and one
    on a further rest day is: the next working day is off. The package itself works out everything
    else, so the country's own weekend as days of rest changes nothing.
    """
    desk = _fresh(country)
    rest = set(country.rest_days or ())
    add_observed, weekend_of = desk._add_observed, desk._get_weekend  # noqa: SLF001
    observed_date, move_holiday = desk._get_observed_date, desk._move_holiday  # noqa: SLF001
    is_moving = False  # a law moves the holiday then, for everyone

    def add(day: Any = None, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401
        date = _date_in(year, day)
        if date is None or is_moving:
            return add_observed(day, *args, **kwargs)
        weekday, weekend = date.weekday(), weekend_of(date)
        if weekday not in rest:
            bound = weekday not in weekend  # a bridge, or a second holiday on one date
            return add_observed(day, *args, **kwargs) if bound else (False, date)
        desk._get_weekend = lambda _: rest  # noqa: SLF001
        if weekday not in weekend:
            desk._get_observed_date = next_working_day  # noqa: SLF001
        try:
            return add_observed(day, *args, **kwargs)
        finally:
            desk._get_weekend, desk._get_observed_date = weekend_of, observed_date  # noqa: SLF001

    def next_working_day(day: dt.date, rule: Any) -> Any:  # noqa: ANN401
        known = day.weekday() in rule
        return observed_date(day, rule if known else type(rule)({day.weekday(): +7}))

    def move(*args: Any, **kwargs: Any) -> Any:  # noqa: ANN401
        nonlocal is_moving
        is_moving = True
        try:
            return move_holiday(*args, **kwargs)
        finally:
            is_moving = False

    desk._add_observed = add  # noqa: SLF001  the one place where a day off is added for another
    desk._move_holiday = move  # noqa: SLF001  which is also used to move a holiday
    desk.expand = True
    _ = dt.date(year, 1, 1) in desk  # reading is what fills the package's objects
    desk.expand = False
    return desk


def _date_in(year: int, day: Any) -> dt.date | None:  # noqa: ANN401
    """Return a date as the package writes it: as one, as month and day, or as three numbers."""
    if day is None or isinstance(day, dt.date):
        return day
    return dt.date(year, *day) if len(day) == 2 else dt.date(*day)


@dataclass(frozen=True, slots=True)
class _Swap:
    """A day off, and the rest day worked instead (None if that was no rest day)."""

    off: dt.date
    worked: dt.date | None
    name: str


def _swaps_in(days: Any) -> list[_Swap]:  # noqa: ANN401
    """Return the swap days off among some days, known by the name the package gives them."""
    template = getattr(days, "substituted_label", None)
    if not template:
        return []
    before, _, after = days.tr(template).partition("%s")
    pattern = re.compile(f"{re.escape(before)}(.+){re.escape(after)}")
    found = []
    for date in days:
        for match in filter(None, map(pattern.fullmatch, days.get_list(date))):
            written = dt.datetime.strptime(match[1], days.tr(days.substituted_date_format))  # noqa: DTZ007  a date
            worked = written.date() if written.date() in days.weekend_workdays else None
            found.append(_Swap(date, worked, match[0]))
    return found
