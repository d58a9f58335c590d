"""`Hours`: when a line, or one of its rules, is open. Data only."""

from __future__ import annotations

from itertools import combinations

from pydantic import Field, field_validator, model_validator

from support_sla.errors import listed, shown
from support_sla.policy.season import Season, overlap
from support_sla.values.model import FrozenMap, Model, fault
from support_sla.values.names import Key, Names


class Hours(Model):
    """When a line is open: a schedule of the policy, and what stands in its place on some dates.

    `observes` are calendars, in the order in which they hold for a date. In each of the `seasons`
    another schedule holds. `on_holidays` names, for a calendar that is observed, the schedule whose
    hours of the weekday the line keeps on a date that this calendar closes wholly; other calendars
    still close the date.

    >>> Hours(schedule="office", observes=["public"], on_holidays={"public": "short"}).schedule
    'office'
    """

    schedule: Key = Field(description="the name of one of the policy's schedules")
    observes: Names = ()
    seasons: tuple[Season, ...] = ()
    on_holidays: FrozenMap[Key, Key] = Field(default_factory=lambda: FrozenMap({}))

    @field_validator("seasons")
    @classmethod
    def _apart(cls, seasons: tuple[Season, ...]) -> tuple[Season, ...]:
        for one, two in combinations(seasons[:400], 2):
            if overlap(one, two):
                message = f"seasons {one} ({shown(one.schedule)}) and {two} ({shown(two.schedule)})"
                message += " overlap; end one of them before the other begins"
                raise fault("seasons_overlap", message)
        if len(seasons) > 400:
            message = f"{len(seasons)} seasons are more than 400; write a season of each year once"
            raise fault("seasons_too_many", message)
        return seasons

    @model_validator(mode="after")
    def _observed(self) -> Hours:
        for name in self.on_holidays:
            if name not in self.observes:
                message = f"on_holidays names calendar {shown(name)}, which is not observed there"
                message += f" ({listed(self.observes)})"
                message += (
                    f"; add it to 'observes', e.g. observes = [{listed([*self.observes, name])}]"
                )
                raise fault("calendar_not_observed", message, "on_holidays", name)
        return self

    @property
    def schedules(self) -> tuple[str, ...]:
        """The schedules it names: its own, those of its seasons, those on holidays."""
        return (
            self.schedule,
            *(season.schedule for season in self.seasons),
            *self.on_holidays.values(),
        )
