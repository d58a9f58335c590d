"""Cases of other engines' own tests: one metric of one ticket at one moment, as bare facts.

Where a case says that it `agrees`, our figures equal the source's; where not, it names what the source
does instead (`convention`) and what we answer (`reference`).
"""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest

from places import ROOT
from support_sla import Policy, TicketLog, load_policy, track
from support_sla.tickets.rounds.round import Round
from support_sla.tickets.status import TicketStatus

CASES: list[dict[str, Any]] = [
    json.loads(line)
    for line in (ROOT / "tests/cases/ticket_cases.jsonl").read_text("utf-8").splitlines()
]
DAYS = {"mon": "Mo", "tue": "Tu", "wed": "We", "thu": "Th", "fri": "Fr", "sat": "Sa", "sun": "Su"}
KINDS = {"customer_reply": ("replied", "customer"), "agent_reply": ("replied", "agent")}


def schedule(weekly: dict[str, list[list[str]]]) -> dict[str, list[str]]:
    return {DAYS[day]: [f"{a}-{b}" for a, b in ranges] for day, ranges in weekly.items()}


def rule(case: dict[str, Any], target: dict[str, Any]) -> dict[str, Any]:
    """Return the target of a case as a policy writes it."""
    pauses = [*case["pause_statuses"], *(["hold"] if "pauses" in case else [])]
    made: dict[str, Any] = {"pauses_on": pauses}
    if "days" in target:
        days = target["days"]
        made |= {"within": f"{days['n']} business days", "by": days["at"]}
        return made | ({"cutoff": days["cutoff"]} if days.get("cutoff") else {})
    made["counted_in"] = target.get("counted_in", "business_time")
    return made | {"within": dt.timedelta(seconds=target["amount_seconds"])}


def rules(case: dict[str, Any], target: dict[str, Any]) -> list[dict[str, Any]]:
    by_priority: dict[str, int] = target.get("amount_by_priority", {})
    if not by_priority:
        return [rule(case, target)]
    return [
        {"when": {"priority": [name]}, **rule(case, {"amount_seconds": seconds})}
        for name, seconds in by_priority.items()
    ]


def policy_of(case: dict[str, Any]) -> Policy:
    """Return a policy with a line of the case's hours, and one for each other line that it names."""
    metric = case["target"]["metric"]
    schedules = {"hours": schedule(case["weekly"])}
    channels = {"ticket": {"hours": {"schedule": "hours"}, metric: rules(case, case["target"])}}
    if metric == "next_response":  # before a first response that is promised none other is owed
        first = {"within": "1000h", "counted_in": "calendar_time"}
        channels["ticket"]["first_response"] = [first]
    for at, event in enumerate(case["events"]):
        if event["kind"] == "line":
            name = f"line{at}"
            schedules[name] = schedule(event.get("weekly", case["weekly"]))
            channels[name] = {"hours": {"schedule": name}, metric: rules(case, event)}
    statuses = {*case["pause_statuses"], "hold"}
    statuses |= {event["to"] for event in case["events"] if event["kind"] == "status"}
    statuses |= {event["status"] for event in case["events"] if "status" in event}
    calendars = {}
    if case["holidays"]:
        days = [{"date": day, "name": "off"} for day in case["holidays"]]
        years = [int(day[:4]) for day in case["holidays"]]
        span = [min(years) - 1, max(years) + 1]
        calendars = {"off": {"days": days, "years": span}}
        for channel in channels.values():
            channel["hours"] = {**channel["hours"], "observes": ["off"]}  # type: ignore[dict-item]
    priorities = {event["priority"] for event in case["events"] if "priority" in event}
    return load_policy(
        {
            "name": case["id"],
            "timezone": case["tz"],
            "statuses": sorted(statuses),
            "priorities": sorted(priorities),
            "schedules": schedules,
            "calendars": calendars,
            "departments": {"desk": {"channels": channels}},
        }
    )


