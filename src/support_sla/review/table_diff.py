"""Where two answer tables differ: exact spans of submissions, in microseconds.

Between two breakpoints every instant of an answer is constant or rises with the submission. So a
difference changes its slope only where a wait ends, and its sign only there or where an instant
that rises meets one that is constant; cut at these, its extremes lie at the ends of a piece.
"""

from __future__ import annotations

from bisect import bisect_right
from itertools import pairwise
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

from support_sla.answers.reigns import NO_RULE
from support_sla.answers.table.rows import Row

if TYPE_CHECKING:
    from collections.abc import Iterator

    from support_sla.answers.promise import Answer
    from support_sla.answers.table.table import AnswerTable

DifferenceKind: TypeAlias = Literal["later", "earlier", "other", "only_old", "only_new"]

Answers: TypeAlias = "tuple[Answer | None, Answer | None]"
"""What the old and the new version answer to one submission."""

_NOTHING = Row(0, NO_RULE, 0, None, None, 0, 0)
"""The row of a version without the line or the priority."""


class DifferentSpan(NamedTuple):
    """Submissions from `begin` to before `end`, whose answers differ in one kind.

    Their due moves by `smallest` to `largest`, compared by size and written as new minus old, and
    `worst` is the first that moves by `largest`. Both are 0 if one version has no answer.
    """

    begin: int
    end: int
    kind: DifferenceKind
    smallest: int
    largest: int
    worst: int

    @classmethod
    def of(cls, begin: int, end: int, first: Answers, last: Answers) -> DifferentSpan | None:
        """Return the span whose first and last submission get these answers; None if alike."""
        kind = _kind(*first)
        if kind is None:
            return None
        moves = [(_moved(*first), begin), (_moved(*last), end - 1)]
        largest, worst = max(moves, key=_size)
        return cls(begin, end, kind, min(moves, key=_size)[0], largest, worst)

    def joined(self, after: DifferentSpan) -> DifferentSpan:
        """Return this span together with the one right after it."""
        most = after if abs(after.largest) > abs(self.largest) else self
        smallest = min(self.smallest, after.smallest, key=abs)
        return most._replace(begin=self.begin, end=after.end, smallest=smallest)


def spans(
    old: AnswerTable | None, new: AnswerTable | None, start: int, end: int
) -> Iterator[DifferentSpan]:
    """Yield the spans that two tables in microseconds answer differently, each as long as possible.

    Both tables must reach from `start` to `end`; None is a version without any answer.
    """
    found: DifferentSpan | None = None
    for piece in _pieces(old, new, start, end):
        if found and (found.end, found.kind) == (piece.begin, piece.kind):
            found = found.joined(piece)
            continue
        if found:
            yield found
        found = piece
    if found:
        yield found


def _pieces(
    old: AnswerTable | None, new: AnswerTable | None, start: int, end: int
) -> Iterator[DifferentSpan]:
    begins = {at for table in (old, new) if table for at in table.begins if start < at < end}
    for begin, stop in pairwise([start, *sorted(begins), end]):
        one, two = _row(old, begin), _row(new, begin)
        if one[2:] == two[2:] and (one.rule < 0) == (two.rule < 0):
            continue  # the usual case: another version rarely changes everything
        for at, until in pairwise([begin, *_cuts(one, two, begin, stop), stop]):
            first = one.answer(at), two.answer(at)
            last = one.answer(until - 1), two.answer(until - 1)
            piece = DifferentSpan.of(at, until, first, last)
            if piece:
                yield piece


def _row(table: AnswerTable | None, at: int) -> Row:
    return _NOTHING if table is None else table.row(bisect_right(table.begins, at) - 1)


def _cuts(one: Row, two: Row, begin: int, stop: int) -> list[int]:
    """Return where between `begin` and `stop` a difference may change its slope or its sign.

    max(t, a) + b and max(t, c) + d bend at a and c; a rising one meets a constant one only at
    t = a + b - d or c + d - b, and they are equal there for one microsecond.
    """
    found: set[int] = set()
    for (a, b), (c, d) in zip(_instants(one), _instants(two), strict=True):
        meets = (a + b - d, c + d - b)
        found.update((a, c, *meets, *(at + 1 for at in meets)))
    return sorted(at for at in found if begin < at < stop)


def _instants(row: Row) -> tuple[tuple[int, int], ...]:
    """Return the wait and the amount of each instant.

    Both are 0 without an earliest answer: that only adds cuts, and more cuts do no harm.
    """
    earliest = row.earliest_from or 0, row.earliest_after or 0
    return (row.starts_from, 0), earliest, (row.due_from, row.due_after)


def _kind(old: Answer | None, new: Answer | None) -> DifferenceKind | None:
    if old is None or new is None:
        return None if old is new else "only_new" if old is None else "only_old"
    if old.due_at != new.due_at:
        return "later" if new.due_at > old.due_at else "earlier"
    same = (old.starts_at, old.earliest_at) == (new.starts_at, new.earliest_at)
    return None if same else "other"


def _moved(old: Answer | None, new: Answer | None) -> int:
    return 0 if old is None or new is None else new.due_at - old.due_at


def _size(move: tuple[int, int]) -> int:
    return abs(move[0])
