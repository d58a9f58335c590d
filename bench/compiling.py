"""Compiling: years of a line into an answer table, and hundred years of a calendar."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inputs import YEAR
from report import Table, number
from startup import CENTURY_OF_DAYS, FIRST_TABLE, fresh
from support_sla import AnswerTable, Clock, load_policy
from timing import Job, calling, measure

if TYPE_CHECKING:
    from collections.abc import Callable

    from support_sla import Policy

ALWAYS_OPEN = {
    "name": "always open",
    "timezone": "Asia/Ho_Chi_Minh",
    "schedules": {"always": "24/7"},
    "departments": {
        "help": {
            "channels": {
                "ticket": {
                    "hours": {"schedule": "always"},
                    "first_response": [{"within": "3h", "counted_in": "business_time"}],
                }
            }
        }
    },
}
PLAIN = "24/7 line without rules by date"
CENTURY = "a clock of the billing line compiled for 100 years"
COUNTRY = "the public days of a country for 100 years"


def compiled(turns: int, processes: int) -> Table:
    """Return what compiling costs, warm and as the first thing of a process."""
    policy = load_policy("azdigi")
    lines: dict[str, tuple[Policy, str, str]] = {
        f"{department}/{channel}": (policy, department, channel)
        for department, known in policy.departments.items()
        for channel in known.channels
    }
    lines[PLAIN] = (load_policy(ALWAYS_OPEN), "help", "ticket")
    tables = {name: _table(*line) for name, line in lines.items()}
    jobs = [Job(name, calling(build)) for name, build in tables.items()]
    jobs.append(Job(CENTURY, calling(lambda: _century(policy))))
    timed = measure(jobs, turns)
    cold = fresh(
        {
            "billing/ticket": FIRST_TABLE.format(department="billing"),
            "technical/ticket": FIRST_TABLE.format(department="technical"),
            COUNTRY: CENTURY_OF_DAYS,
        },
        processes,
    )
    table = Table(f"Compiling {YEAR} into an answer table: ms", ("", "rows", "warm", "first"))
    for name, build in tables.items():
        first = number(cold[name][1]) if name in cold else "-"
        table.rows.append((name, f"{len(build()):,}", number(timed[name].millis), first))
    table.rows.append((CENTURY, "-", number(timed[CENTURY].millis), "-"))
    table.rows.append((COUNTRY, "-", "-", number(cold[COUNTRY][1])))
    table.notes = [
        (
            "Warm: the public days and the zone's clock changes have been read before; nothing of the "
            "table itself is kept."
        ),
        "First: in a fresh process, right after loading the policy.",
        "Lines that promise nothing compile to a single row.",
        f"Warm, min of {turns} turns; first, min of {processes} processes.",
    ]
    return table


def _table(policy: Policy, department: str, channel: str) -> Callable[[], AnswerTable]:
    def build() -> AnswerTable:
        return AnswerTable.of(
            policy, department=department, channel=channel, first_year=YEAR, last_year=YEAR
        )

    return build


def _century(policy: Policy) -> None:
    clock = Clock.of(policy, department="billing")
    clock.between("2000-06-01T00:00:00+07:00", "2099-06-01T00:00:00+07:00")
