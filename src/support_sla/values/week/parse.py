"""Weekly hours, and hours of a date, from text: read strictly, or refused with what to write."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic_core import PydanticCustomError

from support_sla.values.week.notation import read_day, read_week, read_weekdays

if TYPE_CHECKING:
    from support_sla.values.week.ranges import Day, Week


def parse_week(text: str) -> Week:
    """Return the ranges of Monday to Sunday that the notation `text` writes.

    A rule after a semicolon replaces the whole days that it names, as in OpenStreetMap; one after a
    comma adds its ranges to them. Raises a pydantic custom error that shows the text and says what
    to write instead.

    >>> parse_week("Mo-Sa 9:00-12:00, Sa 14:00-16:00")[5]
    ((32400, 43200), (50400, 57600))
    """
    try:
        return read_week(text)
    except PydanticCustomError as error:
        from support_sla.values.week.advice import advised  # noqa: PLC0415  only a refusal needs it

        raise advised(text, error, reads=read_week) from None


def parse_weekdays(text: str) -> tuple[int, ...]:
    """Return weekday numbers (Monday is 0) of 'Mo', 'mo-fr' or 'Mo,We,Fr-Su'; 'Sa-Mo' wraps."""
    return read_weekdays(text)


def parse_day(text: str, *, of: str = "a day") -> Day:
    """Return the ranges of one date: '08:00-12:00,13:00-17:00', '22:00-06:00', or 'off'.

    Ranges come back sorted, touching ones joined. `of` names the date in messages.
    """
    try:
        return read_day(text, of=of)
    except PydanticCustomError as error:
        from support_sla.values.week.advice import advised  # noqa: PLC0415  only a refusal needs it

        raise advised(text, error, reads=lambda text: read_day(text, of=of)) from None
