"""Adding business hours: this library beside its peers, and with more and more special days."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import peers
from inputs import DESKS, SPANS, YEAR, Desk, instants
from report import Table, number, times
from timing import Job, Timing, asking, measure

from support_sla import Clock, HolidayCalendar, Schedule

if TYPE_CHECKING:
    from collections.abc import Iterator

MISSING = "not installed"

CENTURY = (2000, 2099)


def beside_peers(turns: int, count: int) -> Iterator[Table]:
    """Yield one table for each desk: microseconds a question, and times what this library takes."""
    for desk in DESKS:
        yield _one_desk(desk, turns, count)


def _one_desk(desk: Desk, turns: int, count: int) -> Table:
    built = {name: build(desk) for name, build in peers.ADDERS.items()}
    present = {name: adder for name, adder in built.items() if adder is not None}
    asked = instants(desk.zone, count)
    found: dict[str, dict[str, Timing]] = {}
    for label, span in SPANS.items():
        peers.agree(desk, present, asked, span)
        jobs = [
            Job(name, asking(each.call, map(each.instant, asked), each.amount(span)), count)
            for name, each in present.items()
        ]
        found[label] = measure(jobs, turns)
    table = Table(
        f"Adding business hours, {desk.hours} {desk.timezone}: µs a call",
        ("", *SPANS),
    )
    for name in built:
        if name in present:
            cells = [
                f"{number(timed[name].micros)} ({times(timed[name].micros / timed[peers.OURS].micros)})"
                for timed in found.values()
            ]
        else:
            cells = [MISSING] * len(SPANS)
        table.rows.append((name, *cells))
    inside = sum(map(desk.is_open, asked))
    table.notes = [
        (
            f"In brackets: times what `Clock.add` takes; {len(desk.holidays)} holidays over ten years; "
            f"{count} instants of {YEAR}, {inside} of them in opening hours."
        ),
        f"All {len(present)} gave the same {count * len(SPANS)} answers before they were timed.",
        "Turns x passes, by span: "
        + "; ".join(
            f"{name.split()[0]} {', '.join(timed[name].count for timed in found.values())}"
            for name in present
        )
        + ".",
    ]
    return table


def with_special_days(turns: int, count: int) -> Table:
    """Return what a question costs a clock with 0 to 20,000 special days."""
    desk = DESKS[1]
    asked = instants(desk.zone, count)
    spans = list(SPANS.items())[:2]
    clocks = {
        "none": _clock_with(desk, 0),
        "150 holidays": _clock_with(desk, 150),
        "2,000 holidays": _clock_with(desk, 2_000),
        "20,000 days with hours of their own": _clock_with(desk, 20_000, open="10:00-15:00"),
    }
    first, last = (dt.datetime(year, 6, 1, tzinfo=desk.zone) for year in CENTURY)
    jobs = []
    for name, clock in clocks.items():
        clock.between(first, last)  # compiles all hundred years before anything is timed
        for label, span in spans:
            jobs.append(Job(f"{name}, {label}", asking(clock.add, asked, span), count))
    timed = measure(jobs, turns)
    table = Table(
        f"`Clock.add` by special days, {desk.hours} {desk.timezone}: µs a call",
        ("special days", *(label for label, _ in spans)),
    )
    for name in clocks:
        cells = []
        for label, _ in spans:
            micros = timed[f"{name}, {label}"].micros
            ratio = micros / timed[f"none, {label}"].micros
            cells.append(f"{number(micros)} ({times(ratio)})")
        table.rows.append((name, *cells))
    table.notes = [
        (
            f"In brackets: times what it takes without special days; the days are spread over "
            f"{CENTURY[0]} to {CENTURY[1]}, and all these years were compiled before timing."
        ),
        (
            f"{count} instants of {YEAR}, min of {turns} turns of "
            f"{min(each.passes for each in timed.values())} passes or more."
        ),
    ]
    return table


def _clock_with(desk: Desk, count: int, **hours: str) -> Clock:
    """Return a clock with so many special days, spread evenly over a century."""
    start, days = dt.date(CENTURY[0], 1, 1), 36_524
    written = [
        {"date": start + dt.timedelta(days=at * days // count), "name": "special", **hours}
        for at in range(count)
    ]
    calendar = HolidayCalendar.model_validate({"years": CENTURY, "days": written})
    return Clock(Schedule(desk.hours), timezone=desk.timezone, calendars=[calendar])
