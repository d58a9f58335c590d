"""A promise turned into rows: every answer of some years as `max(t, from) + after`.

The rules' own functions come from `rows`; here they are cut where another rule takes over, and
the three `crossing` readings are applied to whole pieces instead of to one submission.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

from support_sla.answers import piecewise
from support_sla.answers.piecewise import Piece, Pieces
from support_sla.answers.reigns import BEYOND, NO_RULE
from support_sla.answers.table.columns import Columns
from support_sla.answers.table.rows import FOR_EVER, Functions, TableInput, functions_of

if TYPE_CHECKING:
    from collections.abc import Iterator


def rows_of(source: TableInput) -> Columns:
    """Return the rows of a source, in order; no row repeats the formula of the one before."""
    used = {rule for rule in source.in_force if rule != NO_RULE}
    functions = {rule: functions_of(source, rule) for rule in used}
    undercut = _undercuts(source, functions) if source.crossing == "in_order" else []
    places = _places(source) if source.crossing == "overlap" else {}
    rows = Columns()
    for at, (start, end) in enumerate(_stretches(source)):
        rule, begin = source.in_force[at], start
        if begin >= end:
            continue
        if rule == NO_RULE:
            rows.add_none(begin, NO_RULE)
            continue
        if rule not in source.rules:
            rows.add_none(begin, FOR_EVER)
            continue
        if begin < (opens := source.rules[rule].counting.timeline.start):
            rows.add_none(begin, FOR_EVER)
            begin = opens
        if begin >= end:
            continue
        if source.crossing == "overlap":
            _overlap(rows, source, functions, places, at, begin, end)
        elif source.crossing == "in_order":
            _in_order(rows, functions, rule, undercut[at], begin, end)
        else:
            rows.add_functions(rule, functions[rule], begin, end)
    return rows


def _stretches(source: TableInput) -> Iterator[tuple[int, int]]:
    """Yield the part of each rule's stretch that the rows are made for; empty ones included."""
    for begin, end in zip(source.edges, (*source.edges[1:], source.known_to), strict=True):
        yield max(begin, source.start), min(end, source.end)


# --- overlap: the latest due among the rules of the dates on which the clock ticks ---


def _overlap(  # noqa: PLR0913, PLR0917  where rows go, what they are made from, and which of them
    rows: Columns,
    source: TableInput,
    functions: dict[int, Functions],
    places: dict[int, list[int]],
    at: int,
    begin: int,
    end: int,
) -> None:
    """Add the rows of a stretch: its own rule's while due inside it, then the latest due's."""
    literal = source.in_force[at]
    own = functions[literal]
    inside = piecewise.first_past(own.due, _edge_after(source, at), begin, end)
    rows.add_functions(literal, own, begin, inside)
    if inside == end:
        return
    entries = _entries(source, places, own.due, at, begin, end)
    cuts = {inside, *(entry for entry, _ in entries if inside < entry < end)}
    leaves = _last_tick(source, own, at, inside, end)
    cuts |= {leaves} if inside < leaves < end else set()
    dues = {literal: own.due, **{rule: functions[rule].due for _, rule in entries}}
    for due in dues.values():
        pieces = piecewise.clipped(due, inside, end)
        cuts |= {t for t in (*pieces.begins, *pieces.los) if t is not None and inside < t < end}
    ordered = sorted(cuts)
    for start, stop in zip(ordered, [*ordered[1:], end], strict=True):
        ticking = [literal] if start < leaves else []
        ticking += [rule for entry, rule in entries if entry <= start and rule not in ticking]
        if piecewise.at(own.due, start) is None:
            rows.add_unknown(start, piecewise.piece_at(own.due, start))
            continue
        for rule, first, last in _latest(ticking or [literal], dues, start, stop, literal):
            if rule == BEYOND:
                late = (piecewise.piece_at(dues[each], start) for each in ticking or [literal])
                rows.add_unknown(first, *late)
            else:
                rows.add_functions(rule, functions[rule], first, last)


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


def _in_order(  # noqa: PLR0913, PLR0917  as above
    rows: Columns,
    functions: dict[int, Functions],
    rule: int,
    undercut: _Undercut,
    begin: int,
    end: int,
) -> None:
    """Add the rows of a stretch, each due the smallest of its own and those that undercut it."""
    own, cap, known_to = functions[rule], undercut.cap, undercut.known_to
    if cap is None or (known_to is not None and known_to < cap):
        cut = end if known_to is None else piecewise.first_past(own.due, known_to, begin, end)
        rows.add_functions(rule, own, begin, cut)
        if cut < end:
            theirs = undercut.unknown or piecewise.unknown(cut)
            rows.add_unknown(cut, piecewise.piece_at(own.due, cut), theirs)
        return
    cut = piecewise.first_past(own.due, cap, begin, end)
    rows.add_functions(rule, own, begin, cut)
    horizon = piecewise.first_unknown(own.due, cut, end)
    if cut < horizon:
        capped = _capped(functions[undercut.rule], cap, cut, horizon)
        rows.add_functions(undercut.rule, capped, cut, horizon)
    if horizon < end:
        rows.add_unknown(horizon, piecewise.piece_at(own.due, horizon))


def _capped(functions: Functions, cap: int, begin: int, end: int) -> Functions:
    """Return the functions of a rule whose first submission after `end` is due at `cap`, till then."""
    earliest = None
    if functions.earliest is not None:
        earliest = piecewise.capped(piecewise.clipped(functions.earliest, begin, end), cap, end)
        earliest.add(*piecewise.unknown(end))
    due = Pieces.of(Piece(begin, cap, 0), piecewise.unknown(end))
    return Functions(functions.starts, earliest, due, is_zero=False)
