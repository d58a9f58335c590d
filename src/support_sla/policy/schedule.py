"""`Schedule`: weekly opening hours in wall-clock time. Data only: it knows no zone or holiday."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar, TypeAlias

from pydantic import (
    ConfigDict,
    GetJsonSchemaHandler,
    RootModel,
    model_serializer,
    model_validator,
)

from support_sla.errors import shown
from support_sla.values.model import fault
from support_sla.values.units import DAY
from support_sla.values.week import (
    WEEKDAYS,
    Day,
    Week,
    check_week,
    format_week,
    parse_day,
    parse_week,
    parse_weekdays,
)

if TYPE_CHECKING:
    from pydantic_core import CoreSchema

WrittenHours: TypeAlias = str | Mapping[str, str | list[str]]


class Schedule(RootModel[Week]):
    """Weekly opening hours, Monday to Sunday, written as notation or as a mapping.

    `Schedule("Mo-Fr 08:00-12:00,13:00-17:00; Sa 08:00-12:00")` and
    `Schedule({"Mo-Fr": ["08:00-12:00", "13:00-17:00"], "Sa": "08:00-12:00"})` are equal: schedules
    compare by the hours they mean, and dump as the shortest notation of them. A range that ends
    before its start runs into the next date and belongs to the date it starts on; an end may
    also be written past 24:00. Touching ranges join. `24/7` has no missing minute.

    Raises `pydantic.ValidationError` for overlapping or empty ranges and for notation outside the
    subset, with the slugs `hours_overlap`, `hours_empty`, `notation_unsupported` and others.

    >>> str(Schedule({"Mo-Sa": "08:00-17:00"}))
    'Mo-Sa 08:00-17:00'
    """

    model_config: ClassVar[ConfigDict] = ConfigDict(frozen=True)

    def __init__(self, hours: WrittenHours) -> None:
        super().__init__(hours)

    # Else pydantic would call it with the keys of a mapping as its arguments.
    __init__.__pydantic_base_init__ = True  # type: ignore[attr-defined]

    @model_validator(mode="before")
    @classmethod
    def _read(cls, hours: Any) -> Any:  # noqa: ANN401  pydantic's own signature
        if isinstance(hours, str):
            return parse_week(hours)
        if isinstance(hours, Mapping):
            return _week_of(hours)
        message = f"hours {shown(hours)} are no schedule; write notation, e.g. 'Mo-Sa 08:00-17:00'"
        raise fault("schedule_invalid", message)

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        del schema, handler  # what a file holds is not what the core holds
        ranges = {"type": "string", "examples": ["08:00-12:00,13:00-17:00"]}
        listed = {"type": "array", "items": ranges}
        days = {"type": "object", "additionalProperties": {"anyOf": [ranges, listed]}}
        text = {"type": "string", "examples": ["Mo-Fr 08:00-12:00,13:00-17:00; Sa 08:00-12:00"]}
        return {"anyOf": [text, days]}

    @model_serializer
    def _write(self) -> str:
        return format_week(self.root)

    def __str__(self) -> str:
        """Return the hours in notation."""
        return format_week(self.root)

    def __repr__(self) -> str:
        return f"Schedule({str(self)!r})"

    @property
    def week(self) -> Week:
        """The ranges of Monday to Sunday, in seconds since each date's midnight."""
        return self.root

    @property
    def is_always_open(self) -> bool:
        """Whether no second of the week is closed.

        Checked ranges never overlap, so they cover the week exactly when their lengths add up.
        """
        return sum(end - start for day in self.root for start, end in day) == 7 * DAY


def _week_of(hours: Mapping[Any, Any]) -> Week:
    """Return the week that a mapping from weekdays to ranges writes; each day is named once."""
    week: dict[int, Day] = {}
    for days, ranges in hours.items():
        for weekday in parse_weekdays(str(days)):
            if weekday in week:
                message = f"key {shown(days)} names {WEEKDAYS[weekday]} again; name each day once"
                raise fault("weekday_repeated", message)
            week[weekday] = _day_of(ranges, of=str(days))
    return check_week(tuple(week.get(weekday, ()) for weekday in range(7)))  # type: ignore[arg-type]


def _day_of(ranges: object, *, of: str) -> Day:
    if isinstance(ranges, str):
        return parse_day(ranges, of=of)
    if isinstance(ranges, (list, tuple)) and all(isinstance(each, str) for each in ranges):
        return parse_day(",".join(ranges), of=of) if ranges else ()
    message = f"hours {shown(ranges)} of {of} are not understood; write '08:00-12:00,13:00-17:00'"
    raise fault("notation_invalid", message)
