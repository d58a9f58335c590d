"""`track`: all promises of a ticket at an instant, beside `compute_deadline` and with many pauses."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from report import Table, number
from support_sla import Policy, TicketLog, compute_deadline, load_policy, track
from timing import Job, calling, measure

if TYPE_CHECKING:
    from collections.abc import Callable

HOURS = {"counted_in": "business_time"}
START = dt.datetime(2026, 9, 7, 9, tzinfo=dt.UTC)  # a Monday
TICKETS = 100_000
PAUSES = (10, 100, 1_000)


def helpdesk(within: str = "16h") -> Policy:
    """Return a policy with one line that makes all four promises."""
    line = {
        "hours": {"schedule": "office"},
        "first_response": [
            {"when": {"priority": ["urgent"]}, "within": "1h", **HOURS, "warn_at": ["75 %"]},
            {"within": "1 business day", "by": "close"},
        ],
        "next_response": [{"within": "4h", **HOURS}],
        "update_every": [
            {"within": "24h", "counted_in": "calendar_time", "pauses_on": ["pending"]}
        ],
        "resolution": [
            {"within": within, **HOURS, "pauses_on": ["pending"], "warn_at": ["50 %", "1h before"]}
        ],
    }
    return load_policy(
        {
            "name": "helpdesk",
            "timezone": "UTC",
            "priorities": ["urgent", "low"],
            "statuses": ["open", "pending"],
            "schedules": {"office": "Mo-Fr 09:00-17:00"},
            "departments": {"help": {"channels": {"ticket": line}}},
        }
    )


def ten_events(start: dt.datetime) -> TicketLog:
    """Return a log of ten events: two answers, two messages, two pauses, a change of priority."""

    def event(hours: float, kind: str, **keys: Any) -> dict[str, Any]:
        return {"at": start + dt.timedelta(hours=hours), "kind": kind, **keys}

    return TicketLog(
        "help",
        "ticket",
        [
            event(0, "submitted", priority="urgent", status="open"),
            event(0.5, "replied", by="agent"),
            event(0.6, "status", to="pending"),
            event(5, "replied", by="customer"),
            event(5.1, "status", to="open"),
            event(6, "priority", to="low"),
            event(7, "replied", by="agent"),
            event(7.1, "status", to="pending"),
            event(24, "status", to="open"),
            event(25, "replied", by="customer"),
        ],
    )


def paused(count: int) -> TicketLog:
    """Return the log of a ticket that was paused so often."""
    events: list[dict[str, Any]] = [{"at": START, "kind": "submitted", "status": "open"}]
    for at in range(count):
        begin = START + dt.timedelta(minutes=30 * at + 10)
        events += [
            {"at": begin, "kind": "status", "to": "pending"},
            {"at": begin + dt.timedelta(minutes=10), "kind": "status", "to": "open"},
        ]
    return TicketLog("help", "ticket", events)


def tracked(turns: int, *, quick: bool) -> Table:
    """Return what a status costs, in microseconds and in deadlines of the same run."""
    policy, log = helpdesk(), ten_events(START)
    now = START + dt.timedelta(hours=26)
    jobs = [
        Job(
            "deadline",
            calling(lambda: compute_deadline(policy, START, department="help", priority="urgent")),
        ),
        Job("ten events", calling(lambda: track(policy, log, now))),
    ]
    jobs += [
        Job(f"{count:,} pauses", calling(_asking(policy, paused(count), count))) for count in PAUSES
    ]
    many = TICKETS // 100 if quick else TICKETS
    logs = [ten_events(START + dt.timedelta(minutes=at % 40_000)) for at in range(many)]
    jobs.append(Job(f"{many:,} tickets", _re_tracking(logs), many))
    timed = measure(jobs, turns)
    deadline = timed["deadline"].micros
    table = Table(
        "`track` of a ticket with four promises: µs, and `compute_deadline` calls of the same run",
        ("ticket", "µs", "deadlines", "per pause"),
    )
    for job in jobs:
        micros = timed[job.name].micros
        pauses = job.name.split(" pauses")[0].replace(",", "")
        each = number(micros / int(pauses)) if "pauses" in job.name else ""
        table.rows.append((job.name, number(micros), f"{micros / deadline:.0f}", each))
    table.notes = [
        (
            f"The {many:,} tickets of ten events are tracked again, each at an instant of its own, "
            "under a policy that was changed and never asked before; the figure is for one ticket."
        ),
    ]
    return table


def _asking(policy: Policy, log: TicketLog, count: int) -> Callable[[], object]:
    now = START + dt.timedelta(minutes=30 * count + 60)
    return lambda: track(policy, log, now)


def _re_tracking(logs: list[TicketLog]) -> Callable[[int], None]:
    """Return a run that tracks all logs under a policy that nobody has asked."""

    def run(passes: int) -> None:
        for _ in range(passes):
            changed = helpdesk("12h")
            for log in logs:
                track(changed, log, log.submitted_at + dt.timedelta(hours=26))

    return run
