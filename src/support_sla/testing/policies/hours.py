"""What rules and hours of a generated policy may name, and strategies for hours that can open."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from support_sla.policy.hours import Hours
from support_sla.policy.opening import opening_hours_of
from support_sla.testing.drawn import ONE_IN_4, YES_OR_NO, one_of

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection, Mapping, Sequence

    from support_sla.calendars.calendar import HolidayCalendar
    from support_sla.calendars.opening_hours import OpeningHours
    from support_sla.policy.schedule import Schedule

_SPANS = st.sampled_from(
    [
        (("06-01", "08-31"),),
        (("12-20", "01-06"),),
        (("2024-02-27", "2024-04-02"),),
        (("02-29", "03-01"),),
        (("12-20", "01-06"), ("06-01", "08-31"), ("2024-02-27", "2024-04-02")),
    ]
)
"""The first and last dates of seasons that a line may have together."""


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


@dataclass(frozen=True)
class Drawn:
    """Hours as a policy writes them, and what they open."""

    written: dict[str, Any]
    opening: OpeningHours = field(repr=False)


@st.composite
def line_hours(draw: st.DrawFn, parts: Parts) -> Drawn:
    """Generate hours that can open, of a line or of a rule.

    They do, because every schedule of a generated policy has hours, and its calendars name a few dates.
    """
    schedule = one_of(tuple(sorted(parts.schedules)))
    observes = [name for name in parts.calendars if draw(YES_OR_NO)]
    written: dict[str, Any] = {"schedule": draw(schedule), "observes": observes}
    if "seasons" in parts.features and draw(ONE_IN_4):
        written["seasons"] = [
            {"from": first, "to": last, "schedule": draw(schedule)} for first, last in draw(_SPANS)
        ]
    if "on_holidays" in parts.features and observes and draw(ONE_IN_4):
        written["on_holidays"] = {observes[0]: draw(schedule)}
    hours = Hours.model_validate(written)
    return Drawn(written, opening_hours_of(hours, parts.schedules, parts.calendars))
