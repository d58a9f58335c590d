"""The Vietnamese state's swap days that python-holidays lacks: facts from a file, no rule.

They bind civil servants; a firm may take them in or not.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from support_sla.calendars.special_day import SpecialDay
from support_sla.values.week import WEEKDAYS

if TYPE_CHECKING:
    import datetime as dt


@dataclass(frozen=True, slots=True)
class StateDay:
    """A day off, or with `works_as` a Saturday worked instead of that weekday (Monday is 0)."""

    date: dt.date
    name: str
    works_as: int | None
    source: str

    def special_day(self) -> SpecialDay:
        """Return the same day as a calendar holds it."""
        said = {"date": self.date, "name": self.name, "source": self.source}
        if self.works_as is not None:
            said["works_as"] = WEEKDAYS[self.works_as]
        return SpecialDay(**said)


def make_up_name(off: dt.date, language: str | None) -> str:
    """Return what a worked rest day is called, in Vietnamese or else in English."""
    if language == "vi":
        return f"Ngày làm bù (cho ngày nghỉ {off:%d/%m/%Y})"
    return f"Make-up day (for the day off on {off})"


def state_swaps(year: int, language: str = "vi") -> tuple[StateDay, ...]:
    """Return the swap days of one year, off and worked, that python-holidays lacks, by date.

    Empty if none is known. A swap over New Year has its two days in two years. Days off have the
    name that python-holidays gives such days, in Vietnamese or else in English.

    >>> [(str(day.date), day.works_as) for day in state_swaps(2026)]
    [('2026-01-02', None), ('2026-01-10', 4)]
    """
    return tuple(day for day in _all_days(language) if day.date.year == year)


@lru_cache(maxsize=8)
def _all_days(language: str) -> tuple[StateDay, ...]:
    import tomllib  # noqa: PLC0415  only who asks for swap days reads the file

    text = files("support_sla.calendars.sources").joinpath("vietnam_swaps.toml").read_text("utf-8")
    swaps = tomllib.loads(text)["swap"]
    return tuple(sorted((day for swap in swaps for day in _days_of(swap, language)), key=_date))


def _date(day: StateDay) -> dt.date:
    return day.date


def _days_of(swap: dict[str, Any], language: str) -> list[StateDay]:
    off, worked, source = swap["off"], swap["worked"], swap["source"]
    name = f"Day off (substituted from {worked:%m/%d/%Y})"
    if language == "vi":
        name = f"Ngày nghỉ (thay cho ngày {worked:%d/%m/%Y})"
    days = [StateDay(worked, make_up_name(off, language), off.weekday(), source)]
    return days if swap.get("off_is_known") else [StateDay(off, name, None, source), *days]
