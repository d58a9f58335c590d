"""Counts the cases of a claim and keeps the first that contradict it, until they are a `Figure`."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from figure import SHOWN, Figure

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass
class Tally:
    """A claim while it is tried."""

    claim: str
    cases: int = 0
    count: int = 0
    differences: list[str] = field(default_factory=list)

    def wrong(self, say: Callable[..., str], *facts: object) -> None:
        """Count a difference; `say(*facts)` is its sentence, asked for only if it will be shown."""
        self.count += 1
        if len(self.differences) < SHOWN:
            self.differences.append(say(*facts))

    def figure(self) -> Figure:
        """Return what was found; raises for a claim that no case tried."""
        return Figure(self.claim, self.cases, tuple(self.differences), self.count)
