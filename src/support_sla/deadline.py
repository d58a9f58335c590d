"""`compute_deadline`: the answer to "when must this request be answered, and why then?"."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Any, TypeAlias

from support_sla.answers.compiled_line import Asked, asked_of
from support_sla.answers.question import Question
from support_sla.errors import NotAModelError, SupportSlaError
from support_sla.explain.account import Account
from support_sla.explain.for_customer import short_form
from support_sla.explain.for_dispute import cell, long_form, markdown
from support_sla.explain.language import language_of
from support_sla.explain.sentences import View
from support_sla.explain.steps import Step
from support_sla.policy.metrics import METRICS, Metric
from support_sla.policy.policy import Policy
from support_sla.policy.target import Target
from support_sla.proof.verify import Claim, is_same, proves
from support_sla.values.amounts.business_days import BusinessDays
from support_sla.values.amounts.shares import Share, read_share
from support_sla.values.instants import (
    EPOCH,
    ComparesInstants,
    read_instant,
    since_epoch,
    to_micros,
)
from support_sla.values.one_line import Part, Room, fitted, line_of, moment, record
from support_sla.values.units import MICROSECOND

KeptProof: TypeAlias = Sequence[Step | Mapping[str, Any]] | Mapping[str, Any]
"""Steps that were kept elsewhere, or a whole deadline as plain data."""


@dataclass(frozen=True, slots=True, eq=False)
class Deadline(Account):
    """When a request must be answered, and by which promise. Instants are in the policy's zone.

    `starts_at` is when counting starts: the submission for a target in calendar time, the next
    opening for one in business time. `earliest_at` is the instant before which no answer is
    promised, None if the target names none. `due_at` is the last instant at which an answer is
    on time. `target` is the rule that gave `due_at`.

    Equal by value, comparing instants as instants; hashable and picklable.
    """

    def explain(
        self,
        language: str = "en",
        *,
        long: bool = False,
        timezone: str | dt.tzinfo | None = None,
        now: dt.datetime | str | None = None,
    ) -> str:
        """Return why the deadline is what it is, in complete sentences.

        Without `long`, one paragraph for the customer that names every skipped day, days that
        belong together as one; with it, one sentence per line for a dispute: the rule, those
        passed over, each step with its source, the sum, and what the other readings of crossings
        give if the line has several rules.

        Instants are on the clock of `timezone`, the customer's, by default on the desk's; days off
        are dates at the desk all the same. With `now` a due instant that has passed was due, and
        one that has not is to come; without it neither is claimed, for the library never asks what
        time it is.

        Raises `UnknownLanguageError`, which lists the languages there are, for another one,
        `ZoneError` for what is no zone, and as `compute_deadline` does for what is no instant.
        """
        words, view = language_of(language), View.of(timezone, now)
        return (long_form if long else short_form)(self, words, view)

    def to_markdown(
        self,
        language: str = "en",
        *,
        timezone: str | dt.tzinfo | None = None,
        now: dt.datetime | str | None = None,
    ) -> str:
        """Return the long explanation as Markdown, with a table of steps; as `explain` does."""
        return markdown(self, language_of(language), View.of(timezone, now))

    def __str__(self) -> str:
        """Return what was asked, when it is due and by which rule, on one line."""

        def said(room: Room) -> str:
            channel = self.channel if self.metric == METRICS[0] else f"{self.channel} {self.metric}"
            line = line_of(
                room, self.department, channel, self.priority, [*self.attributes.items()]
            )
            sent = f"{line} sent {moment(self.submitted_at)}"
            if self.earliest_at is not None:
                sent += f", earliest {moment(self.earliest_at)}"
            return f"{sent}, due {moment(self.due_at)} by {room.quoted(self.target.name)}"

        return fitted(said)

    def __repr__(self) -> str:
        keys = ("department", "channel", "priority", "metric", "submitted_at", "starts_at")
        given = {key: getattr(self, key) for key in (*keys, "earliest_at", "due_at")}
        if self.metric == METRICS[0]:
            given["metric"] = None
        parts = [Part(key, value) for key, value in given.items() if value is not None]
        return record("Deadline", *parts, Part("target", self.target.name))

    def _repr_markdown_(self) -> str:
        """Return the answer and its first steps, as a notebook shows them."""
        return cell(self, language_of("en"))

    def is_late(self, at: dt.datetime | str) -> bool:
        """Return whether an answer at an instant is late: after the due instant, not at it.

        Compares instants. `answered_at > deadline.due_at` does not: Python compares two datetimes
        of one zone by what the wall clock reads, which is wrong for an hour when clocks change.
        Raises what `compute_deadline` raises for what is no instant.

        >>> from support_sla import load_policy
        >>> answer = compute_deadline(
        ...     load_policy("azdigi"), "2026-01-10T16:30:00+07:00", department="billing"
        ... )
        >>> answer.is_late("2026-01-12T08:30:00+07:00"), answer.is_late("2026-01-12T08:31:00+07:00")
        (False, True)
        """
        return since_epoch(read_instant("at", at)) > since_epoch(self.due_at)

    def elapsed(self, at: dt.datetime | str) -> dt.timedelta:
        """Return how much of the target's own time has passed at an instant.

        Counted from where the answer is counted from; zero until then. It goes on after the due
        instant. In business time only open hours count. Raises as `is_late` does,
        `InstantOutOfRangeError` outside the years 3 to 9997, and, in business time,
        `YearsNotCoveredError` past the years of the line's calendars.
        """
        return self._counted(self._counted_from(), self._micros(at))

    def remaining(self, at: dt.datetime | str) -> dt.timedelta:
        """Return how much of the target's own time is left at an instant; zero from the due on.

        Before the answer is counted it is all of the target's `within`; of a promise in business
        days it is the open time until the due instant. Raises as `elapsed` does.

        >>> from support_sla import load_policy
        >>> answer = compute_deadline(
        ...     load_policy("azdigi"), "2026-01-10T16:30:00+07:00", department="billing"
        ... )
        >>> str(answer.remaining("2026-01-11T12:00:00+07:00"))  # a Sunday
        '0:30:00'
        """
        return self._counted(max(self._micros(at), self._counted_from()), to_micros(self.due_at))

    def overdue(self, at: dt.datetime | str) -> dt.timedelta:
        """Return how much of the target's own time has passed since the due instant; zero until it.

        An answer can be late with nothing overdue: on a Saturday, to a due of Friday's closing.
        Raises as `elapsed` does.
        """
        return self._counted(to_micros(self.due_at), self._micros(at))

    def at_share(self, share: Share) -> dt.datetime:
        """Return the earliest instant at which a share of the target's time has passed.

        A share is a text such as "75 %", a Fraction, a Decimal, or a float, which is read by its
        shortest decimal. The whole is the due instant, nothing the instant from which the answer is
        counted. Raises `ShareError` for anything else, `InstantOutOfRangeError` if the instant lies
        past the year 9997, and, in business time, `YearsNotCoveredError` if it lies past the years
        of the line's calendars.

        >>> from support_sla import load_policy
        >>> answer = compute_deadline(
        ...     load_policy("azdigi"), "2026-01-10T16:30:00+07:00", department="billing"
        ... )
        >>> answer.at_share("75 %").isoformat()
        '2026-01-12T08:15:00+07:00'
        """
        line, start = self._asked.line, self._counted_from()
        within = self.target.within
        if isinstance(within, BusinessDays):  # what is elapsed and left of days is open time
            whole = self._counted(start, to_micros(self.due_at)) // MICROSECOND
        else:
            whole = within // MICROSECOND
        amount = ceil(read_share("share", share) * whole)
        return line.instant(line.passed(self.target, start, amount))

    def _micros(self, at: dt.datetime | str) -> int:
        return to_micros(read_instant("at", at))

    def _counted_from(self) -> int:
        line = self._asked.line
        return line.counted_from(to_micros(self.submitted_at), to_micros(self.due_at))

    def _counted(self, start: int, end: int) -> dt.timedelta:
        if end <= start:
            return dt.timedelta(0)
        return self._asked.line.counted(self.target, start, end) * MICROSECOND

    def verify(self, kept: KeptProof | None = None) -> bool:
        """Return whether steps prove the answer, by adding them up again without the engine.

        The steps are the deadline's own, or `kept` elsewhere: `Step` objects, their `to_dict`, or the
        `to_dict` of the whole deadline, which must be equal to what it is now. They prove the
        answer if they cover the time from submission to due without gap or overlap; if the line
        is open, closed or observing the named day in each of them, as schedule and calendars say;
        if the counted ones add up to the target's `within`; and if the rule is the one that the
        reading of crossings names. Raises `NotAModelError` for what is no list of steps and no
        such mapping.

        >>> from support_sla import load_policy
        >>> answer = compute_deadline(
        ...     load_policy("azdigi"), "2026-01-10T16:30:00+07:00", department="billing"
        ... )
        >>> answer.verify(), answer.verify(answer.steps[1:])
        (True, False)
        """
        if isinstance(kept, Mapping):
            try:
                return is_same(kept, self.to_dict()) and self.verify()
            except (SupportSlaError, TypeError, AttributeError):
                return False  # only an altered deadline cannot be dumped
        if kept is not None and (not isinstance(kept, Sequence) or isinstance(kept, (str, bytes))):
            raise NotAModelError.steps(kept)
        try:
            steps = self.steps if kept is None else kept
            told = [each.to_dict() if isinstance(each, Step) else each for each in steps]
        except (SupportSlaError, TypeError, AttributeError):
            return False  # only an altered deadline has steps that cannot be worked out
        return proves(told, self._claim())

    def _claim(self) -> Claim:
        return Claim(
            self.policy,
            self.department,
            self.channel,
            self.priority,
            self.attributes,
            self.metric,
            self.submitted_at,
            self.starts_at,
            self.earliest_at,
            self.due_at,
            self.target,
        )


class _Answered(ComparesInstants):
    """A deadline in the making: the slots of an account without the lock.

    The constructor of a frozen dataclass writes each field around its own lock, which costs as much
    as all the rest of an answer. An object may change between two classes with one base and the
    same slots, so an answer is filled in here and becomes a `Deadline` before anybody holds it.
    """

    __slots__ = tuple(Account.__slots__)

    submitted_at: dt.datetime
    starts_at: dt.datetime
    earliest_at: dt.datetime | None
    due_at: dt.datetime
    target: Target
    _question: Question


def compute_deadline(  # noqa: PLR0913  what makes a request, by name
    policy: Policy,
    submitted_at: dt.datetime | str,
    *,
    department: str,
    channel: str = "ticket",
    priority: str | None = None,
    attributes: Mapping[str, str] | None = None,
    metric: Metric = "first_response",
) -> Deadline:
    """Return when a request submitted at an instant must be answered under a policy, and why.

    `submitted_at` is an aware datetime of any zone or an ISO 8601 text with an offset. The rule is
    judged by it on the clock of the policy, or of its department if that has its own. `attributes`
    are what the policy's rules may ask of a request beside its priority, such as a plan. `metric` is
    which of the line's promises is meant: what is due is then the answer, the update or the
    resolution that is owed from that instant on. A target that ends exactly at closing time is due
    at closing time; a zero target is due at the submission itself.

    Raises `NaiveInstantError`, `InstantError` or `NotAnInstantError` for what is no instant;
    `UnknownDepartmentError`, `UnknownChannelError`, `UnknownPriorityError`,
    `UnknownAttributeError` and `UnknownMetricError` for names the policy does not have; `NoTargetError` for a line that promises nothing; `YearsNotCoveredError` if
    the question or its answer lies outside the years of the calendars that it needs: those named
    by rules that may match it, up to the one that does, and those of that rule's hours;
    `NotAModelError` for a policy that was not loaded.

    >>> from support_sla import load_policy
    >>> azdigi = load_policy("azdigi")
    >>> compute_deadline(azdigi, "2026-01-10T16:30:00+07:00", department="billing").due_at.isoformat()
    '2026-01-12T08:30:00+07:00'
    """
    try:
        key: tuple[object, ...] = department, channel, priority, metric
        if attributes is not None and (given := attributes.items()):
            key = (*key, tuple(sorted(given)))
        asked: Asked = policy._memo[key]  # type: ignore[attr-defined]  # noqa: SLF001
    except (AttributeError, KeyError, TypeError):
        asked = asked_of(Question.of(policy, department, channel, priority, attributes, metric))
    line = asked.line
    if type(submitted_at) is not dt.datetime:
        submitted_at = read_instant("submitted_at", submitted_at, line.line.zone)
    try:
        elapsed = submitted_at - EPOCH
    except Exception:  # noqa: BLE001  a naive datetime, or a zone that raises: refused by its reading
        elapsed = read_instant("submitted_at", submitted_at, line.line.zone) - EPOCH
    rows = line.rows
    row = rows.anchored[bisect_right(rows.begins, elapsed) - 1] or line.row_of(elapsed)
    if row is None:
        return _the_long_way(asked, elapsed // MICROSECOND)
    anchor, starts_from, earliest_from, earliest, due_from, due, target = row
    submitted = anchor + elapsed
    if earliest is not None:
        earliest += elapsed if elapsed > earliest_from else earliest_from  # noqa: FURB136  as below
    # max() would cost five times as much as a conditional, on the one path that must be short.
    made = _Answered()
    made.submitted_at = submitted
    made.starts_at = submitted if elapsed >= starts_from else anchor + starts_from
    made.earliest_at = earliest
    made.due_at = due + (elapsed if elapsed > due_from else due_from)  # noqa: FURB136
    made.target = target
    made._question = asked.question  # noqa: SLF001
    made.__class__ = Deadline  # type: ignore[assignment]
    return made  # type: ignore[return-value]


def _the_long_way(asked: Asked, at: int) -> Deadline:
    answer, _ = asked.answered(at)
    line = asked.line
    return Deadline(
        line.instant(at),
        line.instant(answer.starts_at),
        None if answer.earliest_at is None else line.instant(answer.earliest_at),
        line.instant(answer.due_at),
        line.target(answer.rule),
        asked.question,
    )
