"""`Target`: one rule of a line, the promise it makes and when it holds. Data only."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal, TypeAlias

from pydantic import BeforeValidator, Field, PlainSerializer, WithJsonSchema, model_validator

from support_sla.errors import shown
from support_sla.policy.hours import Hours
from support_sla.policy.warn_at import Warnings
from support_sla.policy.when import When, condition_name
from support_sla.values.amounts.business_days import BusinessDays, Within, format_within
from support_sla.values.amounts.durations import Duration
from support_sla.values.model import Model, fault
from support_sla.values.names import Key, Names
from support_sla.values.week import format_clock_time
from support_sla.values.week.clock_times import ClockTime, read_clock_time

if TYPE_CHECKING:
    from datetime import timedelta

CountedIn: TypeAlias = Literal["business_time", "calendar_time"]

CLOSE = "close"
"""The end of a date's hours, as `by` writes it."""


def _read_by(value: object) -> str:
    if value == CLOSE:
        return CLOSE
    if isinstance(value, str) and value.strip().lower() in (
        "closing",
        "closing time",
        "end of day",
    ):
        raise fault(
            "by_invalid", f"by = {shown(value)} is not how it is written; write by = 'close'"
        )
    return format_clock_time(read_clock_time(value))


By: TypeAlias = Annotated[
    str,
    BeforeValidator(_read_by),
    PlainSerializer(str, return_type=str),
    WithJsonSchema({"type": "string", "examples": ["close", "16:00"]}),
]


class Target(Model):
    """One rule of a line: the promise it makes, and when it holds.

    `within` is the time to answer, `earliest` the time before which no answer is promised;
    business time counts from the next opening and only while the line is open, calendar time
    counts from the submission. `hours` are the rule's own, on which it is counted instead of the
    line's; nothing of the line's is inherited. `name` is what answers call the rule; without one
    its condition is its name.

    A promise in business days, `within = "2 business days"`, is kept `by` the end of that date's
    hours ("close") or by a clock time. A business day is a local date on which the line opens.
    Without `cutoff` the days after the submission's own date are counted. With one a request sent
    on a business day, up to the cut-off and before closing, is received on that day, any other on
    the next business day, and the days after it are counted; "0 business days" is that day itself.

    Of tickets over time: `pauses_on` are statuses and named holds in which the rule's clock stands
    still, `warn_at` the points at which somebody is to be warned.

    >>> Target(when={"days": ["Su", "tet"]}, within="12h", counted_in="calendar_time").name
    'Su or tet'
    >>> Target(within="1 business day", by="close").counted_in
    'business_time'
    """

    name: Key = Field(default="", validate_default=False)
    when: When | None = None
    hours: Hours | None = None
    earliest: Duration | None = None
    within: Within = Field(description="the promise, e.g. within = '3h' or '1 business day'")
    by: By | None = None
    cutoff: ClockTime | None = None
    counted_in: CountedIn = Field(
        default="business_time",
        validate_default=False,
        description="'business_time' or 'calendar_time'",
    )
    pauses_on: Names = ()
    warn_at: Warnings = ()

    @model_validator(mode="after")
    def _days_or_time(self) -> Target:
        if isinstance(self.within, BusinessDays):
            _check_days(self, self.within)
        else:
            _check_time(self, self.within)
        return self

    @model_validator(mode="after")
    def _named(self) -> Target:
        if not self.name:
            self.__dict__["name"] = condition_name(self.when)  # before anyone holds it
        return self

    @property
    def is_in_days(self) -> bool:
        """Whether it promises business days, and not an amount of time."""
        return isinstance(self.within, BusinessDays)

    def within_text(self) -> str:
        """Return the promise as a file writes it."""
        return format_within(self.within)


def _check_time(rule: Target, within: timedelta) -> None:
    """Refuse what an amount of time cannot have."""
    if "counted_in" not in rule.model_fields_set:
        meant = "'business_time' or 'calendar_time'"
        message = f"key 'counted_in' is missing ({meant}); add it"
        raise fault("key_missing", message, "counted_in")
    for key in ("by", "cutoff"):
        if getattr(rule, key) is not None:
            message = (
                f"{key} means nothing beside within = {rule.within_text()!r}, an amount of time"
            )
            message += "; drop it, or promise days, e.g. within = '1 business day'"
            raise fault("days_missing", message, key)
    if rule.hours is not None and rule.counted_in == "calendar_time":
        message = "hours mean nothing to a rule in calendar_time, which counts around the clock"
        message += "; drop them, or write counted_in = 'business_time'"
        raise fault("hours_unused", message, "hours")
    if rule.earliest is not None and rule.earliest > within:
        message = f"earliest {rule.earliest} is after within {within}; swap or correct them"
        raise fault("earliest_after_within", message, "earliest")


def _check_days(rule: Target, within: BusinessDays) -> None:
    """Refuse what a number of business days cannot have, and one that could mean several dues."""
    said = f"within = '{within}'"
    if rule.counted_in == "calendar_time":
        message = f"{said} counts business days, and no calendar time"
        message += "; drop counted_in, or promise hours, e.g. within = '24h'"
        raise fault("business_days_in_calendar_time", message, "counted_in")
    if rule.earliest is not None:
        message = f"earliest means nothing beside {said}, which ends with a date"
        raise fault("earliest_with_business_days", f"{message}; drop it", "earliest")
    if rule.by is None:
        hours = 8 * max(within.count, 1)
        message = (
            f"{said} does not say when on that day; add by = 'close', by = '16:00' or another "
        )
        message += f"clock time, or promise open hours, e.g. within = '{hours}h' with counted_in = "
        raise fault("by_missing", f"{message}'business_time'", "by")
    if rule.cutoff is None:
        if not within.count:
            message = f"{said} needs to know until when a request counts as today's"
            raise fault("cutoff_missing", f"{message}; add e.g. cutoff = '16:00'", "cutoff")
        return
    if not within.count and rule.by != CLOSE and read_clock_time(rule.by) < rule.cutoff:
        cutoff = format_clock_time(rule.cutoff)
        message = f"by = '{rule.by}' comes before cutoff = '{cutoff}' of the same day"
        message += "; promise the next day, or swap them"
        raise fault("by_before_cutoff", message, "by")
