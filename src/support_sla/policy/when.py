"""`When`: the condition of a rule, and what conditions mean without the data of any calendar."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic import model_validator

from support_sla.values.model import Model, fault
from support_sla.values.names import SomeNames
from support_sla.values.week import WEEKDAYS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


class When(Model):
    """The condition of a rule, judged by the submission's local date. Every key given must hold.

    `days` matches any of its weekdays (`Mo` to `Su`) and any date that one of its calendars
    closes, wholly or in part; `priority` matches any of its priorities.
    """

    days: SomeNames | None = None
    priority: SomeNames | None = None

    @model_validator(mode="after")
    def _says_something(self) -> When:
        if self.days is None and self.priority is None:
            message = "when = {} has no condition; give days or priority, or drop 'when'"
            raise fault("when_empty", message)
        return self


def condition_name(when: When | None) -> str:
    """Return the name of a rule that was given none: its condition in a few words.

    >>> condition_name(None)
    'default'
    """
    if when is None:
        return "default"
    parts = []
    if when.days:
        parts.append(" or ".join(when.days))
    if when.priority:
        parts.append(f"priority {' or '.join(when.priority)}")
    return ", ".join(parts)


def can_match(when: When | None, earlier: Sequence[When | None], priorities: Sequence[str]) -> bool:
    """Whether some date and priority reach a rule, as far as weekdays and names show.

    Of a date only its weekday and the calendars that close it matter. More calendars only help the
    earlier rules, so it suffices to try dates that no calendar closes, and dates that one does.
    """
    days = when.days if when else None
    wanted: tuple[str | None, ...] = (*priorities, None)
    if when and when.priority:
        wanted = when.priority
    if days is None:
        dates: list[set[str]] = [{weekday} for weekday in WEEKDAYS]
    else:
        calendars = [day for day in days if day not in WEEKDAYS]
        dates = [{weekday, name} for weekday in WEEKDAYS for name in calendars]
        dates += [{day} for day in days if day in WEEKDAYS]
    return any(
        not any(_matches(other, date, priority) for other in earlier)
        for date in dates
        for priority in wanted
    )


def _matches(when: When | None, date: set[str], priority: str | None) -> bool:
    if when is None:
        return True
    if when.days is not None and not date & set(when.days):
        return False
    return when.priority is None or priority in when.priority


def reachable(whens: Sequence[Mapping[str, Any] | None], priorities: Sequence[str]) -> list[Any]:
    """Return the conditions, in order, without those that earlier ones leave nothing to match."""
    kept: list[Any] = []
    read: list[When | None] = []
    for when in whens:
        condition = None if when is None else When.model_validate(when)
        if can_match(condition, read, priorities):
            kept.append(when)
            read.append(condition)
    return kept
