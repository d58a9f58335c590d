"""What strategies shrink to, and what they find, for every test of a strategy."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, TypeVar

from hypothesis import Phase, find, settings

if TYPE_CHECKING:
    from collections.abc import Callable

    from hypothesis import strategies as st

T = TypeVar("T")

SHRUNK = settings(
    derandomize=True, database=None, max_examples=1000, phases=[Phase.generate, Phase.shrink]
)
FOUND = settings(SHRUNK, phases=[Phase.generate], max_examples=5000)


def minimal(strategy: st.SearchStrategy[T]) -> T:
    """Return what a strategy shrinks to."""
    return find(strategy, lambda _: True, settings=SHRUNK)


@cache
def seen(_: st.SearchStrategy[T]) -> list[T]:
    """Return what searches of this strategy, the same object, came across; it only grows."""
    return []


def some(strategy: st.SearchStrategy[T], wanted: Callable[[T], bool]) -> T:
    """Return an example that is wanted, not shrunk; raises where none is found."""
    found = seen(strategy)

    def is_wanted(made: T) -> bool:
        found.append(made)
        return bool(wanted(made))

    known = next((made for made in found if wanted(made)), None)
    return find(strategy, is_wanted, settings=FOUND) if known is None else known
