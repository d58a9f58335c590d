"""Sets of half-open integer spans, sorted and disjoint: all hours are made with this algebra."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable

Span: TypeAlias = tuple[int, int]


def merge(spans: Iterable[Span]) -> list[Span]:
    """Return the union of any spans: sorted, disjoint, touching ones joined, empty ones gone.

    >>> merge([(5, 7), (0, 2), (2, 3), (4, 4)])
    [(0, 3), (5, 7)]
    """
    merged: list[Span] = []
    last = None
    for start, end in sorted(spans):
        if start >= end:
            continue
        if last is not None and start <= last:
            if end > last:
                merged[-1] = (merged[-1][0], end)
                last = end
        else:
            merged.append((start, end))
            last = end
    return merged


def subtract(spans: list[Span], cuts: list[Span]) -> list[Span]:
    """Return what is left of merged `spans` outside merged `cuts`.

    >>> subtract([(0, 10)], [(2, 3), (8, 12)])
    [(0, 2), (3, 8)]
    """
    if not cuts:
        return spans
    left: list[Span] = []
    index, count = 0, len(cuts)
    for span_start, end in spans:
        start = span_start
        while index < count and cuts[index][1] <= start:
            index += 1
        at = index
        while at < count and cuts[at][0] < end:
            if cuts[at][0] > start:
                left.append((start, cuts[at][0]))
            start = cuts[at][1]
            at += 1
        if start < end:
            left.append((start, end))
    return left
