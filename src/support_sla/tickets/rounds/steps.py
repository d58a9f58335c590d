"""The steps of a round: its life tiled by what is counted, what is not, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from support_sla.answers.compiled_line import asked_of
from support_sla.clock.wall_clock import WallClock, local_year
from support_sla.explain.reasons import shared, steps_from, time_of
from support_sla.explain.steps import Reason
from support_sla.explain.stretches import Stretch

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Sequence

    from support_sla.explain.steps import Step
    from support_sla.tickets.rounds.course import Part


def steps_of_parts(parts: Sequence[Part], zone: dt.tzinfo) -> tuple[Step, ...]:
    """Return the steps of a round, from its start to what stopped it or the instant asked about.

    Empty if that is one instant.
    """
    start, end = parts[0][0], parts[-1][1]
    wall = WallClock.of(zone, *(local_year(zone, at) for at in (start, max(start, end - 1))))
    return steps_from(_stretches(parts), wall, zone)


def _stretches(parts: Sequence[Part]) -> Iterator[Stretch]:
    for start, end, kind, names, leg in parts:
        if kind != "running":
            reasons = (Reason(kind, statuses=tuple(sorted(names))),)
            yield Stretch(start, end, counted=False, reasons=reasons)
            continue
        assert leg is not None, "a clock runs by a rule"
        target, question, counted_from = leg
        begin = min(max(start, counted_from), end)
        yield shared(start, begin)
        yield from time_of(asked_of(question), target, begin, end)
