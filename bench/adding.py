"""Adding business hours: this library beside its peers, and with more and more special days."""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import TYPE_CHECKING, Any

import peers
from inputs import AN_HOUR, DESKS, SPANS, YEAR, Desk, instants
from report import Table, number, times
from support_sla import Clock, HolidayCalendar, Schedule
from timing import Job, Timing, asking, calling, measure

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
    questions = {label: (span, asked, present) for label, span in SPANS.items()}
    in_utc = [at.astimezone(dt.UTC) for at in asked]
    anywhere = {name: each for name, each in present.items() if each.takes_any_zone}
    questions["1 h, asked in UTC"] = (AN_HOUR, in_utc, anywhere)
    found: dict[str, dict[str, Timing]] = {}
    for label, (span, at, adders) in questions.items():
        peers.agree(desk, adders, at, span)
        jobs = [
            Job(name, asking(each.call, map(each.instant, at), each.amount(span)), count)
            for name, each in adders.items()
        ]
        found[label] = measure(jobs, turns)
    title = f"Adding business hours, {desk.hours} {desk.timezone}: µs a call"
    table = Table(title, ("", *questions))
    for name in built:
        table.rows.append((name, *(_cell(timed, name, present) for timed in found.values())))
    inside = sum(map(desk.is_open, asked))
    counts = (
        f"{name.split()[0]} {', '.join(timed[name].count for timed in found.values() if name in timed)}"
        for name in present
    )
    table.notes = [
        (
            f"In brackets: times what `Clock.add` takes. {len(desk.holidays)} holidays over ten years; "
            f"{count} instants of {YEAR}, {inside} of them in opening hours."
        ),
        (
            f"All {len(present)} gave the same answers to all {count * len(SPANS)} questions before they "
            "were timed, and so did those that can be asked in UTC."
        ),
        f"Turns x passes over the instants, by column: {'; '.join(counts)}.",
    ]
    return table


def _cell(timed: dict[str, Timing], name: str, present: dict[str, peers.Adder]) -> str:
    if name not in present:
        return MISSING
    if name not in timed:
        return "-"
    return f"{number(timed[name].micros)} ({times(timed[name].micros / timed[peers.OURS].micros)})"


def with_special_days(turns: int, count: int) -> Table:
    """Return what a question costs a clock with 0 to 20,000 special days, and what they cost once."""
    desk = DESKS[1]
    asked = instants(desk.zone, count)
    spans = list(SPANS.items())[:2]
    given: dict[str, list[dict[str, Any]]] = {
        "none": _days(0),
        "150 holidays": _days(150),
        "2,000 holidays": _days(2_000),
        "20,000 days with hours of their own": _days(20_000, open="10:00-15:00"),
    }
    once, often = [], []
    for name, days in given.items():
        calendar = _calendar(days)
        clock = _compiled(desk, calendar)
        once += [
            Job(f"{name}, built", calling(partial(_calendar, days))),
            Job(f"{name}, compiled", calling(partial(_compiled, desk, calendar))),
        ]
        often += [
            Job(f"{name}, {label}", asking(clock.add, asked, span), count) for label, span in spans
        ]
    timed = measure(often, turns) | measure(once, max(turns // 4, 3))
    table = Table(
        f"`Clock.add` by special days, {desk.hours} {desk.timezone}: µs a call, and ms once",
        ("special days", *(label for label, _ in spans), "build, ms", "compile 100 years, ms"),
    )
    for name in given:
        cells = []
        for label, _ in spans:
            micros = timed[f"{name}, {label}"].micros
            cells.append(f"{number(micros)} ({times(micros / timed[f'none, {label}'].micros)})")
        cells += [number(timed[f"{name}, {what}"].millis) for what in ("built", "compiled")]
        table.rows.append((name, *cells))
    passes = min(timed[job.name].passes for job in often)
    table.notes = [
        (
            "In brackets: times what it takes without special days. The days are spread over "
            f"{CENTURY[0]} to {CENTURY[1]}, and all these years were compiled before the questions."
        ),
        (
            f"{count} instants of {YEAR}, min of {turns} turns of {passes} passes or more; the one-time "
            f"costs are the min of {max(turns // 4, 3)}."
        ),
    ]
    return table


def _days(count: int, **hours: str) -> list[dict[str, Any]]:
    """Return so many special days, spread evenly over a century."""
    start, days = dt.date(CENTURY[0], 1, 1), 36_524
    return [
        {"date": start + dt.timedelta(days=at * days // count), "name": "special", **hours}
        for at in range(count)
    ]


def _calendar(days: list[dict[str, Any]]) -> HolidayCalendar:
    return HolidayCalendar.model_validate({"years": CENTURY, "days": days})


def _compiled(desk: Desk, calendar: HolidayCalendar) -> Clock:
    """Return a new clock that has compiled the whole century."""
    clock = Clock(Schedule(desk.hours), timezone=desk.timezone, calendars=[calendar])
    first, last = (dt.datetime(year, 6, 1, tzinfo=desk.zone) for year in CENTURY)
    clock.between(first, last)
    return clock
