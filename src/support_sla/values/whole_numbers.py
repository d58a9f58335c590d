"""Whole numbers at the door: a float or a truth value decides no answer."""

from __future__ import annotations

from support_sla.errors import NotAnInstantError


def read_whole(name: str, value: int) -> int:
    """Return a whole number; raise `NotAnInstantError` for anything else.

    `name` is the caller's argument, for the message.
    """
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    raise NotAnInstantError.count(name, value)