def log_of(case: dict[str, Any]) -> TicketLog:
    events: list[dict[str, Any]] = []
    for at, event in enumerate(case["events"]):
        kind, rest = event["kind"], {k: v for k, v in event.items() if k not in {"at", "kind"}}
        if kind in KINDS:
            kind, rest["by"] = KINDS[kind]
        elif kind == "priority":
            rest = {"to": event["priority"]}
        elif kind == "line":
            kind, rest = "moved", {"department": "desk", "channel": f"line{at}"}
        events.append({"at": event["at"], "kind": kind, **rest})
    for start, end in case.get("pauses", []):
        events.append({"at": start, "kind": "paused", "reason": "hold"})
        events += [{"at": end, "kind": "resumed", "reason": "hold"}] if end else []
    events.sort(key=lambda event: instant(event["at"]))
    return TicketLog("desk", "ticket", events)


def instant(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text)


def seconds(amount: dt.timedelta | None) -> float | None:
    return None if amount is None else amount.total_seconds()


def figures(status: TicketStatus, case: dict[str, Any]) -> dict[str, Any]:
    """Return our figures in the words of a case."""
    metric = case["target"]["metric"]
    rounds = [each for each in status.rounds_of(metric) if each.state != "none"]
    found: Round | None = rounds[-1] if rounds else None
    if "cycle" in case:
        found = rounds[case["cycle"] - 1]
    worst = max(rounds, key=lambda each: each.elapsed, default=None)
    said: dict[str, Any] = {
        "state": status.state(metric) if found is None else found.state,
        "worst_elapsed_seconds": seconds(worst.elapsed if worst else None),
        "worst_remaining_seconds": seconds(worst.remaining if worst else None),
    }
    if found is None:
        return {**dict.fromkeys(FIGURES), **said}
    assert found.percent is not None
    return said | {
        "due": found.due_at,
        "due_date": found.due_at and found.due_at.date().isoformat(),
        "elapsed_seconds": seconds(found.elapsed),
        "remaining_seconds": seconds(found.remaining),
        "paused_seconds": seconds(found.paused_for),
        "overrun_seconds": seconds(found.overrun),
        "percent": float(found.percent * 100),
        "breached": found.breached_at is not None,
        "counts_from": found.starts_at,
        "answered_at": found.stopped_at,
    }


FIGURES = (
    "due",
    "due_date",
    "elapsed_seconds",
    "remaining_seconds",
    "paused_seconds",
    "overrun_seconds",
    "percent",
    "breached",
    "counts_from",
    "answered_at",
)


def expected(values: dict[str, Any]) -> dict[str, Any]:
    """Return figures of a case with its instants read."""
    instants = ("due", "counts_from", "answered_at")
    return {k: instant(v) if k in instants and v is not None else v for k, v in values.items()}


def asked(case: dict[str, Any]) -> dict[str, Any]:
    status = track(policy_of(case), log_of(case), case["now"])
    assert status.verify()
    return figures(status, case)


AGREEING = [case for case in CASES if case["agrees"]]
OTHERS = [case for case in CASES if not case["agrees"]]


@pytest.mark.parametrize("case", AGREEING, ids=lambda case: case["id"])
def test_a_case_of_another_engine_comes_out_as_it_did_there(case: dict[str, Any]) -> None:
    ours, theirs = asked(case), expected(case["expected"])
    assert theirs == {key: ours[key] for key in theirs}


@pytest.mark.parametrize("case", OTHERS, ids=lambda case: case["id"])
def test_a_case_of_another_convention_differs_just_where_it_is_said(case: dict[str, Any]) -> None:
    ours, theirs = asked(case), expected(case["expected"])
    reference = expected(case["reference"])
    assert {key for key in theirs if theirs[key] != ours[key]} == {*case["differs_in"]}
    assert reference == {key: ours[key] for key in reference}
    assert case["convention"]
