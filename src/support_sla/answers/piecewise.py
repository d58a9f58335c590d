"""Functions of the submission instant, in pieces of the form `max(t, lo) + offset`.

A piece waits for `lo` and then rises with the submission, so a line that is closed and then opens
needs one piece, not two. Pieces are closed on the left, as integers allow: a jump that happens
*just after* an instant begins a piece one unit later.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import NamedTuple, TypeAlias


class Piece(NamedTuple):
    """From submission `begin` on: `max(t, lo) + offset`; `lo` is None if no answer is known.

    `offset` is then 1 if it would stay unknown however many years were compiled, else 0.
    """

    begin: int
    lo: int | None
    offset: int

    def at(self, t: int) -> int | None:
        """Return the value for a submission at `t`."""
        return None if self.lo is None else max(t, self.lo) + self.offset


Pieces: TypeAlias = list[Piece]


def unknown(begin: int, *, for_ever: bool = False) -> Piece:
    """Return the piece whose value is not known from `begin` on."""
    return Piece(begin, None, int(for_ever))


def piece_at(pieces: Pieces, t: int) -> Piece:
    """Return the piece of a function at `t`, which its pieces must reach."""
    return pieces[bisect_right(pieces, t, key=_begin) - 1]


def at(pieces: Pieces, t: int) -> int | None:
    """Return the value of a function at `t`, which its pieces must reach."""
    return piece_at(pieces, t).at(t)


def clipped(pieces: Pieces, start: int, end: int) -> Pieces:
    """Return the pieces from `start` to before `end`; the first one begins at `start`."""
    if start >= end:
        return []
    first = bisect_right(pieces, start, key=_begin) - 1
    last = bisect_left(pieces, end, key=_begin)
    return [pieces[first]._replace(begin=start), *pieces[first + 1 : last]]


def first_past(pieces: Pieces, bound: int, start: int, end: int) -> int:
    """Return the first t from `start` to before `end` with f(t) > bound or unknown; else `end`.

    f must never fall between these bounds; one rule's own functions never do.
    """
    inside = clipped(pieces, start, end)
    stops = [*(piece.begin for piece in inside), end][1:]
    for piece, stop in zip(inside, stops, strict=True):
        if piece.lo is None:
            return piece.begin
        if max(stop - 1, piece.lo) + piece.offset > bound:
            if max(piece.begin, piece.lo) + piece.offset > bound:
                return piece.begin
            return bound - piece.offset + 1
    return end


def first_unknown(pieces: Pieces, start: int, end: int) -> int:
    """Return the first t from `start` to before `end` whose value is not known; else `end`."""
    return next((piece.begin for piece in clipped(pieces, start, end) if piece.lo is None), end)


def capped(pieces: Pieces, cap: int, end: int) -> Pieces:
    """Return min(f(t), cap) for t to before `end`, where the pieces never fall and cap >= t.

    What is not known at the beginning stays so; what is not known later lies past the cap.
    """
    begin = pieces[0].begin
    known = next((piece.begin for piece in pieces if piece.lo is not None), end)
    cut = first_past(pieces, cap, known, end)
    kept = clipped(pieces, begin, cut)
    return kept if cut == end else [*kept, Piece(cut, cap, 0)]


def _begin(piece: Piece) -> int:
    return piece.begin
