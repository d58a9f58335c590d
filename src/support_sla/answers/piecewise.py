"""Functions of the submission instant, in pieces of the form `max(t, lo) + offset`.

A piece waits for `lo` and then rises with the submission, so a line that is closed and then opens
needs one piece, not two. Pieces are closed on the left, as integers allow: a jump that happens
*just after* an instant begins a piece one unit later.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from typing import NamedTuple


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


@dataclass(frozen=True, slots=True)
class Pieces:
    """A function as the columns of its pieces, in order: ten years have thousands of them.

    They are lists for whoever makes the function, and change no more once it is made.
    """

    begins: list[int] = field(default_factory=list)
    los: list[int | None] = field(default_factory=list)
    offsets: list[int] = field(default_factory=list)

    @classmethod
    def of(cls, *pieces: Piece) -> Pieces:
        """Return the function of some pieces."""
        found = cls()
        for piece in pieces:
            found.add(*piece)
        return found

    def add(self, begin: int, lo: int | None, offset: int) -> None:
        """Add the next piece."""
        self.begins.append(begin)
        self.los.append(lo)
        self.offsets.append(offset)

    def extend(self, more: Pieces) -> None:
        """Add the pieces of another function."""
        self.begins.extend(more.begins)
        self.los.extend(more.los)
        self.offsets.extend(more.offsets)

    def place(self, t: int) -> int:
        """Return the place of the piece at `t`, which the pieces must reach."""
        return bisect_right(self.begins, t) - 1

    def piece(self, place: int) -> Piece:
        """Return the piece at a place."""
        return Piece(self.begins[place], self.los[place], self.offsets[place])

    def stop(self, place: int, end: int) -> int:
        """Return where the next piece begins; `end` if none does before."""
        return min(self.begins[place + 1], end) if place + 1 < len(self.begins) else end


def unknown(begin: int, *, for_ever: bool = False) -> Piece:
    """Return the piece whose value is not known from `begin` on."""
    return Piece(begin, None, int(for_ever))


def piece_at(pieces: Pieces, t: int) -> Piece:
    """Return the piece of a function at `t`, which its pieces must reach."""
    return pieces.piece(pieces.place(t))


def at(pieces: Pieces, t: int) -> int | None:
    """Return the value of a function at `t`, which its pieces must reach."""
    return piece_at(pieces, t).at(t)


def clipped(pieces: Pieces, start: int, end: int) -> Pieces:
    """Return the pieces from `start` to before `end`; the first one begins at `start`."""
    if start >= end:
        return Pieces()
    first, last = pieces.place(start), bisect_left(pieces.begins, end)
    begins = [start, *pieces.begins[first + 1 : last]]
    return Pieces(begins, pieces.los[first:last], pieces.offsets[first:last])


def first_past(pieces: Pieces, bound: int, start: int, end: int) -> int:
    """Return the first t from `start` to before `end` with f(t) > bound or unknown; else `end`.

    f must never fall between these bounds; one rule's own functions never do.
    """
    place, begin = pieces.place(start), start
    while begin < end:
        lo, offset, stop = pieces.los[place], pieces.offsets[place], pieces.stop(place, end)
        if lo is None:
            return begin
        if max(stop - 1, lo) + offset > bound:
            return begin if max(begin, lo) + offset > bound else bound - offset + 1
        place, begin = place + 1, stop
    return end


def first_unknown(pieces: Pieces, start: int, end: int) -> int:
    """Return the first t from `start` to before `end` whose value is not known; else `end`."""
    return _first(clipped(pieces, start, end), end, known=False)


def capped(pieces: Pieces, cap: int, end: int) -> Pieces:
    """Return min(f(t), cap) for t to before `end`, where the pieces never fall and cap >= t.

    What is not known at the beginning stays so; what is not known later lies past the cap.
    """
    cut = first_past(pieces, cap, _first(pieces, end, known=True), end)
    kept = clipped(pieces, pieces.begins[0], cut)
    if cut < end:
        kept.add(cut, cap, 0)
    return kept


def _first(pieces: Pieces, end: int, *, known: bool) -> int:
    """Return where the first piece begins that is known, or that is not; `end` if there is none."""
    both = zip(pieces.begins, pieces.los, strict=True)
    return next((begin for begin, lo in both if (lo is not None) == known), end)
