"""A promise turned into rows: every answer of some years as `max(t, from) + after`.

The rules' own functions come from `rows`; here they are cut where another rule takes over, and
the three `crossing` readings are applied to whole pieces instead of to one submission.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

from support_sla.answers import piecewise
from support_sla.answers.piecewise import Piece
from support_sla.answers.reigns import BEYOND, NO_RULE
from support_sla.answers.table.rows import (
    FOR_EVER,
    Functions,
    Row,
    TableInput,
    beyond,
    functions_of,
    zipped,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from support_sla.answers.piecewise import Pieces


def rows_of(source: TableInput) -> list[Row]:
    """Return the rows of a source, in order; no row repeats the formula of the one before."""
    used = {rule for rule in source.in_force if rule != NO_RULE}
    functions = {rule: functions_of(source, rule) for rule in used}
    undercut = _undercuts(source, functions) if source.crossing == "in_order" else []
    places = _places(source)
    rows: list[Row] = []
    for at, (start, end) in enumerate(_stretches(source)):
        rule, begin = source.in_force[at], start
        if rule in source.rules and begin < (opens := source.rules[rule].counting.timeline.start):
            begin = min(opens, end)
            rows += [Row(start, FOR_EVER, start, None, None, start, 0)] if start < begin else []
        if begin >= end:
            continue
        if rule == NO_RULE:
            rows.append(Row(begin, NO_RULE, begin, None, None, begin, 0))
        elif rule not in source.rules:
            rows.append(Row(begin, FOR_EVER, begin, None, None, begin, 0))
        elif source.crossing == "overlap":
            rows += _overlap(source, functions, places, at, begin, end)
        elif source.crossing == "in_order":
            rows += _in_order(functions, rule, undercut[at], begin, end)
        else:
            rows += zipped(rule, functions[rule], begin, end)
    return coalesced(rows)


def _stretches(source: TableInput) -> Iterator[tuple[int, int]]:
    """Yield the part of each rule's stretch that the rows are made for; empty ones included."""
    for begin, end in zip(source.edges, (*source.edges[1:], source.known_to), strict=True):
        yield max(begin, source.start), min(end, source.end)


def coalesced(rows: list[Row]) -> list[Row]:
    """Return the rows without those that repeat the formula of the one before."""
    kept = rows[:1]
    for row in rows[1:]:
        if not _goes_on(kept[-1], row):
            kept.append(row)
    return kept


def _goes_on(before: Row, row: Row) -> bool:
    """Whether `row` gives what `before` would: the same amounts, and the same or passed waits."""
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


# --- overlap: the latest due among the rules of the dates on which the clock ticks ---


def _overlap(  # noqa: PLR0913, PLR0917  what rows are made from, and which of them
    source: TableInput,
    functions: dict[int, Functions],
    places: dict[int, list[int]],
    at: int,
    begin: int,
    end: int,
) -> list[Row]:
    """Return the rows of a stretch: its own rule's while due inside it, then the latest due's."""
    literal = source.in_force[at]
    own = functions[literal]
    inside = piecewise.first_past(own.due, _edge_after(source, at), begin, end)
    rows = zipped(literal, own, begin, inside)
    if inside == end:
        return rows
    entries = _entries(source, places, own.due, at, begin, end)
    cuts = {inside, *(entry for entry, _ in entries if inside < entry < end)}
    leaves = _last_tick(source, own, at, inside, end)
    cuts |= {leaves} if inside < leaves < end else set()
    dues = {literal: own.due, **{rule: functions[rule].due for _, rule in entries}}
    for due in dues.values():
        for piece in piecewise.clipped(due, inside, end):
            cuts |= {t for t in (piece.begin, piece.lo) if t is not None and inside < t < end}
    ordered = sorted(cuts)
    for start, stop in zip(ordered, [*ordered[1:], end], strict=True):
        ticking = [literal] if start < leaves else []
        ticking += [rule for entry, rule in entries if entry <= start and rule not in ticking]
        if piecewise.at(own.due, start) is None:
            rows.append(beyond(start, [piecewise.piece_at(own.due, start)]))
            continue
        for rule, first, last in _latest(ticking or [literal], dues, start, stop, literal):
            if rule == BEYOND:
                pieces = [piecewise.piece_at(dues[each], start) for each in ticking or [literal]]
                rows.append(beyond(first, pieces))
            else:
                rows += zipped(rule, functions[rule], first, last)
    return rows


def _edge_after(source: TableInput, at: int) -> int:
    return source.edges[at + 1] if at + 1 < len(source.edges) else source.known_to


def _places(source: TableInput) -> dict[int, list[int]]:
    """Return the stretches of each rule, in order."""
    found: dict[int, list[int]] = {}
    for at, rule in enumerate(source.in_force):
        if rule != NO_RULE:
            found.setdefault(rule, []).append(at)
    return found


