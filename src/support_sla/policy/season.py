"""`Season`: a part of the year in which a line keeps other weekly hours. Data only."""

from __future__ import annotations

import datetime as dt
import re
from typing import Annotated, ClassVar, TypeAlias

from pydantic import BeforeValidator, ConfigDict, Field, WithJsonSchema, model_validator

from support_sla.errors import shown
from support_sla.values.dates import FIRST_YEAR, LAST_YEAR, day_number
from support_sla.values.model import Model, fault
from support_sla.values.names import Key

_YEARLY = re.compile(r"[0-9]{2}-[0-9]{2}")


def _read_end(value: object) -> str:
    """Return a month and day ('07-01') or a full date ('2026-07-01') as it is written."""
    if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
        value = value.isoformat()
    if isinstance(value, str):
        whole = f"2000-{value}" if _YEARLY.fullmatch(value) else value
        try:
            read = dt.date.fromisoformat(whole) if re.fullmatch(r"[0-9-]{10}", whole) else None
        except ValueError:
            read = None
        if read is not None and FIRST_YEAR <= read.year <= LAST_YEAR:
            return str.__str__(value)
    message = (
        f"{shown(value)} is no month and day, and no date; write '07-01', or '2026-07-01' once"
    )
    raise fault("season_invalid", message)


SeasonDate: TypeAlias = Annotated[
    str,
    BeforeValidator(_read_end),
    WithJsonSchema({"type": "string", "examples": ["07-01", "2026-07-01"]}),
]


class Season(Model):
    """The dates `from` to `to`, both included, on which a line has the hours of another schedule.

    As months and days they come each year and may cross New Year; as full dates they come once,
    and hold against a season of each year. In Python `from` is `from_`.

    >>> Season(from_="12-20", to="01-05", schedule="winter").is_yearly
    True
    """

    model_config: ClassVar[ConfigDict] = ConfigDict(validate_by_name=True, validate_by_alias=True)

    from_: SeasonDate = Field(alias="from", description="the first date, e.g. from = '07-01'")
    to: SeasonDate = Field(description="the last date, e.g. to = '08-31'")
    schedule: Key = Field(description="the name of one of the policy's schedules")

    @model_validator(mode="after")
    def _one_kind(self) -> Season:
        if bool(_YEARLY.fullmatch(self.from_)) != bool(_YEARLY.fullmatch(self.to)):
            message = f"season {self} is of one year at one end and of each year at the other"
            raise fault("season_invalid", f"{message}; write both ends alike")
        if not self.is_yearly and self.from_ > self.to:
            message = f"season {self} ends before it begins; swap its ends"
            raise fault("season_invalid", message)
        return self

    @property
    def is_yearly(self) -> bool:
        """Whether it comes each year."""
        return bool(_YEARLY.fullmatch(self.from_))

    @property
    def span(self) -> tuple[int, int]:
        """The first and the last day: as 701 to 831 each year, as day numbers once."""
        if self.is_yearly:
            return int(self.from_.replace("-", "")), int(self.to.replace("-", ""))
        first, last = (day_number(dt.date.fromisoformat(end)) for end in (self.from_, self.to))
        return first, last

    def __str__(self) -> str:
        """Return its first and last date."""
        return f"{self.from_} to {self.to}"


def overlap(one: Season, two: Season) -> bool:
    """Whether two seasons are of one kind and have a day in common."""
    if one.is_yearly != two.is_yearly:
        return False
    return any(a <= d and c <= b for a, b in _parts(one) for c, d in _parts(two))


def _parts(season: Season) -> list[tuple[int, int]]:
    """Return the spans of a season that do not cross New Year."""
    first, last = season.span
    return [(first, last)] if first <= last else [(first, 1231), (101, last)]
