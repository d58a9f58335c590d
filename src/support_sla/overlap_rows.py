"""`overlap`: the latest due among the rules of the dates on which the clock ticks, in rows."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from support_sla import pieces
from support_sla.rows import BEYOND, Functions, Row, Source, beyond, zipped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from support_sla.pieces import Pieces


def overlap(
    source: Source, functions: dict[int, Functions], at: int, begin: int, end: int
) -> list[Row]:
    """Return the rows of a stretch: its own rule's while its window stays inside, then the latest."""
    literal = source.in_force[at]
    own = functions[literal]
    inside = pieces.first_past(own.due, _edge_after(source, at), begin, end)
    rows = zipped(literal, own, begin, inside)
    if inside == end:
        return rows
    entries = _entries(source, own.due, at, begin, end)
    cuts = {inside, *(entry for entry, _ in entries if inside < entry < end)}
    leaves = _last_tick(source, own, at, inside, end)
    cuts |= {leaves} if inside < leaves < end else set()
    dues = {literal: own.due, **{rule: functions[rule].due for _, rule in entries}}
    for due in dues.values():
        for piece in pieces.clipped(due, inside, end):
            cuts |= {t for t in (piece.begin, piece.lo) if t is not None and inside < t < end}
    ordered = sorted(cuts)
    for start, stop in zip(ordered, [*ordered[1:], end], strict=True):
        ticking = [literal] if start < leaves else []
        ticking += [rule for entry, rule in entries if entry <= start and rule not in ticking]
        if pieces.at(own.due, start) is None:
            rows.append(beyond(start))
            continue
        for rule, first, last in _latest(ticking or [literal], dues, start, stop, literal):
            if rule == BEYOND:
                rows.append(beyond(first))
            else:
                rows += zipped(rule, functions[rule], first, last)
    return rows


def _edge_after(source: Source, at: int) -> int:
    return source.edges[at + 1] if at + 1 < len(source.edges) else source.timeline.end


def _entries(source: Source, due: Pieces, at: int, begin: int, end: int) -> list[tuple[int, int]]:
    """Return (t, rule): the first submission of the stretch whose window ticks in a later one."""
    rule = source.rules[source.in_force[at]]
    furthest = pieces.at(due, end - 1)
    found = []
    for later in range(at + 1, len(source.edges)):
        edge = source.edges[later]
        if furthest is not None and edge >= furthest:
            break
        ticks = source.timeline.next_open(edge) if rule.in_business_time else edge
        if ticks is None or ticks >= _edge_after(source, later) or source.in_force[later] < 0:
            continue
        # There is one: the last due lies past the edge, so past the first tick after it.
        entry = pieces.first_past(due, ticks, begin, end)
        found.append((entry, source.in_force[later]))
    return found


def _last_tick(source: Source, own: Functions, at: int, begin: int, end: int) -> int:
    """Return the first submission from `begin` whose window no longer ticks in its own stretch."""
    if not source.rules[source.in_force[at]].in_business_time:
        return end
    return pieces.first_past(own.starts, _edge_after(source, at) - 1, begin, end)


def _latest(
    rules: list[int], dues: dict[int, Pieces], start: int, stop: int, literal: int
) -> Iterator[tuple[int, int, int]]:
    """Yield (rule, from, to) of the latest due; inside the bounds each due is flat or rises by one.

    On a tie the submission's own rule is named, then the one whose date comes first. The latest
    flat one holds until the latest rising one passes it.
    """
    order = sorted(rules, key=lambda rule: rule != literal)
    flat: tuple[int, int] | None = None  # (value, place in the order)
    rising: tuple[int, int] | None = None  # (offset, place in the order)
    for place, rule in enumerate(order):
        piece = dues[rule][bisect_right(dues[rule], start, key=lambda piece: piece.begin) - 1]
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
