"""Strategies for the instants at which requests reach a policy, and for whole requests."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from support_sla.calendars.coverage import Coverage
from support_sla.policy.metrics import METRICS, Metric
from support_sla.policy.policy import check_policy
from support_sla.testing.drawn import YES_OR_NO, one_of, spread
from support_sla.testing.requests.corners import ELSEWHERE, Corners
from support_sla.testing.requests.lines import (
    check_line,
    check_metric,
    lines,
    lines_of,
    metrics_of,
)
from support_sla.values.instants import EPOCH
from support_sla.values.units import MICROSECOND, NANOSECONDS_IN

if TYPE_CHECKING:
    from support_sla.policy.policy import Policy
    from support_sla.testing.requests.corners import Edge
    from support_sla.testing.requests.lines import LineName
    from support_sla.values.units import Unit

_SPAN = (2005, 2030)
_SECOND = dt.timedelta(seconds=1)
_BESIDE = st.sampled_from([0, -1, 1])
_SECONDS = spread(86_399)
"""Of a day; of all the years they would be more than Hypothesis draws evenly."""
_PLACES = spread(199)
_AROUND = st.one_of(
    st.sampled_from([0, -1]),
    st.integers(-86_400, 2 * 86_400),
    st.integers(-8 * 86_400, 0),
    st.none(),
)
"""Seconds from the beginning of a special date: just there, on the date, the day before or after, or the
week before, from which a promise in business days reaches it. None is for between its two beginnings,
at the desk and in UTC, when it is that date on one of the two clocks only."""
_TWENTIETHS = spread(20)
_ZONES = ("UTC", "Asia/Kolkata", ELSEWHERE.key)


@dataclass(frozen=True)
class Span:
    """The instants that may be asked about, in whole units."""

    start: dt.datetime
    stop: dt.datetime
    unit: dt.timedelta

    @classmethod
    def of(cls, policy: Policy, first_year: int | None, last_year: int | None, unit: Unit) -> Span:
        """Return the years asked for, else those of the calendars between 2005 and 2030."""
        if unit not in NANOSECONDS_IN or unit == "ns":
            message = f"unit {unit!r} is none that instants have; use 's', 'ms' or 'us'"
            raise ValueError(message)
        known = Coverage.of(tuple(policy.calendars.items()))
        first, last = max(known.first, _SPAN[0]), min(known.last, _SPAN[1])
        if first > last:
            first, last = known.first, min(known.last, known.first + 25)
        if first_year is not None:
            first, last = first_year, max(last, first_year)
        if last_year is not None:
            first, last = first if first_year else min(first, last_year), last_year
        if last < first:
            message = f"years {first} to {last} hold no year; swap them"
            raise ValueError(message)
        if not known.first <= first <= last <= known.last:
            message = f"years {first} to {last} are not all covered by all calendars"
            message += f"; ask for some of {known.first} to {known.last}"
            raise ValueError(message)
        room = dt.datetime(min(last, known.last), 11, 1, tzinfo=dt.UTC)
        end = room if last == known.last else dt.datetime(last, 12, 31, tzinfo=dt.UTC)
        return cls(
            dt.datetime(first, 1, 2, tzinfo=dt.UTC), end, NANOSECONDS_IN[unit] // 1000 * MICROSECOND
        )

    def shifted(self, at: dt.datetime, amount: dt.timedelta) -> dt.datetime:
        """Return the instant so much later, or the end of the span, in the zone of `at`."""
        return self.within(at.astimezone(dt.UTC) + amount).astimezone(at.tzinfo)

    def within(self, at: dt.datetime) -> dt.datetime:
        """Return the nearest instant of the span to an instant, in whole units."""
        inside = min(max(at, self.start), self.stop)
        return inside - (inside - EPOCH) % self.unit


@st.composite
def submissions(  # noqa: PLR0913  what is possible, by name
    draw: st.DrawFn,
    policy: Policy,
    *,
    line: LineName | None = None,
    metric: Metric | None = None,
    first_year: int | None = None,
    last_year: int | None = None,
    unit: Unit = "us",
) -> dt.datetime:
    """Generate aware instants at which a request may reach a policy's line, in any zone.

    Most are *corners of the answer*: an opening, a closing, a midnight, at the desk or in UTC, a change
    of the desk's clock or a customer's, a time of day that a rule names, also around a special date or
    the end of a season; or one of these moved back by what a rule promises, so that the answer falls on
    it; or one `unit` before or after. The others are uniform.

    `line` is (department, channel), any one by default; `metric` is the one whose rules are meant, all
    by default. The years are those that all calendars cover, between 2005 and 2030 if they cover some
    of that, or the years asked for, in UTC; an answer has room, for instants stay two months short of
    the calendars' end. `unit` is "s", "ms" or "us": all instants are whole ones.
    Raises as `policy.channel` does for a line that is not there, and `ValueError` for
    another unit, or years that the calendars do not cover. Shrinks to 2 January of the first year, 00:00
    UTC.
    """
    span = Span.of(check_policy(policy), first_year, last_year, unit)
    owner = draw(one_of(tuple(lines_of(policy)))) if line is None else check_line(policy, line)
    check_metric(metric)
    metrics = metrics_of(policy, owner) if metric is None else [metric]
    return draw(_instants(span, Corners.of(policy, owner, metrics), policy.zone_of(owner[0])))


@st.composite
def _instants(draw: st.DrawFn, span: Span, corners: Corners, zone: str) -> dt.datetime:
    at = span.start + dt.timedelta(draw(spread((span.stop - span.start).days)), draw(_SECONDS))
    edges: tuple[Edge | None, ...] = (*corners.edges(),)
    none: tuple[Edge | None, ...] = (None,)
    if is_special := corners.has_special_dates and draw(YES_OR_NO):
        special = draw(_around_special(corners, at.year))
        at = at if special is None else span.within(special)
        none *= len(edges)  # as often the date itself as an edge beside it
    kind = draw(one_of((*none, *edges)))
    if kind is not None:
        place = draw(_PLACES) if corners.has_choice else 0
        at = corners.edge(kind, at, place) or at
        if len(corners.shifts) and draw(YES_OR_NO):
            at = draw(one_of(corners.shifts)).back(at)
    if kind is not None or is_special:
        at += draw(_BESIDE) * span.unit
    shown_in = draw(one_of((_ZONES[0], zone, *_ZONES[1:])))
    seen_by = ELSEWHERE if kind == "clock change elsewhere" else ZoneInfo(shown_in)
    return span.within(at).astimezone(seen_by)


@st.composite
def _around_special(draw: st.DrawFn, corners: Corners, year: int) -> dt.datetime | None:
    """Generate instants around a special date of the year or the next that has any; None without one."""
    place = draw(_PLACES)
    begins = corners.special(year, place // 2)
    if begins is None:
        return None
    begin, other = begins[place % 2], begins[1 - place % 2]
    seconds = draw(_AROUND)
    if seconds is not None:
        return begin + seconds * _SECOND
    return begin + draw(_TWENTIETHS) * (other - begin) / 20


class Question(NamedTuple):
    """One question to a policy, under the names by which `compute_deadline` asks it.

    >>> from support_sla import compute_deadline, load_policy
    >>> sent = dt.datetime(2026, 1, 10, 9, 30, tzinfo=dt.UTC)
    >>> asked = Question(sent, "billing", "ticket", None, None, "first_response")
    >>> compute_deadline(load_policy("azdigi"), **asked._asdict()).due_at.isoformat()
    '2026-01-12T08:30:00+07:00'
    """

    submitted_at: dt.datetime
    department: str
    channel: str
    priority: str | None
    attributes: Mapping[str, str] | None
    metric: Metric

    def copied(self) -> Question:
        """Return the same question with attributes of its own, which whoever gets it may change."""
        return self._replace(attributes=None if self.attributes is None else dict(self.attributes))


@st.composite
def questions(  # noqa: PLR0913  what is possible, by name
    draw: st.DrawFn,
    policy: Policy,
    *,
    line: LineName | None = None,
    metric: Metric | None = None,
    promised: bool = True,
    first_year: int | None = None,
    last_year: int | None = None,
    unit: Unit = "us",
) -> Question:
    """Generate whole questions to a policy, as `Question`: when, where, and what is asked about.

    The department and channel are those of `line`, or of any line; the metric is `metric`, or any
    that the line promises, with `promised=False` any at all. Priority and attributes are those that
    the policy declares, or missing. The instants, `first_year`, `last_year` and `unit` are as in
    `submissions`. Where no rule matches there is no deadline: `compute_deadline` raises
    `NoTargetError`. Raises as `submissions` and `lines` do. Shrinks to the first line by name, its
    first metric, no priority and no attributes, on 2 January of the first year, 00:00 UTC.
    """
    span = Span.of(check_policy(policy), first_year, last_year, unit)
    check_metric(metric)
    if line is None:
        owner = draw(_some_line(policy, metric, promised=promised))
    else:
        owner = check_line(policy, line)
    there_are = [each for each in metrics_of(policy, owner) if metric in (None, each)]
    if not promised:
        there_are = [*METRICS] if metric is None else [metric]
    if not there_are:
        message = (
            f"line {'/'.join(owner)} promises {'nothing' if metric is None else f'no {metric}'}"
        )
        raise ValueError(f"{message}; name another, or ask with promised=False")
    asked = draw(one_of(tuple(there_are)))
    at = draw(_instants(span, Corners.of(policy, owner, [asked]), policy.zone_of(owner[0])))
    priority = draw(one_of((None, *policy.priorities)))
    given = {name: draw(one_of((None, *some))) for name, some in policy.attributes.items()}
    attributes = {name: value for name, value in given.items() if value is not None}
    return Question(at, *owner, priority, attributes or None, asked)


def _some_line(
    policy: Policy, metric: Metric | None, *, promised: bool
) -> st.SearchStrategy[LineName]:
    """Generate lines that promise this metric, or any, if a promise is wanted."""
    if not promised or metric is not None:
        return lines(policy, metric=metric if promised else None)
    found = [line for line in lines_of(policy) if metrics_of(policy, line)]
    if not found:
        message = f"policy {policy.name!r} promises nothing; ask with promised=False"
        raise ValueError(message)
    return one_of(tuple(found))
