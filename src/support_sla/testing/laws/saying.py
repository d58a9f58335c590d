"""What a function under test has said: read, compared with the right answer, and put into words."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from support_sla.errors import SupportSlaError, shown
from support_sla.values.amounts.durations import format_duration
from support_sla.values.instants import read_instant, since_epoch
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
            return f"raised {type(self.value).__name__}: {self.value}"
        if isinstance(expected, dt.datetime) and self.value is not None:
            return _other_instant(expected, self.value)
        if type(expected) is type(self.value) and expected == self.value:
            return None
        if isinstance(expected, dt.timedelta) and isinstance(self.value, dt.timedelta):
            return f"says {said(self.value)}, {_beside(self.value - expected, 'more', 'less')}"
        return "says that there is none" if self.value is None else f"says {said(self.value)}"


def _other_instant(expected: dt.datetime, value: object) -> str | None:
    try:
        at = read_instant("that", value)  # type: ignore[arg-type]
    except SupportSlaError as error:
        return f"says {shown(value)}; {error}"
    if not (after := since_epoch(at) - since_epoch(expected)):
        return None
    return f"says {moment(at.astimezone(expected.tzinfo))}, {_beside(after, 'later', 'earlier')}"


def _beside(difference: dt.timedelta, more: str, less: str) -> str:
    return f"{format_duration(abs(difference))} {more if difference > NONE else less}"


def said(value: object) -> str:
    """Return an answer as a sentence has it."""
    if isinstance(value, dt.datetime) and value.tzinfo is not None:
        return moment(value)
    if isinstance(value, dt.timedelta):
        return format_duration(value) if value >= NONE else f"-{format_duration(-value)}"
    return shown(value)
