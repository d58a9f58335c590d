"""A promise turned into rows: every answer of some years as `max(t, from) + after`.

The rules' own functions come from `pieces`; here they are cut where another rule takes over, and
the three `crossing` readings are applied to whole pieces instead of to one submission.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from support_sla import pieces
from support_sla.overlap_rows import overlap
from support_sla.pieces import Piece
from support_sla.rows import NO_RULE, Functions, Row, Source, beyond, functions_of, zipped

if TYPE_CHECKING:
    from collections.abc import Iterator


def rows_of(source: Source) -> list[Row]:
    """Return the rows of a source, in order, none repeating what the one before already says."""
    used = {rule for rule in source.in_force if rule >= 0}
    functions = {rule: functions_of(source, source.rules[rule]) for rule in used}
    undercut = _undercuts(source, functions) if source.crossing == "in_order" else []
    rows: list[Row] = []
    for at, (begin, end) in enumerate(_stretches(source)):
        rule = source.in_force[at]
        if begin >= end:
            continue
        if rule < 0:
            rows.append(Row(begin, NO_RULE, begin, None, None, begin, 0))
        elif source.crossing == "overlap":
            rows += overlap(source, functions, at, begin, end)
        elif source.crossing == "in_order":
            rows += _in_order(functions, rule, undercut[at], begin, end)
        else:
            rows += zipped(rule, functions[rule], begin, end)
    return _coalesced(rows)


def _stretches(source: Source) -> Iterator[tuple[int, int]]:
    """Yield the part of each rule's stretch that the rows are made for; empty ones included."""
    for begin, end in zip(source.edges, (*source.edges[1:], source.timeline.end), strict=True):
        yield max(begin, source.start), min(end, source.end)


def _coalesced(rows: list[Row]) -> list[Row]:
    """Return the rows without those that go on with the formula of the one before."""
    kept = rows[:1]
    for row in rows[1:]:
        if not _goes_on(kept[-1], row):
            kept.append(row)
    return kept


def _goes_on(before: Row, row: Row) -> bool:
    """Whether `row` gives what `before` would: the same offsets, and the same or a passed wait."""
    if before.rule != row.rule or before.due_after != row.due_after:
        return False
    if before.earliest_after != row.earliest_after:
        return False
    waits = (
        (before.starts_from, row.starts_from),
        (before.earliest_from or 0, row.earliest_from or 0),
        (before.due_from, row.due_from),
    )
    begin = row.begin
    return all(one == two or max(one, two) <= begin for one, two in waits)


# --- in_order: the smallest due of any submission from t on ---


def _undercuts(source: Source, functions: dict[int, Functions]) -> list[tuple[int, int] | None]:
    """Return, by stretch, the smallest due at the beginning of a later stretch, and its rule.

    Within a stretch the due never falls, so only beginnings can undercut. Of equal ones the
    earliest is named.
    """
    found: list[tuple[int, int] | None] = []
    smallest: tuple[int, int] | None = None
    for edge, rule in zip(reversed(source.edges), reversed(source.in_force), strict=True):
        found.append(smallest)
        if rule >= 0 and edge >= source.start:
            due = pieces.at(functions[rule].due, edge)
            if due is not None and (smallest is None or due <= smallest[0]):
                smallest = due, rule
    return found[::-1]


def _in_order(
    functions: dict[int, Functions],
    rule: int,
    undercut: tuple[int, int] | None,
    begin: int,
    end: int,
) -> list[Row]:
    own = functions[rule]
    if undercut is None:
        return zipped(rule, own, begin, end)
    cap, other = undercut
    cut = pieces.first_past(own.due, cap, begin, end)
    rows = zipped(rule, own, begin, cut)
    if cut < end and pieces.at(own.due, cut) is None:
        return [*rows, beyond(cut)]
    if cut < end:
        horizon = pieces.first_unknown(own.due, cut, end)
        theirs = functions[other]
        earliest = None
        if theirs.earliest is not None:
            earliest = pieces.capped(pieces.clipped(theirs.earliest, cut, horizon), cap, horizon)
        rows += zipped(
            other,
            Functions(theirs.starts, earliest, [Piece(cut, cap, 0)], is_zero=False),
            cut,
            horizon,
        )
        if horizon < end:
            rows.append(beyond(horizon))
    return rows
