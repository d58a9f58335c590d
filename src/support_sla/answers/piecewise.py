"""Functions of the submission instant, in pieces that each read `max(t, lo) + offset`.

A piece waits for `lo` and then rises with the submission, so a line that is closed and then opens
needs one piece, not two. Pieces are closed on the left, as integers allow: a jump that happens
*just after* an instant begins a piece one unit later.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from support_sla.clock.timeline import Timeline


class Piece(NamedTuple):
    """From submission `begin` on: `max(t, lo) + offset`; `lo` None where no answer is known."""

    begin: int
    lo: int | None
    offset: int

    def at(self, t: int) -> int | None:
        """Return the value for a submission at `t`."""
        return None if self.lo is None else max(t, self.lo) + self.offset


Pieces: TypeAlias = list[Piece]


def unknown(begin: int) -> Piece:
    """Return the piece of which nothing is known from `begin` on."""
    return Piece(begin, None, 0)


def waiting(timeline: Timeline, start: int, end: int) -> Pieces:
    """Return the earliest open instant at or after t, for t from `start` to before `end`."""
    found = []
    index, begin = bisect_right(timeline.closes, start), start
    while begin < end:
        if index == len(timeline.opens):
            found.append(unknown(begin))
            break
        found.append(Piece(begin, timeline.opens[index], 0))
        begin = timeline.closes[index]
        index += 1
    return found


def later(amount: int, start: int, end: int, last: int) -> Pieces:
    """Return t + amount, for t from `start` to before `end`, unknown where it lies past `last`."""
    known = [Piece(start, start, amount)]
    past = max(last - amount + 1, start)
    return [*known, unknown(past)] if past < end else known


def advancing(timeline: Timeline, amount: int, start: int, end: int) -> Pieces:
    """Return the earliest u with F(u) - F(t) >= amount (amount > 0), for t from `start` to `end`.

    For t from the closing before segment i up to its own closing, F(t) is that of max(t, open i).
    The reading wanted, F(t) + amount, lies in some segment j; it moves on to the next one just
    after t reaches the instant at which it equals the total of j. At the closing of i the pieces of
    i and of i + 1 agree, so either may own that instant.
    """
    opens, closes, totals = timeline.opens, timeline.closes, timeline.totals
    found: Pieces = []
    index, begin = bisect_right(closes, start), start
    while begin < end:
        if index == len(opens):
            found.append(unknown(begin))
            return found
        opening, closing = opens[index], closes[index]
        wanted = totals[index] - (closing - opening) + amount  # at the opening
        target = bisect_left(totals, wanted + max(begin - opening, 0))
        while begin < min(closing, end):
            if target == len(opens):
                found.append(unknown(begin))
                return found
            lands = closes[target] - (totals[target] - wanted)
            found.append(Piece(begin, opening, lands - opening))
            begin = opening + (totals[target] - wanted) + 1
            target += 1
        begin = closing
        index += 1
    return found


def at(pieces: Pieces, t: int) -> int | None:
    """Return the value of a function at `t`, which its pieces must reach."""
    return pieces[bisect_right(pieces, t, key=_begin) - 1].at(t)


def clipped(pieces: Pieces, start: int, end: int) -> Pieces:
    """Return the pieces from `start` to before `end`, the first one beginning there."""
    if len(pieces) == 1:
        return [Piece(start, pieces[0].lo, pieces[0].offset)] if start < end else []
    first = bisect_right(pieces, start, key=_begin) - 1
    last = bisect_left(pieces, end, key=_begin)
    if last <= first:
        return []
    return [Piece(start, pieces[first].lo, pieces[first].offset), *pieces[first + 1 : last]]


def first_past(pieces: Pieces, bound: int, start: int, end: int) -> int:
    """Return the first t from `start` to before `end` with f(t) > bound or unknown; else `end`.

    f never falls inside these bounds, which holds for one rule's own functions.
    """
    inside = clipped(pieces, start, end)
    for piece, following in zip(inside, [*inside[1:], None], strict=True):
        if piece.lo is None:
            return piece.begin
        stop = following.begin if following else end
        if max(stop - 1, piece.lo) + piece.offset > bound:
            if max(piece.begin, piece.lo) + piece.offset > bound:
                return piece.begin
            return bound - piece.offset + 1
    return end


def first_unknown(pieces: Pieces, start: int, end: int) -> int:
    """Return the first t from `start` to before `end` whose value is not known; else `end`."""
    return next((piece.begin for piece in clipped(pieces, start, end) if piece.lo is None), end)


def capped(pieces: Pieces, cap: int, end: int) -> Pieces:
    """Return min(f(t), cap) for pieces that never fall and reach to before `end`; cap >= t there."""
    cut = first_past(pieces, cap, pieces[0].begin, end)
    kept = clipped(pieces, pieces[0].begin, cut)
    return kept if cut == end else [*kept, Piece(cut, cap, 0)]


def _begin(piece: Piece) -> int:
    return piece.begin
