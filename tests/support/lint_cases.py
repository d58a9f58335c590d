"""Policies and findings in short, for tests of lint."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from builders import channel_data, policy, rule_data, when
from support_sla import (
    NoTargetError,
    Policy,
    YearsNotCoveredError,
    compute_deadline,
    load_policy,
)
from support_sla.answers.question import Question, questions
from support_sla.review.finding import LintFinding
from support_sla.review.lint import lint
from support_sla.strategies import policies

if TYPE_CHECKING:
    from support_sla import AnswerTable, Deadline


AZDIGI = load_policy("azdigi")


MICROSECOND = timedelta(microseconds=1)


EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


LATER_ON_SUNDAYS = (
    when("Su", within="12h", counted_in="calendar_time"),
    rule_data(within="3h", counted_in="calendar_time"),
)


ALWAYS = {"schedules": {"office": "24/7"}}


def found(code: str, *args: Any, **options: Any) -> list[LintFinding]:
    return [finding for finding in lint(*args, **options) if finding.code == code]


def only(code: str, *args: Any, **options: Any) -> LintFinding:
    (finding,) = found(code, *args, **options)
    return finding


def sent(finding: LintFinding) -> list[str]:
    return [deadline.submitted_at.isoformat(" ") for deadline in finding.counterexample]


def due(finding: LintFinding) -> list[str]:
    return [deadline.due_at.isoformat(" ") for deadline in finding.counterexample]


def observing(*calendars: dict[str, Any], rules: Any = (), **changes: Any) -> Policy:
    """Return a policy in UTC whose one line observes these calendars, named a, b and so on."""
    named = dict(zip("abc", calendars, strict=False))
    hours = {"schedule": "office", "observes": list(named)}
    channel = channel_data(*rules, hours=hours)
    return policy(channel=channel, calendars=named, **{"timezone": "UTC", **changes})


# --- All findings ---


def again(deadline: Deadline) -> Deadline:
    return compute_deadline(
        deadline._question.policy,
        deadline.submitted_at,
        department=deadline.department,
        channel=deadline.channel,
        priority=deadline.priority,
        attributes=deadline.attributes,
        metric=deadline.metric,
    )


# --- inversion ---


def names(question: Question) -> dict[str, Any]:
    """Return the names under which `compute_deadline` asks a question."""
    return question.names()


def answers_at(asked: Question, points: list[int]) -> dict[int, Deadline]:
    """Ask one by one, and leave out what has no answer."""
    answers = {}
    for at in points:
        try:
            answers[at] = compute_deadline(asked.policy, EPOCH + at * MICROSECOND, **names(asked))
        except (NoTargetError, YearsNotCoveredError):
            continue
    return answers


def around(table: AnswerTable, *more: int) -> list[int]:
    """Return the instants at which rows begin, and some more, each with its neighbours."""
    points = {at + step for at in (*table.begins, *more) for step in (-1, 0, 1)}
    return sorted(at for at in points if table.start <= at < table.end)


@st.composite
def cases(
    draw: st.DrawFn, *, crossings: tuple[str, ...] = ("submission", "overlap", "in_order")
) -> tuple[Policy, Question, int]:
    """Draw a policy, one of its lines with a priority, and a year its calendars cover."""
    made = draw(policies(crossings=crossings))
    asked = draw(st.sampled_from(list(questions(made))))
    known = [calendar.covered_years for calendar in made.calendars.values()]
    first, last = max([2005, *(c[0] for c in known)]), min([2027, *(c[1] for c in known)])
    return made, asked, draw(st.integers(first, last))


def of_asked(asked: Question, findings: list[LintFinding]) -> list[LintFinding]:
    """Return the findings with a case of this very line and priority."""
    return [
        each
        for each in findings
        if each.counterexample
        for deadline in [each.counterexample[-1]]
        if (asked.department, asked.channel, asked.priority, dict(asked.attributes), asked.metric)
        == (
            deadline.department,
            deadline.channel,
            deadline.priority,
            deadline.attributes,
            deadline.metric,
        )
    ]
