"""`Step`: one stretch of time on the way to a deadline, and its `Reason`s. Data only."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from support_sla.calendars.special_day import SpecialDay
from support_sla.values.amounts.durations import format_duration
from support_sla.values.instants import ComparesInstants, since_epoch
from support_sla.values.week import WEEKDAYS

ReasonKind: TypeAlias = Literal[
    "business_hours",
    "special_opening",
    "calendar_time",
    "business_day",
    "night",
    "break",
    "weekday",
    "holiday",
    "closure",
    "special_hours",
    "later_request",
    "sent",
    "after_cutoff",
    "received",
    "due_day",
    "clock_forward",
    "clock_back",
    "priority",
    "attribute",
    "line_open",
    "line_closed",
    "time",
    "paused",
    "resolved",
    "unpromised",
]
"""Why a stretch is counted or not, or what made a rule match.

Counted: `business_hours`; `special_opening`, hours that a special day gives; `calendar_time`;
`business_day`, a date that is counted.
Not counted: `night` and `break`, before, after and between a date's hours; `weekday`, a date
without hours; `holiday`, a date closed all day; `closure`, one closed in part; `special_hours`,
outside those a special day gives; `later_request`, before the submission whose answer an earlier
one shares. Of business days: `sent`, the date of the submission, after which days are counted;
`after_cutoff`, a date on which a request was no longer received; `received`, the one on which it
was; `due_day`, a date after the last that is counted, on which the promised time is reached. No
time at all: `clock_forward` and `clock_back`. Of a ticket over time: `paused`, while it is in
something that its rule pauses on; `resolved`; `unpromised`, while no rule matched it. Only of rules: `priority`, `attribute`, `line_open`,
`line_closed` and `time`.
"""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a stretch of time is counted or not, or why a rule matched.

    A `weekday` has its `date` and the `season` it lies in, if any, and so has what is said of business days; one that is counted has
    its `number` and how many there are `of`. What a special day says has the `day` and its `calendar`'s name in
    the policy; a clock change has the `change` of the local clock; a `priority` has its name,
    an `attribute` its name and value, a `time` the ranges of the date that hold, and what is `paused`
    the `statuses` and holds that it is in.
    """

    kind: ReasonKind
    date: dt.date | None = None
    day: SpecialDay | None = None
    calendar: str | None = None
    change: dt.timedelta | None = None
    priority: str | None = None
    number: int | None = None
    of: int | None = None
    attribute: tuple[str, str] | None = None
    time: str | None = None
    season: str | None = None
    statuses: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Return the reason as plain data, without what does not apply."""
        found: dict[str, Any] = {"kind": self.kind}
        if self.date is not None:
            found |= {"date": self.date.isoformat(), "weekday": WEEKDAYS[self.date.weekday()]}
        if self.day is not None:
            found |= {"date": self.day.date.isoformat(), "name": self.day.name}
            found |= {"calendar": self.calendar, "source": self.day.source}
        if self.change is not None:
            found["change"] = format_duration(abs(self.change))
        if self.priority is not None:
            found["priority"] = self.priority
        if self.number is not None:
            found |= {"number": self.number, "of": self.of}
        if self.attribute is not None:
            found |= {"attribute": self.attribute[0], "value": self.attribute[1]}
        if self.time is not None:
            found["time"] = self.time
        if self.season is not None:
            found["season"] = self.season
        if self.statuses:
            found["statuses"] = list(self.statuses)
        return found


@dataclass(frozen=True, slots=True, eq=False)
class Step(ComparesInstants):
    """One stretch of time on the way to a deadline, half-open: counted or not, and the reasons.

    Instants are in the policy's zone. A step that lasts no time marks a clock change. Equal by
    value, comparing instants as instants; hashable.
    """

    start: dt.datetime
    end: dt.datetime
    counted: bool
    reasons: tuple[Reason, ...]

    @property
    def duration(self) -> dt.timedelta:
        """The physical time the step lasts; zero at a clock change."""
        return since_epoch(self.end) - since_epoch(self.start)

    def to_dict(self) -> dict[str, Any]:
        """Return the step as plain data, instants as ISO 8601 texts with their offsets."""
        return {
            "start": self.start.isoformat(),
            "end": self.end.isoformat(),
            "counted": self.counted,
            "duration": format_duration(self.duration),
            "reasons": [reason.to_dict() for reason in self.reasons],
        }
