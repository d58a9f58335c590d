"""What one calendar says of each date, said once: closures cut at midnight, joined and told apart.

Sources may name one date several times, and closures may run past midnight. After this, a date has
at most one entry that gives it hours, one that closes it wholly, and windows that do not overlap.
"""

from __future__ import annotations

import datetime as dt
from itertools import pairwise
from typing import TYPE_CHECKING, Any, TypeAlias

from support_sla.calendars.special_day import SpecialDay
from support_sla.values.model import FrozenMap
from support_sla.values.spans import merge
from support_sla.values.units import DAY
from support_sla.values.week import WHOLE_DAY

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from support_sla.values.spans import Span

_Piece: TypeAlias = "tuple[Span, SpecialDay]"


def settled(
    year: int, days: Iterable[SpecialDay], carried: Iterable[SpecialDay]
) -> tuple[SpecialDay, ...]:
    """Return a year's days by date, each date with what is said of it once.

    `carried` are the days of the eve of the year, whose closures may run into it. A date whose
    closures leave no second open is closed wholly, however that is written. Names and sources of
    what is said together are joined by '; '.
    """
    by_date: dict[dt.date, list[SpecialDay]] = {}
    for day in days:
        by_date.setdefault(day.date, []).append(day)
    pieces: dict[dt.date, list[_Piece]] = {}
    for day in (*carried, *days):
        for _, end in day.closure:
            following = day.date + dt.timedelta(days=1)
            if end > DAY and following.year == year:
                pieces.setdefault(following, []).append(((0, end - DAY), day))
    for date in [*pieces]:
        by_date.setdefault(date, [])
    return tuple(
        day for date in sorted(by_date) for day in _on(date, by_date[date], pieces.get(date, []))
    )


def cut_at_midnight(days: Iterable[SpecialDay]) -> list[SpecialDay]:
    """Return the days with each closure on the date that it closes: first what runs into a date."""
    carried, begun = [], []
    for day in days:
        begins = tuple((start, min(end, DAY)) for start, end in day.closure)
        after = tuple((0, end - DAY) for _, end in day.closure if end > DAY)
        begun.append(day.model_copy(update={"closed": begins}) if after else day)
        if after:
            following = day.date + dt.timedelta(days=1)
            carried.append(day.model_copy(update={"date": following, "closed": after}))
    return [*carried, *begun]


def _on(date: dt.date, days: list[SpecialDay], carried: list[_Piece]) -> list[SpecialDay]:
    """Return what is said of one date, given its entries and what its eve carries into it."""
    giving = [day for day in days if not day.closure]
    whole = [day for day in days if day.is_whole_day_off]
    closing = [day for day in days if day.closure and not day.is_whole_day_off]
    pieces = [*carried]
    pieces += [((start, min(end, DAY)), day) for day in closing for start, end in day.closure]
    if merge(span for span, _ in pieces) == [*WHOLE_DAY]:
        whole += [day for _, day in pieces]
        pieces = []
    found = sorted(giving, key=lambda day: day.by_rule)[:1]
    if whole:
        found.append(_joined(date, whole, WHOLE_DAY))
    return [*found, *_windows(date, pieces)]


def _windows(date: dt.date, pieces: list[_Piece]) -> list[SpecialDay]:
    """Return windows that do not overlap, one entry for all that are said by the same days."""
    edges: dict[int, list[tuple[int, SpecialDay]]] = {}
    for (start, end), day in pieces:
        edges.setdefault(start, []).append((1, day))
        edges.setdefault(end, []).append((-1, day))
    said: dict[tuple[int, ...], tuple[list[SpecialDay], list[Span]]] = {}
    over: dict[int, tuple[int, SpecialDay]] = {}  # by identity: how often it closes, and the day
    for at, following in pairwise([*sorted(edges), DAY]):
        for step, day in edges[at]:
            count = over.pop(id(day), (0, day))[0] + step
            if count:
                over[id(day)] = count, day
        if over and at < following:
            days = [day for _, day in over.values()]
            said.setdefault(tuple(over), (days, []))[1].append((at, following))
    return [_joined(date, days, tuple(merge(spans))) for days, spans in said.values()]


def _joined(date: dt.date, days: list[SpecialDay], closure: tuple[Span, ...]) -> SpecialDay:
    """Return one entry that closes a date for all the reasons that some days give."""
    first = days[0]
    if len(days) == 1 and (first.date, first.closure) == (date, closure):
        return first
    said: dict[str, Any] = {"date": date, "name": _texts(day.name for day in days)}
    if closure != WHOLE_DAY:
        said["closed"] = closure
    if label := _labels(days):
        said["label"] = label
    if sources := _texts(day.source or "" for day in days):
        said["source"] = sources
    return SpecialDay.model_construct(**said)


def _labels(days: Iterable[SpecialDay]) -> FrozenMap[str, str] | None:
    """Return what days are called together in each language that one of them has a label in."""
    labels: list[tuple[Mapping[str, str], str]] = [(day.label or {}, day.name) for day in days]
    languages = dict.fromkeys(code for label, _ in labels for code in label)
    if not languages:
        return None
    return FrozenMap(
        {code: _texts(label.get(code, name) for label, name in labels) for code in languages}
    )


def _texts(texts: Iterable[str]) -> str:
    return "; ".join(dict.fromkeys(text for text in texts if text))
