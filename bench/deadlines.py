"""`compute_deadline` of the reference policy: a datetime in, a whole `Deadline` out and read."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import peers
from inputs import AN_HOUR, DESKS, YEAR, instants
from report import Table, number
from support_sla import compute_deadline, load_policy
from timing import Job, asking, measure

if TYPE_CHECKING:
    from collections.abc import Callable

    from support_sla import Policy

ZONES: dict[str, dt.tzinfo] = {
    "the policy's zone": ZoneInfo("Asia/Ho_Chi_Minh"),
    "UTC": dt.UTC,
    "America/New_York": ZoneInfo("America/New_York"),
}


def whole_deadlines(turns: int, count: int) -> Table:
    """Return what a deadline costs, beside workclock's bare addition of one hour."""
    policy = load_policy("azdigi")
    desk = DESKS[0]
    asked = instants(desk.zone, count)
    jobs = [
        Job(f"{department} {name}", _reading(policy, department, [_in(at, zone) for at in asked]))
        for department in ("technical", "billing")
        for name, zone in ZONES.items()
    ]
    jobs = [Job(job.name, job.run, count) for job in jobs]
    workclock = peers.workclock(desk)
    if workclock is not None:
        jobs.append(Job(peers.WORKCLOCK, asking(workclock.call, asked, AN_HOUR), count))
    timed = measure(jobs, turns)
    bare = timed.get(peers.WORKCLOCK)
    table = Table(
        "`compute_deadline` of the reference policy, all four instants and the target read: µs",
        ("submitted in", "technical", "billing", "of workclock's bare add, 1 h"),
    )
    for name in ZONES:
        found = [timed[f"{department} {name}"].micros for department in ("technical", "billing")]
        shares = "not installed"
        if bare is not None:
            shares = " / ".join(f"{each / bare.micros:.2f}" for each in found)
        table.rows.append((name, *map(number, found), shares))
    passes = min(each.passes for each in timed.values())
    table.notes = [
        (
            f"{count} instants of {YEAR}, the same ones in every zone; the years were compiled before; "
            f"min of {turns} turns of {passes} passes or more."
        ),
    ]
    if bare is not None:
        table.notes.append(
            f"workclock's `Schedule.add` of one hour took {number(bare.micros)} µs for the same "
            f"instants in {desk.timezone}, and gives one instant without a policy."
        )
    return table


def _in(at: dt.datetime, zone: dt.tzinfo) -> dt.datetime:
    return at.astimezone(zone)


def _reading(
    policy: Policy, department: str, submissions: list[dt.datetime]
) -> Callable[[int], None]:
    """Return a run that computes deadlines and reads all that they say."""

    def run(passes: int) -> None:
        for _ in range(passes):
            for at in submissions:
                deadline = compute_deadline(policy, at, department=department)
                _ = deadline.submitted_at, deadline.starts_at, deadline.earliest_at
                _ = deadline.due_at, deadline.target

    return run
