"""`compute_deadline`: the answer to "when must this request be answered, and why then?"."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from support_sla.compile import local_year
from support_sla.durations import format_duration
from support_sla.errors import NoTargetError, UnknownPriorityError
from support_sla.explain import explanation
from support_sla.growing import Growing
from support_sla.instants import EPOCH, from_micros, read_instant, to_micros
from support_sla.policy import Policy, text_in
from support_sla.promise import Line, Promise

if TYPE_CHECKING:
    import datetime as dt

    from support_sla.policy import Crossing, Target


@dataclass(frozen=True, slots=True, eq=False)
class Deadline:
    """When a request must be answered, and by which promise. Instants are in the policy's zone.

    `starts_at` is when counting starts: the submission for a target in calendar time, the next
    opening for one in business time. `earliest_at` is the instant before which no answer is
    promised, None where the target names none. `due_at` is the last instant at which an answer is
    on time. `target` is the rule that gave `due_at`.

    Equal by value, comparing instants as instants; hashable and picklable.
    """

    submitted_at: dt.datetime
    starts_at: dt.datetime
    earliest_at: dt.datetime | None
    due_at: dt.datetime
    target: Target
    department: str
    channel: str
    priority: str | None
    crossing: Crossing
    _policy: Policy = field(repr=False)

    def explain(self) -> str:
        """Return one English paragraph: the answer, the rule that gave it, and why it applied."""
        return explanation(self, self._policy)

    def __eq__(self, other: object) -> bool:
        return self._key() == other._key() if isinstance(other, Deadline) else NotImplemented

    def __hash__(self) -> int:
        return hash(self._key())

    def _key(self) -> tuple[object, ...]:
        """Aware datetimes of one zone compare by the wall clock, blind in a repeated hour; these do not."""
        earliest = None if self.earliest_at is None else self.earliest_at - EPOCH
        instants = (
            self.submitted_at - EPOCH,
            self.starts_at - EPOCH,
            earliest,
            self.due_at - EPOCH,
        )
        names = (self.target, self.department, self.channel, self.priority, self.crossing)
        return (*instants, *names, self._policy)


def compute_deadline(
    policy: Policy,
    submitted_at: dt.datetime | str,
    *,
    department: str,
    channel: str = "ticket",
    priority: str | None = None,
) -> Deadline:
    """Return when a request submitted at an instant must be answered under a policy, and why.

    `submitted_at` is an aware datetime of any zone or an ISO 8601 text with an offset. The rule is
    judged by its local date in the policy's zone. A target that ends exactly at closing time is
    due at closing time; a zero target is due at the submission itself.

    Raises `NaiveInstantError`, `InstantError` or `NotAnInstantError` for what is no instant;
    `UnknownDepartmentError`, `UnknownChannelError`, `UnknownPriorityError` for names the policy
    does not have; `NoTargetError` for a line that promises nothing; `YearsNotCoveredError` where
    the question or its answer lies outside the years of the line's calendars.

    >>> from support_sla import load_policy
    >>> azdigi = load_policy("azdigi")
    >>> compute_deadline(azdigi, "2026-01-10T16:30:00+07:00", department="billing").due_at.isoformat()
    '2026-01-12T08:30:00+07:00'
    """
    submitted = read_instant("submitted_at", submitted_at)
    desk = _desk(policy, department, channel, priority)
    at = to_micros(submitted)
    year = local_year(desk.line.zone, at)
    first, last = year, year
    while True:
        promise = desk.promises.covering(first, last)
        if promise.rule_at(at) < 0:
            raise _no_target(policy, department, channel, priority, submitted)
        answer = promise.answer(at)
        if answer is not None:
            break
        first, last = desk.promises.beyond(first, last, forward=True)
    zone = desk.line.zone
    return Deadline(
        submitted_at=from_micros(at, zone),
        starts_at=from_micros(answer.starts_at, zone),
        earliest_at=None if answer.earliest_at is None else from_micros(answer.earliest_at, zone),
        due_at=from_micros(answer.due_at, zone),
        target=policy.departments[department].channels[channel].first_response[answer.rule],
        department=department,
        channel=channel,
        priority=priority,
        crossing=policy.crossing,
        _policy=policy,
    )


@dataclass(frozen=True, slots=True)
class _Desk:
    """A line and what has been compiled of it for one priority."""

    line: Line
    promises: Growing[Promise]


def _desk(policy: Policy, department: str, channel: str, priority: str | None) -> _Desk:
    """Return the compiled line; it is kept in the policy's own memo, so it lives as long as that."""
    memo, key = policy.memo(), (department, channel, priority)
    try:
        return memo[key]  # type: ignore[no-any-return]
    except (KeyError, TypeError):
        line = Line.of(policy, department, channel)
    if priority is not None and priority not in policy.priorities:
        raise UnknownPriorityError.of(priority, policy.priorities)
    growing = Growing(lambda first, last: Promise.of(line, priority, first, last), line.coverage)
    return memo.setdefault(key, _Desk(line, growing))  # type: ignore[no-any-return]


def _no_target(
    policy: Policy, department: str, channel: str, priority: str | None, submitted: dt.datetime
) -> NoTargetError:
    from support_sla.clock import Clock  # noqa: PLC0415

    opens = Clock.of(policy, department=department, channel=channel).next_open(submitted)
    found = policy.channel(department, channel)
    line = f"{department}/{channel}"
    if found.first_response:
        return NoTargetError.for_priority(line, priority, policy.priorities, opens)
    waits = format_duration(found.requires.unanswered_for) if found.requires else None
    return NoTargetError.of(line, opens, unanswered_for=waits, advice=text_in(found.advice, "en"))
