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

from support_sla.calendars.sources.vietnam_swaps import state_swaps
from support_sla.calendars.special_day import SpecialDay
from support_sla.errors import shown
from support_sla.values.model import fault, nearest
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
            found += [_special(day, day.source) for day in state_swaps(year)]
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
        way_out = nearest(country.code, list(known))
        if not way_out.startswith("did"):
            way_out = "write its ISO 3166 code, e.g. 'VN', and a region as subdivision"
        raise fault("country_unknown", f"{message}; {way_out}")
    plain = holidays.country_holidays(country.code, expand=False)
    asked = (
        ("language", [country.language], plain.supported_languages),
        ("subdivision", [country.subdivision], plain.subdivisions),
        ("category", country.categories or (), plain.supported_categories),
    )
    for kind, names, there_are in asked:
        for name in names:
            if name is not None and name not in there_are:
                message = f"{kind} {name!r} is not one that {source()} has for {country.code}"
                raise fault(f"{kind}_unknown", f"{message}; {nearest(name, list(there_are))}")
    empty = _fresh(country)
    if country.rest_days is not None and not (_labels(empty) and country.observed):
        message = (
            f"rest_days of {country.code} cannot be honoured: {source()} marks no compensation "
            "days for it; leave rest_days out"
        )
        raise fault("rest_days_useless", message)
    return empty.start_year, empty.end_year


@lru_cache(maxsize=4096)
def public_days(country: Country, year: int) -> tuple[PublicDay, ...]:
    """Return the public days of one covered year, in order; `year` must be a covered one."""
    days = _fresh(country, year)
    names = {date: list(days.get_list(date)) for date in days}
    if not country.swaps:
        for swap in _swaps_in(days):
            names[swap.off].remove(swap.name)
    if country.rest_days is not None:
        labels = _labels(days)
        kept = {name for known in names.values() for name in known if not _labelled(name, labels)}
        names = {
            # A labelled day without its original is no compensation: a law has moved the holiday.
            date: [n for n in known if _original(n, labels) not in kept or n in kept]
            for date, known in names.items()
        }
        for date, name in _compensation_of(country, year, labels):
            if _original(name, labels) in kept:
                names.setdefault(date, []).append(name)
    off = [PublicDay(date, "; ".join(known)) for date, known in names.items() if known]
    return tuple(sorted((*off, *_worked_instead(country, year)), key=lambda day: day.date))


def _worked_instead(country: Country, year: int) -> list[PublicDay]:
    """Return the rest days of a year worked for a day off, which may lie in a year beside it."""
    if not country.swaps:
        return []
    around = (_fresh(country, near) for near in (year - 1, year, year + 1))
    swaps = (swap for days in around for swap in _swaps_in(days))
    return [
        PublicDay(swap.worked, swap.name, works_as=swap.off.weekday())
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


def _labelled(name: str, labels: tuple[str, ...]) -> bool:
    return any(label in name for label in labels)


def _original(name: str, labels: tuple[str, ...]) -> str:
    """Return the name of the holiday that a compensation day is for."""
    for label in labels:
        name = name.replace(label, "")
    return name.strip()


def _compensation_of(
    country: Country, year: int, labels: tuple[str, ...]
) -> list[tuple[dt.date, str]]:
    """Return the compensation days of a desk that rests on `rest_days` only, with their names.

    The package itself works them out, with these as its days of rest; if its rule for a country
    says nothing about such a weekday, the next working day is off.
    """
    desk = _fresh(country)
    rest, usual = set(country.rest_days or ()), desk.weekend
    add_observed, observed_date = desk._add_observed, desk._get_observed_date  # noqa: SLF001

    def add(day: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401
        if isinstance(day, dt.date) and day.weekday() not in rest:
            return False, day
        desk.weekend = rest
        try:
            return add_observed(day, *args, **kwargs)
        finally:
            desk.weekend = usual

    def move(day: dt.date, rule: Any) -> Any:  # noqa: ANN401
        says_nothing = desk.weekend is rest and day.weekday() not in rule
        return observed_date(day, type(rule)({day.weekday(): +7}) if says_nothing else rule)

    desk._add_observed = add  # noqa: SLF001  the one place where a day off is added for another
    desk._get_observed_date = move  # noqa: SLF001  and the one where its date is decided
    desk.expand = True
    _ = dt.date(year, 1, 1) in desk  # a look-up fills the package's objects
    return [
        (date, name) for date in desk for name in desk.get_list(date) if _labelled(name, labels)
    ]


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
