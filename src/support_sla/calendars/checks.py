"""What must hold between the keys of a calendar, and between the days that its sources give."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING

from support_sla.errors import shown
from support_sla.values.model import fault
from support_sla.values.week import format_range

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping

    from support_sla.calendars.combined import Combined
    from support_sla.calendars.sources.recurring import Recurring
    from support_sla.calendars.special_day import SpecialDay

_OF_A_COUNTRY = ("subdivision", "categories", "language", "rest_days", "swaps", "moved")


def refuse_lonely_keys(written: Mapping[str, object]) -> None:
    """Refuse written keys that would be ignored, because the key that they need is missing."""
    if written.get("country") is None:
        given = [key for key in _OF_A_COUNTRY if written.get(key) not in (None, False)]
        given += [] if written.get("observed", True) else ["observed"]
        for key in given:
            message = f"{key} = {shown(written[key])} means nothing without a country"
            raise fault("country_missing", f"{message}; add one, or drop the key", key)
    for key in ("timezone", "only", "except_") if written.get("feed") is None else ():
        if written.get(key) is not None:
            said = f"key {key.rstrip('_')!r} means nothing without a feed"
            raise fault("feed_missing", f"{said}; add one, or drop the key", key.rstrip("_"))


def refuse_contradictions(combined: Combined, first: int, last: int) -> None:
    """Raise the first fault of days and changes that do not fit the sources or the years."""
    _refuse_misplaced_days(combined, first, last)
    _refuse_misplaced_changes(combined, first)


def refuse_rules_that_never_come(rules: Iterable[Recurring], first: int, last: int) -> None:
    """Refuse a recurring day that has no date in the years."""
    for rule in rules:
        if not rule.comes(first, last):
            message = f"recurring day {shown(rule.name)} never comes in {first} to {last}; correct its rule"
            raise fault("recurring_never", message, "recurring")


def refuse_unknown_years(combined: Combined, years: tuple[int, int] | None) -> None:
    """Refuse a calendar that does not say its years, or claims more than its sources know."""
    knows = any(source.covered_years is not None for source in combined.sources)
    if years is None and not knows:
        if combined.sources:
            message = "the years of recurring days or a feed are not written anywhere"
            raise fault("years_missing", f"{message}; add years = [2025, 2030] or so")
        if not combined.days:
            message = "calendar {} has no country, no days and no years"
            message += "; give one of them, or festivals, or a union"
            raise fault("calendar_empty", message)
    if not knows:
        return
    first, last = combined.known_years()
    if first > last:
        message = f"the sources {list(combined.origins())} share no year; extend one, or drop it"
        raise fault("years_disjoint", message)
    if years and not first <= years[0] <= years[1] <= last:
        whose, know = "the calendar's sources", "they have"
        if combined.country is not None:
            whose = f"country {shown(combined.country.country.code)}"
            know = f"{combined.country.sources[0]} has"
        message = f"years {list(years)} reach beyond the days of {whose}"
        raise fault("years_not_covered", f"{message}; {know} {first} to {last}", "years")


def _refuse_misplaced_days(combined: Combined, first: int, last: int) -> None:
    days = [day for of_year in combined.days.values() for day in of_year]
    dates = [("days", day.date) for day in days]
    dates += [("removed", date) for date in combined.removed]
    dates += [("moved", date) for move in combined.moved for date in (move.date, move.to)]
    for key, date in dates:
        if not first <= date.year <= last:
            message = f"date {date} lies outside the calendar's years {first} to {last}"
            raise fault("date_not_covered", f"{message}; extend years, or drop the date", key)
    by_date: dict[dt.date, list[SpecialDay]] = {}
    for day in days:
        by_date.setdefault(day.date, []).append(day)
    for days in by_date.values():
        _refuse_repeats(days)


def _refuse_repeats(days: list[SpecialDay]) -> None:
    """Refuse two days of one date that say the same kind of thing.

    A date may have its own hours and also be closed as a whole day (its hours hold, but the night
    shift of the evening before is cut), and several windows may be closed if they do not overlap.
    """
    date = days[0].date
    whole = [day for day in days if day.is_whole_day_off]
    giving = [day for day in days if not day.closure]
    if len(whole) > 1 or len(giving) > 1:
        message = f"date {date} is given twice; write one entry with all it says"
        raise fault("date_repeated", message, "days")
    windows = sorted(span for day in days if day not in whole for span in day.closure)
    for one, two in pairwise(windows):
        if two[0] < one[1]:
            ranges = f"{format_range(one)} and {format_range(two)}"
            message = f"closures {ranges} of {date} overlap; write one range"
            raise fault("closures_overlap", message, "days")


def _refuse_misplaced_changes(combined: Combined, first: int) -> None:
    own = {day.date for of_year in combined.days.values() for day in of_year}
    changes = [("removed", date) for date in combined.removed]
    changes += [("moved", move.date) for move in combined.moved]
    times = Counter(date for _, date in changes)
    known: dict[tuple[str, int], set[dt.date]] = {}  # a source may be dear to ask: once a year
    for key, date in changes:
        if date in own or times[date] > 1:
            message = f"date {date} is {key}, and given or changed elsewhere too; say it once"
            raise fault("date_repeated", message, key)
        if (key, date.year) not in known:
            there_are = combined.of_country(date.year)
            if key == "removed":
                there_are = combined.from_sources(date.year, eve=first < date.year)
            known[key, date.year] = {day.date for day in there_are}
        if date not in known[key, date.year]:
            whose = "country" if combined.country else "calendar"
            message = f"{key} date {date} is no day of the {whose}'s; drop it"
            raise fault(f"{key}_nothing", message, key)
