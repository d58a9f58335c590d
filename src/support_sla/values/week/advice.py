"""What to write instead of hours that are refused: the same hours, with the keys there are.

A text that a change of spelling makes readable is given back in that spelling. What weekly hours
leave out is named, and told where it belongs. No advice is given that was not read back first.
"""

from __future__ import annotations

import re
from contextlib import suppress
from typing import TYPE_CHECKING

from pydantic_core import PydanticCustomError

from support_sla.errors import shown
from support_sla.values.model import fault
from support_sla.values.week.whole_notation import UnclearError, split_out

if TYPE_CHECKING:
    from collections.abc import Callable

_LONGEST = 250
"""Characters of a text for which advice is worked out; a longer one gets the general way out."""

_ON_DATES = (
    "write the other hours here, these as a schedule of their own, and in the line's hours when it "
    'holds: seasons = [{ from = "07-01", to = "08-31", schedule = "summer" }]; single dates go under '
    'a calendar that the line observes, e.g. recurring = [{ name = "Christmas", on = "12-25" }]'
)
_ON_DAYS = (
    "write the other hours here and list the dates under a calendar that the line observes, e.g. "
    'days = [{ date = 2027-03-29, name = "a day", open = "08:00-13:00" }]'
)
_ON_NTH_DAYS = (
    "write the other hours here and these under a calendar that the line observes, e.g. "
    'recurring = [{ name = "first Monday", rrule = "FREQ=MONTHLY;BYDAY=1MO", open = "08:00-12:00" }]'
)
_HOLIDAYS = (
    "write the other hours here and let the line observe a calendar of these holidays, which "
    "closes them; if they are open, write their hours as a schedule of their own, and in the line's "
    'hours on_holidays = { CALENDAR = "that schedule" }'
)
_FALLBACKS = (
    "write the hours that each weekday has most of the time here, what months or dates have instead "
    "as a schedule of their own, and in the line's hours when it holds: "
    'seasons = [{ from = "06-01", to = "08-31", schedule = "summer" }]'
)
_LEFT_OUT = (
    (r"\b[PS]H\b", "holidays (PH, SH)", _HOLIDAYS),
    (
        r"\|\|",
        "fallback rules (||)",
        _FALLBACKS,
    ),
    (r"(?:^|;)\s*[12][0-9]{3}\b", "years", _ON_DAYS),
    (r"\b(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\b", "months", _ON_DATES),
    (r"\bweek\b", "week numbers", _ON_DAYS),
    (r"\b(sunrise|sunset|dawn|dusk)\b", "the sun", "write clock times"),
    (r"\beaster\b", "Easter", _ON_DAYS),
    (r"\[", "the n-th weekday of a month", _ON_NTH_DAYS),
    (r'"', "comments", "leave them out, and tell them under the channel's advice"),
    (r"[0-9]\+", "an open end (+)", "write the closing time"),
    (r"\b(open|unknown)\b", "states", "write the hours alone"),
    (r"/[0-9]*[0-9](?<!24/7)", "intervals", "write each range"),
)

_SPELT_OTHERWISE = (
    (r"[\u2010-\u2015\u2212]", "-"),
    (r"(?i)\b(mon|tue|wed|thu|fri|sat|sun)(?:r|rs|day|sday|nesday|rsday|urday)?s?\b", r"<\1>"),
    (r"(?i)(?<=>)\s*(?:to|until|through)\s*(?=<)", "-"),
    (r"(?i)\s*(?:&|\band\b)\s*", ","),
    (r"(?i)(?<=[0-9])\s*(?:to|until)\s*(?=[0-9])", "-"),
    (r"(?<![0-9:.])([0-9]{1,2})[h.]([0-9]{2})(?![0-9])", r"\1:\2"),
    (r"(?<![0-9:.])([0-9]{1,2})h(?![a-z0-9])", r"\1:00"),
    (r"(-[0-9]{1,2})-([0-9]{2})(?![0-9:])", r"\1:\2"),
    (r"(?<![0-9:])([0-9]{1,2})\s*-\s*([0-9]{1,2})(?![0-9:])", r"\1:00-\2:00"),
    (r"(?<=[A-Za-z>])[ \t]*:[ \t]*(?=[0-9])", " "),
    (r"[;\s]*;[;\s]*", "; "),
    (r"^[;,\s]+|[;,\s]+$", ""),
)
_HALF_DAY = re.compile(r"(?i)(?<![0-9:])([0-9]{1,2})(?::([0-9]{2}))?\s*([ap])\.?m\b\.?")


_CLOCK_TIME = re.compile(r"[0-9]{1,2}:[0-9]{2}")
_HOUR = re.compile(r"([0-9]{1,2}):[0-9]{2}")


def advised(
    text: str, error: PydanticCustomError, *, reads: Callable[[str], object]
) -> PydanticCustomError:
    """Return the error about hours that `reads` refuses, with what to write instead.

    An error about hours that were understood (they overlap, say) is returned as it is.
    """
    if error.type not in ("notation_invalid", "weekday_unknown", "clock_time_invalid"):
        return error
    for pattern, name, way_out in _LEFT_OUT:
        if re.search(pattern, text, re.IGNORECASE):
            said = f"hours {shown(text)} use {name}, which this notation leaves out"
            return fault("notation_unsupported", f"{said}; {_split(text) or way_out}")
    if len(text) <= _LONGEST and _means_it(text, spelt := _spelt(text)) and _is_read(spelt, reads):
        what = error.message().rpartition("; ")[0]
        return fault(error.type, f"{what}; write {spelt!r}")
    return error


def _split(text: str) -> str | None:
    """Return what to write here and elsewhere, if the text can be read as the notation means it."""
    if len(text) <= _LONGEST:
        with suppress(UnclearError, PydanticCustomError):
            return split_out(text)
    return None


def _means_it(text: str, spelt: str) -> bool:
    """Whether the times of a spelling are those of the text, and not another reading of them.

    '9-5' is from nine to five in the afternoon, so bare hours that do not run forward are none.
    """
    if _HALF_DAY.search(text) or _CLOCK_TIME.findall(text) == _CLOCK_TIME.findall(spelt):
        return True
    rules = [[int(hour) for hour in _HOUR.findall(rule)] for rule in spelt.split(";")]
    return all(hours == sorted(hours) for hours in rules)


def _is_read(text: str, reads: Callable[[str], object]) -> bool:
    with suppress(PydanticCustomError):
        reads(text)
        return True
    return False


def _spelt(text: str) -> str:
    """Return a text of the same meaning in the notation's spelling, as far as it can be told."""
    text = _HALF_DAY.sub(_on_24_hours, text)
    for pattern, written in _SPELT_OTHERWISE:
        text = re.sub(pattern, written, text)
    return re.sub(r"<(..).>", lambda name: name[1].capitalize(), text)


def _on_24_hours(match: re.Match[str]) -> str:
    hour, minute = int(match[1]), match[2] or "00"
    if not 1 <= hour <= 12:
        return match[0]
    return f"{hour % 12 + (12 if match[3] in 'pP' else 0):02d}:{minute}"
