"""Small strategies made once and kept: making one costs more than drawing from it."""

from __future__ import annotations

import datetime as dt
from functools import cache
from itertools import count
from math import gcd
from typing import TYPE_CHECKING, TypeVar

from hypothesis import strategies as st

if TYPE_CHECKING:
    from collections.abc import Hashable

T = TypeVar("T", bound="Hashable")

YES_OR_NO = st.booleans()
ONE_IN_4 = st.integers(0, 3).map(lambda turn: turn == 3)
ONE_IN_8 = st.integers(0, 7).map(lambda turn: turn == 7)
ONE_IN_16 = st.integers(0, 15).map(lambda turn: turn == 15)


@cache
def one_of(choices: tuple[T, ...]) -> st.SearchStrategy[T]:
    """Generate one of some choices; shrinks to the first."""
    return st.sampled_from(choices)


@cache
def some_of(choices: tuple[T, ...], *, most: int = 3) -> st.SearchStrategy[list[T]]:
    """Generate lists of one choice or a few, each once, in any order; shrinks to the first."""
    return st.lists(st.sampled_from(choices), min_size=1, max_size=most, unique=True)


@cache
def up_to(most: int, least: int = 0) -> st.SearchStrategy[int]:
    """Generate whole numbers from `least` to `most`, both included; shrinks to `least`."""
    return st.integers(least, most)


@cache
def spread(most: int) -> st.SearchStrategy[int]:
    """Generate whole numbers from 0 to `most`, all as often; shrinks to 0.

    Hypothesis draws a third of its whole numbers from the first thousand or so. Multiplied by a number
    that shares no factor with how many there are, each still comes once, and small ones lie far apart.
    """
    size = most + 1
    step = next(each for each in count(size * 618 // 1000 + 1) if gcd(each, size) == 1)
    return st.integers(0, most).map(lambda drawn: drawn * step % size)


@cache
def dates(first_year: int, last_year: int) -> st.SearchStrategy[dt.date]:
    """Generate dates of some years, all as often; shrinks to the first."""
    first = dt.date(first_year, 1, 1).toordinal()
    last = dt.date(last_year, 12, 31).toordinal()
    return spread(last - first).map(lambda day: dt.date.fromordinal(first + day))
