"""Rows of an answer table, and how one rule's functions become rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from support_sla.answers.piecewise import Piece, Pieces, clipped, unknown
from support_sla.answers.promise import Answer
from support_sla.answers.reigns import BEYOND

if TYPE_CHECKING:
    from support_sla.answers.counting.counting import Counting

FOR_EVER = -3
"""As `BEYOND`, and more years would not help; a finished table has `BEYOND` instead."""


class Row(NamedTuple):
    """The answers to all submissions from `begin` to the next row's.

    starts_at = max(t, starts_from); earliest_at = max(t, earliest_from) + earliest_after, or None
    if these are None; due_at = max(t, due_from) + due_after.
    """

    begin: int
    rule: int
    starts_from: int
    earliest_from: int | None
    earliest_after: int | None
    due_from: int
    due_after: int

    def answer(self, at: int) -> Answer | None:
        """Return the answer to a submission of this row; None if there is none, or none known."""
        if self.rule < 0:
            return None
        earliest = self.earliest_from
        return Answer(
            max(at, self.starts_from),
            None if earliest is None else max(at, earliest) + (self.earliest_after or 0),
            max(at, self.due_from) + self.due_after,
            self.rule,
        )


@dataclass(frozen=True, slots=True)
class Functions:
    """What one rule gives a submission at t, as if it were always in force.

    `earliest` is not yet limited to the due instant; only a zero target needs that.
    """

    starts: Pieces
    earliest: Pieces | None
    due: Pieces
    is_zero: bool

    def promised_earliest(self) -> Pieces | None:
        """Return the earliest instant promised beside the rule's own due."""
        return self.due if self.is_zero and self.earliest is not None else self.earliest


class Known(NamedTuple):
    """How a rule is counted in a table's unit; `is_all` if more years would not help."""

    counting: Counting
    is_all: bool


@dataclass(frozen=True, slots=True)
class TableInput:
    """What rows are made from; every number in the table's unit.

    `edges` and `in_force` give the rule by submission, as in `Reigns`, up to `known_to`, after
    which nothing is known; `rules` are those that reign and have known hours. Rows are made from
    `start` to before `end`.
    """

    rules: dict[int, Known]
    crossing: str
    edges: tuple[int, ...]
    in_force: tuple[int, ...]
    start: int
    end: int
    known_to: int


NOTHING = unknown(0, for_ever=True)


def functions_of(source: TableInput, rule: int) -> Functions:
    """Return a rule's functions; `in_order` also asks for them at edges after the rows' end."""
    start = source.start
    end = source.known_to if source.crossing == "in_order" else source.end
    known = source.rules.get(rule)
    if known is None:
        nothing = [NOTHING._replace(begin=start)]
        return Functions(nothing, None, nothing, is_zero=False)
    counting = known.counting
    first, last = max(start, counting.timeline.start), min(end, counting.timeline.end)

    def pieces(of: Pieces | None) -> Pieces:
        found = [unknown(start, for_ever=True)] if start < first else []
        for piece in of or ():
            if piece.lo is None:
                found.append(unknown(piece.begin, for_ever=known.is_all))
            else:
                found.append(piece)
        if last < end and (not found or found[-1].lo is not None):
            found.append(unknown(max(first, last), for_ever=known.is_all))
        return found

    if first >= last:
        nothing = pieces(None)
        return Functions(nothing, None, nothing, is_zero=False)
    earliest = counting.earliest_pieces(first, last)
    return Functions(
        pieces(counting.starts_pieces(first, last)),
        None if earliest is None else pieces(earliest),
        pieces(counting.due_pieces(first, last)),
        counting.is_zero,
    )


def zipped(rule: int, functions: Functions, begin: int, end: int) -> list[Row]:
    """Return the rows of one rule's functions, cut wherever one of them changes its piece."""
    found: list[Row] = []
    starts = clipped(functions.starts, begin, end)
    due = clipped(functions.due, begin, end)
    promised = functions.promised_earliest()
    earliest = clipped(promised, begin, end) if promised else [None]
    at_start = at_earliest = at_due = 0
    at = begin
    while at < end:
        s, e, d = starts[at_start], earliest[at_earliest], due[at_due]
        if s.lo is None or d.lo is None or (e is not None and e.lo is None):
            known = [piece for piece in (s, d, e) if piece is not None]
            found.append(beyond(at, known))
        else:
            e_from, e_after = (None, None) if e is None else (e.lo, e.offset)
            found.append(Row(at, rule, s.lo, e_from, e_after, d.lo, d.offset))
        next_start = starts[at_start + 1].begin if at_start + 1 < len(starts) else end
        next_due = due[at_due + 1].begin if at_due + 1 < len(due) else end
        following = earliest[at_earliest + 1] if at_earliest + 1 < len(earliest) else None
        next_earliest = following.begin if following else end
        at = min(next_start, next_earliest, next_due)
        at_start += at == next_start
        at_earliest += at == next_earliest
        at_due += at == next_due
    return found


def beyond(begin: int, pieces: list[Piece]) -> Row:
    """Return the row of submissions whose answer is not known, because one of these is not."""
    for_ever = any(piece.lo is None and piece.offset for piece in pieces)
    return Row(begin, FOR_EVER if for_ever else BEYOND, begin, None, None, begin, 0)
