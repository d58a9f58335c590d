"""What a function under test has said: read, compared with the right answer, and put into words."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from support_sla.errors import SupportSlaError, cut, shown
from support_sla.values.amounts.durations import format_duration
from support_sla.values.instants import plain_amount, read_instant, since_epoch
from support_sla.values.one_line import moment

if TYPE_CHECKING:
    from collections.abc import Callable

NONE = dt.timedelta(0)


@dataclass(frozen=True)
class Saying:
    """What a function returned for a question, or the exception it raised."""

    value: Any
    failed: bool = False

    @classmethod
    def of(cls, function: Callable[[Any], Any], question: object) -> Saying:
        """Ask a function, and take whatever comes."""
        try:
            return cls(function(question))
        except Exception as error:  # noqa: BLE001  whatever it is, it is no right answer
            return cls(error, failed=True)

    def contradicts(self, expected: object) -> str | None:
        """Return how it differs from what is right, after 'your function'; None if it does not.

        Instants are compared as instants, and may be ISO 8601 texts with an offset.
        """
        if self.failed:
            return f"raised {type(self.value).__name__}: {_one_line(self.value)}"
        if isinstance(expected, dt.datetime) and self.value is not None:
            return _other_instant(expected, self.value)
        if isinstance(expected, dt.timedelta) and isinstance(self.value, dt.timedelta):
            return _other_amount(expected, self.value)
        value = str.__str__(self.value) if isinstance(self.value, str) else self.value
        if type(expected) is type(value) and expected == value:
            return None
        return "says that there is none" if self.value is None else f"says {said(self.value)}"


def _other_instant(expected: dt.datetime, value: object) -> str | None:
    if not isinstance(value, (str, dt.datetime)):
        return f"says {said(value)}, which is no instant"
    try:
        at = read_instant("that", value)
    except SupportSlaError as error:
        return f"says {said(value)}; {error}"
    if not (after := since_epoch(at) - since_epoch(expected)):
        return None
    try:
        at = at.astimezone(expected.tzinfo)
    except OverflowError:  # too near the first or the last year for another zone
        return f"says {at.isoformat(' ')}"
    return f"says {moment(at)}, {_beside(after, 'later', 'earlier')}"


def _other_amount(expected: dt.timedelta, value: dt.timedelta) -> str | None:
    if getattr(value, "nanoseconds", 0):
        return f"says {_one_line(value)}, which has digits below the microsecond"
    amount = plain_amount(value)
    if amount == expected:
        return None
    return f"says {said(amount)}, {_beside(amount - expected, 'more', 'less')}"


def _one_line(value: object) -> str:
    """Return what a value shows of itself, on one line and not at length, whatever it does then."""
    try:
        text = str(value)
    except Exception:  # noqa: BLE001  it is the caller's, and what it is called is enough
        text = f"a {type(value).__name__} that cannot show itself"
    return cut(" ".join(text.split()), 200)


def _beside(difference: dt.timedelta, more: str, less: str) -> str:
    return f"{format_duration(abs(difference))} {more if difference > NONE else less}"


def said(value: object) -> str:
    """Return an answer as a sentence has it."""
    if isinstance(value, dt.datetime) and value.tzinfo is not None:
        return moment(value)
    if isinstance(value, dt.timedelta):
        return format_duration(value) if value >= NONE else f"-{format_duration(-value)}"
    try:
        return shown(value)
    except Exception:  # noqa: BLE001  as above
        return f"a {type(value).__name__} that cannot show itself"
