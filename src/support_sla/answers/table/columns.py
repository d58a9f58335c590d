"""`Columns`: the rows of an answer table while they are made, without an object for each."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from support_sla.answers.reigns import BEYOND
from support_sla.answers.table.rows import FOR_EVER, Functions, Row

if TYPE_CHECKING:
    from support_sla.answers.piecewise import Piece


class Columns:
    """The rows made so far, as the columns of an answer table; none repeats the formula before it."""

    __slots__ = (
        "begins",
        "due_after",
        "due_from",
        "earliest_after",
        "earliest_from",
        "rules",
        "starts_from",
    )

    def __init__(self) -> None:
        self.begins: list[int] = []
        self.rules: list[int] = []
        self.starts_from: list[int] = []
        self.earliest_from: list[int | None] = []
        self.earliest_after: list[int | None] = []
        self.due_from: list[int] = []
        self.due_after: list[int] = []

    def __iter__(self) -> Iterator[Row]:
        """Yield the rows in order."""
        first = (self.begins, self.rules, self.starts_from, self.earliest_from)
        rest = (self.earliest_after, self.due_from, self.due_after)
        return map(Row._make, zip(*first, *rest, strict=True))

    def by_name(self) -> dict[str, tuple[Any, ...]]:
        """Return the columns by the names that an answer table has for them."""
        return {name: tuple(getattr(self, name)) for name in self.__slots__}

    def add(  # noqa: PLR0913, PLR0917  the fields of `Row`, without making one
        self,
        begin: int,
        rule: int,
        starts_from: int,
        earliest_from: int | None,
        earliest_after: int | None,
        due_from: int,
        due_after: int,
    ) -> None:
        """Add a row, unless it gives what the one before would.

        It does with the same rule and amounts, if each wait is the same or has passed.
        """
        if (
            self.begins
            and self.due_after[-1] == due_after
            and self.rules[-1] == rule
            and self.earliest_after[-1] == earliest_after
        ):
            waits = (
                (self.starts_from[-1], starts_from),
                (self.earliest_from[-1] or 0, earliest_from or 0),
                (self.due_from[-1], due_from),
            )
            if all(one == two or max(one, two) <= begin for one, two in waits):
                return
        self.begins.append(begin)
        self.rules.append(rule)
        self.starts_from.append(starts_from)
        self.earliest_from.append(earliest_from)
        self.earliest_after.append(earliest_after)
        self.due_from.append(due_from)
        self.due_after.append(due_after)

    def told(self) -> Columns:
        """Return the rows as a finished table has them: what is never known is only not known."""
        if FOR_EVER not in self.rules:
            return self
        found = Columns()
        for row in self:
            found.add(*(row._replace(rule=BEYOND) if row.rule == FOR_EVER else row))
        return found

    def add_none(self, begin: int, rule: int) -> None:
        """Add a row without an answer; `rule` says why."""
        self.add(begin, rule, begin, None, None, begin, 0)

    def add_unknown(self, begin: int, *pieces: Piece) -> None:
        """Add a row of submissions whose answer is not known, because one of these is not."""
        for_ever = any(piece.lo is None and piece.offset for piece in pieces)
        self.add_none(begin, FOR_EVER if for_ever else BEYOND)

    def add_functions(self, rule: int, functions: Functions, begin: int, end: int) -> None:
        """Add the rows of one rule's functions, cut wherever one of them changes its piece."""
        starts, earliest, due = functions.starts, functions.promised_earliest(), functions.due
        at, s, e, d = begin, starts.place(begin), 0, due.place(begin)
        e_from, e_after, e_stop = None, None, end
        if earliest is not None:
            e = earliest.place(begin)
        while at < end:
            s_from, d_from = starts.los[s], due.los[d]
            if earliest is not None:
                e_from, e_after, e_stop = (
                    earliest.los[e],
                    earliest.offsets[e],
                    earliest.begins[e + 1],
                )
            if s_from is None or d_from is None or (earliest is not None and e_from is None):
                known = [f.piece(p) for f, p in ((starts, s), (due, d), (earliest, e)) if f]
                self.add_unknown(at, *known)
            else:
                self.add(at, rule, s_from, e_from, e_after, d_from, due.offsets[d])
            s_stop, d_stop = starts.begins[s + 1], due.begins[d + 1]
            at = min(s_stop, e_stop, d_stop)
            s += at == s_stop
            e += at == e_stop
            d += at == d_stop
