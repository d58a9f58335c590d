"""Strategies for the rules of a line, each of which can match, and for hours of a line or a rule."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, get_args

from hypothesis import assume
from hypothesis import strategies as st

from support_sla.policy.checks.reach import reachable
from support_sla.policy.hours import Hours
from support_sla.policy.metrics import METRICS, Changes, Reopened
from support_sla.policy.opening import opening_hours_of
from support_sla.values.units import DAY
from support_sla.values.week import WEEKDAYS, format_clock_time, format_day

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from support_sla.calendars.calendar import HolidayCalendar
    from support_sla.calendars.opening_hours import OpeningHours
    from support_sla.policy.metrics import Metric
    from support_sla.policy.schedule import Schedule

FEATURES = (
    "business_days",
    "hours",
    "open",
    "time",
    "attributes",
    "seasons",
    "on_holidays",
    "timezone",
    "rules",
    "tickets",
)
"""What a generated policy may have beside schedules, calendars and rules with days and priorities."""

_SEASONS = (
    {"from": "06-01", "to": "08-31"},
    {"from": "12-20", "to": "01-06"},
    {"from": "2024-02-27", "to": "2024-04-02"},
    {"from": "02-29", "to": "03-01"},
)

_BESIDE_DUE = ("0m before", "15m before", "90s before", "30h before", "0m after", "4h after")
_SHARES = ("0 %", "33.333 %", "50 %", "75 %", "100 %", "150 %")
_WARNINGS = (*_SHARES, *_BESIDE_DUE, {"name": "the team lead", "at": "1h before"})


@dataclass(frozen=True)
class Parts:
    """What the rules and hours of a generated policy may name."""

    calendars: Mapping[str, HolidayCalendar]
    schedules: Mapping[str, Schedule]
    priorities: Sequence[str]
    attributes: Mapping[str, Sequence[str]]
    max_within: dt.timedelta
    features: Collection[str]
    statuses: Sequence[str] = ()
    has_tickets: bool = False
    """Whether rules may say what concerns tickets over time."""

    def opening(self, hours: Mapping[str, Any]) -> OpeningHours:
        """Return hours with their weeks and calendars."""
        return opening_hours_of(Hours.model_validate(hours), self.schedules, self.calendars)


@st.composite
def line_hours(draw: st.DrawFn, parts: Parts) -> dict[str, Any]:
    """Generate hours that can open, of a line or of a rule."""
    names = sorted(parts.schedules)
    observes = [name for name in parts.calendars if draw(st.booleans())]
    hours: dict[str, Any] = {"schedule": draw(st.sampled_from(names)), "observes": observes}
    if "seasons" in parts.features and draw(st.integers(0, 3)) == 3:
        span = draw(st.sampled_from(_SEASONS))
        hours["seasons"] = [{**span, "schedule": draw(st.sampled_from(names))}]
    if "on_holidays" in parts.features and observes and draw(st.integers(0, 3)) == 3:
        hours["on_holidays"] = {observes[0]: draw(st.sampled_from(names))}
    assume(parts.opening(hours).can_ever_open())
    return hours


@st.composite
def rules(
    draw: st.DrawFn, parts: Parts, hours: Mapping[str, Any], metric: Metric = "first_response"
) -> list[dict[str, Any]]:
    """Generate rules that can all match: conditional ones, each reachable, then a default.

    Under a metric other than the first response the default may be missing.
    """
    is_first = metric == "first_response"
    conditions = _conditions(
        (*parts.calendars,),
        (*parts.priorities,),
        tuple((name, (*values,)) for name, values in parts.attributes.items()),
        frozenset(parts.features),
    )
    whens: list[Any] = [*draw(st.lists(conditions, max_size=2 if is_first else 1)), None]
    if not is_first and len(whens) > 1 and draw(st.integers(0, 3)) == 3:
        whens.pop()
    always_open = parts.opening(hours).is_always_open
    found = []
    left = reachable(whens, parts.priorities, parts.attributes, always_open=always_open)
    for at, when in enumerate(left):
        rule: dict[str, Any] = {"name": f"rule {at}", **({"when": when} if when else {})}
        own = hours
        if "hours" in parts.features and draw(st.integers(0, 3)) == 3:
            own = rule["hours"] = draw(line_hours(parts))
        rule |= draw(_promises(parts, own, has_hours="hours" in rule, has_earliest=is_first))
        if parts.has_tickets:
            rule |= draw(_of_tickets(parts))
        found.append(rule)
    return found


@st.composite
def ticket_lists(draw: st.DrawFn, parts: Parts, hours: Mapping[str, Any]) -> dict[str, Any]:
    """Generate what a line says of tickets over time: further promises, and how they go on."""
    found: dict[str, Any] = {
        metric: draw(rules(parts, hours, metric)) for metric in METRICS[1:] if draw(st.booleans())
    }
    for key, values in (("changes", get_args(Changes)), ("reopened", get_args(Reopened))):
        if (value := draw(st.sampled_from(values))) != values[0]:
            found[key] = value
    return found


@st.composite
def _of_tickets(draw: st.DrawFn, parts: Parts) -> dict[str, Any]:
    """Generate what a rule pauses on and at which points it warns."""
    found: dict[str, Any] = {}
    for key, values in (("pauses_on", parts.statuses), ("warn_at", _WARNINGS)):
        if values and draw(st.booleans()):
            one = st.sampled_from(values)
            found[key] = draw(st.lists(one, min_size=1, max_size=2, unique_by=str))
    return found


@cache  # Hypothesis looks anew through each strategy that it has not met
def _conditions(
    calendars: tuple[str, ...],
    priorities: tuple[str, ...],
    attributes: tuple[tuple[str, tuple[str, ...]], ...],
    features: frozenset[str],
) -> st.SearchStrategy[dict[str, Any]]:
    """Generate conditions: one key, or days with another."""
    names = [*calendars, *reversed(WEEKDAYS)]
    days = st.lists(st.sampled_from(names), min_size=1, max_size=3, unique=True)
    alone: dict[str, st.SearchStrategy[Any]] = {"days": days}
    if priorities:
        alone["priority"] = st.sampled_from(priorities).map(lambda name: [name])
    if attributes:
        name, known = attributes[0]
        alone["attributes"] = st.sampled_from(known).map(lambda value: {name: [value]})
    if "open" in features:
        alone["open"] = st.booleans()
    if "time" in features:
        alone["time"] = _times()
    found = [st.fixed_dictionaries({key: each}) for key, each in alone.items()]
    with_days = {key: each for key, each in alone.items() if key != "days"}
    found += [st.fixed_dictionaries({"days": days, key: each}) for key, each in with_days.items()]
    return st.one_of(found)


def _times() -> st.SearchStrategy[str]:
    """Generate one or two ranges of a date."""
    edges = st.lists(st.integers(0, 48), min_size=2, max_size=4, unique=True).map(sorted)
    return edges.map(
        lambda found: format_day(
            tuple(
                (start * 1800, end * 1800)
                for start, end in zip(found[::2], found[1::2], strict=False)
            )
        )
    )


@st.composite
def _promises(
    draw: st.DrawFn,
    parts: Parts,
    hours: Mapping[str, Any],
    *,
    has_hours: bool,
    has_earliest: bool,
) -> dict[str, Any]:
    """Generate a promise of at most `max_within`; of business time, two weeks' hours."""
    opening = parts.opening(hours)
    kinds = ["business_time"] if has_hours else ["business_time", "calendar_time"]
    if "business_days" in parts.features:
        kinds.append("days")
    kind = draw(st.sampled_from(kinds))
    if kind == "days" and (days := [day for week in opening.weeks for day in week if day]):
        return draw(_days(days))
    counted_in = "business_time" if kind == "days" else kind
    weekly = sum(end - start for day in opening.week for start, end in day)
    most = parts.max_within
    if counted_in == "business_time":
        most = min(most, dt.timedelta(seconds=2 * weekly))
    minute, none = dt.timedelta(minutes=1), dt.timedelta(0)
    minutes = st.integers(0, most // minute).map(lambda count: count * minute)
    amounts = st.one_of(minutes, minutes, st.timedeltas(none, most))
    within = draw(amounts)
    promise: dict[str, Any] = {"within": within, "counted_in": counted_in}
    if has_earliest and draw(st.booleans()):
        promise["earliest"] = min(within, draw(amounts))
    return promise


@st.composite
def _days(draw: st.DrawFn, days: Sequence[Sequence[tuple[int, int]]]) -> dict[str, Any]:
    """Generate a promise in business days that some of these hours can keep."""
    closes = min(max(day[-1][1] for day in days), DAY)
    opens = min(day[0][0] for day in days)
    promise: dict[str, Any] = {"within": "1 business day", "by": "close"}
    count = draw(st.sampled_from([1, 1, 2, 0, 5]))
    if count == 0 or draw(st.booleans()):
        cutoff = draw(st.integers(0, closes // 60)) * 60
        promise["cutoff"] = format_clock_time(cutoff)
    else:
        cutoff = 0
    if draw(st.booleans()):
        first = max(opens // 60 + 1, cutoff // 60 if count == 0 else 0)
        minutes = range(first, closes // 60 + 1)
        times = st.sampled_from(minutes).map(lambda minute: format_clock_time(minute * 60))
        promise["by"] = draw(times if minutes else st.just("close"))
    promise["within"] = f"{count} business day{'' if count == 1 else 's'}"
    return promise
