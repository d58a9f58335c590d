"""The one reader of RFC 5545 rules: parts, bounds and turns, for recurring days and for feeds.

A rule is read strictly: what dateutil would skip or take for something else is refused by name.
"""

from __future__ import annotations

import datetime as dt
import re
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from support_sla.errors import shown
from support_sla.values.model import FrozenMap, nearest

if TYPE_CHECKING:
    from collections.abc import Iterator

_REFUSED = (
    (r"\b(RDATE|EXDATE|EXRULE)\b", r"\1", "write single dates as days of their own"),
    (r"\bBY(HOUR|MINUTE|SECOND)\b", "a time of day", "use 'closed' or 'open'"),
    (r"\bFREQ=(HOURLY|MINUTELY|SECONDLY)\b", r"\g<0>", "use DAILY, WEEKLY, MONTHLY or YEARLY"),
    (r"^(?!.*\bFREQ=)", "no FREQ", "begin it like FREQ=YEARLY"),
    (r"\b([A-Z]+)=.*;\1=", r"\1 twice", "give it once"),
    (r"^(?=.*\bCOUNT=).*\bUNTIL=", "COUNT beside UNTIL", "give one of them"),
    (r"^(?=.*Q=(DAILY|WEEKLY)).*\bBYDAY=[^;]*[0-9]", r"the n-th weekday of \1", "use MONTHLY"),
    (r"^(?=.*\bBYWEEKNO=).*\bBYDAY=[^;]*[0-9]", "the n-th weekday of a week", "drop the number"),
    (
        r"^(?=.*(?:Q=MONTHLY|\bBYMONTH=)).*\bBYDAY=[^;]*(?<![0-9])0?(?:[6-9]|[1-5][0-9])[A-Z]",
        "a sixth weekday of a month",
        "count to 5 at the most",
    ),
    (
        r"^(?!.*\bBYDAY=).*\bBYWEEKNO=",
        "BYWEEKNO without BYDAY",
        "name the weekdays with BYDAY",
    ),
    (r"^(?!.*Q=YEARLY).*\bBY(WEEKNO|YEARDAY)=", r"BY\1 in less than a year", "use FREQ=YEARLY"),
    (r"^(?=.*Q=WEEKLY).*\bBYMONTHDAY=", "BYMONTHDAY in a week", "use FREQ=MONTHLY"),
    (r"^(?!.*\bBY(?!SETPOS)).*\bBYSETPOS=", "BYSETPOS alone", "add BYDAY or BYMONTHDAY"),
)
"""What is no whole date, what RFC 5545 forbids, and what dateutil takes for something else."""

_DAY_NAME, _TO_31 = "(MO|TU|WE|TH|FR|SA|SU)", "(0?[1-9]|[12][0-9]|3[01])"
_TO_53 = "(0?[1-9]|[1-4][0-9]|5[0-3])"
_TO_366 = "(0{0,2}[1-9]|0?[1-9][0-9]|[12][0-9]{2}|3[0-5][0-9]|36[0-6])"
_PARTS = {
    "FREQ": ("DAILY|WEEKLY|MONTHLY|YEARLY", "YEARLY"),
    "INTERVAL": ("[1-9][0-9]{0,3}", "2"),
    "COUNT": ("[1-9][0-9]{0,4}", "10"),
    "UNTIL": ("[0-9]{8}(T[0-9]{6}Z?)?", "20301231"),
    "WKST": (_DAY_NAME, "MO"),
    "BYDAY": (f"([+-]?{_TO_53})?{_DAY_NAME}", "MO,-1FR"),
    "BYMONTH": ("0?[1-9]|1[0-2]", "1,12"),
    "BYMONTHDAY": (f"[+-]?{_TO_31}", "1,-1"),
    "BYYEARDAY": (f"[+-]?{_TO_366}", "100,-1"),
    "BYWEEKNO": (f"[+-]?{_TO_53}", "1,53"),
    "BYSETPOS": (f"[+-]?{_TO_366}", "1,-1"),
}


class UnsupportedRuleError(Exception):
    """A rule has something that is not supported; `what` it is, and `way_out`, what to do."""

    def __init__(self, what: str, way_out: str) -> None:
        super().__init__(what, way_out)
        self.what, self.way_out = what, way_out


class UnreadableRuleError(UnsupportedRuleError):
    """A part of a rule is unknown or out of range."""


@dataclass(frozen=True, slots=True)
class RecurrenceRule:
    """A recurrence rule: its parts by name, except UNTIL, which `until` has as written."""

    parts: FrozenMap[str, str]
    until: str | None

    @classmethod
    def read(cls, text: str) -> RecurrenceRule:
        """Return the rule of a text in capitals, such as FREQ=MONTHLY;BYDAY=-1FR.

        Raises `UnsupportedRuleError` and `UnreadableRuleError`; the caller adds whose rule it is.
        """
        for pattern, what, way_out in _REFUSED:
            if found := re.search(pattern, text):
                raise UnsupportedRuleError(found.expand(what), way_out)
        parts: dict[str, str] = {}
        for part in text.split(";"):
            key, _, value = part.partition("=")
            if key not in _PARTS:
                known = [name for name in _PARTS if name != "UNTIL"]
                raise UnreadableRuleError(f"the unknown part {shown(part)}", nearest(key, known))
            pattern, example = _PARTS[key]
            values = value.split(",") if key.startswith("BY") else [value]
            if not all(re.fullmatch(pattern, each) for each in values):
                what, way_out = (
                    f"{shown(part)}, which is not understood",
                    f"write it like {key}={example}",
                )
                raise UnreadableRuleError(what, way_out)
            parts[key] = value
        until = parts.pop("UNTIL", None)
        return cls(FrozenMap(parts), until)

    @property
    def step(self) -> int:
        """The days from one turn to the next if the rule may begin at any of them; else 0."""
        if "COUNT" in self.parts:
            return 0
        days = {"DAILY": 1, "WEEKLY": 7}.get(self.parts["FREQ"], 0)
        return days * int(self.parts.get("INTERVAL", 1))

    def turns(
        self, begin: dt.datetime, first: dt.datetime, last: dt.datetime
    ) -> Iterator[dt.datetime]:
        """Yield the turns from `first` to `last` of the rule that begins at `begin`, in order.

        All three are times of one wall clock, in the years 1 to 9997.
        """
        from dateutil.rrule import rrulestr  # noqa: PLC0415  only a calendar with rules needs it

        if self.step:
            begin += dt.timedelta(max(0, (first - begin).days // self.step - 1) * self.step)
        if begin > last:
            return
        # dateutil looks for a next day up to year 9999, even if there is none. The calendar repeats
        # every 400 years, weekdays included, so the rule is asked as near to that as possible.
        later = (9998 - last.year) // 400 * 400
        text = ";".join(f"{key}={value}" for key, value in self.parts.items())
        rule = rrulestr(text, dtstart=begin.replace(year=begin.year + later))
        with suppress(ValueError):  # it passed the end of year 9999, which is past `last`
            for moment in rule:
                turn = moment.replace(year=moment.year - later)
                if turn > last:
                    return
                if turn >= first:
                    yield turn
