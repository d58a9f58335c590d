"""The one reader of RFC 5545 rules, for recurring days and for feeds: strict, or refused by name.

What other readers would skip or take for something else is refused.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from support_sla.errors import shown
from support_sla.values.model import FrozenMap, nearest

if TYPE_CHECKING:
    import datetime as dt

    from support_sla.calendars.sources.rrule_turns import Turns

LIMIT = 1_000
"""The most characters of a rule that are read: each day of a month, or hundreds of a year, fit."""

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
"""What is no whole date, what RFC 5545 forbids, and what readers of it take for something else."""

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
        self.what: str = what
        self.way_out: str = way_out


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
        if len(text) > LIMIT:
            what = f"{len(text)} characters, more than {LIMIT}"
            raise UnsupportedRuleError(what, "write fewer parts")
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

    def turns_from(self, begin: dt.date) -> Turns:
        """Return the dates of the rule that begins on a date of the years 1 to 9997."""
        from support_sla.calendars.sources.rrule_turns import Turns  # noqa: PLC0415  only a rule that is asked needs it

        return Turns.of(self.parts, begin)
