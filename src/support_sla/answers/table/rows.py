"""Rows of an answer table, and how one rule's functions become rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from support_sla.answers.piecewise import Pieces, unknown
from support_sla.answers.promise import Answer

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

    `earliest` is not yet limited to the due instant; only a zero target needs that. A last piece
    begins where each function ends, so that every piece before has one after it.
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


def functions_of(source: TableInput, rule: int) -> Functions:
    """Return a rule's functions; `in_order` also asks for them at edges after the rows' end."""
    start = source.start
    end = source.known_to if source.crossing == "in_order" else source.end
    counting, is_all = source.rules.get(rule, (None, True))
    first, last = end, start
    if counting is not None:
        first, last = max(start, counting.timeline.start), min(end, counting.timeline.end)
    if counting is None or first >= last:
        nothing = Pieces.of(unknown(start, for_ever=is_all or start < first), unknown(end))
        return Functions(nothing, None, nothing, is_zero=False)

    def whole(known: Pieces) -> Pieces:
        found = Pieces.of(*([unknown(start, for_ever=True)] if start < first else ()))
        found.extend(known)
        if known.los[-1] is None:
            found.offsets[-1] = int(is_all)
        elif last < end:
            found.add(last, None, int(is_all))
        found.add(end, None, 0)
        return found

    earliest = counting.earliest_pieces(first, last)
    return Functions(
        whole(counting.starts_pieces(first, last)),
        None if earliest is None else whole(earliest),
        whole(counting.due_pieces(first, last)),
        counting.is_zero,
    )
