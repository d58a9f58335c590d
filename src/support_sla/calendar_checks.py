"""What must hold between the keys of a calendar, and how several days of one date become fewer."""

from __future__ import annotations

import hashlib
from itertools import pairwise
from typing import TYPE_CHECKING

from support_sla import country as countries
from support_sla._model import fault
from support_sla.errors import shown
from support_sla.notation import format_range
from support_sla.spans import merge
from support_sla.special_day import SpecialDay

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from support_sla.calendars import HolidayCalendar

_OF_A_COUNTRY = ("subdivision", "categories", "language", "rest_days", "swaps", "moved")


def refuse_contradictions(calendar: HolidayCalendar) -> None:
    """Raise the first fault of a calendar whose keys were each read: a pydantic custom error."""
    _refuse_lonely_keys(calendar)
    _refuse_unknown_years(calendar)
    _refuse_misplaced_days(calendar)
    _refuse_misplaced_changes(calendar)
    first, last = calendar.covered_years
    for rule in calendar.recurring:
        if not rule.special_days(first, last):
            message = (
                f"recurring day {rule.name!r} never comes in {first} to {last}; correct its rule"
            )
            raise fault("recurring_never", message)


def _refuse_lonely_keys(calendar: HolidayCalendar) -> None:
    """Refuse keys that would be ignored, because what they speak of is not there."""
    if calendar.country is None:
        asked = [key for key in _OF_A_COUNTRY if key in calendar.model_fields_set]
        given = [key for key in asked if getattr(calendar, key) not in (None, False)]
        given += [] if calendar.observed else ["observed"]
        for key in given:
            message = f"{key} = {shown(getattr(calendar, key))} means nothing without a country"
            raise fault("country_missing", f"{message}; add one, or drop the key")
    if calendar.timezone is not None and calendar.feed is None:
        message = f"timezone = {calendar.timezone!r} means nothing without a feed; drop it"
        raise fault("feed_missing", message)


def _refuse_unknown_years(calendar: HolidayCalendar) -> None:
    """Refuse a calendar that does not say its years, or claims more than its sources know."""
    knows = calendar.country is not None or calendar.festivals or calendar.union
    if calendar.years is None and not knows:
        if calendar.recurring or calendar.feed is not None:
            message = "the years of recurring days or a feed are not written anywhere"
            raise fault("years_missing", f"{message}; add years = [2025, 2030] or so")
        if not calendar.days:
            message = "calendar {} has no country, no days and no years"
            message += "; give one of them, or festivals, or a union"
            raise fault("calendar_empty", message)
    if not knows:
        return
    first, last = calendar.known_years()
    if first > last:
        message = f"the sources {list(calendar.sources)} share no year; extend one, or drop it"
        raise fault("years_disjoint", message)
    if calendar.years and not first <= calendar.years[0] <= calendar.years[1] <= last:
        whose = f"country {calendar.country!r}" if calendar.country else "the calendar's sources"
        message = f"years {list(calendar.years)} reach beyond the days of {whose}"
        known = f"{countries.source()} has" if calendar.country else "they have"
        raise fault("years_not_covered", f"{message}; {known} {first} to {last}")


def _refuse_misplaced_days(calendar: HolidayCalendar) -> None:
    first, last = calendar.covered_years
    changed = (
        *calendar.removed,
        *(date for move in calendar.moved for date in (move.date, move.to)),
    )
    for date in (*(day.date for day in calendar.days), *changed):
        if not first <= date.year <= last:
            message = f"date {date} lies outside the calendar's years {first} to {last}"
            raise fault("date_not_covered", f"{message}; extend years, or drop the date")
    by_date: dict[dt.date, list[SpecialDay]] = {}
    for day in calendar.days:
        by_date.setdefault(day.date, []).append(day)
    for days in by_date.values():
        _refuse_repeats(days)


def _refuse_repeats(days: list[SpecialDay]) -> None:
    """Refuse two days of one date that say the same kind of thing differently.

    Hours of its own may stand beside a closed whole day (they hold, but the night shift of the
    evening before is cut), and several windows may be closed if they do not overlap.
    """
    date = days[0].date
    whole = [day for day in days if day.is_whole_day_off]
    giving = [day for day in days if not day.closure]
    if len(whole) > 1 or len(giving) > 1:
        message = f"date {date} is given twice; write one entry with all it says"
        raise fault("date_repeated", message)
    windows = sorted(span for day in days if day not in whole for span in day.closure)
    for one, two in pairwise(windows):
        if two[0] < one[1]:
            ranges = f"{format_range(one)} and {format_range(two)}"
            raise fault("closures_overlap", f"closures {ranges} of {date} overlap; write one range")


def _refuse_misplaced_changes(calendar: HolidayCalendar) -> None:
    own = {day.date for day in calendar.days}
    changes = [("removed", date) for date in calendar.removed]
    changes += [("moved", move.date) for move in calendar.moved]
    for key, date in changes:
        if date in own or sum(date == other for _, other in changes) > 1:
            message = f"date {date} is {key}, and given or changed elsewhere too; say it once"
            raise fault("date_repeated", message)
        of_country = calendar.country_days(date.year)
        there_are = of_country if key == "moved" else calendar.from_sources(date.year)
        if all(day.date != date for day in there_are):
            whose = "country" if calendar.country else "calendar"
            message = f"{key} date {date} is no day of the {whose}'s; drop it"
            raise fault(f"{key}_nothing", message)


def folded(days: Iterable[SpecialDay]) -> tuple[SpecialDay, ...]:
    """Return the same days with at most one of each kind a date, so that they can be written down.

    Kinds are hours of its own (the first holds), a closed whole day, and closed windows. Names and
    sources of what is joined are joined by '; '. Windows beside a closed whole day are kept only
    where hours of its own are there for them to cut.
    """
    kinds: dict[tuple[dt.date, int], list[SpecialDay]] = {}
    for day in days:
        kind = 0 if not day.closure else 1 if day.is_whole_day_off else 2
        kinds.setdefault((day.date, kind), []).append(day)
    found = []
    for (date, kind), same in sorted(kinds.items(), key=lambda item: item[0]):
        if kind == 2 and (date, 1) in kinds and (date, 0) not in kinds:
            continue
        found.append(same[0] if kind == 0 else _joined(same))
    return tuple(found)


def _joined(days: list[SpecialDay]) -> SpecialDay:
    if len(days) == 1:
        return days[0]
    written = {"date": days[0].date, "name": _texts(day.name for day in days)}
    sources = _texts(day.source or "" for day in days)
    windows = merge(span for day in days for span in day.closure)
    closed = None if days[0].is_whole_day_off else ",".join(map(format_range, windows))
    return SpecialDay.model_validate(
        written | ({"source": sources} if sources else {}) | ({"closed": closed} if closed else {})
    )


def _texts(texts: Iterable[str]) -> str:
    return "; ".join(dict.fromkeys(text for text in texts if text))


def digest_of(feed: str) -> str:
    """Return how a feed is named as a source: by the digest of its text."""
    return f"iCalendar feed sha256:{hashlib.sha256(feed.encode()).hexdigest()[:16]}"
