"""What a proof tells: a claim, how many cases were tried, and every case that went wrong."""

from __future__ import annotations

from dataclasses import dataclass

SHOWN = 10
"""How many differences of a claim are shown; all are counted."""


@dataclass(frozen=True)
class Figure:
    """A claim tried on `cases` cases; `differences` are the first that contradict it, as sentences.

    `count` is how many contradict it in all. `explained` are those that another library's rules account
    for: they are listed by name and are no fault.
    """

    claim: str
    cases: int
    differences: tuple[str, ...] = ()
    count: int = 0
    explained: int = 0

    def __post_init__(self) -> None:
        """Refuse a proof of nothing, and differences that are shown but not counted."""
        if self.cases <= 0:
            message = f"{self.claim}: no case was tried"
            raise ValueError(message)
        if len(self.differences) > self.count:
            message = (
                f"{self.claim}: {len(self.differences)} differences shown, {self.count} counted"
            )
            raise ValueError(message)
