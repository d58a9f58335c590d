"""A country's public days, copied out of python-holidays into plain, frozen facts.

Its objects fill themselves when read, and follow the machine's locale unless told a language; so
a fresh one is made for each year, read once in this thread, and dropped.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from functools import lru_cache
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from support_sla._model import fault, nearest, shown

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True)
class Country:
    """Which public days are meant: whose, in which language, and for which desk."""

    code: str
    language: str | None = None
    rest_days: tuple[int, ...] | None = None
    swaps: bool = False


@dataclass(frozen=True, slots=True)
class PublicDay:
    """A day off, or with `works_as` a rest day worked instead of that weekday."""

    date: dt.date
    name: str
    works_as: int | None = None


@lru_cache(maxsize=1)
def source() -> str:
    """Return the package and version that the days come from."""
    return f"python-holidays {version('holidays')}"


@lru_cache(maxsize=256)
def covered_years(country: Country) -> tuple[int, int]:
    """Return the first and last year python-holidays has data for; outside them it is silent.

    Raises pydantic custom errors for a country or language it does not have, and for rest days
    where it gives no compensation days that they could choose among.
    """
    import holidays  # noqa: PLC0415  takes longer to import than all the rest, so only when asked

    known = holidays.list_supported_countries(include_aliases=False)
    if country.code not in known:
        message = f"country {shown(country.code)} has no public days in {source()}"
        raise fault("country_unknown", f"{message}; {nearest(country.code, list(known))}")
    empty = _fresh(country)
    languages = list(empty.supported_languages)
    if country.language is not None and country.language not in languages:
        message = f"language {country.language!r} is not one that names the days of {country.code}"
        raise fault("language_unknown", f"{message}; {nearest(country.language, languages)}")
    if country.rest_days is not None and not _labels(empty):
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
    found = {date: "; ".join(days.get_list(date)) for date in days}
    if country.rest_days is not None:
        found = _with_compensation_for(country, year, found, _labels(days))
    if not country.swaps:
        for swap in _swaps_in(days):
            found.pop(swap.off, None)
    off = [PublicDay(date, name) for date, name in found.items()]
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
    import holidays  # noqa: PLC0415

    made = holidays.country_holidays(country.code, expand=False)
    language = country.language or made.default_language
    return holidays.country_holidays(country.code, years=year, language=language, expand=False)


def _labels(days: Any) -> tuple[str, ...]:  # noqa: ANN401
    """Return the endings or beginnings by which the names of compensation days are known."""
    names = ("observed_label", "observed_label_before", "observed_estimated_label")
    written = (days.tr(getattr(days, name)) for name in names if getattr(days, name, None))
    return tuple(label.replace("%s", "").strip() for label in written if label.strip() != "%s")


def _is_compensation(name: str, labels: Iterable[str]) -> bool:
    return all(any(label in part for label in labels) for part in name.split("; "))


def _with_compensation_for(
    country: Country, year: int, found: dict[dt.date, str], labels: tuple[str, ...]
) -> dict[dt.date, str]:
    """Return the days with the package's compensation days replaced by those of this desk.

    The package itself works them out, told that only `rest_days` are days of rest; everything
    that is no labelled compensation day (Tết's own days, for one) stays as the package gives it.
    """
    desk = _fresh(country)
    rest, usual, add_observed = set(country.rest_days or ()), desk.weekend, desk._add_observed  # noqa: SLF001

    def compensate(day: Any, *args: Any, rule: Any = None, **kwargs: Any) -> Any:  # noqa: ANN401
        if not isinstance(day, dt.date):
            return add_observed(day, *args, rule=rule, **kwargs)
        if day.weekday() not in rest:
            return False, day
        used = rule or desk._observed_rule  # noqa: SLF001
        if day.weekday() not in used:
            used = type(used)({day.weekday(): +7})  # the next working day
        desk.weekend = rest
        try:
            return add_observed(day, *args, rule=used, **kwargs)
        finally:
            desk.weekend = usual

    desk._add_observed = compensate  # noqa: SLF001  its only place where a day off is moved
    desk.expand = True
    _ = dt.date(year, 1, 1) in desk  # reading is what fills the package's objects
    kept = {date: name for date, name in found.items() if not _is_compensation(name, labels)}
    for date in desk:
        name = "; ".join(desk.get_list(date))
        if _is_compensation(name, labels):
            kept.setdefault(date, name)
    return kept


@dataclass(frozen=True, slots=True)
class _Swap:
    """A day off, and the rest day worked instead (None where that was no rest day)."""

    off: dt.date
    worked: dt.date | None
    name: str


def _swaps_in(days: Any) -> list[_Swap]:  # noqa: ANN401
    """Return the swap days off among some days, told by the name the package gives them."""
    template = getattr(days, "substituted_label", None)
    if not template:
        return []
    before, _, after = days.tr(template).partition("%s")
    pattern = re.compile(f"{re.escape(before)}(.+){re.escape(after)}")
    found = []
    for date in days:
        match = pattern.fullmatch("; ".join(days.get_list(date)))
        if match:
            written = dt.datetime.strptime(match[1], days.tr(days.substituted_date_format))  # noqa: DTZ007  a date
            worked = written.date() if written.date() in days.weekend_workdays else None
            found.append(_Swap(date, worked, match[0]))
    return found
