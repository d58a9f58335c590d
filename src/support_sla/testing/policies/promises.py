"""Strategies for the promises that rules make: amounts of time, and business days."""

from __future__ import annotations

import datetime as dt
from functools import cache
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from support_sla.testing.drawn import YES_OR_NO, one_of, up_to
from support_sla.values.units import DAY
from support_sla.values.week import format_clock_time

if TYPE_CHECKING:
    from collections.abc import Sequence

    from support_sla.testing.policies.hours import Drawn, Parts
    from support_sla.values.week import Day

_MINUTE = dt.timedelta(minutes=1)
_COUNTS = st.sampled_from([1, 1, 2, 0, 5])


@st.composite
def promises(
    draw: st.DrawFn, parts: Parts, hours: Drawn, *, has_hours: bool, has_earliest: bool
) -> dict[str, Any]:
    """Generate a promise of at most `max_within`; of business time, two weeks' hours."""
    kinds: tuple[str, ...] = ("business_time",) if has_hours else ("business_time", "calendar_time")
    if "business_days" in parts.features:
        kinds += ("days",)
    kind = draw(one_of(kinds))
    if kind == "days" and (days := [day for day in hours.opening.week if day]):
        return _in_days(draw, days)
    counted_in = "business_time" if kind == "days" else kind
    most = parts.max_within
    if counted_in == "business_time":
        weekly = sum(end - start for day in hours.opening.week for start, end in day)
        most = min(most, dt.timedelta(seconds=2 * weekly))
    amounts = _amounts(most)
    within = draw(amounts)
    promise: dict[str, Any] = {"within": within, "counted_in": counted_in}
    if has_earliest and draw(YES_OR_NO):
        promise["earliest"] = min(within, draw(amounts))
    return promise


@cache
def _amounts(most: dt.timedelta) -> st.SearchStrategy[dt.timedelta]:
    """Generate amounts of time, mostly whole minutes."""
    minutes = up_to(most // _MINUTE).map(lambda count: count * _MINUTE)
    return st.one_of(minutes, minutes, st.timedeltas(dt.timedelta(0), most))


def _in_days(draw: st.DrawFn, days: Sequence[Day]) -> dict[str, Any]:
    """Draw a promise in business days that these hours keep, those of the usual week: a season is short."""
    closes = min(max(day[-1][1] for day in days), DAY)
    opens = min(day[0][0] for day in days)
    promise: dict[str, Any] = {"within": "1 business day", "by": "close"}
    count = draw(_COUNTS)
    cutoff = 0
    if count == 0 or draw(YES_OR_NO):
        cutoff = draw(up_to(closes // 60)) * 60
        promise["cutoff"] = format_clock_time(cutoff)
    if draw(YES_OR_NO):
        first = max(opens // 60 + 1, cutoff // 60 if count == 0 else 0)
        if first <= closes // 60:
            promise["by"] = format_clock_time(draw(up_to(closes // 60, first)) * 60)
    promise["within"] = f"{count} business day{'' if count == 1 else 's'}"
    return promise
