"""`compute_deadline`: the answer to "when must this request be answered, and why then?"."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from support_sla.desk import Desk, Question, desk_of
from support_sla.explain import explanation
from support_sla.instants import EPOCH, MICROSECOND, read_instant

if TYPE_CHECKING:
    from support_sla.policy import Crossing, Policy, Target


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
    _question: Question = field(repr=False)

    @property
    def department(self) -> str:
        """The department the request was sent to."""
        return self._question.department

    @property
    def channel(self) -> str:
        """The channel it was sent on."""
        return self._question.channel

    @property
    def priority(self) -> str | None:
        """The priority it was sent with, if any."""
        return self._question.priority

    @property
    def crossing(self) -> Crossing:
        """The reading under which the answer holds."""
        return self._question.policy.crossing

    def explain(self) -> str:
        """Return one English paragraph: the answer, the rule that gave it, and why it applied."""
        return explanation(self, self._question.policy)

    def __eq__(self, other: object) -> bool:
        return self._key() == other._key() if isinstance(other, Deadline) else NotImplemented

    def __hash__(self) -> int:
        return hash(self._key())

    def _key(self) -> tuple[object, ...]:
        """Return what is compared: datetimes of one zone are blind to which of two repeated hours."""
        earliest = None if self.earliest_at is None else self.earliest_at - EPOCH
        instants = (self.submitted_at - EPOCH, self.starts_at - EPOCH, self.due_at - EPOCH)
        return (*instants, earliest, self.target, self._question)


class _Answered:
    """A deadline in the making: the same slots without the lock.

    The constructor of a frozen dataclass writes each field around its own lock, which costs as much
    as all the rest of an answer. Two classes with the same slots can change places, so an answer
    is filled in here and becomes a `Deadline` before anybody holds it.
    """

    __slots__ = tuple(Deadline.__slots__)

    submitted_at: dt.datetime
    starts_at: dt.datetime
    earliest_at: dt.datetime | None
    due_at: dt.datetime
    target: Target
    _question: Question


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
    the question or its answer lies outside the years of the line's calendars; `NotAModelError`
    for a policy that was not loaded.

    >>> from support_sla import load_policy
    >>> azdigi = load_policy("azdigi")
    >>> compute_deadline(azdigi, "2026-01-10T16:30:00+07:00", department="billing").due_at.isoformat()
    '2026-01-12T08:30:00+07:00'
    """
    try:
        desk: Desk = policy._memo[department, channel, priority]  # type: ignore[attr-defined]  # noqa: SLF001
    except (AttributeError, KeyError, TypeError):
        desk = desk_of(policy, department, channel, priority)
    if type(submitted_at) is not dt.datetime:
        submitted_at = read_instant("submitted_at", submitted_at)
    try:
        elapsed = submitted_at - EPOCH
    except TypeError:  # what a naive datetime makes of it
        elapsed = read_instant("submitted_at", submitted_at) - EPOCH
    book = desk.book
    cell = book.cells[bisect_right(book.begins, elapsed) - 1] or desk.cell_of(elapsed)
    if cell is None:
        return _the_long_way(desk, elapsed // MICROSECOND)
    anchor, starts_from, earliest_from, earliest, due_from, due, target = cell
    submitted = anchor + elapsed
    if earliest is not None:
        earliest += elapsed if elapsed > earliest_from else earliest_from  # noqa: FURB136  as below
    # A conditional where max() would do: it costs a fifth, on the one path that must be short.
    made = _Answered()
    made.submitted_at = submitted
    made.starts_at = submitted if elapsed >= starts_from else anchor + starts_from
    made.earliest_at = earliest
    made.due_at = due + (elapsed if elapsed > due_from else due_from)  # noqa: FURB136
    made.target = target
    made._question = desk.question  # noqa: SLF001
    made.__class__ = Deadline  # type: ignore[assignment]
    return made  # type: ignore[return-value]


def _the_long_way(desk: Desk, at: int) -> Deadline:
    answer = desk.read_off_the_timeline(at)
    return Deadline(
        desk.instant(at),
        desk.instant(answer.starts_at),
        None if answer.earliest_at is None else desk.instant(answer.earliest_at),
        desk.instant(answer.due_at),
        desk.target(answer.rule),
        desk.question,
    )
