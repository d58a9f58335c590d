"""Real uses of the public names, checked by two type checkers and never run."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from support_sla import (
    BusinessDays,
    Choice,
    Clock,
    Comparison,
    ContactOptions,
    Deadline,
    Difference,
    Event,
    HolidayCalendar,
    LintFinding,
    PassedOver,
    Policy,
    PolicyHistory,
    Reading,
    Reason,
    Round,
    RoundWarning,
    Schedule,
    SpecialDay,
    StatusDifference,
    Step,
    Stretch,
    Submission,
    Target,
    TicketLog,
    TicketStatus,
    WarnAt,
    compare,
    compare_statuses,
    compare_submissions,
    compute_deadline,
    contact_options,
    languages,
    latest_submission,
    lint,
    load_policy,
    track,
)

policy: Policy = load_policy("azdigi")
load_policy({"name": "mine", "timezone": "UTC", "departments": {}})
deadline: Deadline = compute_deadline(policy, "2026-02-15T22:10:00+07:00", department="technical")
due: datetime = deadline.due_at
earliest: datetime | None = deadline.earliest_at
target: Target = deadline.target
within: timedelta | BusinessDays = target.within
name: str = target.name
words: str = deadline.explain("vi", long=True)
markdown: str = deadline.to_markdown("en", timezone="America/New_York", now=due)
told: str = deadline.explain(timezone=due.tzinfo, now="2026-02-15T22:10:00+07:00") + str(deadline)
spoken: tuple[str, ...] = languages()
steps: tuple[Step, ...] = deadline.steps
lasts: timedelta = steps[0].duration
plain: dict[str, Any] = deadline.to_dict()
proved: bool = deadline.verify(steps) and deadline.verify(plain["steps"]) and deadline.verify()
reasons: tuple[Reason, ...] = steps[0].reasons
special: SpecialDay | None = reasons[0].day
choice: Choice = deadline.choice
passed_over: tuple[PassedOver, ...] = choice.passed_over
readings: tuple[Reading, ...] = deadline.readings
read_so: datetime | None = readings[0].due_at
options: ContactOptions = contact_options(policy, due, due, department="billing")
usable: list[datetime | None] = [option.usable_from for option in options]
findings: tuple[LintFinding, ...] = lint(policy, (2026, 2027))
cases: tuple[Deadline, ...] = findings[0].counterexample
comparison: Comparison = compare(policy, policy, (2026, 2027))
differences: tuple[Difference, ...] = compare_submissions(
    policy, policy, [Submission(due, "billing"), {"submitted_at": due, "department": "billing"}]
)

calendar = HolidayCalendar.model_validate({"country": "VN", "rest_days": ["Su"]})
days: tuple[SpecialDay, ...] = calendar.special_days(2026)
clock = Clock(Schedule("Mo-Sa 08:00-17:00"), timezone="Asia/Ho_Chi_Minh", calendars=[calendar])
Schedule({"Mo-Fr": ["08:00-12:00", "13:00-17:00"], "Sa": "08:00-12:00"})
opens: datetime | None = clock.next_open(due)
later: datetime = clock.add(due, timedelta(hours=3))
spent: timedelta = clock.between(due, later)
periods: tuple[tuple[datetime, datetime], ...] = clock.periods(due, later)
of: Clock = Clock.of(policy, department="billing", channel="phone")
tickets = policy.departments["billing"].channels["ticket"]
listed: tuple[Target, ...] | str = tickets.first_response
rule: Target = policy.targets("billing", "ticket")[0]

resolved: tuple[Target, ...] = policy.targets("billing", "ticket", "resolution")
solved: Deadline = compute_deadline(policy, due, department="billing", metric="resolution")
by: datetime = latest_submission(policy, due, department="billing", metric="update_every")
mine: Clock = Clock.of(policy, department="billing", rule="default", metric="next_response")
warned: tuple[WarnAt, ...] = rule.warn_at
called: str = WarnAt(name="team lead", at="1h before").name

event = Event(due, "replied", by="agent")
log: TicketLog = TicketLog("billing", "ticket", [event, {"at": due, "kind": "submitted"}])
events: tuple[Event, ...] = log.events
dumped: TicketLog = TicketLog.from_json(TicketLog.from_dict(log.to_dict()).to_json())
history = PolicyHistory([(due, policy), ("2026-01-01T00:00:00+07:00", policy)])
in_force: Policy = history.at(due)
status: TicketStatus = track(history, log, due, as_of=due, openings=True, assume_unpaused=True)
rounds: tuple[Round, ...] = status.rounds_of("resolution") + status.rounds
answer: Round | None = status.first_response or status.next_response or status.resolution
left: timedelta | None = rounds[0].remaining
ends: datetime | None = rounds[0].due_at
promise: Target | None = rounds[0].target
warnings: tuple[RoundWarning, ...] = rounds[0].warnings
stretches: tuple[Stretch, ...] = rounds[0].stretches
changes: datetime | None = status.changes_at
certain: bool = status.verify() and status.verify(status.to_dict())
account: str = status.explain("vi", long=True, timezone="America/New_York") + str(status)
internal: tuple[TicketStatus, ...] = status.internal
apart: tuple[StatusDifference, ...] = compare_statuses(status, status)
