"""`compute_deadline`: the answer to "when must this request be answered, and why then?"."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

from support_sla.answers.compiled_line import CompiledLine, compiled_line
from support_sla.errors import NotAModelError, SupportSlaError
from support_sla.explain.account import Account
from support_sla.explain.for_customer import short_form
from support_sla.explain.for_dispute import cell, long_form, markdown
from support_sla.explain.language import language_of
from support_sla.explain.sentences import View
from support_sla.explain.steps import Step
from support_sla.one_line import Part, Room, fitted, line_of, moment, record
from support_sla.proof.verify import Claim, proves
from support_sla.values.instants import EPOCH, ComparesInstants, read_instant
from support_sla.values.units import MICROSECOND

if TYPE_CHECKING:
    from support_sla.answers.question import Question
    from support_sla.policy.policy import Policy, Target

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
            line = line_of(room, self.department, self.channel, self.priority)
            sent = f"{line} sent {moment(self.submitted_at)}"
            if self.earliest_at is not None:
                sent += f", earliest {moment(self.earliest_at)}"
            return f"{sent}, due {moment(self.due_at)} by {room.quoted(self.target.name)}"

        return fitted(said)

    def __repr__(self) -> str:
        keys = ("department", "channel", "priority", "submitted_at", "starts_at", "earliest_at")
        given = {key: getattr(self, key) for key in (*keys, "due_at")}
        parts = [Part(key, value) for key, value in given.items() if value is not None]
        return record("Deadline", *parts, Part("target", self.target.name))

    def _repr_markdown_(self) -> str:
        """Return the answer and its first steps, as a notebook shows them."""
        return cell(self, language_of("en"))

    def verify(self, kept: KeptProof | None = None) -> bool:
        """Return whether steps prove the answer, by adding them up again without the engine.

        The steps are the deadline's own, or `kept` elsewhere: `Step`s, their `to_dict`, or the
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
            own = self.to_dict()
            same = {**kept, "steps": None} == {**own, "steps": None}
            return same and "steps" in kept and self.verify(kept["steps"])
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
    does not have; `NoTargetError` for a line that promises nothing; `YearsNotCoveredError` if
    the question or its answer lies outside the years of the line's calendars; `NotAModelError`
    for a policy that was not loaded.

    >>> from support_sla import load_policy
    >>> azdigi = load_policy("azdigi")
    >>> compute_deadline(azdigi, "2026-01-10T16:30:00+07:00", department="billing").due_at.isoformat()
    '2026-01-12T08:30:00+07:00'
    """
    try:
        key = department, channel, priority, "first_response"
        line: CompiledLine = policy._memo[key]  # type: ignore[attr-defined]  # noqa: SLF001
    except (AttributeError, KeyError, TypeError):
        line = compiled_line(policy, department, channel, priority)
    if type(submitted_at) is not dt.datetime:
        submitted_at = read_instant("submitted_at", submitted_at)
    try:
        elapsed = submitted_at - EPOCH
    except TypeError:  # a naive datetime raises it
        elapsed = read_instant("submitted_at", submitted_at) - EPOCH
    rows = line.rows
    row = rows.anchored[bisect_right(rows.begins, elapsed) - 1] or line.row_of(elapsed)
    if row is None:
        return _the_long_way(line, elapsed // MICROSECOND)
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
    made._question = line.question  # noqa: SLF001
    made.__class__ = Deadline  # type: ignore[assignment]
    return made  # type: ignore[return-value]


def _the_long_way(line: CompiledLine, at: int) -> Deadline:
    answer, _ = line.answered(at)
    return Deadline(
        line.instant(at),
        line.instant(answer.starts_at),
        None if answer.earliest_at is None else line.instant(answer.earliest_at),
        line.instant(answer.due_at),
        line.target(answer.rule),
        line.question,
    )