def _entries(  # noqa: PLR0913, PLR0917  as above
    source: TableInput, places: dict[int, list[int]], due: Pieces, at: int, begin: int, end: int
) -> list[tuple[int, int]]:
    """Return (t, rule): the first submission whose clock ticks in a later stretch of each rule.

    In the order of those stretches. A rule's further stretches come in later, so they add nothing.
    """
    counting = source.rules[source.in_force[at]].counting
    furthest = piecewise.at(due, end - 1)
    found: list[tuple[int, int, int]] = []
    for rule, stretches in places.items():
        for place in range(bisect_right(stretches, at), len(stretches)):
            later = stretches[place]
            edge = source.edges[later]
            if furthest is not None and edge >= furthest:
                break
            ticks = counting.starts(edge)
            if ticks is not None and ticks < _edge_after(source, later):
                # Such a t exists: the last due lies past the edge, so past the first tick after it.
                found.append((later, piecewise.first_past(due, ticks, begin, end), rule))
                break
    return [(entry, rule) for _, entry, rule in sorted(found)]


def _last_tick(source: TableInput, own: Functions, at: int, begin: int, end: int) -> int:
    """Return the first submission from `begin` whose clock no longer ticks in its own stretch."""
    return piecewise.first_past(own.starts, _edge_after(source, at) - 1, begin, end)


def _latest(
    rules: list[int], dues: dict[int, Pieces], start: int, stop: int, literal: int
) -> Iterator[tuple[int, int, int]]:
    """Yield (rule, from, to) of the latest due; inside the bounds each due is flat or rises by one.

    On a tie the submission's own rule is named, then the one whose date comes first. The latest
    flat due holds until the latest rising due passes it.
    """
    order = sorted(rules, key=lambda rule: rule != literal)
    flat: tuple[int, int] | None = None  # (value, place in the order)
    rising: tuple[int, int] | None = None  # (offset, place in the order)
    for place, rule in enumerate(order):
        piece = piecewise.piece_at(dues[rule], start)
        if piece.lo is None:
            yield BEYOND, start, stop
            return
        if piece.lo <= start:
            rising = rising if rising and rising[0] >= piece.offset else (piece.offset, place)
        else:
            value = piece.lo + piece.offset
            flat = flat if flat and flat[0] >= value else (value, place)
    passes = start
    if flat and rising:
        passes = flat[0] - rising[0] + (rising[1] > flat[1])
    elif flat:
        passes = stop
    passes = min(max(passes, start), stop)
    if flat and start < passes:
        yield order[flat[1]], start, passes
    if rising and passes < stop:
        yield order[rising[1]], passes, stop


# --- in_order: the smallest due of any submission from t on ---


class _Undercut(NamedTuple):
    """What later stretches do to the dues of one: the smallest due at their beginnings, by its rule.

    A due after `known_to` may be undercut by one that is not known; `unknown` says why it is not.
    """

    cap: int | None
    rule: int
    known_to: int | None
    unknown: Piece | None


def _undercuts(source: TableInput, functions: dict[int, Functions]) -> list[_Undercut]:
    """Return, by stretch, what undercuts it.

    Within a stretch the due never falls, so only beginnings can undercut. Of equal ones the
    earliest is named.
    """
    found: list[_Undercut] = []
    after = _Undercut(None, NO_RULE, None, None)
    for edge, rule in zip(reversed(source.edges), reversed(source.in_force), strict=True):
        found.append(after)
        if rule == NO_RULE or edge < source.start:
            continue
        piece = piecewise.piece_at(functions[rule].due, edge)
        due = piece.at(edge)
        if due is None:
            known = source.rules.get(rule)
            timeline = known.counting.timeline if known else None
            is_in = timeline is not None and timeline.start <= edge < timeline.end
            known_to = timeline.end if timeline and is_in else edge
            if after.known_to is None or known_to < after.known_to:
                after = after._replace(known_to=known_to, unknown=piece)
        elif after.cap is None or due <= after.cap:
            after = after._replace(cap=due, rule=rule)
    return found[::-1]


def _in_order(
    functions: dict[int, Functions], rule: int, undercut: _Undercut, begin: int, end: int
) -> list[Row]:
    """Return the rows of a stretch, each due the smallest of its own and those that undercut it."""
    own, cap, known_to = functions[rule], undercut.cap, undercut.known_to
    if cap is None or (known_to is not None and known_to < cap):
        if known_to is None:
            return zipped(rule, own, begin, end)
        cut = piecewise.first_past(own.due, known_to, begin, end)
        rows = zipped(rule, own, begin, cut)
        pieces = [piecewise.piece_at(own.due, cut), undercut.unknown or piecewise.unknown(cut)]
        return [*rows, beyond(cut, pieces)] if cut < end else rows
    cut = piecewise.first_past(own.due, cap, begin, end)
    rows = zipped(rule, own, begin, cut)
    if cut < end and piecewise.at(own.due, cut) is None:
        return [*rows, beyond(cut, [piecewise.piece_at(own.due, cut)])]
    if cut < end:
        horizon = piecewise.first_unknown(own.due, cut, end)
        theirs = functions[undercut.rule]
        earliest = None
        if theirs.earliest is not None:
            earliest = piecewise.capped(
                piecewise.clipped(theirs.earliest, cut, horizon), cap, horizon
            )
        rows += zipped(
            undercut.rule,
            Functions(theirs.starts, earliest, [Piece(cut, cap, 0)], is_zero=False),
            cut,
            horizon,
        )
        if horizon < end:
            rows.append(beyond(horizon, [piecewise.piece_at(own.due, horizon)]))
    return rows
