"""Placeholder until the reader is written."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from support_sla.special_day import SpecialDay


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed."""

    def special_days(self, first: int, last: int, zone: dt.tzinfo | None) -> tuple[SpecialDay, ...]:
        """Return days."""
        raise NotImplementedError


def read_feed(text: str, *, source: str) -> Feed:
    """Return the feed."""
    raise NotImplementedError
