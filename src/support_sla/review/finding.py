"""`LintFinding`: one trap of a policy, and how findings write instants, amounts and numbers."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from support_sla.answers.table.table import AnswerTable
from support_sla.deadline import Deadline
from support_sla.policy.metrics import Metric
from support_sla.values.amounts.durations import format_duration
from support_sla.values.instants import from_micros, to_micros
from support_sla.values.units import MICROSECOND
from support_sla.values.week import WEEKDAYS

CODES = (
    "attribute_unused",
    "calendar_runs_out",
    "calendar_unused",
    "calendars_disagree",
    "closed_long",
    "closed_on_make_up_day",
    "due_while_closed",
    "earliest_while_closed",
    "fixed_offset_zone",
    "inversion",
    "line_without_target",
    "long_wait",
    "priority_unused",
    "rule_never_matches",
    "rules_unused",
    "schedule_unused",
)
"""What is found, beside acceptances that accept nothing."""

_OWED: dict[Metric, str] = {
    "first_response": "a request to",
    "next_response": "a next response on",
    "update_every": "an update on",
    "resolution": "a resolution on",
}
"""What is due, as the subject of a sentence."""

_SECOND = 1_000_000
_LAST = _SECOND - 1


@dataclass(frozen=True, slots=True)
class LintFinding:
    """One trap of a policy: what it is, where it is written, and a case of it.

    `path` is the place in the policy's file. `counterexample` are submissions with their deadlines,
    the earlier submission first: two if it takes two to see the trap, one if one is enough or only
    one has an answer, and none if no submission is concerned. `suggestion` is a line for the file
    that is proved to mend it, None if there is none, and `as_suggested` are the same submissions
    answered with it. `accepted` is the
    reason for which the policy's author means it, None if it is not accepted.
    """

    code: str
    message: str
    path: str
    counterexample: tuple[Deadline, ...] = ()
    suggestion: str | None = None
    as_suggested: tuple[Deadline, ...] = ()
    accepted: str | None = None

    def __str__(self) -> str:
        """Return the place, sentence and code on one line, then the case and the suggestion."""
        accepted = "" if self.accepted is None else f"; accepted: {self.accepted}"
        said = [f"{self.path}: {self.message} [{self.code}{accepted}]"]
        said += [f"  {_in_words(deadline)}" for deadline in self.counterexample]
        if self.suggestion:
            said.append(f"  with {self.suggestion}:")
        said += [f"    {_in_words(deadline)}" for deadline in self.as_suggested]
        return "\n".join(said)


def _in_words(deadline: Deadline) -> str:
    return f"{moment(deadline.submitted_at)} -> {moment(deadline.due_at)}"


def request_to(table: AnswerTable) -> str:
    """Return the requests that a table answers, as the subject of a sentence."""
    asked = [("priority", table.priority)] if table.priority else []
    given = ", ".join(f"{name} {value!r}" for name, value in (*asked, *table.attributes))
    said = f" with {given}" if given else ""
    line = f"{table.department}/{table.channel}"
    return f"{_OWED[table.metric]} {line}{said}"


def moment(at: dt.datetime | dt.date) -> str:
    """Return an instant or a date with its weekday, as people look for it in a calendar."""
    said = at.isoformat(" ") if isinstance(at, dt.datetime) else at.isoformat()
    return f"{WEEKDAYS[at.weekday()]} {said}"


def spoken(at: dt.datetime) -> str:
    """Return an instant for 'sent ...': 'at' it, or how far beside a whole second it is."""
    if at.microsecond == 1:
        return f"one microsecond after {moment(at.replace(microsecond=0))}"
    if at.microsecond == _LAST:
        return f"one microsecond before {moment(_later(at))}"
    return f"at {moment(at)}"


def amount(micros: int) -> str:
    """Return an amount of time for a sentence: one beside whole seconds by its distance from them.

    >>> amount(32_399_999_999), amount(3_600_000_001)
    ('9h less one microsecond', '1h and one microsecond')
    """
    if micros % _SECOND == 1:
        return f"{format_duration((micros - 1) * MICROSECOND)} and one microsecond"
    if micros % _SECOND == _LAST:
        return f"{format_duration((micros + 1) * MICROSECOND)} less one microsecond"
    return format_duration(micros * MICROSECOND)


def times(count: int) -> str:
    """Return 'once' or '2 times'."""
    return "once" if count == 1 else f"{count} times"


def within(years: range) -> str:
    """Return 'in 2026' or 'from 2026 to 2028'."""
    first, last = years[0], years[-1]
    return f"in {first}" if first == last else f"from {first} to {last}"


def _later(at: dt.datetime) -> dt.datetime:
    """Return the instant one microsecond later, in the same zone."""
    return from_micros(to_micros(at) + 1, at.tzinfo or dt.UTC)
